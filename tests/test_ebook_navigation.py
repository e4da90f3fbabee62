"""Ways through the e-book: from film to film, to the contents, from letter to letter, to notes and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import film
from lxml import etree

from book.compose_ebook import compose_ebook
from book.config import Project
from book.ebook import Document, contents
from book.ebook_prose import settle
from book.editions import SpoilerPlan
from book.model import (
    Chapter,
    Film,
    Guide,
    GuideInfo,
    Index,
    IndexEntry,
    IndexGroup,
    Kind,
    Matter,
    Section,
    SeeAlso,
    Target,
)
from book.prose import to_html
from book.themes import find_theme

ROOT = Path(__file__).parent.parent
XHTML, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
TOC = Matter("toc", "toc", "Contents")
ALIEN, ALIENS, VERTIGO = film("Alien", 1979), film("Aliens", 1986), film("Vertigo", 1958)


def composed(
    *films: Film, mode: str = "linked", back: Sequence[Matter] = (), **parts: object
) -> dict[str, str]:
    """The documents of a guide by their names; each film is a chapter of its own."""
    chapters = tuple(Chapter(f"chapter-{each.slug}", each.title, (each,)) for each in films)
    whole = {"front": (TOC,), "see_also": {}} | parts
    guide = Guide(GuideInfo("In Space"), chapters=chapters, back=tuple(back), **whole)  # type: ignore[arg-type]
    project = Project(ROOT, guide.info, spoilers=SpoilerPlan(epub=mode))
    made = compose_ebook(guide, project, find_theme("classic", ROOT), pictures={})
    return {document.name: document.xhtml for document in made}


def ways(xhtml: str) -> list[tuple[str, str]]:
    """The links at the end of a film's page."""
    navs = [nav for nav in etree.fromstring(xhtml.encode()).iter(f"{XHTML}nav") if nav.get("class") == "ways"]
    return [
        (a.get("href", ""), "".join(map(str, a.itertext()))) for nav in navs for a in nav.iter(f"{XHTML}a")
    ]


def test_a_film_leads_on_back_to_its_like_and_to_the_contents() -> None:
    see_also = {ALIENS.slug: (SeeAlso(ALIEN.slug, "Alien", 1979),)}
    made = composed(ALIEN, ALIENS, VERTIGO, see_also=see_also)
    assert ways(made["films/aliens-1986.xhtml"]) == [
        ("vertigo-1958.xhtml", "On to the next film: Vertigo"),
        ("alien-1979.xhtml", "Back to the film before: Alien"),
        ("#similar", "Similar films"),
        ("../nav.xhtml", "Contents"),
    ]


def test_the_first_film_has_none_before_it_and_the_last_none_behind() -> None:
    made = composed(ALIEN, ALIENS)
    assert [words for _, words in ways(made["films/alien-1979.xhtml"])] == [
        "On to the next film: Aliens",
        "Contents",
    ]
    assert [words for _, words in ways(made["films/aliens-1986.xhtml"])] == [
        "Back to the film before: Alien",
        "Contents",
    ]


def test_inline_the_way_past_the_spoilers_is_not_told_twice() -> None:
    made = composed(ALIEN, ALIENS, mode="inline")
    whole = made["films/alien-1979.xhtml"]
    assert whole.count('href="aliens-1986.xhtml"') == 1


def test_no_page_leads_to_contents_that_the_guide_does_not_print() -> None:
    made = composed(ALIEN, front=())
    assert "nav.xhtml" in made
    assert not any('nav.xhtml"' in xhtml for name, xhtml in made.items() if name != "nav.xhtml")


def test_the_ways_have_a_name_for_those_who_hear_them() -> None:
    assert '<nav class="ways" aria-label="Ways on">' in composed(ALIEN)["films/alien-1979.xhtml"]


