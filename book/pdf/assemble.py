"""A PDF file from numbered objects: small ones packed in object streams, then a cross-reference stream.

Only what binding needs, and no more: objects are bytes that refer to each other by final numbers.
Reference: ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams).
"""

from __future__ import annotations

import hashlib
import zlib

OBJECTS_A_STREAM = 200  # a reader unpacks a whole stream to see one object in it


class Assembly:
    """Objects in the making. Numbers count from 1; every number taken must be given a body."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []
        self._streams: dict[int, bytes] = {}

    def take(self) -> int:
        """A number for an object whose body comes later."""
        self._bodies.append(None)
        return len(self._bodies)

    def put(self, number: int, body: bytes, stream: bytes | None = None) -> int:
        """The body of an object; with a stream, `body` is its dictionary, Length included."""
        self._bodies[number - 1] = body
        if stream is not None:
            self._streams[number] = stream
        return number

    def add(self, body: bytes, stream: bytes | None = None) -> int:
        """Take a number and give its body at once."""
        return self.put(self.take(), body, stream)

    def add_stream(self, content: bytes, entries: bytes = b"") -> int:
        """A compressed stream with further dictionary entries."""
        packed = zlib.compress(content, 6)
        return self.add(b"<</Filter /FlateDecode/Length %d%s>>" % (len(packed), entries), packed)

    def file(self, root: int, info: int) -> bytes:
        """The whole file; its identifier follows from its content."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places: list[tuple[int, int, int]] = [(0, 0, 65_535)] + [(0, 0, 0)] * len(self._bodies)
        small: list[int] = []
        for number, body in enumerate(self._bodies, start=1):
            if body is None:
                continue
            if number in self._streams:
                places[number] = (1, len(out), 0)
                out += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (
                    number,
                    body,
                    self._streams[number],
                )
            else:
                small.append(number)
        for start in range(0, len(small), OBJECTS_A_STREAM):
            group = small[start : start + OBJECTS_A_STREAM]
            holder = len(places)
            places.append((1, len(out), 0))
            out += self._object_stream(holder, group)
            for index, number in enumerate(group):
                places[number] = (2, holder, index)
        self._finish(out, places, root, info)
        return bytes(out)

    def _object_stream(self, holder: int, group: list[int]) -> bytes:
        bodies = [self._bodies[number - 1] or b"null" for number in group]
        heads, offset = [], 0
        for number, body in zip(group, bodies, strict=True):
            heads.append(b"%d %d" % (number, offset))
            offset += len(body) + 1
        head = b" ".join(heads) + b"\n"
        packed = zlib.compress(head + b"\n".join(bodies), 6)
        entries = b"/Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d" % (
            len(group),
            len(head),
            len(packed),
        )
        return b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (holder, entries, packed)

    def _finish(self, out: bytearray, places: list[tuple[int, int, int]], root: int, info: int) -> None:
        number, start = len(places), len(out)
        places.append((1, start, 0))
        identifier = hashlib.md5(out, usedforsecurity=False).hexdigest().encode()
        width = max(4, (start.bit_length() + 7) // 8)
        table = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(width, "big") + index.to_bytes(2, "big")
            for kind, place, index in places
        )
        packed = zlib.compress(table, 6)
        entries = b"/Type /XRef/Size %d/W [1 %d 2]/Root %d 0 R/Info %d 0 R/ID [<%s><%s>]" % (
            len(places),
            width,
            root,
            info,
            identifier,
            identifier,
        )
        out += b"%d 0 obj\n<<%s/Filter /FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
            number,
            entries,
            len(packed),
            packed,
        )
        out += b"startxref\n%d\n%%%%EOF\n" % start
