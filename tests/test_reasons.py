"""Why a film leads on to another, in words that a reader understands and that give nothing away."""

from __future__ import annotations

from typing import Any

import pytest
from babel.messages import Catalog
from conftest import film

from book.model import CastMember, Film, Series
from book.reasons import REASON_LENGTH
from book.relate import compare, relate
from book.words import Words

CROWD = [film(f"Crowd {n}", 1950, genres=("Drama",)) for n in range(6)]


def why(here: Film, there: Film, *others: Film, words: Words | None = None) -> str:
    """The reason that `there` has in the list of `here`."""
    return compare([here, there, *others], here, there, words=words).reason


def both(**facts: Any) -> tuple[Film, Film]:
    return film("Here", 1990, **facts), film("There", 1991, **facts)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"directors": ("Mike Figgis",)}, "also by Mike Figgis"),
        ({"directors": ("Joel Coen", "Ethan Coen")}, "also by Joel Coen and Ethan Coen"),
        ({"writers": ("Suso Cecchi d'Amico",)}, "also written by Suso Cecchi d'Amico"),
        ({"directors": ("Agnès Varda",), "writers": ("Agnès Varda",)}, "also by Agnès Varda"),
        ({"cast": (CastMember("Nicolas Cage"),)}, "also with Nicolas Cage"),
        ({"cinematographers": ("Christopher Doyle",)}, "also shot by Christopher Doyle"),
        ({"composers": ("Nino Rota",)}, "also with music by Nino Rota"),
        ({"themes": ("addiction", "Las Vegas")}, "both: addiction, Las Vegas"),
        ({"genres": ("Western",)}, "both: Western"),
        (
            {"directors": ("Mike Figgis",), "cast": (CastMember("Nicolas Cage"),), "themes": ("addiction",)},
            "also by Mike Figgis, with Nicolas Cage; both: addiction",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_reasons_name_what_two_films_share(facts: dict[str, Any], reason: str) -> None:
    assert why(*both(**facts), *CROWD) == reason


def test_a_genre_that_half_the_guide_has_is_named_only_where_nothing_else_is() -> None:
    here, there = both(directors=("A B",), genres=("Drama",))
    bare = both(genres=("Drama",))

    assert why(here, there, *CROWD) == "also by A B"
    assert why(*bare, *CROWD) == "both: Drama"


def test_a_reason_never_outgrows_its_line() -> None:
    names = tuple(f"{letter * 9} {letter * 15}" for letter in "abcdef")
    here, there = both(directors=names, writers=names[2:], themes=names, series=Series("A" * 80))

    assert 0 < len(why(here, there)) <= REASON_LENGTH


def test_a_sequel_and_the_film_before_it_are_said_as_such() -> None:
    rocky, second, third = (
        film(title, year, cast=(CastMember("Sylvester Stallone"),))
        for title, year in (("Rocky", 1976), ("Rocky II", 1979), ("Rocky III", 1982))
    )
    films = {film.slug: film for film in (rocky, second, third)}
    reasons = {
        (slug, link.to): link.reason for slug, links in relate(list(films.values())).items() for link in links
    }

    assert reasons == {
        (rocky.slug, second.slug): "its sequel; also with Sylvester Stallone",
        (second.slug, third.slug): "its sequel; also with Sylvester Stallone",
        (second.slug, rocky.slug): "the film before this one; also with Sylvester Stallone",
        (third.slug, second.slug): "the film before this one; also with Sylvester Stallone",
        (rocky.slug, third.slug): "a later film of the series; also with Sylvester Stallone",
        (third.slug, rocky.slug): "an earlier film of the series; also with Sylvester Stallone",
    }


def test_a_series_that_the_writer_names_is_named() -> None:
    here, there = (
        film("A", 1990, series=Series("Three Colours")),
        film("B", 1991, series=Series("Three Colours")),
    )

    assert why(here, there) == "also in the series Three Colours"


def test_a_remake_is_said_from_both_ends() -> None:
    old = film("Scarface", 1932, writers=("Ben Hecht",), genres=("Crime",))
    new = film("Scarface", 1983, writers=("Ben Hecht",), genres=("Crime",))

    assert (why(old, new, *CROWD), why(new, old, *CROWD)) == (
        "a remake of this film; also written by Ben Hecht",
        "this film is its remake; also written by Ben Hecht",
    )


def test_a_namesake_is_not_called_a_remake() -> None:
    assert why(film("Crash", 1996, synopsis="Cars."), film("Crash", 2004, synopsis="Racism.")) == (
        "another film of this title"
    )


def test_where_only_the_synopses_are_near_their_words_are_named_as_written() -> None:
    here = film("Here", 1950, synopsis="In Brazil, a lighthouse keeper finds a castaway café owner.")
    there = film("There", 2000, synopsis="The castaway dreams of a café near the lighthouse, in Brazil.")

    reason = why(here, there, *CROWD)

    assert reason.startswith("both: ")
    assert set(reason.removeprefix("both: ").split(", ")) == {"lighthouse", "castaway", "café"}


def test_names_in_synopses_are_no_reason() -> None:
    here, there = film("Here", 1950, synopsis="Zbigniew."), film("There", 2000, synopsis="Zbigniew.")

    assert why(here, there, *CROWD) == ""


def test_nothing_that_spoils_is_ever_a_reason() -> None:
    here, there = both(
        genres=("Drama",),
        spoiler_themes=("it was a dream",),
        cast=(CastMember("Surprise Guest", spoiler=True),),
    )

    assert why(here, there) == "both: Drama"


def test_reasons_are_in_the_language_of_the_guide() -> None:
    german = Catalog(locale="de")
    german.add("also by %(names)s", "ebenfalls von %(names)s")

    reason = why(*both(directors=("Joel Coen", "Ethan Coen")), words=Words("de", german))

    assert reason == "ebenfalls von Joel Coen und Ethan Coen"
