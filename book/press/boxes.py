"""The boxes of a page: what is cut off, what is kept, and where its corner lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf

from book.printers import Bleed

POINTS_PER_MM = 72 / 25.4

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")

Rectangle = tuple[float, float, float, float]
"""Left, foot, right and top in points."""


def page_boxes(trim_mm: tuple[float, float], bleed: Bleed, number: int) -> tuple[Rectangle, Rectangle]:
    """The sheet and the trim on it, for page `number` of the file, counted from 1.

    The sheet begins at 0, 0. Odd pages are rectos, whose inside is to the left.
    """
    beyond = dict.fromkeys(bleed.edges, bleed.width_mm * POINTS_PER_MM)
    outside, inside = beyond.get("outside", 0.0), beyond.get("inside", 0.0)
    left, right = (inside, outside) if number % 2 else (outside, inside)
    foot, top = beyond.get("foot", 0.0), beyond.get("top", 0.0)
    width, height = (side * POINTS_PER_MM for side in trim_mm)
    sheet = (0.0, 0.0, left + width + right, foot + height + top)
    return sheet, (left, foot, left + width, foot + height)


def set_boxes(page: pikepdf.Dictionary, sheet: Rectangle, trim: Rectangle) -> tuple[float, float]:
    """Give a page these boxes; how far its contents have to move for it, right and up, in points."""
    found: Any = page.get("/TrimBox", page.get("/MediaBox"))
    x, y = (float(found[0]), float(found[1])) if found is not None else (0.0, 0.0)
    for name in BOXES:
        if name in page:
            del page[name]
    for name, rectangle in (("/MediaBox", sheet), ("/BleedBox", sheet), ("/TrimBox", trim)):
        page[name] = pikepdf.Array([short(part) for part in rectangle])
    return trim[0] - x, trim[1] - y


def moved(content: bytes, across: float, up: float) -> bytes:
    """The contents of a page, further right and further up."""
    if abs(across) < 1e-4 and abs(up) < 1e-4:
        return content
    return b"1 0 0 1 %s %s cm\n" % (str(short(across)).encode(), str(short(up)).encode()) + content


def move_places(pdf: pikepdf.Pdf, moves: dict[tuple[int, int], tuple[float, float]]) -> None:
    """Move everything that names a place on a page whose contents were moved, by the page's object."""
    for place in _places(pdf):
        if len(place) >= 4 and isinstance(place[0], pikepdf.Dictionary):
            across, up = moves.get(place[0].objgen, (0.0, 0.0))
            if across or up:
                place[2], place[3] = short(float(place[2]) + across), short(float(place[3]) + up)


def _places(pdf: pikepdf.Pdf) -> Iterator[Any]:
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is not None:
        for place in pikepdf.NameTree(names).values():
            yield place.get("/D", pikepdf.Array()) if isinstance(place, pikepdf.Dictionary) else place


def short(length: float) -> Any:
    """A length as PDF writes it, to a ten-thousandth of a point."""
    text = re.sub(r"\.?0+$", "", f"{length:.4f}")
    return Decimal(text if text not in {"", "-0"} else "0")
