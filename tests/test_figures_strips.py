"""The strip that sets a film's order against its story's: what order is read, and where it may stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import film
from finished import PROJECT

from book.arrange import arrange
from book.compose import compose
from book.compose_ebook import compose_ebook
from book.config import Project, SpoilerPlan
from book.figures.drawing import Drawing, Line, Spot
from book.figures.lettering import lettering
from book.figures.moments import FUTURE, moments
from book.figures.strips import MOST, Strip, minutes_at, strip
from book.lists import Event
from book.model import Film, GuideInfo, Kind, Section, Zone
from book.themes import find_theme
from book.words import words_in

THEME = find_theme("classic", PROJECT)
ON = Strip(324, 7.5, lettering(THEME.faces), words_in("en"))


def story_order(*times: str, language: str = "en") -> list[int | None]:
    """For each time its place in the story, counted from 1; None for one that has no place."""
    found = moments(times, language)
    ranks = {moment: place for place, moment in enumerate(sorted({m for m in found if m}), start=1)}
    return [ranks[moment] if moment else None for moment in found]


# ------------------------------------------------------------------------------- the story's own time


def test_years_days_and_clocks_are_put_in_order() -> None:
    assert story_order("1966", "1962", "1970") == [2, 1, 3]
    assert story_order("day 3, noon", "day 1, morning", "day 3, morning") == [3, 1, 2]
    assert story_order("5:47 pm", "5:05 pm", "6 pm") == [2, 1, 3]
    assert story_order("July 16, 1938", "late May", "June 15", "June 2") == [4, 1, 3, 2]
    assert story_order("2019-04-02", "2019-03-30", "the future") == [2, 1, 3]
    assert story_order("Christmas Eve 1966", "1966", "early 1968", "autumn 1967") == [1, 1, 3, 2]


def test_a_vague_time_goes_on_where_the_film_has_just_been() -> None:
    assert story_order("June", "June 15", "June", "July") == [1, 2, 2, 3]
    assert story_order("day 1, noon", "day 1", "day 2") == [1, 1, 2]


def test_the_future_comes_last() -> None:
    assert moments(["the future", "2046"], "en")[0] == (FUTURE, 0, 0, 0)


def test_what_is_counted_must_be_a_time() -> None:
    """The second try may be the same minutes as the first."""
    assert story_order("first try, 11:40", "first try, 12:00", "second try, 11:40") == [1, 2, 1]


@pytest.mark.parametrize(
    ("language", "times"),
    [
        ("de", ("3. März 1920", "1. Januar 1920", "Februar 1920")),
        ("fr", ("le 3 mars 1920", "le 1er janvier 1920", "février 1920")),
        ("es", ("3 de marzo de 1920", "1 de enero de 1920", "febrero de 1920")),
        ("it", ("3 marzo 1920", "1 gennaio 1920", "febbraio 1920")),
        ("pt", ("3 de março de 1920", "1 de janeiro de 1920", "fevereiro de 1920")),
        ("de", ("zweiter Tag, Abend", "erster Tag, Nacht", "zweiter Tag, Morgen")),
        ("ja", ("3日目", "1日目", "2日目")),
    ],
)
def test_times_are_read_in_the_language_of_the_guide(language: str, times: tuple[str, ...]) -> None:
    assert story_order(*times, language=language) == [3, 1, 2]


@pytest.mark.parametrize(
    "times",
    [
        ("dream", "memory", "dream"),
        ("the gate", "three days earlier", "the gate"),
        ("1950", "1950", "1950"),
        ("1950", "a dream", "a memory"),
    ],
    ids=["layers", "before what?", "all the same", "too few times"],
)
def test_where_no_order_is_known_none_is_made_up(times: tuple[str, ...]) -> None:
    assert story_order(*times) == [None, None, None]


# --------------------------------------------------------------------------------------------- strips


def events(*rows: tuple[str, str]) -> list[Event]:
    return [Event(at, story, f"SECRET {n}") for n, (at, story) in enumerate(rows)]


JUMPING = events(("0:01", "day 3"), ("0:20", "day 1"), ("0:40", "day 2"), ("1:10", "day 3"))


def said(drawing: Drawing | None) -> str:
    """Everything that a drawing says."""
    assert drawing is not None
    return " ".join(
        [drawing.title, drawing.description, drawing.caption, *(label.text for label in drawing.labels)]
    )


def test_a_line_leads_from_each_event_to_its_place_in_the_story() -> None:
    drawing = strip(JUMPING, "s", ON)
    assert drawing is not None
    lines = [mark for mark in drawing.marks if isinstance(mark, Line)]
    assert [line.weight > 1 for line in lines] == [False, True, False, False]  # one goes back in time
    ends = [line.y2 for line in lines]
    assert ends[1] < ends[2] < ends[0] == ends[3]
    assert drawing.description.endswith("In the order of the story they are: 2, 3, 1, 4.")


def test_an_event_without_a_place_in_the_story_is_a_ring_without_a_line() -> None:
    drawing = strip([*JUMPING, Event("1:20", "a dream", "SECRET")], "s", ON)
    assert drawing is not None
    assert [mark.filled for mark in drawing.marks if isinstance(mark, Spot)].count(False) == 1
    assert "A ring is an event without a time" in drawing.caption


def test_a_story_told_in_order_has_a_strip_that_says_no_more() -> None:
    drawing = strip(events(("0:01", "1950"), ("0:30", "1951"), ("1:00", "1952")), "s", ON)
    assert drawing is not None
    assert drawing.caption == "The film tells its story in the order in which it happens."
    assert drawing.height < 90


def test_layers_without_an_order_are_strands() -> None:
    rows = (("0:05", "dream"), ("0:30", "present"), ("0:50", "dream"), ("1:20", "present"))
    drawing = strip(events(*rows), "s", ON, 100)
    assert drawing is not None
    assert "dream: 1, 3; present: 2, 4" in drawing.description
    heights = [mark.y for mark in drawing.marks if isinstance(mark, Spot)]
    assert heights[0] == heights[2] < heights[1] == heights[3]
    assert {"0:00", "0:50", "1:40"} <= {label.text for label in drawing.labels}


@pytest.mark.parametrize(
    "shown",
    [
        [],
        events(("0:01", ""), ("0:02", ""), ("0:03", "")),
        events(("0:01", "1950"), ("0:02", "1940")),
        events(*((f"0:{n:02}", f"19{n:02}") for n in range(MOST + 1))),
        events(("0:01", "dream"), ("0:02", "memory"), ("0:03", "present")),
    ],
    ids=["no events", "one clock", "two events", "too many", "layers that never come back"],
)
def test_without_two_clocks_to_compare_there_is_no_strip(shown: list[Event]) -> None:
    assert strip(shown, "s", ON) is None


def test_a_strip_never_says_what_happens() -> None:
    for shown in (JUMPING, events(("0:05", "dream"), ("0:30", "now"), ("0:50", "dream"))):
        assert "SECRET" not in said(strip(shown, "s", ON))


@pytest.mark.parametrize(
    ("time", "minutes"),
    [
        ("0:12", 12),
        ("1:40:30", 100),
        ("1h05", 65),
        ("1 h", 60),
        ("65 min", 65),
        ("~ 0:20", 20),
        ("late", None),
        ("", None),
    ],
)
def test_times_on_screen_are_read(time: str, minutes: int | None) -> None:
    assert minutes_at(time) == minutes


# ------------------------------------------------------------------------------------- where they stand

TIMELINE = "- 0:01 [day 9] | He falls\n- 0:30 [day 7] | She waits\n- 1:10 [day 8] | They meet"


def two_clocks() -> Film:
    return film(
        "Backwards",
        1999,
        spoilers=(
            Section(Kind.PLOT, "Plot", "It ends.", 10, 12),
            Section(Kind.TIMELINE, "Timeline", TIMELINE, 14, 16),
        ),
    )


@pytest.mark.parametrize("mode", ["page", "overleaf", "back", "omit"])
def test_on_paper_a_strip_stands_behind_the_warning_only(mode: str) -> None:
    project = Project(PROJECT, GuideInfo("A Guide"), spoilers=SpoilerPlan(pdf=mode))
    shards = compose(arrange((two_clocks(), film("Forwards", 2001)), {}, project, {}), project, THEME)
    pages = "".join(shard.html for shard in shards)
    assert pages.count('class="strip"') == (0 if mode == "omit" else 1)
    for shard in shards:
        safe = shard.html.partition('class="spoilers"')[0]
        assert 'class="drawing"' not in safe
        assert "day 7" not in safe


@pytest.mark.parametrize("mode", ["linked", "inline", "omit"])
def test_in_an_e_book_a_strip_stands_in_the_spoilers_document_only(mode: str) -> None:
    project = Project(PROJECT, GuideInfo("A Guide"), spoilers=SpoilerPlan(epub=mode))
    guide = arrange((two_clocks(), film("Forwards", 2001)), {}, project, {})
    drawn = [page for page in compose_ebook(guide, project, THEME, pictures={}) if "clocks" in page.xhtml]
    if mode == "omit":
        assert drawn == []
        return
    (page,) = drawn
    assert (page.zone, page.properties) == (Zone.SPOILER, ("svg",))
    assert page.xhtml.index('class="drawing"') < page.xhtml.index('<table class="timeline"')


def test_every_film_of_the_sample_guide_that_has_two_clocks_has_a_strip() -> None:
    from book.config import load_project
    from book.entries import read_entries

    project = load_project(PROJECT)[0]
    films, _ = read_entries(project)
    clocked = {
        one.slug
        for one in films
        for section in one.spoilers
        if section.kind is Kind.TIMELINE and "] |" in section.body
    }
    guide = arrange([replace(one, similar=()) for one in films], {}, project, {})
    drawn = {shard.film for shard in compose(guide, project, THEME) if 'class="strip"' in shard.html}
    assert drawn == clocked
    assert len(clocked) > 4
