"""Figures: maps that can be read, charts that count right, and words for those who cannot see them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from conftest import film
from finished import PROJECT, imported

import book
from book.arrange import arrange
from book.build import build_guide
from book.compose import compose
from book.compose_ebook import compose_ebook
from book.config import MatterPlan, Project, load_project
from book.entries import read_entries
from book.figures.atlas import CHOSEN, LEAST, MOST, Tie, sheets, weights_of
from book.figures.charts import Chart, by_decade, genres_by_decade, runtimes
from book.figures.drawing import Bar, Drawing, Label, Line, Spot, svg
from book.figures.easel import Easel, ebook_easel, printed_easel
from book.figures.geometry import Box, meet, within
from book.figures.layout import places
from book.figures.lettering import lettering
from book.figures.maps import short_titles
from book.figures.refining import Room, Window
from book.model import Chapter, Film, Guide, GuideInfo, SeeAlso, Slug
from book.relate import relate
from book.themes import find_theme
from book.words import words_in

THEME = find_theme("classic", PROJECT)
LETTERS = lettering(THEME.faces)
BACK = MatterPlan(front=(), back=("map", "figures", "tracks"))


def ring(count: int, **facts: object) -> Guide:
    """A guide of films that each lead to the next two."""
    films = tuple(
        film(f"The Film of Number {n}", 1930 + n % 80, slug=f"film-{n}-{1930 + n % 80}", **facts)
        for n in range(count)
    )
    links = {
        one.slug: tuple(
            SeeAlso(to.slug, to.title, to.year, score=0.9 - 0.3 * step)
            for step, to in enumerate((films[(n + 1) % count], films[(n + 2) % count]))
        )
        for n, one in enumerate(films)
    }
    return Guide(GuideInfo("A Ring"), (), (Chapter("all", "All", films, number=1),), (), links)


def read(root: Path) -> tuple[Guide, Project]:
    project = replace(load_project(root)[0], matter=BACK)
    films, _ = read_entries(project)
    return arrange(films, relate(films), project, {}), project


@pytest.fixture(scope="module")
def sample() -> tuple[Guide, Project]:
    return read(PROJECT)


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Guide, Project]:
    return read(imported("films-60.jsonl", tmp_path_factory.mktemp("sixty")))


def box_of(label: Label, easel: Easel) -> Box:
    """Where the words of a label stand, with the page number that follows them on paper."""
    number = easel.letters.width("\N{EN SPACE}000", label.size) if label.paged else 0.0
    width = easel.letters.width(label.text, label.size, label.style) + number
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - label.size * 0.75, left + width, label.y + label.size * 0.22


def collisions(drawing: Drawing, easel: Easel) -> list[str]:
    """Every pair of labels that run into each other, and every label that runs into another film's spot."""
    boxes = [(label, box_of(label, easel)) for label in drawing.labels]
    found = [f"{a.text} / {b.text}" for (a, one), (b, other) in combinations(boxes, 2) if meet(one, other)]
    spots = [mark for mark in drawing.marks if isinstance(mark, Spot)]
    for label, box in boxes:
        for spot in spots:
            around = (spot.x - spot.r, spot.y - spot.r, spot.x + spot.r, spot.y + spot.r)
            if meet(box, around):
                found.append(f"{label.text} / spot of {spot.film}")
    return found


def outside(drawing: Drawing, easel: Easel) -> list[str]:
    """The labels that do not stand wholly in the drawing."""
    slack = 1.0
    return [
        label.text
        for label in drawing.labels
        for left, top, right, bottom in [box_of(label, easel)]
        if left < -slack or top < -slack or right > drawing.width + slack or bottom > drawing.height + slack
    ]


def struck(drawing: Drawing, easel: Easel) -> list[str]:
    """The labels that a line runs through."""
    lines = [mark for mark in drawing.marks if isinstance(mark, Line)]
    return [
        label.text
        for label in drawing.labels
        if label.film
        for line in lines
        if within((line.x1, line.y1), (line.x2, line.y2), box_of(label, easel))
    ]


