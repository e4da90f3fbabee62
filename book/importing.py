"""Bringing in films: foreign files -> entries in the guide's folder, without touching a writer's words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from book.adopt import Change, carry_out, plan_import, standing_entries
from book.blending import blended
from book.entry import read_entry, write_entry
from book.findings import finding
from book.importers import Importer, importers, read_films
from book.importers.columns import FILE as COLUMNS_FILE
from book.importers.columns import Columns, columns_text, read_columns
from book.importers.spreadsheet import Spreadsheet
from book.model import Film, Finding, Place, Slug, UsageError
from book.progress import Step, Track, untold
from book.shelf import put


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import came to: the fate of every film in its order, and the files that were written.

    `columns` says for each spreadsheet what each of its columns was taken for, empty where it was left out.
    """

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]
    columns: Mapping[str, Columns] = field(default_factory=dict)


def import_films(
    root: Path, paths: Sequence[Path], *, wanted: str = "", dry: bool = False, track: Track = untold
) -> Intake:
    """Read the files and write an entry for every film that is new or was not touched since its import.

    `wanted` names the importer where guessing is not wanted. `dry`: nothing is written, and `files` is
    empty. A file or record that cannot be read is a finding and never keeps the others out. Raises
    UsageError where there is no guide or no such importer, BookError where nothing can be written.
    """
    if not (root / "guide.toml").is_file():
        raise UsageError(
            f"There is no guide.toml in {root.resolve()}.",
            "Begin a guide with filmguide new, or name its folder with -C.",
        )
    films: list[Film] = []
    findings: list[Finding] = []
    track(Step("read"))
    known, missing = importers()
    findings += missing
    saved = _saved_columns(root, findings)
    sheets = _told_of_columns(known, saved)
    for found in read_films(paths, known, wanted=wanted):
        if isinstance(found, Finding):
            findings.append(found)
        else:
            films.append(found)
            track(Step("read", found.title, len(films)))
    folder = root / "entries"
    track(Step("compare", total=len(films)))
    changes = plan_import(blended(films), standing_entries(folder), read=_read, write=write_entry)
    track(Step("write", total=sum(bool(change.text) for change in changes)))
    columns = {name: used for sheet in sheets for name, used in sheet.used.items()}
    files = () if dry else carry_out(changes, folder)
    if not dry and any(saved.get(name) != used for name, used in columns.items()):
        files = (*files, _keep_columns(root, {**saved, **columns}))
    return Intake(changes, tuple(findings), files, columns)


def _saved_columns(root: Path, findings: list[Finding]) -> dict[str, dict[str, str]]:
    """What the writer has said of spreadsheets' columns; a file that cannot be read is a finding."""
    try:
        return read_columns(root)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = f"{COLUMNS_FILE} cannot be read: {error}. The columns were guessed anew."
        findings.append(finding("F811", Place(COLUMNS_FILE), message, "Mend it, or take it away."))
        return {}


def _told_of_columns(known: Sequence[Importer], saved: Mapping[str, Columns]) -> list[Spreadsheet]:
    sheets = [each for each in known if isinstance(each, Spreadsheet)]
    for sheet in sheets:
        sheet.columns = saved
    return sheets


def _keep_columns(root: Path, columns: Mapping[str, Columns]) -> Path:
    file = root / COLUMNS_FILE
    put(file, columns_text(columns).encode(), lasting=False)
    return file


def _read(slug: Slug, text: str) -> Film | None:
    film, _ = read_entry(text, file=f"entries/{slug}.md")
    return film
