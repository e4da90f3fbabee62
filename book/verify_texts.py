"""The words on every page of a finished PDF as PDFium reads them; a page read before is not read again.

A page is known again by everything that its text depends on, as it stands in the finished file: what is
drawn on it, and the fonts that this is drawn with.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2

from book.cache import Cache, engine, key_of, pack, unpack
from book.sentences import lines_of, words_of
from book.shares import shared_out
from book.verify_lines import readings
from book.verify_strings import strings_in
from book.verify_walk import READ_BY, PageSeen, Walk, inherited
from book.workers import ALONE, Hands

_NAME = rb"/[^\s/<>\[\]()]"
_MARKED = re.compile(
    rb"/(?:ActualText|Alt|E)\b|%s*#[0-9A-Fa-f]{2}|%s+\s*%s+\s+(?:BDC|DP)\b" % (_NAME, _NAME, _NAME)
)
"""Marks that speak, names that are written in another way than they are read, and marks by a name."""
MANY_PAGES = 400
"""So many are worth beginning other processes for."""


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
    walk: Walk, pages: Sequence[PageSeen], listed: Sequence[bool], cache: Cache | None, hands: Hands = ALONE
) -> list[PageText]:
    """What every page says, in the order in which it was set; `pages` are those of the file that is walked.

    `listed` says of each page whether its lines stand for themselves. What was read of the last file lies in
    the cache, if there is one. All `hands` read where pages are many. Raises PdfiumError for what is no PDF.
    """
    if cache is None:
        return [text for _, text in _read(walk, pages, listed, range(len(pages)), hands)]
    # Not what went into it: most pages of the last book are pages of the next one as well.
    key = key_of("page texts", engine())
    before = _texts_in(cache.get(key))
    bound = _bound_right(walk.pdf)
    digests = [page.digest + bytes([lines, bound]) for page, lines in zip(pages, listed, strict=True)]
    unread = [number for number, digest in enumerate(digests) if digest not in before]
    texts = before | {digests[number]: text for number, text in _read(walk, pages, listed, unread, hands)}
    if unread:
        cache.put(key, pack({digest: texts[digest] for digest in digests}))
    return [texts[digest] for digest in digests]


def _read(
    walk: Walk, pages: Sequence[PageSeen], listed: Sequence[bool], numbers: Sequence[int], hands: Hands
) -> Iterator[tuple[int, PageText]]:
    """What the pages with these numbers say, counted from 0."""
    bound_right = _bound_right(walk.pdf)
    drawn = _drawn(walk.content, numbers, hands)
    opened = walk.pages_at(pages[number].name for number in numbers)
    for number, text, page in zip(numbers, drawn, opened, strict=True):
        words_in = lines_of if listed[number] else words_of
        read = readings(text, bound_right=bound_right)
        drawing: list[pikepdf.Page | pikepdf.Object] = [page, *_forms_of(page)]
        marked = [each for each in drawing if _MARKED.search(_spelt_in(each))]
        if marked:
            read += readings(_drawn_alone(walk.pdf, page.obj), bound_right=bound_right)
        words, *turned = dict.fromkeys(map(words_in, read))
        yield number, PageText(words, tuple(_spoken_in(marked)), tuple(turned))


def _drawn(content: bytes, numbers: Sequence[int], hands: Hands) -> list[str]:
    """What PDFium makes of these pages; of many, in several processes, for it does one page at a time."""
    if len(numbers) < MANY_PAGES:
        return _texts_of(content, numbers)
    with tempfile.TemporaryDirectory(prefix="filmguide-") as away:
        # By its path, for a book may be larger than what one would send to each process.
        file = Path(away, "book.pdf")
        file.write_bytes(content)
        return shared_out(partial(_texts_of, file), numbers, hands, many=MANY_PAGES)


def _texts_of(file: bytes | Path, numbers: Sequence[int]) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
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


def _drawn_alone(pdf: pikepdf.Pdf, page: pikepdf.Object) -> str:
    """What a page draws, whatever it gives out for it: PDFium takes an ActualText in place of the glyphs."""
    with pikepdf.new() as alone:
        copied = alone.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page))
        for key in READ_BY:
            value = inherited(page, key)
            if isinstance(value, pikepdf.Object):
                copied[key] = alone.copy_foreign(value if value.is_indirect else pdf.make_indirect(value))
            elif value is not None:
                copied[key] = value
        alone.pages.append(pikepdf.Page(copied))
        sheet = alone.pages[0]
        sheet.contents_coalesce()
        for stream in (*_contents(sheet.obj), *_forms_of(sheet)):
            plain = [
                ([instruction.operands[0]], pikepdf.Operator("BMC"))
                if str(instruction.operator) == "BDC"
                else instruction
                for instruction in pikepdf.parse_content_stream(stream)
            ]
            stream.write(pikepdf.unparse_content_stream(plain))
        out = BytesIO()
        alone.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        return _text_of(document, 0)


def _forms_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The forms that a page shows, and those that they show."""
    found: list[pikepdf.Object] = []
    waiting = [inherited(page.obj, "/Resources")]
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
