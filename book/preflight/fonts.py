"""The fonts of a finished file: whether they are in it, whose they are, which of their glyphs are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from PIL import ImageFont

PRIVATE = "\U000f0000"
"""The first character of the planes that Unicode leaves to everybody's own use."""

_TAG = re.compile(r"^[A-Z]{6}\+")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)


@dataclass(frozen=True, eq=False)
class FontFacts:
    """A font as the file has it. `names` are what it calls itself, without the tag of a subset.

    `glyphs` maps codes to glyphs where that is not one to one; `meant` is what each code stands for.
    """

    name: str
    names: frozenset[str]
    embedded: bool
    two_bytes: bool
    drawn_here: bool  # Type 3: its glyphs are drawings of the file itself
    glyphs: Sequence[int] | None = None
    meant: dict[int, str] = field(default_factory=dict)

    def codes(self, text: bytes) -> list[int]:
        """The codes of a string."""
        if not self.two_bytes:
            return list(text)
        return [text[place] << 8 | text[place + 1] for place in range(0, len(text) - 1, 2)]

    def is_blank(self, codes: Iterable[int]) -> bool:
        """Whether nothing of it is to be seen; what nobody knows the meaning of is taken for ink."""
        return all(self.meant.get(code, "?").isspace() for code in codes)

    def is_empty(self, codes: Iterable[int]) -> bool:
        """Whether the codes keep a place for a number that was never filled in.

        Such a place is set in blanks that are pointed at digits later: a font with a table of its own for
        glyphs, or characters that are nobody's.
        """
        private = all(self.meant.get(code, "") >= PRIVATE for code in codes)
        return private or (
            self.glyphs is not None and all(self.meant.get(code, " ").isspace() for code in codes)
        )

    def undrawn(self, codes: Iterable[int]) -> int:
        """How many of the codes show the box that stands for a letter which the font lacks."""
        if not self.two_bytes:
            return 0
        if self.glyphs is None:
            return sum(code == 0 for code in codes)
        glyphs = self.glyphs
        return sum(code >= len(glyphs) or glyphs[code] == 0 for code in codes)

    def is_of(self, families: Iterable[str]) -> bool:
        """Whether it is of one of these families."""
        return any(
            name == family or name.startswith(f"{family}-") for name in self.names for family in families
        )


def font_facts(font: Any) -> FontFacts:
    """What is known of a font dictionary."""
    inner = font
    two_bytes = str(font.get("/Subtype")) == "/Type0"
    if two_bytes and "/DescendantFonts" in font:
        inner = font.DescendantFonts[0]
    descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
    file = next(
        (descriptor[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor), None
    )
    name = _TAG.sub("", str(font.get("/BaseFont", font.get("/Name", "/unnamed")))[1:])
    names = {plain(name)} | ({_own_name(file)} if file is not None else set())
    table = inner.get("/CIDToGIDMap")
    glyphs = None
    if isinstance(table, pikepdf.Stream):
        held = table.read_bytes()
        glyphs = [held[place] << 8 | held[place + 1] for place in range(0, len(held) - 1, 2)]
    meaning = font.get("/ToUnicode")
    return FontFacts(
        name=name,
        names=frozenset(names - {""}),
        embedded=file is not None,
        two_bytes=two_bytes,
        drawn_here=str(font.get("/Subtype")) == "/Type3",
        glyphs=glyphs,
        meant=_meant(meaning.read_bytes()) if isinstance(meaning, pikepdf.Stream) else {},
    )


def family_names(families: Iterable[str], files: Iterable[Path]) -> frozenset[str]:
    """The names by which fonts of these CSS families and files may go in a PDF."""
    return frozenset(map(plain, families)) | {_file_name(path) for path in files} - {""}


def plain(name: str) -> str:
    """A font's name without spaces, in small letters."""
    return re.sub(r"\s+", "", name).casefold()


def _own_name(file: Any) -> str:
    try:
        return plain(ImageFont.truetype(BytesIO(file.read_bytes())).getname()[0] or "")
    except (OSError, pikepdf.PdfError):
        return ""  # a bare set of outlines does not know its name


def _file_name(path: Path) -> str:
    try:
        return plain(ImageFont.truetype(str(path)).getname()[0] or "")
    except OSError:
        return ""


def _meant(table: bytes) -> dict[int, str]:
    """What codes stand for, by a ToUnicode table (Adobe Technical Note 5411)."""
    meant = {}
    for rows in _CHARS.findall(table):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", rows):
            meant[int(code, 16)] = _text(text)
    for rows in _RANGES.findall(table):
        for first, last, text in _RANGE.findall(rows):
            start, whole = int(first, 16), int(text, 16)
            for step in range(min(int(last, 16) - start + 1, 0x10000)):
                meant[start + step] = _text(b"%0*x" % (len(text), whole + step))
    return meant


def _text(digits: bytes) -> str:
    if len(digits) % 4:
        digits = digits.rjust(len(digits) + 4 - len(digits) % 4, b"0")
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
