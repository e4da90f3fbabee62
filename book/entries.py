"""The folder of entries -> films, with a finding for every file that is no entry."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from book.cache import Cache, Kept, engine, key_of
from book.config import Project
from book.entry import read_entry, write_entry
from book.findings import finding
from book.model import Film, Finding, Place
from book.reach import leads_out
from book.rewrite import rewrite_entry
from book.shares import kept_or_shared
from book.workers import ALONE, Hands

__all__ = [
    "LARGEST",
    "is_entry",
    "read_entries",
    "read_entry",
    "read_entry_file",
    "rewrite_entry",
    "write_entry",
]

LARGEST = 1_000_000
"""Bytes of an entry; the longest plots of real films have a tenth of that."""


Read = tuple[Film | None, tuple[Finding, ...]]
_Entry = tuple[str, bytes]
"""A file's path in the guide's folder, and what is in it."""


def read_entries(
    project: Project, cache: Cache | None = None, hands: Hands = ALONE
) -> tuple[tuple[Film, ...], tuple[Finding, ...]]:
    """Every film in the guide's folder of entries, by file name, and what wants mending in the files.

    A file that was read before, and kept in the cache, is not parsed again. Files whose names begin with a
    dot or an underscore are the writer's own, and so is README.md.
    """
    folder = project.entries_dir
    if folder.exists() and not folder.is_dir():
        message = "entries is a file, and wants to be a folder."
        return (), (finding("F009", Place("entries"), message, "Give the file another name."),)
    if leads_out(folder, project.root):
        message = "The folder entries lies outside of the guide's folder."
        return (), (finding("F009", Place("entries"), message, "Copy the entries into the guide."),)
    try:
        paths = sorted(filter(is_entry, folder.iterdir())) if folder.is_dir() else []
    except OSError as error:
        message = f"The folder entries cannot be opened: {error.strerror}."
        return (), (finding("F009", Place("entries"), message, "Look at its permissions."),)
    read = _read_files(paths, project.root, cache, hands)
    films = tuple(film for film, _ in read if film)
    findings = [found for _, of_file in read for found in of_file]
    if not paths:
        message = "There is no film in entries/ yet."
        hint = "Add one with filmguide add TITLE --year YEAR, or bring some in with filmguide import."
        findings.append(finding("F001", Place("entries"), message, hint))
    return films, tuple(findings)


def read_entry_file(path: Path, project: Project, cache: Cache | None = None) -> Read:
    """One file of the folder of entries: its film, None where it is none, and what wants mending in it."""
    return _read_files([path], project.root, cache, ALONE)[0]


def is_entry(path: Path) -> bool:
    """Whether a file of the folder is an entry by its name."""
    named = path.suffix.lower() == ".md" and not path.name.startswith((".", "_"))
    return named and path.name.lower() != "readme.md"


def _read_files(paths: Sequence[Path], root: Path, cache: Cache | None, hands: Hands) -> list[Read]:
    contents = {path.relative_to(root).as_posix(): _opened(path, root) for path in paths}
    entries = [(file, content) for file, content in contents.items() if isinstance(content, bytes)]
    kept = Kept[_Entry, Read](cache, lambda entry: key_of("entry", engine(), *entry))
    read = iter(kept_or_shared(kept, _read_content, entries, hands))
    return [next(read) if isinstance(content, bytes) else (None, (content,)) for content in contents.values()]


def _opened(path: Path, root: Path) -> bytes | Finding:
    """The bytes of an entry, or why nobody reads them."""
    file = path.relative_to(root).as_posix()
    try:
        if path.is_symlink() and leads_out(path, root):
            raise OSError("it lies outside of the guide's folder")
        size = path.stat().st_size
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise OSError("it is no file")  # a pipe would keep us waiting for ever
        if size <= LARGEST:
            return path.read_bytes()
    except OSError as error:
        message = f"{path.name} cannot be opened: {error.strerror or error}."
        return finding("F009", Place(file), message, "Look at its permissions, or move it away.")
    message = f"{path.name} is {size / 1_000_000:.1f} MB long; an entry may have {LARGEST // 1_000_000} MB."
    return finding("F005", Place(file), message, "Cut it to what a reader wants to read.")


def _read_content(entry: _Entry) -> Read:
    file, content = entry
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, (_no_text(file, 1, "is saved as UTF-16"),)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in content:
            return None, (_no_text(file, 0, "is not a text but a file of some other kind"),)
        line = content.count(b"\n", 0, error.start) + 1
        return None, (_no_text(file, line, "has signs that are not UTF-8"),)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return None, (_no_text(file, line, "has signs in it that are in no text"),)
    film, findings = read_entry(text, file=file)
    if film is not None:
        film = replace(film, source=replace(film.source, digest=hashlib.sha256(content).hexdigest()))
    return film, findings


def _no_text(file: str, line: int, what: str) -> Finding:
    name = PurePosixPath(file).name
    hint = "Save it as plain text in UTF-8, or move it away."
    return finding("F002", Place(file, line), f"{name} {what}.", hint)
