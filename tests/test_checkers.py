"""The checkers themselves: each finds the fault that was planted for it in a small book without others."""

import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from checkers import ace, check_book, epubcheck
from reading import PROGRAMS, Publication, Read, read_in

pytestmark = pytest.mark.slow

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>{0}</title></head>
<body>
<h1>{0}</h1>
"""
TAIL = "</body></html>"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
SECRET = "The keeper of the lighthouse was his own brother all along."

BOOK = {
    "META-INF/container.xml": """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>""",
    "EPUB/content.opf": """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="id" version="3.0" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:dc0054d0-6158-548c-9228-82a9f9f7f413</dc:identifier>
<dc:title>Two Films</dc:title><dc:language>en</dc:language><dc:source>Two Films, printed</dc:source>
<meta property="dcterms:modified">2026-01-31T00:00:00Z</meta>
<meta property="pageBreakSource">Two Films, printed</meta>
<meta property="schema:accessMode">textual</meta><meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Every picture is described.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="films/a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="films/b.xhtml" media-type="application/xhtml+xml"/>
<item id="s" href="spoilers/a.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="a.svg" media-type="image/svg+xml"/>
</manifest>
<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/><itemref idref="s" linear="no"/></spine>
</package>""",
    "EPUB/nav.xhtml": HEAD.format("Contents")
    + """<nav epub:type="toc" role="doc-toc"><ol>
<li><a href="films/a.xhtml">A Film</a></li>
<li><a href="films/b.xhtml">B Film</a></li></ol></nav>
<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"><ol>
<li><a href="films/a.xhtml#page-1">1</a></li>
<li><a href="films/b.xhtml#page-2">2</a></li></ol></nav>
"""
    + TAIL,
    "EPUB/films/a.xhtml": HEAD.format("A Film")
    + """<p><span id="page-1" role="doc-pagebreak" epub:type="pagebreak" aria-label="1"></span>By the sea.</p>
<p id="picture"><img src="../a.svg" alt="A black square" width="9"/></p>
<p><a href="b.xhtml">B Film</a></p>
<p><a href="../spoilers/a.xhtml">Read the spoilers</a></p>
"""
    + TAIL,
    "EPUB/films/b.xhtml": HEAD.format("B Film")
    + """<p><span id="page-2" role="doc-pagebreak" epub:type="pagebreak" aria-label="2"></span>Inland.</p>
