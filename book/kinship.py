"""Films that belong together by birth: parts of a series, remakes, and others that only share a title.

A series that the writer names is taken at the writer's word. Beyond that titles speak: "Rocky" and "Rocky
II", "Batman" and "Batman Returns". A title alone proves little, so a sequel must share a person with the film
before it, and a remake a writer, the names of its parts, or its story.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from book.model import Film, Slug
from book.titles import fold, sort_key, split_article

SAME_STORY = 0.15
"""How near the words of two synopses must be for one title to mean one story (cosine, 0 to 1)."""

_ARTICLES_OF = ("en", "fr", "it", "es", "de")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_SPELT = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
)
_NUMERALS = {word: number for words in (_ROMAN, _SPELT) for number, word in enumerate(words, 1)}
_RAISED = str.maketrans({"²": " 2", "³": " 3", "⁴": " 4"})
_PART = r"(?:part|episode|chapter|volume|vol|teil|partie|parte)"
_NUMBER = rf"(?P<part>{_PART}\W+)?(?P<number>\d{{1,2}}|{'|'.join(_NUMERALS)})"
_NUMBERED = re.compile(rf"^(?P<name>.*?\w)\W+{_NUMBER}$")
_PART_WITHIN = re.compile(rf"\b{_PART}\W+(?P<number>\d{{1,2}}|{'|'.join(_NUMERALS)})\b")
_SUBTITLE = re.compile(r"\s*:\s+|\s+[-–—]\s+")

_CROWD = 40  # of this many films under one title, each pair is not looked at: no title is remade so often
_LEAVES_A_YEAR_BETWEEN = 2  # two films of one title in one year were made beside each other


@dataclass(frozen=True)
class Kinship:
    """Who belongs to whom. `series` gives each film that has a series the number of it, from 0.

    `parts` holds a film's place in its series, where one is known: 1 for the film without a number that
    others continue. `names` are those series that a writer named. `remakes` and `namesakes` hold pairs of
    films of one title, the older first.
    """

    series: Mapping[Slug, int]
    parts: Mapping[Slug, int]
    names: Mapping[int, str]
    remakes: frozenset[tuple[Slug, Slug]]
    namesakes: frozenset[tuple[Slug, Slug]]


@dataclass(frozen=True, slots=True)
class _Title:
    """A title taken apart: the words before a number or a colon, all words, and the number if any.

    `numbered`: the number stands at the end of the name, and not behind a colon. `spelt`: it may be a word
    like any other, as in Jennifer Eight, though not in Ocean's Eleven.
    """

    name: tuple[str, ...]
    words: tuple[str, ...]
    number: int | None
    numbered: bool
    spelt: bool


def kinship(films: Sequence[Film], nearness: Callable[[Film, Film], float]) -> Kinship:
    """Series, remakes and namesakes among the films. `nearness` is that of two synopses, from 0 to 1."""
    titles = {film.slug: _taken_apart(film.title) for film in films}
    groups = _series(films, titles)
    remakes, namesakes = _of_one_title(films, nearness)
    return Kinship(
        {film.slug: number for number, group in enumerate(groups) for film in group},
        {slug: part for group in groups for slug, part in _parts(group, titles).items()},
        {
            number: next(film.series.name for film in group if film.series)
            for number, group in enumerate(groups)
            if any(film.series for film in group)
        },
        remakes,
        namesakes,
    )


# --------------------------------------------------------------------------------------- series


def _taken_apart(title: str) -> _Title:
    typed = title.translate(_RAISED)
    folded = split_article(fold(typed).replace("&", " and "), _ARTICLES_OF)[1]
    name, *rest = _SUBTITLE.split(folded, maxsplit=1)
    numbered = _NUMBERED.fullmatch(name.strip(" ,.!?"))
    within = (_PART_WITHIN.search(rest[0]) or _NUMBERED.fullmatch(rest[0])) if rest else None
    number = _value(numbered["number"]) if numbered else _value(within["number"]) if within else None
    if numbered:
        name = numbered["name"]
    spelt = bool(numbered and not numbered["part"] and numbered["number"] in _SPELT)
    return _Title(_words(name), _words(folded), number, numbered is not None, spelt)


def _value(numeral: str) -> int:
    return _NUMERALS.get(numeral) or int(numeral)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", re.sub(r"['’](?!s\b)", "", text)))


def _series(films: Sequence[Film], titles: Mapping[Slug, _Title]) -> list[list[Film]]:
    """The films of each series by year, one alone only where the writer names its series."""
    leaders = {film.slug: film.slug for film in films}

    def leader(slug: Slug) -> Slug:
        while leaders[slug] != slug:
            leaders[slug] = leaders[leaders[slug]]
            slug = leaders[slug]
        return slug

    first_of: dict[str, Slug] = {}
    for film in films:
        if film.series:
            leaders[leader(film.slug)] = leader(first_of.setdefault(fold(film.series.name), film.slug))
    for one, other in _sequels(films, titles):
        # Two series that the writer keeps apart stay apart.
        if not (one.series and other.series):
            leaders[leader(other.slug)] = leader(one.slug)
    members: dict[Slug, list[Film]] = defaultdict(list)
    for film in sorted(films, key=lambda film: (film.year, film.slug)):
        members[leader(film.slug)].append(film)
    return [group for group in members.values() if len(group) > 1 or group[0].series]


def _parts(group: Sequence[Film], titles: Mapping[Slug, _Title]) -> dict[Slug, int]:
    """Numbers in a series that only one film claims: of two films numbered 1 neither is told by it."""
    claims: dict[int, list[Slug]] = defaultdict(list)
    for film in group:
        said = film.series.number.strip().casefold() if film.series else ""
        title = titles[film.slug]
        if said.isdecimal() or said in _NUMERALS:
            claims[_value(said)].append(film.slug)
        elif title.number is not None:
            claims[title.number].append(film.slug)
        elif film is group[0] and all(_follows(titles[other.slug], title) for other in group):
            claims[1].append(film.slug)
    return {slugs[0]: number for number, slugs in claims.items() if len(slugs) == 1}


def _follows(title: _Title, first: _Title) -> bool:
    """Whether a title continues that of a first film, which has no number.

    Episodes are counted apart from the films: Star Wars was the fourth.
    """
    episode = title.number is not None and title.name == first.words and not title.numbered
    return first.words in _openings(title.words) and not episode


def _sequels(films: Sequence[Film], titles: Mapping[Slug, _Title]) -> Iterator[tuple[Film, Film]]:
    """Pairs of films of which one's title continues the other's, and one's people the other's."""
    named: dict[tuple[str, ...], list[Film]] = defaultdict(list)
    for film in films:
        for name in {titles[film.slug].name, titles[film.slug].words}:
            if len("".join(name)) > 1:  # F/X is not the tenth part of F
                named[name].append(film)
    people = {film.slug: _people(film) for film in films}
    for film in films:
        title = titles[film.slug]
        for name in _openings(title.words):
            for other in named.get(name, ())[:_CROWD]:
                told = titles[other.slug]
                if other.slug == film.slug or told.words == title.words:
                    continue
                if not _continues(name, title, told):
                    continue
                common = len(people[film.slug] & people[other.slug])
                if common >= _wanted(name, title, told):
                    yield other, film


def _continues(name: tuple[str, ...], title: _Title, told: _Title) -> bool:
    """Whether one is the name alone that the other continues, or both continue it with number or colon."""
    if title.spelt or told.spelt:
        return title.name == name and title.number is not None and told.number is not None
    return told.words == name or told.number is not None or title.name == name


def _openings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What the title may continue: its first words, and those in the singular, as Aliens continues Alien."""
    for count in range(1, len(words) + 1):
        yield words[:count]
        if words[count - 1].endswith("s") and len(words[count - 1]) > 3:
            yield (*words[: count - 1], words[count - 1][:-1])


