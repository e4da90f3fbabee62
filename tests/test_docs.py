"""What the reference pages say is what the program reads."""

import re
from pathlib import Path

from book import config, editions
from book.entry import read_entry
from book.facts import FIELDS
from book.likeness import WEIGHTS
from book.matter import DRAWN, PAGES
from book.model import Kind
from book.tracks import ORDERS as TRACK_ORDERS

DOCS = Path(__file__).parent.parent / "docs"


def first_column(page: str) -> set[str]:
    """The words in code signs in the first column of every table of a page."""
    rows = re.findall(r"^\| (.+?) \|", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}


def test_every_fact_is_documented_and_no_other() -> None:
    keys = {word for word in first_column("entries.md") if not word.startswith("##")}
    assert keys == set(FIELDS)


def test_the_entry_in_the_documentation_is_read_without_a_finding() -> None:
    text = (DOCS / "entries.md").read_text("utf-8").split("```\n")[1]
    film, findings = read_entry(text, file="entries/leaving-las-vegas-1995.md")
    assert findings == ()
    assert film is not None
    assert [section.kind for section in film.spoilers] == [Kind.PLOT, Kind.TIMELINE]


def test_every_word_of_the_guide_file_is_documented() -> None:
    page = (DOCS / "guide-file.md").read_text("utf-8")
    words = {
        *editions.PDF_PLACES, *editions.EPUB_PLACES, *config.CHAPTERS_BY, *config.QUERIES, *config.ORDERS,
        *config.INDEXES, *config.LIKENESSES, *PAGES, *DRAWN, *TRACK_ORDERS,
    }  # fmt: skip
    assert sorted(word for word in words if not re.search(rf"\b{re.escape(word)}\b", page)) == []


def test_every_weight_that_counts_can_be_given() -> None:
    assert set(WEIGHTS) == set(config.LIKENESSES)


def test_a_guide_file_with_every_documented_key_is_read_without_a_finding(tmp_path: Path) -> None:
    values = {"films": "[]", "where": "{ genre = 'Drama' }", "sort": '"year"', "limit": "4", "weights": "{}"}
    values |= {"isbn": "{}", "price": "{}", "authors": "[]", "subjects": "[]", "published": "2026-01-31"}
    values |= {"status": '"published"', "audience": '"general"'}
    values |= {"role": '"editor"', "organisation": "true", "fonts": "true"}
    values |= {"bisac": '["PER004030"]', "thema": '["ATFG"]', "keywords": '["noir"]'}
    values |= {"spine": '"17mm"', "spine_reads": '"up"', "price_code": '"52495"', "printer": '"lulu"'}
    values |= {
        "include": "[]",
        "bleed": "false",
        "qr": "true",
        "paper": '"cream"',
        "ink": '"black"',
        "trim": '"A5"',
    }
    values |= {"numerals": '"spoken"', "collation": '"sv"', "names": "{ Cher = 'Cher' }"}
    values |= {
        "slug": '"a-guide"',
        "pdf": '"page"',
        "epub": '"inline"',
        "language": '"fr"',
        "theme": '"modern"',
        "spoilers": '"omit"',
        "formats": '["epub"]',
        "use_plots": "true",
        "embeddings": "false",
        "name": "'A name'",
        "by": '"release"',
    }
    lines = []
    for heading in re.split(r"^## ", (DOCS / "guide-file.md").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        tables = re.findall(r"\[\[?\w+\]\]?", heading.splitlines()[0])
        keys = re.findall(r"^\| (.+?) \|", heading, re.MULTILINE)
        for key in [word for row in keys for word in re.findall(r"`([^`]+)`", row)]:
            own = {"include": "[indexes]", "cover": "[ebook]", "fonts": "[ebook]"}.get(key)
            own = "[subjects]" if key in {"bisac", "thema", "keywords"} else own
            table = own if own in tables else tables[0]
            value = values.get(key, "'a text'")
            lines.append((table, f"{key} = {value}"))
    text = ""
    for table in dict.fromkeys(table for table, _ in lines):
        text += f"{table}\n" + "\n".join(line for name, line in lines if name == table) + "\n\n"
    assert len(lines) > 25
    assert config.read_project(text, tmp_path)[1] == ()
