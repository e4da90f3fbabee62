"""Holes: blank glyphs as wide as a digit, laid out now and filled with page numbers when they are known.

A page number is not known while its page is laid out. So it is set in a font whose glyphs are blank
and exactly as wide as the digits of the real face; when the book is bound, the font object of each
sheet is pointed at the real digits. Holes are code points of a private-use plane, one glyph each.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from book.model import BookError
from book.pdf.sheet import Run
from book.themes import Figures

FIRST_HOLE = 0xF0000  # Supplementary Private Use Area-A: 65,534 code points
HOLE_LIMIT = 65_000  # a font holds at most 65,535 glyphs


@dataclass(frozen=True, slots=True)
class Digits:
    """The ten digits of a face: glyph ids and advance widths in font units, for 0 to 9."""

    glyphs: tuple[int, ...]
    advance: int
    space: int  # the advance of the face's space
    units_per_em: int


@lru_cache(maxsize=16)
def digits_of(figures: Figures) -> Digits:
    """Shape 0 to 9 as the style sheet would, with the figures' weight and features."""
    face = hb.Face(hb.Blob.from_file_path(str(figures.face.path)))
    font = hb.Font(face)
    font.set_variations({"wght": figures.weight})
    glyphs, advances = [], []
    for digit in "0123456789 ":
        buffer = hb.Buffer()
        buffer.add_str(digit)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, dict.fromkeys(figures.features, True))
        glyphs.append(buffer.glyph_infos[0].codepoint)
        advances.append(buffer.glyph_positions[0].x_advance)
    return Digits(tuple(glyphs[:10]), max(advances[:10]), advances[10], face.upem)


@lru_cache(maxsize=16)
def hole_font(figures: Figures, count: int) -> bytes:
    """A TrueType file of `count` holes with the digits' width and the real face's vertical metrics."""
    digits = digits_of(figures)
    with TTFont(figures.face.path, lazy=True) as real:
        hhea, os2 = real["hhea"], real["OS/2"]
        metrics = {
            "sTypoAscender": os2.sTypoAscender,
            "sTypoDescender": os2.sTypoDescender,
            "sTypoLineGap": os2.sTypoLineGap,
            "usWinAscent": os2.usWinAscent,
            "usWinDescent": os2.usWinDescent,
            "fsSelection": os2.fsSelection,
            "sxHeight": getattr(os2, "sxHeight", 0),
            "sCapHeight": getattr(os2, "sCapHeight", 0),
        }
        vertical = {"ascent": hhea.ascent, "descent": hhea.descent, "lineGap": hhea.lineGap}
    # Layout measures a line by the space of its first font; without one it would take another face's.
    names = [".notdef", *(f"hole{n}" for n in range(1, count + 1)), "space"]
    builder = FontBuilder(digits.units_per_em, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(" "): "space"} | {FIRST_HOLE + n: f"hole{n}" for n in range(1, count + 1)})
    blank = TTGlyphPen(None).glyph()
    builder.setupGlyf(dict.fromkeys(names, blank))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (digits.advance, 0)) | {"space": (digits.space, 0)})
    builder.setupHorizontalHeader(**vertical)
    builder.setupNameTable({"familyName": figures.family, "styleName": "Regular"})
    builder.setupOS2(version=4, **metrics)
    builder.setupPost(keepGlyphNames=False)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def characters(run: Run) -> str:
    """The text that stands for a run of holes while the page is laid out."""
    return "".join(chr(FIRST_HOLE + n) for n in range(run.first, run.first + run.count))


def runs_for(anchors: Iterable[str], widths: Mapping[str, int], folios: Iterable[int]) -> tuple[Run, ...]:
    """Holes for every anchor named and for every folio, side by side without gaps.

    `widths` gives each anchor's number of digits (1 when absent); `folios` the digits of each page's.
    """
    runs, first = [], 1
    for page, count in enumerate(folios):
        runs.append(Run(first, count, page=page))
        first += count
    for anchor in anchors:
        count = widths.get(anchor, 1)
        runs.append(Run(first, count, anchor=anchor))
        first += count
    return tuple(runs)


def room_for(runs: Iterable[Run]) -> int:
    """How many holes a font must have for these runs, in steps so that sheets can share one file.

    Raises BookError where no font could hold them.
    """
    needed = max((run.first + run.count for run in runs), default=1)
    if needed >= HOLE_LIMIT:
        raise BookError(
            "One part of the book prints more page numbers than a font can hold.",
            "Make two guides of it, or leave out an index.",
        )
    steps = (2_048, 16_384, HOLE_LIMIT)
    return next((step for step in steps if needed < step), HOLE_LIMIT)


def filling(runs: Iterable[Run], number_of: Mapping[str, int], first_page: int) -> dict[int, int]:
    """Hole -> digit, once the numbers are known: anchors by name, folios counted from `first_page`.

    A number shorter than its run is set flush right and leaves holes on its left unfilled. Raises
    ValueError for one that is longer: it would run into its neighbour.
    """
    filled: dict[int, int] = {}
    for run in runs:
        number = number_of.get(run.anchor) if run.anchor else first_page + run.page
        if number is None:
            continue
        text = str(number)
        if len(text) > run.count:
            raise ValueError(f"{number} does not fit into {run.count} holes")
        start = run.first + run.count - len(text)
        for place, digit in enumerate(text):
            filled[start + place] = int(digit)
    return filled