def easels(guide: Guide, project: Project) -> Iterator[Easel]:
    for theme in ("classic", "modern"):
        yield printed_easel(guide, project.print, find_theme(theme, PROJECT))
    yield ebook_easel(guide, THEME)


# ---------------------------------------------------------------------------------------------- maps


@pytest.mark.parametrize("films", ["sample", "sixty"])
def test_on_a_map_no_words_collide_and_no_line_runs_through_them(
    films: str, request: pytest.FixtureRequest
) -> None:
    guide, project = request.getfixturevalue(films)
    for easel in easels(guide, project):
        (plate,) = easel.maps()
        for drawing in plate.drawings:
            assert collisions(drawing, easel) == []
            assert outside(drawing, easel) == []
            assert struck(drawing, easel) == []


@pytest.mark.parametrize("count", [LEAST, 16, 17, MOST])
def test_a_map_of_any_size_can_be_read(count: int) -> None:
    guide = ring(count)
    easel = printed_easel(guide, Project(PROJECT, guide.info).print, THEME)
    (plate,) = easel.maps()
    assert len(plate.drawings) == (1 if count < 17 else 2)
    shown = {slug for drawing in plate.drawings for slug in drawing.films}
    assert shown == {one.slug for one in guide.films}
    assert [collisions(drawing, easel) for drawing in plate.drawings] == [[]] * len(plate.drawings)


def test_every_film_of_a_map_stands_there_once_and_every_line_ends_at_two() -> None:
    guide = ring(20)
    easel = ebook_easel(guide, THEME)
    ((drawing,),) = (plate.drawings for plate in easel.maps())
    spots = [mark.film for mark in drawing.marks if isinstance(mark, Spot) and mark.film]
    assert sorted(spots) == sorted(one.slug for one in guide.films)
    (sheet,) = sheets(guide.chapters, guide.see_also)
    assert len(sheet.ties) >= 20


def test_a_line_that_crosses_the_gutter_goes_on_at_the_same_height(sample: tuple[Guide, Project]) -> None:
    guide, project = sample
    easel = printed_easel(guide, project.print, THEME)
    verso, recto = easel.maps()[0].drawings
    down = recto.height - verso.height  # what the key takes stands below, the heading's room above

    def ends(drawing: Drawing, x: float) -> list[tuple[float, float]]:
        """Height and slope of the lines that end at an edge."""
        found = []
        for mark in drawing.marks:
            if isinstance(mark, Line):
                for (ax, ay), (bx, by) in (
                    ((mark.x1, mark.y1), (mark.x2, mark.y2)),
                    ((mark.x2, mark.y2), (mark.x1, mark.y1)),
                ):
                    if abs(ax - x) < 0.05 and abs(bx - ax) > 1:
                        found.append((ay, (by - ay) / (bx - ax)))
        return sorted(found)

    head = 66.0
    left = ends(verso, verso.width)
    right = [(y - head, slope) for y, slope in ends(recto, 0.0)]
    carried = sorted((y + slope * easel.gutter, slope) for y, slope in left)
    assert down > 0
    assert left
    assert [pytest.approx(each, abs=0.6) for each in carried] == sorted(right)


def test_a_large_guide_has_a_map_for_each_chapter() -> None:
    guide = ring(100)
    halves = (
        Chapter("one", "One", guide.films[:80], number=1),
        Chapter("two", "Two", guide.films[80:], number=2),
        Chapter("none", "None", (), number=3),
    )
    found = sheets(halves, guide.see_also)
    assert [(sheet.chapter, len(sheet.films), sheet.left_out) for sheet in found] == [
        ("One", CHOSEN, 32),
        ("Two", 20, 0),
    ]


@pytest.mark.parametrize(
    "guide", [ring(LEAST - 1), replace(ring(9), see_also={})], ids=["few films", "no links"]
)
def test_where_there_is_nothing_to_see_there_is_no_map(guide: Guide) -> None:
    assert sheets(guide.chapters, guide.see_also) == ()
    project = replace(Project(PROJECT, guide.info), matter=BACK)
    films = guide.films
    assert "map" not in [matter.kind for matter in arrange(films, guide.see_also, project, {}).back]


