"""Lengths and sizes as people write them: 0.125in, 1/8in, 3 mm, 6x9in."""

from __future__ import annotations

import re
from fractions import Fraction

_UNITS = {"in": Fraction("25.4"), '"': Fraction("25.4"), "mm": Fraction(1), "cm": Fraction(10)}
_UNITS["pt"] = _UNITS["in"] / 72
LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,9}|/[1-9]\d{0,3})?)\s*(in|\"|mm|cm|pt)", re.ASCII)
SIZE = re.compile(
    r"(\d{1,4}(?:\.\d{1,6})?)\s*[x×]\s*(\d{1,4}(?:\.\d{1,6})?)\s*(in|\"|mm|cm)", re.ASCII | re.IGNORECASE
)


def length_mm(text: str) -> float | None:
    """A length in millimetres; None where it is none. Sums are made exactly and rounded once."""
    match = LENGTH.fullmatch(text.strip())
    return float(Fraction(match[1]) * _UNITS[match[2]]) if match else None


def size_mm(text: str) -> tuple[float, float] | None:
    """Width and height in millimetres; None where there are no two."""
    match = SIZE.fullmatch(text.strip())
    if not match:
        return None
    unit = _UNITS[match[3].lower()]
    return float(Fraction(match[1]) * unit), float(Fraction(match[2]) * unit)
