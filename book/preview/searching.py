"""Words in films: what is safe to read is searched always, the story only where somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from book.model import Film, Slug
from book.titles import fold

MOST_HITS = 200
LONGEST_QUESTION = 200  # letters
_BEFORE, _AFTER = 50, 90  # letters shown around what was found
_MARKS = re.compile(r"[*_`#>|\[\]]+|<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """A film in which all words stand. `snippet` is the text around the first; `where` names its part."""

    slug: Slug
    where: str
    snippet: str


@dataclass(frozen=True)
class Text:
    """A part of a film by its name for the reader, as shown and as compared."""

    where: str
    shown: str

    @cached_property
    def sought(self) -> str:
        """The text as it is compared."""
        return fold(self.shown)


@dataclass(frozen=True)
class Searched:
    """A film's texts: those that everybody may read, and those that tell the story."""

    film: Film

    @cached_property
    def safe(self) -> tuple[Text, ...]:
        """Facts and texts above the fence."""
        return tuple(_safe(self.film))

    @cached_property
    def hidden(self) -> tuple[Text, ...]:
        """What only those read who ask for it."""
        return tuple(_hidden(self.film))


def search(films: Mapping[Slug, Searched], question: str, *, spoilers: bool) -> tuple[Hit, ...]:
    """The films in which all words of a question stand, in their order; at most MOST_HITS.

    A word may be the beginning of a longer one's, and each may stand in another part of the film.
    """
    wanted = fold(question[:LONGEST_QUESTION]).split()
    hits: list[Hit] = []
    for slug, film in films.items() if wanted else ():
        texts = (*film.safe, *film.hidden) if spoilers else film.safe
        where = [next((text for text in texts if word in text.sought), None) for word in wanted]
        if all(where) and (first := where[0]):
            hits.append(Hit(slug, first.where, _around(first, wanted[0])))
            if len(hits) == MOST_HITS:
                break
    return tuple(hits)


def _around(text: Text, word: str) -> str:
    """Some words on either side of what was found, on one line."""
    at = text.sought.find(word)
    # Folding may have made letters fewer, so the place is right only in proportion.
    at = at * len(text.shown) // max(len(text.sought), 1)
    start, end = max(at - _BEFORE, 0), at + len(word) + _AFTER
    cut = " ".join(text.shown[start:end].split())
    return ("…" if start else "") + cut + ("…" if end < len(text.shown) else "")


def _safe(film: Film) -> Iterator[Text]:
    named = (film.title, film.original_title, str(film.year or ""), *film.aka)
    yield Text("Title", " · ".join(filter(None, named)))
    people = (*film.directors, *film.writers, *film.cinematographers, *film.composers)
    yield Text("Credits", " · ".join(people))
    cast = (f"{one.name} ({one.role})" if one.role else one.name for one in film.cast if not one.spoiler)
    yield Text("Cast", " · ".join(cast))
    subjects = (*film.genres, *film.themes, film.series.name if film.series else "", film.tagline)
    yield Text("Facts", " · ".join(filter(None, subjects)))
    yield Text("Synopsis", _unmarked(film.synopsis.body))
    for section in film.safe:
        yield Text(section.heading or "Text", _unmarked(section.body))


def _hidden(film: Film) -> Iterator[Text]:
    yield Text("Spoilers: themes", " · ".join(film.spoiler_themes))
    cast: Iterable[str] = (f"{one.name} ({one.role})" for one in film.cast if one.spoiler)
    yield Text("Spoilers: cast", " · ".join(cast))
    for section in film.spoilers:
        heading = section.heading or section.kind.value.capitalize()
        yield Text(f"Spoilers: {heading}", _unmarked(section.body))


def _unmarked(markdown: str) -> str:
    """A text without Markdown's marks; parsing a thousand films to search them once would take seconds."""
    return " ".join(_MARKS.sub("", markdown).split())
