"""The e-book's documents: what stands on each, where its links lead, and where spoilers may stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import film
from lxml import etree

from book.compose_ebook import compose_ebook
from book.config import Project, SpoilerPlan
from book.ebook import Document, Picture, contents, file_stems, web_address
from book.ebook_index import index_pages
from book.ebook_prose import settle
from book.model import (
    BookError,
    CastMember,
    Chapter,
    Film,
    Guide,
    GuideInfo,
    Image,
    Index,
    IndexEntry,
    IndexGroup,
    Kind,
    Matter,
    Section,
    SeeAlso,
    Slug,
    Target,
    Zone,
)
from book.themes import find_theme

ROOT = Path(__file__).parent.parent
XHTML = "{http://www.w3.org/1999/xhtml}"
MODES = ("linked", "inline", "omit")

FRONT = (Matter("half-title", "half-title"), Matter("title", "title"), Matter("toc", "toc", "Contents"))

ALIEN = film(
    "Alien",
    1979,
    cast=(CastMember("Ian Holm", "Ash"), CastMember("Bolaji Badejo", "SECRETROLE", spoiler=True)),
    spoiler_themes=("SECRETTHEME",),
    post_credits="SECRETSCENE",
    spoilers=(
        Section(Kind.PLOT, "", "SECRETPLOT at last.", 10, 12),
        Section(Kind.OTHER, "SECRETHEADING", "More.", 14, 16),
        Section(Kind.ENDING, "", "   ", 18, 20),
    ),
)
ALIENS = film("Aliens", 1986)


def guide_of(*films: Film, **parts: object) -> Guide:
    """A guide of one chapter; `front`, `back`, `see_also` and `info` may be given."""
    chapter = Chapter("space", "Space", films, number=1)
    complete = {
        "info": GuideInfo("In Space", "No one", ("Ann Author",)),
        "front": FRONT,
        "chapters": (chapter,),
        "back": (),
        "see_also": {},
    }
    return Guide(**(complete | parts))  # type: ignore[arg-type]


def composed(guide: Guide, mode: str = "linked", **pictures: Picture) -> tuple[Document, ...]:
    project = Project(ROOT, guide.info, spoilers=SpoilerPlan(epub=mode))
    return compose_ebook(guide, project, find_theme("classic", ROOT), pictures=pictures)


def page(documents: Sequence[Document], name: str) -> etree._Element:
    """The body of the document of that name."""
    document = next(document for document in documents if document.name == name)
    body = etree.fromstring(document.xhtml.encode()).find(f"{XHTML}body")
    assert body is not None
    return body


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def names(documents: Iterable[Document]) -> list[str]:
    return [document.name for document in documents]


def links(element: etree._Element) -> list[tuple[str, str]]:
    return [(a.get("href", ""), words(a)) for a in element.iter(f"{XHTML}a")]


# ----------------------------------------------------------------------------------- the order


def test_spoilers_stand_at_the_end_of_the_spine_and_are_not_linear():
    back = (Matter("text", "about", "About", "Us."),)
    documents = composed(guide_of(ALIEN, ALIENS, back=back))
    assert [(document.name, document.linear) for document in documents] == [
        ("cover.xhtml", True),
        ("matter/title.xhtml", True),
        ("nav.xhtml", True),
        ("chapters/space.xhtml", True),
        ("films/alien-1979.xhtml", True),
        ("films/aliens-1986.xhtml", True),
        ("matter/about.xhtml", True),
        ("spoilers/alien-1979.xhtml", False),
        ("spoilers/aliens-1986.xhtml", False),
    ]


def test_inline_spoilers_follow_their_film():
    documents = composed(guide_of(ALIEN, ALIENS), "inline")
    assert [(document.name, document.linear) for document in documents[4:]] == [
        ("films/alien-1979.xhtml", True),
        ("spoilers/alien-1979.xhtml", True),
        ("films/aliens-1986.xhtml", True),
        ("spoilers/aliens-1986.xhtml", True),
    ]


def test_an_edition_without_spoilers_has_no_trace_of_them():
    text = "".join(document.xhtml for document in composed(guide_of(ALIEN, ALIENS), "omit"))
    assert re.findall(r"SECRET\w+|spoilers/|How Aliens ends|Spoilers ahead", text) == []


@pytest.mark.parametrize("mode", ["linked", "inline"])
def test_spoilers_stand_in_their_own_documents_and_nowhere_else(mode: str):
    documents = composed(guide_of(ALIEN, ALIENS), mode)
    found = {document.name: re.findall(r"SECRET\w+", document.xhtml) for document in documents}
    assert {name: secrets for name, secrets in found.items() if secrets} == {
        "spoilers/alien-1979.xhtml": ["SECRETROLE", "SECRETPLOT", "SECRETHEADING", "SECRETTHEME"]
    }
    assert {document.zone for document in documents if document.name.startswith("spoilers")} == {Zone.SPOILER}


def test_a_plot_above_the_fence_is_kept_with_the_spoilers_all_the_same():
    careless = replace(ALIENS, safe=(Section(Kind.PLOT, "Plot", "SECRETPLOT"),))
    documents = composed(guide_of(careless))
    assert [d.name for d in documents if "SECRETPLOT" in d.xhtml] == ["spoilers/aliens-1986.xhtml"]


def test_a_film_that_gives_nothing_away_has_no_warning():
    harmless = replace(ALIENS, spoilers=())
    documents = composed(guide_of(harmless))
    assert names(documents)[-1] == "films/aliens-1986.xhtml"
    assert "Spoilers ahead" not in documents[-1].xhtml


def test_the_warning_and_the_spoilers_are_linked_both_ways_and_on_to_the_next_film():
    documents = composed(guide_of(ALIEN, ALIENS))
    assert links(page(documents, "films/alien-1979.xhtml")) == [
        ("../spoilers/alien-1979.xhtml", "Read the spoilers"),
        ("aliens-1986.xhtml", "On to the next film: Aliens"),
        ("../nav.xhtml", "Contents"),
    ]
    assert links(page(documents, "spoilers/alien-1979.xhtml")) == [
        ("../films/alien-1979.xhtml", "Back to Alien"),
        ("../films/alien-1979.xhtml", "Back to Alien"),
        ("../films/aliens-1986.xhtml", "On to the next film: Aliens"),
    ]
    assert links(page(documents, "spoilers/aliens-1986.xhtml"))[1:] == [
        ("../films/aliens-1986.xhtml", "Back to Aliens")
    ]


def test_inline_the_warning_leads_past_the_spoilers():
    documents = composed(guide_of(ALIEN, ALIENS), "inline")
    assert links(page(documents, "films/alien-1979.xhtml"))[1:] == [
        ("aliens-1986.xhtml", "Go past them to Aliens"),
        ("../nav.xhtml", "Contents"),
    ]


def test_a_place_for_spoilers_that_does_not_exist_stops_the_build():
    with pytest.raises(BookError) as stopped:
        composed(guide_of(ALIEN), "hidden")
    assert "linked" in stopped.value.hint


def test_a_film_of_two_chapters_has_one_document():
    chapters = (Chapter("one", "One", (ALIEN, ALIENS)), Chapter("two", "Two", (ALIEN,)))
    documents = composed(guide_of(chapters=chapters))
    assert len(names(documents)) == len(set(names(documents)))
    assert links(page(documents, "chapters/two.xhtml")) == [("../films/alien-1979.xhtml", "Alien")]


# --------------------------------------------------------------------------------- the contents


def test_the_contents_have_two_levels_and_say_nothing_of_spoilers():
    back = (Matter("text", "about", "About", "Us."),)
    documents = composed(guide_of(ALIEN, ALIENS, back=back))
    lines = [(line.title, [below.title for below in line.below]) for line in contents(documents)]
    assert lines == [("Space", ["Alien", "Aliens"]), ("About", [])]
    nav = page(documents, "nav.xhtml")
    assert links(nav) == [
        ("chapters/space.xhtml", "Space"),
        ("films/alien-1979.xhtml", "Alien"),
        ("films/aliens-1986.xhtml", "Aliens"),
        ("matter/about.xhtml", "About"),
        ("cover.xhtml", "Cover"),
        ("matter/title.xhtml", "In Space"),
        ("nav.xhtml", "Contents"),
        ("chapters/space.xhtml", "Space"),
    ]


def test_a_guide_without_printed_contents_keeps_them_for_the_readers_menu():
    documents = composed(guide_of(ALIEN, front=()))
    assert [(d.name, d.properties) for d in documents if not d.in_spine] == [("nav.xhtml", ("nav",))]


def test_a_half_title_is_left_to_paper_and_an_empty_text_to_nobody():
    front = (Matter("half-title", "half-title", "Half"), Matter("text", "foreword", "Foreword", " "))
    assert names(composed(guide_of(ALIEN, front=front)))[:2] == ["cover.xhtml", "chapters/space.xhtml"]


def test_two_texts_of_one_name_are_two_documents():
    text = Matter("text", "about", "About", "Us.")
    documents = composed(guide_of(ALIEN, front=(text,), back=(text,)))
    assert [name for name in names(documents) if "matter" in name] == [
        "matter/about.xhtml",
        "matter/about-2.xhtml",
    ]


def test_how_to_use_the_book_follows_where_the_spoilers_are():
    front = (Matter("how-to-use", "how-to-use", "How to use this book"),)
    told = {
        mode: words(page(composed(guide_of(ALIEN, front=front), mode), "matter/how-to-use.xhtml"))
        for mode in MODES
    }
    assert "at the end of the book" in told["linked"]
    assert "leads past it" in told["inline"]
    assert "warning" not in told["omit"]


# -------------------------------------------------------------------------------- a film's page


def test_a_title_is_text_whatever_it_looks_like():
    nasty = film('<script>alert("&")</script>', 2000, slug="script-2000")
    documents = composed(guide_of(nasty))
    title = page(documents, "films/script-2000.xhtml").find(f".//{XHTML}h1")
    assert title is not None
    assert words(title) == '<script>alert("&")</script>'
    assert not any("<script" in document.xhtml for document in documents)


def test_characters_that_no_xml_may_hold_are_dropped():
    odd = film("Bell\x07 and \x00null\ufffe", 2000, slug="bell-2000", synopsis="One\x0btwo.")
    title = page(composed(guide_of(odd)), "films/bell-2000.xhtml").find(f".//{XHTML}h1")
    assert title is not None
    assert words(title) == "Bell and null"


@pytest.mark.parametrize(
    ("original", "language", "marks"),
    [
        ("東京物語", "ja", {"lang": "ja"}),
        ("Tōkyō monogatari", "ja", {"lang": "ja-Latn"}),
        ("باب الحديد", "ar", {"lang": "ar", "dir": "rtl"}),
        ("האושפיזין", "he", {"lang": "he", "dir": "rtl"}),
        ("Les Quatre Cents Coups", "fr", {"lang": "fr"}),
        ("Untold", "no such tag", {}),
    ],
)
def test_an_original_title_says_its_language_and_direction(
    original: str, language: str, marks: dict[str, str]
):
    other = film("Other", 1958, original_title=original, languages=(language,))
    body = page(composed(guide_of(other)), "films/other-1958.xhtml")
    title = body.find(f".//{XHTML}p[@class='original']/{XHTML}span")
    assert title is not None
    assert words(title) == original
    attributes = {key: value for key, value in title.attrib.items() if "XML" not in key}
    assert attributes == marks


def test_a_title_that_runs_the_other_way_is_set_apart():
    documents = composed(guide_of(film("שלום", 2000, slug="shalom-2000")))
    item = page(documents, "chapters/space.xhtml").find(f".//{XHTML}li")
    assert item is not None
    assert item.find(f".//{XHTML}span[@dir='rtl']") is not None


def test_a_guide_in_hebrew_runs_from_right_to_left_and_sets_latin_titles_apart():
    documents = composed(guide_of(ALIEN, info=GuideInfo("מדריך", language="he")))
    root = etree.fromstring(documents[3].xhtml.encode())
    assert (root.get("dir"), root.get("lang")) == ("rtl", "he")
    assert root.find(f".//{XHTML}li//{XHTML}span[@dir='ltr']") is not None


def test_what_is_not_known_prints_nothing():
    bare = film("Bare", 2000, synopsis="", spoilers=(), safe=(Section(Kind.MORE, "More", " \n"),))
    assert words(page(composed(guide_of(bare)), "films/bare-2000.xhtml")) == "Bare 2000 Contents"


def test_the_safe_sections_keep_their_order_and_their_headings():
    sections = (Section(Kind.OTHER, "My seat", "Row F."), Section(Kind.MORE, "", "Much."))
    body = page(composed(guide_of(replace(ALIENS, safe=sections))), "films/aliens-1986.xhtml")
    headings = [words(heading) for heading in body.iter(f"{XHTML}h2")]
    assert headings == ["Synopsis", "My seat", "More about the film", "Spoilers ahead"]


def test_similar_films_are_links_and_those_beyond_the_guide_are_words():
    see_also = {
        ALIEN.slug: (SeeAlso(ALIENS.slug, "Aliens", 1986, "the same ship"), SeeAlso(None, "Solaris", 1972)),
    }
    body = page(composed(guide_of(ALIEN, ALIENS, see_also=see_also)), "films/alien-1979.xhtml")
    similar = body.find(f".//{XHTML}section[@class='similar']")
    assert similar is not None
    assert [words(item) for item in similar.iter(f"{XHTML}li")] == [
        "Aliens (1986): the same ship",
        "Solaris (1972) (not in this guide)",
    ]
    assert links(similar) == [("aliens-1986.xhtml", "Aliens")]


def test_a_scene_after_the_credits_is_said_to_be_there_and_not_what_it_shows():
    for word, said in (("end", True), ("the cat returns", False)):
        body = page(composed(guide_of(replace(ALIENS, post_credits=word))), "films/aliens-1986.xhtml")
        assert ("Stay for" in words(body), "cat returns" in words(body)) == (said, False)


def test_a_timeline_is_a_table_with_headers():
    body = "- 0:12 | The crew wakes\n- 1:40 [1968] | The *cat* is found"
    timed = replace(ALIENS, spoilers=(Section(Kind.TIMELINE, "", body),))
    table = page(composed(guide_of(timed)), "spoilers/aliens-1986.xhtml").find(f".//{XHTML}table")
    assert table is not None
    assert [[words(cell) for cell in row] for row in table.iter(f"{XHTML}tr")] == [
        ["On screen", "In the story", "What happens"],
        ["0:12", "", "The crew wakes"],
        ["1:40", "1968", "The cat is found"],
    ]


def test_a_picture_is_shown_with_its_words_and_left_out_where_there_is_none():
    pictured = replace(ALIENS, image=Image("ship.png", "A ship in the dark", "NASA"))
    ship = Picture("images/ship.png", "image/png", b"")
    for pictures, expected in (({"ship.png": ship}, ["../images/ship.png"]), ({}, [])):
        documents = composed(guide_of(pictured), **pictures)
        images = page(documents, "films/aliens-1986.xhtml").findall(
            f".//{XHTML}img[@alt='A ship in the dark']"
        )
        assert [image.get("src") for image in images] == expected


def test_headings_come_in_order_one_first_level_each():
    see_also = {ALIEN.slug: (SeeAlso(None, "Solaris", 1972),)}
    for document in composed(guide_of(ALIEN, ALIENS, see_also=see_also))[1:]:
        levels = [int(level) for level in re.findall(r"<h([1-6])", document.xhtml)]
        assert levels.count(1) == 1, document.name
        assert levels[0] == 1
        assert all(later - level <= 1 for level, later in pairwise(levels)), document.name


@pytest.mark.parametrize("mode", MODES)
def test_every_link_leads_to_a_document_and_an_id_that_exist(mode: str):
    long = film("Long " * 40, 2001, slug="-".join(["long"] * 60))
    see_also = {ALIEN.slug: (SeeAlso(long.slug, "Long", 2001),)}
    entries = (IndexEntry("Alien", (Target(ALIEN.slug, "Alien"),)), IndexEntry("Xenomorph", see="Alien"))
    groups = (IndexGroup("A", entries), IndexGroup("L", (IndexEntry("Long", (Target(long.slug, ""),)),)))
    back = (Matter("index", "index-title", index=Index("title", "Index of titles", groups)),)
    documents = composed(guide_of(ALIEN, ALIENS, long, see_also=see_also, back=back), mode)
    ids = {d.name: set(re.findall(r' id="([^"]+)"', d.xhtml)) for d in documents}
    for document in documents:
        for href, _ in links(page(documents, document.name)):
            path, _, fragment = href.partition("#")
            here = document.name
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
            assert target in ids, (document.name, href)
            assert not fragment or fragment in ids[target], (document.name, href)


# ---------------------------------------------------------------------------- names and addresses


def test_file_names_are_short_safe_and_never_twice_the_same():
    long = "a" * 300
    stems = file_stems(["alien-1979", "Alien-1979", "été-2000", "東京-1953", "../../etc", long, long + "b"])
    assert stems["alien-1979"] == "alien-1979"
    assert len(set(stems.values())) == 7
    assert all(re.fullmatch(r"[a-z0-9-]{1,72}", stem) for stem in stems.values())


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://example.org/a b?q=ä#x", "https://example.org/a%20b?q=%C3%A4#x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://[broken", ""),
        ("notes.md", ""),
    ],
)
def test_only_addresses_of_the_web_become_links(written: str, kept: str):
    assert web_address(written) == kept


def test_a_picture_or_a_link_that_leads_nowhere_leaves_its_words():
    html = '<p><b>One</b> <img src="cat.png" alt="a cat"/> two <a href="notes.md">words</a>.</p>'
    assert settle(html, "../", {}) == "<p><b>One</b> a cat two <span>words</span>.</p>"


# ---------------------------------------------------------------------------------- the indexes


def test_a_lone_target_that_repeats_the_heading_becomes_its_link():
    wind = film("The Wind", 1928)
    entries = (
        IndexEntry("Wind, The (1928)", (Target(wind.slug, "The Wind"),)),
        IndexEntry("Sjöström, Victor", (Target(wind.slug, "The Wind"),)),
        IndexEntry("Wind", see="Wind, The (1928)"),
        IndexEntry("Not here", (Target(Slug("gone-1900"), "Gone"),)),
    )
    index = Index("title", "Index of titles", (IndexGroup("W", entries),))
    pages = index_pages(index, "index-title", guide_of(wind), {wind.slug: "the-wind-1928"})
    href = "../films/the-wind-1928.xhtml"
    rows = [
        (row.heading, row.href, [(to.href, to.label) for to in row.locators], row.see and row.see.href)
        for row in pages[0].letters[0].rows
    ]
    assert rows == [
        ("Wind, The (1928)", href, [], None),
        ("Sjöström, Victor", "", [(href, "The Wind")], None),
        ("Wind", "", [], "../indexes/index-title.xhtml#entry-1"),
        ("Not here", "", [("", "Gone")], None),
    ]


def test_a_long_index_is_cut_between_letters_and_its_letters_lead_to_every_page():
    entries = tuple(IndexEntry(f"Film {n}", (Target(ALIEN.slug, "Alien"),)) for n in range(400))
    index = Index("title", "Titles", tuple(IndexGroup(letter, entries) for letter in "ABC"))
    pages = index_pages(index, "titles", guide_of(ALIEN), {ALIEN.slug: "alien-1979"})
    assert [(p.name, p.title, [letter.letter for letter in p.letters]) for p in pages] == [
        ("indexes/titles.xhtml", "Titles", ["A"]),
        ("indexes/titles-1.xhtml", "Titles: B", ["B"]),
        ("indexes/titles-2.xhtml", "Titles: C", ["C"]),
    ]
    assert {p.jumps for p in pages} == {pages[0].jumps}
    assert [to.href for to in pages[0].jumps] == [
        "../indexes/titles.xhtml#letter-1",
        "../indexes/titles-1.xhtml#letter-2",
        "../indexes/titles-2.xhtml#letter-3",
    ]
