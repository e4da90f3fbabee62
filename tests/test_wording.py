"""The guide's own words on a film, and the marks in its short texts."""

from conftest import film

from book.model import (
    BoxOffice,
    CastMember,
    Chapter,
    Guide,
    GuideInfo,
    Index,
    IndexEntry,
    IndexGroup,
    Matter,
    SeeAlso,
    Target,
)
from book.wording import credits, listed, short_address, typeset_guide
from book.words import words_in

ENGLISH = words_in("en")


def guide_of(title: str, *, language: str = "en") -> Guide:
    dog = film(title, 2000, directors=("Pat O'Hara",), cast=(CastMember("Kim O'Dell", "'Mad' Max"),))
    line = IndexEntry(title, (Target(dog.slug, title),), sub=(IndexEntry("see", see=title),))
    index = Index("title", "Titles", (IndexGroup("A", (line,)),))
    return Guide(
        GuideInfo("A Writer's Guide", language=language),
        (),
        (Chapter("c", "Dogs' Lives", (dog,)),),
        (Matter("index", "titles", "Titles", index=index),),
        {dog.slug: (SeeAlso(dog.slug, title),)},
    )


def test_titles_names_and_headings_have_curled_marks_wherever_they_stand() -> None:
    set_ = typeset_guide(guide_of("A Dog's Will"))
    dog = set_.films[0]
    assert (dog.title, dog.directors, dog.cast[0]) == (
        "A Dog’s Will",
        ("Pat O’Hara",),
        CastMember("Kim O’Dell", "‘Mad’ Max"),
    )
    assert set_.chapters[0].title == "Dogs’ Lives"
    assert set_.see_also[dog.slug][0].title == "A Dog’s Will"
    index = set_.back[0].index
    assert index is not None
    line = index.groups[0].entries[0]
    assert (line.heading, line.targets[0].label, line.sub[0].see) == ("A Dog’s Will",) * 3


def test_marks_are_those_of_the_guides_language() -> None:
    assert typeset_guide(guide_of('Das "Haus"', language="de")).films[0].title == "Das „Haus“"


def test_slugs_files_and_the_guides_own_title_are_left_alone() -> None:
    plain = guide_of("A Dog's Will")
    set_ = typeset_guide(plain)
    assert set_.info == plain.info
    assert [(one.slug, one.source) for one in set_.films] == [(one.slug, one.source) for one in plain.films]


def test_money_is_said_in_one_line() -> None:
    said = {
        takings: dict(credits(film("A", 1990, box_office=takings), "", ENGLISH, after_credits=True)).get(
            "Box office"
        )
        for takings in (BoxOffice(4, 50), BoxOffice(4), BoxOffice(None, 50, "EUR"), BoxOffice())
    }
    assert list(said.values()) == [("$50 on a budget of $4",), ("a budget of $4",), ("€50",), None]


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [listed(names, ENGLISH) for names in (["A"], ["A", "B"], ["A", "B", "C"])] == [
        "A",
        "A and B",
        "A, B and C",
    ]


def test_an_address_is_printed_short() -> None:
    assert short_address("https://www.imdb.com/title/tt0113627/") == "imdb.com/title/tt0113627"
