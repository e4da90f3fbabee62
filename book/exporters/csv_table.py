"""CSV: a row for each film, under headings that the importer of spreadsheets knows without being told.

UTF-8 with a mark at its beginning, without which Excel takes it for the code page of the machine; lines end
as RFC 4180 has them; every text is in quotation marks and guarded (`book.cells`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from book.cells import guarded, joined
from book.model import Film, Finding, GuideInfo, Kind, Section
from book.prose import to_text

Cell = str | int

BOM = "\ufeff"


class CsvTable:
    """A table for Excel, LibreOffice, Numbers and scripts."""

    name = "csv"
    label = "CSV with one film a row"
    texts = frozenset({"synopsis", "tagline"})
    spoilers = True

    def write(self, films: Sequence[Film], info: GuideInfo) -> tuple[bytes, tuple[Finding, ...]]:
        """Always the same columns; those for what stands below the fence only where a film has it."""
        columns = {**COLUMNS, **{name: cell for name, cell in BELOW.items() if any(map(cell, films))}}
        rows = [[cell(film) for cell in columns.values()] for film in films]
        return (BOM + table(columns, rows)).encode(), ()


def table(headings: Iterable[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as text. Cells are guarded already."""
    out = io.StringIO(newline="")
    # All text is quoted: a program that parts cells at semicolons sees no further cell within one.
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()


def _dollars(film: Film, amount: int | None) -> Cell:
    """Sums in other currencies stay behind: the importer takes every sum for dollars."""
    return amount if amount and film.box_office and film.box_office.currency == "USD" else ""


def prose(section: Section) -> str:
    """What a reader sees of a section, with a blank line between paragraphs."""
    return to_text(section.body).replace("\n", "\n\n")


def _below(film: Film, kind: Kind, heading: str = "") -> str:
    told = (prose(each) for each in film.spoilers if each.kind is kind and heading in ("", each.heading))
    return guarded("\n\n".join(told))


COLUMNS: Mapping[str, Callable[[Film], Cell]] = {
    "Title": lambda film: guarded(film.title),
    "Year": lambda film: film.year,
    "Original Title": lambda film: guarded(film.original_title),
    "Sort Title": lambda film: guarded(film.sort_title),
    "Also Known As": lambda film: joined(film.aka),
    "Release Date": lambda film: film.premiered.isoformat() if film.premiered else "",
    "Runtime": lambda film: film.runtime_min or "",
    "Languages": lambda film: joined(film.languages),
    "Countries": lambda film: joined(film.countries),
    "Directors": lambda film: joined(film.directors),
    "Writers": lambda film: joined(film.writers),
    "Cinematography": lambda film: joined(film.cinematographers),
    "Composers": lambda film: joined(film.composers),
    "Cast": lambda film: joined(dict.fromkeys(member.name for member in film.cast if not member.spoiler)),
    "Genres": lambda film: joined(film.genres),
    "Themes": lambda film: joined(film.themes),
    "Series": lambda film: guarded(film.series.name) if film.series else "",
    "Certificate": lambda film: guarded(film.certificate),
    "Rating": lambda film: guarded(film.rating),
    "Tagline": lambda film: guarded(film.tagline),
    "Budget": lambda film: _dollars(film, film.box_office.budget if film.box_office else None),
    "Gross": lambda film: _dollars(film, film.box_office.gross if film.box_office else None),
    "IMDb ID": lambda film: guarded(film.ids.get("imdb", "")),
    "TMDB ID": lambda film: guarded(film.ids.get("tmdb", "")),
    "Letterboxd": lambda film: guarded(film.ids.get("letterboxd", "")),
    "Synopsis": lambda film: guarded(prose(film.synopsis)),
}
"""Headings and their cells, in the order of an entry."""

BELOW: Mapping[str, Callable[[Film], Cell]] = {
    "Keywords": lambda film: joined(film.spoiler_themes),
    "Plot": lambda film: _below(film, Kind.PLOT),
    "Notes": lambda film: _below(film, Kind.OTHER, "Notes"),
}
"""What the importer puts below the fence."""
