"""Pages on sheets for a printer at home: two beside each other, in reading order or to be folded.

Sheets are on their side. Pages are made smaller where they must be, never larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf

from book.press.boxes import POINTS_PER_MM, short
from book.press_plan import SHEETS, Imposition

Pair = tuple[int | None, int | None]
"""The pages on the left and on the right of a side of a sheet, counted from 0; None is left empty."""

MOST_STAPLED = 80
"""Pages in one fold: of twenty sheets, the innermost stand out far, and no stapler gets through more."""

SEWN = 40
"""Pages in each of several folds that are sewn or glued, at most."""


_OF_PAGES = (
    "/Outlines", "/Names", "/Dests", "/StructTreeRoot", "/MarkInfo", "/PageLabels", "/PageMode", "/Metadata",
)  # fmt: skip
"""Entries of the catalog that lead to pages, or tell of them."""


def impose(pdf: bytes, imposition: Imposition) -> bytes:
    """The pages of a PDF on sheets, each printed on both sides and turned over its short edge.

    Of a book that is bound at the right, as its file says, what would stand on the left stands on the right.
    """
    with pikepdf.open(BytesIO(pdf)) as book:
        _forget_the_screen(book)
        pages = [_form(book, page) for page in book.pages]
        size: Any = book.pages[0].trimbox
        trim = float(size[2]) - float(size[0]), float(size[3]) - float(size[1])
        sides = folded(len(pages)) if imposition.way == "booklet" else side_by_side(len(pages))
        if _bound_right(book):
            sides = tuple((right, left) for left, right in sides)
        sheets = [_side(book, pair, pages, trim, SHEETS[imposition.sheet]) for pair in sides]
        del book.pages[:]
        book.pages.extend(sheets)
        out = BytesIO()
        book.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
        return out.getvalue()


def _bound_right(book: pikepdf.Pdf) -> bool:
    preferences: Any = book.Root.get("/ViewerPreferences")
    return preferences is not None and preferences.get("/Direction") == "/R2L"


def side_by_side(count: int) -> tuple[Pair, ...]:
    """Spreads as the book opens: the first page alone on the right."""
    pages: list[int | None] = [None, *range(count)]
    pages += [None] * (len(pages) % 2)
    return tuple(zip(pages[::2], pages[1::2], strict=True))


def folded(count: int) -> tuple[Pair, ...]:
    """Sides in the order of printing, front and back of each sheet, for sheets that are folded in the middle.

    One fold up to MOST_STAPLED pages; beyond, several of the same size or nearly so, to lie one on the other.
    """
    sides: list[Pair] = []
    first = 0
    for size in _folds(count):
        pages = [page if page < count else None for page in range(first, first + size)]
        for sheet in range(size // 4):
            left, right = 2 * sheet, size - 1 - 2 * sheet
            sides += [(pages[right], pages[left]), (pages[left + 1], pages[right - 1])]
        first += size
    return tuple(sides)


def _folds(count: int) -> Sequence[int]:
    """How many pages each fold has: four to a sheet."""
    sheets = -(-count // 4)
    if count <= MOST_STAPLED:
        return [4 * sheets]
    folds = -(-count // SEWN)
    return [4 * (sheets // folds + (fold < sheets % folds)) for fold in range(folds)]


def _forget_the_screen(book: pikepdf.Pdf) -> None:
    """Links, outline and the reading order belong to pages that will be no pages any more."""
    root: Any = book.Root
    for entry in _OF_PAGES:
        if entry in root:
            del root[entry]
    for page in book.pages:
        for entry in ("/Annots", "/StructParents"):
            if entry in page.obj:
                del page.obj[entry]


def _form(book: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    return book.make_indirect(page.as_form_xobject())


def _side(
    book: pikepdf.Pdf,
    pair: Pair,
    pages: Sequence[pikepdf.Object],
    trim: tuple[float, float],
    sheet_mm: tuple[float, float],
) -> pikepdf.Page:
    """One side of a sheet: two pages that meet in its middle."""
    width, height = (side * POINTS_PER_MM for side in sheet_mm)
    scale = min(width / 2 / trim[0], height / trim[1], 1.0)
    foot = (height - scale * trim[1]) / 2
    forms, content = pikepdf.Dictionary(), b""
    for name, page, left in (("/L", pair[0], width / 2 - scale * trim[0]), ("/R", pair[1], width / 2)):
        if page is not None:
            forms[name] = pages[page]
            numbers = " ".join(str(short(number)) for number in (scale, 0, 0, scale, left, foot))
            content += f"q {numbers} cm {name} Do Q\n".encode()
    return pikepdf.Page(
        book.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=pikepdf.Array([0, 0, short(width), short(height)]),
                Resources=pikepdf.Dictionary(XObject=forms),
                Contents=book.make_stream(content),
            )
        )
    )
