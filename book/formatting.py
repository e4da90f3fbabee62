"""Putting entries in canonical form, on the disk."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from book.canon import canonical
from book.entries import LARGEST, is_entry
from book.findings import finding
from book.model import BookError, Finding, Place, UsageError
from book.progress import Step, Track, untold
from book.reach import leads_out, whole_file
from book.shelf import put_all


@dataclass(frozen=True, slots=True)
class Tidying:
    """What formatting came to: entries looked at, those in another form than theirs, and those left alone.

    `diff` shows what changes, line by line.
    """

    looked_at: int
    files: tuple[Path, ...]
    diff: tuple[str, ...]
    findings: tuple[Finding, ...]


def format_entries(
    root: Path, files: Sequence[Path] = (), *, dry: bool = False, track: Track = untold
) -> Tidying:
    """Put these entries in canonical form, or all of the guide's where none are named.

    Nothing is written with `dry`. What cannot be put in form without a doubt stays as it is and is reported.
    Raises UsageError for a file that is no entry, BookError for one that cannot be read.
    """
    folder = root / "entries"
    if not files and not (root / "guide.toml").is_file():
        raise UsageError(
            f"There is no guide.toml in {root.resolve()}.",
            "Name the guide's folder with -C, or the entries that you mean.",
        )
    paths = [_entry(path) for path in files]
    if not files and folder.is_dir():
        paths = sorted(filter(is_entry, folder.iterdir()))
    changed: dict[Path, bytes] = {}
    diff: list[str] = []
    findings: list[Finding] = []
    for number, path in enumerate(paths, 1):
        track(Step("format", path.stem, number, len(paths)))
        name = f"entries/{path.name}"
        if not files and leads_out(path, root):
            continue  # check says so; it is not ours to write to
        content = _content(path)
        try:
            old = content.decode("utf-8")
        except UnicodeDecodeError:
            findings.append(_left(name, 0, "It is no text in UTF-8."))
            continue
        canon = canonical(old, file=name)
        if canon.doubt:
            findings.append(_left(name, canon.line, canon.doubt))
        elif canon.text != old:
            changed[path] = canon.text.encode()
            shown = difflib.unified_diff(
                old.splitlines(), canon.text.splitlines(), name, name, lineterm="", n=2
            )
            diff += shown
    if not dry:
        put_all(changed)
    return Tidying(len(paths), tuple(changed), tuple(diff), tuple(findings))


def _entry(path: Path) -> Path:
    if path.is_file() and path.suffix == ".md":
        return path
    raise UsageError(f"{path} is no entry.", "Name Markdown files, such as entries/vertigo-1958.md.")


def _content(path: Path) -> bytes:
    try:
        return whole_file(path, LARGEST)
    except OSError as error:
        raise BookError(f"{path} cannot be opened: {error.strerror or error}.", "Is it too large?") from error


def _left(file: str, line: int, why: str) -> Finding:
    message = f"The entry stays in the form that it has. {why}"
    return finding("F850", Place(file, line), message, "filmguide check says what to mend.")
