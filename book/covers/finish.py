"""A painted wrap made fit for its printer: the press does it, told that the whole sheet bleeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pikepdf

from book.model import Finding
from book.press import Ticket, press
from book.press.boxes import POINTS_PER_MM, short
from book.printers import Bleed, Printer, Wrap
from book.printers.profile import EDGES


def finish_wrap(
    pdf: bytes, wrap: Wrap, printer: Printer, *, name: str, title: str, created: datetime
) -> tuple[bytes, tuple[Finding, ...]]:
    """The wrap in the printer's inks, with exact boxes and by the standard that covers are asked for.

    `name` is the file's, for findings; the same input gives the same bytes.
    """
    rule = printer.file
    as_cover = replace(
        printer,
        bleed=Bleed(wrap.edge_mm, frozenset(EDGES)),
        file=replace(rule, standard=rule.cover_standard, colour=rule.cover_colour),
    )
    ticket = Ticket(
        printer=as_cover,
        name=name,
        title=title,
        trim_mm=(wrap.trim.width, wrap.trim.height),
        kind="rgb" if rule.cover_colour == "rgb" else "cmyk",
        bleeds=True,
        created=created,
    )
    return press(_with_trim(pdf, wrap), ticket)


def _with_trim(pdf: bytes, wrap: Wrap) -> bytes:
    """The page with the trim named on it, so that the press leaves its contents where they are."""
    trim = wrap.trim
    low = wrap.height - trim.foot  # PDF counts from below
    sides = (trim.x, low, trim.right, low + trim.height)
    with pikepdf.open(BytesIO(pdf)) as file:
        file.pages[0].obj.TrimBox = pikepdf.Array([short(side * POINTS_PER_MM) for side in sides])
        out = BytesIO()
        file.save(out)
        return out.getvalue()
