"""The barcode on the back: EAN-13 with the add-on of five digits, as bars and digits in millimetres.

zint encodes and spaces the bars; here they get their size. A module, the narrowest bar, is 0.33 mm wide at
full size (ISO/IEC 15420, GS1 General Specifications), and may be reduced to 80%.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MODULE_MM = 0.33
LEAST, MOST = 0.8, 1.0
"""Sizes of a barcode, 1 being full size; the standard allows twice that, which a book has no use for."""

BARS_HIGH = 22.85 / MODULE_MM  # modules, at full size
GUARDS_LONGER = 5  # modules by which guard bars reach down between the digits
DIGIT_HIGH = 7.4  # modules of a digit's figure height
NO_PRICE = "90000"
"""The add-on of a book without a price on it, as American shops read it."""

_CURRENCIES = {"USD": "5", "CAD": "6", "AUD": "3", "NZD": "4", "GBP": "0"}
"""First digit of the add-on by currency (BISG)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, in millimetres from the symbol's top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A digit below or above the bars: the middle of its width, its baseline and its type size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Barcode:
    """A symbol with its quiet zones, all in millimetres; `scale` is 1 at full size."""

    width: float
    height: float
    scale: float
    bars: tuple[Bar, ...]
    figures: tuple[Figure, ...]


def add_on(prices: Mapping[str, str], chosen: str = "") -> str:
    """The five digits that say the price: a writer's own, the first currency that has a digit, or none."""
    if chosen:
        return "" if chosen == "none" else chosen
    for currency, digit in _CURRENCIES.items():
        amount = re.fullmatch(r"(\d{1,2})(?:[.,](\d\d))?", prices.get(currency, "").strip(), re.ASCII)
        if amount:
            return f"{digit}{int(amount[1]):02}{amount[2] or '00'}"
    return NO_PRICE


def ean13(isbn: str) -> str:
    """The thirteen digits under which a book is traded; an ISBN of ten gets its prefix and check digit."""
    digits = re.sub(r"[\s-]", "", isbn).upper()
    if len(digits) == 13:
        return digits
    body = f"978{digits[:9]}"
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def barcode(isbn: str, price: str, *, room_mm: tuple[float, float]) -> Barcode | None:
    """The symbol as large as the room lets it be, up to full size; None where the least size does not fit.

    `price` is the add-on of five digits, or empty for none.
    """
    import zint

    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.EANX
    symbol.encode(f"{ean13(isbn)}+{price}" if price else ean13(isbn))
    symbol.buffer_vector()
    drawn = symbol.vector
    # zint draws a module two units wide and leaves the quiet zones: 11 modules before, 5 or 7 after.
    bars = [(each.x / 2, each.width / 2, each.height < 105, each.y > 0) for each in drawn.rectangles]
    modules = max(drawn.width / 2, bars[-1][0] + bars[-1][1] + (5 if price else 7))
    high = BARS_HIGH + DIGIT_HIGH + 1
    scale = min(room_mm[0] / (modules * MODULE_MM), room_mm[1] / (high * MODULE_MM), MOST)
    if scale < LEAST:
        return None
    unit = MODULE_MM * scale
    above = DIGIT_HIGH + 2  # the add-on's digits stand over its bars
    placed = [
        Bar(
            x * unit,
            (above if small else 0) * unit,
            width * unit,
            (BARS_HIGH - (above if small else 0) + (0 if short and not small else GUARDS_LONGER)) * unit,
        )
        for x, width, short, small in bars
    ]
    size = DIGIT_HIGH / 0.7 * unit  # figures are seven tenths of the type size high
    figures = [*_main(ean13(isbn), unit, size), *(_small(price, bars, unit, size) if price else ())]
    return Barcode(modules * unit, high * unit, scale, tuple(placed), tuple(figures))


def _main(digits: str, unit: float, size: float) -> list[Figure]:
    """The first digit before the bars, six under each half, seven modules a digit."""
    baseline = (BARS_HIGH + DIGIT_HIGH + 1) * unit
    middles = [
        5.0,
        *(11 + 3 + 3.5 + 7 * n for n in range(6)),
        *(11 + 3 + 42 + 5 + 3.5 + 7 * n for n in range(6)),
    ]
    return [Figure(digit, x * unit, baseline, size) for digit, x in zip(digits, middles, strict=True)]


def _small(price: str, bars: list[tuple[float, float, bool, bool]], unit: float, size: float) -> list[Figure]:
    """The add-on's digits, evenly over its bars."""
    own = [(x, width) for x, width, _, small in bars if small]
    left, right = own[0][0], own[-1][0] + own[-1][1]
    step = (right - left) / 5
    return [
        Figure(digit, (left + step * (n + 0.5)) * unit, DIGIT_HIGH * unit, size)
        for n, digit in enumerate(price)
    ]
