"""A finished PDF walked through as qpdf reads it, from its first page to its last, however large it is.

qpdf keeps every object that it has read until the file is closed, some two kilobytes for each, and with an
object all that are packed with it. So a large file is closed and opened anew on the way; what is learnt of a
page stays as plain values.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pikepdf

from book.verify_streams import Name, PageRow, Streams
from book.verify_strings import strings_in

MOST_OBJECTS = 250_000
"""So many objects are held at a time: half a gigabyte, and all those of a guide of 1,500 films."""

READ_BY = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Resources")
"""What a page's text comes from."""

_KNOWN_WEIGHT = 4  # objects: what is drawn on a page, and the branch that it hangs on
_NONE = np.zeros(0, np.bool_)
_REFERENCE = re.compile(rb"\b(\d{1,10})\s+(\d{1,5})\s+R\b")
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

    def pages_seen(self, streams: Streams | None = None) -> list[PageSeen]:
        """All pages in their order; those that stood in the last file by what its streams told of them."""
        known = streams or Streams()
        of_things = Digests(known.home_of)
        seen = []
        for name, page in self._pages(known.pages):
            if page is None:
                row = known.pages[name[0]]
            else:
                row = of_things.row_of(page)
                array = page.get("/Annots")
                if array is None or not array.is_indirect:
                    known.new_pages[name[0]] = row
            *_, notes, said = row
            seen.append(PageSeen(name, of_things.of_page(self.pdf, row), notes, said))
        return seen

    def _pages(self, known: Container[int]) -> Iterator[tuple[Name, pikepdf.Object | None]]:
        """All pages; without the object where a page is known by its number."""
        root = self.pdf.Root.Pages
        weight = self.size / max(int(root.get("/Count", 0)), 1)
        waiting, branches = [root.objgen], set()
        while waiting:
            name = waiting.pop()
            if name[0] in known:
                yield name, None
                self._go_on(_KNOWN_WEIGHT)
                continue
            thing = self.pdf.get_object(name)
            if not isinstance(thing, pikepdf.Dictionary):
                raise ValueError("there is no page where one should be")
            if "/Kids" not in thing:
                yield name, thing
                self._go_on(weight)
            elif name in branches:
                raise ValueError("its pages lead in circles")
            else:
                branches.add(name)
                waiting += reversed(names_in(thing.Kids))

    def pages_at(self, names: Iterable[Name]) -> Iterator[pikepdf.Page]:
        """The pages of these names, one after the other."""
        weight = self.size / max(int(self.pdf.Root.Pages.get("/Count", 0)), 1)
        for name in names:
            yield pikepdf.Page(self.pdf.get_object(name))
            self._go_on(weight)

    def objects(self, passed_over: npt.NDArray[np.bool_] = _NONE) -> Iterator[pikepdf.Object]:
        """All objects of the file but those whose numbers are true in `passed_over`."""
        if self.size <= MOST_OBJECTS or _RENEWED.search(self.content):
            things: Iterable[pikepdf.Object] = self.pdf.objects
            for thing in things:
                if isinstance(thing, pikepdf.Object):
                    number = thing.objgen[0]
                    if number >= len(passed_over) or not passed_over[number]:
                        yield thing
            return
        wanted = np.ones(self.size, np.bool_)
        wanted[: len(passed_over)] = ~passed_over[: self.size]
        for number in np.flatnonzero(wanted)[1:].tolist():  # 0 is nobody's
            thing = self.pdf.get_object(number, 0)
            if isinstance(thing, pikepdf.Object):
                yield thing
            self._go_on(1)


@dataclass(slots=True)
class _Near:
    """A page being read: the stream that it stands in, and what it has led to by now, there and elsewhere."""

    home: int
    here: dict[Name, int] = field(default_factory=dict)
    elsewhere: list[Name] = field(default_factory=list)


@dataclass
class Digests:
    """SHA-256 of objects with all that they refer to, whatever their numbers are in this file."""

    home_of: Callable[[int], int]
    _known: dict[Name, bytes] = field(default_factory=dict)
    _handed: dict[tuple[Name, str], bytes] = field(default_factory=dict)

    def row_of(self, page: pikepdf.Object) -> PageRow:
        """A page by itself, apart from what lies elsewhere."""
        near = _Near(self.home_of(page.objgen[0]))
        own = hashlib.sha256()
        for key in READ_BY:
            if key in page:
                own.update(key.encode() + self._of(page[key], near))
        branch = page.get("/Parent")
        hangs_on = branch.objgen if branch is not None else (0, 0)
        lacking = tuple(key for key in READ_BY if key not in page)
        notes = list(page.get("/Annots", ()))
        return (
            own.digest(),
            tuple(near.elsewhere),
            hangs_on,
            lacking,
            tuple(note.objgen for note in notes if note.is_indirect),
            tuple(said for note in notes if not note.is_indirect for said in strings_in(note)),
        )

    def of_page(self, pdf: pikepdf.Pdf, row: PageRow) -> bytes:
        """The digest of all that a page's text comes from."""
        own, elsewhere, hangs_on, lacking, *_ = row
        whole = hashlib.sha256(own)
        for name in elsewhere:
            if name not in self._known:
                self._known[name] = self._of(pdf.get_object(name))
            whole.update(self._known[name])
        for key in lacking:
            if (hangs_on, key) not in self._handed:
                branch = pdf.get_object(hangs_on) if hangs_on[0] else None
                self._handed[hangs_on, key] = self._of(inherited(branch, key))
            whole.update(key.encode() + self._handed[hangs_on, key])
        return whole.digest()

    def _of(self, thing: object, near: _Near | None = None) -> bytes:
        if not isinstance(thing, pikepdf.Object):
            return repr(thing).encode()
        if not thing.is_indirect:
            return self._spelt(thing, near)
        name = thing.objgen
        if near is None:
            if name not in self._known:
                self._known[name] = b"itself"  # what refers to itself has no end
                self._known[name] = hashlib.sha256(self._spelt(thing)).digest()
            return self._known[name]
        if near.home != self.home_of(name[0]) or near.home < 0:
            near.elsewhere.append(name)
            return b"elsewhere"
        if name in near.here:
            return b"once more %d" % near.here[name]
        near.here[name] = len(near.here)
        return self._spelt(thing, near)

    def _spelt(self, thing: pikepdf.Object, near: _Near | None = None) -> bytes:
        if isinstance(thing, pikepdf.Stream):
            return self._dictionary(thing, near) + b"stream" + thing.read_raw_bytes()
        if isinstance(thing, pikepdf.Dictionary):
            return self._dictionary(thing, near)
        if isinstance(thing, pikepdf.Array):
            return b"[" + b" ".join(self._of(each, near) for each in thing) + b"]"
        return thing.unparse()

    def _dictionary(self, thing: pikepdf.Object, near: _Near | None) -> bytes:
        items = sorted((key, value) for key, value in thing.items() if key != "/Parent")
        return b"<<" + b" ".join(key.encode() + self._of(value, near) for key, value in items) + b">>"


def names_in(array: pikepdf.Object) -> list[Name]:
    """The names of the objects that an array refers to."""
    # Asked for them, qpdf would read each with all that is packed with it, only to say its name.
    found = _REFERENCE.findall(array.unparse(resolved=True))
    return [(int(number), int(generation)) for number, generation in found]


def inherited(page: pikepdf.Object | None, key: str) -> object:
    """The value of a page or a branch; it may have it from the branch of the page tree that it stands on."""
    holder = page
    while holder is not None:
        if key in holder:
            return holder[key]
        holder = holder.get("/Parent")
    return None
