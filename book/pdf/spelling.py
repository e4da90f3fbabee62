"""What is drawn, spelt so that copying and searching find its letters in the order in which they are read.

WeasyPrint gives each glyph a code, and the code the letters that the glyph was first used for. In Arabic,
Devanagari, Thai and others, letters and glyphs are not one to one: several glyphs draw one letter, one draws
several, vowels stand before the consonants they follow, and a stem without its dots is five letters. Here
such a cluster gets a code of its own, and the face a glyph that draws the whole of it (see `faces`).

No ActualText is used: PDFium and Poppler turn that round where lines run leftward, and what it says need not
be what is drawn. Readers take glyphs from left to right and turn leftward lines round letter by letter, which
puts the letters of one code the wrong way. So a leftward cluster of several letters has as many codes: the
leftmost draws it all, the others are blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from book.pdf.sheet import Drawn

ROOM_FOR_MISSING = 4_096
"""Codes past a face's glyphs that are left to WeasyPrint, for characters that no face has."""

_LAST_CODE = 0xFFFF  # a code has two bytes
_UNITS = 1_024  # Pango's in a pixel
_EMPTY = 0x0FFF_FFFF  # Pango's glyph that is nothing
_UNKNOWN = 0x1000_0000  # and its mark of one that no face has
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_LEAST_EM = 0.11
"""How far apart codes of a cluster are: Poppler takes what is closer for a letter set twice, as if bold."""

_ONE_TO_ONE = re.compile(
    "[\0-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u200b\u2010-\u2029\u202f-\u205f\u2070-\u20cf\u2100-\u2dff"
    "\u2e00-\u302f\u3030-\ua4cf\uac00-\ud7a3\ue000-\ufaff\ufe50-\ufe6f\uff00-\uffef\U00020000-\U0010ffff]*"
)
"""Text whose letters and glyphs are one to one, ligatures apart: nearly all there is, so it is left alone."""


def spelt_out(draw: Callable[..., Any], ffi: Any) -> Callable[..., Any]:
    """WeasyPrint's `draw_first_line`, shown clusters as codes of their own; `ffi` is WeasyPrint's."""

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        layout = textbox.pango_layout
        if _ONE_TO_ONE.fullmatch(layout.text):
            return draw(stream, textbox, *rest)
        as_laid_out = layout.get_first_line

        def as_spelt() -> tuple[Any, Any]:
            line, index = as_laid_out()
            return _Line(_spelt(line, layout.text.encode(), stream, ffi.NULL)), index

        layout.get_first_line = as_spelt
        try:
            return draw(stream, textbox, *rest)
        finally:
            del layout.get_first_line

    return draw_first_line


def alike(one: str, other: str) -> bool:
    """Whether two texts may stand for each other: case, hyphens and blanks apart, they say the same."""
    return one == other or _said(one) == _said(other)


@lru_cache(maxsize=4_096)
def _said(text: str) -> str:
    signs = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        sign for sign in signs if unicodedata.category(sign)[0] in "LMN" or unicodedata.mirrored(sign)
    )


# ------------------------------------------------------------------ a line as WeasyPrint's drawing reads it


@dataclass(slots=True)
class _Geometry:
    width: float
    x_offset: float = 0
    y_offset: float = 0


@dataclass(slots=True)
class _Glyph:
    glyph: int
    geometry: _Geometry


@dataclass(slots=True)
class _Glyphs:
    glyphs: Sequence[Any]
    log_clusters: Sequence[int]

    @property
    def num_glyphs(self) -> int:
        return len(self.glyphs)


@dataclass(slots=True)
class _GlyphItem:
    item: Any
    glyphs: _Glyphs


@dataclass(slots=True)
class _Run:
    data: Any
    next: Any


class _Line:
    """A line that is a chain of runs, as in Pango."""

    def __init__(self, runs: Any) -> None:
        self.runs = [runs]


def _spelt(line: Any, text: bytes, stream: Any, end: Any) -> Any:
    """The line's runs with clusters spelt, as a chain that ends with `end`."""
    items = []
    run = line.runs[0]
    while run != end:
        items.append(run.data)
        run = run.next
    chain = end
    for item in reversed([_spelt_item(item, text, stream) for item in items]):
        chain = _Run(item, chain)
    return chain


