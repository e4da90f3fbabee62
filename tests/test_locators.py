"""How an index names pages, and what it says at the head of a page."""

import pytest

from book.locators import Span, headword, spans
from book.model import Slug, Target

ORDER = {Slug(name): place for place, name in enumerate("abcdefgh")}


def targets(own: str, others: str) -> list[Target]:
    return [Target(Slug(name), name, own=True) for name in own] + [
        Target(Slug(name), name, own=False) for name in others
    ]


def drawn(found: tuple[Span, ...]) -> list[str]:
    return [("*" if span.own else "") + span.first + (f"–{span.last}" if span.last else "") for span in found]


def test_a_films_own_page_comes_first_and_neighbours_are_joined() -> None:
    assert drawn(spans(targets("g", "hbdac"), ORDER)) == ["*g", "a–d", "h"]


def test_two_neighbours_are_no_range() -> None:
    assert drawn(spans(targets("", "bafeb"), ORDER)) == ["a", "b", "e", "f"]


def test_a_film_that_the_book_does_not_hold_comes_last() -> None:
    assert drawn(spans(targets("", "za"), ORDER)) == ["a", "z"]


@pytest.mark.parametrize(
    ("heading", "index", "words"),
    [
        ("Trier, Lars von", "director", "Trier"),
        ("Wong Kar-wai", "cast", "Wong Kar-wai"),
        ("Third Man, The", "title", "Third Man"),
        ("One, Two, Three", "title", "One, Two, Three"),
        ("Scarface (1932)", "similar", "Scarface"),
        ("A Funny Thing Happened on the Way to the Forum", "title", "A Funny Thing Happened on…"),
        ("1995", "year", "1995"),
    ],
)
def test_a_running_head_takes_the_words_that_a_reader_looks_for(heading: str, index: str, words: str) -> None:
    assert headword(heading, index) == words
