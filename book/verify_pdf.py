"""A finished PDF's words with the places where they stand: pages by PDFium, everything else by qpdf.

Every string of every object is read, so that no corner of the format can hold what no page may.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

import pikepdf
import pypdfium2

from book.cache import Cache
from book.findings import finding
from book.model import Finding, Manifest, PageFact, Place, Slug, Zone
from book.sentences import Passage, lines_of, words_of
from book.verify_texts import page_texts

Name = tuple[int, int]
"""An object's number and generation."""

_MARKED = re.compile(rb"/(?:ActualText|Alt|E)\b")
_SAID = {"/Title", "/Contents", "/Alt", "/ActualText", "/Subject", "/Keywords", "/Author", "/P", "/TU", "/T"}
_FORMAT_NAME = 12  # letters of a name: those of the format's own that are longer are no sentences either
_TELLING = re.compile(rb"\(|<[0-9A-Fa-f]|/[^\s/<>\[\]()]{%d}" % _FORMAT_NAME)
"""What qpdf writes where there is a string or a long name, and now and then elsewhere."""
_TOLD = re.compile(
    rb"(?:/[^\s/<>\[\]()]+\s+)?(?:\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]+>)|/[^\s/<>\[\]()]{%d,}" % _FORMAT_NAME,
    re.DOTALL,
)
"""The strings of an object that qpdf spells out, with the key before each, and its long names."""
_SHORTEST = 4  # letters of a string that could say anything


def open_pdf(
    name: str, content: bytes, manifest: Manifest, mode: str, cache: Cache | None = None
) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """All the words of a PDF, and what is wrong with it apart from them; no words where it cannot be read.

    With a cache, pages that were in the last file are not read again.
    """
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = page_texts(content, pdf, cache)
            wrong = tuple(_misfits(name, pdf, manifest, len(pages)))
            if wrong:
                return (), wrong
            room = _Room(pdf, manifest.pages, mode)
            passages = (*room.pages(pages), *room.sideways())
    except (
        # The last five are what a part of an unexpected kind comes to: a file like that was not ours.
        pypdfium2.PdfiumError,
        pikepdf.PdfError,
        RuntimeError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
    ) as error:
        return (), (
            finding("F901", Place(name), f"{name} cannot be read as a PDF: {error}", "Build the book anew."),
        )
    return passages, tuple(_misplaced(name, manifest, mode))


# ------------------------------------------------------------------------------------ does the map fit


def _misfits(name: str, pdf: pikepdf.Pdf, manifest: Manifest, pages: int) -> Iterator[Finding]:
    """Where the manifest says what the file itself does not: its zones would be worth nothing then."""

    def misfit(message: str) -> Finding:
        return finding("F903", Place(name), message, "Build the book anew.")

    if not len(manifest.pages) == pages == len(pdf.pages):
        yield misfit(f"{name} has {pages:,} pages, and its manifest {len(manifest.pages):,}.")
        return
    zoned = {page.number for page in manifest.pages if page.zone is Zone.SPOILER}
    if zoned != {number for film in manifest.films for number in film.spoilers}:
        yield misfit(f"The manifest of {name} contradicts itself on where the spoilers are.")
        return
    places = _destinations(pdf)
    for film in manifest.films:
        for anchor, numbers in ((film.slug, film.safe), (f"{film.slug}--spoilers", film.spoilers)):
            there = places.get(anchor)
            if there != (numbers[0] if numbers else None):
                shown = f"on page {there}" if there else "nowhere"
                yield misfit(f"{anchor} is {shown} in {name}, and elsewhere by its manifest.")


