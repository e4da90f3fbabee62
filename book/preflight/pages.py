"""The pages of an interior: their size, how many there are, and the numbers that are printed on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import pikepdf
import pypdfium2

from book.model import Finding
from book.preflight.asked import Asked, Look, counted, on_pages
from book.printers import Bleed, full_page_count, page_limits, page_size_mm

PT = 72 / 25.4
SAME_PT = 0.02
_NUMBER = re.compile(r"\d{1,5}|[ivxlcdm]{1,12}", re.ASCII)
_LINE_PT = 3.0  # rectangles whose middles differ by less stand on one line
_ROW_PT = 8.0  # old-style figures hang below the line, so that a folio's middle moves a little
_FEWEST = 3  # folios by which their place is known

Rectangle = tuple[float, float, float, float]


def boxes(asked: Asked, pdf: pikepdf.Pdf) -> tuple[Look, bool]:
    """One page size, exact boxes from a corner at zero; and whether the pages have bleed."""
    first = _box(pdf.pages[0].obj, "/MediaBox") or (0, 0, 0, 0)
    sizes = {bleeds: page_size_mm(asked.printer, asked.trim_mm, bleed=bleeds) for bleeds in (False, True)}
    found = (first[2] - first[0]) / PT, (first[3] - first[1]) / PT
    bleeds = sizes[True] != sizes[False] and _distance(found, sizes[True]) < _distance(found, sizes[False])
    faults: dict[str, list[int]] = {}
    for number, page in enumerate(pdf.pages, 1):
        sheet, trim = expected_boxes(asked, number, bleeds=bleeds)
        for words in _wrong_boxes(page.obj, sheet, trim, asked.standard):
            faults.setdefault(words, []).append(number)
    hint = "Build the file for this printer; nothing else may change its pages afterwards."
    findings = tuple(
        asked.wrong("F961", f"{asked.name}: {words} on {on_pages(numbers)}.", hint)
        for words, numbers in faults.items()
    )
    told = f"{_size(found)}{' with bleed' if bleeds else ''}"
    return Look("page size", told, findings), bleeds


def expected_boxes(asked: Asked, number: int, *, bleeds: bool) -> tuple[Rectangle, Rectangle]:
    """The sheet and the trim on it in points, for a page counted from 1; odd pages are rectos."""
    bleed = asked.printer.bleed if bleeds else Bleed()
    beyond = dict.fromkeys(bleed.edges, bleed.width_mm * PT)
    left, right = ("inside", "outside") if number % 2 else ("outside", "inside")
    x, y = beyond.get(left, 0.0), beyond.get("foot", 0.0)
    width, height = (side * PT for side in asked.trim_mm)
    sheet = (0.0, 0.0, x + width + beyond.get(right, 0.0), y + height + beyond.get("top", 0.0))
    return sheet, (x, y, x + width, y + height)


def _wrong_boxes(page: Any, sheet: Rectangle, trim: Rectangle, standard: str) -> Iterator[str]:
    media = _box(page, "/MediaBox")
    if media is None or not _same(media, sheet):
        shown = _box_words(media) if media else "missing"
        yield f"the sheet is {shown} instead of {_box_words(sheet)}"
    found = _box(page, "/TrimBox")
    if found is None and standard:
        yield "there is no TrimBox"
    elif found is not None and not _same(found, trim):
        yield f"the TrimBox is {_box_words(found)} instead of {_box_words(trim)}"
    bleed, crop = _box(page, "/BleedBox"), _box(page, "/CropBox")
    if bleed is not None and not _same(bleed, sheet):
        yield f"the BleedBox is {_box_words(bleed)} instead of {_box_words(sheet)}"
    if crop is not None and not _same(crop, sheet):
        yield "a CropBox hides a part of the sheet"
    if int(_inherited(page, "/Rotate") or 0) % 360:
        yield "the page is turned"
    if "/UserUnit" in page:
        yield "the page has a unit of its own"


def page_count(asked: Asked, count: int, blank: frozenset[int]) -> Look:
    """As many pages as may be bound, in the printer's multiple, and no more blank ones than look meant."""
    printer, rule = asked.printer.title or asked.printer.name, asked.printer.pages
    findings: list[Finding] = []
    told = counted(count, "page")
    if asked.paper is not None:
        limit = page_limits(asked.paper, asked.trim_mm)
        told += f"; {limit.least} to {limit.most:,} on {asked.paper.name} paper"
        if not limit.least <= count <= limit.most:
            message = (
                f"{asked.name} has {counted(count, 'page')}; {printer} binds {limit.least} to {limit.most:,}."
            )
            hint = "Choose another paper, trim or printer, or let the guide grow or be parted into editions."
            findings.append(asked.wrong("F962", message, hint))
    if count % max(rule.multiple, 1):
        wanted = full_page_count(asked.printer, count)
        message = f"{asked.name} has {counted(count, 'page')}, which is no multiple of {rule.multiple}."
        findings.append(asked.wrong("F962", message, f"Add blank pages at the end, up to {wanted}."))
    if rule.last_blank and count not in blank:
        message = f"{printer} wants the last page blank, and page {count} of {asked.name} is not."
        findings.append(asked.wrong("F962", message, "Build the file for this printer."))
    run = _longest_run(blank)
    if len(run) > rule.most_blank:
        message = (
            f"{on_pages(run).capitalize()} of {asked.name} are blank; {rule.most_blank} in a row look meant."
        )
        findings.append(asked.wrong("F962", message, "Put something on them, or take them out."))
    return Look("page count", told, tuple(findings))


