"""The cover: as large as the book is thick, type clear of folds and edges, a barcode that scans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp

from book.model import Finding
from book.preflight.asked import Asked, Look
from book.printers import Box, Wrap, allows_spine_text

PT = 72 / 25.4
SAME_MM = 0.05
_SCANNED_PPI = 300
_HAIR_MM = 0.3  # a letter's foot or tail may reach this far over a line that type keeps to


@dataclass(frozen=True, slots=True)
class _Sign:
    """A letter on the cover and its ink, in millimetres from the top left corner of the sheet."""

    text: str
    box: Box


def size(asked: Asked, wrap: Wrap, pdf: pikepdf.Pdf) -> Look:
    """One page, as large as the wrap of the book, with boxes that say where it is cut."""
    page: Any = pdf.pages[0].obj
    findings: list[Finding] = []
    if len(pdf.pages) != 1:
        message = f"{asked.name} has {len(pdf.pages)} pages; a cover is one sheet."
        findings.append(asked.wrong("F961", message, "Make it with filmguide cover."))
    media = [
        float(each) / PT for each in page.get("/MediaBox", page.get("/Parent", {}).get("/MediaBox", [0] * 4))
    ]
    wide, high = media[2] - media[0], media[3] - media[1]
    hint = "Make the cover anew: filmguide cover counts the pages of the book as it is now."
    if max(abs(wide - wrap.width), abs(high - wrap.height), abs(media[0]), abs(media[1])) > SAME_MM:
        wanted = f"{wrap.width:.2f} × {wrap.height:.2f} mm"
        message = (
            f"{asked.name} is {wide:.2f} × {high:.2f} mm; round a book of {asked.pages:,} pages "
            f"goes {wanted} ({wrap.width / 25.4:.3f} × {wrap.height / 25.4:.3f} in)."
        )
        findings.append(asked.wrong("F973", message, hint))
    low = wrap.height - wrap.trim.foot
    trim = (wrap.trim.x, low, wrap.trim.right, low + wrap.trim.height)
    found = page.get("/TrimBox")
    if found is None and asked.standard:
        findings.append(asked.wrong("F961", f"{asked.name} has no TrimBox.", hint))
    elif found is not None and _differ([float(each) / PT for each in found], trim):
        wanted = f"{wrap.trim.width:.2f} × {wrap.trim.height:.2f} mm"
        message = f"{asked.name} is cut to {_words(found)}; it should be {wanted}, in the middle."
        findings.append(asked.wrong("F961", message, hint))
    told = f"{wide:.2f} × {high:.2f} mm, a spine of {wrap.spine.width:.2f} mm for {asked.pages:,} pages"
    return Look("size", told, tuple(findings))


def spine(asked: Asked, wrap: Wrap, document: pypdfium2.PdfDocument) -> Look:
    """Words on the spine only where the printer prints any, and clear of its folds."""
    printer, rule = asked.printer.title or asked.printer.name, asked.printer.spine
    here = [sign for sign in _signs(document, wrap) if _lies_on(sign.box, wrap.spine)]
    if not here:
        return Look("spine", "no words on it")
    words = "".join(sign.text for sign in here)
    shown = f"“{words[:40]}”"
    if not allows_spine_text(asked.printer, asked.pages):
        few = f"a book of fewer than {rule.text_from} pages"
        message = f"The spine has words ({shown}); {printer} prints none on {few}."
        return Look("spine", shown, (asked.wrong("F973", message, "Leave the spine empty."),))
    left, right = wrap.spine.x + rule.clear_mm, wrap.spine.right - rule.clear_mm
    over = max([0.0, *(max(left - sign.box.x, sign.box.right - right) for sign in here)])
    if over <= _HAIR_MM:
        return Look("spine", f"{shown}, {rule.clear_mm:.1f} mm clear on either side")
    message = (
        f"The words on the spine ({shown}) come {over:.1f} mm into what {printer} wants clear, "
        f"{rule.clear_mm:.1f} mm on either side."
    )
    return Look("spine", shown, (asked.wrong("F973", message, "Set them smaller."),))


def safety(asked: Asked, wrap: Wrap, document: pypdfium2.PdfDocument) -> Look:
    """Type far enough from where the sheet is cut."""
    keep = asked.printer.wrap.safety_mm
    safe = wrap.trim.inset(keep - _HAIR_MM)
    out = [sign for sign in _signs(document, wrap) if not _within(sign.box, safe)]
    told = f"type keeps {keep:.1f} mm from the edges"
    if not out:
        return Look("safety", told)
    message = (
        f"{asked.name} has type within {keep:.1f} mm of its edges: “{''.join(s.text for s in out)[:40]}”."
    )
    return Look("safety", told, (asked.wrong("F963", message, "Shorten it, or set it smaller."),))


def barcode(asked: Asked, wrap: Wrap, document: pypdfium2.PdfDocument) -> Look:
    """A barcode that a scanner reads from the rendered cover, and that is the book's ISBN."""
    found = [text for text in _scanned(document, wrap) if text]
    if not asked.isbn:
        told = f"reads {found[0]}, and the book has no ISBN" if found else "none, for the book has no ISBN"
        if not found:
            return Look("barcode", told)
        message = f"The barcode on {asked.name} reads {found[0]}, and the printed book has no ISBN."
        return Look(
            "barcode",
            told,
            (asked.wrong("F974", message, "Write it into guide.toml, or make the cover anew."),),
        )
    if asked.isbn in found:
        return Look("barcode", f"reads {asked.isbn}")
    hint = "Make the cover anew with filmguide cover, and leave the barcode its white field."
    if not found:
        message = f"No scanner reads a barcode on {asked.name}; it should say {asked.isbn}."
        return Look("barcode", "cannot be read", (asked.wrong("F974", message, hint),))
    message = f"The barcode on {asked.name} reads {found[0]}; the book's ISBN is {asked.isbn}."
    return Look("barcode", f"reads {found[0]}", (asked.wrong("F974", message, hint),))


