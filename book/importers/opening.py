"""Opening files that anybody may have made: in bounded memory, any encoding, refused in a sentence."""

from __future__ import annotations

import codecs
from pathlib import Path

from book.findings import finding
from book.model import Finding, Place

LARGEST_BYTES = 256_000_000
"""Whoever has seen thousands of films has a Letterboxd history of two megabytes."""

WHOLE_BYTES = 64_000_000
"""The most that is read at once, by formats that only make sense as a whole."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def bytes_of(path: Path, limit: int = WHOLE_BYTES) -> bytes | Finding:
    """All of a file, unless it is larger than `limit` bytes or cannot be read."""
    place = Place(path.as_posix())
    try:
        if path.stat().st_size > limit:
            return too_large(path, limit)
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        return finding("F801", place, f"{path.name} cannot be read: {error.strerror}.")
    return too_large(path, limit) if len(raw) > limit else raw


def text_of(path: Path, limit: int = WHOLE_BYTES) -> str | Finding:
    """A text file in UTF-8, UTF-16 or UTF-32; anything else is taken for Windows-1252."""
    raw = bytes_of(path, limit)
    if isinstance(raw, Finding):
        return raw
    text = decoded(raw)
    if text is None:
        return finding(
            "F802", Place(path.as_posix()), f"{path.name} is not text.", "Save it as plain text in UTF-8."
        )
    return text


def decoded(raw: bytes) -> str | None:
    """The text of the bytes, or of as many as make whole letters; None where it is no text."""
    name = next((name for mark, name in _MARKS if raw.startswith(mark)), "") or _guess(raw)
    text = raw.decode(name, errors="replace")
    return None if "\0" in text[:100_000] else text


def _guess(raw: bytes) -> str:
    """Without a mark at its beginning: UTF-16 has a nought in every other byte of its Latin letters."""
    head = raw[:4000]
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) // 5 and min(even, odd) == 0:
            return "utf-16-le" if odd else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw)  # the last letter may be cut
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def too_large(path: Path, limit: int) -> Finding:
    """What is said of a file beyond the limit."""
    return finding(
        "F809",
        Place(path.as_posix()),
        f"{path.name} is larger than {limit // 1_000_000} megabytes, and was not opened.",
        "Take out of it what is not about the films of this guide.",
    )