def test_the_contents_have_films_below_chapters_and_indexes_beside_these() -> None:
    index = Index("title", "Index of titles", (IndexGroup("", (IndexEntry("Alien"),)),))
    documents = [
        Document("chapters/a.xhtml", "Space", "", None, depth=1),  # type: ignore[arg-type]
        Document("films/alien.xhtml", "Alien", "", None, depth=2),  # type: ignore[arg-type]
        Document("indexes/t.xhtml", index.title, "", None, depth=1),  # type: ignore[arg-type]
    ]
    assert [(line.title, [below.title for below in line.below]) for line in contents(documents)] == [
        ("Space", ["Alien"]),
        ("Index of titles", []),
    ]


def test_the_letters_of_an_index_are_a_bar_to_jump_by() -> None:
    groups = tuple(
        IndexGroup(each.title[0], (IndexEntry(each.title, (Target(each.slug, each.title),)),))
        for each in (ALIEN, VERTIGO)
    )
    back = (Matter("index", "index-title", "Titles", index=Index("title", "Titles", groups)),)
    page = etree.fromstring(composed(ALIEN, VERTIGO, back=back)["indexes/index-title.xhtml"].encode())
    (bar,) = (each for each in page.iter(f"{XHTML}p") if each.get("class") == "jumps")
    targets = [a.get("href", "").partition("#")[2] for a in bar.iter(f"{XHTML}a")]
    assert len(targets) == 2
    assert set(targets) <= {str(each.get("id")) for each in page.iter() if each.get("id")}


# ---------------------------------------------------------------------------------------------- notes

NOTED = "A crew.[^1] A cat.[^cat]\n\n[^1]: Seven *people*.\n[^cat]: Jones.\n\n    He lives.\n"


def notes(text: str) -> etree._Element:
    html = settle(to_html(text, prefix="s1-"), "../", {})
    return etree.fromstring(f'<div xmlns="{XHTML[1:-1]}" xmlns:epub="{OPS[1:-1]}">{html}</div>'.encode())


def test_a_note_pops_up_where_readers_have_that() -> None:
    page = notes(NOTED)
    references = [a for a in page.iter(f"{XHTML}a") if a.get(f"{OPS}type") == "noteref"]
    asides = {str(aside.get("id")): aside for aside in page.iter(f"{XHTML}aside")}
    assert [a.get("role") for a in references] == ["doc-noteref", "doc-noteref"]
    assert [a.get("href", "")[1:] for a in references] == list(asides)
    assert {(aside.get(f"{OPS}type"), aside.get("role")) for aside in asides.values()} == {
        ("footnote", "doc-footnote")
    }


def test_a_note_begins_with_its_number_which_leads_back() -> None:
    page = notes(NOTED)
    said = [" ".join("".join(map(str, aside.itertext())).split()) for aside in page.iter(f"{XHTML}aside")]
    assert said == ["1 Seven people.", "2 Jones. He lives."]
    backs = [a.get("href", "")[1:] for a in page.iter(f"{XHTML}a") if a.get("role") == "doc-backlink"]
    references = [str(a.get("id")) for a in page.iter(f"{XHTML}a") if a.get("role") == "doc-noteref"]
    assert backs == references


def test_the_language_of_a_quotation_is_said_in_both_ways_that_xml_knows() -> None:
    assert settle(to_html("[Oui]{lang=fr}"), "../", {}) == (
        '<p><span lang="fr" xml:lang="fr">Oui</span></p>\n'
    )


@pytest.mark.parametrize(
    ("title", "original", "heading"),
    [
        ("Seven Samurai", "Shichinin no samurai", '<span lang="ja-Latn" xml:lang="ja-Latn">Shichinin'),
        ("Seven Samurai", "七人の侍", '<span lang="ja" xml:lang="ja">七人の侍</span>'),
    ],
)
def test_an_index_says_the_language_of_an_original_title(title: str, original: str, heading: str) -> None:
    samurai = film(
        title, 1954, original_title=original, languages=("ja",), synopsis=Section(Kind.SYNOPSIS, "", "x")
    )
    entries = (IndexEntry(title, (Target(samurai.slug, title),)), IndexEntry(original, see=title))
    back = (
        Matter("index", "index-title", "Titles", index=Index("title", "Titles", (IndexGroup("", entries),))),
    )
    page = composed(samurai, back=back)["indexes/index-title.xhtml"]
    assert heading in page
    assert f'<span epub:type="index-term">{title}</span>' in page
