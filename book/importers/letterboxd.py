"""Letterboxd: diary, ratings, reviews, watched, watchlist and lists, as its export has them.

One film stands in several of these files, and in the diary as often as it was seen. A file gives each film
once; what the files say of one film is brought together where all sources are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from book.findings import finding
from book.importers.opening import decoded, text_of
from book.importers.record import Told, films_of
from book.importers.tables import Row, headed, header_of, rows_in
from book.importers.text import clean, to_markdown
from book.importers.values import mark_of, names_in, without_tags
from book.model import Film, Finding, Place

_LIST = re.compile(r"\ufeff?\s*(?:Letterboxd list export[^\n]*\n\s*)?Date,Name,Tags,URL,Description", re.I)
_POSITIONS = re.compile(r"^Position,Name,Year,URL,Description", re.MULTILINE | re.IGNORECASE)
_COLUMNS = {"date", "name", "year", "letterboxd uri"}
_FILM_URI = re.compile(r"https?://(?:boxd\.it/|letterboxd\.com/film/)([\w-]+)/?")


class Letterboxd:
    """The files of a Letterboxd export, one by one or in its archive."""

    name = "letterboxd"
    label = "Letterboxd CSV or zip"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By the names of its columns, or by the opening lines of a list."""
        text = (decoded(head) or "").replace("\r\n", "\n")
        return _LIST.match(text) is not None or set(header_of(text)) >= _COLUMNS

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """A film for each that the file names, once; every row without a title or a year is a finding."""
        return films_of(_told(path), self.name, path)


def _told(path: Path) -> Iterator[Told | Finding]:
    text = text_of(path)
    if isinstance(text, Finding):
        yield text
        return
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    if _LIST.match(text):
        yield from _list(text, path)
        return
    rows = rows_in(text, path, sign=",")
    first = next(rows, None)
    if not isinstance(first, Row):
        yield from (first,) if first else ()
        return
    columns = [cell.strip().casefold() for cell in first.cells]
    seen: dict[tuple[str, str], Told] = {}
    diary = "watched date" in columns
    for row in rows:
        if isinstance(row, Finding):
            yield row
            continue
        ((line, cells),) = headed([row], columns)
        key = (cells.get("name", "").strip(), cells.get("year", "").strip())
        record = _record(cells, uri=not diary)
        seen[key] = Told(record, line) if key not in seen else _later(seen[key], record)
    yield from seen.values()


def _record(cells: Mapping[str, str], *, uri: bool) -> dict[str, object]:
    """A row's facts. A diary's addresses are those of its days, not of its films, and so are no ids."""
    found = _FILM_URI.fullmatch(cells.get("letterboxd uri", "").strip()) if uri else None
    review = without_tags(cells.get("review", ""))
    return {
        "title": cells.get("name"),
        "year": cells.get("year"),
        "rating": mark_of(cells.get("rating", "")),
        "themes": list(names_in(cells.get("tags", ""))),
        "ids": {"letterboxd": found[1]} if found else {},
        "notes": to_markdown(clean(review)),
    }


def _later(first: Told, record: Mapping[str, object]) -> Told:
    """What a film's later day in the diary adds; the last rating is the one that counts."""
    before = first.record
    notes = [str(each["notes"]) for each in (before, record) if each["notes"]]
    tags = [tag for each in (before, record) for tag in _texts(each["themes"])]
    changed = {
        "rating": record["rating"] or before["rating"],
        "themes": list(dict.fromkeys(tags)),
        "notes": "\n\n".join(dict.fromkeys(notes)),
    }
    return Told({**before, **changed}, first.line)


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _list(text: str, path: Path) -> Iterator[Told | Finding]:
    """The films of a list; what is written on each is kept, and the list's own description passed over."""
    begins = _POSITIONS.search(text)
    if begins is None:
        yield finding(
            "F804",
            Place(path.as_posix()),
            f"{path.name} is a Letterboxd list without its films.",
            "Fetch it again.",
        )
        return
    before = text.count("\n", 0, begins.start())
    rows = rows_in(text[begins.start() :], path, sign=",")
    first = next(rows, None)
    if not isinstance(first, Row):
        yield from (first,) if first else ()
        return
    columns = [cell.strip().casefold() for cell in first.cells]
    for row in rows:
        if isinstance(row, Finding):
            yield row
            continue
        ((line, cells),) = headed([row], columns)
        found = _FILM_URI.fullmatch(cells.get("url", "").strip())
        yield Told(
            {
                "title": cells.get("name"),
                "year": cells.get("year"),
                "ids": {"letterboxd": found[1]} if found else {},
                "notes": to_markdown(clean(without_tags(cells.get("description", "")))),
            },
            line + before,
        )
