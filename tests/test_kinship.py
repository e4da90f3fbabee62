"""Series, remakes and films that only share a title are told apart."""

from __future__ import annotations

import pytest
from conftest import film

from book.kinship import SAME_STORY, Kinship, kinship
from book.model import CastMember, Film, Series


def kin(*films: Film, nearness: float = 0.0) -> Kinship:
    return kinship(films, lambda one, other: nearness)


def in_one_series(one: Film, other: Film, *others: Film) -> bool:
    found = kin(one, other, *others).series
    return one.slug in found and found[one.slug] == found.get(other.slug)


def starring(title: str, year: int, *names: str) -> Film:
    return film(title, year, cast=tuple(map(CastMember, names)))


def test_films_of_a_series_that_the_writer_names_belong_together_whatever_their_titles() -> None:
    blue = film("Blue", 1993, series=Series("Three Colours", "1"))
    red = film("Red", 1994, series=Series("three colours", "III"))

    found = kin(blue, red)

    assert found == Kinship({blue.slug: 0, red.slug: 0}, {blue.slug: 1, red.slug: 3},
                            {0: "Three Colours"}, frozenset(), frozenset())  # fmt: skip


@pytest.mark.parametrize(
    ("first", "next_"),
    [
        ("Rocky", "Rocky II"),
        ("Toy Story", "Toy Story 2"),
        ("The Godfather", "The Godfather Part II"),
        ("Kill Bill: Vol. 1", "Kill Bill: Vol. 2"),
        ("Ocean's Eleven", "Ocean’s Twelve"),
        ("Mission: Impossible", "Mission: Impossible II"),
        ("Police Academy", "Police Academy: Mission to Moscow"),
        ("Before Sunrise", "Before Sunrise Again"),
        ("Hellboy", "Hellboy II: The Golden Army"),
        ("Alien", "Alien³"),
        ("Friday the 13th", "Friday the 13th Part 2"),
    ],
)
def test_a_title_that_continues_another_makes_a_sequel_if_somebody_comes_back(first: str, next_: str) -> None:
    assert in_one_series(starring(first, 1990, "A", "Star"), starring(next_, 1995, "Star", "B"))


@pytest.mark.parametrize(
    ("first", "next_"),
    [("Alien", "Aliens"), ("Batman", "Batman Returns"), ("Alien", "Alien Resurrection")],
)
def test_one_word_in_common_wants_the_lead_back(first: str, next_: str) -> None:
    assert in_one_series(starring(first, 1979, "Star", "A"), starring(next_, 1986, "Star", "B"))
    assert not in_one_series(starring(first, 1979, "A", "Star"), starring(next_, 1986, "B", "Star"))


@pytest.mark.parametrize(
    ("first", "next_"),
    [
        ("Jennifer Eight", "Jennifer's Body"),
        ("F.I.S.T.", "F/X"),
        ("Maniac", "Maniac Cop 2"),
        ("The King", "The King of Comedy"),
        ("Heat", "The Heat"),
    ],
)
def test_titles_that_only_begin_alike_make_no_series(first: str, next_: str) -> None:
    assert not in_one_series(starring(first, 1980, "A", "Star"), starring(next_, 1990, "B", "Star"))


def test_nobody_in_common_makes_no_series_of_titles_without_numbers() -> None:
    assert not in_one_series(starring("Love", 2000, "A"), starring("Love Actually", 2003, "B"))


def test_parts_are_numbered_by_their_titles_and_the_name_alone_is_the_first() -> None:
    films = [starring(title, year, "Stallone") for title, year in
             (("Rocky", 1976), ("Rocky II", 1979), ("Rocky III", 1982), ("Rocky Balboa", 2006))]  # fmt: skip

    assert kin(*films).parts == {"rocky-1976": 1, "rocky-ii-1979": 2, "rocky-iii-1982": 3}


def test_episodes_do_not_count_the_films_before_them() -> None:
    films = [starring("Star Wars", 1977, "Baker"), starring("Star Wars: Episode II", 2002, "Baker")]

    assert kin(*films).parts == {"star-wars-episode-ii-2002": 2}


def test_two_series_that_the_writer_keeps_apart_stay_apart() -> None:
    old = film("Batman", 1989, directors=("Tim Burton",), series=Series("Burton"))
    new = film("Batman Begins", 2005, directors=("Tim Burton",), series=Series("Nolan"))

    assert not in_one_series(old, new)


def test_a_film_of_the_same_title_by_a_common_writer_is_a_remake() -> None:
    old = film("Scarface", 1932, writers=("Ben Hecht",))
    new = film("Scarface", 1983, writers=("Oliver Stone", "Ben Hecht"))

    assert kin(new, old).remakes == {(old.slug, new.slug)}


def test_a_film_of_the_same_title_whose_parts_come_back_is_a_remake() -> None:
    old = film("Psycho", 1960, cast=(CastMember("A", "Norman Bates"), CastMember("B", "Marion Crane")))
    new = film("Psycho", 1998, cast=(CastMember("C", "Marion Crane"), CastMember("D", "Norman Bates")))

    assert kin(old, new).remakes == {(old.slug, new.slug)}


def test_a_film_of_the_same_title_and_story_is_a_remake() -> None:
    old, new = film("The Fog", 1980), film("Fog", 2005)

    assert kin(old, new, nearness=SAME_STORY).remakes == {(old.slug, new.slug)}


def test_a_remake_is_known_by_its_original_title_too() -> None:
    old = film("Le fils", 1955, original_title="Les Diaboliques", writers=("Boileau",))
    new = film("Diaboliques", 1996, writers=("Boileau",))

    assert kin(old, new).remakes == {(old.slug, new.slug)}


def test_a_film_that_only_shares_the_title_is_a_namesake() -> None:
    crash, other = film("Crash", 1996), film("Crash", 2004)

    assert kin(other, crash) == Kinship({}, {}, {}, frozenset(), frozenset({(crash.slug, other.slug)}))


def test_films_of_one_title_made_at_one_time_are_no_remakes() -> None:
    one, other = film("Faust", 1926, writers=("Goethe",)), film("Faust", 1927, writers=("Goethe",))

    assert kin(one, other).remakes == frozenset()


def test_a_spoiler_in_the_cast_makes_no_series() -> None:
    guest = (CastMember("Star", spoiler=True),)

    assert not in_one_series(film("One Night", 1990, cast=guest), film("One Night Later", 1995, cast=guest))
