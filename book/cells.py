"""Texts in the cells of a table: none that a spreadsheet program takes for a formula, and lists in one cell.

A foundation: what is written so is read back by the same rules, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ACTING = re.compile("'*[=+\\-@＝＋－＠\t\r\n]")
"""Signs with which a formula begins (OWASP, "CSV Injection"), wide ones too, behind apostrophes of ours."""

_PARTING = re.compile(r"[,;|/]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet program would carry it out."""
    return f"'{text}" if _ACTING.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guarded` gave it; 'Round Midnight keeps its own."""
    return text[1:] if text.startswith("'") and _ACTING.match(text) else text


def joined(names: Iterable[str]) -> str:
    """Names in one cell with semicolons between them, each guarded for itself.

    In some countries programs part cells at semicolons. A semicolon at the end says that nothing else parts
    these names; it stands where a name has a sign that might: "The Good, the Bad and the Ugly;". A semicolon
    within a name becomes a comma.
    """
    cells = [guarded(name.replace(";", ",").strip()) for name in names]
    text = "; ".join(filter(None, cells))
    return f"{text};" if any(map(_PARTING.search, cells)) else text


def parted(text: str) -> tuple[str, ...] | None:
    """The names of a cell that ends in a semicolon, still guarded; None for any other cell."""
    if not text.endswith(";"):
        return None
    return tuple(name for part in text.split(";") if (name := part.strip()))