def _wanted(name: tuple[str, ...], one: _Title, other: _Title) -> int:
    """How many people two films must share: one word in common without a number proves least."""
    numbers = any(title.name == name and title.number is not None for title in (one, other))
    if len(name) > 1 and numbers:
        return 0  # Friday the 13th Part VIII
    return 1 if len(name) > 1 or numbers else 2


def _people(film: Film) -> frozenset[str]:
    """Everybody by name, and once more performers with their parts and whoever leads: heroes come back."""
    cast = [member for member in film.cast if not member.spoiler]
    names = (*film.directors, *film.writers, *(member.name for member in cast))
    parts = (f"{member.name} as {member.role}" for member in cast if member.role)
    leads = (f"first {member.name}" for member in cast[:1])
    return frozenset(map(fold, (*names, *parts, *leads)))


# --------------------------------------------------------------------------------------- one title


def _of_one_title(
    films: Sequence[Film], nearness: Callable[[Film, Film], float]
) -> tuple[frozenset[tuple[Slug, Slug]], frozenset[tuple[Slug, Slug]]]:
    """Pairs of films of one title: remakes, and those that share nothing else."""
    shelf: dict[tuple[str, ...], dict[Slug, Film]] = defaultdict(dict)
    for film in films:
        for title in filter(None, (film.title, film.original_title)):
            shelf[sort_key(split_article(title, _ARTICLES_OF)[1])[1]][film.slug] = film
    remakes: set[tuple[Slug, Slug]] = set()
    namesakes: set[tuple[Slug, Slug]] = set()
    for letters, group in shelf.items():
        if not letters or not 1 < len(group) <= _CROWD:
            continue
        in_time = sorted(group.values(), key=lambda film: (film.year, film.slug))
        for older, newer in combinations(in_time, 2):
            apart = newer.year - older.year >= _LEAVES_A_YEAR_BETWEEN
            again = apart and (_one_source(older, newer) or nearness(older, newer) >= SAME_STORY)
            (remakes if again else namesakes).add((older.slug, newer.slug))
    return frozenset(remakes), frozenset(namesakes - remakes)


def _one_source(older: Film, newer: Film) -> bool:
    """Whether a writer of the older is credited again, or two of its parts come back by name."""
    if set(map(fold, older.writers)) & set(map(fold, newer.writers)):
        return True
    parts = [
        {fold(member.role) for member in film.cast if member.role and not member.spoiler}
        for film in (older, newer)
    ]
    return len(parts[0] & parts[1] - _ANYBODY) >= 2


_ANYBODY = frozenset(
    {"himself", "herself", "self", "narrator", "doctor", "policeman", "bartender", "waitress", "nurse"}
)
