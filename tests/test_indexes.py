"""The indexes at the back: what stands where, and what never gets in."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import film

from book.index_plan import INDEXES, IndexPlan
from book.indexes import BEYOND, NAMES, build_indexes
from book.model import CastMember, Film, Index, IndexEntry, IndexGroup, SeeAlso, Series, Target
from book.words import words_in


def built(name: str, *films: Film, language: str = "en", **plan: Any) -> tuple[IndexGroup, ...]:
    indexes = build_indexes(films, {}, IndexPlan(include=(name,), **plan), words_in(language))
    return indexes[0].groups if indexes else ()


def drawn(groups: tuple[IndexGroup, ...]) -> list[str]:
    """An index as a reader sees it: letters flush left, sub-entries further in, see and notes behind."""
    lines = []
    for group in groups:
        lines.append(group.letter)
        for entry in group.entries:
            lines.append(f"  {entry.heading}" + (f", see {entry.see}" if entry.see else ""))
            for sub in entry.sub:
                note = sub.note or (sub.targets[0].note if sub.targets else "")
                lines.append(f"    {sub.heading}" + (f": {note}" if note else ""))
            if entry.also:
                lines.append(f"    see also {'; '.join(entry.also)}")
    return lines


# --------------------------------------------------------------------------------------- titles


def test_films_are_filed_by_title_and_other_titles_refer_to_them() -> None:
    groups = built(
        "title",
        film("The Third Man", 1949),
        film("Seven Samurai", 1954, original_title="七人の侍", aka=("Shichinin no samurai",)),
        film("La strada", 1954, languages=("it",), aka=("The Road",)),
        film("2046", 2004, languages=("zh",)),
        film("Éclair", 1990, original_title="Éclair"),
    )

    assert drawn(groups) == [
        "0–9",
        "  2046",
        "E",
        "  Éclair",
        "R",
        "  Road, The, see Strada, La",
        "S",
        "  Seven Samurai",
        "  Strada, La",
        "T",
        "  Third Man, The",
        "漢字",
        "  七人の侍, see Seven Samurai",
    ]


def test_a_title_in_another_script_is_found_by_its_reading_and_by_itself() -> None:
    groups = built(
        "title",
        film("Come and See", 1985, original_title="Иди и смотри", languages=("ru",)),
        film("Stalker", 1979, original_title="Сталкер", languages=("ru",)),
        film("羅生門", 1950, slug="rashomon-1950", languages=("ja",)),
    )

    assert drawn(groups) == [
        "C",
        "  Come and See",
        "I",
        "  Idi i smotri (Иди и смотри), see Come and See",
        "R",
        "  Rashomon (羅生門)",
        "S",
        "  Stalker",
        "АБВ",
        "  Иди и смотри, see Come and See",
        "  Сталкер, see Stalker",
        "漢字",
        "  羅生門, see Rashomon (羅生門)",
    ]


def test_a_reading_of_the_writers_own_makes_ours_superfluous() -> None:
    groups = built(
        "title",
        film("Your Name", 2016, original_title="君の名は。", languages=("ja",), aka=("Kimi no na wa",)),
        film("Battleship", 1925, original_title="Броненосец", languages=("ru",), aka=("Bronyenosyets",)),
    )

    assert drawn(groups) == [
        "B",
        "  Battleship",
        "K",
        "  Kimi no na wa, see Your Name",
        "Y",
        "  Your Name",
        "АБВ",
        "  Броненосец, see Battleship",
        "漢字",
        "  君の名は。, see Your Name",
    ]


def test_a_reference_to_the_next_line_is_left_out() -> None:
    groups = built("title", film("Pat & Billy", 1973, original_title="Pat and Billy"), film("Zorro", 1940))

    assert drawn(groups) == ["P", "  Pat & Billy", "Z", "  Zorro"]


def test_a_sort_title_moves_a_film_without_taking_its_name() -> None:
    groups = built("title", film("8½", 1963, sort_title="Eight and a Half"), film("Eden", 1990))

    assert drawn(groups) == ["E", "  Eden", "  8½"]


def test_numbers_stand_first_or_as_they_are_spoken() -> None:
    films = (film("12 Angry Men", 1957), film("Taxi", 1998), film("Upgrade", 2018))

    assert drawn(built("title", *films)) == ["0–9", "  12 Angry Men", "T", "  Taxi", "U", "  Upgrade"]
    assert drawn(built("title", *films, numerals="spoken")) == [
        "T",
        "  Taxi",
        "  12 Angry Men",
        "U",
        "  Upgrade",
    ]


def test_the_alphabet_is_the_guides_or_another_that_it_asks_for() -> None:
    films = (film("Zorro", 1940), film("Ångström", 1990), film("Apen", 1980))

    assert drawn(built("title", *films)) == ["A", "  Ångström", "  Apen", "Z", "  Zorro"]
    swedish = ["A", "  Apen", "Z", "  Zorro", "Å", "  Ångström"]
    assert drawn(built("title", *films, language="sv")) == swedish
    assert drawn(built("title", *films, collation="sv")) == swedish


def test_films_of_one_title_are_told_apart_by_year_and_then_by_director() -> None:
    groups = built(
        "title",
        film("Scarface", 1983),
        film("Scarface", 1932),
        film("ATM", 2012, directors=("Mez Tharatorn",)),
        film("ATM", 2012, slug="atm-2012-2", directors=("David Brooks",)),
        film("The Racket", 1951, aka=("Scarface",)),
    )

    assert drawn(groups) == [
        "A",
        "  ATM (2012, David Brooks)",
        "  ATM (2012, Mez Tharatorn)",
        "R",
        "  Racket, The",
        "S",
        "  Scarface (1932)",
        "  Scarface (1951), see Racket, The",
        "  Scarface (1983)",
    ]


def test_a_title_leads_to_its_film_first_and_then_to_those_whose_writers_name_it() -> None:
    alien, aliens, cube = film("Alien", 1979), film("Aliens", 1986), film("Cube", 1997)
    see_also = {
        cube.slug: (SeeAlso(alien.slug, "Alien", 1979, own=True), SeeAlso(aliens.slug, "Aliens", 1986)),
    }
    (index,) = build_indexes([alien, aliens, cube], see_also, IndexPlan(("title",)), words_in("en"))

    assert [entry.targets for group in index.groups for entry in group.entries] == [
        (Target(alien.slug, "Alien"), Target(cube.slug, "Cube", own=False)),
        (Target(aliens.slug, "Aliens"),),
        (Target(cube.slug, "Cube"),),
    ]
    assert "bold" in index.note


# --------------------------------------------------------------------------------------- people


def test_directors_are_filed_by_surname_with_their_films_by_year() -> None:
    groups = built(
        "director",
        film("Late", 2001, directors=("Lars von Trier",)),
        film("Early", 1991, directors=("Lars von Trier", "Robert De Niro")),
        film("The Other", 1991, directors=("Wong Kar-wai",)),
    )

    assert drawn(groups) == [
        "D",
        "  De Niro, Robert",
        "    Early (1991)",
        "T",
        "  Trier, Lars von",
        "    Early (1991)",
        "    Late (2001)",
        "V",
        "  von Trier, Lars, see Trier, Lars von",
        "W",
        "  Wong Kar-wai",
        "    The Other (1991)",
    ]


def test_performers_stand_with_their_parts_unless_their_presence_is_a_spoiler() -> None:
    cast = (
        CastMember("Nicolas Cage", "Ben"),
        CastMember("Nicolas Cage", "Ben's double"),
        CastMember("Surprise Guest", spoiler=True),
    )

    assert drawn(built("cast", film("Here", 1995, cast=cast))) == [
        "C",
        "  Cage, Nicolas",
        "    Here (1995): Ben, Ben's double",
    ]


def test_the_guide_may_file_a_person_otherwise() -> None:
    here = film("Here", 1995, writers=("Madonna Louise", "Ann Ax"))

    assert drawn(built("writer", here, names={"Madonna Louise": "Madonna Louise"})) == [
        "A",
        "  Ax, Ann",
        "    Here (1995)",
        "M",
        "  Madonna Louise",
        "    Here (1995)",
    ]


# ------------------------------------------------------------------------------------- subjects


def test_themes_that_spoil_are_in_no_index() -> None:
    dream = film("Here", 1995, spoiler_themes=("it was a dream",))

    assert built("theme", dream) == ()


def test_headings_that_differ_in_capitals_are_one_in_the_commonest_spelling() -> None:
    groups = built(
        "theme",
        film("The C", 1990, themes=("film noir",)),
        film("B", 1991, themes=("Film Noir",)),
        film("A", 1992, themes=("Film Noir",)),
    )

    assert drawn(groups) == ["F", "  Film Noir", "    A (1992)", "    B (1991)", "    C, The (1990)"]


def test_years_stand_under_their_decade_which_may_be_headings_as_well() -> None:
    films = (film("B", 1995), film("The A", 1995), film("C", 2001), film("Unknown", 0))

    assert drawn(built("year", *films)) == [
        "The 1990s",
        "  1995",
        "    A, The",
        "    B",
        "The 2000s",
        "  2001",
        "    C",
    ]
    assert drawn(built("decade", *films)) == [
        "",
        "  The 1990s",
        "    The A (1995)",
        "    B (1995)",
        "  The 2000s",
        "    C (2001)",
    ]


def test_countries_and_languages_have_everyday_names_in_the_language_of_the_guide() -> None:
    stalker = film("Stalker", 1979, countries=("SU",), languages=("ru",))

    assert [drawn(built(name, stalker)) for name in ("country", "language")] == [
        ["", "  Soviet Union", "    Stalker (1979)"],
        ["", "  Russian", "    Stalker (1979)"],
    ]
    assert drawn(built("language", stalker, language="de"))[1] == "  Russisch"


def test_a_series_stands_in_its_own_order() -> None:
    films = (
        film("Rocky III", 1982, series=Series("Rocky", "III")),
        film("Rocky", 1976, series=Series("Rocky", "1")),
        film("Rocky II", 1979, series=Series("Rocky", "2")),
    )

    assert drawn(built("series", *films)) == [
        "R",
        "  Rocky",
        "    Rocky (1976): no. 1",
        "    Rocky II (1979): no. 2",
        "    Rocky III (1982): no. III",
    ]


def test_ratings_stand_best_first_and_certificates_by_age() -> None:
    films = [film(f"Film {n}", 1990, rating=rating) for n, rating in enumerate(["3", "4.5", "★★", "10"])]
    headings = [line for line in drawn(built("rating", *films)) if line.startswith("  ") and line[2] != " "]
    assert headings == ["  10", "  4.5", "  3", "  ★★"]

    films = [film(f"Film {n}", 1990, certificate=age) for n, age in enumerate(["18", "PG", "6", "12A"])]
    headings = [
        line for line in drawn(built("certificate", *films)) if line.startswith("  ") and line[2] != " "
    ]
    assert headings == ["  PG", "  6", "  12A", "  18"]


def test_the_checklist_has_every_film_once_by_title() -> None:
    groups = built("checklist", film("The Zoo", 1990), film("Scarface", 1983), film("Scarface", 1932))

    assert drawn(groups) == ["", "  Scarface (1932)", "  Scarface (1983)", "  The Zoo (1990)"]


# -------------------------------------------------------------------------------- similar films


def test_the_similar_index_gives_reasons_and_ends_with_films_beyond_the_guide() -> None:
    here, there = film("The Here", 2000), film("There", 2001)
    barfly = SeeAlso(None, "The Barfly", 1987, "Closing time", own=True)
    see_also = {
        here.slug: (SeeAlso(there.slug, "There", 2001, "both: rain"), barfly),
        there.slug: (barfly,),
    }

    assert build_indexes([there, here], see_also, IndexPlan(("similar",)), words_in("en")) == (
        Index(
            "similar",
            "Similar films",
            (
                IndexGroup(
                    "H",
                    (
                        IndexEntry(
                            "Here, The",
                            (Target(here.slug, "The Here"),),
                            sub=(
                                IndexEntry("There (2001)", (Target(there.slug, "There", "both: rain"),)),
                                IndexEntry("The Barfly (1987)", note="Closing time"),
                            ),
                        ),
                    ),
                ),
                IndexGroup(
                    "T",
                    (
                        IndexEntry(
                            "There",
                            (Target(there.slug, "There"),),
                            sub=(IndexEntry("The Barfly (1987)", note="Closing time"),),
                        ),
                    ),
                ),
                IndexGroup(
                    BEYOND,
                    (
                        IndexEntry(
                            "Barfly, The (1987)",
                            (
                                Target(here.slug, "The Here", own=False),
                                Target(there.slug, "There", own=False),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    )


def test_series_and_films_of_one_title_refer_to_each_other_where_their_lists_do_not() -> None:
    one = film("Alien", 1979, series=Series("Nostromo", "1"))
    two = film("Aliens", 1986, series=Series("Nostromo", "2"))
    old, new = film("Scarface", 1932), film("Scarface", 1983)
    see_also = {old.slug: (SeeAlso(new.slug, "Scarface", 1983, "its remake"),)}
    (index,) = build_indexes([one, two, old, new], see_also, IndexPlan(("similar",)), words_in("en"))

    assert drawn(index.groups) == [
        "A",
        "  Alien",
        "    see also Aliens",
        "  Aliens",
        "    see also Alien",
        "N",
        "  Nostromo",
        "    Alien (1979): no. 1",
        "    Aliens (1986): no. 2",
        "S",
        "  Scarface (1932)",
        "    Scarface (1983): its remake",
        "  Scarface (1983)",
        "    see also Scarface (1932)",
    ]


# ------------------------------------------------------------------------------------ all of them


def test_indexes_come_in_the_order_asked_for_and_empty_ones_are_left_out() -> None:
    here = film("Here", 1990, directors=("A B",))
    plan = IndexPlan(("director", "theme", "colour", "title"))

    assert [index.name for index in build_indexes([here], {}, plan, words_in("en"))] == ["director", "title"]


def test_every_index_that_guide_toml_may_name_can_be_built() -> None:
    assert set(INDEXES) == NAMES


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_no_index_of_everything_misses_a_film_and_every_reference_leads_somewhere(language: str) -> None:
    films = [
        film("Café", 1990, aka=("The Café", "Cafe"), slug="a-1990"),
        film("The Café", 1990, slug="b-1990", original_title="Kafé"),
        film("$", 1971, slug="c-1971", aka=("Dollars",)),
        film("七人の侍", 1954, slug="d-1954", languages=("ja",), aka=("七人の侍", "Seven Samurai")),
        film("Seven Samurai", 1954, slug="e-1954", original_title="七人の侍", languages=("ja",)),
    ]
    plan = IndexPlan(("title", "similar", "checklist"))
    for index in build_indexes(films, {}, plan, words_in(language)):
        entries = [entry for group in index.groups for entry in group.entries]
        headings = {entry.heading for entry in entries if not entry.see}
        own = [to.film for entry in entries for to in entry.targets if to.own]

        assert sorted(own) == [each.slug for each in films]
        assert {see for entry in entries for see in (entry.see, *entry.also) if see} <= headings