def test_the_likest_third_of_ties_is_heavy_and_equals_weigh_the_same() -> None:
    def drawn(*likeness: float) -> list[float]:
        ties = [Tie(Slug(f"a{n}"), Slug(f"b{n}"), each) for n, each in enumerate(likeness)]
        return list(weights_of(ties).values())

    assert drawn(0.9, 0.8, 0.7, 0.6, 0.5, 0.4) == [1.8, 1.8, 1.2, 1.2, 0.75, 0.75]
    assert drawn(0.9, 0.5, 0.5, 0.1, 0.1, 0.1) == [1.8, 1.8, 1.8, 1.2, 1.2, 1.2]
    assert drawn(1.0, 1.0, 1.0, 0.2) == [1.2, 1.2, 1.2, 0.75]


def test_films_are_named_as_short_as_they_can_be() -> None:
    films = (
        film("Sunrise: A Song of Two Humans", 1927),
        film("Scarface", 1932),
        film("Scarface", 1983),
        film("Batman: The Movie", 1966),
        film("Batman: Mask of the Phantasm", 1993),
    )
    assert list(short_titles(films).values()) == [
        "Sunrise",
        "Scarface (1932)",
        "Scarface (1983)",
        "Batman: The Movie",
        "Batman: Mask of the Phantasm",
    ]


def test_where_films_do_not_fit_a_window_there_is_no_layout() -> None:
    room, narrow = Room(40, 10, 10), Window(0, 0, 90, 50)
    assert places(["a", "b"], {(0, 1): 1.0}, [room, room], [narrow]) is not None
    assert places(["a", "b", "c", "d"], {(0, 1): 1.0}, [room] * 4, [narrow]) is None


def test_paper_too_small_for_all_films_shows_those_that_are_tied_most() -> None:
    guide = ring(40)
    easel = replace(printed_easel(guide, Project(PROJECT, guide.info).print, THEME), width=150.0, depth=270.0)
    (plate,) = easel.maps()
    shown = {slug for drawing in plate.drawings for slug in drawing.films}
    assert 5 <= len(shown) < 40
    assert f"{40 - len(shown)} films are not on the map." in plate.drawings[0].caption
    assert [collisions(drawing, easel) for drawing in plate.drawings] == [[]] * len(plate.drawings)


# -------------------------------------------------------------------------------------------- charts


def chart() -> Chart:
    return Chart(324, 7.5, LETTERS, words_in("en"))


def table(drawing: Drawing | None) -> list[list[str]]:
    """The rows that say what a drawing shows."""
    assert drawing is not None
    return [[", ".join(cell.text for cell in cells) for cells in row] for row in drawing.rows]


FILMS = tuple(
    film(title, year, genres=genres, runtime_min=minutes)
    for title, year, genres, minutes in [
        ("A", 1951, ("Drama",), 90),
        ("B", 1959, ("Drama", "Crime"), 100),
        ("C", 1972, ("Crime",), 95),
        ("D", 1975, ("Drama",), 240),
        ("E", 1976, (), None),
        ("F", 1977, ("Comedy",), 81),
    ]
)


def test_films_are_counted_by_decade_and_an_empty_one_is_not_left_out() -> None:
    drawing = by_decade(FILMS, chart())
    assert table(drawing) == [["Decade", "Films"], ["1950s", "2"], ["1960s", "0"], ["1970s", "4"]]
    assert drawing is not None
    assert sum(isinstance(mark, Spot) for mark in drawing.marks) == len(FILMS)
    assert drawing.caption == "6 films from 1951 to 1977; the fullest decade is the 1970s with 4."


def test_decades_that_share_the_first_place_are_all_named() -> None:
    films = [film(f"Film {n}", year) for n, year in enumerate((1950, 1951, 1960, 1970, 1971))]
    drawing = by_decade(films, chart())
    assert drawing is not None
    assert drawing.caption == (
        "5 films from 1950 to 1971; the fullest decades are the 1950s and 1970s with 2 each."
    )