def _spelt_item(run: Any, text: bytes, stream: Any) -> Any:
    font, size = stream.add_font(run.item.analysis.font)
    if "glyf" not in font.tables or font.bitmap or font.svg or font.png or font.colr:
        return run
    count = run.glyphs.num_glyphs
    glyphs, places = run.glyphs.glyphs[0:count], list(run.glyphs.log_clusters[0:count])
    leftward = bool(run.item.analysis.level % 2)
    said = text[run.item.offset : run.item.offset + run.item.length]
    spelt: list[Any] = []
    clusters: list[int] = []
    for first, last, letters in _clusters(places, said, leftward):
        codes = _codes(glyphs[first:last], letters, font, size, leftward)
        spelt.extend(codes)
        clusters += [places[first]] * len(codes)
    return _GlyphItem(run.item, _Glyphs(spelt, clusters))


def _clusters(places: Sequence[int], said: bytes, leftward: bool) -> Iterator[tuple[int, int, str]]:
    """The clusters of a run from left to right: its glyphs from `first` up to `last`, and its letters.

    What Pango keeps apart is one cluster where its letters only sit on the one before them, as marks do: a
    reader that meets a glyph without width parts the word there.
    """
    begins = sorted(set(places))
    ends = dict(zip(begins, [*begins[1:], len(said)], strict=True))
    in_order: list[tuple[int, int, str]] = []
    for place in begins:
        first, last = places.index(place), len(places) - places[::-1].index(place)
        letters = said[place : ends[place]].decode()
        if in_order and all(map(_sits, letters)):
            before, after, base = in_order.pop()
            first, last, letters = min(first, before), max(last, after), base + letters
        in_order.append((first, last, letters))
    return reversed(in_order) if leftward else iter(in_order)


def _sits(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M" or letter in _JOINERS


def _codes(glyphs: Sequence[Any], letters: str, font: Any, size: float, leftward: bool) -> Sequence[Any]:
    """A cluster as WeasyPrint is to write it; `size` is the font's, in pixels."""
    inked = [each for each in glyphs if each.glyph != _EMPTY]
    if not inked or any(each.glyph & _UNKNOWN for each in inked):
        return glyphs
    alone = len(glyphs) == 1 and not glyphs[0].geometry.y_offset
    if alone and not (leftward and len(letters) > 1):
        known = font.to_unicode.setdefault(glyphs[0].glyph, letters)
        if alike(known, letters):
            return glyphs
    pieces = letters[::-1] if leftward else [letters]
    scale = font.upem / size / _UNITS
    total = sum(each.geometry.width for each in glyphs)
    share = total / len(pieces)
    if len(pieces) > 1:
        share = max(share, _LEAST_EM * size * _UNITS)
    parts, pen = [], 0.0
    for each in glyphs:
        if each.glyph != _EMPTY:
            x, y = pen + each.geometry.x_offset, -each.geometry.y_offset
            parts.append((each.glyph, round(x * scale), round(y * scale)))
        pen += each.geometry.width
    codes: list[Any] = []
    for number, piece in enumerate(pieces):
        drawn = Drawn(() if number else tuple(parts), round(share * scale), piece)
        code = _code_of(drawn, font)
        if code is None:
            return glyphs
        left = total - share * number if number == len(pieces) - 1 else share
        codes.append(_Glyph(code, _Geometry(left)))
    return codes


def _code_of(drawn: Drawn, font: Any) -> int | None:
    """The code of what is drawn, made when it is met first; None where a font has no more."""
    codes: dict[Drawn, int] = font.spelt
    if drawn not in codes:
        code = font.glyph_count + ROOM_FOR_MISSING + len(codes)
        if code > _LAST_CODE:
            return None
        codes[drawn] = code
        font.to_unicode[code] = drawn.text
        font.widths[code] = round(drawn.advance * 1000 / font.upem)
    return codes[drawn]


def drawn_by_code(font: Any) -> Mapping[int, Drawn]:
    """What a font of WeasyPrint's draws by codes of ours."""
    return {code: drawn for drawn, code in font.spelt.items()}
