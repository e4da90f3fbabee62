"""What most tests share: a film in one line.

from conftest import film

alien = film("Alien", 1979, directors=("Ridley Scott",))
"""

from __future__ import annotations

import signal
from typing import Any

import pytest
from finished import Books, real_guide, sample_guide

from book.model import Film, Kind, Section, Slug, Source
from book.slugs import slug_of

# A shell that runs the tests in the background has Ctrl-C ignored, and so would every command that they begin
# and want to stop by it.
signal.signal(signal.SIGINT, signal.default_int_handler)


def film(title: str, year: int, **facts: Any) -> Film:
    """A film without faults: slug and file follow from title and year, both parts have a sentence.

    Any field of Film may be given; `synopsis` may be plain text.
    """
    slug = Slug(facts.pop("slug", "") or slug_of(title, year))
    synopsis = facts.pop("synopsis", f"What {title} is about.")
    if isinstance(synopsis, str):
        synopsis = Section(Kind.SYNOPSIS, "", synopsis, 6, 6)
    complete: dict[str, Any] = {
        "synopsis": synopsis,
        "fence_line": 8,
        "spoilers": (Section(Kind.PLOT, "Plot", f"How {title} ends.", 10, 12),),
        "source": Source(f"entries/{slug}.md", {"title": 2, "year": 3}),
    }
    return Film(slug=slug, title=title, year=year, **(complete | facts))


@pytest.fixture(scope="session", params=["the sample guide", "60 films"])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Both books of the sample guide, then of 60 awkward real films where they are at hand."""
    away = tmp_path_factory.mktemp("away")
    return sample_guide(away) if request.param == "the sample guide" else real_guide("films-60.jsonl", away)
