"""Where ink lies on the pages: rendered, not reckoned, for only that shows what will be printed.

A page is rendered coarsely first, a pixel to the point. Where that finds ink in a margin it is rendered
again, finer, so that a hair's breadth can be told from a letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2

from book.preflight.asked import Asked, Look, on_pages
from book.preflight.contents import Drawn
from book.printers import Bleed, inside_margin_mm

PT = 72 / 25.4
FINE = 4  # pixels to the point when ink was found where none may be
PAPER = 250  # of 255: whatever is lighter is paper
SAME_PT = 0.3
"""Ink that is nearer to the edge by less than this is no fault: printers measure in hundredths of an inch."""

Edges = dict[str, float]
"""A length for each of top, foot, outside and inside."""

_PLACES = {"top": "the top", "foot": "the foot", "outside": "the outer edge", "inside": "the spine"}


@dataclass(frozen=True, slots=True)
class InkReport:
    """Where ink lies. `blank` are pages without any."""

    margins: Look
    bleed: Look
    blank: frozenset[int]


def look_at_ink(
    asked: Asked, document: pypdfium2.PdfDocument, drawn: Sequence[Drawn], *, bleeds: bool
) -> InkReport:
    """Ink within the margins of a book of that many pages, and bleed that reaches the edge where any does."""
    least = _least_pt(asked, len(drawn), bleeds=bleeds)
    near: dict[str, dict[int, float]] = defaultdict(dict)  # edge -> page -> distance from it in points
    short: list[int] = []
    blank = set()
    for page in drawn:
        sheet = _Sheet(asked, page, bleeds=bleeds)
        dark = _rendered(document, page.number, 1)
        if not dark.any():
            blank.add(page.number)
            continue
        if not sheet.faults(dark, 1, least):
            continue
        for edge, distance in sheet.faults(_rendered(document, page.number, FINE), FINE, least).items():
            if distance is None:
                short.append(page.number)
            else:
                near[edge][page.number] = distance
    return InkReport(
        _of_margins(asked, near, least, len(drawn)), _of_bleed(asked, short, bleeds=bleeds), frozenset(blank)
    )


def _least_pt(asked: Asked, pages: int, *, bleeds: bool) -> Edges:
    """How far ink keeps from each edge of the trim; the slack is ours to keep, and not asked for."""
    margins = asked.printer.margins
    outside = (margins.bleed_outside_mm if bleeds else margins.outside_mm) * PT
    inside = inside_margin_mm(asked.printer, pages)
    inside = (inside - margins.slack_mm) * PT if inside else outside
    return {"top": outside, "foot": outside, "outside": outside, "inside": inside}


class _Sheet:
    """A page with its edges: how wide the bleed is at each, and what may lie in it."""

    def __init__(self, asked: Asked, page: Drawn, *, bleeds: bool) -> None:
        bleed = asked.printer.bleed if bleeds else Bleed()
        self.beyond: Edges = {edge: bleed.width_mm * PT if edge in bleed.edges else 0.0 for edge in _PLACES}
        self.bleeds = bleeds
        self.recto = page.number % 2 == 1
        left, right = ("inside", "outside") if self.recto else ("outside", "inside")
        self.left, self.right = left, right
        width, height = (side * PT for side in asked.trim_mm)
        self.width = width + self.beyond[left] + self.beyond[right]
        self.height = height + self.beyond["top"] + self.beyond["foot"]
        self.pictures = [each.box for each in page.pictures] if bleeds else []

    def faults(self, dark: Any, scale: int, least: Edges) -> dict[str, float | None]:
        """Edges with ink too near, and how far from the trim it is; None where bleed ends too early.

        `dark` is where ink lies, rows from the top, `scale` pixels to the point.
        """
        found: dict[str, float | None] = {}
        rest = dark.copy()
        for box in self.pictures:
            for edge, reach in self._reaches(box).items():
                # It was meant to bleed, and ends on the trim or in what is cut off.
                if self.beyond[edge] and SAME_PT < reach <= self.beyond[edge] + SAME_PT:
                    found[edge] = None
            if any(reach <= SAME_PT for reach in self._reaches(box).values()):
                self._clear(rest, box, scale)
        for edge in _PLACES:
            band = self._band(rest, edge, round((self.beyond[edge] + least[edge] - SAME_PT) * scale))
            inked = band.any(axis=1)
            if not inked.any() or edge in found:
                continue
            first = np.where(inked, band.argmax(axis=1), band.shape[1])  # pixels from the edge of the sheet
            if self.bleeds:
                first = np.where(first == 0, band.shape[1], first)  # what begins at the edge bleeds
            nearest = float(first.min()) / scale
            if first.min() >= band.shape[1]:
                continue
            at_trim = self.beyond[edge] and nearest <= self.beyond[edge] + SAME_PT
            found[edge] = None if at_trim else nearest - self.beyond[edge]
        return found

    def _reaches(self, box: tuple[float, float, float, float]) -> Edges:
        """How far a place ends from each edge of the sheet, less than 0 beyond it."""
        x0, y0, x1, y1 = box
        across = {self.left: x0, self.right: self.width - x1}
        return across | {"foot": y0, "top": self.height - y1}

    def _clear(self, dark: Any, box: tuple[float, float, float, float], scale: int) -> None:
        x0, y0, x1, y1 = box
        rows = slice(max(int((self.height - y1) * scale) - 1, 0), max(int((self.height - y0) * scale) + 2, 0))
        columns = slice(max(int(x0 * scale) - 1, 0), max(int(x1 * scale) + 2, 0))
        dark[rows, columns] = False

    def _band(self, dark: Any, edge: str, deep: int) -> Any:
        """The margin at an edge, turned so that its columns count from the edge of the sheet inwards."""
        turned = {"top": dark.T, "foot": dark[::-1].T, self.left: dark, self.right: dark[:, ::-1]}[edge]
        return turned[:, : max(deep, 1)] if deep > 0 else turned[:, :0]


def _rendered(document: pypdfium2.PdfDocument, number: int, scale: int) -> Any:
    """Where ink lies on a page: rows from the top, columns from the left, true for ink."""
    page = document[number - 1]
    picture = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    dark = picture.to_numpy().reshape(picture.height, -1)[:, : picture.width] < PAPER
    page.close()
    return dark


def _of_margins(asked: Asked, near: Mapping[str, Mapping[int, float]], least: Edges, pages: int) -> Look:
    printer = asked.printer.title or asked.printer.name
    findings = []
    for edge, found in near.items():
        closest = max(min(found.values()), 0.0)
        where = f"{on_pages(list(found))} of {asked.name}"
        message = (
            f"Ink comes within {_both(closest)} of {_PLACES[edge]} on {where}; "
            f"in a book of {pages:,} pages {printer} wants {_both(least[edge])}."
        )
        hint = "Build the file for this printer; a picture that is to bleed wants {.bleed} behind it."
        findings.append(asked.wrong("F963", message, hint))
    inside, outside = _both(least["inside"]), _both(least["outside"])
    told = f"no ink within {inside} of the spine, {outside} of the other edges"
    return Look("margins", told if not findings else "ink in the margins", tuple(findings))


def _of_bleed(asked: Asked, short: Sequence[int], *, bleeds: bool) -> Look:
    if not short:
        return Look("bleed", "reaches the edge wherever a picture bleeds" if bleeds else "no page bleeds")
    width = asked.printer.bleed.width_mm
    message = f"What bleeds on {on_pages(short)} of {asked.name} ends before the edge of the sheet."
    hint = f"Let it reach {width:g} mm beyond the trim, or keep it within the margins."
    return Look("bleed", "ends too early", (asked.wrong("F964", message, hint),))


def _both(points: float) -> str:
    """A length in millimetres and inches."""
    return f"{points / PT:.1f} mm ({points / 72:.3f} in)"
