"""How far a guide has come: what each film still wants, and the guide in figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.config import load_project
from book.entries import read_entries
from book.model import Film, Finding, Kind, UsageError

WANTED = (
    Kind.SYNOPSIS,
    Kind.MORE,
    Kind.PLOT,
    Kind.ENDING,
    Kind.TIMELINE,
    Kind.CHARACTERS,
    Kind.SETTINGS,
    Kind.THEMES,
    Kind.POST_CREDITS,
)
"""The sections of an entry that has everything."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a film is: words of all its sections, and the sections that have none, by name."""

    slug: str
    words: int
    missing: tuple[str, ...]
    reviewed: bool
    picture: bool

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1: each section, the review and the picture count the same."""
        done = len(WANTED) - len(self.missing) + self.reviewed + self.picture
        return done / (len(WANTED) + 2)

    @property
    def facts(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "slug": self.slug,
            "words": self.words,
            "missing": list(self.missing),
            "reviewed": self.reviewed,
            "picture": self.picture,
            "share": round(self.share, 3),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """The guide in figures; decades by their first year."""

    films: int
    words: int
    reviewed: int
    pictures: int
    complete: int
    decades: Mapping[int, int]


def progress_of(film: Film) -> Progress:
    """What there is of a film, and what is not."""
    sections = (film.synopsis, *film.safe, *film.spoilers)
    told = {section.kind for section in sections if section.body}
    return Progress(
        slug=film.slug,
        words=sum(len(_WORD.findall(section.body)) for section in sections),
        missing=tuple(kind.value for kind in WANTED if kind not in told),
        reviewed=film.origin.reviewed,
        picture=film.image is not None,
    )


def what_is_missing(root: Path, slug: str = "") -> tuple[tuple[Progress, ...], tuple[Finding, ...]]:
    """How far each film is, those with most to do first, or one film alone; and entries that nobody can read.

    Raises UsageError where no entry has the slug.
    """
    films, findings = _films(root)
    if slug and slug not in {film.slug for film in films}:
        raise UsageError(
            f"No entry is called {slug}.", "A slug is the name of a file in entries/, without .md."
        )
    each = [progress_of(film) for film in films if slug in {"", film.slug}]
    return tuple(sorted(each, key=lambda progress: (progress.share, progress.slug))), findings


def figures_of(root: Path) -> tuple[Figures, tuple[Finding, ...]]:
    """The guide in figures, and entries that nobody can read."""
    films, findings = _films(root)
    each = [progress_of(film) for film in films]
    decades = Counter(film.year // 10 * 10 for film in films)
    figures = Figures(
        films=len(films),
        words=sum(progress.words for progress in each),
        reviewed=sum(progress.reviewed for progress in each),
        pictures=sum(progress.picture for progress in each),
        complete=sum(not progress.missing and progress.reviewed and progress.picture for progress in each),
        decades=dict(sorted(decades.items())),
    )
    return figures, findings


def _films(root: Path) -> tuple[Sequence[Film], tuple[Finding, ...]]:
    """The films; of the findings only those about files that are no entry, since check tells the others."""
    films, findings = read_entries(load_project(root)[0])
    read = {film.source.file for film in films}
    return films, tuple(found for found in findings if found.where.file not in read)
