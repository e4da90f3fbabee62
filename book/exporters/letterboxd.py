"""Letterboxd: a CSV with columns of those that https://letterboxd.com/about/importing-data/ names.

No Review: an entry has none. Its notes stand below the fence, and a synopsis in the place of a review would
be published under the writer's name. No WatchedDate and Rewatch either, for a guide does not know when a film
was seen; so Letterboxd marks films as watched and makes no diary of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from book.cells import guarded
from book.exporters.csv_table import Cell, table
from book.findings import finding
from book.model import Film, Finding, GuideInfo

COLUMNS = ("LetterboxdURI", "tmdbID", "imdbID", "Title", "Year", "Directors", "Rating", "Tags")

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?", re.ASCII)
_SHORT = re.compile(r"(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]{2,6}", re.ASCII)
_LONG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+", re.ASCII)


class Letterboxd:
    """A table for Letterboxd's import page."""

    name = "letterboxd"
    label = "CSV for Letterboxd's import page"
    texts: frozenset[str] = frozenset()
    spoilers = False

    def write(self, films: Sequence[Film], info: GuideInfo) -> tuple[bytes, tuple[Finding, ...]]:
        """In UTF-8 without a mark at its beginning, which would become part of the first column's name."""
        findings = tuple(found for film in films for found in _unratable(film, info))
        return table(COLUMNS, [_row(film, info) for film in films]).encode(), findings


def _row(film: Film, info: GuideInfo) -> list[Cell]:
    return [
        guarded(film_address(film.ids.get("letterboxd", ""))),
        guarded(film.ids.get("tmdb", "")),
        guarded(film.ids.get("imdb", "")),
        guarded(film.title),
        film.year,
        _listed(film.directors),
        stars(film.rating, info.rating_scale),
        _listed(film.themes),
    ]


def _listed(names: Sequence[str]) -> str:
    """Names with commas between, as Letterboxd parts them; a comma within a name becomes a blank."""
    return ", ".join(guarded(" ".join(name.replace(",", " ").split())) for name in names)


def film_address(ident: str) -> str:
    """The address that an id stands for: boxd.it/29MU or letterboxd.com/film/the-third-man.

    Empty for one that might be either, such as "alien": a wrong address would be taken at its word, and ids,
    title and year find the film as well.
    """
    if _SHORT.fullmatch(ident):
        return f"https://boxd.it/{ident}"
    return f"https://letterboxd.com/film/{ident}/" if _LONG.fullmatch(ident) else ""


def stars(rating: str, scale: str) -> str:
    """The rating out of five, to the nearest half star and at least that; empty where it cannot be told."""
    mark, best = _number(rating), _number(scale)
    if not mark or not best or mark > best:
        return ""
    return f"{max(round(mark / best * 10), 1) / 2:g}"


def _number(text: str) -> float:
    bare = text.strip()
    return float(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else 0.0


def _unratable(film: Film, info: GuideInfo) -> Iterator[Finding]:
    if not film.rating or stars(film.rating, info.rating_scale):
        return
    where, title = film.source.at("rating"), f"{film.title} ({film.year})"
    if not _number(info.rating_scale):
        message = f"Nobody knows what the rating of {title}, {film.rating}, counts up to."
        yield finding("F862", where, message, 'Write under [guide] in guide.toml, e.g. rating_scale = "10"')
    else:
        message = f"The rating of {title} is {film.rating}, which is no number up to {info.rating_scale}."
        yield finding("F862", where, message, "Write a number.")
