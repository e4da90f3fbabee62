"""What a guide still wants, and the guide in figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.model import UsageError
from book.reckoning import Figures, Progress, figures_of, what_is_missing
from book.scaffold import EXAMPLE, add_entry, new_guide

ALL = (
    "synopsis",
    "more",
    "plot",
    "ending",
    "timeline",
    "characters",
    "settings",
    "themes",
    "post-credits",
)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    new_guide(tmp_path)
    add_entry(tmp_path, "Ferry", 1961)
    return tmp_path


def test_the_film_with_most_to_do_stands_first(guide: Path) -> None:
    each, _ = what_is_missing(guide)
    assert each[0] == Progress("ferry-1961", 0, ALL, True, False)
    assert (each[1].slug, each[1].missing, each[1].share) == (EXAMPLE, (), 10 / 11)


def test_one_film_can_be_asked_for(guide: Path) -> None:
    assert [progress.slug for progress in what_is_missing(guide, EXAMPLE)[0]] == [EXAMPLE]
    with pytest.raises(UsageError, match="No entry is called x"):
        what_is_missing(guide, "x")


def test_a_guide_in_figures(guide: Path) -> None:
    words = what_is_missing(guide, EXAMPLE)[0][0].words
    assert figures_of(guide)[0] == Figures(2, words, 2, 0, 0, {1950: 1, 1960: 1})
