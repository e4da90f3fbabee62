"""The record for shops: it fits the schemas of both releases, and says what the finished files bear out."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from conftest import film
from finished import Books, filmguide
from lxml import etree

from book.config import EbookPlan, Project
from book.model import (
    BookError,
    Chapter,
    Contributor,
    Guide,
    GuideInfo,
    Manifest,
    PageFact,
    Series,
    Zone,
)
from book.onix import VERSIONS, onix, short_text
from book.onix_access import accessibility_codes

HERE = Path("here")
SENT = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
LABELS = ("", "ii", "iii", "1", "2", "3", "", "4")
MANIFEST = Manifest(
    "A Guide", tuple(PageFact(n, label, Zone.FRONT) for n, label in enumerate(LABELS, 1)), (), {}
)
FULL = GuideInfo(
    "The Guide & More",
    "A <Subtitle>",
    ("Ann Author", "The Lantern Row Collective"),
    "Press & Co",
    "pt-BR",
    edition="Second edition",
    isbn_print="978-3-16-148410-0",
    isbn_ebook="0-306-40615-2",
    description="First sentence. " + "Words go on and on. " * 30,
    subjects=("PER004030 PERFORMING ARTS / Film", "ATFG", "1DDF"),
    keywords=("noir", "ghosts"),
    published=date(2026, 11, 22),
    series=Series("Lantern", "3"),
    cover_line="To read before you watch",
    contributors=(Contributor("Cy de Vries", ("foreword", "editor")),),
)
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">pageNavigation</meta>
<meta property="schema:accessibilityFeature">somethingNew</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">All of it.</meta>
<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>
</metadata><manifest><item href="nav.xhtml" media-type="application/xhtml+xml"/></manifest></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en">
<body><nav epub:type="toc"/><nav epub:type="landmarks"/></body></html>"""


def guide(info: GuideInfo) -> Guide:
    films = (film("One", 1990, spoiler_themes=("ghosts",)),)
    return Guide(info, (), (Chapter("first", "First", films),), (), {})


def ebook(package: str = OPF) -> bytes:
    out = BytesIO()
    container = '<container><rootfiles><rootfile full-path="EPUB/content.opf"/></rootfiles></container>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("EPUB/content.opf", package)
        archive.writestr("EPUB/nav.xhtml", NAV)
    return out.getvalue()


def project(info: GuideInfo) -> Project:
    prices = {"USD": "24.95", "EUR": "22"}
    return Project(HERE, info, prices=prices, ebook=EbookPlan(prices={"USD": "0"}))


def record(info: GuideInfo = FULL, version: str = "3.0", **more: object) -> bytes:
    options = {"manifest": MANIFEST, "sent": SENT, "epub": ebook()} | more
    return onix(guide(info), project(info), version=version, **options)  # type: ignore[arg-type]


def products(content: bytes) -> list[etree._Element]:
    return etree.fromstring(content).findall("{*}Product")


def said(element: etree._Element, *path: str) -> list[str | None]:
    """The texts at a path of element names."""
    return [each.text for each in element.iterfind("/".join(f"{{*}}{name}" for name in path))]


def rows(element: etree._Element, path: str) -> list[tuple[str | None, ...]]:
    """The texts of every child of the elements at a path."""
    return [tuple(child.text for child in each) for each in element.iterfind(f".//{{*}}{path}")]


def faults(content: bytes, schemas: Sequence[str] = ("xsd", "rng")) -> list[str]:
    onixcheck = pytest.importorskip("onixcheck", reason="the package onixcheck has the schemas")
    file = BytesIO(content)
    file.name = "guide.onix.xml"
    return [str(message) for message in onixcheck.validate(file, schemas)]


# ----------------------------------------------------------------------------------- the schemas


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("info", [FULL, GuideInfo("Bare")], ids=["of every fact", "of a title alone"])
def test_a_record_fits_the_schemas(info: GuideInfo, version: str) -> None:
    assert faults(record(info, version)) == []
    assert faults(record(info, version, manifest=None, epub=None, formats=("epub",))) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_checker_sees_a_planted_fault(version: str) -> None:
    content = record(version=version).replace(b"<ProductComposition>00<", b"<ProductComposition>77<", 1)
    assert faults(content, ("xsd",)) != []


def test_a_record_of_another_release_is_not_written() -> None:
    with pytest.raises(BookError, match=r"no ONIX 2\.1"):
        record(version="2.1")


def test_a_cover_may_be_named_with_the_address_where_it_is() -> None:
    content = record(cover_link="https://example.org/cover.jpg")
    assert faults(content) == []
    assert rows(products(content)[0], "ResourceVersion") == [("02", "https://example.org/cover.jpg")]


# ------------------------------------------------------------------------------------ what it says


def test_the_two_formats_have_a_record_each_and_name_each_other() -> None:
    printed, digital = products(record())
    assert said(printed, "ProductIdentifier", "IDValue") == ["9783161484100"] * 2
    assert said(printed, "RelatedMaterial", "RelatedProduct", "ProductRelationCode") == ["06", "27"]
    related = "RelatedMaterial", "RelatedProduct", "ProductIdentifier", "IDValue"
    assert said(printed, *related) == said(digital, "ProductIdentifier", "IDValue") == ["9780306406157"] * 2
    assert said(digital, *related) == ["9783161484100"] * 2
    forms = [said(each, "DescriptiveDetail", "ProductForm") for each in (printed, digital)]
    assert forms == [["BC"], ["ED"]]