def test_a_film_of_two_genres_counts_for_both() -> None:
    assert table(genres_by_decade(FILMS, chart())) == [
        ["Genre", "Films", "By decade"],
        ["Drama", "3", "1950s: 2, 1970s: 1"],
        ["Crime", "2", "1950s: 1, 1970s: 1"],
        ["Comedy", "1", "1970s: 1"],
    ]


def test_the_shortest_and_the_longest_film_are_named() -> None:
    drawing = runtimes(FILMS, chart())
    assert drawing is not None
    assert [label.text for label in drawing.labels if label.film] == ["F, 81 minutes", "D, 240 minutes"]
    assert drawing.caption.startswith("From 81 to 240 minutes; half of the films run from 90 to 100")


def test_hundreds_of_films_are_columns_and_not_spots() -> None:
    films = [film(f"Film {n}", 1950 + n % 30, runtime_min=80 + n % 40) for n in range(900)]
    for drawing in (by_decade(films, chart()), runtimes(films, chart())):
        assert drawing is not None
        assert any(isinstance(mark, Bar) for mark in drawing.marks)
        assert not any(isinstance(mark, Spot) for mark in drawing.marks)
        assert drawing.height < 150


@pytest.mark.parametrize("films", [FILMS[:4], FILMS[2:]], ids=["too few", "one decade"])
def test_too_little_to_count_is_not_counted(films: Sequence[Film]) -> None:
    assert by_decade(films, chart()) is None


def test_numbers_are_written_as_the_language_writes_them() -> None:
    films = [film(f"Film {n}", 1950 + n % 30) for n in range(3000)]
    german = Chart(324, 7.5, LETTERS, words_in("de"))
    assert ["1.000"] in [row[1:] for row in table(by_decade(films, german))]


@pytest.mark.parametrize("films", ["sample", "sixty"])
def test_on_a_chart_no_words_collide(films: str, request: pytest.FixtureRequest) -> None:
    guide, project = request.getfixturevalue(films)
    for easel in easels(guide, project):
        charts = easel.charts()
        assert [drawing.name for drawing in charts] == ["decades", "genres", "runtimes"]
        for drawing in charts:
            assert collisions(drawing, easel) == []
            assert outside(drawing, easel) == []


# ------------------------------------------------------------------------------- as SVG, and on pages


def test_a_drawing_takes_its_colour_from_the_text_around_it(sample: tuple[Guide, Project]) -> None:
    guide, project = sample
    for easel in easels(guide, project):
        drawings = [*easel.charts(), *(one for plate in easel.maps() for one in plate.drawings)]
        for drawing in drawings:
            for drawn in (svg(drawing), svg(drawing, href=lambda slug: f"{slug}.xhtml")):
                root = ElementTree.fromstring(drawn)
                paints = {each.get(key) for each in root.iter() for key in ("fill", "stroke")}
                assert paints <= {None, "none", "currentColor"}


def test_every_figure_is_described(sample: tuple[Guide, Project]) -> None:
    guide, project = sample
    name = "{http://www.w3.org/2000/svg}"
    for easel in easels(guide, project):
        for drawing in [*easel.charts(), *(plate.drawings[0] for plate in easel.maps())]:
            assert len(drawing.description) > 40
            assert len(drawing.rows) > 2
            root = ElementTree.fromstring(svg(drawing, href=str))
            assert root.findtext(f"{name}desc") == drawing.description
            assert ElementTree.fromstring(svg(drawing)).findtext(f"{name}title") == drawing.description


def test_signs_of_markup_in_a_title_stay_signs() -> None:
    drawing = Drawing("d", "<b>", "a < b & c", 9, 9, (), (Label(1, 1, "<script>", 7, film=Slug("a&b")),))
    drawn = svg(drawing, href=lambda slug: f'"{slug}')
    assert "<script>" not in drawn
    assert ElementTree.fromstring(drawn) is not None


