"""Pango, the one library that pip cannot bring: how to say that it is missing."""

from __future__ import annotations

import ctypes
import ctypes.util
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout

from book.model import BookError

INSTALL = (
    "Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango; macOS: brew install pango; "
    "Windows: install MSYS2 and, in its shell, run pacman -S mingw-w64-x86_64-pango"
)


def missing_pango(error: OSError) -> BookError:
    """The sentence for a machine on which WeasyPrint finds no Pango; `error` is what its import raised."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return BookError(
        f"filmguide needs the Pango library to set pages, and this machine has none ({reason}).", INSTALL
    )


def with_pango(load: Callable[[], None]) -> None:
    """Do the import of WeasyPrint: a missing library becomes a BookError."""
    # WeasyPrint prints advice of its own to standard output, where --json has promised one object.
    with redirect_stdout(io.StringIO()):
        try:
            with _sought_by_file_name():
                load()
        except OSError:
            try:
                load()
            except OSError as error:
                raise missing_pango(error) from error


@contextmanager
def _sought_by_file_name() -> Iterator[None]:
    """Has the loader of libraries open files and not look for names.

    WeasyPrint asks for each library by the names that other systems give it first, and on Linux each of those
    takes three other programs to find that it is none: a third of a second in all.
    """
    its = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = its


def pango_version() -> str:
    """Pango's release, such as 1.50.12, with which line breaks may change; empty where it is not found."""
    for name in ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "pango-1.0-0"):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.pango_version_string.restype = ctypes.c_char_p
        told: bytes = library.pango_version_string()
        return told.decode("ascii")
    return ""
