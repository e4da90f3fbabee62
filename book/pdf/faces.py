"""Fonts, once for the whole book: what all sheets use of a face becomes one subset and one font object.

Also the fonts of holes: one small font object a sheet, which sends each hole to a digit of the real
face, so that the sheet's pages need not be touched when its numbers change.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import ROUND_XY_TO_GRID, Glyph, GlyphComponent
from fontTools.ttLib.tables.ttProgram import Program

from book.model import BookError
from book.pdf.holes import Digits, digits_of
from book.pdf.sheet import Drawn, FaceUse
from book.pdf.spelling import alike
from book.themes import Face, Figures

FaceKey = tuple[str, int, tuple[tuple[str, float], ...]]
"""A face as it is set: the font file's SHA-256, its index, its variations."""


@dataclass
class Gathered:
    """All glyphs that a book uses of one face, while they are being gathered."""

    family: str
    italic: bool
    glyphs: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    made: dict[Make, None] = field(default_factory=dict)

    def serves(self, use: FaceUse) -> bool:
        """Whether the book's font object says what the sheet does; if not, the sheet wants one of its own."""
        if use.missing or use.drawn:
            return False
        return all(
            self.glyphs[glyph] == text or alike(self.glyphs[glyph], text)
            for glyph, text in use.glyphs.items()
        )


Make = tuple[tuple[tuple[int, int, int], ...], int]
"""A glyph to be made: parts and advance, as in `Drawn`."""


def make_of(drawn: Drawn) -> Make:
    """What has to be made for it, whatever it says."""
    return drawn.parts, drawn.advance


def gather(uses: Iterable[FaceUse]) -> dict[FaceKey, Gathered]:
    """One entry for each face in the order of first use; the first text seen for a glyph is kept."""
    faces: dict[FaceKey, Gathered] = {}
    for use in uses:
        face = faces.setdefault(key_of(use), Gathered(use.family, use.italic))
        for glyph, text in use.glyphs.items():
            face.glyphs.setdefault(glyph, text)
        face.widths.update((glyph, width) for glyph, width in use.widths.items() if glyph not in use.drawn)
        face.made.update(dict.fromkeys(map(make_of, use.drawn.values())))
    return faces


def key_of(use: FaceUse) -> FaceKey:
    """The face that a sheet's font object stands for."""
    return (use.file, use.index, use.axes)


def files_by_hash(faces: Iterable[Face]) -> dict[str, bytes]:
    """The theme's font files by their SHA-256."""
    contents = (path.read_bytes() for path in dict.fromkeys(face.path for face in faces))
    return {hashlib.sha256(content).hexdigest(): content for content in contents}


def figures_key(figures: Figures) -> FaceKey:
    """The face that a theme's figures are drawn from, at their weight."""
    content = figures.face.path.read_bytes()
    axes = {info.tag for info in hb.Face(hb.Blob(content)).axis_infos}
    pinned = (("wght", float(figures.weight)),) if "wght" in axes else ()
    return (hashlib.sha256(content).hexdigest(), 0, pinned)


def add_digits(faces: dict[FaceKey, Gathered], figures: Figures) -> None:
    """Make room in the face for the figures' ten digits and for a blank."""
    digits, blank = digits_of(figures), blank_of(figures)
    face = faces.setdefault(figures_key(figures), Gathered(figures.face.family, False))
    width = round(digits.advance * 1000 / digits.units_per_em)
    for number, glyph in enumerate(digits.glyphs):
        face.glyphs.setdefault(glyph, str(number))
        face.widths.setdefault(glyph, width)
    face.glyphs.setdefault(blank, " ")
    face.widths.setdefault(blank, width)


def blank_of(figures: Figures) -> int:
    """The glyph id of the face's space."""
    face = hb.Face(hb.Blob.from_file_path(str(figures.face.path)))
    glyph = hb.Font(face).get_nominal_glyph(ord(" "))
    if glyph is None:
        raise BookError(f"The face {figures.face.path.name} has no space.")
    return int(glyph)


def subset(content: bytes, key: FaceKey, glyphs: Iterable[int]) -> bytes:
    """The font file with these glyphs alone, under their old ids, its variations pinned."""
    _, index, axes = key
    face = hb.Face(hb.Blob(content), index)
    plan = hb.SubsetInput()
    plan.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    plan.sets(hb.SubsetInputSets.GLYPH_INDEX).update(set(glyphs))
    drop = plan.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    drop.update(map(_tag, _NEEDLESS))
    pinned = dict(axes)
    for axis in face.axis_infos:
        plan.pin_axis_location(face, axis.tag, pinned.get(axis.tag, axis.default_value))
    return bytes(hb.subset(face, plan).blob.data)


# Layout is done; readers want outlines and widths alone.
_NEEDLESS = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "STAT", "MATH", "meta")


def _tag(text: str) -> int:
    return int.from_bytes(text.encode("ascii"), "big")


def make(file: bytes, made: Iterable[Make]) -> tuple[bytes, Mapping[Make, int]]:
    """A TrueType font with glyphs made of its own behind the others, and their ids."""
    ids: dict[Make, int] = {}
    with TTFont(io.BytesIO(file), recalcTimestamp=False) as font:
        names = tuple(font.getGlyphOrder())  # the font goes on with its own list
        outlines, metrics = font["glyf"], font["hmtx"].metrics
        for parts, advance in made:
            name = f"made{len(ids)}"
            glyph = Glyph()
            if parts:
                glyph.numberOfContours = -1
                glyph.components = [_component(names[part], x, y) for part, x, y in parts]
                # A part that is itself made of others, or blank, would be one too many for some readers.
                glyph = _flat(glyph, outlines)
            ids[parts, advance] = len(names) + len(ids)
            outlines[name] = glyph
            glyph.recalcBounds(outlines)
            metrics[name] = (advance, getattr(glyph, "xMin", 0))
        out = io.BytesIO()
        font.save(out)
    return out.getvalue(), ids


