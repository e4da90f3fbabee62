"""What a PDF's objects say apart from its pages.

To whom they belong is for the caller to say, who knows where the pages are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

import pikepdf

from book.sentences import words_of
from book.verify_streams import Name, Row, Streams
from book.verify_strings import TELLING, TOLD, strings_in
from book.verify_walk import Walk

_STRING_OR_REFERENCE = re.compile(rb"(\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>)|\b\d+ \d+ R\b", re.DOTALL)
_SHORTEST = 4  # letters of a string that could say anything
_HOLDING = re.compile(rb"/(?:JS|EF)\b")


def heard(text: str) -> str:
    """The words of a string that stands anywhere but on a page; empty where they could say nothing."""
    return words_of(unquote(text)) if len(text) >= _SHORTEST else ""


def sayings(walk: Walk, streams: Streams) -> Iterator[Row]:
    """What every object of a file says; those that were in the last file are not taken apart again."""
    reading = _Reading()
    for thing in walk.objects(passed_over=streams.settled()):
        yield from reading.rows_of(thing)
    yield from streams.rows()
    streams.keep(reading.rows, reading.holding)


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
