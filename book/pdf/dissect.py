"""A laid-out document taken apart: fonts, objects, links and anchors as plain values.

What WeasyPrint hands over is looked at here and nowhere else; nothing is imported from it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import pydyf
import uharfbuzz as hb

from book.model import Anchor, Bookmark
from book.pdf.columns import MARK, Height, Room
from book.pdf.sheet import Block, FaceUse, Part, block_of, cut
from book.pdf.spelling import drawn_by_code

POINTS_PER_PIXEL = 0.75  # 72 points and 96 CSS pixels are both an inch
LINK_SCHEME = "book:"  # WeasyPrint keeps links with a scheme, and drops those to other documents


class _Advances(dict[int, int]):
    """Glyph widths in thousandths of an em, from the font itself rather than from the first use.

    WeasyPrint measures a glyph at the size of its first use; here every sheet gets the same widths,
    so that one font object can serve them all.
    """

    def __init__(self, font: hb.Font, units_per_em: int, glyph_count: int) -> None:
        super().__init__()
        self._font, self._units_per_em, self._glyph_count = font, units_per_em, glyph_count

    def __contains__(self, glyph: object) -> bool:
        if not super().__contains__(glyph) and isinstance(glyph, int) and glyph < self._glyph_count:
            self[glyph] = round(self._font.get_glyph_h_advance(glyph) * 1000 / self._units_per_em)
        return super().__contains__(glyph)


@lru_cache(maxsize=64)
def _opened(content: bytes, index: int) -> tuple[str, hb.Face]:
    """A font file's SHA-256, and one of its faces."""
    return hashlib.sha256(content).hexdigest(), hb.Face(hb.Blob(content), index)


class Fonts(dict[Any, Any]):
    """The fonts of a document; each is told its file, its axes and its true widths as it arrives."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.file, face = _opened(font.file_content, font.index)
        font.axes = _axes(font, face)
        shaped = hb.Font(face)
        shaped.set_variations(dict(font.axes))
        font.widths = _Advances(shaped, font.upem, font.glyph_count)
        font.spelt = {}
        super().__setitem__(key, font)


def _axes(font: Any, face: hb.Face) -> tuple[tuple[str, float], ...]:
    """Where the font stands on each axis of its file, as WeasyPrint would pin it."""
    axes = {info.tag: info for info in face.axis_infos}
    pinned = {tag: value for tag, value in font.variations.items() if tag in axes}
    if "wght" in axes:
        pinned.setdefault("wght", float(font.weight))
    if "opsz" in axes:
        pinned.setdefault("opsz", float(font.font_size))
    return tuple(
        (tag, min(max(value, axes[tag].min_value), axes[tag].max_value))
        for tag, value in sorted(pinned.items())
    )


def objects(pdf: Any, supplied: Set[int]) -> tuple[Block, tuple[tuple[int, Part], ...]]:
    """All that bind does not supply: small objects as a block, streams encoded once and for all."""
    small: list[tuple[int, bytes]] = []
    streams: list[tuple[int, Part]] = []
    for thing in pdf.objects[1:]:
        if thing.free == "f" or thing.number in supplied:
            continue
        if isinstance(thing, pydyf.Stream):
            body, _, rest = thing.data.partition(b"\nstream\n")
            streams.append((thing.number, cut(body, rest.removesuffix(b"\nendstream"))))
        else:
            small.append((thing.number, thing.data))
    return block_of(small), tuple(streams)


def boxes(pdf: Any) -> bytes:
    """The boxes of the first page, as PDF writes them."""
    page = pdf.objects[pdf.pages["Kids"][0]]
    return b"".join(
        b"/%s %s" % (name.encode(), page[name].data) for name in ("MediaBox", "TrimBox", "BleedBox")
    )


def unspoken(stream: Any) -> frozenset[int]:
    """The marks of a page's contents that are not for reading aloud: those of aria-hidden elements."""
    return frozenset(
        tag["mcid"]
        for box, tag in stream._tags.items()
        if box.element is not None and box.element.get("aria-hidden") == "true"
    )