def _scanned(document: pypdfium2.PdfDocument, wrap: Wrap) -> Iterator[str]:
    """The numbers of books that a scanner finds on the back."""
    picture = document[0].render(scale=_SCANNED_PPI / 72, grayscale=True, draw_annots=False).to_pil()
    per_mm = picture.width / wrap.width
    left, right = (wrap.spine.right, wrap.width) if wrap.bound_right else (0.0, wrap.spine.x)
    back = picture.crop((round(left * per_mm), 0, round(right * per_mm), picture.height))
    for read in zxingcpp.read_barcodes(back, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.EAN13)):
        if read.valid:
            yield str(read.text)[:13]


def _signs(document: pypdfium2.PdfDocument, wrap: Wrap) -> Iterator[_Sign]:
    page = document[0]
    high = page.get_height()
    text = page.get_textpage()
    for place in range(text.count_chars()):
        sign = text.get_text_range(place, 1)
        if not sign.strip():
            continue
        left, foot, right, top = text.get_charbox(place)
        yield _Sign(sign, Box(left / PT, (high - top) / PT, (right - left) / PT, (top - foot) / PT))


def _lies_on(box: Box, panel: Box) -> bool:
    """Whether any part of it does, but for a hair."""
    return box.right > panel.x + _HAIR_MM and box.x < panel.right - _HAIR_MM


def _within(box: Box, room: Box) -> bool:
    return box.x >= room.x and box.right <= room.right and box.y >= room.y and box.foot <= room.foot


def _differ(one: list[float], other: tuple[float, ...]) -> bool:
    return any(abs(a - b) > SAME_MM for a, b in zip(one, other, strict=True))


def _words(box: Any) -> str:
    x0, y0, x1, y1 = (float(each) / PT for each in box)
    return f"{x1 - x0:.2f} × {y1 - y0:.2f} mm"
