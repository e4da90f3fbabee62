"""guide.toml is read whole: every fault at its line, every default in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from book.config import (
    ChapterPlan,
    EbookPlan,
    MatterPlan,
    PrintPlan,
    Project,
    SimilarPlan,
    SpoilerPlan,
    load_project,
    read_project,
)
from book.guide_file import lines_of
from book.index_plan import IndexPlan
from book.model import BookError, GuideInfo, Source
from book.retail import is_isbn
from book.trims import trim_mm

HERE = Path("here")
SHORTEST = '[guide]\ntitle = "A Guide"\n'


def read(text: str) -> Project:
    project, found = read_project(text, HERE)
    assert found == ()
    return project


def faults(text: str) -> list[tuple[int, str]]:
    """Line and code of every finding."""
    return [(finding.where.line, finding.code) for finding in read_project(text, HERE)[1]]


def test_a_title_is_all_that_a_guide_needs() -> None:
    assert read(SHORTEST) == Project(
        HERE,
        GuideInfo("A Guide", slug="a-guide"),
        source=Source("guide.toml", {"guide": 1, "guide.title": 2}),
    )


def test_a_guide_of_every_key_is_read_whole() -> None:
    project = read(
        """
[guide]
title = "Nächte & Tage"
subtitle = "Films"
authors = "Ann Author"
publisher = "House"
language = "German"
rights = "Ours"
edition = "Second"
isbn = { print = "978-3-16-148410-0", ebook = "0-306-40615-2" }
description = "About films"
subjects = ["PER004030"]
price = { EUR = 24.95 }
published = 2026-01-31
rating_scale = "0 to 10"

[[chapter]]
title = "Night"
films = ["alien-*", "taxi-driver-1976"]
where = { genre = ["Drama", "Crime"], decade = 1990 }
sort = "year"
intro = "texts/night.md"

[chapters]
by = "decade"

[spoilers]
pdf = "omit"
epub = "omit"

[similar]
limit = 0
weights = { genre = 2, director = 0.5 }

[indexes]
include = ["title", "cast"]

[print]
theme = "modern"
trim = "A5"
paper = "white"
ink = "colour"
bleed = true

[ebook]
theme = "modern"
cover = "images/cover.jpg"

[matter]
front = ["title", "texts/foreword.md"]
back = []
"""
    )

    assert project == Project(
        root=HERE,
        info=GuideInfo(
            title="Nächte & Tage",
            subtitle="Films",
            authors=("Ann Author",),
            publisher="House",
            language="de",
            rights="Ours",
            edition="Second",
            isbn_print="978-3-16-148410-0",
            isbn_ebook="0-306-40615-2",
            description="About films",
            subjects=("PER004030",),
            published=date(2026, 1, 31),
            rating_scale="0 to 10",
            slug="nachte-and-tage",
        ),
        chapters=(
            ChapterPlan(
                "Night",
                ("alien-*", "taxi-driver-1976"),
                {"genre": ("Drama", "Crime"), "decade": ("1990",)},
                "year",
                "texts/night.md",
                line=17,
            ),
        ),
        chapters_by="decade",
        spoilers=SpoilerPlan("omit", "omit"),
        similar=SimilarPlan(0, {"genre": 2.0, "director": 0.5}),
        indexes=IndexPlan(include=("title", "cast")),
        print=PrintPlan("modern", 148, 210, "white", "color", True),
        ebook=EbookPlan("modern", "images/cover.jpg"),
        prices={"EUR": "24.95"},
        matter=MatterPlan(("title", "texts/foreword.md"), ()),
        source=project.source,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('subtitel = "x"\n', [(3, "F501")]),
        ("[spoiler]\n", [(3, "F501")]),
        ('isbn = { prnt = "" }\n', [(3, "F501")]),
        ("[similar.weights]\ngenres = 1\n", [(4, "F501")]),
        ('[[chapter]]\ntitle = "x"\nwhere = { genre = "x", actor = "y" }\n', [(5, "F501")]),
        ("authors = 5\n", [(3, "F502")]),
        ("subtitle = []\n", [(3, "F502")]),
        ('published = "soon"\n', [(3, "F502")]),
        ('published = "2026-02-30"\n', [(3, "F502")]),
        ('slug = "My Guide"\n', [(3, "F502")]),
        ('[chapters]\nby = "mood"\n', [(4, "F502")]),
        ('[[chapter]]\ntitle = "x"\nsort = "yaer"\n', [(5, "F502")]),
        ('[spoilers]\npdf = "hidden"\n', [(4, "F502")]),
        ("[similar]\nlimit = 1000\n", [(4, "F502")]),
        ("[similar]\nweights = { genre = -1 }\n", [(4, "F502")]),
        ('[indexes]\ninclude = ["direktor"]\n', [(4, "F502")]),
        ('[matter]\nfront = [\n  "titel",\n]\n', [(4, "F502")]),
        ('[print]\nbleed = "yes"\n', [(4, "F502")]),
        ('[print]\ntrim = "large"\n', [(4, "F503")]),
        ('[print]\ntrim = "9x900in"\n', [(4, "F503")]),
        ('isbn = { print = "978-3-16-148410-1" }\n', [(3, "F504")]),
        ('language = "Klingonish"\n', [(3, "F505")]),
        ('[[chapter]]\nfilms = ["x"]\n', [(3, "F506")]),
        ("print = 5\nchapter = 6\n", [(3, "F501"), (4, "F501")]),
    ],
)
def test_a_fault_is_found_on_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert faults(SHORTEST + text) == expected


def test_all_faults_show_in_one_pass_and_every_value_has_its_default() -> None:
    project, found = read_project(
        "chapter = 5\nprint = 6\n[guide]\nlanguage = 7\n[similar]\nlimit = []\n", HERE
    )

    assert [(each.where.line, each.code) for each in found] == [
        (1, "F502"),
        (2, "F502"),
        (3, "F506"),
        (4, "F505"),
        (6, "F502"),
    ]
    assert (project.info, project.similar, project.print) == (GuideInfo(""), SimilarPlan(), PrintPlan())


def test_a_mistyped_word_is_met_with_the_nearest() -> None:
    _, found = read_project(SHORTEST + 'publishr = "x"\n[indexes]\ninclude = ["direktor"]\n', HERE)

    assert [each.hint for each in found] == ["Did you mean publisher?", "Did you mean director?"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[guide\n", 1),
        ('[guide]\ntitle = "A\n', 2),
        ('[guide]\ntitle = "A"\n[guide]\n', 3),
        ("a = 1\n\na = 2\n", 3),
        ('[guide]\ntitle = """\nA', 3),
    ],
)
def test_what_is_not_toml_is_found_on_its_line_and_the_defaults_stand_in(text: str, line: int) -> None:
    project, found = read_project(text, HERE)

    assert project == Project(HERE, GuideInfo(""))
    assert [(it.code, it.where.line) for it in found] == [("F507", line)]


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 6_000])
def test_a_value_beyond_all_measure_is_a_finding(value: str) -> None:
    _, found = read_project(f"a = {value}", HERE)

    assert [it.code for it in found] == ["F507"]


