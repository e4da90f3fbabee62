"""The object streams of a finished PDF, and what was learnt of those that stood in the last file.

Binding packs small objects into object streams (ISO 32000-1, 7.5.7), one for each sheet. A stream whose bytes
were in the last file holds the same objects under the same numbers, and these are not taken apart again; what
they refer to in other places is looked up each time.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from book.cache import Cache, engine, key_of, pack, unpack

Name = tuple[int, int]
"""An object's number and generation."""

Row = tuple[Name, Name | None, str, str]
"""What an object says: its name, that of the page that it says to belong to, the key, the words.

A plain row, for there are tens of thousands. What is attached or is a script has a key without a slash,
which says what it is.
"""

PageRow = tuple[bytes, tuple[Name, ...], Name, tuple[str, ...], tuple[Name, ...], tuple[tuple[str, str], ...]]
"""A page as its own stream tells it: a digest of what its text comes from, the objects elsewhere that this
leads to, the branch that it hangs on, the keys whose values may come from there, its annotations, and the
keys and texts of those that are part of the page itself.
"""

_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+\Z")
_HOLDER = re.compile(
    rb" 0 obj\n<</Type /ObjStm/N \d+/First (?P<head>\d+)"
    rb"/Filter /FlateDecode/Length (?P<packed>\d+)>>\nstream\n"
)
"""An object stream as binding writes it. In a file that has others, all is read each time."""

_HIGHEST = 8_388_607  # number of an object (ISO 32000-1, annex C.2)
_NOWHERE = -1

_Told = tuple[bytes, Sequence[Row], Mapping[int, PageRow]]
"""The numbers of a stream's objects as 32-bit integers, all that they say, and pages by their numbers."""


@dataclass
class Streams:
    """A file's object streams by their digests, each with the numbers of its objects.

    A stream counts only where each of its numbers stands nowhere else in the file. `rows` and `pages` are
    what those say that were in the last file.
    """

    numbers: Mapping[bytes, npt.NDArray[np.int32]] = field(default_factory=dict)
    pages: Mapping[int, PageRow] = field(default_factory=dict)
    new_pages: dict[int, PageRow] = field(default_factory=dict)
    """Pages that were met for the first time; for whoever meets them to fill in."""
    _known: Mapping[bytes, _Told] = field(default_factory=dict)
    _homes: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _cache: Cache | None = None
    _are_new: bool = False

    @classmethod
    def of(cls, content: bytes, cache: Cache | None) -> Streams:
        """Those of a file; none without a cache, and none where some are written in another way than ours."""
        if cache is None:
            return cls()
        kept = unpack(cache.get(_key()) or b"")
        before: Mapping[bytes, _Told] = kept if isinstance(kept, dict) else {}
        packed = _packed(content)
        numbers = {
            digest: np.frombuffer(before[digest][0], np.int32) if digest in before else _numbers(*stream)
            for digest, stream in packed.items()
        }
        homes = _homes(list(numbers.values()), _standing_alone(content))
        # Where a number stands twice in a file, a reader may show either: qpdf is asked for the whole stream.
        alone = {digest: held for digest, held in numbers.items() if (homes[held] != _NOWHERE).all()}
        known = {digest: before[digest] for digest in alone if digest in before}
        pages = {number: row for _, _, pages in known.values() for number, row in pages.items()}
        return cls(alone, pages, {}, known, homes, cache, alone.keys() != before.keys())

    def home_of(self, number: int) -> int:
        """The place of the stream that holds an object, among all; -1 where none does, or more than one."""
        return int(self._homes[number]) if number < len(self._homes) else _NOWHERE

    def settled(self) -> npt.NDArray[np.bool_]:
        """For every number up to the highest, whether its object was in the last file."""
        mask = np.zeros(len(self._homes), np.bool_)
        for digest in self._known:
            mask[self.numbers[digest]] = True
        return mask

    def rows(self) -> Iterator[Row]:
        """What the objects say that were in the last file."""
        for _, rows, _ in self._known.values():
            yield from rows

    def keep(self, rows: Mapping[int, Sequence[Row]], holding: Collection[int]) -> None:
        """Keep what was learnt for the next file, given what new objects say by their numbers.

        `holding` are those that lead to more than their own strings: their streams are read each time.
        """
        if self._cache is None or not self._are_new:
            return
        new = {
            digest: _told(numbers, rows, self.new_pages)
            for digest, numbers in self.numbers.items()
            if digest not in self._known and not np.isin(numbers, list(holding)).any()
        }
        self._cache.put(_key(), pack({**self._known, **new}))


def _key() -> str:
    return key_of("object streams", engine())


def _packed(content: bytes) -> dict[bytes, tuple[int, bytes]]:
    """The object streams of a file by their digests: the length of the head, and what is packed.

    Empty where there are others as well, or where something was added to the file after it was written.
    """
    found = {}
    for holder in _HOLDER.finditer(content):
        packed = content[holder.end() : holder.end() + int(holder["packed"])]
        found[hashlib.sha256(holder[0] + packed).digest()] = int(holder["head"]), packed
    ours = content.count(b"/ObjStm") == len(found) and content.count(b"startxref") == 1
    return found if ours else {}


def _numbers(head: int, packed: bytes) -> npt.NDArray[np.int32]:
    """The numbers that a stream's head names; none where these bytes only look like one."""
    try:
        words = zlib.decompressobj().decompress(packed, max(head, 1))[:head].split()[::2]
        numbers = [int(word) for word in words]
    except (zlib.error, ValueError):
        numbers = []
    ours = all(0 < number <= _HIGHEST for number in numbers)
    return np.array(numbers if ours else [], np.int32)


def _homes(streams: Sequence[npt.NDArray[np.int32]], alone: Collection[int]) -> npt.NDArray[np.int32]:
    """For every number the place of the stream that it stands in, if it stands there alone."""
    whole = np.concatenate([*streams, np.zeros(0, np.int32)])
    size = int(whole.max(initial=0)) + 1
    homes = np.full(size, _NOWHERE, np.int32)
    for place, numbers in enumerate(streams):
        homes[numbers] = place
    homes[np.bincount(whole, minlength=size) != 1] = _NOWHERE
    homes[[number for number in alone if number < size]] = _NOWHERE
    return homes


def _standing_alone(content: bytes) -> set[int]:
    """The numbers of the objects that stand in the file itself, in no stream."""
    # Found from the word, which is rare, and not from the digits before it, which are everywhere.
    before = (
        content[max(found.start() - 40, 0) : found.start()] for found in re.finditer(rb"obj\b", content)
    )
    return {int(number[1]) for number in map(_NUMBER.search, before) if number}


def _told(
    numbers: npt.NDArray[np.int32], rows: Mapping[int, Sequence[Row]], pages: Mapping[int, PageRow]
) -> _Told:
    """A stream that was read for the first time, as it is kept."""
    held = numbers.tolist()
    said = [row for number in held for row in rows.get(number, ())]
    return numbers.tobytes(), said, {number: pages[number] for number in held if number in pages}
