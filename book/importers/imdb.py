"""IMDb's own tables: title.basics joined with the tables beside it by tconst, a film's number.

No cell is quoted, \\N is none, and a list has commas or, in title.akas, the sign 0x02 between its parts.
Names of people stand in name.basics alone; without it only their numbers are known, and nobody is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.findings import finding
from book.importers.opening import decoded, text_of
from book.importers.record import Told, film_of
from book.importers.tables import Row, headed, header_of, unquoted_rows
from book.model import Film, Finding, Place

_FILMS = frozenset({"movie", "short", "tvmovie", "tvshort", "tvspecial", "video"})
_KINDS = {
    "tvseries": "a series",
    "tvminiseries": "a series",
    "tvepisode": "an episode of a series",
    "tvpilot": "an episode of a series",
    "videogame": "a game",
}
_TABLES = {
    "basics": {"tconst", "titletype", "primarytitle", "startyear"},
    "crew": {"tconst", "directors", "writers"},
    "principals": {"tconst", "nconst", "category"},
    "akas": {"titleid", "ordering", "title", "region"},
    "ratings": {"tconst", "averagerating", "numvotes"},
    "episode": {"tconst", "parenttconst"},
    "names": {"nconst", "primaryname"},
}
_JOBS = {
    "director": "directors",
    "writer": "writers",
    "cinematographer": "cinematographers",
    "composer": "composers",
}
_ACTORS = frozenset({"actor", "actress", "self"})
_AKA_MOST = 6

Cells = Mapping[str, str]


class Imdb:
    """The tables that IMDb offers for download."""

    name = "imdb"
    label = "IMDb TSV"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By the names of its columns."""
        return _table_of(header_of(decoded(head) or "")) != ""

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """The films of one table alone."""
        return self.read_together([path])

    def read_together(self, paths: Sequence[Path]) -> Iterator[Film | Finding]:
        """The films of title.basics, with what the other tables say of them."""
        tables: list[_Table] = []
        for path in paths:
            table = _table(path)
            if isinstance(table, Finding):
                yield table
            else:
                yield from table.faults
                tables.append(table)
        joined = _Joined(tables)
        for table in tables:
            if table.kind == "basics":
                for line, cells in table.rows:
                    yield from _film(line, cells, table.path, joined, self.name)
        yield from _beside(tables, joined)


@dataclass(frozen=True, slots=True)
class _Table:
    """A file: which of IMDb's tables it is, its rows by column, and what of it could not be read."""

    kind: str
    path: Path
    rows: Sequence[tuple[int, Cells]]
    faults: Sequence[Finding]


def _table_of(columns: Iterable[str]) -> str:
    have = set(columns)
    return next((kind for kind, wanted in _TABLES.items() if have >= wanted), "")


def _table(path: Path) -> _Table | Finding:
    text = text_of(path)
    if isinstance(text, Finding):
        return text
    rows = unquoted_rows(text.lstrip("\ufeff"), path)
    first = next(rows, None)
    if isinstance(first, Finding):
        return first
    columns = [cell.strip().casefold() for cell in first.cells] if first else []
    kind = _table_of(columns)
    if not kind:
        return finding(
            "F803", Place(path.as_posix(), 1), f"The first line of {path.name} names no columns of IMDb."
        )
    found: list[tuple[int, Cells]] = []
    faults: list[Finding] = []
    for row in rows:
        if isinstance(row, Row) and len(row.cells) == len(columns):
            found += [
                (line, {key: "" if value == r"\N" else value for key, value in cells.items()})
                for line, cells in headed([row], columns)
            ]
        elif isinstance(row, Row):
            what = f"has {len(row.cells)} cells where the table has {len(columns)}"
            place = Place(path.as_posix(), row.line)
            faults.append(
                finding(
                    "F804", place, f"Line {row.line} of {path.name} {what}.", "Between cells stands one tab."
                )
            )
        else:
            faults.append(row)
    return _Table(kind, path, found, faults)


