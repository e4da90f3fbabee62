"""A thousand real films through the whole pipeline; a quarter of an hour on two cores."""

import pytest
from finished import real_guide
from test_every_word import Finished, lost_or_moved
from test_every_word import (
    test_every_printed_number_is_the_label_of_the_page_it_links_to as lead_where_they_say,
)
from test_every_word import test_plots_stand_on_spoiler_pages_only as stand_on_spoiler_pages_only

pytestmark = pytest.mark.slow


def test_a_thousand_films_are_told_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    thousand = Finished(real_guide("films-1000.jsonl", tmp_path_factory.mktemp("thousand")))
    assert thousand.books.told["films"] == 1_000
    assert lost_or_moved(thousand) == []
    stand_on_spoiler_pages_only(thousand)
    lead_where_they_say(thousand)