def _component(name: str, x: int, y: int) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y = name, x, y
    component.flags = ROUND_XY_TO_GRID
    return component


def _flat(glyph: Glyph, outlines: Any) -> Glyph:
    """The glyph with outlines of its own in place of its parts."""
    points, ends, flags = glyph.getCoordinates(outlines)
    flat = Glyph()
    flat.numberOfContours = len(ends)
    if ends:
        flat.coordinates, flat.endPtsOfContours, flat.flags = points, ends, flags
        flat.coordinates.toInt()
        flat.program = Program()
        flat.program.fromBytecode(b"")
    return flat


@dataclass(frozen=True, slots=True)
class Fitted:
    """A face ready to embed: the file, its descriptor's entries, its PostScript name with a tag.

    `made` are the ids of glyphs that the book has made of the face's own.
    """

    file: bytes
    name: str
    opentype: bool  # CFF outlines, which want another kind of font object
    descriptor: Mapping[str, object]
    made: Mapping[Make, int]


def fit(content: bytes, key: FaceKey, face: Gathered) -> Fitted:
    """Subset a face for the book and measure it for its descriptor."""
    parts = {glyph for parts, _ in face.made for glyph, _, _ in parts}
    file = subset(content, key, face.glyphs.keys() | parts)
    made: Mapping[Make, int] = {}
    if face.made:
        file, made = make(file, face.made)
    with TTFont(io.BytesIO(file), lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        postscript = font["name"].getDebugName(6) or face.family.replace(" ", "")
        head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
        descriptor = {
            "FontFamily": pydyf.String(face.family),
            "Flags": 4 + (64 if face.italic else 0),  # symbolic: glyphs are named by id
            "FontBBox": pydyf.Array(
                round(value * scale) for value in (head.xMin, head.yMin, head.xMax, head.yMax)
            ),
            "ItalicAngle": float(font["post"].italicAngle),
            "Ascent": round(hhea.ascent * scale),
            "Descent": round(hhea.descent * scale),
            "CapHeight": round(getattr(os2, "sCapHeight", hhea.ascent) * scale),
            "StemV": 80,
        }
        opentype = "CFF " in font
    weight = "".join(f"-{tag}{value:g}" for tag, value in key[2] if tag != "wght" or value != 400)
    letters = hashlib.sha256(file).digest()[:6]
    tag = "".join(chr(65 + letter % 26) for letter in letters)
    name = "".join(letter for letter in postscript if letter.isalnum() or letter in "-_")
    return Fitted(file, f"{tag}+{name}{weight}", opentype, descriptor, made)


# ------------------------------------------------------------------------------- as PDF objects


def widths_array(widths: Mapping[int, int]) -> bytes:
    """The W entry of a CID font: runs of neighbouring glyphs."""
    out, last = [b"["], -2
    for glyph in sorted(widths):
        if glyph != last + 1:
            out.append(b"%s%d[" % (b"]" if len(out) > 1 else b"", glyph))
        out.append(b"%d " % widths[glyph])
        last = glyph
    return b"".join(out) + (b"]]" if widths else b"]")


def to_unicode(glyphs: Mapping[int, str]) -> bytes:
    """A ToUnicode CMap, uncompressed: what copying and searching find for each code."""
    lines = [
        b"/CIDInit /ProcSet findresource begin",
        b"12 dict begin",
        b"begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def",
        b"/CMapType 2 def",
        b"1 begincodespacerange",
        b"<0000> <ffff>",
        b"endcodespacerange",
    ]
    items = sorted(glyphs.items())
    for start in range(0, len(items), 100):  # a block holds at most a hundred lines
        block = items[start : start + 100]
        lines.append(b"%d beginbfchar" % len(block))
        lines += [b"<%04x> <%s>" % (glyph, text.encode("utf-16-be").hex().encode()) for glyph, text in block]
        lines.append(b"endbfchar")
    lines += [b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end"]
    return b"\n".join(lines)


def hole_map(filled: Mapping[int, int], holes: Iterable[int], digits: Digits, blank: int) -> bytes:
    """The CIDToGIDMap of a sheet's holes: two bytes a hole, from hole 0."""
    holes = tuple(holes)
    table = [blank] * (max(holes, default=0) + 1)
    for hole in holes:
        if hole in filled:
            table[hole] = digits.glyphs[filled[hole]]
    return b"".join(glyph.to_bytes(2, "big") for glyph in table)


def glyph_map(use: FaceUse, made: Mapping[Make, int]) -> bytes:
    """The CIDToGIDMap of a sheet's own font: what was made for its codes, .notdef where no face has one."""
    table = {code: made[make_of(drawn)] for code, drawn in use.drawn.items()}
    table |= {glyph: glyph for glyph in use.glyphs}
    last = max((*table, *use.missing))
    return b"".join(table.get(code, 0).to_bytes(2, "big") for code in range(last + 1))


def packed(content: bytes) -> bytes:
    """A stream's bytes as FlateDecode wants them."""
    return zlib.compress(content, 6)