"""
    + TAIL,
    "EPUB/spoilers/a.xhtml": HEAD.format("Spoilers: A Film")
    + f'<p>{SECRET}</p><p><a href="../films/a.xhtml">Back</a></p>'
    + TAIL,
    "EPUB/a.svg": PICTURE,
}


def planted(folder: Path, *faults: tuple[str, str, str]) -> Path:
    """The book with words replaced in some of its files: a file, the words, what takes their place."""
    files: Mapping[str, str] = dict(BOOK)
    for file, old, new in faults:
        assert old in files[f"EPUB/{file}"]
        files = {**files, f"EPUB/{file}": files[f"EPUB/{file}"].replace(old, new)}
    book = folder / "book.epub"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for file, text in files.items():
            archive.writestr(file, text, zipfile.ZIP_DEFLATED)
    return book


FILMS = """<li><a href="films/a.xhtml">A Film</a></li>
<li><a href="films/b.xhtml">B Film</a></li>"""
FILMS_SWAPPED = """<li><a href="films/b.xhtml">B Film</a></li>
<li><a href="films/a.xhtml">A Film</a></li>"""
PAGES = """<li><a href="films/a.xhtml#page-1">1</a></li>
<li><a href="films/b.xhtml#page-2">2</a></li>"""
PAGES_SWAPPED = """<li><a href="films/b.xhtml#page-2">2</a></li>
<li><a href="films/a.xhtml#page-1">1</a></li>"""


def test_epubcheck_has_nothing_against_the_book_without_faults(tmp_path: Path) -> None:
    assert epubcheck(planted(tmp_path), tmp_path) == []


def test_epubcheck_finds_every_fault(tmp_path: Path) -> None:
    book = planted(
        tmp_path,
        ("films/a.xhtml", 'href="b.xhtml"', 'href="c.xhtml"'),
        ("films/a.xhtml", "spoilers/a.xhtml", "spoilers/a.xhtml#no"),
        ("films/a.xhtml", 'id="picture"', 'id="page-1"'),
        ("nav.xhtml", FILMS, FILMS_SWAPPED),
        ("a.svg", "<rect", "<circel"),
        ("content.opf", "2026-01-31T00:00:00Z", "31 January"),
    )
    said = epubcheck(book, tmp_path)
    faults = {
        "a broken link": "RSC-007 ERROR",
        "a link to no place": "RSC-012 ERROR",
        "a duplicate id": "RSC-005 ERROR: Error while parsing file: Duplicate",
        "contents out of order": "NAV-011 WARNING",
        "a broken SVG": "RSC-025 USAGE",
        "a date that is none": "RSC-005 ERROR: Error while parsing file: dcterms:modified",
    }
    missed = [fault for fault, code in faults.items() if not any(one.startswith(code) for one in said)]
    assert missed == [], said


def test_pages_out_of_order_are_found(tmp_path: Path) -> None:
    assert Publication(planted(tmp_path)).pages_out_of_order() == []
    swapped = planted(tmp_path, ("nav.xhtml", PAGES, PAGES_SWAPPED))
    assert Publication(swapped).pages_out_of_order() == ["1"]
    astray = planted(tmp_path, ("nav.xhtml", "b.xhtml#page-2", "b.xhtml#page-9"))
    assert Publication(astray).pages_out_of_order() == ["2"]


def test_ace_finds_what_a_blind_reader_would_miss(tmp_path: Path) -> None:
    book = planted(
        tmp_path,
        ("films/a.xhtml", ' alt="A black square"', ""),
        ("films/a.xhtml", "By the sea.", '<span style="color: #ccc; background: #fff">By the sea.</span>'),
        (
            "films/b.xhtml",
            "</p>",
            "</p><table><tr><th></th><th>A</th></tr><tr><td>a</td><td/></tr></table>",
        ),
        ("spoilers/a.xhtml", ">Back<", "><"),
        ("content.opf", '<meta property="schema:accessibilityHazard">none</meta>', ""),
    )
    said = "\n".join(ace(book, tmp_path)).casefold()
    faults = ["image-alt", "color-contrast", "empty-table-header", "link-name", "accessibilityhazard"]
    assert [rule for rule in faults if rule not in said] == [], said


def test_check_book_finds(tmp_path: Path) -> None:
    clean = check_book(planted(tmp_path), tmp_path)
    book = planted(
        tmp_path,
        ("films/a.xhtml", 'href="b.xhtml"', 'href="c.xhtml"'),
        ("films/a.xhtml", 'id="picture"', 'id="page-1"'),
        ("films/b.xhtml", "<p>", '<p style="colour: red">'),
    )
    said = set(check_book(book, tmp_path)) - set(clean)
    assert len(said) >= 3, said


@pytest.fixture(scope="module", params=PROGRAMS)
def faulty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A book with a fault of every kind that can be seen, as a reading program shows it."""
    away = tmp_path_factory.mktemp("faulty")
    book = planted(
        away,
        ("films/a.xhtml", "By the sea.", '<span style="color: #777">By the sea.</span>'),
        ("films/a.xhtml", 'href="b.xhtml"', 'href="c.xhtml"'),
        ("films/b.xhtml", "Inland.", f'<img src="gone.png" alt=""/> {"Inland" * 30}'),
        ("films/b.xhtml", "<p>", '<p style="width: 60em; max-width: none; white-space: nowrap">'),
        ("content.opf", ' linear="no"', ""),
        ("nav.xhtml", "a.xhtml#page-1", "a.xhtml#page-9"),
    )
    return read_in(request.param, book, away / "read")


def test_reading_finds_what_leaves_its_column_and_what_is_too_faint(faulty: Read) -> None:
    overflow = faulty.seen_amiss("overflow")
    assert [one for one in overflow if "films/b.xhtml" in one and "InlandInland" in one]
    assert [one for one in faulty.seen_amiss("faint") if "By the sea." in one]


def test_reading_finds_links_that_lead_nowhere(faulty: Read) -> None:
    astray = {each["to"] for each in faulty.told["followed"] if not each["there"]}
    assert astray == {"EPUB/films/c.xhtml"}
    assert [each["there"] for each in faulty.told["paged"]] == [False, True]


def test_reading_finds_a_spoiler_in_the_way(faulty: Read) -> None:
    assert faulty.passed[-1] == "EPUB/spoilers/a.xhtml"
    assert SECRET in faulty.told["passed"][-1]["text"]
    assert faulty.publication.paragraphs("spoilers") == {SECRET}


def test_reading_finds_a_picture_that_does_not_come_up(faulty: Read) -> None:
    assert {one.partition(" ")[2] for one in faulty.seen_amiss("broken")} == {"EPUB/films/b.xhtml: gone.png"}


def test_a_checker_that_is_missing_skips_or_fails_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = partial(check_book, Path("book.epub"), Path())
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("FILMGUIDE_DEMAND_CHECKERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="calibre is not installed: apt-get install"):
        calls()
    monkeypatch.setenv("FILMGUIDE_DEMAND_CHECKERS", "1")
    with pytest.raises(pytest.fail.Exception, match="calibre is not installed: apt-get install"):
        calls()
