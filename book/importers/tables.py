"""Tables of text: rows of cells with the line on which each begins, parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from book.findings import finding
from book.importers.opening import text_of
from book.model import Finding, Place

MOST_COLUMNS = 1_000
LONGEST_LINE = 1_000_000
_SIGNS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `line` counts from 1."""

    line: int
    cells: tuple[str, ...]


def rows_of(path: Path, *, sign: str = "") -> Iterator[Row | Finding]:
    """The rows of a file that hold anything. `sign` parts the cells; by default it is found out.

    After a finding there is no more to come.
    """
    text = text_of(path)
    if isinstance(text, Finding):
        yield text
        return
    yield from rows_in(text, path, sign=sign)


def rows_in(text: str, path: Path, *, sign: str = "") -> Iterator[Row | Finding]:
    """The rows of a text; `path` only says whose it is."""
    if (wide := _too_wide(text, path)) is not None:
        yield wide
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign or sign_of(text), skipinitialspace=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(begin, tuple(cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        yield finding(
            "F804",
            Place(path.as_posix(), begin),
            f"From line {begin} on {path.name} is no table: {error}.",
            "Perhaps a quotation mark was opened there and never closed.",
        )


def unquoted_rows(text: str, path: Path) -> Iterator[Row | Finding]:
    """The rows of a table parted by tabs in which a quotation mark is a letter like any other."""
    if (wide := _too_wide(text, path)) is not None:
        yield wide
        return
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if line.strip():
            yield Row(number, tuple(line.rstrip("\n").split("\t")))


def sign_of(text: str) -> str:
    """The sign that parts the cells: the one that the first line has most of, quoted parts left out."""
    first = next((line for line in text[:LONGEST_LINE].splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_SIGNS, key=bare.count)


def headed(rows: Iterable[Row], columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by the names of its columns; cells beyond them are left out, cells that lack are empty."""
    names = tuple(columns)
    for row in rows:
        cells = (*row.cells, *([""] * (len(names) - len(row.cells))))
        yield row.line, dict(zip(names, cells, strict=False))


def header_of(head: bytes | str) -> tuple[str, ...]:
    """The names in the first line of a table, in lower case and trimmed; empty where there is none."""
    text = head if isinstance(head, str) else head.decode("utf-8", errors="replace")
    first = next((line for line in text.lstrip("\ufeff").splitlines() if line.strip()), "")
    if len(first) > LONGEST_LINE or not first:
        return ()
    try:
        cells = next(csv.reader([first], delimiter=sign_of(first), skipinitialspace=True), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().casefold() for cell in cells)


def _too_wide(text: str, path: Path) -> Finding | None:
    """Why a table is not read whose rows are endless; looked at before it is taken apart."""
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if len(line) > LONGEST_LINE:
            what = f"is longer than {LONGEST_LINE:,} characters"
        elif len(line) > MOST_COLUMNS and (count := max(map(line.count, ",;\t"))) >= MOST_COLUMNS * 4:
            what = f"has {count + 1:,} columns"
        else:
            continue
        return finding(
            "F809",
            Place(path.as_posix(), number),
            f"Line {number} of {path.name} {what}, which no table of films has.",
            f"A table has a row for each film, and at most {MOST_COLUMNS:,} columns.",
        )
    return None
