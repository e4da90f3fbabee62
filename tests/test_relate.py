"""Similar films: the writer first, then links back, then likeness."""

from __future__ import annotations

from itertools import permutations

from conftest import film

from book.model import CastMember, SeeAlso, Series, SimilarLink
from book.relate import REASON_LENGTH, relate


def targets(see_also: tuple[SeeAlso, ...]) -> list[str | None]:
    return [other.to for other in see_also]


def test_a_writers_links_come_first_in_the_writers_order_and_words() -> None:
    zodiac = film("Zodiac", 2007)
    seven = film("Seven", 1995, directors=("David Fincher",))
    game = film(
        "The Game",
        1997,
        directors=("David Fincher",),
        similar=(SimilarLink(to="zodiac-2007", why="Another puzzle"), SimilarLink(to="seven-1995")),
    )

    assert relate([seven, game, zodiac])[game.slug] == (
        SeeAlso(zodiac.slug, "Zodiac", 2007, "Another puzzle", own=True),
        SeeAlso(seven.slug, "Seven", 1995, "also by David Fincher", own=True),
    )


def test_a_film_named_by_another_points_back() -> None:
    original = film("Alien", 1979)
    sequel = film("Aliens", 1986, similar=(SimilarLink(to="alien-1979", why="Where it began"),))

    assert relate([original, sequel]) == {
        original.slug: (SeeAlso(sequel.slug, "Aliens", 1986),),
        sequel.slug: (SeeAlso(original.slug, "Alien", 1979, "Where it began", own=True),),
    }


def test_links_back_stand_before_films_that_are_only_alike() -> None:
    brother = film("Brother", 1990, directors=("A",), genres=("Drama",), series=Series("Saga"))
    stranger = film("Stranger", 1930, similar=(SimilarLink(to="here-1990"),))
    here = film("Here", 1990, directors=("A",), genres=("Drama",), series=Series("Saga"))

    assert targets(relate([brother, stranger, here])[here.slug]) == [stranger.slug, brother.slug]


def test_own_links_are_never_cut_and_the_limit_counts_them() -> None:
    names = [film(name, 1990, genres=("Drama",)) for name in "ABCDE"]
    chatty = film("Chatty", 1990, genres=("Drama",), similar=tuple(SimilarLink(to=f.slug) for f in names))

    related = relate([*names, chatty], limit=3)

    assert targets(related[chatty.slug]) == [f.slug for f in names]
    assert len(related[names[0].slug]) == 3


def test_a_title_finds_its_film_whatever_its_capitals_accents_and_article() -> None:
    strada = film("La Strada", 1954, original_title="La strada", aka=("The Road",))
    amelie = film("Amélie", 2001)
    here = film(
        "Here",
        2000,
        similar=(
            SimilarLink(title="strada", year=1954),
            SimilarLink(title="the ROAD"),
            SimilarLink(title="Amelie", year=2002),
        ),
    )

    assert targets(relate([strada, amelie, here])[here.slug]) == [strada.slug, amelie.slug]


def test_a_slug_of_digits_alone_is_a_slug_all_the_same() -> None:
    number = film("2046", 2004)
    here = film("Here", 2000, similar=(SimilarLink(title="2046-2004"),))

    assert targets(relate([number, here])[here.slug]) == [number.slug]


def test_a_title_that_the_guide_does_not_hold_is_a_film_beyond_it() -> None:
    here = film("Here", 2000, similar=(SimilarLink(title="Barfly", year=1987, why="Closing time"),))

    assert relate([here])[here.slug] == (SeeAlso(None, "Barfly", 1987, "Closing time", own=True),)


def test_a_film_is_never_similar_to_itself_nor_twice_to_another() -> None:
    there = film("There", 2001)
    links = (SimilarLink(to="here-2000"), SimilarLink(to="there-2001"), SimilarLink(title="There"))
    here = film("Here", 2000, similar=links)

    assert targets(relate([here, there])[here.slug]) == [there.slug]


def test_rare_facts_weigh_more_than_common_ones() -> None:
    crowd = [film(f"Crowd {n}", 1990, genres=("Drama",)) for n in range(8)]
    here = film("Here", 1990, genres=("Drama",), themes=("clockmaking",))
    kin = film("Kin", 1960, themes=("clockmaking",))

    assert relate([*crowd, here, kin])[here.slug][0].to == kin.slug


def test_reasons_name_what_weighs_most_in_words() -> None:
    crowd = [film(f"Crowd {n}", 1950) for n in range(6)]
    nicolas = (CastMember("Nicolas Cage"),)
    here = film("Here", 1995, directors=("Mike Figgis",), cast=nicolas, themes=("addiction",))
    both = film("Both", 1996, directors=("Mike Figgis",), cast=nicolas, themes=("addiction",))
    heist = film("Heist", 1990, themes=("addiction",), languages=("en",))

    assert [other.reason for other in relate([*crowd, here, both, heist])[here.slug]] == [
        "also by Mike Figgis, with Nicolas Cage; both: addiction",
        "both: addiction",
    ]


def test_a_person_who_wrote_and_directed_is_named_once() -> None:
    films = [film(name, 1990, directors=("Agnès Varda",), writers=("Agnès Varda",)) for name in "AB"]

    assert relate(films)[films[0].slug][0].reason == "also by Agnès Varda"


def test_a_reason_never_outgrows_its_line() -> None:
    names = tuple(f"{letter * 9} {letter * 15}" for letter in "abcdef")
    films = [film(title, 1990, directors=names, writers=names[2:], themes=names) for title in "AB"]

    reason = relate(films)[films[0].slug][0].reason

    assert 0 < len(reason) <= REASON_LENGTH


def test_spoilers_never_make_films_alike() -> None:
    guest = (CastMember("Surprise Guest", spoiler=True),)
    films = [film(title, 1990, spoiler_themes=("it was a dream",), cast=guest) for title in "AB"]

    assert relate(films) == {films[0].slug: (), films[1].slug: ()}


def test_a_shared_language_or_country_alone_makes_no_films_alike() -> None:
    films = [film(title, 1990, languages=("en",), countries=("US",)) for title in "AB"]

    assert relate(films) == {films[0].slug: (), films[1].slug: ()}


def test_ties_go_by_slug_and_the_order_of_the_films_does_not_matter() -> None:
    films = [film(title, 1990, genres=("Western",), themes=("gold", "rain")) for title in "DBCA"]
    expected = relate(films, limit=2)

    assert targets(expected[films[0].slug]) == ["a-1990", "b-1990"]
    assert all(relate(order, limit=2) == expected for order in permutations(films))


def test_weights_of_the_guide_override_ours() -> None:
    here = film("Here", 1990, directors=("A",), genres=("War",))
    by_director = film("By Director", 1990, directors=("A",))
    by_genre = film("By Genre", 1990, genres=("War",))
    films = [here, by_director, by_genre]

    assert targets(relate(films)[here.slug]) == [by_director.slug, by_genre.slug]
    assert targets(relate(films, weights={"director": 0})[here.slug]) == [by_genre.slug]


def test_a_limit_of_none_leaves_the_writers_own_links() -> None:
    there = film("There", 1990, genres=("War",))
    here = film("Here", 1990, genres=("War",), similar=(SimilarLink(to="there-1990"),))

    assert {slug: targets(found) for slug, found in relate([here, there], limit=0).items()} == {
        here.slug: [there.slug],
        there.slug: [],
    }
