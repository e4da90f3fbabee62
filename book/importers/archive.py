"""Archives and folders: which files are in them, and whether an archive may be opened at all."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from book.findings import finding
from book.importers.opening import LARGEST_BYTES
from book.model import Finding, Place

MOST_FILES = 20_000
STEEPEST = 200
"""How many times its packed size a file may have: text comes to ten, a table of one word to a hundred."""

_SMALL = 1_000_000  # below it even the steepest file harms nobody


def refusal(path: Path) -> Finding | None:
    """Why a zip archive is not opened; None for one that may be. Only its table of contents is read."""
    place = Place(path.as_posix())
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        return finding(
            "F802", place, f"{path.name} is an archive, but broken or cut short.", "Fetch it again."
        )
    except OSError as error:
        return finding("F801", place, f"{path.name} cannot be read: {error.strerror}.")
    hint = "Unpack it yourself if you trust it, and import the folder."
    if len(members) > MOST_FILES:
        return finding("F809", place, f"{path.name} holds {len(members):,} files, and was not opened.", hint)
    total = sum(member.file_size for member in members)
    if total > LARGEST_BYTES:
        what = f"would unpack to more than {LARGEST_BYTES // 1_000_000} megabytes"
        return finding("F809", place, f"{path.name} {what}, and was not opened.", hint)
    for member in members:
        if _outside(member.filename):
            return finding(
                "F809",
                place,
                f"{path.name} holds a file named {member.filename!r}, which would lie outside it, "
                "and was not opened.",
                "Fetch it again from where it comes from.",
            )
        if member.file_size > max(_SMALL, member.compress_size * STEEPEST):
            return finding(
                "F809",
                place,
                f"{path.name} holds {member.filename}, which would grow to {member.file_size // 1_000_000} "
                "megabytes out of nearly nothing, and was not opened.",
                hint,
            )
        if member.flag_bits & 1:
            return finding(
                "F802", place, f"{path.name} is locked with a password.", "Unpack it, and import the folder."
            )
    return None


def _outside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return ".." in parts or name.startswith(("/", "\\")) or (len(name) > 1 and name[1] == ":")


def is_archive(head: bytes) -> bool:
    """Whether the bytes begin a zip archive that is no workbook."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unpack(path: Path, folder: Path) -> list[Path] | Finding:
    """The files of an archive, unpacked into a folder in the order of their names; it may hold no more than
    its table of contents says."""
    refused = refusal(path)
    if refused is not None:
        return refused
    files = []
    left = LARGEST_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda each: each.filename):
                if member.is_dir() or _hidden(member.filename):
                    continue
                file = folder / PurePosixPath(member.filename)
                file.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as packed, file.open("wb") as out:
                    while piece := packed.read(1_000_000):
                        left -= len(piece)
                        if left < 0:
                            return finding(
                                "F809",
                                Place(path.as_posix()),
                                f"{path.name} holds more than it says, and was not read on.",
                            )
                        out.write(piece)
                files.append(file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return finding(
            "F802", Place(path.as_posix()), f"{path.name} is an archive, but broken.", "Fetch it again."
        )
    return files


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder and of the folders in it, in order; hidden ones and links are left out."""
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink() and not _hidden(file.relative_to(folder).as_posix())
    ][:MOST_FILES]


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
