"""Pages that were read before are known again, and no page that changed passes for one of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from book import verify_texts
from book.cache import Cache
from book.verify_texts import PageText, page_texts
from book.verify_walk import Walk
from book.workers import Hands


def pages(*words: str) -> pikepdf.Pdf:
    """A PDF with a line of words on each page, all in the same face."""
    pdf = pikepdf.new()
    face = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for line in words:
        page = pdf.add_blank_page(page_size=(400, 100))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=face))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 10 50 Td ({line}) Tj ET".encode())
    return pdf


def read(pdf: pikepdf.Pdf, cache: Cache | None, *, lists: bool = False) -> list[str]:
    file = BytesIO()
    pdf.save(file)
    with Walk(file.getvalue()) as walk:
        seen = walk.pages_seen()
        return [text.words for text in page_texts(walk, seen, [lists] * len(seen), cache)]


def test_pages_that_several_processes_read_are_read_as_by_one_in_their_order(
    looked_at: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_texts, "MANY_PAGES", 20)
    lines = [f"Film {number} has an end" for number in range(31)]
    file = BytesIO()
    pages(*lines).save(file)
    with Walk(file.getvalue()) as walk:
        told = page_texts(walk, walk.pages_seen(), [False] * len(lines), None, Hands(2))
    assert [text.words for text in told] == [line.lower() for line in lines]
    assert looked_at == []  # not in this process


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that PDFium was asked for, counted from 0."""
    numbers: list[int] = []
    of_page = pypdfium2.PdfDocument.__getitem__

    def asked(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
        numbers.append(number)
        return of_page(document, number)

    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", asked)
    return numbers


def test_without_a_cache_every_page_is_read(looked_at: list[int]) -> None:
    assert read(pages("Alien", "Brazil"), None) == ["alien", "brazil"]
    assert looked_at == [0, 1]


def test_only_pages_that_changed_are_read_again(tmp_path: Path, looked_at: list[int]) -> None:
    cache = Cache(tmp_path)
    assert read(pages("Alien", "Brazil", "Cube"), cache) == ["alien", "brazil", "cube"]
    looked_at.clear()

    assert read(pages("Alien", "Brazil", "Dogville", "Cube"), cache) == [
        "alien",
        "brazil",
        "dogville",
        "cube",
    ]
    assert looked_at == [2]


@pytest.mark.parametrize("change", ["another letter in the font", "another page box", "a form drawn on it"])
def test_a_page_is_read_again_when_anything_that_its_text_comes_from_changed(
    tmp_path: Path, looked_at: list[int], change: str
) -> None:
    cache = Cache(tmp_path)
    read(pages("Alien"), cache)
    looked_at.clear()
    pdf = pages("Alien")
    resources = pdf.pages[0].Resources
    if change == "another letter in the font":
        resources.Font.F.Encoding = pikepdf.Dictionary(
            Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([ord("A"), pikepdf.Name.B])
        )
    elif change == "another page box":
        pdf.pages[0].MediaBox = [0, 0, 400, 40]
    else:
        form = pdf.make_stream(b"BT /F 12 Tf 10 10 Td (It was a dream) Tj ET")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 400, 100]
        form.Resources = pikepdf.Dictionary(Font=resources.Font)
        resources.XObject = pikepdf.Dictionary(It=form)
    read(pdf, cache)

    assert looked_at == [0]


def test_what_a_page_says_in_place_of_what_it_draws_is_kept_with_it(tmp_path: Path) -> None:
    def spoken(words: bytes) -> list[PageText]:
        pdf, file = pages("Alien"), BytesIO()
        pdf.pages[0].Contents = pdf.make_stream(b"/Span <</ActualText (" + words + b")>> BDC EMC")
        pdf.save(file)
        with Walk(file.getvalue()) as walk:
            return page_texts(walk, walk.pages_seen(), [False], Cache(tmp_path))

    first, again = spoken(b"It was a dream"), spoken(b"It was a dream")
    assert first == again == [PageText("", ("It was a dream",))]
    assert spoken(b"It was a sled") == [PageText("", ("It was a sled",))]


def test_a_page_whose_lines_stand_for_themselves_is_not_one_that_reads_on(tmp_path: Path) -> None:
    pdf = pages("Alien")
    pdf.pages[0].Contents = pdf.make_stream(b"BT /F 12 Tf 14 TL 10 50 Td (Alien) Tj T* (Brazil) Tj ET")
    assert read(pdf, Cache(tmp_path)) == ["alien brazil"]
    assert read(pdf, Cache(tmp_path), lists=True) == ["alien | brazil"]


def test_a_page_is_known_again_whatever_the_numbers_of_its_objects(
    tmp_path: Path, looked_at: list[int]
) -> None:
    cache = Cache(tmp_path)
    read(pages("Alien", "Brazil"), cache)
    looked_at.clear()

    assert read(pages("Brazil"), cache) == ["brazil"]
    assert looked_at == []


def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, looked_at: list[int]) -> None:
    cache = Cache(tmp_path)
    read(pages("Alien"), cache)
    looked_at.clear()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-1] + b"?")

    assert (read(pages("Alien"), cache), looked_at) == (["alien"], [0])


@pytest.mark.parametrize(
    "kind", ["as everybody writes it", "in another spelling", "on a form", "by a name", "in pieces"]
)
def test_what_is_drawn_is_read_although_other_words_are_given_out_for_it(kind: str) -> None:
    """PDFium reads an ActualText in place of the glyphs below it; a reader of the page sees the glyphs."""
    pdf = pages("Alien")
    page = pdf.pages[0]
    drawn = b"BT /F 12 Tf 10 50 Td (The ship is blown up) Tj ET EMC"
    given = (
        b"<</Actual#54ext (All is well)>>"
        if kind == "in another spelling"
        else b"<</ActualText (All is well)>>"
    )
    if kind == "by a name":
        page.Resources.Properties = pikepdf.Dictionary(
            P=pdf.make_indirect(pikepdf.Dictionary(ActualText="All is well"))
        )
        given = b"/P"
    whole = b"/Span " + given + b" BDC " + drawn
    if kind == "on a form":
        form = pdf.make_stream(
            whole, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 400, 100]
        )
        form.Resources = pikepdf.Dictionary(Font=page.Resources.Font)
        page.Resources.XObject = pikepdf.Dictionary(X=form)
        page.Contents = pdf.make_stream(b"/X Do")
    elif kind == "in pieces":
        page.Contents = pikepdf.Array(
            [pdf.make_stream(b"/Span <</ActualText"), pdf.make_stream(b"(All is well)>> BDC " + drawn)]
        )
    else:
        page.Contents = pdf.make_stream(whole)
    file = BytesIO()
    pdf.save(file)
    with Walk(file.getvalue()) as walk:
        (text,) = page_texts(walk, walk.pages_seen(), [False], None)
    assert (text.words, text.turned) == ("all is well", ("the ship is blown up",))
