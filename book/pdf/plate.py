"""A single sheet of its own, such as a cover: HTML of known size -> PDF, with the theme's fonts in it."""

from __future__ import annotations

from typing import Any

from book.model import BookError
from book.pdf.gate import GUIDE
from book.pdf.studio import Studio, imported_weasyprint, listening, press_for, replaced

MM_PER_PX = 25.4 / 96
MADE = 3_029_529_600
"""When every subset of a font was made: 2000, in seconds since 1904, as fonts count."""


def paint_plate(html: str, css: tuple[str, ...], size_mm: tuple[float, float], studio: Studio) -> bytes:
    """The page as WeasyPrint writes it: one page of that size, type as type, shapes as shapes.

    The same page gives the same bytes.
    """
    from fontTools.ttLib.tables import _h_e_a_d

    # A subset of a font would else say when it was made.
    with replaced(_h_e_a_d, "timestampNow", lambda: MADE):
        document = _laid_out(html, css, size_mm, studio)
        pdf: bytes = document.write_pdf()
    refused = {**(press := _pressed(css, size_mm, studio)).refused, **press.fetcher.gate.refused}
    for address, why in sorted(refused.items()):
        raise BookError(
            f"The cover shows {address.removeprefix(GUIDE)}, which {why}.",
            "Mend the picture, or the theme that asks for it.",
        )
    return pdf


def height_mm(html: str, css: tuple[str, ...], width_mm: float, studio: Studio) -> float:
    """How high an `<article>` becomes when it is set to that width."""
    document = _laid_out(html, css, (width_mm, 5000.0), studio)
    return max(
        (
            float(box.margin_height()) * MM_PER_PX
            for box in document.pages[0]._page_box.descendants()
            if box.element_tag == "article"
        ),
        default=0.0,
    )


def _laid_out(html: str, css: tuple[str, ...], size_mm: tuple[float, float], studio: Studio) -> Any:
    weasyprint = imported_weasyprint()
    press = _pressed(css, size_mm, studio)
    press.fetcher.gate.refused.clear()
    with listening():
        return weasyprint.HTML(string=html, base_url=GUIDE, url_fetcher=press.fetcher).render(
            font_config=press.fonts, stylesheets=list(press.css)
        )


def _pressed(css: tuple[str, ...], size_mm: tuple[float, float], studio: Studio) -> Any:
    """The style sheets for a page of that size; those of the last few are kept."""
    width, height = size_mm
    return press_for((*css, f"@page{{size:{width:.4f}mm {height:.4f}mm;margin:0}}"), studio, 0, True)
