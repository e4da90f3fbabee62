"""The web edition in real Chromium, opened from the disk: everybody can use it, and it does what it says.

Pictures of it are left in build/readers/web/, or where FILMGUIDE_SCREENSHOTS says, to be looked at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from checkers import in_browser
from finished import PROJECT

from book.build import build_guide

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What there is to see of the sample guide's site: a page of every kind, the search, a story."""
    out = tmp_path_factory.mktemp("away")
    report = build_guide(PROJECT, formats=("web",), out=out)
    assert report.files, report.findings
    site = report.files[0].parent
    away = Path(os.environ.get("FILMGUIDE_SCREENSHOTS", PROJECT / "build" / "readers")) / "web"
    away.mkdir(parents=True, exist_ok=True)
    files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    films = [file for file in files if file.startswith("films/")]
    kinds = {file.rpartition("/")[0]: file for file in reversed(files)}
    pages = [*kinds.values(), "search.html", *(file for file in files if file.startswith("matter/"))]
    wanted = {
        "site": str(site),
        "away": str(away),
        "pages": list(dict.fromkeys(["index.html", *pages])),
        "film": films[0],
        "story": next(file for file in files if file.startswith("spoilers/")),
        "question": "2046 wong",
    }
    return in_browser("browsing.mjs", wanted, away)


def test_axe_has_nothing_against_any_kind_of_page_in_any_light(told: dict[str, Any]) -> None:
    assert {page: found for page, found in told["axe"].items() if found} == {}


def test_no_page_is_wider_than_its_window(told: dict[str, Any]) -> None:
    assert {page: by for page, by in told["wide"].items() if by} == {}


def test_search_works_from_the_disk(told: dict[str, Any]) -> None:
    assert told["searched"] == {"hits": ["2046"], "said": "Films found: 1", "landed": "2046"}


def test_a_story_is_out_of_sight_until_somebody_goes_on(told: dict[str, Any]) -> None:
    assert (told["warned"], told["gone_on"]) == (False, True)


def test_without_javascript_everything_is_there_but_the_search(told: dict[str, Any]) -> None:
    assert told["plain"] == {"form": False, "title": "2046"}


def test_on_paper_there_is_nothing_but_the_page(told: dict[str, Any]) -> None:
    assert told["paper"] == {"head": False, "title": True}


def test_nothing_is_loaded_from_elsewhere_and_nothing_goes_wrong(told: dict[str, Any]) -> None:
    assert told["console"] == []
