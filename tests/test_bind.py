"""A bound book against the same book laid out by WeasyPrint in one document, and against what it promises."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from book.config import PrintPlan
from book.model import GuideInfo, Shard, Side, Slug, Zone, slots_in
from book.page_plan import page_css
from book.pdf import bind as binding
from book.pdf.bind import Bound, bind, leading_nowhere
from book.pdf.layout import Layout, lay_out
from book.pdf.paint import layout_job, paint_whole
from book.pdf.studio import Studio
from book.themes import Theme, find_theme
from book.workers import weave

PROJECT = Path(__file__).parent.parent
SCALE = 1.2  # of 72 dpi: fine enough to see a comma move


@dataclass(frozen=True)
class Book:
    theme: Theme
    studio: Studio
    shards: tuple[Shard, ...]
    layout: Layout
    bound: Bound

    def open(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.bound.file))


def slot(anchor: str) -> str:
    return f'<span class="slot" data-to="{anchor}"></span>'


def page(body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>Nine</title></head><body>{body}</body></html>'


def film(number: int, total: int) -> str:
    """A film that points to three others, its own length differing from its neighbours'."""
    others = [(number * step + 1) % total for step in (3, 5, 7)]
    links = "".join(f'<p><a href="#film-{n}">Film {n}</a>, p. {slot(f"film-{n}")}</p>' for n in others)
    text = "".join(
        f"<p>{'An affair of the finest office, officially. ' * 30}</p>" for _ in range(1 + number % 4)
    )
    secret = f'<article class="spoilers" id="film-{number}--spoilers"><h3>Plot</h3>{text}</article>'
    warning = f'<aside class="warning" id="film-{number}--warning"><p>Spoilers ahead</p></aside>'
    title = f"<h2>Film {number}: 羅生門, Сталкер</h2>"
    head = f'<header data-chapter="One &amp; two" data-title="Film {number}">{title}</header>'
    return f'<article class="film" id="film-{number}">{head}{text}{links}{warning}</article>{secret}'


def index(lines: int) -> str:
    """An index so long that it is painted in pieces, in which a heading has none, one or many films."""
    entries = "".join(
        f'<p class="entry parent" data-head="{n}">Director {n}</p>'
        + "".join(f'<p class="sub">Film {n * k % 36}, {slot(f"film-{n * k % 36}")}</p>' for k in range(n % 7))
        for n in range(1, lines)
    )
    columns = f'<div class="columns" data-continued="continued">{entries}</div>'
    return f'<section class="index opening director" id="index"><h1>Directors</h1>{columns}</section>'


def made(theme_name: str) -> Book:
    theme = find_theme(theme_name, PROJECT)
    css = (page_css(PrintPlan(), theme), *theme.cascade("print.css"))
    lines = "\n".join(
        f'<p class="line"><a href="#film-{n}">Film {n}</a>'
        f'<span class="dots" aria-hidden="true"></span>{slot(f"film-{n}")}</p>'
        for n in range(36)
    )
    contents = f'<div class="columns lines" style="columns:1">{lines}</div>'
    front = page(f'<section class="contents" id="contents"><h1>Contents</h1>{contents}</section>')
    shards = [Shard("front", front, css, slots_in(front), Zone.FRONT, opens=Side.RECTO, numbering="roman")]
    for number in range(36):
        if number % 9 == 0:
            name = f"chapter-{number}"
            opener = page(
                f'<section class="opener" id="{name}" data-chapter="One &amp; two"><h1>Chapter</h1></section>'
            )
            shards.append(Shard(name, opener, css, (), Zone.CHAPTER, opens=Side.RECTO))
        html = page(film(number, 36))
        slug = Slug(f"film-{number}")
        shards.append(Shard(slug, html, css, slots_in(html), Zone.SAFE, film=slug))
    html = page(index(900))
    shards.append(Shard("index", html, css, slots_in(html), opens=Side.RECTO))
    studio = Studio(PROJECT, theme.faces, theme.figures)
    layout = lay_out(shards, lambda strands, _: weave(partial(layout_job, studio), strands))
    info = GuideInfo("Nine", authors=("A. Writer",), description="Nine & more", language="en")
    bound = bind(layout.shards, layout.sheets, layout.standings, info, theme.faces, theme.figures)
    return Book(theme, studio, layout.shards, layout, bound)


@pytest.fixture(scope="module", params=["classic", "modern"])
def book(request: pytest.FixtureRequest) -> Iterator[Book]:
    yield made(request.param)


