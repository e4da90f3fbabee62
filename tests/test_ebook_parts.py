"""Long documents of the e-book are cut between blocks, and every link goes on leading where it led."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from conftest import film
from lxml import etree
from test_epub import checked, guide_of, rendered

from book.accessibility import faults
from book.ebook import Document
from book.ebook_parts import MOST_BYTES, in_parts
from book.model import GuideInfo, Kind, Section, Zone
from book.verify import verify_file
from book.verify_promise import promise_of
from book.words import words_of

WORDS = words_of(GuideInfo("A Guide"))
NAV = Document("nav.xhtml", "Contents", "<nav/>" * 999, Zone.FRONT, properties=("nav",))


def document(body: str, name: str = "films/one-1990.xhtml", **more: object) -> Document:
    head = "<head><title>One</title></head>"
    ns = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    page = f'<html {ns} lang="en" xml:lang="en">{head}<body>{body}</body></html>'
    xhtml = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{page}'
    return replace(Document(name, "One", xhtml, Zone.SAFE, depth=2, landmark="bodymatter"), **more)  # type: ignore[arg-type]


def paragraphs(count: int, first: int = 1) -> str:
    return "".join(f'<p id="p{n}">{"word " * 100}{n}</p>' for n in range(first, first + count))


def texts(part: Document, tag: str) -> list[str]:
    root = etree.fromstring(part.xhtml.encode())
    return ["".join(map(str, each.itertext())) for each in root.iter(f"{{*}}{tag}")]


def test_a_short_document_and_the_contents_stay_as_they_are() -> None:
    short = document("<p>Short.</p>")
    assert in_parts([short, NAV], WORDS, most=4000) == (short, NAV)


def test_a_long_one_is_cut_between_paragraphs_with_all_its_words() -> None:
    parts = in_parts(
        [document(f'<section aria-labelledby="t"><h1 id="t">One</h1>{paragraphs(40)}</section>')],
        WORDS,
        most=9000,
    )
    assert [part.name for part in parts] == [
        "films/one-1990.xhtml",
        "films/one-1990_2.xhtml",
        "films/one-1990_3.xhtml",
        "films/one-1990_4.xhtml",
    ]
    assert all(len(part.xhtml.encode()) <= 9000 for part in parts)
    told = [text for part in parts for text in texts(part, "p") if text.startswith("word")]
    assert [int(text.split()[-1]) for text in told] == list(range(1, 41))
    assert [(part.depth, part.landmark, part.title) for part in parts[:2]] == [
        (2, "bodymatter", "One"),
        (0, "", "One (part 2 of 4)"),
    ]
    assert 'aria-label="One"' in parts[1].xhtml


def test_parts_lead_to_one_another() -> None:
    parts = in_parts([document(paragraphs(40))], WORDS, most=9000)
    ways = [re.findall(r'<p class="ways"><a href="([^"]+)"', part.xhtml) for part in parts]
    assert ways[0] == ["one-1990_2.xhtml"]
    assert ways[1] == ["one-1990.xhtml", "one-1990_3.xhtml"]
    assert ways[-1] == [f"one-1990_{len(parts) - 1}.xhtml"]


def test_links_lead_to_the_part_that_has_their_place() -> None:
    links = '<p><a href="#p2">2</a> <a href="#p39">39</a> <a href="../matter/a.xhtml#p1">a</a></p>'
    long = document(links + paragraphs(38) + '<p id="p39"><a href="#p2">back</a></p>')
    other = document(
        '<p><a href="../films/one-1990.xhtml#p39">39</a><a href="../films/one-1990.xhtml">1</a></p>'
    )
    other = replace(other, name="matter/text.xhtml")
    first, *_, last, text = in_parts([long, other], WORDS, most=9000)
    assert re.findall(r'href="([^"]+)"', first.xhtml)[:3] == [
        "#p2",
        "one-1990_4.xhtml#p39",
        "../matter/a.xhtml#p1",
    ]
    assert 'href="one-1990.xhtml#p2"' in last.xhtml
    assert re.findall(r'href="([^"]+)"', text.xhtml) == [
        "../films/one-1990_4.xhtml#p39",
        "../films/one-1990.xhtml",
    ]


def test_a_heading_goes_with_what_it_heads_and_is_said_again_where_its_section_goes_on() -> None:
    plot = f'<section aria-labelledby="s1"><h2 id="s1">Plot</h2>{paragraphs(12)}</section>'
    people = f'<section aria-labelledby="s2"><h2 id="s2">People</h2>{paragraphs(30, 50)}</section>'
    parts = in_parts([document(f"<h1>One</h1>{plot}{people}")], WORDS, most=10_500)
    assert [texts(part, "h2") for part in parts] == [
        ["Plot"],
        ["People"],
        ["People, continued"],
        ["People, continued"],
    ]
    assert list(faults(parts, "")) == []


def test_a_list_goes_on_counting_and_a_table_repeats_its_head() -> None:
    items = "".join(f"<li>{'word ' * 100}</li>" for _ in range(20))
    rows = "".join(f"<tr><td>{'word ' * 100}</td></tr>" for _ in range(20))
    table = f"<table><thead><tr><th>Time</th></tr></thead><tbody>{rows}</tbody></table>"
    lists = in_parts([document(f"<ol>{items}</ol>")], WORDS, most=9000)
    assert [re.findall(r"<ol(?: start=\"(\d+)\")?>", part.xhtml) for part in lists] == [[""], ["11"]]
    assert [texts(part, "th") for part in in_parts([document(table)], WORDS, most=9000)] == [
        ["Time"],
        ["Time"],
    ]


def test_a_page_of_the_printed_book_is_listed_in_the_part_that_has_its_mark() -> None:
    mark = '<p><span id="page-7"></span>Here.</p>'
    parts = in_parts([document(paragraphs(38) + mark, breaks=("6", "7"))], WORDS, most=9000)
    assert [part.breaks for part in parts] == [(), (), (), ("7",)]


def test_a_film_of_a_thousand_paragraphs_is_a_valid_book_that_keeps_its_promise(tmp_path: Path) -> None:
    told = "\n\n".join(
        f"Sentence {n} tells at length{' and on' * 60}[^{n}].\n\n[^{n}]: Note {n}." for n in range(900)
    )
    long = film(
        "Long", 1990, spoilers=(Section(Kind.PLOT, "Plot", told), Section(Kind.ENDING, "", "All is well."))
    )
    guide = guide_of(long, film("Short", 1991), front=(), back=())
    content, findings = rendered(guide)
    assert findings == ()
    with zipfile.ZipFile(BytesIO(content)) as book:
        sizes = {name: len(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")}
    assert sum(name.startswith("EPUB/spoilers/long-1990") for name in sizes) == 3
    assert max(sizes.values()) <= MOST_BYTES
    assert checked(content, tmp_path) == []
    verdict = verify_file(promise_of(guide), None, "book.epub", content, "linked")
    assert verdict.findings == ()
