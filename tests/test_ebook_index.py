"""Indexes on screens: every film a link, every reference a link, large ones in several pages."""

from __future__ import annotations

from conftest import film

from book.ebook_index import MOST_LINES, IndexPage, Locator, Row, index_pages
from book.model import Chapter, Guide, GuideInfo, Index, IndexEntry, IndexGroup, Slug, Target

ALIEN = film("Alien", 1979)


def pages(*groups: IndexGroup) -> tuple[IndexPage, ...]:
    guide = Guide(GuideInfo("A Guide"), (), (Chapter("one", "One", (ALIEN,)),), (), {})
    return index_pages(Index("director", "Directors", groups), "directors", guide, {"alien-1979": "alien"})


def to(note: str = "", own: bool = True) -> Target:
    return Target(ALIEN.slug, "Alien", note, own)


def test_a_heading_with_one_film_has_it_on_its_own_line_where_there_are_letters() -> None:
    entry = IndexEntry("Scott, Ridley", sub=(IndexEntry("Alien (1979)", (to("Ash"),)),))

    lettered, plain = (pages(IndexGroup(letter, (entry,)))[0].letters[0].rows[0] for letter in ("S", ""))

    assert lettered == Row(
        "Scott, Ridley", locators=(Locator("../films/alien.xhtml", "Alien (1979)", "Ash"),)
    )
    assert plain.sub == (Row("Alien (1979)", href="../films/alien.xhtml", note="Ash"),)


def test_a_reference_leads_to_the_first_line_of_its_heading_and_to_no_line_beneath_another() -> None:
    alien = IndexEntry("Alien", (to(),), sub=(IndexEntry("Aliens", (to(),)),), also=("Aliens",))
    aliens = IndexEntry("Aliens", (to(),))
    (page,) = pages(IndexGroup("A", (alien, aliens, IndexEntry("Alien 2", see="Aliens"))))
    first, second, third = page.letters[0].rows

    assert first.also == (Locator("../indexes/directors.xhtml#entry-1", "Aliens"),)
    assert third.see == first.also[0]
    assert (second.ident, first.sub[0].ident) == ("entry-1", "")


def test_films_that_only_name_another_are_left_to_paper_unless_they_are_all_there_is() -> None:
    other = Target(Slug("beyond-1990"), "Beyond", own=False)
    (page,) = pages(IndexGroup("A", (IndexEntry("Alien", (to(), other)), IndexEntry("Barfly", (other,)))))

    assert page.letters[0].rows == (
        Row("Alien", href="../films/alien.xhtml"),
        Row("Barfly", locators=(Locator("", "Beyond"),)),
    )


def test_a_large_index_without_letters_is_cut_between_headings_and_says_how_far_a_page_reaches() -> None:
    lines = tuple(IndexEntry(f"Line {number}", (to(),)) for number in range(MOST_LINES // 2))
    headings = tuple(IndexEntry(name, sub=lines) for name in ("Comedy", "Drama", "Horror"))

    assert [(page.name, page.title, page.first) for page in pages(IndexGroup("", headings))] == [
        ("indexes/directors.xhtml", "Directors", True),
        ("indexes/directors-1.xhtml", "Directors: Drama", False),
        ("indexes/directors-2.xhtml", "Directors: Horror", False),
    ]


def test_letters_lead_to_their_part_on_whichever_page() -> None:
    lines = tuple(IndexEntry(f"Line {number}", (to(),)) for number in range(MOST_LINES // 2))
    first, second = pages(IndexGroup("A", lines), IndexGroup("B", lines))

    assert (
        first.jumps
        == second.jumps
        == (
            Locator("../indexes/directors.xhtml#letter-1", "A"),
            Locator("../indexes/directors-1.xhtml#letter-2", "B"),
        )
    )