def _longest_run(blank: frozenset[int]) -> list[int]:
    runs: list[list[int]] = []
    for number in sorted(blank):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return max(runs, key=len, default=[])


# ------------------------------------------------------------------------------------- page numbers


@dataclass(frozen=True, slots=True)
class _Seen:
    """A number that stands first or last on a page's outermost line: its page, and its height on it."""

    page: int
    text: str
    at_head: bool
    middle: float


def folios(asked: Asked, document: pypdfium2.PdfDocument) -> Look:
    """Labels that say what is printed, and odd numbers on right-hand pages."""
    labels = [document.get_page_label(place) or str(place + 1) for place in range(len(document))]
    findings = []
    turned = [n for n, label in enumerate(labels, 1) if label.isdecimal() and int(label) % 2 != n % 2]
    if turned:
        message = f"{asked.name} has odd numbers on left-hand pages, from {on_pages(turned[:1])} on."
        findings.append(asked.wrong("F971", message, "Put a page in front of it, or take one out."))
    printed = _folios(document)
    other = {
        number: text for number, text in printed.items() if text.casefold() != labels[number - 1].casefold()
    }
    if other:
        number, text = next(iter(other.items()))
        message = (
            f"{asked.name} labels page {number} {labels[number - 1]}, and {text} is printed on it; "
            f"the like is on {on_pages(list(other))}."
        )
        findings.append(
            asked.wrong("F971", message, "Build the file anew; pages were added or taken out since.")
        )
    told = f"{counted(len(printed), 'printed number')}, from {labels[0]} to {labels[-1]}"
    return Look("page labels", told, tuple(findings))


def _folios(document: pypdfium2.PdfDocument) -> dict[int, str]:
    """The number printed on each page that has one.

    They are known by counting on with the pages, at one height; a year at the end of a line does neither.
    """
    seen = [each for number in range(1, len(document) + 1) for each in _numbers(document, number)]
    votes = Counter((each.at_head, int(each.text) - each.page) for each in seen if each.text.isdecimal())
    if not votes:
        return {}
    (at_head, ahead), count = votes.most_common(1)[0]
    if count < min(_FEWEST, len(document)):
        return {}
    row = [each for each in seen if each.at_head == at_head]
    height = median(
        each.middle for each in row if each.text.isdecimal() and int(each.text) - each.page == ahead
    )
    found: dict[int, str] = {}
    for each in row:
        if abs(each.middle - height) > _ROW_PT:
            continue
        if each.page not in found or each.text == str(each.page + ahead):
            found[each.page] = each.text
    return found


def _numbers(document: pypdfium2.PdfDocument, number: int) -> Iterator[_Seen]:
    page = document[number - 1]
    text = page.get_textpage()
    rows = [text.get_rect(place) for place in range(text.count_rects())]
    if rows:
        middles = [(row[1] + row[3]) / 2 for row in rows]
        for at_head, outermost in ((True, max(middles)), (False, min(middles))):
            line = [
                row for row, middle in zip(rows, middles, strict=True) if abs(middle - outermost) < _LINE_PT
            ]
            words = " ".join(text.get_text_bounded(*row) for row in sorted(line)).split()
            for word in dict.fromkeys((words[0], words[-1]) if words else ()):
                if _NUMBER.fullmatch(word):
                    yield _Seen(number, word, at_head, outermost)
    text.close()
    page.close()


# --------------------------------------------------------------------------------------------- boxes


def _box(page: Any, name: str) -> Rectangle | None:
    found = _inherited(page, name) if name in {"/MediaBox", "/CropBox"} else page.get(name)
    if found is None:
        return None
    x0, y0, x1, y1 = (float(each) for each in found)
    return x0, y0, x1, y1


def _inherited(page: Any, name: str) -> Any:
    while page is not None:
        if name in page:
            return page[name]
        page = page.get("/Parent")
    return None


def _same(one: Rectangle, other: Rectangle) -> bool:
    return all(abs(a - b) <= SAME_PT for a, b in zip(one, other, strict=True))


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _box_words(box: Rectangle) -> str:
    x0, y0, x1, y1 = box
    at = "" if not (x0 or y0) else f" at {x0:.2f}, {y0:.2f}"
    return f"{x1 - x0:.2f} × {y1 - y0:.2f} pt{at}"


def _size(size_mm: tuple[float, float]) -> str:
    width, height = size_mm
    return f"{width:.2f} × {height:.2f} mm ({width / 25.4:.3f} × {height / 25.4:.3f} in)"
