"""What the e-book says of itself to readers who cannot see it: found out of its pages, never just claimed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from book.accessibility import STANDARD, accessibility_facts, faults
from book.ebook import Document, Picture
from book.model import GuideInfo, Zone
from book.words import words_in

HEAD = "<head><title>Alien</title></head>"
SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
COVER = Picture("images/cover.jpg", "image/jpeg", b"")
STILL = Picture("images/alien.jpg", "image/jpeg", b"")
CALM = "p { margin: 0; border: 1px solid; color: inherit }"


def page(body: str, **facts: object) -> Document:
    xhtml = f'<html {SPACES} lang="en" xml:lang="en">{HEAD}<body>{body}</body></html>'
    return Document(**({"name": "a.xhtml", "title": "Alien", "xhtml": xhtml, "zone": Zone.SAFE} | facts))  # type: ignore[arg-type]


def told(*documents: Document, pictures: tuple[Picture, ...] = (), style: str = CALM) -> dict[str, list[str]]:
    """The facts by their keys."""
    words = words_in("en")
    rows: dict[str, list[str]] = {}
    for key, value in accessibility_facts(GuideInfo("A"), documents, (COVER, *pictures), style, words):
        rows.setdefault(key.partition(":")[2], []).append(value)
    return rows


SOUND = page(
    '<h1>Alien</h1><p>A <a href="b.xhtml">crew</a>.</p><h2>Cast</h2>'
    '<table><thead><tr><th scope="col">Role</th></tr></thead><tbody><tr><td>Ash</td></tr></tbody></table>'
)


def test_a_sound_book_conforms_and_says_who_looked() -> None:
    rows = told(SOUND)
    assert (rows["conformsTo"], rows["certifiedBy"]) == ([STANDARD], ["filmguide"])
    assert (rows["accessMode"], rows["accessModeSufficient"]) == (["textual"], ["textual"])
    assert rows["accessibilityHazard"] == ["none"]


FAULTS = {
    "the page does not say its language": SOUND.xhtml.replace(' xml:lang="en"', ""),
    "the page has no title": SOUND.xhtml.replace("<title>Alien</title>", "<title> </title>"),
    "two places have one id": SOUND.xhtml.replace("<p>", '<p id="x">').replace("<h2>", '<h2 id="x">'),
    "a heading of level 3 follows one of level 1": SOUND.xhtml.replace("h2>", "h3>"),
    "a heading is empty": SOUND.xhtml.replace("<h2>Cast</h2>", "<h2> </h2>"),
    "the page has no heading": SOUND.xhtml.replace("h1>", "p>").replace("h2>", "p>"),
    "the picture a.jpg is not described": SOUND.xhtml.replace("crew", '<img src="a.jpg" alt=" "/>crew'),
    "a drawing is not described": SOUND.xhtml.replace(
        "crew", '<svg xmlns="http://www.w3.org/2000/svg"/>crew'
    ),
    "the link to b.xhtml has no words": SOUND.xhtml.replace(">crew<", "><"),
    "a table does not say which cells are headings, and of what": SOUND.xhtml.replace(' scope="col"', ""),
    "a heading of a table is empty": SOUND.xhtml.replace(">Role<", "><"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_book_with_a_fault_claims_no_conformity(fault: str) -> None:
    faulty = replace(SOUND, xhtml=FAULTS[fault])
    assert fault in [each.removeprefix("a.xhtml: ") for each in faults([faulty], CALM)]
    assert not {"conformsTo", "certifiedBy"} & told(faulty).keys()


@pytest.mark.parametrize("rule", ["p { color: #777 }", "h1 { background: black }", "p { font-size: 12px }"])
def test_a_style_sheet_that_readers_cannot_overrule_is_a_fault(rule: str) -> None:
    assert list(faults([SOUND], CALM)) == []
    assert len(list(faults([SOUND], CALM + rule))) == 1


def test_sizes_that_cannot_be_changed_are_not_called_transformable() -> None:
    assert "displayTransformability" in told(SOUND)["accessibilityFeature"]
    assert "displayTransformability" not in told(SOUND, style="p { width: 300px }")["accessibilityFeature"]


def test_pages_are_claimed_only_where_some_are_marked() -> None:
    claimed = {"pageNavigation", "pageBreakMarkers"}
    with_pages = told(replace(SOUND, breaks=("1",)))
    assert not claimed & set(told(SOUND)["accessibilityFeature"])
    assert claimed <= set(with_pages["accessibilityFeature"])
    assert "printed book" in with_pages["accessibilitySummary"][0]
    assert "printed book" not in told(SOUND)["accessibilitySummary"][0]


def test_a_picture_is_seen_and_suffices_in_words_only_where_it_is_described() -> None:
    shown = page('<h1>Alien</h1><p><img src="images/alien.jpg" alt="A corridor"/></p>')
    mute = page('<h1>Alien</h1><p><img src="images/alien.jpg" alt=""/></p>')
    described, undescribed = told(shown, pictures=(STILL,)), told(mute, pictures=(STILL,))
    assert described["accessMode"] == undescribed["accessMode"] == ["textual", "visual"]
    assert described["accessModeSufficient"] == ["textual"]
    assert undescribed["accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" in described["accessibilityFeature"]
    assert "alternativeText" not in undescribed["accessibilityFeature"]


def test_a_drawing_is_something_to_see_and_its_table_describes_it() -> None:
    drawing = (
        '<figure class="drawing"><svg xmlns="http://www.w3.org/2000/svg"><title>Map</title></svg></figure>'
    )
    words = '<table class="in-words"><tr><th scope="row">Alien</th><td>Aliens</td></tr></table>'
    assert told(page(f"<h1>Map</h1>{drawing}"))["accessMode"] == ["textual", "visual"]
    assert "longDescription" not in told(page(f"<h1>Map</h1>{drawing}"))["accessibilityFeature"]
    assert "longDescription" in told(page(f"<h1>Map</h1>{drawing}{words}"))["accessibilityFeature"]


def test_of_a_moving_picture_nobody_knows_whether_it_flashes() -> None:
    moving = Picture("images/alien.gif", "image/gif", b"")
    assert told(SOUND, pictures=(moving,))["accessibilityHazard"] == ["unknown"]


def test_an_index_is_a_feature_where_there_is_one() -> None:
    assert "index" not in told(SOUND)["accessibilityFeature"]
    assert "index" in told(replace(SOUND, landmark="index"))["accessibilityFeature"]
