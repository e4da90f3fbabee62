"""A film's documents are made again when something that they show has changed, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import film

from book import compose_ebook as composing
from book import compose_films
from book.cache import Cache
from book.config import Project, SpoilerPlan
from book.ebook import Document, Picture
from book.model import Chapter, Film, Guide, GuideInfo, Kind, Section, SeeAlso, Slug
from book.themes import find_theme

ROOT = Path(__file__).parent.parent
PICTURE = Picture("images/harbour.jpg", "image/jpeg", b"")


def a_film(title: str, text: str = "") -> Film:
    made = film(title, 1990, spoilers=(Section(Kind.PLOT, "", f"{text} It ends at sea.", 1, 2),))
    return replace(made, source=replace(made.source, digest=f"{title}{text}"))


def a_guide(middle: str = "", **parts: object) -> Guide:
    films = (a_film("Anchor"), a_film("Bay", middle), a_film("Cliff"), a_film("Dune"), a_film("Ebb"))
    known = {"info": GuideInfo("By the Sea"), "front": (), "back": (), "see_also": {}}
    return Guide(chapters=(Chapter("sea", "Sea", films, number=1),), **(known | parts))  # type: ignore[arg-type]


def composed(
    cache: Cache | None,
    guide: Guide,
    theme: str = "classic",
    mode: str = "linked",
    pictures: dict[str, Picture] | None = None,
) -> tuple[Document, ...]:
    project = Project(ROOT, guide.info, spoilers=SpoilerPlan(epub=mode))
    shown = {"harbour.jpg": PICTURE} if pictures is None else pictures
    return composing.compose_ebook(guide, project, find_theme(theme, ROOT), pictures=shown, cache=cache)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of films whose pages are made, one after the other."""
    titles: list[str] = []
    make: Callable[..., Document] = compose_films._film

    def watched(desk: compose_films.Desk, film: Film, *others: Film | None) -> Document:
        titles.append(film.title)
        return make(desk, film, *others)

    monkeypatch.setattr(compose_films, "_film", watched)
    return titles


ALL = ["Anchor", "Bay", "Cliff", "Dune", "Ebb"]
LIKE_DUNE = (SeeAlso(Slug("dune-1990"), "Dune", 1990, reason="both by the sea"),)


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        pytest.param({"guide": a_guide()}, [], id="nothing changed"),
        pytest.param({"guide": a_guide("Later.")}, ALL[:3], id="a film, which its neighbours name"),
        pytest.param(
            {"guide": a_guide(see_also={Slug("ebb-1990"): LIKE_DUNE})}, ["Ebb"], id="a list of similar films"
        ),
        pytest.param({"guide": a_guide(info=GuideInfo("By the Lake"))}, ALL, id="the guide's title"),
        pytest.param({"guide": a_guide(), "theme": "modern"}, ALL, id="the theme"),
        pytest.param({"guide": a_guide(), "mode": "omit"}, ALL, id="the place of spoilers"),
        pytest.param({"guide": a_guide(), "pictures": {}}, ALL, id="the pictures"),
    ],
)
def test_only_what_an_edit_touches_is_made_again_and_the_book_is_that_of_a_first_build(
    again: dict[str, object], expected: list[str], made: list[str], tmp_path: Path
) -> None:
    cache = Cache(tmp_path)
    composed(cache, a_guide())
    made.clear()

    warm = composed(cache, **again)  # type: ignore[arg-type]

    assert made == expected
    assert warm == composed(None, **again)  # type: ignore[arg-type]