def test_a_guide_without_numbers_keeps_its_name_when_it_gets_some() -> None:
    bare = replace(FULL, isbn_print="", isbn_ebook="")
    references = [[said(each, "RecordReference") for each in products(record(info))] for info in (FULL, bare)]
    assert references[0] == references[1]
    assert said(products(record(bare))[0], "ProductIdentifier", "ProductIDType") == ["01"]


def test_pages_are_counted_in_the_manifest() -> None:
    printed, digital = products(record())
    assert rows(printed, "Extent") == [
        ("00", "4", "03"),
        ("03", "2", "03"),
        ("11", "6", "03"),
        ("06", "8", "03"),
    ]
    assert rows(digital, "Extent") == [("08", "6", "03"), ("22", "2", "18")]
    assert rows(products(record(manifest=None))[0], "Extent") == []


def test_everybody_who_made_it_is_named_with_roles() -> None:
    assert rows(products(record())[0], "Contributor") == [
        ("1", "A01", "Ann Author", "Author, Ann"),
        ("2", "A01", "The Lantern Row Collective"),
        ("3", "A23", "B01", "Cy de Vries", "Vries, Cy de"),
    ]


def test_the_first_code_of_a_list_is_the_main_one_and_no_keyword_spoils() -> None:
    assert rows(products(record())[0], "Subject") == [
        (None, "10", "PER004030", "PERFORMING ARTS / Film"),
        (None, "93", "ATFG"),
        ("94", "1DDF"),
        ("20", "noir"),
    ]


def test_the_language_is_named_as_librarians_do() -> None:
    assert rows(products(record())[0], "DescriptiveDetail/{*}Language") == [("01", "por", "BR")]
    german = products(record(replace(FULL, language="de")))[0]
    assert rows(german, "DescriptiveDetail/{*}Language") == [("01", "ger")]


def test_an_article_stands_apart_from_the_title() -> None:
    english = products(record(replace(FULL, language="en")))[0]
    title = english.find("{*}DescriptiveDetail/{*}TitleDetail/{*}TitleElement")
    assert title is not None
    assert [child.text for child in title] == ["01", "The", "Guide & More", "A <Subtitle>"]


def test_prices_are_by_currency_and_a_book_may_be_free() -> None:
    printed, digital = products(record())
    assert rows(printed, "Price") == [("01", "24.95", "USD"), ("02", "22", "EUR")]
    assert rows(digital, "Price") == [("01", "USD")]


@pytest.mark.parametrize(
    ("info", "status"),
    [
        (FULL, ["04"]),
        (replace(FULL, published=date(2027, 1, 1)), ["02"]),
        (replace(FULL, status="forthcoming"), ["02"]),
        (replace(FULL, published=date(2027, 1, 1), status="published"), ["04"]),
    ],
)
def test_a_book_is_forthcoming_until_its_day(info: GuideInfo, status: list[str]) -> None:
    content = record(info)
    assert said(products(content)[0], "PublishingDetail", "PublishingStatus") == status
    assert faults(content) == []


def test_accessibility_is_what_the_finished_file_says() -> None:
    assert accessibility_codes(ebook()) == (
        ("09", "00", "All of it."),
        ("09", "04", ""),
        ("09", "11", ""),
        ("09", "22", ""),
        ("09", "32", ""),
        ("09", "41", ""),
        ("09", "82", ""),
        ("09", "85", ""),
        ("12", "00", ""),
    )
    assert b"<ProductFormFeatureType>09<" not in record(epub=None)


def test_a_short_description_is_whole_sentences() -> None:
    assert short_text("One. Two!") == "One. Two!"
    long = "One is short. " + "x" * 300 + ". Three is too far behind to be in it as well, by some words."
    assert short_text(long) == "One is short. " + "x" * 300 + "."
    assert short_text("x" * 400) == ""
    assert short_text("短い。" * 200) == "短い。" * 116


def test_the_same_moment_gives_the_same_bytes_in_any_time_zone() -> None:
    elsewhere = SENT.astimezone(timezone(timedelta(hours=-9)))
    assert record() == record(sent=elsewhere) == record(sent=SENT.replace(tzinfo=None))


# ------------------------------------------------------------------------------------ the command


def test_the_command_writes_a_record_beside_the_finished_books(books: Books, tmp_path: Path) -> None:
    out = books.files[".epub"].parent
    told = filmguide("-C", books.guide, "onix", "--out", out, within=tmp_path)
    (file,) = told["files"]
    content = Path(file).read_bytes()
    assert Path(file).name == f"{books.files['.epub'].stem}.onix.xml"
    assert faults(content) == []
    printed, digital = products(content)
    assert [kind for kind, *_ in rows(printed, "Extent")] == ["00", "03", "11", "06"]
    assert ("09", "04") in rows(digital, "ProductFormFeature")
    assert {found["code"] for found in told["findings"]} == {"F786"}
