"""Reading paths: what [[track]] tables mean, and how they are printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import film
from finished import PROJECT

from book.arrange import arrange
from book.check import check
from book.compose import compose
from book.compose_ebook import compose_ebook
from book.config import Project, read_project
from book.guide_file import read_toml
from book.model import Film, Finding, Series
from book.themes import find_theme
from book.tracks import TrackPlan, films_of, read_track, reading_paths

THEME = find_theme("classic", PROJECT)

STAR, EMPIRE, MENACE = (
    film("Star Wars", 1977, series=Series("Star Wars", "4")),
    film("The Empire Strikes Back", 1980, series=Series("Star Wars", "V")),
    film("The Phantom Menace", 1999, series=Series("Star Wars", "1")),
)
SAGA = (EMPIRE, MENACE, STAR, film("Alien", 1979))


def plan_of(text: str) -> tuple[TrackPlan, list[Finding]]:
    """A [[track]] table as it is read."""
    findings: list[Finding] = []
    top = read_toml(f"[[track]]\n{text}", "guide.toml", findings)
    assert top is not None
    return read_track(top.tables("track")[0]), findings


def titles(plan: TrackPlan, *films: Film) -> list[str]:
    return [one.title for one in films_of(plan, films or SAGA)]


def test_a_series_is_seen_in_the_order_in_which_it_came_out() -> None:
    expected = ["Star Wars", "The Empire Strikes Back", "The Phantom Menace"]
    assert titles(TrackPlan("Saga", by="release", series="Star Wars")) == expected
    assert titles(TrackPlan("Saga", series="star wars")) == expected


def test_a_series_is_seen_by_its_own_numbers() -> None:
    expected = ["The Phantom Menace", "Star Wars", "The Empire Strikes Back"]
    assert titles(TrackPlan("Saga", by="number", series="Star Wars")) == expected


def test_films_by_hand_keep_their_order_unless_the_path_goes_by_another() -> None:
    names = tuple(one.slug for one in (MENACE, STAR, EMPIRE))
    assert titles(TrackPlan("Mine", films=names)) == [MENACE.title, STAR.title, EMPIRE.title]
    assert titles(TrackPlan("Mine", films=names, by="story")) == [MENACE.title, STAR.title, EMPIRE.title]
    assert titles(TrackPlan("Mine", films=names, by="release")) == [STAR.title, EMPIRE.title, MENACE.title]


def test_within_a_year_the_premiere_decides() -> None:
    early, late, unknown = (
        film("B", 1999, premiered=date(1999, 2, 1)),
        film("A", 1999, premiered=date(1999, 11, 1)),
        film("C", 1999),
    )
    plan = TrackPlan("1999", by="release", films=(unknown.slug, late.slug, early.slug))
    assert titles(plan, early, late, unknown) == ["B", "A", "C"]


def test_a_stop_may_say_why() -> None:
    films = '["alien-1979", {film = "star-wars-1977", why = "Two years before"}]'
    plan, findings = plan_of(f'title = "T"\nfilms = {films}')
    assert findings == []
    (path,) = reading_paths([plan], SAGA)
    assert path.title == "T"
    assert [(stop.film, stop.year, stop.why) for stop in path.stops] == [
        ("alien-1979", 1979, ""),
        ("star-wars-1977", 1977, "Two years before"),
    ]


def test_a_path_of_which_an_edition_has_one_film_is_left_out() -> None:
    plan = TrackPlan("T", films=(STAR.slug, "not-here-1999"))
    assert reading_paths([plan], SAGA) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('films = ["a-1999"]', ["F506"]),
        ('title = "T"\nfilms = [{why = "No film"}]', ["F506"]),
        ('title = "T"\nfilms = [{film = "a-1999"}, 7]', ["F502"]),
        ('title = "T"\nby = "chance"', ["F502"]),
        ('title = "T"\nfilms = ["a-1999"]\nnotes = "?"', ["F501"]),
        ('title = "T"\nfilms = [{film = "a-1999", reason = "?"}]', ["F501"]),
    ],
)
def test_what_cannot_be_read_is_a_finding(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in plan_of(text)[1]] == codes


def found(text: str) -> list[tuple[str, str]]:
    """Code and hint of every finding about the paths of a guide."""
    project, _ = read_project(f'[guide]\ntitle = "G"\n[matter]\nback = ["tracks"]\n{text}', Path())
    return [
        (each.code, each.hint) for each in check(SAGA, project, this_year=2026) if each.code.startswith("F53")
    ]


def test_a_misspelt_film_is_guessed() -> None:
    assert found('[[track]]\ntitle = "T"\nfilms = ["alien-1979", "star-war-1977"]') == [
        ("F531", "Did you mean star-wars-1977?")
    ]


def test_a_misspelt_series_is_guessed() -> None:
    assert found('[[track]]\ntitle = "T"\nby = "release"\nseries = "Star"') == [
        ("F530", "Did you mean Star Wars?")
    ]


def test_a_good_path_is_passed_over_in_silence() -> None:
    assert found('[[track]]\ntitle = "T"\nby = "number"\nseries = "Star Wars"') == []


def test_a_path_is_printed_with_pages_and_linked_on_screens() -> None:
    text = """[guide]
title = "G"
[matter]
back = ["tracks"]
[[track]]
title = "Out of order"
by = "story"
note = "As *they* lived it."
films = ["the-phantom-menace-1999", {film = "star-wars-1977", why = "A farm boy's \\"hope\\""}]
"""
    project, findings = read_project(text, PROJECT)
    assert findings == ()
    guide = arrange(SAGA, {}, project, {})
    (shard,) = (shard for shard in compose(guide, project, THEME) if shard.name == "tracks")
    assert shard.slots == ("the-phantom-menace-1999", "star-wars-1977")
    assert "In the order of the story" in shard.html
    assert "As <em>they</em> lived it." in shard.html
    assert "A farm boy’s “hope”" in shard.html
    (page,) = (
        page
        for page in compose_ebook(guide, project, THEME, pictures={})
        if page.name == "matter/tracks.xhtml"
    )
    links = [piece.partition('"')[0] for piece in page.xhtml.split('href="../films/')[1:]]
    assert links == ["the-phantom-menace-1999.xhtml", "star-wars-1977.xhtml"]


def test_without_paths_the_word_prints_nothing() -> None:
    project, _ = read_project('[guide]\ntitle = "G"\n[matter]\nback = ["tracks"]', PROJECT)
    assert isinstance(project, Project)
    assert arrange(SAGA, {}, project, {}).back == ()
