"""The size of a trimmed page, as people write it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from book.guide_file import Table, quoted

TRIMS: Mapping[str, tuple[float, float]] = {
    "a4": (210, 297),
    "a5": (148, 210),
    "a6": (105, 148),
    "b5": (176, 250),
    "digest": (139.7, 215.9),
    "letter": (215.9, 279.4),
    "royal": (156, 234),
}
"""Trims that have a name, in millimetres: width, height."""

SIZE = re.compile(
    r"(?P<width>\d{1,4}(?:[.,]\d+)?)\s*(?P<one>in|mm|cm|\")?\s*[x×*]\s*"
    r"(?P<height>\d{1,4}(?:[.,]\d+)?)\s*(?P<unit>in|inch|inches|mm|cm|\")?",
)
_MM = {"in": 25.4, "inch": 25.4, "inches": 25.4, '"': 25.4, "cm": 10.0, "mm": 1.0}
_SMALLEST_MM, _LARGEST_MM = 70, 450  # below, no line holds a sentence; above, no press takes the sheet
_LARGEST_IN = 18  # a bare number up to here means inches: 6x9


def book_trim(text: str) -> tuple[float, float] | None:
    """Width and height in millimetres of a page that a press makes a book of; None for any other text."""
    size = trim_mm(text)
    return size if size and all(_SMALLEST_MM <= side <= _LARGEST_MM for side in size) else None


def trim_mm(text: str) -> tuple[float, float] | None:
    """Width and height in millimetres of "6x9in", "152 x 229 mm", "A5"; None where it is no size."""
    typed = text.strip().casefold()
    if typed in TRIMS:
        return TRIMS[typed]
    match = SIZE.fullmatch(typed)
    if match is None:
        return None
    width, height = (float(match[side].replace(",", ".")) for side in ("width", "height"))
    unit = match["unit"] or match["one"] or ("in" if max(width, height) <= _LARGEST_IN else "mm")
    return round(width * _MM[unit], 2), round(height * _MM[unit], 2)


def read_trim(print_: Table, default: tuple[float, float]) -> tuple[float, float]:
    """Width and height in millimetres, from the table [print]; the default where there are none."""
    typed = print_.text("trim")
    if not typed:
        return default
    if size := book_trim(typed):
        return size
    names = ", ".join(f'"{name}"' for name in TRIMS)
    message = f"The trim is {quoted(typed)}" + (
        ", which no press makes a book of." if trim_mm(typed) else "."
    )
    print_.say("F503", "trim", message, f'Write width and height, e.g. "6x9in" or "152x229mm", or {names}.')
    return default
