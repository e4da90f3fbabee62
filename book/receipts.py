"""What a finished build went by and came to, so that the same build again is known to be done.

Every file in the guide's folder counts by its content, whether the book shows it or not: a receipt that
misses a file that matters would leave an old book standing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from book.cache import engine, key_of
from book.model import Finding
from book.reach import leads_out

if TYPE_CHECKING:
    from book.verify import Verdict

MOST_BYTES = 400_000_000
"""A folder larger than this takes longer to read than most books to build, and is built."""

_OUTPUT = "build"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of a build that ended well; `files` are the SHA-256 of its files by name."""

    films: int
    chapters: int
    pages: int | None
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    files: Mapping[str, str]
    told: tuple[str, ...] = ()

    def stands(self, folder: Path) -> bool:
        """Whether every file still is in the folder, as it was made."""
        return all(_digest(folder / name) == digest for name, digest in self.files.items())


def receipt_of(
    films: int,
    chapters: int,
    pages: int | None,
    findings: tuple[Finding, ...],
    verdicts: tuple[Verdict, ...],
    files: Mapping[str, bytes],
    told: tuple[str, ...] = (),
) -> Receipt:
    """The receipt for files that were just made."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return Receipt(films, chapters, pages, findings, verdicts, digests, told)


def build_key(root: Path, *options: object) -> str:
    """A key of everything that a build depends on; empty where the folder is too large to look through."""
    total, rows = 0, []
    for path, size in _inputs(root):
        total += size
        if total > MOST_BYTES:
            return ""
        rows.append((path.relative_to(root).as_posix(), _digest(path)))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return key_of("build", engine(), sorted(rows), epoch, options)


def _inputs(root: Path) -> Iterator[tuple[Path, int]]:
    """Every file of the guide with its size, hidden ones and those that were built left out."""
    seen: set[Path] = set()  # folders: one that is linked in may lead back to where it stands
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        if folder.resolve() in seen:
            continue
        seen.add(folder.resolve())
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or (folder == root and entry.name == _OUTPUT):
                    continue
                if entry.is_symlink() and leads_out(Path(entry.path), root):
                    continue  # no book shows it, and beyond it may lie the whole disk
                if entry.is_dir():
                    waiting.append(Path(entry.path))
                elif entry.is_file():
                    yield Path(entry.path), entry.stat().st_size


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
