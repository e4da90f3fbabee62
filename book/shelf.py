"""Finished files are put in their place whole or not at all; the old ones stay until then."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from book.model import BookError
from book.reach import leads_out

_PASSING = re.compile(r"\.[0-9a-f]{32}\.part")
_ABANDONED_S = 3_600.0
"""A passing file lives for seconds; one of an hour ago is of a build that never came to its end."""


def be_writable(folder: Path, root: Path | None = None) -> None:
    """Raises BookError where nothing can be put in the folder, before hours of work are spent on it.

    Where it is the guide's own folder at `root`, nor may a link lead out of there: what comes to stand
    elsewhere may take the place of something that nobody meant.
    """
    if root is not None and folder == root / "build" and leads_out(folder, root):
        raise BookError(
            f"{folder} leads out of the guide's folder.", "Take the link away, or write there by name: --out"
        )
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    if not there.is_dir():
        raise BookError(f"{there} is a file and no folder.", "Give it another name, or write somewhere else.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise BookError(f"{there} is closed to writing.", "Open the folder, or write somewhere else: --out")


def put(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Write one file whole, making its folder if need be. Raises BookError with the old file untouched."""
    put_all({path: content}, lasting=lasting)


def put_all(files: Mapping[Path, bytes], *, lasting: bool = True) -> None:
    """Write several files that belong together.

    All are written out under passing names first, so that a full disk leaves every old file as it was;
    only then do they take their places, one right after the other. `lasting` files survive a power cut;
    others are written much faster. Raises BookError.
    """
    waiting: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError("there is a folder of that name")
            # In the same folder, because a rename is only atomic within one file system.
            passing = path.with_name(f".{uuid4().hex}.part")
            waiting.append((passing, path))
            _write(passing, content, lasting)
        for passing, path in waiting:
            passing.replace(path)
        if lasting:
            for folder in {path.parent for _, path in waiting}:
                _settle(folder)
    except (FileExistsError, NotADirectoryError) as error:
        file = next((folder for folder in path.parents if folder.is_file()), path.parent)
        raise BookError(
            f"{path} could not be written: {file} is a file and no folder.",
            "Give it another name, or write somewhere else.",
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BookError(
            f"{path} could not be written: {reason}.",
            "Is the disk full, the folder closed to writing, or the file open in another program?",
        ) from error
    finally:
        for passing, _ in waiting:
            with suppress(OSError):
                passing.unlink(missing_ok=True)


def put_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with these files, and no others, in place of the one that is there.

    All are written beside it first, so that the old folder stays whole until the new one is; then the two
    change places. Raises BookError with the old folder as it was.
    """
    passing = folder.with_name(f".{uuid4().hex}.part")
    former = folder.with_name(f".{uuid4().hex}.former")
    try:
        if folder.exists() and not folder.is_dir():
            raise FileExistsError("there is a file of that name")
        put_all({passing / name: content for name, content in files.items()}, lasting=False)
        stood = folder.exists()
        if stood:
            folder.rename(former)
        try:
            passing.rename(folder)
        except OSError:
            if stood:
                former.rename(folder)
            raise
    except OSError as error:
        raise BookError(
            f"{folder} could not be written: {error.strerror or error}.",
            "Is the disk full, the folder closed to writing, or one of its files open in another program?",
        ) from error
    finally:
        for left in (passing, former):
            shutil.rmtree(left, ignore_errors=True)


def _write(path: Path, content: bytes, lasting: bool) -> None:
    with path.open("xb") as file:
        file.write(content)
        if lasting:
            file.flush()
            # Without it a power cut soon after the rename can leave an empty file in its place.
            os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Write the folder's new names to the disk, and take away what a build that was killed has left there."""
    with suppress(OSError):
        for left in folder.glob(".*.part"):
            if _PASSING.fullmatch(left.name) and left.stat().st_mtime < time.time() - _ABANDONED_S:
                left.unlink()
    if hasattr(os, "O_DIRECTORY"):  # Windows opens no folders
        with suppress(OSError):
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)
