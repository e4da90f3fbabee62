"""Pango, the one library that pip cannot bring: how to say that it is missing."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
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


@contextmanager
def pango_needed() -> Iterator[None]:
    """Stands around the import of WeasyPrint: a missing library becomes a BookError."""
    try:
        # WeasyPrint prints advice of its own to standard output, where --json has promised one object.
        with redirect_stdout(io.StringIO()):
            yield
    except OSError as error:
        raise missing_pango(error) from error


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
