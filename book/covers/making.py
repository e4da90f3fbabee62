"""From what a cover says to its file: words set as large as fit, the sheet painted and made fit for print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from book.cover import lettering
from book.covers.design import (
    LEAST_BLURB_PT,
    MOST_BLURB_PT,
    Front,
    Shown,
    article_page,
    barcode_zone,
    blurb_box,
    blurb_html,
    front_of,
    spine_words,
    wrap_html,
)
from book.covers.finish import finish_wrap
from book.covers.guides import guides_of
from book.covers.spine import SpinePlan
from book.findings import finding
from book.model import Finding, Place
from book.printers import Printer, Wrap
from book.themes import Theme

if TYPE_CHECKING:
    from book.pdf.studio import Studio

MARKETING_PX = 2560
"""Height of the picture of the front, in pixels: what shops and newspapers ask for at most."""


@dataclass(frozen=True, slots=True)
class MadeCover:
    """The wrap as PDF, the same with guides where they were asked for, and what wants mending.

    `front` is a JPEG of the front as it is seen when the book is bound, in the colours of a screen.
    """

    file: bytes
    front: bytes
    guides: bytes | None
    spine: SpinePlan | None
    findings: tuple[Finding, ...]


def make_cover(
    shown: Shown,
    wrap: Wrap,
    printer: Printer,
    theme: Theme,
    root: Path,
    *,
    pages: int,
    created: datetime,
    guides: bool = False,
) -> MadeCover:
    """The wrap of a book of so many pages; `created` goes into the file instead of the time of day."""
    from book.pdf.plate import paint_plate
    from book.pdf.studio import Studio

    studio = Studio(root.resolve(), theme.faces, theme.figures)
    css = theme.cascade("cover.css")
    front = front_of(shown, wrap, printer, theme)
    size, too_long = _blurb_size(shown, wrap, printer, front, css, studio)
    article = blurb_html(shown, size)
    spine = spine_words(shown, wrap, printer, theme, front, pages)

    def painted(*, guided: bool) -> bytes:
        zone = barcode_zone(wrap, printer, front)
        drawn = guides_of(wrap, printer, zone) if guided else ()
        html = wrap_html(shown, wrap, printer, theme, front, article, spine=spine, guides=drawn)
        return paint_plate(html, css, (wrap.width, wrap.height), studio)

    def finished(pdf: bytes) -> tuple[bytes, tuple[Finding, ...]]:
        name = f"{shown.info.slug}-cover.pdf"
        return finish_wrap(pdf, wrap, printer, name=name, title=shown.info.title, created=created)

    plate = painted(guided=False)
    file, of_press = finished(plate)
    return MadeCover(
        file=file,
        front=front_picture(plate, wrap),
        guides=finished(painted(guided=True))[0] if guides else None,
        spine=spine,
        findings=(*_unshown(shown, theme), *too_long, *of_press),
    )


def _blurb_size(
    shown: Shown, wrap: Wrap, printer: Printer, front: Front, css: tuple[str, ...], studio: Studio
) -> tuple[float, tuple[Finding, ...]]:
    """The largest type size in points at which the words on the back fit; else the least, and a finding."""
    from book.pdf.plate import height_mm

    box = blurb_box(wrap, printer, front)
    # A wide page takes larger type: some sixty letters to the line are read with ease.
    half_points = range(round(2 * min(MOST_BLURB_PT, 7 + box.width / 20)), round(2 * LEAST_BLURB_PT) - 1, -1)
    for half in half_points:
        page = article_page(blurb_html(shown, half / 2), shown.info.language)
        if height_mm(page, css, box.width, studio) <= box.height:
            return half / 2, ()
    letters = len(shown.plan.headline + (shown.plan.blurb or shown.info.description) + shown.plan.author)
    message = f"the words on the back come to {letters:,} letters, which do not fit above the barcode"
    found = finding(
        "F794", Place("guide.toml", shown.plan.line), message, "shorten blurb or author under [cover]"
    )
    return LEAST_BLURB_PT, (found,)


def _unshown(shown: Shown, theme: Theme) -> tuple[Finding, ...]:
    """Letters that no face of the theme has."""
    faces, plan, info = lettering(theme), shown.plan, shown.info
    words = [
        info.title,
        info.subtitle,
        *info.authors,
        info.publisher,
        info.cover_line,
        plan.headline,
        plan.shelf,
    ]
    words += [plan.blurb or info.description, plan.author, plan.front_flap, plan.back_flap]
    missing = "".join(dict.fromkeys(c for c in "".join(words) if not c.isspace() and not faces.have(c)))
    if not missing:
        return ()
    message = f"no font of the theme {theme.name} has {missing}, so the cover shows empty boxes"
    return (
        finding("F781", Place("guide.toml"), message, "write it another way, or add a face to the theme"),
    )


def front_picture(cover: bytes, wrap: Wrap) -> bytes:
    """The front as it is seen when the book is bound, as JPEG: cut to the trim, for shops and newspapers.

    `cover` is the wrap in the colours of the screen.
    """
    import pypdfium2

    from book.pictures import jpeg

    page = pypdfium2.PdfDocument(BytesIO(cover))[0]
    scale = MARKETING_PX / (wrap.front.height * 72 / 25.4)
    picture = page.render(scale=scale).to_pil()
    per_mm = picture.height / wrap.height
    front = wrap.front
    sides = (front.x, front.y, front.right, front.foot)
    cut = tuple(round(side * per_mm) for side in sides)
    return jpeg(picture.crop((cut[0], cut[1], cut[2], cut[3])))
