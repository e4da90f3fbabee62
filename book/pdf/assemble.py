"""A PDF file from numbered objects: small ones packed in object streams, then a cross-reference stream.

Only what binding needs, and no more: objects are bytes that refer to each other by final numbers.
Reference: ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams).
"""

from __future__ import annotations

import hashlib
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from book.pdf.sheet import FIELD, Block, Numbers, write_numbers
from book.workers import processors

OBJECTS_A_STREAM = 200  # a reader unpacks a whole stream to see one object in it
LEVEL = 4  # of zlib: a third of the time of 6, for files that are a hundredth larger


@dataclass(frozen=True)
class _Placed:
    """A sheet's block, the final number of each of its objects, and the final number of its first key."""

    block: Block
    moves: Numbers
    key: int


@dataclass
class Assembly:
    """Objects in the making. Numbers count from 1; a number that gets no body is a free one."""

    _count: int = 0
    _bodies: dict[int, bytes] = field(default_factory=dict)
    _streams: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    _blocks: list[_Placed] = field(default_factory=list)

    def take(self, count: int = 1) -> int:
        """The first of as many numbers as asked for, for objects whose bodies come later."""
        first = self._count + 1
        self._count += count
        return first

    def put(self, number: int, body: bytes, stream: bytes | None = None) -> int:
        """The body of an object; with a stream, `body` is its dictionary, Length included."""
        if stream is None:
            self._bodies[number] = body
        else:
            self._streams[number] = body, stream
        return number

    def add(self, body: bytes, stream: bytes | None = None) -> int:
        """Take a number and give its body at once."""
        return self.put(self.take(), body, stream)

    def add_stream(self, content: bytes, entries: bytes = b"") -> int:
        """A compressed stream with further dictionary entries."""
        packed = zlib.compress(content, 6)
        return self.add(b"<</Filter /FlateDecode/Length %d%s>>" % (len(packed), entries), packed)

    def put_block(self, block: Block, moves: Numbers, key: int) -> None:
        """A sheet's objects: number n becomes `moves[n]`, and its structure's keys count from `key`."""
        self._blocks.append(_Placed(block, moves, key))

    def file(self, root: int, info: int) -> bytes:
        """The whole file; its identifier follows from its content."""
        bodies = sorted(self._bodies.items())
        groups = [
            bodies[start : start + OBJECTS_A_STREAM] for start in range(0, len(bodies), OBJECTS_A_STREAM)
        ]
        # Compression lets go of the interpreter, so that threads do it side by side.
        with ThreadPoolExecutor(processors()) as threads:
            packed = [*threads.map(_group_stream, groups), *threads.map(_block_stream, self._blocks)]
        out = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        length = len(out[0])
        holders = self._count + 1
        table = np.zeros(holders + len(packed) + 1, _ROW)
        table[0] = (0, 0, 65_535)
        for number, (body, stream) in sorted(self._streams.items()):
            table[number] = (1, length, 0)
            out.append(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, body, stream))
            length += len(out[-1])
        for holder, (numbers, first, content) in enumerate(packed, start=holders):
            table[holder] = (1, length, 0)
            table["kind"][numbers], table["place"][numbers] = 2, holder
            table["index"][numbers] = np.arange(len(numbers))
            entries = (len(numbers), first, len(content))
            out.append(
                b"%d 0 obj\n<</Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d>>\nstream\n"
                % (holder, *entries)
            )
            out += [content, b"\nendstream\nendobj\n"]
            length += sum(map(len, out[-3:]))
        table[-1] = (1, length, 0)
        whole = b"".join(out)
        return whole + _cross_references(table, length, root, info, hashlib.md5(whole, usedforsecurity=False))


_ROW = np.dtype([("kind", "u1"), ("place", ">u4"), ("index", ">u2")])
"""A line of the cross-reference stream, as the file has it."""

_Stream = tuple[Numbers, int, bytes]
"""An object stream: the numbers of its objects, the length of its head, and all of it compressed."""


def _group_stream(group: list[tuple[int, bytes]]) -> _Stream:
    heads, offset = [], 0
    for number, body in group:
        heads.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    head = b" ".join(heads) + b"\n"
    content = head + b"\n".join(body for _, body in group)
    return np.array([number for number, _ in group], np.int32), len(head), zlib.compress(content, LEVEL)


def _block_stream(placed: _Placed) -> _Stream:
    numbers, starts, places, targets = placed.block.columns()
    final = placed.moves[numbers]
    text = np.frombuffer(placed.block.text, np.uint8).copy()
    write_numbers(text, places, _values(targets, placed))
    head = np.full((len(numbers), 2 * (FIELD + 1)), ord(" "), np.uint8)
    lines = np.arange(len(numbers), dtype=np.int32) * head.shape[1]
    flat = head.reshape(-1)
    write_numbers(flat, lines, final)
    write_numbers(flat, lines + FIELD + 1, starts)
    return final, len(flat), zlib.compress(flat.tobytes() + text.tobytes(), LEVEL)


def _values(targets: Numbers, placed: _Placed) -> Numbers:
    """What the fields say: an object's final number, or a key of the parent tree."""
    values: Numbers = np.where(targets >= 0, placed.moves[np.maximum(targets, 0)], placed.key - 1 - targets)
    return values


def _cross_references(
    table: npt.NDArray[np.void], start: int, root: int, info: int, content: hashlib._Hash
) -> bytes:
    identifier = content.hexdigest().encode()
    packed = zlib.compress(table.tobytes(), 6)
    entries = b"/Type /XRef/Size %d/W [1 4 2]/Root %d 0 R/Info %d 0 R/ID [<%s><%s>]" % (
        len(table),
        root,
        info,
        identifier,
        identifier,
    )
    return b"%d 0 obj\n<<%s/Filter /FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        len(table) - 1,
        entries,
        len(packed),
        packed,
    ) + (b"startxref\n%d\n%%%%EOF\n" % start)
