"""Bringing in films: foreign files -> entries in the guide's folder, without touching a writer's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from book.adopt import Change, carry_out, plan_import, standing_entries
from book.entry import read_entry, write_entry
from book.importers import read_films
from book.model import Film, Finding, Slug, UsageError
from book.progress import Step, Track, untold


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import came to: the fate of every film in its order, and the entries that were written."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]


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
    for found in read_films(paths, wanted=wanted):
        if isinstance(found, Finding):
            findings.append(found)
        else:
            films.append(found)
            track(Step("read", found.title, len(films)))
    folder = root / "entries"
    track(Step("compare", total=len(films)))
    changes = plan_import(films, standing_entries(folder), read=_read, write=write_entry)
    track(Step("write", total=sum(bool(change.text) for change in changes)))
    return Intake(changes, tuple(findings), () if dry else carry_out(changes, folder))


def _read(slug: Slug, text: str) -> Film | None:
    film, _ = read_entry(text, file=f"entries/{slug}.md")
    return film
