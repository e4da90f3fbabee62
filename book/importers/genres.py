"""The genres that film pages name, and how names that run together are taken apart."""

from __future__ import annotations

import re

# As film pages write them. Later spellings of the same genre lead to the first.
_KNOWN: tuple[tuple[str, ...], ...] = (
    ("Action",),
    ("Adult",),
    ("Adventure",),
    ("Animation", "Animated"),
    ("Anime",),
    ("Biography", "Biopic", "Biographical"),
    ("Children", "Children's", "Children’s", "Kids"),
    ("Comedy",),
    ("Crime",),
    ("Dance",),
    ("Disaster",),
    ("Documentary",),
    ("Drama",),
    ("Epic",),
    ("Experimental",),
    ("Family",),
    ("Fantasy",),
    ("Film Noir", "Film-Noir", "Noir"),
    ("Foreign",),
    ("Heist",),
    ("History", "Historical"),
    ("Holiday",),
    ("Horror",),
    ("LGBTQ+", "LGBTQ", "LGBT"),
    ("Martial Arts",),
    ("Melodrama",),
    ("Mockumentary",),
    ("Music",),
    ("Musical",),
    ("Mystery",),
    ("News",),
    ("Political",),
    ("Psychological",),
    ("Romance", "Romantic"),
    ("Satire",),
    ("Science Fiction", "Sci-Fi", "Sci Fi", "SciFi", "Science-Fiction"),
    ("Short", "Short Film"),
    ("Silent",),
    ("Slasher",),
    ("Sport", "Sports"),
    ("Spy", "Espionage"),
    ("Superhero",),
    ("Supernatural",),
    ("Suspense",),
    ("Teen",),
    ("Thriller",),
    ("TV Movie",),
    ("War",),
    ("Western",),
)
_GENRES = {spelling: spellings[0] for spellings in _KNOWN for spelling in spellings}
_FOLDED = {spelling.casefold(): genre for spelling, genre in _GENRES.items()}
LONGEST_LINE = 200
"""No film has more genres than fit in as many characters."""

_LONGEST = max(map(len, _GENRES))
_BETWEEN = re.compile(r"\s*[,/|•·;&]?\s*")


def genre_named(name: str) -> str:
    """The genre in our spelling ("Sci-Fi" is "Science Fiction"); one that is not known stays as typed."""
    return _FOLDED.get(name.casefold(), name)


def split_genres(text: str) -> tuple[str, ...]:
    """The genres of a line in which they may run together, as in "DramaRomance"; each once.

    Empty when any part of the line is not a genre: such a line is something else.
    """
    if len(text) > LONGEST_LINE:
        return ()
    return tuple(dict.fromkeys(_split(text.strip()) or ()))


def guess_genres(text: str) -> tuple[str, ...]:
    """The genres of a line such as "DramaBlaxploitationCrime", of which not every one is known.

    Empty unless the line is short, no sentence, and one genre at least is known.
    """
    parts = re.split(r"(?<=[a-z])(?=[A-Z])|\s*[,/|•·;]\s*", text)
    if len(text) > 80 or len(parts) < 2 or re.search(r"[.!?…:]", text):
        return ()
    if any(len(part.split()) > 2 for part in parts) or not any(part.casefold() in _FOLDED for part in parts):
        return ()
    return tuple(dict.fromkeys(genre_named(part) for part in parts if part))


def _split(text: str) -> tuple[str, ...] | None:
    """Longest name first, so that "Musical" is not "Music" and a remainder that nobody knows."""
    if not text:
        return ()
    for length in range(min(len(text), _LONGEST), 0, -1):
        if (genre := _GENRES.get(text[:length])) is None:
            continue
        between = _BETWEEN.match(text, length)
        rest = _split(text[between.end() if between else length :])
        if rest is not None:
            return (genre, *rest)
    return None