def join_link_areas(document: Any) -> None:
    """Give every line of a link one area to click: WeasyPrint gives each box within it another.

    Areas of one target in which the later lies across the earlier become one. A book has half as many
    annotations then, and a reader who listens is told of each link once.
    """
    for page in document.pages:
        joined: list[tuple[str, str, tuple[float, float, float, float], Any]] = []
        for kind, target, (left, top, right, bottom), box in page.links:
            last = joined[-1] if joined else None
            if last and last[:2] == (kind, target):
                x1, y1, x2, y2 = last[2]
                if x1 - _HAIR <= left and right <= x2 + _HAIR and top < y2 and y1 < bottom:
                    joined[-1] = (kind, target, (x1, min(y1, top), x2, max(y2, bottom)), last[3])
                    continue
            joined.append((kind, target, (left, top, right, bottom), box))
        page.links = joined


_HAIR = 0.5  # pixels by which a letter may lean out of its link


def link_words(document: Any) -> Mapping[int, str]:
    """What stands in each link, by its annotation's object number."""
    words: dict[int, str] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.link_annotation:
                inside = box.descendants() if hasattr(box, "descendants") else ()
                text = "".join(getattr(each, "text", "") for each in inside)
                number = box.link_annotation.number
                words[number] = words.get(number, "") + _HOLES.sub("", text)
    return words


_HOLES = re.compile("[\U000f0000-\U000ffffd]")


def name_destinations(pdf: Any, words: Mapping[int, str]) -> tuple[str, ...]:
    """Turn links with our scheme into links to named destinations, which binding gathers; their names.

    `words` say what each link is, for readers who hear it.
    """
    pdf.catalog.pop("Names", None)
    targets: dict[str, None] = {}
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Subtype") == "/Link" and "A" in thing:
            uri = thing["A"]["URI"].string
            target = unquote(uri.removeprefix(LINK_SCHEME))
            thing["Contents"] = pydyf.String(words.get(thing.number, "").strip() or target)
            if uri.startswith(LINK_SCHEME):
                del thing["A"]
                thing["Dest"] = pydyf.String(target)
                targets[target] = None
    return tuple(targets)


def face_use(number: int, font: Any) -> FaceUse:
    """What the document uses of a font, which is object `number` of its file."""
    missing = {glyph: chr(code) for code, glyph in font.missing.items()}
    drawn = drawn_by_code(font)
    said = {
        glyph: text
        for glyph, text in sorted(font.to_unicode.items())
        if not {glyph} & (missing.keys() | drawn.keys())
    }
    return FaceUse(
        number=number,
        file=font.file,
        index=font.index,
        axes=font.axes,
        family=font.family,
        italic=bool(font.style),
        glyphs=said,
        widths=dict(sorted((g, width) for g, width in font.widths.items() if g in font.to_unicode)),
        missing=missing,
        drawn=drawn,
    )


def anchors(document: Any) -> tuple[Anchor, ...]:
    """Every anchor where it first appears: an element that runs over pages is an anchor on each."""
    found: dict[str, Anchor] = {}
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            place = Anchor(name, number, x * POINTS_PER_PIXEL, (page.height - y) * POINTS_PER_PIXEL)
            found.setdefault(name, place)
    return tuple(found.values())


def bookmarks(document: Any) -> tuple[Bookmark, ...]:
    """The lines of the outline in reading order."""
    return tuple(
        Bookmark(
            level, label, number, x * POINTS_PER_PIXEL, (page.height - y) * POINTS_PER_PIXEL, state == "open"
        )
        for number, page in enumerate(document.pages)
        for level, label, (x, y), state in page.bookmarks
    )


# ------------------------------------------------------------------------------------ how a page begins

OPENING_WORDS = 40
"""Words of a page by which its beginning is found again in the e-book: a few, and some more in case that
the first of them stand on paper only."""


def openings(document: Any) -> tuple[tuple[str, ...], ...]:
    """How every page begins: its first paragraphs, cells or lines, cut off after OPENING_WORDS.

    Running heads and repeated ones, folios, the words of drawings, and dots are left out.
    """
    return tuple(_opening(page._page_box.children[0]) for page in document.pages)