def test_no_page_differs_from_the_one_document_book(book: Book) -> None:
    first = (
        next(s.first for s, shard in zip(book.layout.standings, book.shards, strict=True) if shard.film) - 1
    )
    assert any(shard.carried for shard in book.shards)  # an index is in pieces here, and there in one
    whole = paint_whole(book.shards, book.studio, first_arabic=first + 1)
    bound, single = pypdfium2.PdfDocument(book.bound.file), pypdfium2.PdfDocument(whole)
    assert len(bound) == len(single) > 100  # so that numbers of one, two and three digits occur
    differing = [
        number
        for number in range(len(bound))
        if ImageChops.difference(
            *(pdf[number].render(scale=SCALE).to_pil().convert("L") for pdf in (bound, single))
        ).getbbox()
    ]
    assert differing == []


def test_printed_numbers_links_and_labels_agree(book: Book) -> None:
    labels = [fact.label for fact in book.bound.manifest.pages]
    pdf, text = book.open(), pypdfium2.PdfDocument(book.bound.file)
    index_of = {page.objgen: number for number, page in enumerate(pdf.pages)}
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    checked = 0
    for number, page in enumerate(pdf.pages):
        for annotation in page.get("/Annots", []):
            place = index_of[names[str(annotation.Dest)][0].objgen]
            assert pdf.pages[place].label == labels[place]
            if labels[number].isdigit():
                words = text[number].get_textpage().get_text_range()
                name = str(annotation.Dest).replace("film-", "Film ")
                assert f"{name}, p. {labels[place]}\r\n" in f"{words}\r\n"
            checked += 1
    assert checked == 36 * 3 + 36


def test_every_page_prints_its_label(book: Book) -> None:
    text = pypdfium2.PdfDocument(book.bound.file)
    for fact in book.bound.manifest.pages:
        words = text[fact.number - 1].get_textpage().get_text_range().split()
        assert words == [] if fact.zone is Zone.BLANK else fact.label in (words[0], words[-1])


def test_rectos_are_odd_and_chapters_open_on_them(book: Book) -> None:
    pages = {fact.number: fact for fact in book.bound.manifest.pages}
    assert all(int(fact.label) % 2 == number % 2 for number, fact in pages.items() if fact.label.isdigit())
    openings = [
        book.bound.manifest.anchors[shard.name] for shard in book.shards if shard.zone is Zone.CHAPTER
    ]
    assert [number % 2 for number in openings] == [1, 1, 1, 1]


def test_each_face_is_embedded_once(book: Book) -> None:
    files = [
        descriptor.get("/FontFile2", descriptor.get("/FontFile3")).objgen
        for descriptor in book.open().objects
        if isinstance(descriptor, pikepdf.Dictionary) and descriptor.get("/Type") == "/FontDescriptor"
    ]
    assert len(files) == len(set(files))
    names = {
        str(thing.FontName).partition("+")[2]
        for thing in book.open().objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    }
    assert len(names) == len(files)


def test_zones_follow_the_films(book: Book) -> None:
    facts = {fact.number: fact for fact in book.bound.manifest.pages}
    for film in book.bound.manifest.films:
        assert facts[film.safe[0]].zone in (Zone.SAFE, Zone.WARNING)
        assert film.warning == film.safe[-1]
        assert film.spoilers[0] == film.safe[-1] + 1
        assert {facts[number].zone for number in film.spoilers} == {Zone.SPOILER}
        assert {facts[number].film for number in film.safe + film.spoilers} == {film.slug}


def test_a_link_to_a_film_that_is_not_bound_is_caught(book: Book) -> None:
    assert leading_nowhere(book.shards, book.layout.sheets) == ()
    without = [pair for pair in zip(book.shards, book.layout.sheets, strict=True) if pair[0].film != "film-7"]
    found = leading_nowhere(*zip(*without, strict=True))
    assert {finding.code for finding in found} == {"F703"}
    assert found[0].message == "front leads to film-7, which is nowhere in the book"
    assert len(found) == 1 + sum("film-7" in shard.slots for shard, _ in without[1:])