def _destinations(pdf: pikepdf.Pdf) -> Mapping[str, int]:
    """The page of every named destination, counted from 1."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is None:
        return {}
    found = {}
    for anchor, target in pikepdf.NameTree(names).items():
        array = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        if isinstance(array, pikepdf.Array) and len(array):
            found[str(anchor)] = numbers.get(array[0].objgen, 0)
    return found


def _misplaced(name: str, manifest: Manifest, mode: str) -> Iterator[Finding]:
    """Where the pages are not in the order that the mode promises."""

    def wrong(message: str) -> Finding:
        return finding(
            "F906", Place(name), message, "If the file is of another mode, say so with --spoilers."
        )

    zones = [page.zone for page in manifest.pages]
    told = [number for number, zone in enumerate(zones, start=1) if zone is Zone.SPOILER]
    if mode == "omit" and told:
        yield wrong(f"{name} should be without spoilers, and page {told[0]} is theirs.")
    if mode == "overleaf":
        for verso in range(0, len(zones) + 1, 2):  # the first page is a recto and faces nothing
            spread = set(zones[max(verso - 1, 0) : verso + 1])
            if Zone.SPOILER in spread and spread - {Zone.SPOILER, Zone.BLANK}:
                yield wrong(
                    f"Pages {verso} and {verso + 1} of {name} face each other, and one tells the other."
                )
    if mode == "back" and told:
        safe = (Zone.SAFE, Zone.WARNING)
        behind = [number for number, zone in enumerate(zones, start=1) if zone in safe and number > told[0]]
        if behind:
            yield wrong(f"Page {behind[0]} of {name} is safe to read and stands behind spoilers.")


# ------------------------------------------------------------------------------------------- the words


@dataclass(frozen=True, slots=True)
class _Room:
    """A PDF laid open: where each string belongs."""

    pdf: pikepdf.Pdf
    facts: Sequence[PageFact]
    mode: str

    def pages(self, texts: Sequence[str]) -> Iterator[Passage]:
        for fact, text in zip(self.facts, texts, strict=True):
            # Contents and indexes are columns of headings: one does not read on into the next.
            words = lines_of(text) if fact.zone in {Zone.FRONT, Zone.BACK} else words_of(text)
            yield Passage(_page(fact), words, fact.film, self._hidden(fact), body=True)

    def sideways(self) -> Iterator[Passage]:
        """Everything that is not set on a page. What belongs to a spoiler page is left out."""
        seen: set[Name] = set()
        given: set[tuple[str, Slug | None]] = set()
        for where, film, text, coded in self._strings(seen):
            if len(text) < _SHORTEST or (text, film) in given:
                continue
            given.add((text, film))
            yield Passage(where, words_of(unquote(text)), film, coded=coded)

    def _strings(self, seen: set[Name]) -> Iterator[tuple[str, Slug | None, str, bool]]:
        """Place, film, text and whether it is an address, of every string that any reader can get at."""
        by_name = {page.obj.objgen: fact for page, fact in zip(self.pdf.pages, self.facts, strict=True)}
        # Thousands of links say the same; asking each string whether it is new would take far longer.
        met: set[tuple[bytes, Slug | None]] = set()

        def tells(thing: pikepdf.Object, film: Slug | None) -> bool:
            said = b" ".join(_TOLD.findall(thing.unparse(resolved=True)))
            known = not said or (said, film) in met
            met.add((said, film))
            return not known

        yield from self._bookmarks(seen, by_name)
        for page, fact in zip(self.pdf.pages, self.facts, strict=True):
            notes = page.obj.get("/Annots", ())
            for note in notes:
                seen.add(note.objgen)
            if self._hidden(fact):
                continue
            for note in notes:
                for key, text in _texts_in(note) if tells(note, fact.film) else ():
                    yield f"an annotation on {_page(fact)}", fact.film, text, key not in _SAID
            content = b"".join(stream.read_bytes() for stream in _contents(page.obj))
            if _MARKED.search(content):
                for text in _spoken_for(page):
                    yield f"the alternative text on {_page(fact)}", fact.film, text, False
        information = self.pdf.trailer.get("/Info")
        if information is not None:
            seen.add(information.objgen)
            for key, text in _texts_in(information):
                yield f"the document information ({key[1:]})", None, text, False
        for thing in self.pdf.objects:
            if not isinstance(thing, pikepdf.Object) or (thing.is_indirect and thing.objgen in seen):
                continue
            if _is_bare(thing):
                continue
            near = by_name.get(thing.objgen) or _element_page(thing, by_name)
            if near is not None and self._hidden(near):
                continue
            if not isinstance(thing, pikepdf.Stream) and not tells(thing, near.film if near else None):
                continue
            for key, text in _texts_in(thing):
                yield _kind(thing, key, near), near.film if near else None, text, key not in _SAID
            for where, text in _attached(thing):
                yield where, None, text, False

    def _bookmarks(
        self, seen: set[Name], by_name: Mapping[Name, PageFact]
    ) -> Iterator[tuple[str, Slug | None, str, bool]]:
        places = _destinations(self.pdf)
        outline = self.pdf.Root.get("/Outlines", pikepdf.Dictionary())
        waiting = [outline.get("/First")]
        while waiting:
            item = waiting.pop()
            if item is None or item.objgen in seen:
                continue
            seen.add(item.objgen)
            waiting += [item.get("/Next"), item.get("/First")]
            fact = self._target(item, places, by_name)
            for key, text in _texts_in(item):
                where = f"the bookmark “{text}”" if key == "/Title" else "a bookmark"
                yield where, fact.film if fact else None, text, key not in _SAID

    def _target(
        self, item: pikepdf.Object, places: Mapping[str, int], by_name: Mapping[Name, PageFact]
    ) -> PageFact | None:
        """The page that a bookmark leads to."""
        there = item.get("/Dest", item.get("/A", pikepdf.Dictionary()).get("/D"))
        if isinstance(there, pikepdf.Array) and len(there) and isinstance(there[0], pikepdf.Object):
            return by_name.get(there[0].objgen)
        number = places.get(str(there), 0)
        return self.facts[number - 1] if number else None

    def _hidden(self, fact: PageFact) -> bool:
        return fact.zone is Zone.SPOILER and self.mode != "omit"


def _page(fact: PageFact) -> str:
    """A page as people find it: its place in the file, and the number printed on it if that differs."""
    plain = fact.label in {"", str(fact.number)}
    return f"page {fact.number}" if plain else f"page {fact.number} (numbered {fact.label})"


def _texts_in(thing: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string within an object, with the key it stands under; references are not followed."""
    if isinstance(thing, pikepdf.String):
        yield key, str(thing)
    elif isinstance(thing, pikepdf.Name):
        if len(str(thing)) > _FORMAT_NAME:
            yield key, str(thing)[1:]
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for inner, value in thing.items():
            if len(inner) > _FORMAT_NAME:
                yield key, inner[1:]
            if isinstance(value, pikepdf.Object) and not value.is_indirect and not _is_bare(value):
                yield from _texts_in(value, inner)
    elif isinstance(thing, pikepdf.Array):
        for value in thing.as_list() if hasattr(thing, "as_list") else list(thing):
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _texts_in(value, key)


