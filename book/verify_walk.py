"""A finished PDF walked through as qpdf reads it, from its first page to its last, however large it is.

qpdf keeps every object that it has read until the file is closed, some two kilobytes for each, and with an
object all that are packed with it. So a large file is closed and opened anew on the way; what is learnt of a
page stays as plain values.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

from book.verify_strings import strings_in

Name = tuple[int, int]
"""An object's number and generation."""

MOST_OBJECTS = 250_000
"""So many objects are held at a time: half a gigabyte, and all those of a guide of 1,500 films."""

READ_BY = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Resources")
"""What a page's text comes from."""

_RENEWED = re.compile(rb"\d\s+[1-9]\d{0,4}\s+obj\b")
"""An object of a later generation: the number alone does not lead to it."""


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What is learnt of a page in passing: its name, and a digest of all that its text comes from.

    `notes` are its annotations; `said` are keys and texts of those that are part of the page itself.
    """

    name: Name
    digest: bytes
    notes: tuple[Name, ...] = ()
    said: tuple[tuple[str, str], ...] = ()


class Walk:
    """A walk through a file; what it gives of qpdf's is good until the next is asked for.

    Raises PdfError for what is no PDF, and ValueError for pages that lead nowhere or in circles.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._taken = 0
        self._open()

    def __enter__(self) -> Walk:
        return self

    def __exit__(self, *of: object) -> None:
        self.pdf.close()

    def _open(self) -> None:
        # Handing inherited values down to pages would read every object of the file at once.
        self.pdf = pikepdf.open(BytesIO(self.content), inherit_page_attributes=False)
        self._taken = 0

    def _go_on(self, weight: float) -> None:
        """Open the file anew where so many objects more would be too many."""
        self._taken += int(weight)
        if self._taken > MOST_OBJECTS:
            self.pdf.close()
            self._open()

    @property
    def size(self) -> int:
        """One more than the highest number of an object."""
        return int(self.pdf.trailer.get("/Size", 0))

    def pages_seen(self, *, digests: bool = True) -> list[PageSeen]:
        """All pages in their order; without `digests` these are empty, and it is quicker."""
        of_things = Digests()
        return [_seen(page, of_things if digests else None) for page in self._pages()]

    def _pages(self) -> Iterator[pikepdf.Object]:
        root = self.pdf.Root.Pages
        weight = self.size / max(int(root.get("/Count", 0)), 1)
        waiting, branches = [root.objgen], set()
        while waiting:
            name = waiting.pop()
            thing = self.pdf.get_object(name)
            if not isinstance(thing, pikepdf.Dictionary):
                raise ValueError("there is no page where one should be")
            if "/Kids" not in thing:
                yield thing
                self._go_on(weight)
            elif name in branches:
                raise ValueError("its pages lead in circles")
            else:
                branches.add(name)
                waiting += [kid.objgen for kid in reversed(list(thing.Kids))]

    def pages_at(self, names: Iterable[Name]) -> Iterator[pikepdf.Page]:
        """The pages of these names, one after the other."""
        weight = self.size / max(int(self.pdf.Root.Pages.get("/Count", 0)), 1)
        for name in names:
            yield pikepdf.Page(self.pdf.get_object(name))
            self._go_on(weight)

    def objects(self, passed_over: Container[int] = ()) -> Iterator[pikepdf.Object]:
        """All objects of the file but those of certain numbers."""
        if self.size <= MOST_OBJECTS or _RENEWED.search(self.content):
            things: Iterable[pikepdf.Object] = self.pdf.objects
            yield from (
                thing
                for thing in things
                if isinstance(thing, pikepdf.Object) and thing.objgen[0] not in passed_over
            )
            return
        for number in range(1, self.size):
            if number not in passed_over:
                thing = self.pdf.get_object(number, 0)
                if isinstance(thing, pikepdf.Object):
                    yield thing
                self._go_on(1)


def _seen(page: pikepdf.Object, digests: Digests | None) -> PageSeen:
    notes = list(page.get("/Annots", ()))
    return PageSeen(
        page.objgen,
        digests.of_page(page) if digests else b"",
        tuple(note.objgen for note in notes if note.is_indirect),
        tuple(said for note in notes if not note.is_indirect for said in strings_in(note)),
    )


@dataclass
class Digests:
    """SHA-256 of objects with all that they refer to, whatever their numbers are in this file."""

    _known: dict[Name, bytes] = field(default_factory=dict)

    def of_page(self, page: pikepdf.Object) -> bytes:
        """The digest of all that a page's text comes from."""
        whole = hashlib.sha256()
        for key in READ_BY:
            whole.update(key.encode() + self._of(inherited(page, key)))
        return whole.digest()

    def _of(self, thing: object) -> bytes:
        if not isinstance(thing, pikepdf.Object):
            return repr(thing).encode()
        number = thing.objgen if thing.is_indirect else None
        if number is not None:
            if number not in self._known:
                self._known[number] = b"itself"  # what refers to itself has no end
                self._known[number] = hashlib.sha256(self._spelt(thing)).digest()
            return self._known[number]
        return self._spelt(thing)

    def _spelt(self, thing: pikepdf.Object) -> bytes:
        if isinstance(thing, pikepdf.Stream):
            return self._dictionary(thing) + b"stream" + thing.read_raw_bytes()
        if isinstance(thing, pikepdf.Dictionary):
            return self._dictionary(thing)
        if isinstance(thing, pikepdf.Array):
            return b"[" + b" ".join(map(self._of, thing)) + b"]"
        return thing.unparse()

    def _dictionary(self, thing: pikepdf.Object) -> bytes:
        items = sorted((key, value) for key, value in thing.items() if key != "/Parent")
        return b"<<" + b" ".join(key.encode() + self._of(value) for key, value in items) + b">>"


def inherited(page: pikepdf.Object, key: str) -> object:
    """A page's value, which it may have from the branch of the page tree that it stands on."""
    holder: pikepdf.Object | None = page
    while holder is not None:
        if key in holder:
            return holder[key]
        holder = holder.get("/Parent")
    return None
