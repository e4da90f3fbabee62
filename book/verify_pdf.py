"""A finished PDF's words with the places where they stand: pages by PDFium, everything else by qpdf.

Every string of every object is read, so that no corner of the format can hold what no page may.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2

from book.cache import Cache
from book.findings import finding
from book.model import Finding, Manifest, PageFact, Place, Slug, Zone
from book.sentences import Passage
from book.verify_objects import heard, sayings
from book.verify_streams import Name, Streams
from book.verify_strings import strings_in
from book.verify_texts import PageText, page_texts
from book.verify_walk import PageSeen, Walk, names_in
from book.workers import ALONE, Hands

_SAID = {"/Title", "/Contents", "/Alt", "/ActualText", "/Subject", "/Keywords", "/Author", "/P", "/TU", "/T"}


def open_pdf(
    name: str, content: bytes, manifest: Manifest, mode: str, cache: Cache | None = None, hands: Hands = ALONE
) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """All the words of a PDF, and what is wrong with it apart from them; no words where it cannot be read.

    With a cache, pages and objects that were in the last file are not read again. Many others are read by all
    `hands`.
    """
    try:
        with Walk(content) as walk:
            streams = Streams.of(content, cache)
            pages = walk.pages_seen(streams)
            wrong = tuple(_misfits(name, walk.pdf, pages, manifest))
            if wrong:
                return (), wrong
            # Contents and indexes are columns of headings: one does not read on into the next.
            listed = [fact.zone in {Zone.FRONT, Zone.BACK} for fact in manifest.pages]
            texts = page_texts(walk, pages, listed, cache, hands)
            room = _Room(walk, streams, pages, manifest.pages, mode, texts)
            passages = (*room.on_pages(), *room.sideways())
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


def _misfits(name: str, pdf: pikepdf.Pdf, seen: Sequence[PageSeen], manifest: Manifest) -> Iterator[Finding]:
    """Where the manifest says what the file itself does not: its zones would be worth nothing then."""

    def misfit(message: str) -> Finding:
        return finding("F903", Place(name), message, "Build the book anew.")

    if len(manifest.pages) != len(seen):
        yield misfit(f"{name} has {len(seen):,} pages, and its manifest {len(manifest.pages):,}.")
        return
    zoned = {page.number for page in manifest.pages if page.zone is Zone.SPOILER}
    if zoned != {number for film in manifest.films for number in film.spoilers}:
        yield misfit(f"The manifest of {name} contradicts itself on where the spoilers are.")
        return
    places = _destinations(pdf, seen)
    for film in manifest.films:
        for anchor, numbers in ((film.slug, film.safe), (f"{film.slug}--spoilers", film.spoilers)):
            there = places.get(anchor)
            if there != (numbers[0] if numbers else None):
                shown = f"on page {there}" if there else "nowhere"
                yield misfit(f"{anchor} is {shown} in {name}, and elsewhere by its manifest.")


def _destinations(pdf: pikepdf.Pdf, seen: Sequence[PageSeen]) -> Mapping[str, int]:
    """The page of every named destination, counted from 1."""
    numbers = {page.name: number for number, page in enumerate(seen, start=1)}
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is None:
        return {}
    found = {}
    for anchor, target in pikepdf.NameTree(names).items():
        array = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        if isinstance(array, pikepdf.Array) and len(array):
            found[str(anchor)] = numbers.get(_page_of(array), 0)
    return found


def _page_of(destination: pikepdf.Array) -> Name:
    """The page that a destination leads to; (0, 0) for none."""
    return next(iter(names_in(destination)), (0, 0))


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

    walk: Walk
    streams: Streams
    pages: Sequence[PageSeen]
    facts: Sequence[PageFact]
    mode: str
    texts: Sequence[PageText]

    def on_pages(self) -> Iterator[Passage]:
        """What is set on each page, and then again in every other order in which its lines may be read."""
        for order in range(1 + max((len(text.turned) for text in self.texts), default=0)):
            for number, (fact, text) in enumerate(zip(self.facts, self.texts, strict=True)):
                # A sentence may run on from the page before or into the next.
                if not order or any(near.turned for near in self.texts[max(number - 1, 0) : number + 2]):
                    words = (text.words, *text.turned)[min(order, len(text.turned))]
                    yield Passage(_page(fact), words, fact.film, self._hidden(fact), body=True)

    def sideways(self) -> Iterator[Passage]:
        """Everything that is not set on a page. What belongs to a spoiler page is left out."""
        given: set[tuple[str, Slug | None, bool]] = set()
        for where, film, words, coded in self._strings():
            if words and (words, film, coded) not in given:
                given.add((words, film, coded))
                yield Passage(where, words, film, coded=coded)

    def _strings(self) -> Iterator[tuple[str, Slug | None, str, bool]]:
        """Place, film, words and whether it is an address, of every string that any reader can get at."""
        seen: set[Name] = set()
        by_name = {page.name: fact for page, fact in zip(self.pages, self.facts, strict=True)}
        yield from self._bookmarks(seen, by_name)
        notes: dict[Name, PageFact] = {}
        for page, fact, shown in zip(self.pages, self.facts, self.texts, strict=True):
            notes |= dict.fromkeys(page.notes, fact)
            if not self._hidden(fact):
                for key, said in page.said:
                    yield f"an annotation on {_page(fact)}", fact.film, heard(said), key not in _SAID
                for said in shown.spoken:
                    yield f"the alternative text on {_page(fact)}", fact.film, heard(said), False
        information = self.walk.pdf.trailer.get("/Info")
        if information is not None:
            seen.add(information.objgen)
            for key, text in strings_in(information):
                yield f"the document information ({key[1:]})", None, heard(text), False
        for name, page_name, key, words in sayings(self.walk, self.streams):
            if name in seen:
                continue
            noted = notes.get(name)
            near = noted or by_name.get(name) or (by_name.get(page_name) if page_name else None)
            if near and self._hidden(near):
                continue
            if key and not key.startswith("/"):
                yield key, None, words, False
                continue
            where = f"an annotation on {_page(noted)}" if noted else _kind(name, key, near)
            yield where, near.film if near else None, words, key not in _SAID

    def _bookmarks(
        self, seen: set[Name], by_name: Mapping[Name, PageFact]
    ) -> Iterator[tuple[str, Slug | None, str, bool]]:
        pdf = self.walk.pdf
        places = _destinations(pdf, self.pages)
        outline = pdf.Root.get("/Outlines", pikepdf.Dictionary())
        waiting = [outline.get("/First")]
        while waiting:
            item = waiting.pop()
            if item is None or item.objgen in seen:
                continue
            seen.add(item.objgen)
            waiting += [item.get("/Next"), item.get("/First")]
            fact = self._target(item, places, by_name)
            for key, text in strings_in(item):
                where = f"the bookmark “{text}”" if key == "/Title" else "a bookmark"
                yield where, fact.film if fact else None, heard(text), key not in _SAID

    def _target(
        self, item: pikepdf.Object, places: Mapping[str, int], by_name: Mapping[Name, PageFact]
    ) -> PageFact | None:
        """The page that a bookmark leads to."""
        there = item.get("/Dest", item.get("/A", pikepdf.Dictionary()).get("/D"))
        if isinstance(there, pikepdf.Array) and len(there):
            return by_name.get(_page_of(there))
        number = places.get(str(there), 0)
        return self.facts[number - 1] if number else None

    def _hidden(self, fact: PageFact) -> bool:
        return fact.zone is Zone.SPOILER and self.mode != "omit"


def _page(fact: PageFact) -> str:
    """A page as people find it: its place in the file, and the number printed on it if that differs."""
    plain = fact.label in {"", str(fact.number)}
    return f"page {fact.number}" if plain else f"page {fact.number} (numbered {fact.label})"


def _kind(name: Name, key: str, fact: PageFact | None) -> str:
    """What an object is to somebody who does not know PDF from inside."""
    on = f" on {_page(fact)}" if fact else ""
    if key in {"/Alt", "/ActualText", "/E"}:
        return f"an alternative text{on}"
    if key in {"/Names", "/Limits", "/Dests"}:
        return "a named destination"
    if key in {"/P", "/Nums"}:
        return "a page label"
    return f"object {name[0]} ({key[1:]}){on}" if key else f"object {name[0]}{on}"