@pytest.mark.parametrize(
    ("matter", "message"),
    [
        ('front = ["toc", "toc"]', "front under [matter] names toc twice."),
        (
            'front = ["indexes"]',
            "front under [matter] has indexes, which has its place at the back of a book.",
        ),
        ('back = ["toc"]', "back under [matter] has toc, which has its place at the front of a book."),
    ],
)
def test_a_page_stands_once_and_at_its_own_end_of_the_book(matter: str, message: str) -> None:
    _, found = read_project(f'[guide]\ntitle = "A"\n[matter]\n{matter}\n', HERE)

    assert [(str(it.where), it.code, it.message) for it in found] == [("guide.toml:4", "F502", message)]


def test_a_title_that_would_fill_a_page_is_told_its_length() -> None:
    _, found = read_project(f'[guide]\ntitle = "{"A" * 400}"\n', HERE)

    assert [it.message for it in found] == ["guide.title is 400 characters long; there is room for 200."]


def test_a_folder_without_a_guide_says_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(BookError) as stopped:
        load_project(tmp_path)

    assert "filmguide new" in stopped.value.hint


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "title = 'é'".encode("latin-1")])
def test_a_guide_file_that_is_no_text_is_a_finding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "guide.toml").write_bytes(content)

    _, found = load_project(tmp_path)

    assert [(it.code, str(it.where)) for it in found] == [("F507", "guide.toml:1")]


def test_the_sample_guide_has_no_fault() -> None:
    project, found = load_project(Path(__file__).parent.parent)

    assert found == ()
    assert project.info.slug == "second-sight"


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ("6x9in", (152.4, 228.6)),
        ("6 x 9", (152.4, 228.6)),
        ('5.5"x8.5"', (139.7, 215.9)),
        ("152x229mm", (152, 229)),
        ("152 × 229", (152, 229)),
        ("15,2x22,9 cm", (152, 229)),
        ("A5", (148, 210)),
        ("a4", (210, 297)),
        ("b5", (176, 250)),
        ("six by nine", None),
        ("6x", None),
    ],
)
def test_a_trim_may_be_typed_in_many_ways(typed: str, size: tuple[float, float] | None) -> None:
    assert trim_mm(typed) == size


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("978-3-16-148410-0", True),
        ("9783161484100", True),
        ("080442957X", True),
        ("978-3-16-148410-1", False),
        ("0804429579", False),
        ("977-3-16-148410-3", False),
        ("", False),
    ],
)
def test_an_isbn_is_told_by_its_last_digit(number: str, right: bool) -> None:
    assert is_isbn(number) is right


def test_a_guide_named_in_another_script_still_has_files_with_names() -> None:
    assert read('[guide]\ntitle = "映画"\n').info.slug == "guide"
    assert read('[guide]\ntitle = "映画"\nslug = "eiga"\n').info.slug == "eiga"


def test_lines_are_counted_past_texts_and_lists_of_many_lines() -> None:
    text = (
        'a = """\n[no]\nb = 1\n"""\n[x] # [y]\nc = [ # ]\n  "]", \'[\',\n  [1],\n]\nd.e = 1\n'
        "[[f]]\ng = '''x'''\n[[f]]\ng = \"#[\" # [\n[f.h]\n\"i j\" = 1\n"
    )

    assert lines_of(text) == {
        "a": 1, "x": 5, "x.c": 6, "x.d.e": 10, "f": 11, "f[0]": 11, "f[0].g": 12, "f[1]": 13, "f[1].g": 14,
        "f.h": 15, "f.h.i j": 16,
    }  # fmt: skip
