"""Spreadsheets: CSV, TSV and XLSX with a row for each film, whatever their columns are called."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from book.cells import parted, unguarded
from book.findings import finding
from book.importers.archive import refusal
from book.importers.columns import FACTS, Columns, fact_named, guess
from book.importers.opening import decoded
from book.importers.record import Told, films_of
from book.importers.tables import MOST_COLUMNS, Row, headed, header_of, rows_of
from book.importers.text import clean, to_markdown
from book.importers.values import mark_of, names_in, sum_of, title_and_year, without_tags, year_of
from book.model import Film, Finding, Place

_LISTS = frozenset(
    "aka languages countries directors writers cinematographers composers cast genres themes keywords".split()  # noqa: SIM905
)
_IDS = ("imdb", "tmdb", "letterboxd")
_MOST_ROWS = 1_000_000


@dataclass
class Spreadsheet:
    """Tables of any kind.

    `columns` says by file what its columns are, where a writer has said so; `used` is filled with what was
    taken for each file that was read.
    """

    name = "spreadsheet"
    label = "CSV, TSV or XLSX with one film a row"
    columns: Mapping[str, Columns] = field(default_factory=dict)
    used: dict[str, Columns] = field(default_factory=dict)

    def recognises(self, path: Path, head: bytes) -> bool:
        """By a column that is called a title or a film; a workbook by what its archive begins with."""
        if head.startswith(b"PK\x03\x04"):
            return path.suffix.casefold() in {".xlsx", ".xlsm"} or b"xl/" in head
        text = decoded(head)
        if text is None or text.lstrip().startswith(("{", "[", "<", "---", "+++")):
            return False
        columns = header_of(text)
        return len(columns) > 1 and "title" in {fact_named(each) for each in columns}

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """A film for each row; what each column was taken for is in `used` afterwards."""
        return films_of(self._told(path), self.name, path)

    def _told(self, path: Path) -> Iterator[Told | Finding]:
        rows = _sheet(path) if path.suffix.casefold() in {".xlsx", ".xlsm"} else rows_of(path)
        first = next(rows, None)
        if not isinstance(first, Row):
            yield from (first,) if first else ()
            return
        headings = [cell.strip().lstrip("\ufeff") for cell in first.cells]
        columns = dict(guess(headings)) | dict(self.columns.get(path.name, {}))
        self.used[path.name] = {heading: columns[heading] for heading in headings if heading in columns}
        place = Place(path.as_posix(), first.line)
        if strange := [fact for fact in columns.values() if fact and fact not in FACTS]:
            yield finding(
                "F806",
                place,
                f"columns.toml makes a column of {path.name} {strange[0]}, which is no fact that we know.",
                f"There are {', '.join(FACTS)}.",
            )
        if "title" not in columns.values():
            yield finding(
                "F811",
                place,
                f"No column of {path.name} is called a title.",
                "Write title beside the right one in columns.toml, and import again.",
            )
            return
        for row in rows:
            if isinstance(row, Finding):
                yield row
                continue
            for line, cells in headed([row], headings):
                facts = {
                    columns[heading]: value.strip()
                    if columns[heading] in _LISTS
                    else unguarded(value.strip())
                    for heading, value in cells.items()
                    if columns.get(heading) and value.strip()
                }
                yield Told(_record(facts), line)


def _record(facts: Mapping[str, str]) -> dict[str, object]:
    record: dict[str, object] = dict(facts)
    title, year = title_and_year(facts.get("title", ""))
    given = facts.get("year", "").removesuffix(".0")
    if year and not given:
        record |= {"title": title, "year": year}
    else:
        record["year"] = year_of(given) or given or year_of(facts.get("release_date", ""))
    for key in _LISTS & facts.keys():
        record[key] = [unguarded(name) for name in parted(facts[key]) or names_in(facts[key])]
    for key in {"budget", "revenue"} & facts.keys():
        record[key] = sum_of(facts[key].removesuffix(".0")) or facts[key]
    for key in {"synopsis", "plot"} & facts.keys():
        record[key] = without_tags(facts[key])
    if len(facts.get("release_date", "")) == 4:
        del record["release_date"]
    record["rating"] = mark_of(facts.get("rating", ""))
    record["notes"] = to_markdown(clean(without_tags(facts.get("notes", ""))))
    record["ids"] = {key: facts[key].rstrip("/").rpartition("/")[2] for key in _IDS if key in facts}
    return record


def _sheet(path: Path) -> Iterator[Row | Finding]:
    """The rows of the workbook's first sheet that has any."""
    place = Place(path.as_posix())
    if (refused := refusal(path)) is not None:
        yield refused
        return
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        yield finding("F804", place, f"{path.name} cannot be read as a workbook: {error}.", "Save it again.")
        return
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=_MOST_ROWS)
            filled = (
                Row(number, cells)
                for number, values in enumerate(rows, 1)
                if any(cells := tuple(_cell(value) for value in values))
            )
            first = next(filled, None)
            if first is not None:
                yield first
                yield from filled
                return
    finally:
        book.close()


def _cell(value: object) -> str:
    """A cell's text: whole numbers without their .0, days without their midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")
