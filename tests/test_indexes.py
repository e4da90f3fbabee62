"""The indexes at the back: what stands where, and what never gets in."""

from __future__ import annotations

from conftest import film

from book.config import INDEXES
from book.indexes import BEYOND, NAMES, build_indexes
from book.model import CastMember, Film, Index, IndexEntry, IndexGroup, SeeAlso, Series, Target


def built(name: str, *films: Film) -> tuple[IndexGroup, ...]:
    indexes = build_indexes(films, {}, (name,), language="en")
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
    return lines


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
        "  Shichinin no samurai, see Seven Samurai",
        "  Strada, La",
        "T",
        "  Third Man, The",
        "漢字",
        "  七人の侍, see Seven Samurai",
    ]


def test_a_sort_title_moves_a_film_without_taking_its_name() -> None:
    groups = built("title", film("8½", 1963, sort_title="Eight and a Half"), film("Eden", 1990))

    assert drawn(groups) == ["E", "  Eden", "  8½"]


def test_a_title_entry_leads_to_its_film() -> None:
    alien = film("Alien", 1979)

    assert built("title", alien) == (IndexGroup("A", (IndexEntry("Alien", (Target(alien.slug, "Alien"),)),)),)


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


def test_directors_are_filed_by_surname_with_their_films_by_year() -> None:
    groups = built(
        "director",
        film("Late", 2001, directors=("Lars von Trier",)),
        film("Early", 1991, directors=("Lars von Trier", "Robert De Niro")),
    )

    assert drawn(groups) == [
        "D",
        "  De Niro, Robert",
        "    Early (1991)",
        "T",
        "  Trier, Lars von",
        "    Early (1991)",
        "    Late (2001)",
    ]


def test_the_similar_index_gives_reasons_and_ends_with_films_beyond_the_guide() -> None:
    here, there = film("The Here", 2000), film("There", 2001)
    barfly = SeeAlso(None, "The Barfly", 1987, "Closing time", own=True)
    see_also = {
        here.slug: (SeeAlso(there.slug, "There", 2001, "both: rain"), barfly),
        there.slug: (barfly,),
    }

    assert build_indexes([there, here], see_also, ("similar",), language="en") == (
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
                            (Target(here.slug, "The Here"), Target(there.slug, "There")),
                        ),
                    ),
                ),
            ),
        ),
    )


def test_performers_stand_with_their_parts_unless_their_presence_is_a_spoiler() -> None:
    cast = (
        CastMember("Nicolas Cage", "Ben"),
        CastMember("Nicolas Cage", "Ben's double"),
        CastMember("Surprise Guest", spoiler=True),
    )

    assert drawn(built("cast", film("Here", 1995, cast=cast))) == [
        "C",
        "  Cage, Nicolas",
        "    Here (1995): Ben",
    ]


def test_themes_that_spoil_are_in_no_index() -> None:
    dream = film("Here", 1995, spoiler_themes=("it was a dream",))

    assert built("theme", dream) == ()


def test_headings_that_differ_in_capitals_are_one_in_the_commonest_spelling() -> None:
    groups = built(
        "genre",
        film("A", 1990, genres=("film noir",)),
        film("B", 1991, genres=("Film Noir",)),
        film("C", 1992, genres=("Film Noir",)),
    )

    assert drawn(groups) == ["F", "  Film Noir", "    A (1990)", "    B (1991)", "    C (1992)"]


def test_years_stand_under_their_decade() -> None:
    groups = built("year", film("B", 1995), film("The A", 1995), film("C", 2001), film("Unknown", 0))

    assert drawn(groups) == [
        "1990s",
        "  1995",
        "    The A (1995)",
        "    B (1995)",
        "2000s",
        "  2001",
        "    C (2001)",
    ]


def test_countries_languages_and_series_have_everyday_names() -> None:
    stalker = film("Stalker", 1979, countries=("SU",), languages=("ru",), series=Series("Zones", "2"))

    assert [drawn(built(name, stalker)) for name in ("country", "language", "series")] == [
        ["S", "  Soviet Union", "    Stalker (1979)"],
        ["R", "  Russian", "    Stalker (1979)"],
        ["Z", "  Zones", "    Stalker (1979): 2"],
    ]


def test_indexes_come_in_the_order_asked_for_and_empty_ones_are_left_out() -> None:
    here = film("Here", 1990, directors=("A B",))
    names = ("director", "theme", "colour", "title")

    assert [index.name for index in build_indexes([here], {}, names, language="en")] == ["director", "title"]


def test_every_index_that_guide_toml_may_name_can_be_built() -> None:
    assert set(INDEXES) <= NAMES
