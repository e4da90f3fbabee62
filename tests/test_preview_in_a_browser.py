"""The preview in real Chromium: a save is seen, no story is met unasked, all of it works from the keyboard.

Pictures of it are left in build/readers/preview/, or where FILMGUIDE_SCREENSHOTS says, to be looked at.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from checkers import in_browser, with_fonts
from finished import PROJECT
from test_preview import SECRETS, write_guide

import book

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What happened while somebody used the preview of a guide of two films."""
    guide = write_guide(tmp_path_factory.mktemp("away") / "guide")
    away = Path(os.environ.get("FILMGUIDE_SCREENSHOTS", PROJECT / "build" / "readers")) / "preview"
    away.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "book.cli", "-C", str(guide), "preview", "--port", "0", "--plain"]
    own = {**with_fonts(), "PYTHONPATH": str(Path(book.__file__).parent.parent)}
    with subprocess.Popen(command, cwd=guide.parent, env=own, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = next(filter(None, (re.search(r"http://\S+", line) for line in server.stdout)))[0]
            yield _used(guide, address, away)
        finally:
            server.send_signal(signal.SIGINT)
    assert server.returncode == 3  # stopped, as it was asked to


def _used(guide: Path, address: str, away: Path) -> dict[str, Any]:
    wanted = {
        "address": address,
        "away": str(away),
        "films": ["the-harbour-light-1951", "meadow-morning-1960"],
        "edit": {
            "file": str(guide / "entries" / "the-harbour-light-1951.md"),
            "from": "counts ships",
            "to": "counts lanterns",
        },
        "secrets": SECRETS,
        "search": "drowned",
    }
    return in_browser("previewing.mjs", wanted, away)


def test_the_browser_holds_no_word_of_a_story_before_somebody_asks(told: dict[str, Any]) -> None:
    assert told["unasked"] == []
    assert told["found_unasked"] == []


def test_whoever_asks_is_told_and_whoever_no_longer_asks_is_not(told: dict[str, Any]) -> None:
    assert {"never drowned", "rows back", "Zelda Wren"} <= set(told["asked"])
    assert told["found_asked"] == ["the-harbour-light-1951"]
    assert told["hidden_again"] == []


def test_a_save_changes_the_page_and_keeps_the_place(told: dict[str, Any]) -> None:
    before = {
        "film": "the-harbour-light-1951",
        "top": 60,
        "view": "ebook",
        "spoilers": "false",
        "focus": "stage",
    }
    assert told["saved"]["before"] == told["saved"]["after"] == before
    assert told["saved"]["pictured"]
    assert "The Harbour Light" in told["saved"]["status"]


def test_everything_can_be_done_from_the_keyboard(told: dict[str, Any]) -> None:
    walked = dict(told["walked"])
    stops = walked.pop("stops")
    assert walked == {
        "skip": "skip",
        "skipped": "film",
        "search": "question",
        "list": "the-harbour-light-1951",
        "down": "meadow-morning-1960",
        "chosen": "Meadow, Morning",
        "back": "The Harbour Light",
        "ebook": "true",
        "spoilers": "true",
        "hidden": "false",
        "pages": "stage",
        "help": True,
        "closed": True,
    }
    ways = ["skip", "help-open", "question", "filter", "the-harbour-light-1951", "spoilers", "after", "stage"]
    assert [stop for stop in stops if stop in ways][: len(ways)] == ways


@pytest.mark.parametrize(
    "shown",
    ["book", "findings", "ebook", "book-spoilers", "ebook-spoilers", "help", "night", "narrow"],
)
def test_axe_has_nothing_against_any_state_of_the_page(told: dict[str, Any], shown: str) -> None:
    assert told["axe"][shown] == []


def test_a_narrow_window_is_not_too_narrow(told: dict[str, Any]) -> None:
    assert told["narrow"] <= 0


def test_nothing_is_loaded_from_elsewhere_and_nothing_goes_wrong(told: dict[str, Any]) -> None:
    assert told["console"] == []
