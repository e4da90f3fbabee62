"""A thousand real films through the whole pipeline and every checker; half an hour on two cores."""

from pathlib import Path

import pytest
from checkers import ace, check_book, epubcheck
from finished import real_guide
from test_conformance import ASIDE
from test_every_word import Finished, lost_or_moved
from test_every_word import (
    test_every_printed_number_is_the_label_of_the_page_it_links_to as lead_where_they_say,
)
from test_every_word import test_plots_stand_on_spoiler_pages_only as stand_on_spoiler_pages_only
from test_printed_indexes import guide_in, leading_nowhere, misprinted, unlisted

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    return Finished(real_guide("films-1000.jsonl", tmp_path_factory.mktemp("thousand")))


def test_a_thousand_films_are_told_whole(thousand: Finished) -> None:
    assert thousand.books.told["films"] == 1_000
    assert lost_or_moved(thousand) == []
    stand_on_spoiler_pages_only(thousand)
    lead_where_they_say(thousand)
    guide = guide_in(thousand.books.guide)
    assert (misprinted(thousand), unlisted(guide), leading_nowhere(guide)) == ([], [], [])


def test_no_checker_holds_anything_against_a_thousand_films(thousand: Finished, tmp_path: Path) -> None:
    book = thousand.books.files[".epub"]
    assert epubcheck(book, tmp_path) == []
    assert check_book(book, tmp_path) == [ASIDE]
    assert ace(book, tmp_path) == []
