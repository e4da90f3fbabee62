"""What shops are told: contributors, series, subjects, numbers, prices; and nothing that spoils."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import film

from book.check import check
from book.config import Project, read_project
from book.model import CastMember, Contributor, GuideInfo, Kind, Section, Series
from book.package_facts import package_facts
from book.retail import (
    ROLES,
    Subject,
    creating_role,
    credited,
    is_isbn,
    isbn13,
    safe_keywords,
    subjects_of,
)

HERE = Path("here")


def read(text: str) -> Project:
    project, found = read_project(f'[guide]\ntitle = "A Guide"\n{text}', HERE)
    assert found == ()
    return project


def faults(text: str) -> list[tuple[int, str]]:
    """Line and code of every finding; the text begins on line 3."""
    found = read_project(f'[guide]\ntitle = "A Guide"\n{text}', HERE)[1]
    return [(finding.where.line, finding.code) for finding in found]


# ---------------------------------------------------------------------------------------- people


def test_an_author_with_a_table_is_one_person_and_others_follow() -> None:
    info = read(
        """authors = ["Ann Author", "Bo Both"]
[[contributor]]
name = "Bo Both"
role = "illustrator"
file_as = "Both, B."
[[contributor]]
name = "Cy de Vries"
role = ["foreword", "editor"]
[[contributor]]
name = "Di Third"
"""
    ).info
    assert info.authors == ("Ann Author", "Bo Both", "Di Third")
    assert credited(info) == (
        Contributor("Ann Author", ("author",), "Author, Ann"),
        Contributor("Bo Both", ("author", "illustrator"), "Both, B."),
        Contributor("Di Third", ("author",), "Third, Di"),
        Contributor("Cy de Vries", ("foreword", "editor"), "Vries, Cy de"),
    )


def test_a_group_keeps_its_words_in_order() -> None:
    info = GuideInfo("A", authors=("The Lantern Row Collective",))
    group = Contributor("Film Club", ("editor",), organisation=True)
    info = GuideInfo("A", authors=info.authors, contributors=(group,))
    assert [(each.file_as, each.organisation) for each in credited(info)] == [
        ("Lantern Row Collective, The", True),
        ("Film Club", True),
    ]


@pytest.mark.parametrize(
    ("roles", "creating"),
    [
        (("foreword", "author"), "author"),
        (("translator", "editor"), "editor"),
        (("compiler",), "compiler"),
        ((), ""),
    ],
)
def test_the_creators_are_authors_or_else_editors(roles: tuple[str, ...], creating: str) -> None:
    assert creating_role([Contributor(role, (role,)) for role in roles]) == creating


def test_a_role_that_nobody_knows_and_a_name_that_is_missing_are_findings() -> None:
    assert faults('[[contributor]]\nname = "Ann"\nrole = "editer"\n') == [(5, "F502")]
    assert faults('[[contributor]]\nrole = "editor"\n') == [(3, "F506")]


def test_every_role_has_a_code_in_both_lists() -> None:
    assert all(len(role.marc) == len(role.onix) == 3 for role in ROLES.values())


# ------------------------------------------------------------------------------- series, subjects


def test_a_series_has_a_name_and_perhaps_a_number() -> None:
    assert read('series = { name = "Lantern", number = 3 }').info.series == Series("Lantern", "3")
    assert read('series = "Lantern"').info.series == Series("Lantern")
    assert read('series = { number = "3" }').info.series is None


def test_codes_are_told_from_words_by_their_looks() -> None:
    info = read('subjects = ["film noir", "ATFG", "PER004030 PERFORMING ARTS / Film", "1DDF-FR-A"]').info
    assert info.keywords == ("film noir",)
    assert subjects_of(info) == (
        Subject("BISAC", "PER004030", "PERFORMING ARTS / Film"),
        Subject("Thema", "ATFG"),
        Subject("Thema", "1DDF-FR-A"),
    )


def test_the_table_of_subjects_keeps_codes_and_words_apart() -> None:
    info = read('[subjects]\nbisac = "PER004030"\nthema = ["ATFG Film guides"]\nkeywords = ["NOIR"]\n').info
    assert (info.subjects, info.keywords) == (("PER004030", "ATFG Film guides"), ("NOIR",))


def test_what_is_no_code_is_a_finding_and_left_out() -> None:
    assert faults('[subjects]\nbisac = ["PER4030"]\nthema = ["film"]\n') == [(4, "F540"), (5, "F540")]


# --------------------------------------------------------------------------------- numbers, prices


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("978-3-16-148410-0", "9783161484100"),
        ("0-306-40615-2", "9780306406157"),
        ("080442957X", "9780804429573"),
        ("978-3-16-148410-1", ""),
        ("0-306-40615-3", ""),
        ("9783161484100X", ""),
        ("", ""),
    ],
)
def test_an_isbn_is_checked_and_has_thirteen_digits(typed: str, number: str) -> None:
    assert (isbn13(typed), is_isbn(typed)) == (number, bool(number))


def test_one_number_for_two_formats_is_a_finding_whatever_way_it_is_typed() -> None:
    assert faults('isbn = { print = "0-306-40615-2", ebook = "978 0306406157" }') == [(3, "F541")]


def test_a_format_may_have_a_price_of_its_own() -> None:
    project = read("price = { usd = 24.95, EUR = '22' }\n[ebook]\nprice = { USD = 9 }\n")
    assert project.prices == {"USD": "24.95", "EUR": "22"}
    assert (project.print.prices, project.ebook.prices) == ({}, {"USD": "9"})


def test_a_price_that_is_no_amount_is_a_finding() -> None:
    assert faults('price = { USD = "24,95" }') == [(3, "F502")]


# ------------------------------------------------------------------------------------------ leaks


def test_a_keyword_from_a_spoiler_part_goes_nowhere_unless_another_film_shows_it() -> None:
    films = [
        film("One", 1990, spoiler_themes=("Twins", "amnesia")),
        film("Two", 1991, themes=("amnesia",)),
    ]
    info = GuideInfo("A", keywords=("twins", "Amnesia", "noir"))
    assert safe_keywords(info, films) == ("Amnesia", "noir")


LIGHT = film(
    "The Light",
    1990,
    slug="the-light-1990",
    cast=(CastMember("Jo Ek", "Ada Holm"),),
    spoiler_themes=("ghosts",),
    spoilers=(
        Section(
            Kind.PLOT,
            "Plot",
            "Ada Holm moves to an island to keep the light. Her cousin Bruno brings the oil in a boat. "
            "She hears a violin at night. The villagers say that there is no violin. Ada follows the sound "
            "into a cave. A storm puts the lamp out. Ada burns the boat and leaves the island on a mail "
            "steamer.",
            10,
            12,
        ),
    ),
)


def checked(info: GuideInfo) -> list[str]:
    project = Project(HERE, info)
    return [
        found.code
        for found in check([LIGHT], project, this_year=2026)
        if found.where.file != LIGHT.source.file
    ]


def test_a_description_that_tells_an_ending_is_a_finding() -> None:
    told = "In The Light, Ada burns the boat and leaves the island on a mail steamer."
    assert checked(GuideInfo("A Guide", description=told)) == ["F204"]
    assert checked(GuideInfo("A Guide", description="In The Light, Ada keeps a lamp on an island.")) == []


def test_a_description_is_held_against_films_that_it_does_not_name() -> None:
    told = "Somebody burns the boat and leaves an island on a mail steamer."
    assert checked(GuideInfo("A Guide", description=told)) == ["F204"]
    japanese = replace(
        LIGHT,
        spoilers=(
            Section(
                Kind.PLOT,
                "Plot",
                "青年は島に渡る。灯台を守る。夜に音楽を聞く。村人は何も知らない。嵐の夜に灯りが消える。"
                "青年は古い船を燃やして郵便船で島を去っていく。",
                10,
                12,
            ),
        ),
    )
    info = GuideInfo("案内", language="ja", description="青年は古い船を燃やして郵便船で島を去っていく。")
    found = check([japanese], Project(HERE, info), this_year=2026)
    assert [each.code for each in found if each.where.file == "guide.toml"] == ["F204"]


def test_a_subtitle_is_held_against_the_story_as_well() -> None:
    told = "Ada burns the boat and leaves the island on a mail steamer"
    assert checked(GuideInfo("A Guide", subtitle=told)) == ["F204"]


def test_a_keyword_that_spoils_is_a_finding() -> None:
    assert checked(GuideInfo("A Guide", keywords=("ghosts", "islands"))) == ["F210"]


# ------------------------------------------------------------------------------- the package file


def test_the_package_file_refines_every_fact() -> None:
    info = GuideInfo(
        "The Guide",
        "A Subtitle",
        ("Ann Author",),
        "Press",
        edition="Second edition",
        subjects=("PER004030 PERFORMING ARTS / Film", "ATFG"),
        keywords=("noir",),
        published=date(2026, 11, 22),
        series=Series("Lantern", "3"),
        contributors=(Contributor("Cy de Vries", ("foreword", "introduction")),),
    )
    said = [
        (f.name or f.key, f.value, f.ident or (f.refines and f"#{f.refines}")) for f in package_facts(info)
    ]
    assert said == [
        ("title", "The Guide", "title"),
        ("title-type", "main", "#title"),
        ("file-as", "Guide, The", "#title"),
        ("title", "A Subtitle", "subtitle"),
        ("title-type", "subtitle", "#subtitle"),
        ("creator", "Ann Author", "creator-1"),
        ("role", "aut", "#creator-1"),
        ("file-as", "Author, Ann", "#creator-1"),
        ("contributor", "Cy de Vries", "contributor-1"),
        ("role", "aui", "#contributor-1"),
        ("file-as", "Vries, Cy de", "#contributor-1"),
        ("publisher", "Press", ""),
        ("subject", "PERFORMING ARTS / Film", "subject-1"),
        ("authority", "BISAC", "#subject-1"),
        ("term", "PER004030", "#subject-1"),
        ("subject", "ATFG", "subject-2"),
        ("authority", "Thema", "#subject-2"),
        ("term", "ATFG", "#subject-2"),
        ("subject", "noir", ""),
        ("date", "2026-11-22", ""),
        ("belongs-to-collection", "Lantern", "series"),
        ("collection-type", "series", "#series"),
        ("group-position", "3", "#series"),
        ("schema:bookEdition", "Second edition", ""),
        ("dcterms:audience", "general", ""),
    ]


def test_an_edited_book_has_its_editors_for_creators() -> None:
    info = GuideInfo("A", contributors=(Contributor("Ed", ("editor",)), Contributor("Fo", ("foreword",))))
    names = [
        (fact.name, fact.value) for fact in package_facts(info) if fact.name in {"creator", "contributor"}
    ]
    assert names == [("creator", "Ed"), ("contributor", "Fo")]
