"""The words on every page of a finished PDF as PDFium reads them; a page read before is not read again.

A page is known again by everything that its text depends on, as it stands in the finished file: what is
drawn on it, and the fonts that this is drawn with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

import pikepdf
import pypdfium2

from book.cache import Cache, engine, key_of, pack, unpack
from book.sentences import lines_of, words_of
from book.shares import shared_out
from book.verify_lines import readings
from book.verify_strings import strings_in
from book.workers import ALONE, Hands

_NAME = rb"/[^\s/<>\[\]()]"
_MARKED = re.compile(
    rb"/(?:ActualText|Alt|E)\b|%s*#[0-9A-Fa-f]{2}|%s+\s*%s+\s+(?:BDC|DP)\b" % (_NAME, _NAME, _NAME)
)
"""Marks that speak, names that are written in another way than they are read, and marks by a name."""
MANY_PAGES = 400
"""So many are worth beginning other processes for."""

_READ_BY = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Resources")


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says: its words as they are compared, and what is `spoken` in place of what it draws.

    `turned` are its words read otherwise: in other orders where lines run leftward in part, and as they are
    drawn where something else is given out for them.
    """

    words: str
    spoken: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()


def page_texts(
    content: bytes, pdf: pikepdf.Pdf, listed: Sequence[bool], cache: Cache | None, hands: Hands = ALONE
) -> list[PageText]:
    """What every page says, in the order in which it was set; `pdf` is the same file, opened by qpdf.

    `listed` says of each page whether its lines stand for themselves. What was read of the last file lies in
    the cache, if there is one. All `hands` read where pages are many. Raises PdfiumError for what is no PDF.
    """
    if cache is None:
        return [text for _, text in _read(content, pdf, listed, range(len(pdf.pages)), hands)]
    # Not what went into it: most pages of the last book are pages of the next one as well.
    key = key_of("page texts", engine())
    before = _texts_in(cache.get(key))
    digests = _Digests()
    bound = _bound_right(pdf)
    pages = [
        digests.of_page(page) + bytes([lines, bound]) for page, lines in zip(pdf.pages, listed, strict=True)
    ]
    unread = [number for number, digest in enumerate(pages) if digest not in before]
    texts = before | {pages[number]: text for number, text in _read(content, pdf, listed, unread, hands)}
    if unread:
        cache.put(key, pack({digest: texts[digest] for digest in pages}))
    return [texts[digest] for digest in pages]


def _read(
    content: bytes, pdf: pikepdf.Pdf, listed: Sequence[bool], numbers: Sequence[int], hands: Hands
) -> Iterator[tuple[int, PageText]]:
    """What the pages with these numbers say, counted from 0."""
    bound_right = _bound_right(pdf)
    for number, drawn in zip(numbers, _drawn(content, numbers, hands), strict=True):
        words_in = lines_of if listed[number] else words_of
        read = readings(drawn, bound_right=bound_right)
        page = pdf.pages[number]
        drawing: list[pikepdf.Page | pikepdf.Object] = [page, *_forms_of(page)]
        marked = [each for each in drawing if _MARKED.search(_spelt_in(each))]
        if marked:
            read += readings(_drawn_alone(content, number), bound_right=bound_right)
        words, *turned = dict.fromkeys(map(words_in, read))
        yield number, PageText(words, tuple(_spoken_in(marked)), tuple(turned))


def _drawn(content: bytes, numbers: Sequence[int], hands: Hands) -> list[str]:
    """What PDFium makes of these pages; of many, in several processes, for it does one page at a time."""
    return shared_out(partial(_texts_of, content), numbers, hands, many=MANY_PAGES)


def _texts_of(content: bytes, numbers: Sequence[int]) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [_text_of(document, number) for number in numbers]


def _text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    drawn: str = text.get_text_range()
    text.close()
    page.close()
    return drawn


def _bound_right(pdf: pikepdf.Pdf) -> bool:
    """Whether the file says that its pages go from right to left."""
    preferences = pdf.Root.get("/ViewerPreferences")
    return isinstance(preferences, pikepdf.Dictionary) and preferences.get("/Direction") == "/R2L"


def _spoken_in(drawing: Iterable[pikepdf.Page | pikepdf.Object]) -> Iterator[str]:
    """What contents would have read aloud or copied in place of what they draw."""
    for each in drawing:
        for instruction in pikepdf.parse_content_stream(each, "BDC DP"):
            for operand in instruction.operands:
                yield from (text for _, text in strings_in(operand))


def _drawn_alone(content: bytes, number: int) -> str:
    """What a page draws, whatever it gives out for it: PDFium takes an ActualText in place of the glyphs."""
    with pikepdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[number]
        page.contents_coalesce()
        for stream in (*_contents(page.obj), *_forms_of(page)):
            plain = [
                ([instruction.operands[0]], pikepdf.Operator("BMC"))
                if str(instruction.operator) == "BDC"
                else instruction
                for instruction in pikepdf.parse_content_stream(stream)
            ]
            stream.write(pikepdf.unparse_content_stream(plain))
        out = BytesIO()
        pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        return _text_of(document, number)


def _forms_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The forms that a page shows, and those that they show."""
    found: list[pikepdf.Object] = []
    waiting = [_inherited(page.obj, "/Resources")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        resources = waiting.pop()
        shown = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        for form in shown.values() if isinstance(shown, pikepdf.Dictionary) else ():
            if form.get("/Subtype") == "/Form" and form.objgen not in seen:
                seen.add(form.objgen)
                found.append(form)
                waiting.append(form.get("/Resources"))
    return found


def _spelt_in(each: pikepdf.Page | pikepdf.Object) -> bytes:
    """The operators of a page, or of a form."""
    streams = _contents(each.obj) if isinstance(each, pikepdf.Page) else [each]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    content = page.get("/Contents")
    if content is None:
        return []
    return list(content) if isinstance(content, pikepdf.Array) else [content]


def _texts_in(kept: bytes | None) -> dict[bytes, PageText]:
    texts = unpack(kept) if kept else None
    return texts if isinstance(texts, dict) else {}


@dataclass
class _Digests:
    """SHA-256 of objects with all that they refer to, whatever their numbers are in this file."""

    _known: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def of_page(self, page: pikepdf.Page) -> bytes:
        whole = hashlib.sha256()
        for key in _READ_BY:
            # A page may have some of these from the branch of the page tree that it stands on.
            whole.update(key.encode() + self._of(_inherited(page.obj, key)))
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


def _inherited(page: pikepdf.Object, key: str) -> object:
    holder: pikepdf.Object | None = page
    while holder is not None:
        if key in holder:
            return holder[key]
        holder = holder.get("/Parent")
    return None
