"""Films that never were, for whoever has no thousand entries at hand; and words for edits.

Everything follows from a film's number, so that two machines make the same films.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

NOUNS = [
    "river", "harbour", "winter", "letter", "garden", "orchard", "window", "mirror", "station", "market",
    "bridge", "island", "teacher", "sailor", "painter", "brother", "daughter", "stranger", "neighbour",
    "captain", "summer", "village", "mountain", "railway", "lantern", "shadow", "piano", "theatre",
    "kitchen", "staircase", "umbrella", "bicycle", "carriage", "photograph", "wedding", "funeral",
    "inheritance", "telegram", "conductor", "lighthouse", "schoolhouse", "gardener", "watchmaker",
    "seamstress", "physician", "journalist", "candle", "notebook", "suitcase", "overcoat", "newspaper",
    "passenger", "fortune", "silence", "rumour", "promise",
]  # fmt: skip
VERBS = [
    "follows", "forgives", "remembers", "betrays", "discovers", "abandons", "protects", "questions",
    "rescues", "deceives", "invites", "avoids", "recognises", "blames", "believes", "leaves", "finds",
    "watches", "answers", "teaches", "warns", "misses", "hides", "meets", "marries",
]  # fmt: skip
QUALITIES = [
    "quiet", "ancient", "broken", "distant", "narrow", "crowded", "bitter", "gentle", "hollow", "patient",
    "weary", "foreign", "crooked", "restless", "forgotten", "reluctant", "ordinary", "frozen", "scarlet",
    "solemn", "tender", "hidden", "lonely", "nervous",
]  # fmt: skip
FIRST_NAMES = [
    "Ada", "Bruno", "Clara", "Dario", "Edith", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Klara", "Leo",
    "Marta", "Nils", "Olga", "Paul", "Rosa", "Simon", "Tilda", "Viktor", "Wanda", "Anton", "Berta", "Carl",
]  # fmt: skip
SURNAMES = [
    "Abelard", "Brandt", "Castell", "Dorn", "Ekholm", "Ferrar", "Gaunt", "Hallam", "Ivory", "Jansen",
    "Keller", "Lomax", "Moreau", "Norden", "Okell", "Pascoe", "Quill", "Ravel", "Sorel", "Tamm", "Ullman",
    "Varga", "Winter", "Zeller",
]  # fmt: skip
GENRES = [
    "Adventure", "Comedy", "Crime", "Drama", "Horror", "Musical", "Romance", "Thriller", "War", "Western",
]  # fmt: skip

WORDS = tuple(sorted({*NOUNS, *VERBS, *QUALITIES}))


def sentences(seed: str) -> Iterator[str]:
    """Sentences without end, eight to some twenty words each; no two of a seed are likely to agree."""
    dice = random.Random(seed)

    def someone() -> str:
        return f"the {dice.choice(QUALITIES)} {dice.choice(NOUNS)}"

    while True:
        told = f"{dice.choice(FIRST_NAMES)} {dice.choice(VERBS)} {someone()}"
        for joint in dice.sample(("while", "because", "until", "although"), dice.randint(1, 3)):
            told += f" {joint} {someone()} {dice.choice(VERBS)} {someone()}"
        yield f"{told}."


def paragraphs(seed: str, words: int) -> str:
    """At least so many words, in paragraphs of about eighty with a blank line between."""
    told: list[str] = []
    paragraph: list[str] = []
    count = begun_at = 0
    for sentence in sentences(seed):
        paragraph.append(sentence)
        count += len(sentence.split())
        if count - begun_at >= 80 or count >= words:
            told.append(" ".join(paragraph))
            paragraph, begun_at = [], count
        if count >= words:
            return "\n\n".join(told)
    raise AssertionError("sentences have no end")


def title_and_year(number: int) -> tuple[str, int]:
    """What tells a film from all others; `number` counts from 0."""
    # The number is spelt in nouns, so that no two films share a title however many are made.
    rest, first = divmod(number, len(NOUNS))
    rest, second = divmod(rest, len(NOUNS))
    quality = QUALITIES[rest % len(QUALITIES)]
    title = f"The {quality} {NOUNS[first]} of the {NOUNS[second]}".title().replace("Of The", "of the")
    return title, 1920 + number * 37 % 105


def film(number: int) -> dict[str, object]:
    """A film as a line of JSON Lines has it, a story of 300 to 1,100 words; `number` counts from 0."""
    dice = random.Random(f"film {number}")

    def names(count: int) -> list[str]:
        return [f"{dice.choice(FIRST_NAMES)} {dice.choice(SURNAMES)}" for _ in range(count)]

    title, year = title_and_year(number)
    return {
        "title": title,
        "year": year,
        "runtime_min": dice.randint(70, 170),
        "languages": ["English"],
        "countries": ["US"],
        "directors": names(1),
        "writers": names(dice.randint(1, 3)),
        "genres": dice.sample(GENRES, dice.randint(1, 3)),
        "cast": [{"name": name, "role": None} for name in names(dice.randint(4, 9))],
        "synopsis": paragraphs(f"synopsis {number}", dice.randint(35, 80)),
        "plot": paragraphs(f"plot {number}", dice.randint(300, 1100)).replace("\n\n", "\n"),
    }


def as_lines(count: int) -> str:
    """So many films as JSON Lines."""
    return "".join(json.dumps(film(number)) + "\n" for number in range(count))