class _Joined:
    """What the other tables say, by the number of the film."""

    def __init__(self, tables: Sequence[_Table]) -> None:
        told = {
            kind: [row for table in tables if table.kind == kind for row in table.rows] for kind in _TABLES
        }
        self.films = {cells["tconst"] for _, cells in told["basics"]}
        self.names = {cells["nconst"]: cells["primaryname"] for _, cells in told["names"]}
        self.crew = {cells["tconst"]: cells for _, cells in told["crew"]}
        self.principals = _by(told["principals"], "tconst")
        self.akas = _by(told["akas"], "titleid")

    def people(self, numbers: str) -> list[str]:
        return [self.names[each] for each in numbers.split(",") if each in self.names]

    def record(self, number: str) -> dict[str, object]:
        crew = self.crew.get(number, {})
        people: dict[str, list[str]] = {kind: [] for kind in _JOBS.values()}
        people["directors"] = self.people(crew.get("directors", ""))
        people["writers"] = self.people(crew.get("writers", ""))
        cast: list[dict[str, str]] = []
        for each in sorted(self.principals.get(number, ()), key=lambda cells: _place(cells["ordering"])):
            name = self.names.get(each["nconst"], "")
            if name and each["category"] in _ACTORS:
                roles = _roles(each.get("characters", ""))
                cast += [{"name": name, "role": role} for role in roles or [""]]
            elif name and each["category"] in _JOBS and name not in people[_JOBS[each["category"]]]:
                people[_JOBS[each["category"]]].append(name)
        akas = [each["title"] for each in self.akas.get(number, ())]
        return {**people, "cast": cast, "aka": list(dict.fromkeys(akas))[:_AKA_MOST]}


def _by(rows: Iterable[tuple[int, Cells]], key: str) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for _, cells in rows:
        found.setdefault(cells[key], []).append(cells)
    return found


def _place(text: str) -> int:
    """A whole number, or a large one where there is none: what has no place comes last."""
    return int(text) if text.isdecimal() and len(text) < 10 else 10**9


def _roles(text: str) -> list[str]:
    """The roles of ["Ash","The Cat"], as IMDb writes them."""
    if not text.startswith("["):
        return [text] if text else []
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return []
    return [str(each) for each in found] if isinstance(found, list) else []


def _film(line: int, cells: Cells, path: Path, joined: _Joined, name: str) -> Iterator[Film | Finding]:
    place = Place(path.as_posix(), line)
    kind = cells["titletype"].casefold()
    if kind not in _FILMS:
        what = _KINDS.get(kind, f"of the kind {kind or 'nothing'}")
        yield finding(
            "F810", place, f"{cells['primarytitle'] or cells['tconst']} is {what}, and was left out."
        )
        return
    told = Told(
        {
            "title": cells["primarytitle"],
            "original_title": cells.get("originaltitle", ""),
            "year": cells["startyear"],
            "runtime_min": cells.get("runtimeminutes", ""),
            "genres": [each for each in cells.get("genres", "").split(",") if each],
            "ids": {"imdb": cells["tconst"]},
        }
        | joined.record(cells["tconst"]),
        line,
    )
    yield from film_of(told.record, place, f"{name} {path.name}")


def _beside(tables: Iterable[_Table], joined: _Joined) -> Iterator[Finding]:
    """What of the other tables came to nothing: people without names, and rows without their films."""
    for table in tables:
        if table.kind in ("basics", "names"):
            continue
        place = Place(table.path.as_posix())
        numbers = (cells.get("tconst") or cells.get("titleid", "") for _, cells in table.rows)
        strange = sum(number not in joined.films for number in numbers)
        if strange:
            of_all = f"{strange:,} of the {len(table.rows):,} rows of {table.path.name}"
            yield finding(
                "F811",
                place,
                f"{of_all} are about films that no title.basics names.",
                "Import it together with title.basics.tsv, which has their titles.",
            )
        elif table.kind in ("crew", "principals") and table.rows and not joined.names:
            yield finding(
                "F811",
                place,
                f"{table.path.name} gives people by their numbers, and nothing says who they are.",
                "Import it together with name.basics.tsv, which has their names.",
            )
