"""The printed pages in the e-book: marked at the very words with which they begin, listed, and proved."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from conftest import film
from finished import Books
from lxml import etree

from book.build import build_guide
from book.config import Project
from book.ebook import Document
from book.editions import SpoilerPlan
from book.epub import page_source, render_epub
from book.model import Chapter, Film, Guide, GuideInfo, Kind, Matter, PrintedPage, Section, Zone
from book.page_list import page_breaks, with_page_breaks
from book.sentences import words_of
from book.themes import find_theme
from book.verify import read_manifest
from book.verify_pages import Top, compare_pages

ROOT = Path(__file__).parent.parent
XHTML, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
MARK = re.compile(r'<span epub:type="pagebreak" role="doc-pagebreak" id="page-(\w+)" aria-label="\1"></span>')


def document(body: str, part: str = "alien-1979", name: str = "films/alien-1979.xhtml") -> Document:
    whole = f"<html><head><title>It ran</title></head><body>{body}</body></html>"
    return Document(name, "Alien", whole, Zone.SAFE, part=part)


def marked(body: str, *pages: Sequence[str]) -> str:
    """The body with a mark [n] where the n-th page begins; the pages are those of one part, from 1."""
    printed = [PrintedPage(str(n), "alien-1979", tuple(page)) for n, page in enumerate(pages, start=1)]
    (done,) = with_page_breaks([document(body)], printed)
    return MARK.sub(r"[\1]", done.xhtml.partition("<body>")[2].partition("</body>")[0])


FIRST = ("1979", "Alien")
TITLE = "<h1>Alien</h1>"


# ------------------------------------------------------------------------------------------- where it is


def test_a_film_begins_where_its_document_does_whatever_print_sets_first() -> None:
    assert marked(TITLE, FIRST) == f"[1]{TITLE}"


def test_a_page_is_marked_at_the_very_word() -> None:
    body = f"{TITLE}<p>The crew of the Nostromo wakes and has nothing to say.</p>"
    page = ("the Nostromo wakes and has nothing to say.",)
    assert marked(body, FIRST, page) == (
        f"[1]{TITLE}<p>The crew of [2]the Nostromo wakes and has nothing to say.</p>"
    )


def test_the_rest_of_a_parted_word_belongs_to_the_page_before() -> None:
    body = f"{TITLE}<p>The Nostromo answers a signal from a planet.</p>"
    assert marked(body, FIRST, ("nal from a planet.",)) == (
        f"[1]{TITLE}<p>The Nostromo answers a signal [2]from a planet.</p>"
    )


def test_scripts_without_blanks_are_parted_between_two_letters() -> None:
    body = f"{TITLE}<p>宇宙では、あなたの悲鳴は誰にも聞こえないと広告は言っている。</p>"
    page = ("悲鳴は誰にも聞こえないと広告は言っている。",)
    assert "あなたの[2]悲鳴は" in marked(body, FIRST, page)


def test_capitals_ligatures_and_quotation_marks_are_no_difference() -> None:
    body = f"{TITLE}<p>She says:</p><p>“Final report of the <em>Nostromo</em>, third officer”</p>"
    page = ("“FINAL REPORT OF THE NOSTROMO, THIRD OﬃCER”",)
    assert "<p>[2]“Final report" in marked(body, FIRST, page)


def test_an_emphasis_or_a_link_is_not_torn() -> None:
    body = f'{TITLE}<ul><li><a href="x.xhtml"><cite>Dark Star</cite></a> (1974): a crew</li></ul>'
    assert '<li>[2]<a href="x.xhtml">' in marked(body, FIRST, ("Dark Star (1974) a crew",))


def test_a_mark_stands_before_a_heading_and_not_in_it() -> None:
    body = f'{TITLE}<section><h2 id="s2">Production notes</h2><p>Shot at Shepperton.</p></section>'
    assert '<section>[2]<h2 id="s2">' in marked(body, FIRST, ("Production notes", "Shot at Shepperton."))


def test_a_page_that_begins_with_words_of_prints_own_is_marked_at_the_next_paragraph() -> None:
    body = f"{TITLE}<h2>Similar films</h2><p>Dark Star is a comedy about the same loneliness.</p>"
    page = ("Films like it", "Dark Star is a comedy about the same loneliness.")
    assert "<p>[2]Dark Star" in marked(body, FIRST, page)


def test_a_label_before_the_first_words_is_passed_over() -> None:
    body = f"{TITLE}<h2>Further themes</h2><p>guilt, motherhood</p>"
    assert "<p>[2]guilt, motherhood</p>" in marked(body, FIRST, ("Also about: guilt, motherhood",))


def test_words_in_a_drawing_in_the_head_and_in_an_attribute_are_not_the_text() -> None:
    body = f'{TITLE}<svg><title>It ran</title></svg><img alt="It ran"/><h2>It ran</h2>'
    assert '"It ran"/>[2]<h2>It ran</h2>' in marked(body, FIRST, ("It ran",))


def test_of_the_same_words_in_two_places_those_that_read_on_alike_are_meant() -> None:
    lists = [f"<li>Scarface (1932)</li><li>{other}</li>" for other in ("Fargo (1996)", "M (1931)")]
    body = f"{TITLE}<ul>{''.join(lists)}</ul>"
    page = ("Scarface (1932),", "M (1931),")
    assert "<li>Fargo (1996)</li><li>[2]Scarface" in marked(body, FIRST, page)


def test_no_page_is_marked_before_an_earlier_one() -> None:
    body = f"{TITLE}<p>Nobody hears it.</p><p>Everybody runs.</p><p>Nobody hears it.</p>"
    pages = (FIRST, ("Everybody runs.",), ("Nobody hears it.",))
    assert marked(body, *pages) == (
        f"[1]{TITLE}<p>Nobody hears it.</p><p>[2]Everybody runs.</p><p>[3]Nobody hears it.</p>"
    )


def test_a_page_of_which_the_e_book_has_no_word_is_left_out() -> None:
    assert marked(f"{TITLE}<p>A crew.</p>", FIRST, ("Something else altogether",), ()) == (
        f"[1]{TITLE}<p>A crew.</p>"
    )


def test_the_front_matter_is_followed_from_document_to_document() -> None:
    documents = [
        document("<h1>In Space</h1><p>Ann Author</p>", "front", "matter/title.xhtml"),
        document("<h1>Copyright</h1><p>In Space</p>", "front", "matter/copyright.xhtml"),
        document("<h1>Foreword</h1><p>It began.</p>", "front", "matter/foreword.xhtml"),
    ]
    openings = [("In Space",), (), ("In Space", "Ann Author"), ("In Space",), ("Foreword", "It began.")]
    labels = ["i", "ii", "iii", "iv", "v"]
    pages = [PrintedPage(label, "front", words) for label, words in zip(labels, openings, strict=True)]
    assert [page.href for page in page_breaks(with_page_breaks(documents, pages))] == [
        "matter/title.xhtml#page-i",
        "matter/title.xhtml#page-iii",
        "matter/copyright.xhtml#page-iv",
        "matter/foreword.xhtml#page-v",
    ]


# ---------------------------------------------------------------------------------------- the whole file

SYNOPSIS = (
    "A freighter wakes its crew for a signal.\n\nThe captain goes out, and something comes back with him."
)
PAGES = (
    PrintedPage("i", "front", ("In Space",)),
    PrintedPage("1", "space", ("Chapter 1", "Space", "Alien 1979")),
    PrintedPage("2", "alien-1979", ("1979", "Alien", "directed by")),
    PrintedPage("3", "alien-1979", ("goes out, and something comes back with him.",)),
    PrintedPage("4", "alien-1979--spoilers", ("Spoilers", "Alien", "The plot", "The cat lives.")),
    PrintedPage("5", "about", ("About", "Nothing is known.")),
)
TOPS = {page.label: Top(tuple(words_of(" ".join(page.opening)).split()), True) for page in PAGES}


def ebook(
    pages: Sequence[PrintedPage] = PAGES, *films: Film, mode: str = "linked", **facts: str
) -> dict[str, bytes]:
    """The files of an e-book made with these printed pages."""
    alien = film(
        "Alien",
        1979,
        synopsis=Section(Kind.SYNOPSIS, "", SYNOPSIS, 6, 6),
        spoilers=(Section(Kind.PLOT, "", "The cat lives.", 10, 12),),
    )
    guide = Guide(
        GuideInfo("In Space", **facts),  # type: ignore[arg-type]
        (Matter("title", "title"), Matter("toc", "toc", "Contents")),
        (Chapter("space", "Space", (alien, *films), number=1),),
        (Matter("text", "about", "About", "Nothing is known."),),
        {},
    )
    project = Project(ROOT, guide.info, spoilers=SpoilerPlan(epub=mode))
    theme = find_theme("classic", ROOT)
    content, findings = render_epub(
        guide, project, theme, modified=datetime(2026, 1, 2, tzinfo=UTC), pages=pages
    )
    assert findings == ()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def metadata(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    package = etree.fromstring(files["EPUB/content.opf"])
    return [
        (node.get("property") or etree.QName(node).localname, node.text or "")
        for node in package.iterfind("{*}metadata/*")
    ]


def listed(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    lists = [each for each in nav.iter(f"{XHTML}nav") if each.get(f"{OPS}type") == "page-list"]
    return [(a.text or "", a.get("href", "")) for each in lists for a in each.iter(f"{XHTML}a")]


READING_ORDER = [
    ("i", "matter/title.xhtml#page-i"),
    ("1", "chapters/space.xhtml#page-1"),
    ("2", "films/alien-1979.xhtml#page-2"),
    ("3", "films/alien-1979.xhtml#page-3"),
    ("5", "matter/about.xhtml#page-5"),
    ("4", "spoilers/alien-1979.xhtml#page-4"),
]


def test_the_list_of_pages_is_in_reading_order_which_is_not_that_of_the_paper() -> None:
    files = ebook()
    assert listed(files) == READING_ORDER
    assert "The captain <span" in files["EPUB/films/alien-1979.xhtml"].decode()


def test_spoilers_that_follow_their_film_are_listed_there() -> None:
    assert [label for label, _ in listed(ebook(mode="inline"))] == ["i", "1", "2", "3", "4", "5"]


def test_old_readers_get_the_same_list() -> None:
    ncx = etree.fromstring(ebook()["EPUB/toc.ncx"])
    assert [
        (target.findtext("{*}navLabel/{*}text"), target.find("{*}content").get("src"))  # type: ignore[union-attr]
        for target in ncx.iterfind("{*}pageList/{*}pageTarget")
    ] == READING_ORDER
    orders = [int(each.get("playOrder", "0")) for each in ncx.iter() if each.get("playOrder")]
    assert orders == list(range(1, len(orders) + 1))


def test_the_package_says_whose_pages_they_are_and_that_they_can_be_followed() -> None:
    told = metadata(ebook(isbn_print="978-0-306-40615-7"))
    assert ("source", "urn:isbn:9780306406157") in told
    assert ("pageBreakSource", "urn:isbn:9780306406157") in told
    assert {"pageNavigation", "pageBreakMarkers"} <= {
        value for key, value in told if key == "schema:accessibilityFeature"
    }


def test_without_a_print_isbn_the_pages_are_those_of_the_pdf() -> None:
    assert page_source(GuideInfo("In  Space")) == "In Space (PDF)"


def test_an_e_book_without_a_printed_one_claims_no_pages() -> None:
    files = ebook(())
    told = str(metadata(files))
    assert listed(files) == []
    assert not any(word in told for word in ("page", "source"))
    assert b"pageList" not in files["EPUB/toc.ncx"]


def test_the_same_pages_give_the_same_bytes() -> None:
    assert ebook() == ebook()


# ------------------------------------------------------------------------------------------- the proof


def complaints(files: Mapping[str, bytes], tops: Mapping[str, Top] = TOPS) -> list[str]:
    found = list(compare_pages("in-space.epub", zipped(files), tops))
    assert {each.code for each in found} <= {"F907"}
    return [each.message for each in found]


def changed(name: str, change: Callable[[str], str]) -> dict[str, bytes]:
    """The e-book with one of its files changed."""
    files = ebook()
    before = files[f"EPUB/{name}"].decode()
    after = change(before)
    assert after != before
    return files | {f"EPUB/{name}": after.encode()}


def test_a_book_as_it_was_made_agrees_with_its_pdf() -> None:
    assert complaints(ebook()) == []


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("The captain %goes out, and something", "The %captain goes out, and something"),
        ("The captain %goes out, and something", "The captain goes %out, and something"),
        ("The captain %goes out, and something", "The captain goes out, and %something"),
    ],
)
def test_a_mark_that_moved_by_a_word_is_seen(words: str, moved: str) -> None:
    mark = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-3" aria-label="3"></span>'
    files = changed(
        "films/alien-1979.xhtml",
        lambda text: text.replace(words.replace("%", mark), moved.replace("%", mark)),
    )
    (said,) = complaints(files)
    after = moved.partition("%")[2].replace(",", "").split()[0]
    assert said.startswith(f"In in-space.epub, page 3 begins with “{after}")
    assert "and in the PDF with “goes out and something comes back with him…”" in said


def test_two_marks_that_changed_places_are_seen() -> None:
    files = changed(
        "films/alien-1979.xhtml",
        lambda text: re.sub(r'id="page-(\d)" aria-label="\d"', r'id="page-\1" aria-label="2"', text),
    )
    assert "In in-space.epub, page 2 begins with “goes out" in " ".join(complaints(files))


def test_a_list_out_of_order_is_seen() -> None:
    def swapped(text: str) -> str:
        return re.sub(r"(<li><a [^>]*page-2.*?</li>)\s*(<li><a [^>]*page-3.*?</li>)", r"\2\1", text)

    assert complaints(changed("nav.xhtml", swapped)) == [
        "The list of pages in in-space.epub has page 2 behind 3, which follows it."
    ]


def test_a_page_that_the_list_leaves_out_is_seen() -> None:
    files = changed("nav.xhtml", lambda text: re.sub(r"<li><a [^>]*page-3.*?</li>", "", text))
    assert complaints(files) == ["The list of pages in in-space.epub leaves out page 3."]


def test_a_line_of_the_list_that_leads_nowhere_is_seen() -> None:
    files = changed("films/alien-1979.xhtml", lambda text: text.replace('id="page-3"', 'id="page-33"'))
    assert complaints(files) == [
        "The list of pages in in-space.epub sends page 3 where no page 3 begins.",
        "The list of pages in in-space.epub leaves out page 3.",
    ]


def test_a_page_that_lost_its_mark_and_its_line_is_seen_by_its_words() -> None:
    files = changed("nav.xhtml", lambda text: re.sub(r"<li><a [^>]*page-3.*?</li>", "", text))
    film_page = files["EPUB/films/alien-1979.xhtml"].decode()
    files["EPUB/films/alien-1979.xhtml"] = re.sub(r'<span [^>]*"page-3"[^>]*></span>', "", film_page).encode()
    words = "goes out and something comes back with him"
    assert complaints(files) == [f"in-space.epub does not mark page 3, whose words it has: “{words}…”."]


def test_a_page_that_the_pdf_does_not_have_is_seen() -> None:
    tops = {label: top for label, top in TOPS.items() if label != "3"}
    assert complaints(ebook(), tops) == [
        "films/alien-1979.xhtml in in-space.epub marks a page 3, which the PDF does not have.".replace(
            "films/", "EPUB/films/"
        )
    ]


def test_numbers_that_print_sets_between_the_words_are_no_difference() -> None:
    words = ("goes", "out", "p", "214", "and", "something", "3", "comes", "back", "with", "him")
    assert complaints(ebook(), TOPS | {"3": replace(TOPS["3"], words=words)}) == []


# --------------------------------------------------------------------------------------- finished books


@pytest.mark.slow
def test_every_page_with_words_on_it_is_marked_and_both_books_agree(books: Books) -> None:
    """Of our own books no page is missing but blank ones, and those of a drawing that is all there is."""
    pdf_pages = books.told["pages"]
    with zipfile.ZipFile(books.files[".epub"]) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert not [each for each in books.told["findings"] if each["code"] == "F907"]
    assert len(listed(files)) > 0.9 * pdf_pages


def test_a_guide_built_in_one_go_is_verified_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "One"\n', "utf-8")
    story = " ".join(f"On day {n} the crew counts its cats and finds {n} of them." for n in range(120))
    (tmp_path / "entries" / "alien-1979.md").write_text(
        f"---\ntitle: Alien\nyear: 1979\n---\n{SYNOPSIS}\n\n# Spoilers\n\n## Plot\n\n{story}\n", "utf-8"
    )
    report = build_guide(tmp_path, jobs=1)
    assert report.findings == ()
    with zipfile.ZipFile(tmp_path / "build" / "one.epub") as archive:
        labels = [label for label, _ in listed({name: archive.read(name) for name in archive.namelist()})]
    manifest = read_manifest((tmp_path / "build" / "one.manifest.json").read_bytes())
    assert manifest is not None
    numbered = [page.label for page in manifest.pages if page.label.isdecimal()]
    assert (labels[0], sorted(filter(str.isdecimal, labels))) == ("i", sorted(numbered))
