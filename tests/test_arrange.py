"""Chapters, front and back matter: every film once, in the writer's order or ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import film

from book.arrange import arrange
from book.config import ChapterPlan, MatterPlan, Project
from book.editions import PDF_PLACES
from book.matter import how_to_use
from book.model import Film, GuideInfo, Index, Matter
from book.words import languages, words_in


def project(**parts: Any) -> Project:
    return Project(Path("somewhere"), GuideInfo("A Guide"), **parts)


def chapters(films: Sequence[Film], **parts: Any) -> list[tuple[str, list[str]]]:
    """Each chapter's title with the titles of its films."""
    guide = arrange(films, {}, project(**parts), {})
    return [(chapter.title, [film.title for film in chapter.films]) for chapter in guide.chapters]


FILMS = (
    film("Drive", 2011, genres=("Crime", "Drama"), directors=("Zoe A",), countries=("US",)),
    film("The Apple", 1998, genres=("drama",), directors=("Adam Z",), countries=("IR",), languages=("fa",)),
    film("Zodiac", 1998, genres=("Crime",), themes=("obsession",)),
    film("12 Angry Men", 1957),
)


def test_without_a_plan_chapters_are_decades() -> None:
    assert chapters(FILMS) == [
        ("The 1950s", ["12 Angry Men"]),
        ("The 1990s", ["The Apple", "Zodiac"]),
        ("The 2010s", ["Drive"]),
    ]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("year", [("1957", ["12 Angry Men"]), ("1998", ["The Apple", "Zodiac"]), ("2011", ["Drive"])]),
        (
            "genre",
            [
                ("Crime", ["Zodiac", "Drive"]),
                ("drama", ["The Apple"]),
                ("Other films", ["12 Angry Men"]),
            ],
        ),
        (
            "director",
            [("Zoe A", ["Drive"]), ("Adam Z", ["The Apple"]), ("Other films", ["12 Angry Men", "Zodiac"])],
        ),
        (
            "country",
            [
                ("Iran", ["The Apple"]),
                ("United States", ["Drive"]),
                ("Other films", ["12 Angry Men", "Zodiac"]),
            ],
        ),
        ("title", [("0–9", ["12 Angry Men"]), ("A", ["The Apple"]), ("D", ["Drive"]), ("Z", ["Zodiac"])]),
    ],
)
def test_chapters_may_follow_a_fact_and_films_without_it_come_last(
    by: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert chapters(FILMS, chapters_by=by) == expected


def test_a_chapter_by_hand_keeps_the_writers_order_and_takes_globs_by_year() -> None:
    plan = ChapterPlan("Mine", films=("zodiac-1998", "*-19*", "DRIVE-2011"))

    assert chapters(FILMS, chapters=(plan,)) == [
        ("Mine", ["Zodiac", "12 Angry Men", "The Apple", "Drive"]),
    ]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("year", ["12 Angry Men", "The Apple", "Zodiac", "Drive"]),
        ("title", ["12 Angry Men", "The Apple", "Drive", "Zodiac"]),
        ("director", ["Drive", "The Apple", "12 Angry Men", "Zodiac"]),
    ],
)
def test_a_chapter_may_be_sorted(sort: str, titles: list[str]) -> None:
    assert chapters(FILMS, chapters=(ChapterPlan("All", films=("*",), sort=sort),)) == [("All", titles)]


@pytest.mark.parametrize(
    ("where", "titles"),
    [
        ({"genre": ("DRAMA",)}, ["The Apple", "Drive"]),
        ({"genre": ("drama",), "decade": ("1990",)}, ["The Apple"]),
        ({"decade": ("1950s", "2010s")}, ["12 Angry Men", "Drive"]),
        ({"country": ("iran",)}, ["The Apple"]),
        ({"language": ("Persian",)}, ["The Apple"]),
        ({"theme": ("obsession",)}, ["Zodiac"]),
        ({"year": ("1957",)}, ["12 Angry Men"]),
        ({"director": ("Zoe A",)}, ["Drive"]),
    ],
)
def test_a_query_wants_one_value_of_every_key(where: dict[str, tuple[str, ...]], titles: list[str]) -> None:
    assert chapters(FILMS, chapters=(ChapterPlan("Asked", where=where),))[0] == ("Asked", titles)


