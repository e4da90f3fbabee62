"""Finished files are put in their place whole or not at all; the old ones stay until then."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from book.model import BookError


def be_writable(folder: Path) -> None:
    """Raises BookError where nothing can be put in the folder, before hours of work are spent on it."""
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


def _write(path: Path, content: bytes, lasting: bool) -> None:
    with path.open("xb") as file:
        file.write(content)
        if lasting:
            file.flush()
            # Without it a power cut soon after the rename can leave an empty file in its place.
            os.fsync(file.fileno())
