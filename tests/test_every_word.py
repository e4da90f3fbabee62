"""Finished PDFs read back: nothing of a film is lost, nothing stands on the wrong side of its warning,
and every printed number leads where it says.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2
import pytest
from finished import Books

from book.config import load_project
from book.entries import read_entries
from book.model import Film, Kind, Section
from book.prose import to_text

pytestmark = pytest.mark.slow

HEAD_AND_FOOT = 0.1  # of the page's height: running heads and folios stand there, and no text does


@dataclass(frozen=True)
class Finished:
    """A finished PDF with its manifest, and the films that went into it."""

    books: Books

    @cached_property
    def pages(self) -> list[str]:
        """The letters and digits of every page between its head and its foot, in reading order."""
        return [letters(text) for text in self._texts(HEAD_AND_FOOT)]

    @cached_property
    def manifest(self) -> dict[str, Any]:
        path = self.books.files[".pdf"].with_suffix(".manifest.json")
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return manifest

    @cached_property
    def films(self) -> tuple[Film, ...]:
        project, _ = load_project(self.books.guide)
        return read_entries(project)[0]

    def zone(self, slug: str, name: str) -> str:
        """The letters of a film's safe pages or of its spoiler pages, one page after the other."""
        pages = next(film for film in self.manifest["films"] if film["slug"] == slug)
        return "".join(self.pages[number - 1] for number in pages[name])

    def _texts(self, edge: float) -> Iterator[str]:
        pdf = pypdfium2.PdfDocument(self.books.files[".pdf"])
        for page in pdf:
            width, height = page.get_size()
            yield page.get_textpage().get_text_bounded(0, height * edge, width, height * (1 - edge))


def letters(text: str) -> str:
    """Letters and digits alone: hyphens at line ends, ligatures, capitals and blanks make no difference."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def paragraphs(section: Section) -> list[str]:
    return [letters(line) for line in to_text(section.body).split("\n") if letters(line)]


def sentences(section: Section) -> list[str]:
    found = re.split(r"(?<=[.!?])\s+", to_text(section.body))
    return [letters(sentence) for sentence in found if len(letters(sentence)) > 24]


def plots(film: Film) -> list[Section]:
    return [section for section in film.spoilers if section.kind is Kind.PLOT]


@pytest.fixture(scope="session")
def finished(books: Books) -> Finished:
    return Finished(books)


def lost_or_moved(finished: Finished) -> list[str]:
    """Films of which a title or a paragraph is not found in its zone, in order, and as often as written."""
    faults = []
    for film in finished.films:
        safe, told = finished.zone(film.slug, "safe"), finished.zone(film.slug, "spoilers")
        wanted = {"safe": [letters(film.title), *paragraphs(film.synopsis)]}
        wanted["told"] = [text for plot in plots(film) for text in paragraphs(plot)]
        for text, parts in ((safe, wanted["safe"]), (told, wanted["told"])):
            place = 0
            for part in parts:
                place = text.find(part, place)
                if place < 0:
                    faults.append(f"{film.slug}: {part[:60]}")
                    break
                place += len(part)
    return faults


def test_every_title_synopsis_and_plot_is_there_in_order(finished: Finished) -> None:
    assert len(finished.films) == len(finished.manifest["films"]) == finished.books.told["films"]
    assert lost_or_moved(finished) == []


def test_every_sentence_stands_in_the_book_as_often_as_the_writer_wrote_it(finished: Finished) -> None:
    whole = "".join(finished.pages)
    parts = [part for film in finished.films for part in (film.synopsis, *film.safe, *film.spoilers)]
    written = "".join(letters(to_text(part.body)) for part in parts)
    checked = 0
    faults = []
    for film in finished.films:
        for sentence in [text for part in (film.synopsis, *plots(film)) for text in sentences(part)]:
            checked += 1
            if whole.count(sentence) != written.count(sentence):
                faults.append(f"{film.slug}: {sentence[:60]}")
    assert (faults, checked > 10 * len(finished.films)) == ([], True)


def test_plots_stand_on_spoiler_pages_only(finished: Finished) -> None:
    zones = [page["zone"] for page in finished.manifest["pages"]]
    elsewhere = "".join(text for text, zone in zip(finished.pages, zones, strict=True) if zone != "spoiler")
    safe = "".join(
        letters(to_text(part.body)) for film in finished.films for part in (film.synopsis, *film.safe)
    )
    faults = [
        f"{film.slug}: {sentence[:60]}"
        for film in finished.films
        for plot in plots(film)
        for sentence in sentences(plot)
        if sentence in elsewhere and sentence not in safe
    ]
    assert faults == []


def test_every_printed_number_is_the_label_of_the_page_it_links_to(finished: Finished) -> None:
    pdf = pikepdf.open(finished.books.files[".pdf"])
    texts = pypdfium2.PdfDocument(finished.books.files[".pdf"])
    index_of = {page.objgen: number for number, page in enumerate(pdf.pages)}
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    facts = finished.manifest["pages"]
    starts = {film["slug"]: film["safe"][0] for film in finished.manifest["films"]}
    # A film's year, or a title such as 1776, is a link of digits as well and no page number.
    words = {film.slug: {film.title, str(film.year)} for film in finished.films}
    numbers, faults = 0, []
    for number, page in enumerate(pdf.pages):
        text = texts[number].get_textpage()
        for link in page.get("/Annots", []):
            if "/Dest" not in link:
                continue
            name = str(link.Dest)
            place = index_of[names[name][0].objgen]
            printed = text.get_text_bounded(*map(float, link.Rect)).strip()
            label = facts[place]["label"]
            if printed.isdigit() and name in starts and printed not in words[name]:
                numbers += 1
                if not printed == label == pdf.pages[place].label or place + 1 != starts[name]:
                    faults.append(f"page {number + 1}: {printed} leads to {label} ({name})")
            elif name in starts and place + 1 != starts[name]:
                faults.append(f"page {number + 1}: the link to {name} leads to page {place + 1}")
    assert faults == []
    assert numbers > 4 * len(finished.films)  # contents, chapter, two indexes at the least