def _opening(root: Any) -> tuple[str, ...]:
    blocks: list[str] = []
    begun, left = "", OPENING_WORDS
    for piece in _pieces(root):
        if piece == _END_OF_BLOCK:
            words = _HOLES.sub("", begun).split()[:left]
            if words:
                blocks.append(" ".join(words))
            begun, left = "", left - len(words)
            if not left:
                break
        elif piece == _END_OF_LINE:
            begun = begun.removesuffix(_HYPHEN) if begun.endswith(_HYPHEN) else f"{begun} "
        else:
            begun += piece
    return tuple(blocks)


_END_OF_LINE, _END_OF_BLOCK = "\n", "\f"
_PRINTED_ONLY = {"drawing", "continued", "at-page"}  # classes: drawn words, repeated headings, "p. 214"
_HYPHEN = "\N{HYPHEN}"  # what WeasyPrint sets at the end of a line; a writer types HYPHEN-MINUS


def _pieces(box: Any) -> Iterator[str]:
    """The text within a box in reading order, with a mark at the end of each line and each block."""
    element = box.element
    if "::" in (box.element_tag or ""):
        return  # the number of an item, or a sign of the style sheet's
    if element is not None and (
        element.get("aria-hidden") == "true" or _PRINTED_ONLY & set((element.get("class") or "").split())
    ):
        return
    if hasattr(box, "text"):
        yield box.text
        return
    kind = type(box).__name__
    within = kind == "InlineBox"
    if not within and kind != "LineBox":
        yield _END_OF_BLOCK
    for child in getattr(box, "children", ()):
        if not (getattr(child, "is_header", False) and _continues(box)):  # said on an earlier page
            yield from _pieces(child)
    if not within:
        yield _END_OF_LINE if kind == "LineBox" else _END_OF_BLOCK


def _continues(table: Any) -> bool:
    """Whether the first rows of a table, its headings apart, stand on an earlier page."""
    bodies = (group for group in table.children if not group.is_header and not group.is_footer)
    return any(group.children[0].index > 0 for group in list(bodies)[:1])


# ----------------------------------------------------------------------------- the lines of an index


def room_for_columns(document: Any) -> Room:
    """What the page on which a container begins, and every page after it, has for its columns."""
    for page in document.pages:
        sheet = page._page_box
        for container in _outermost(sheet, lambda box: box.style["column_count"] != "auto"):
            count, gap = container.style["column_count"], container.style["column_gap"]
            apart = container.style["font_size"] if gap == "normal" else _pixels(gap)
            return Room(
                columns=count,
                first=sheet.content_box_y() + sheet.height - container.content_box_y(),
                full=sheet.height,
                width=(container.width - apart * (count - 1)) / count,
                gap=apart,
                leftward=container.style["direction"] == "rtl",
            )
    raise AssertionError("the theme sets no columns for what a template puts into columns")


def heights(document: Any) -> Mapping[str, Height]:
    """How high every marked line is, by its mark; one that a page cuts in two, as its pieces together."""
    found: dict[str, Height] = {}
    for page in document.pages:
        for line in _outermost(page._page_box, lambda box: _mark(box) != ""):
            mark, style = _mark(line), line.style
            taken = found[mark].body if mark in found else 0.0
            above, below = _pixels(style["margin_top"]), _pixels(style["margin_bottom"])
            found[mark] = Height(above, taken + line.border_height(), below)
    return found


def _outermost(box: Any, wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """The boxes within a box that are wanted, but not those within them."""
    for child in box.children:
        if hasattr(child, "style") and wanted(child):
            yield child
        elif hasattr(child, "children"):
            yield from _outermost(child, wanted)


def _mark(box: Any) -> str:
    """The mark of a line; empty for any other box, and for the text within a line."""
    if box.element is None or not hasattr(box, "border_height") or hasattr(box, "text"):
        return ""
    return str(box.element.get(MARK) or "")


def _pixels(length: Any) -> float:
    return float(length.value) if getattr(length, "unit", "") == "px" else 0.0
