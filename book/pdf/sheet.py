"""What a painted shard is: PDF objects that can be moved, and what binding must know of them.

A sheet holds no page number and no font: both are filled in by `bind`. It pickles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from book.model import Anchor, Bookmark, Finding

Numbers = npt.NDArray[np.int32]

# Strings and hex strings are matched first, so that text such as "(6 0 R)" is left alone.
_REFERENCE = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|(?<![0-9.])(?P<number>\d+) 0 R\b"
    rb"|@(?P<key>\d+)@",
    re.DOTALL,
)

FIELD = 7
"""Digits that every number has room for: readers give up at 8,388,607 objects."""


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
        if match["number"]:
            chunks.append(body[start : match.start()])
            targets.append(int(match["number"]))
            start = match.end()
    chunks.append(body[start:])
    return Part(tuple(chunks), tuple(targets), stream)


@dataclass(frozen=True, slots=True)
class Block:
    """Many small objects as one text, in which every reference is a field that any number fits.

    `numbers` and `starts` say which object begins where in `text`. `places` are the fields' places and
    `targets` what they name: object n of the sheet as n, its structure's key k as -1 - k. All four are
    32-bit integers as bytes, so that a whole book is renumbered in one stroke.
    """

    text: bytes
    numbers: bytes
    starts: bytes
    places: bytes
    targets: bytes

    def columns(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Numbers, starts, places and targets as arrays."""
        numbers, starts, places, targets = (
            np.frombuffer(column, np.int32)
            for column in (self.numbers, self.starts, self.places, self.targets)
        )
        return numbers, starts, places, targets


def key_field(key: int) -> bytes:
    """A key of the parent tree as `block_of` finds it, for keys move as objects do."""
    return b"@%d@" % key


def block_of(objects: Iterable[tuple[int, bytes]]) -> Block:
    """The objects, by number, with every reference made a field of FIELD blanks."""
    pieces: list[bytes] = []
    numbers, starts, places, targets = [], [], [], []
    length = 0
    for number, body in objects:
        numbers.append(number)
        starts.append(length)
        start = 0
        for match in _REFERENCE.finditer(body):
            named = match["number"]
            if not (named or match["key"]):
                continue
            before = body[start : match.start()]
            pieces += (before, b" " * FIELD)
            length += len(before)
            places.append(length)
            targets.append(int(named) if named else -1 - int(match["key"]))
            length += FIELD
            start = match.start() + len(named) if named else match.end()
        pieces += (body[start:], b"\n")
        length += len(body) - start + 1
    columns = (np.array(column, np.int32).tobytes() for column in (numbers, starts, places, targets))
    return Block(b"".join(pieces), *columns)


def write_numbers(text: npt.NDArray[np.uint8], places: Numbers, values: Numbers) -> None:
    """Write every value into its field, flush right, with blanks before it."""
    powers = 10 ** np.arange(FIELD - 1, -1, -1, dtype=np.int32)
    digits = (values[:, None] // powers % 10 + ord("0")).astype(np.uint8)
    digits[:, :-1][values[:, None] < powers[:-1]] = ord(" ")
    text[places[:, None] + np.arange(FIELD, dtype=np.int32)] = digits


@dataclass(frozen=True, slots=True)
class Structure:
    """A sheet's share of the structure tree, by its object numbers.

    `part` is the element that holds all others, `above` the number that stands for its parent, and
    `leaf` the sheet's node of the parent tree, with keys from 0 up to `keys`.
    """

    part: int
    above: int
    leaf: int
    keys: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A glyph that a face has not, made of some that it has: their ids, each with where it stands.

    Places and `advance` are in the face's own units, y upward. Without `parts` it is blank. `text` is what
    it is copied and found as.
    """

    parts: tuple[tuple[int, int, int], ...]
    advance: int
    text: str


@dataclass(frozen=True, slots=True)
class FaceUse:
    """The glyphs that a sheet uses of one face, as the font object `number` of the sheet.

    `file` is the font file's SHA-256; `axes` are its variations as sorted pairs; `glyphs` maps glyph
    ids to the text they stand for, `widths` to their advance in thousandths of an em. `missing` maps
    the ids that stand for characters which no face has to those characters. `drawn` are glyphs to be made,
    by the sheet's codes for them, which lie past the face's own ids.
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
    drawn: Mapping[int, Drawn] = field(default_factory=dict)


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
    """A painted shard. Object numbers count from 1 within the sheet up to `size`.

    `block` holds its objects without streams and `streams` the others; font objects are in neither, for
    binding supplies them. `pages` are the object numbers of its pages in order, `pages_root` is the
    number that pages name as their parent, `boxes` are the page boxes as PDF writes them.
    """

    name: str
    size: int
    block: Block
    streams: tuple[tuple[int, Part], ...]
    pages: tuple[int, ...]
    pages_root: int
    boxes: bytes
    structure: Structure
    faces: tuple[FaceUse, ...]
    holes: tuple[HoleUse, ...]
    runs: tuple[Run, ...]
    anchors: tuple[Anchor, ...]
    bookmarks: tuple[Bookmark, ...]
    targets: tuple[str, ...] = ()  # anchors that its links lead to, each once
    findings: tuple[Finding, ...] = ()
    openings: tuple[tuple[str, ...], ...] = ()  # the first words of each page, block by block

    @property
    def page_count(self) -> int:
        """How many pages the sheet has, blank ones within it included."""
        return len(self.pages)
