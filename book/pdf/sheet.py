"""What a painted shard is: PDF objects that can be moved, and what binding must know of them.

A sheet holds no page number and no font: both are filled in by `bind`. It pickles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from book.model import Anchor, Bookmark, Finding

# Strings and hex strings are matched first, so that text such as "(6 0 R)" is left alone.
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|(?<![0-9.])(\d+) 0 R\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF object cut at its references: `chunks` is one longer than `targets`.

    `targets` are numbers within the sheet; `stream` is the object's encoded stream, if it has one.
    """

    chunks: tuple[bytes, ...]
    targets: tuple[int, ...]
    stream: bytes | None = None

    def moved(self, number_of: Callable[[int], int]) -> bytes:
        """The object's own bytes with every reference renumbered, its stream left out."""
        if not self.targets:
            return self.chunks[0]
        pieces = [self.chunks[0]]
        for target, chunk in zip(self.targets, self.chunks[1:], strict=True):
            pieces.append(b"%d 0 R" % number_of(target))
            pieces.append(chunk)
        return b"".join(pieces)


def cut(body: bytes, stream: bytes | None = None) -> Part:
    """Cut an object's bytes at its references."""
    chunks, targets, start = [], [], 0
    for match in _REFERENCE.finditer(body):
        if match.group(1):
            chunks.append(body[start : match.start()])
            targets.append(int(match.group(1)))
            start = match.end()
    chunks.append(body[start:])
    return Part(tuple(chunks), tuple(targets), stream)


@dataclass(frozen=True, slots=True)
class FaceUse:
    """The glyphs that a sheet uses of one face, as the font object `number` of the sheet.

    `file` is the font file's SHA-256; `axes` are its variations as sorted pairs; `glyphs` maps glyph
    ids to the text they stand for, `widths` to their advance in thousandths of an em. `missing` maps
    the ids that stand for characters which no face has to those characters.
    """

    number: int
    file: str
    index: int
    axes: tuple[tuple[str, float], ...]
    family: str
    italic: bool
    glyphs: Mapping[int, str]
    widths: Mapping[int, int]
    missing: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HoleUse:
    """A font object that stands for digits not yet known: `family` is the theme's Figures family.

    `glyphs` are the hole glyphs used, in the order of their ids; glyph id n is the n-th hole, from 1.
    """

    number: int
    family: str
    glyphs: tuple[int, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Run:
    """Holes of one number: `count` of them from hole `first` (from 1), for the page of `anchor`.

    For a folio, `anchor` is empty and `page` is the page of the sheet, counted from 0.
    """

    first: int
    count: int
    anchor: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A painted shard. Object numbers count from 1 within the sheet; `parts[n - 1]` is object n.

    `pages` are the object numbers of its pages in order; `pages_root` is the number that pages name
    as their parent; `stubs` are the numbers of font objects that binding supplies.
    """

    name: str
    parts: tuple[Part, ...]
    pages: tuple[int, ...]
    pages_root: int
    faces: tuple[FaceUse, ...]
    holes: tuple[HoleUse, ...]
    runs: tuple[Run, ...]
    anchors: tuple[Anchor, ...]
    bookmarks: tuple[Bookmark, ...]
    targets: tuple[str, ...] = ()  # anchors that its links lead to, each once
    findings: tuple[Finding, ...] = ()

    @property
    def page_count(self) -> int:
        """How many pages the sheet has, blank ones within it included."""
        return len(self.pages)
