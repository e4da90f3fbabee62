"""What the rules of check look at, and the shape of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from book.cache import Cache
from book.config import Project
from book.model import Film, Finding
from book.selection import Catalogue
from book.workers import ALONE, Hands


@dataclass(frozen=True)
class Proofs:
    """A whole guide laid open before it is arranged.

    `this_year` is the year of the calendar; `texts` holds Markdown by its path in guide.toml.
    """

    films: Sequence[Film]
    project: Project
    this_year: int
    catalogue: Catalogue
    texts: Mapping[str, str] = field(default_factory=dict)
    cache: Cache | None = None  # for what takes long to find out of a film
    hands: Hands = ALONE  # that find it out


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and every code that it may give."""

    codes: tuple[str, ...]
    look: Callable[[Proofs], Iterator[Finding]]


def of_each(look: Callable[[Film, Proofs], Iterator[Finding]]) -> Callable[[Proofs], Iterator[Finding]]:
    """A rule about one film, asked of every film."""

    def look_at_all(proofs: Proofs) -> Iterator[Finding]:
        for film in proofs.films:
            yield from look(film, proofs)

    return look_at_all
