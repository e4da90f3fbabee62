"""All the looks at a file, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
import pypdfium2

from book.preflight import drawing, inks, margins, opening, pages, wrapping
from book.preflight.asked import Asked, Look, Preflight, preflight_of
from book.preflight.contents import Drawn, Reader
from book.printers import Wrap


def preflight(content: bytes, asked: Asked) -> Preflight:
    """Look at a finished interior, or at a cover where a wrap is asked for. Nothing is changed."""
    return preflight_of(asked, content, _looks(content, asked))


def _looks(content: bytes, asked: Asked) -> Iterator[Look]:
    pdf, first = opening.opened(asked, content)
    if pdf is None:
        yield first
        return
    with pdf:
        try:
            document = pypdfium2.PdfDocument(content)
            drawn = _drawn(pdf)
        except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
            hint = "Build the file anew; if that does not help, please report it."
            wrong = asked.wrong("F960", f"The pages of {asked.name} cannot be read: {error}.", hint)
            yield Look(first.name, first.told, (*first.findings, wrong))
            return
        yield first
        try:
            yield from (
                _of_cover(asked, asked.wrap, pdf, document)
                if asked.wrap
                else _of_interior(asked, pdf, document, drawn)
            )
        finally:
            document.close()
        yield opening.forbidden(asked, pdf, drawn)
        yield opening.standard(asked, pdf)
        yield drawing.fonts(asked, drawn)
        yield drawing.pictures(asked, drawn)
        yield inks.colours(asked, drawn)
        yield inks.black_type(asked, drawn)
        yield inks.ink(asked, drawn)
        yield drawing.type_sizes(asked, drawn)
        yield drawing.lines(asked, drawn)


def _drawn(pdf: pikepdf.Pdf) -> list[Drawn]:
    reader = Reader()
    return [reader.page(page, number) for number, page in enumerate(pdf.pages, 1)]


def _of_interior(
    asked: Asked, pdf: pikepdf.Pdf, document: pypdfium2.PdfDocument, drawn: list[Drawn]
) -> Iterator[Look]:
    sizes, bleeds = pages.boxes(asked, pdf)
    yield sizes
    ink = margins.look_at_ink(asked, document, drawn, bleeds=bleeds)
    yield pages.page_count(asked, len(drawn), ink.blank)
    yield ink.margins
    yield ink.bleed
    yield pages.folios(asked, document)
    yield drawing.references(asked, drawn)


def _of_cover(asked: Asked, wrap: Wrap, pdf: pikepdf.Pdf, document: pypdfium2.PdfDocument) -> Iterator[Look]:
    yield wrapping.size(asked, wrap, pdf)
    yield wrapping.spine(asked, wrap, document)
    yield wrapping.safety(asked, wrap, document)
    yield wrapping.barcode(asked, wrap, document)