def test_the_file_says_what_it_is(book: Book) -> None:
    pdf = book.open()
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("Nine", "A. Writer")
    assert (str(pdf.docinfo.Subject), str(pdf.Root.Lang)) == ("Nine & more", "en")
    assert [item.title for item in pdf.open_outline().root] == ["Contents", *["Chapter"] * 4, "Directors"]
    with pdf.open_outline() as outline:
        assert [child.title for child in outline.root[1].children][:2] == [
            "Film 0: 羅生門, Сталкер",
            "Film 1: 羅生門, Сталкер",
        ]
    assert pdf.check_pdf_syntax() == []


def test_the_same_book_gives_the_same_bytes(book: Book) -> None:
    again = bind(
        book.shards,
        book.layout.sheets,
        book.layout.standings,
        GuideInfo("Nine", authors=("A. Writer",), description="Nine & more", language="en"),
        book.theme.faces,
        book.theme.figures,
    )
    assert again.file == book.bound.file


# ------------------------------------------------------------------------------------- structure


def object_streams(file: bytes) -> set[bytes]:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        streams = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
        return {stream.read_raw_bytes() for stream in streams if stream.get("/Type") == "/ObjStm"}


def test_a_sheet_that_grows_a_little_leaves_all_others_as_they_were(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What did not change need not be packed, read and proved again."""

    def streams(more: int) -> set[bytes]:
        sheets = list(book.layout.sheets)
        sheets[3] = replace(sheets[3], size=sheets[3].size + more)
        info, theme = GuideInfo("Nine"), book.theme
        bound = bind(book.shards, sheets, book.layout.standings, info, theme.faces, theme.figures)
        return object_streams(bound.file)

    spare = -book.layout.sheets[3].size % binding.ROOM
    assert spare > 0
    assert streams(0) == streams(spare)
    assert len(streams(0) & streams(spare + 1)) < 10
    monkeypatch.setattr(binding, "ROOM", 1)
    assert len(streams(0) & streams(1)) < 10


def elements_of(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every element of the structure tree in reading order, the document's own first."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        found.append(element)
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        below = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") is not None]
        waiting += reversed(below)
    return found


def marks_of(page: pikepdf.Page) -> tuple[set[int], int]:
    """The marked contents of a page, and how often text is shown outside of any mark or artifact."""
    marks, depth, loose = set(), 0, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                depth += 1
                if str(operator) == "BDC" and "/MCID" in operands[1]:
                    marks.add(int(operands[1].MCID))
            case "EMC":
                depth -= 1
            case "Tj" | "TJ" if depth == 0:
                loose += 1
    return marks, loose


def test_every_word_is_in_the_structure_or_an_artifact(book: Book) -> None:
    pdf = book.open()
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    by_number = {element.objgen: element for element in elements_of(pdf)}
    for page in pdf.pages:
        if "/Contents" not in page:
            continue
        marks, loose = marks_of(page)
        above = parents[int(page.StructParents)]
        assert loose == 0
        for mark in marks:
            element = by_number[above[mark].objgen]
            assert mark in [int(kid) for kid in element.K if not isinstance(kid, pikepdf.Object)]
            assert element.Pg.objgen == page.obj.objgen
        for note in page.get("/Annots", []):
            holder = by_number[parents[int(note.StructParent)].objgen]
            assert note.objgen in {kid.Obj.objgen for kid in holder.K if isinstance(kid, pikepdf.Dictionary)}
            assert str(note.Contents).strip()


def test_the_structure_is_a_tree_of_parts_with_headings_and_paragraphs(book: Book) -> None:
    pdf = book.open()
    document, *others = elements_of(pdf)
    assert (str(document.S), [str(kid.S) for kid in document.K]) == (
        "/Document",
        ["/Part"] * len(book.shards),
    )
    kinds = {str(element.S) for element in others}
    assert {"/H1", "/H2", "/P", "/Link"} <= kinds
    assert [element for element in others if element.P.objgen == element.objgen] == []


def test_running_heads_and_dots_are_not_read_aloud(book: Book) -> None:
    pdf = book.open()
    contents = next(page for page in pdf.pages if "/Annots" in page)
    artifacts = sum(
        str(operator) == "BMC" and str(operands[0]) == "/Artifact"
        for operands, operator in pikepdf.parse_content_stream(contents)
    )
    assert artifacts > 36  # a row of dots for every film, and the page's furniture


def test_the_file_promises_pdf_ua(book: Book) -> None:
    pdf = book.open()
    with pdf.open_metadata() as told:
        assert (told["pdfuaid:part"], told["dc:title"]) == ("1", "Nine")
    assert bool(pdf.Root.MarkInfo.Marked)
