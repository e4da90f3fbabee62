"""What was proved of the last file is not compared again; whatever changed is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from book.cache import Cache
from book.model import Place, Slug
from book.open_words import OpenWords
from book.sentences import Passage, Reach, Spoiler, words_of
from book.verify_known import Known, Rest, anywhere, digests_of, known_of, recall, remember, rest_of
from book.verify_seeking import leaks, lost

SEA, HILL = Slug("sea-1990"), Slug("hill-1991")
ENDING = "The keeper of the light was his own brother all along."
DEATH = "Nobody on the hill survives the last winter there."


def spoiler(film: Slug, text: str) -> Spoiler:
    return Spoiler(film, film, Place(f"entries/{film}.md", 9), text, words_of(text), Reach.LETTERS)


def page(text: str, film: Slug | None, *, hidden: bool = False) -> Passage:
    return Passage("a page", words_of(text), film, hidden, body=True)


BOOK = (
    page("Fog lies on the bay all morning.", SEA),
    page(ENDING, SEA, hidden=True),
    page("Snow lies on the hill all winter.", HILL),
    page(DEATH, HILL, hidden=True),
    page("Index of titles", None),
)
SPOILERS = (spoiler(SEA, ENDING), spoiler(HILL, DEATH))
OPEN = OpenWords(
    "a guide", {SEA: "fog lies on the bay all morning", HILL: "snow lies on the hill all winter"}
)


def known(passages: tuple[Passage, ...], spoilers: tuple[Spoiler, ...], words: OpenWords) -> Known:
    return known_of(passages, digests_of(passages), spoilers, words)


BEFORE = known(BOOK, SPOILERS, OPEN)


def rest(
    passages: tuple[Passage, ...] = BOOK, spoilers: tuple[Spoiler, ...] = SPOILERS, words: OpenWords = OPEN
) -> Rest:
    return rest_of(known(passages, spoilers, words), BEFORE, passages, digests_of(passages))


def test_of_the_same_file_nothing_is_left_to_look_at() -> None:
    assert rest() == Rest([], set(), set())


def test_of_a_first_file_everything_is() -> None:
    left = rest_of(known(BOOK, SPOILERS, OPEN), Known(), BOOK, digests_of(BOOK))
    assert (list(left.places), left.films, left.parts) == ([0, 1, 2, 3, 4], {SEA, HILL}, {SEA, HILL})


def test_a_new_page_is_looked_at_with_its_neighbours() -> None:
    changed = (*BOOK[:2], page("Snow lies deep on the hill.", HILL), *BOOK[3:])
    assert rest(changed) == Rest([1, 2, 3], set(), set())


def test_a_new_ending_is_sought_in_its_part_and_everywhere_else() -> None:
    spoilers = (spoiler(SEA, "The lighthouse was never there, and neither was he."), SPOILERS[1])
    assert rest(spoilers=spoilers) == Rest([], {SEA}, {SEA})


def test_a_spoiler_part_that_changed_is_searched_anew() -> None:
    changed = (BOOK[0], page("He was somebody.", SEA, hidden=True), *BOOK[2:])
    assert rest(changed).parts == {SEA}


def test_words_taken_back_above_a_fence_are_no_excuse_any_more() -> None:
    """Pages of that film, and pages of none, may have said it because the writer did."""
    words = replace(OPEN, films={**OPEN.films, SEA: "fog"})
    assert rest(words=words).places == [0, 1, 4]
    assert list(rest(words=replace(OPEN, common="another guide")).places) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_leak_on_a_new_page_is_found(place: int) -> None:
    passages = tuple(
        replace_words(each, f"{each.words} {words_of(ENDING)}") if at == place else each
        for at, each in enumerate(BOOK)
    )
    met = [(found.film, passage) for found, passage in leaks(passages, SPOILERS, OPEN, rest(passages))]
    assert met == [(SEA, passages[place])]


@pytest.mark.parametrize(
    ("text", "film"), [("Snow lies on the hill all winter.", HILL), ("Fog lies on the bay all morning.", SEA)]
)
def test_a_new_spoiler_that_an_old_page_tells_is_found(text: str, film: Slug) -> None:
    spoilers = (*SPOILERS, spoiler(HILL, text))
    silent = OpenWords("a guide", {SEA: "", HILL: ""})
    before = known(BOOK, SPOILERS, silent)
    left = rest_of(known(BOOK, spoilers, silent), before, BOOK, digests_of(BOOK))
    assert left == Rest([], {HILL}, {HILL})
    assert [passage.film for _, passage in leaks(BOOK, spoilers, silent, left)] == [film]


def test_a_spoiler_that_runs_over_onto_a_new_page_is_found() -> None:
    half = len(ENDING) // 2
    passages = (
        replace_words(BOOK[0], f"fog lies on the bay all morning {words_of(ENDING[:half])}"),
        replace_words(BOOK[2], f"{words_of(ENDING[half:])} snow lies on the hill all winter"),
        BOOK[4],
    )
    assert {found.film for found, _ in leaks(passages, SPOILERS, OPEN, rest(passages))} == {SEA}


def test_a_spoiler_part_that_lost_its_ending_is_told() -> None:
    changed = (BOOK[0], page("He was somebody.", SEA, hidden=True), *BOOK[2:])
    assert lost(changed, SPOILERS, rest(changed).parts) == [SPOILERS[0]]


def test_the_quick_look_misses_no_spoiler_whose_end_alone_is_on_a_page() -> None:
    passages = (page(f"who {ENDING[-32:]}", None), page(ENDING, SEA, hidden=True))
    assert anywhere(SPOILERS, passages) == (SPOILERS[0],)


def test_what_is_kept_is_of_one_file_in_one_mode(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    remember(cache, "book.pdf", "page", BEFORE)
    assert recall(cache, "book.pdf", "page") == BEFORE
    assert recall(cache, "book.pdf", "omit") == recall(cache, "book.epub", "page") == Known()
    assert recall(None, "book.pdf", "page") == Known()


def replace_words(passage: Passage, words: str) -> Passage:
    return Passage(passage.where, words, passage.film, passage.hidden, passage.body, passage.coded)
