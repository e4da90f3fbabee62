"""Sums that follow from a printer's profile: margins, spines, page counts."""

from __future__ import annotations

from collections.abc import Sequence

from book.printers.profile import PageLimit, Paper, Printer, SpineStep

MM_PER_INCH = 25.4

SAME_MM = 0.3
"""Trims that differ by less are the same: 5.06 in and 129 mm are one trim, rounded twice."""


def inside_margin_mm(printer: Printer, pages: int) -> float:
    """The least margin at the spine for a book of so many pages, its slack included; 0 for none."""
    least = [each.inside_mm for each in printer.margins.gutters if pages >= each.pages]
    return least[-1] + printer.margins.slack_mm if least else 0.0


def outside_margin_mm(printer: Printer, *, bleed: bool) -> float:
    """The least margin at the other three edges, its slack included."""
    margins = printer.margins
    least = margins.bleed_outside_mm if bleed else margins.outside_mm
    return least + margins.slack_mm if least else 0.0


def page_size_mm(printer: Printer, trim_mm: tuple[float, float], *, bleed: bool) -> tuple[float, float]:
    """Width and height of a page of the file: the trim, with bleed where the book has some."""
    width, height = trim_mm
    if not bleed:
        return width, height
    beyond = printer.bleed
    across = sum(beyond.width_mm for edge in ("outside", "inside") if edge in beyond.edges)
    down = sum(beyond.width_mm for edge in ("top", "foot") if edge in beyond.edges)
    return width + across, height + down


def full_page_count(printer: Printer, pages: int) -> int:
    """The count with the blank pages that the printer wants at the end.

    Where the last page must be blank, one is counted on top: it cannot be known from a number whether it is.
    """
    least = pages + printer.pages.last_blank
    return least + -least % max(printer.pages.multiple, 1)


def takes_trim(printer: Printer, trim_mm: tuple[float, float]) -> bool:
    """Whether the printer makes books of that trim."""
    if not printer.trims or any(same_trim(trim_mm, each) for each in printer.trims):
        return True
    custom = printer.custom
    return custom is not None and all(
        least - SAME_MM <= side <= most + SAME_MM
        for least, side, most in zip(custom.least_mm, trim_mm, custom.most_mm, strict=True)
    )


def same_trim(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two trims are one, but for rounding."""
    return all(abs(a - b) < SAME_MM for a, b in zip(one, other, strict=True))


def page_limits(paper: Paper, trim_mm: tuple[float, float]) -> PageLimit:
    """The least and most pages of a book of that trim; most is 0 where it cannot be had on this paper."""
    of_trim = [limit for limit in paper.limits if any(same_trim(trim_mm, each) for each in limit.trims)]
    of_all = [limit for limit in paper.limits if not limit.trims]
    return next(iter([*of_trim, *of_all]), PageLimit(1, 10_000))


def page_count_allowed(paper: Paper, trim_mm: tuple[float, float], pages: int) -> bool:
    """Whether a book of so many pages can be had on that paper in that trim."""
    limit = page_limits(paper, trim_mm)
    return limit.least <= pages <= limit.most


def spine_mm(printer: Printer, paper: Paper, pages: int) -> float:
    """The width of the spine: what the pages need, the printer's own addition included."""
    step = _step(printer.spine.steps, pages)
    return step.width_mm if step else pages * paper.page_mm + printer.spine.extra_mm


def spine_formula(printer: Printer, paper: Paper, pages: int) -> str:
    """How the width of the spine came about, in inches, with the sum in millimetres too."""
    width = spine_mm(printer, paper, pages)
    both = f"{inches(width)} = {width:.2f} mm"
    step = _step(printer.spine.steps, pages)
    if step:
        return f"the width of books from {step.pages} pages: {both}"
    extra = f" + {_written(printer.spine.extra_mm)}" if printer.spine.extra_mm else ""
    to_the_inch = MM_PER_INCH / paper.page_mm
    if not _whole(paper.page_mm / MM_PER_INCH * 10**6) and _whole(to_the_inch):
        return f"{pages} pages ÷ {to_the_inch:.0f} to the inch{extra} = {both}"
    return f"{pages} pages × {_written(paper.page_mm)}{extra} = {both}"


def allows_spine_text(printer: Printer, pages: int) -> bool:
    """Whether words may stand on the spine of a book of so many pages."""
    return pages >= printer.spine.text_from


def inches(length_mm: float, places: int = 4) -> str:
    """A length as a printer would write it: 0.125 in."""
    shown = f"{length_mm / MM_PER_INCH:.{places}f}".rstrip("0").rstrip(".")
    return f"{shown} in"


def _written(length_mm: float) -> str:
    """A length in the unit in which it is a short number, which is how the printer gives it."""
    return inches(length_mm, 6) if _whole(length_mm / MM_PER_INCH * 10**6) else f"{length_mm:g} mm"


def _whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-6


def _step(steps: Sequence[SpineStep], pages: int) -> SpineStep | None:
    reached = [step for step in steps if pages >= step.pages]
    return reached[-1] if reached else None
