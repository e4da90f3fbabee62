"""Similar films: the writer first, then links back, then likeness."""

from __future__ import annotations

from itertools import permutations

from conftest import film

from book.model import CastMember, SeeAlso, Series, SimilarLink
from book.relate import relate


def targets(see_also: tuple[SeeAlso, ...]) -> list[str | None]:
    return [other.to for other in see_also]


def unscored(see_also: tuple[SeeAlso, ...]) -> list[tuple[str | None, str, bool, bool, bool]]:
    return [(other.to, other.reason, other.own, other.back, other.one_way) for other in see_also]


def test_a_writers_links_come_first_in_the_writers_order_and_words() -> None:
    zodiac = film("Zodiac", 2007)
    seven = film("Seven", 1995, directors=("David Fincher",))
    game = film(
        "The Game",
        1997,
        directors=("David Fincher",),
        similar=(SimilarLink(to="zodiac-2007", why="Another puzzle"), SimilarLink(to="seven-1995")),
    )

    assert unscored(relate([seven, game, zodiac])[game.slug]) == [
        (zodiac.slug, "Another puzzle", True, False, False),
        (seven.slug, "also by David Fincher", True, False, False),
    ]


def test_a_film_named_by_another_leads_back_to_it() -> None:
    original = film("Solaris", 1972)
    other = film("Moon", 2009, similar=(SimilarLink(to="solaris-1972", why="Where it began"),))

    related = relate([original, other])

    assert unscored(related[original.slug]) == [(other.slug, "leads back here", False, True, False)]
    assert unscored(related[other.slug]) == [(original.slug, "Where it began", True, False, False)]


def test_a_link_back_says_what_the_two_films_share_and_not_what_the_other_writer_said() -> None:
    original = film("Solaris", 1972, themes=("grief",))
    other = film("Moon", 2009, themes=("grief",), similar=(SimilarLink(to="solaris-1972", why="Its child"),))

    assert [link.reason for link in relate([original, other])[original.slug]] == ["both: grief"]


def test_a_link_to_a_film_whose_list_is_full_is_one_way() -> None:
    ends = [film(name, 1990) for name in "AB"]
    full = film("Full", 1990, similar=tuple(SimilarLink(to=end.slug) for end in ends))
    here = film("Here", 1990, similar=(SimilarLink(to=full.slug), SimilarLink(to=ends[0].slug)))

    related = relate([*ends, full, here], limit=2)

    assert [(link.to, link.one_way) for link in related[here.slug]] == [
        (full.slug, True),
        (ends[0].slug, False),
    ]
    assert [(link.to, link.back) for link in related[ends[0].slug]] == [(full.slug, True), (here.slug, True)]


def test_films_that_name_each_other_are_neither_one_way_nor_listed_twice() -> None:
    a = film("A", 1990, similar=(SimilarLink(to="b-1990"),))
    b = film("B", 1990, similar=(SimilarLink(to="a-1990"),))

    assert {slug: [(x.to, x.own, x.one_way) for x in found] for slug, found in relate([a, b]).items()} == {
        a.slug: [(b.slug, True, False)],
        b.slug: [(a.slug, True, False)],
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


def test_a_guide_without_films_relates_none() -> None:
    assert relate([]) == {}


def test_films_without_a_word_in_common_are_not_alike() -> None:
    assert relate([film("A", 1990, synopsis=""), film("B", 1991, synopsis="")]) == {
        "a-1990": (),
        "b-1991": (),
    }


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


def test_a_limit_of_none_leaves_the_writers_own_links() -> None:
    there = film("There", 1990, genres=("War",))
    here = film("Here", 1990, genres=("War",), similar=(SimilarLink(to="there-1990"),))

    assert {slug: targets(found) for slug, found in relate([here, there], limit=0).items()} == {
        here.slug: [there.slug],
        there.slug: [],
    }


def test_a_limit_beyond_the_guide_lists_everything_that_is_alike() -> None:
    films = [film(title, 1990, genres=("War",)) for title in "ABC"]

    assert targets(relate(films, limit=50)[films[0].slug]) == ["b-1990", "c-1990"]
