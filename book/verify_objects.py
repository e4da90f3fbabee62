"""What a PDF's objects say apart from its pages, and what they said in the last file.

Binding packs small objects into object streams (ISO 32000-1, 7.5.7), one for each sheet. A stream whose bytes
were in the last file holds the same objects under the same numbers, and these are not taken apart again; to
whom they belong is for the caller to say, who knows where the pages are now.
"""

from __future__ import annotations

import hashlib
import html
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

import numpy as np
import pikepdf

from book.cache import Cache, engine, key_of, pack, unpack
from book.sentences import words_of
from book.verify_strings import TELLING, TOLD, strings_in
from book.verify_walk import Name, Walk

Row = tuple[Name, Name | None, str, str]
"""What an object says: its name, that of the page that it says to belong to, the key, the words.

A plain row, for there are tens of thousands. What is attached or is a script has a key without a slash,
which says what it is.
"""

_STRING_OR_REFERENCE = re.compile(rb"(\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>)|\b\d+ \d+ R\b", re.DOTALL)
_SHORTEST = 4  # letters of a string that could say anything
_HOLDING = re.compile(rb"/(?:JS|EF)\b")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+\Z")
_HOLDER = re.compile(
    rb" 0 obj\n<</Type /ObjStm/N \d+/First (?P<head>\d+)"
    rb"/Filter /FlateDecode/Length (?P<packed>\d+)>>\nstream\n"
)
"""An object stream as binding writes it: others are not looked for, and so always read."""


def heard(text: str) -> str:
    """The words of a string that stands anywhere but on a page; empty where they could say nothing."""
    return words_of(unquote(text)) if len(text) >= _SHORTEST else ""


def sayings(walk: Walk, cache: Cache | None) -> Iterator[Row]:
    """What every object of a file says.

    With a cache, object streams that were in the last file are not taken apart again.
    """
    key = key_of("object streams", engine())
    kept = unpack(cache.get(key) or b"") if cache else None
    before: Mapping[bytes, _Told] = kept if isinstance(kept, dict) else {}
    streams = _streams(walk.content)
    known = {digest: before[digest] for digest in streams if digest in before}
    settled = _settled(walk.content, known.values())
    reading = _Reading()
    for thing in walk.objects(passed_over=settled):
        yield from reading.rows_of(thing)
    for _, rows in known.values():
        # Where a number stands twice in a file, what stands for it has been read.
        yield from (row for row in rows if row[0][0] in settled)
    if cache and streams.keys() != before.keys():
        new = {digest: _told(packed, reading) for digest, packed in streams.items() if digest not in known}
        cache.put(key, pack(known | {digest: told for digest, told in new.items() if told}))


_Told = tuple[bytes, Sequence[Row]]
"""The numbers of a stream's objects as 32-bit integers, and all that they say."""


def _streams(content: bytes) -> dict[bytes, tuple[int, bytes]]:
    """The object streams of a file by their digests: the length of the head, and what is packed."""
    found = {}
    for holder in _HOLDER.finditer(content):
        packed = content[holder.end() : holder.end() + int(holder["packed"])]
        found[hashlib.sha256(holder[0] + packed).digest()] = int(holder["head"]), packed
    return found


def _settled(content: bytes, known: Iterable[_Told]) -> set[int]:
    """The numbers that stand in one known stream, and nowhere else in the file."""
    all_numbers = [np.frombuffer(numbers, np.int32) for numbers, _ in known]
    found, times = np.unique(np.concatenate(all_numbers or [np.zeros(0, np.int32)]), return_counts=True)
    return set(found[times == 1].tolist()) - _standing_alone(content)


def _standing_alone(content: bytes) -> set[int]:
    """The numbers of the objects that stand in the file itself, in no stream."""
    # Found from the word, which is rare, and not from the digits before it, which are everywhere.
    before = (
        content[max(found.start() - 40, 0) : found.start()] for found in re.finditer(rb"obj\b", content)
    )
    return {int(number[1]) for number in map(_NUMBER.search, before) if number}


def _told(packed: tuple[int, bytes], reading: _Reading) -> _Told | None:
    """A stream that was read for the first time, as it is kept; nothing where it has to be read each time."""
    head, content = packed
    try:
        numbers = [int(word) for word in zlib.decompress(content)[:head].split()[::2]]
    except (zlib.error, ValueError):
        return None  # bytes that look like one, within something else
    if not reading.holding.isdisjoint(numbers):
        return None
    rows = [row for number in numbers for row in reading.rows.get(number, ())]
    return np.array(numbers, np.int32).tobytes(), rows


@dataclass
class _Reading:
    """Objects being read. `holding` are the numbers of those that lead to more than their own strings."""

    rows: dict[int, list[Row]] = field(default_factory=dict)
    holding: set[int] = field(default_factory=set)
    _strings: dict[bytes, list[tuple[str, str]]] = field(default_factory=dict)

    def rows_of(self, thing: pikepdf.Object) -> Sequence[Row]:
        """What an object says, scripts and what is attached to it included."""
        if isinstance(thing, pikepdf.Stream):
            strings = [*strings_in(thing), *_attached(thing)]
        else:
            spelt = thing.unparse(resolved=True)
            strings = self._told_by(spelt) if TELLING.search(spelt) else []
            if _HOLDING.search(spelt):
                self.holding.add(thing.objgen[0])
                strings = [*strings, *_attached(thing)]
            if not strings:
                return ()
        name, page = thing.objgen, _own_page(thing)
        rows = [(name, page, key, words) for key, text in strings if (words := heard(text))]
        if rows:
            self.rows[name[0]] = rows
        return rows

    def _told_by(self, spelt: bytes) -> list[tuple[str, str]]:
        # Thousands of links say the same; taking each apart would take far longer.
        said = b" ".join(TOLD.findall(spelt))
        if not said:
            return []
        if said not in self._strings:
            # Without its references: qpdf would read all that a table of names leads to.
            alone = _STRING_OR_REFERENCE.sub(lambda found: found[1] or b"null", spelt)
            self._strings[said] = list(strings_in(pikepdf.Object.parse(alone)))
        return self._strings[said]


def _own_page(thing: pikepdf.Object) -> Name | None:
    """The page that an element of the document's structure says it is on."""
    if not isinstance(thing, pikepdf.Dictionary) or isinstance(thing, pikepdf.Stream) or "/Pg" not in thing:
        return None
    return thing.Pg.objgen


def _attached(thing: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """The text of metadata, attached files and scripts, each with what it is."""
    if isinstance(thing, pikepdf.Stream) and thing.get("/Type") in ("/Metadata", "/EmbeddedFile"):
        yield "the XMP metadata" if thing.Type == "/Metadata" else "an attached file", _decoded(thing)
    elif isinstance(thing, pikepdf.Dictionary):
        for key, where in (("/JS", "a script"), ("/EF", "an attached file")):
            inner = thing.get(key)
            held = [inner] if isinstance(inner, pikepdf.Stream) else []
            if isinstance(inner, pikepdf.Dictionary):
                held = [value for value in inner.values() if isinstance(value, pikepdf.Stream)]
            yield from ((where, _decoded(stream)) for stream in held)


def _decoded(stream: pikepdf.Object) -> str:
    content = stream.read_bytes()
    wide = content[:2] in (b"\xfe\xff", b"\xff\xfe")
    return re.sub(r"<[^>]*>", " ", html.unescape(content.decode("utf-16" if wide else "utf-8", "replace")))