def _contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    content = page.get("/Contents")
    if content is None:
        return []
    return list(content) if isinstance(content, pikepdf.Array) else [content]


def _spoken_for(page: pikepdf.Page) -> Iterator[str]:
    """What a page's contents would have read aloud or copied in place of what they draw."""
    for instruction in pikepdf.parse_content_stream(page, "BDC DP"):
        for operand in instruction.operands:
            yield from (text for _, text in _texts_in(operand))


def _is_bare(thing: pikepdf.Object) -> bool:
    """Whether this is an object without a string or a long name, as most are: spelt out, it would show."""
    return not isinstance(thing, pikepdf.Stream) and not _TELLING.search(thing.unparse(resolved=True))


def _element_page(thing: pikepdf.Object, by_name: Mapping[Name, PageFact]) -> PageFact | None:
    """The page of an element of the document's structure."""
    if not isinstance(thing, pikepdf.Dictionary) or "/Pg" not in thing:
        return None
    return by_name.get(thing.Pg.objgen)


def _kind(thing: pikepdf.Object, key: str, fact: PageFact | None) -> str:
    """What an object is to somebody who does not know PDF from inside."""
    on = f" on {_page(fact)}" if fact else ""
    if key in {"/Alt", "/ActualText", "/E"}:
        return f"an alternative text{on}"
    if key in {"/Names", "/Limits", "/Dests"}:
        return "a named destination"
    if key in {"/P", "/Nums"}:
        return "a page label"
    number = f"object {thing.objgen[0]}" if thing.is_indirect else "an object"
    return f"{number} ({key[1:]}){on}" if key else f"{number}{on}"


def _attached(thing: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """The text of metadata, attached files and scripts."""
    if isinstance(thing, pikepdf.Stream) and thing.get("/Type") in ("/Metadata", "/EmbeddedFile"):
        where = "the XMP metadata" if thing.Type == "/Metadata" else "an attached file"
        yield where, _decoded(thing)
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