def test_a_film_stands_in_the_first_chapter_that_takes_it_and_none_is_lost() -> None:
    plans = (
        ChapterPlan("Crime", where={"genre": ("Crime",)}),
        ChapterPlan("Nothing", where={"genre": ("Western",)}),
        ChapterPlan("Nineties", where={"decade": ("1990",)}),
    )

    assert chapters(FILMS, chapters=plans) == [
        ("Crime", ["Zodiac", "Drive"]),
        ("Nineties", ["The Apple"]),
        ("More films", ["12 Angry Men"]),
    ]


def test_chapters_have_slugs_of_their_own_that_do_not_depend_on_their_order() -> None:
    titles = ("Nights in the City", "Nights in the city!", "夜", "More films")
    plans = [ChapterPlan(title, films=(f.slug,)) for title, f in zip(titles, FILMS, strict=True)]

    def slugs(*chosen: ChapterPlan) -> list[tuple[int, str]]:
        return [(c.number, c.slug) for c in arrange(FILMS, {}, project(chapters=chosen), {}).chapters]

    assert slugs(*plans) == [
        (1, "chapter-nights-in-the-city"),
        (2, "chapter-nights-in-the-city-2"),
        (3, "chapter-a519542a"),
        (4, "chapter-more-films"),
    ]
    assert slugs(plans[2], plans[0], plans[3], plans[1])[0] == (1, "chapter-a519542a")
    assert arrange(FILMS, {}, project(), {}).chapters[0].slug == "chapter-1950s"


def test_a_chapter_opens_with_its_introduction() -> None:
    plan = ChapterPlan("All", films=("*",), intro="texts/all.md")

    guide = arrange(FILMS, {}, project(chapters=(plan,)), {"texts/all.md": "Welcome."})

    assert guide.chapters[0].intro == "Welcome."


def test_matter_comes_in_the_order_of_the_guide_file() -> None:
    plan = MatterPlan(
        front=("half-title", "title", "copyright", "texts/foreword.md", "toc"),
        back=("indexes", "checklist", "texts/about-us.md", "texts/missing.md"),
    )
    texts = {"texts/foreword.md": "# Before you watch\n\nHello.\n", "texts/about-us.md": "We write."}
    titles, directors = Index("title", "Titles", ()), Index("director", "Directors", ())

    guide = arrange((), {}, project(matter=plan), texts, (titles, directors))

    assert guide.front == (
        Matter("half-title", "half-title", "Half-title"),
        Matter("title", "title", "Title page"),
        Matter("copyright", "copyright", "Copyright"),
        Matter("text", "text-foreword", "Before you watch", "Hello."),
        Matter("toc", "toc", "Contents"),
    )
    assert guide.back == (
        Matter("index", "index-title", "Titles", index=titles),
        Matter("index", "index-director", "Directors", index=directors),
        Matter("text", "text-about-us", "About us", "We write."),
    )


def test_how_to_use_is_ours_until_the_writer_brings_another() -> None:
    plan = project(matter=MatterPlan(front=("how-to-use",), back=()))
    ours = arrange((), {}, plan, {}).front[0]
    theirs = arrange((), {}, plan, {"texts/how-to-use.md": "# Start here\n\nRead on."}).front[0]

    assert ours == Matter("how-to-use", "how-to-use", "How to use this book", "")
    assert theirs == Matter("how-to-use", "how-to-use", "Start here", "Read on.")


@pytest.mark.parametrize("language", ["en", *languages()])
def test_our_words_on_how_to_use_the_book_fit_a_page(language: str) -> None:
    lengths = {place: len(how_to_use(words_in(language), place)) for place in PDF_PLACES}
    fullest = 450 if language == "ja" else 1000
    assert {place: length for place, length in lengths.items() if not 150 <= length <= fullest} == {}


def test_the_checklist_stands_among_the_indexes_or_where_it_is_named() -> None:
    indexes = [Index(name, name, ()) for name in ("title", "checklist", "director")]

    def back(*words: str) -> list[str]:
        guide = arrange(FILMS, {}, project(matter=MatterPlan(back=words)), {}, indexes)
        return [matter.slug for matter in guide.back]

    assert back("indexes") == ["index-title", "index-checklist", "index-director"]
    assert back("checklist", "indexes") == ["index-checklist", "index-title", "index-director"]