@pytest.mark.parametrize("films", ["sample", "sixty"])
def test_every_film_on_a_figure_leads_to_its_page(films: str, request: pytest.FixtureRequest) -> None:
    guide, project = request.getfixturevalue(films)
    documents = {page.name: page for page in compose_ebook(guide, project, THEME, pictures={})}
    shards = {shard.name: shard for shard in compose(guide, project, THEME)}
    for name in ("map", "figures"):
        page = ElementTree.fromstring(documents[f"matter/{name}.xhtml"].xhtml)
        targets = {each.get("href", "") for each in page.iter() if each.tag.endswith("}a")}
        assert documents[f"matter/{name}.xhtml"].properties == ("svg",)
        assert {target.removeprefix("../") for target in targets} <= documents.keys()
        assert set(shards[name].slots) <= {one.slug for one in guide.films}
    (plate,) = printed_easel(guide, project.print, THEME).maps()
    assert set(shards["map"].slots) == {slug for drawing in plate.drawings for slug in drawing.films}


def test_figures_and_paths_may_stand_in_front(sample: tuple[Guide, Project]) -> None:
    guide, project = sample
    front = MatterPlan(front=("toc", "map", "figures"), back=())
    again = arrange(guide.films, guide.see_also, replace(project, matter=front), {})
    shards = compose(again, project, THEME)
    contents, drawings = (shard for shard in shards if shard.numbering == "roman")
    assert (contents.html.count('class="drawing"'), drawings.html.count('class="drawing"')) == (0, 2 + 3)
    assert 'href="#map"' in shards[0].html


PRINTED = """
import sys
from hashlib import sha256
from test_figures import ring, THEME, PROJECT
from book.config import Project
from book.figures.drawing import svg
from book.figures.easel import ebook_easel, printed_easel
guide = ring(30, genres=("Drama", "Crime"), runtime_min=90)
for easel in (printed_easel(guide, Project(PROJECT, guide.info).print, THEME), ebook_easel(guide, THEME)):
    for drawing in [*easel.charts(), *(one for plate in easel.maps() for one in plate.drawings)]:
        sys.stdout.write(sha256(svg(drawing, href=str).encode()).hexdigest() + "\\n")
"""


def test_the_same_films_give_the_same_drawings() -> None:
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(book.__file__).parent.parent)])

    def drawn(seed: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        return subprocess.run(
            [sys.executable, "-c", PRINTED], env=env, capture_output=True, text=True, check=True
        ).stdout

    first = drawn("1")
    assert len(first.splitlines()) == 2 + 3 + 2  # no chart of runtimes, which are all alike
    assert drawn("2") == first


# ------------------------------------------------------------------------------------ a finished book


def test_a_map_lies_on_a_spread_and_prints_the_pages_of_its_films(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    for n in range(18):
        links = "\n".join(f"  - film-{(n + step) % 18}-{1950 + (n + step) % 18}" for step in (1, 2))
        text = f"---\ntitle: Film {n}\nyear: {1950 + n}\nsimilar:\n{links}\n---\nRain falls on town {n}.\n"
        (tmp_path / "entries" / f"film-{n}-{1950 + n}.md").write_text(text)
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "Rain"\n[matter]\nback = ["map"]\n')
    report = build_guide(tmp_path, formats=["pdf"], jobs=1, verified=False)
    assert report.stopped is False
    with pikepdf.open(report.files[0]) as pdf:
        named = pikepdf.NameTree(pdf.Root.Names.Dests)
        places = {str(name): pdf.pages.index(pikepdf.Page(dest[0])) for name, dest in named.items()}
        at = places["map"]
        assert at % 2 == 1  # counted from 0: a verso
        leads = [str(note.Dest) for page in pdf.pages[at : at + 2] for note in page.get("/Annots", ())]
    assert {lead for lead in leads if lead.startswith("film-")} == {f"film-{n}-{1950 + n}" for n in range(18)}
    assert set(leads) <= places.keys()
