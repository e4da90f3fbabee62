"""What a guide's films and chapters are told to mend, in whose words and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import film
from PIL import Image as Picture

from book.check import RULES, check
from book.config import ChapterPlan, EbookPlan, Project
from book.findings import CODES
from book.model import Film, Finding, GuideInfo, Image, Kind, Origin, Place, Section, SimilarLink, Source

PLOT = Section(Kind.PLOT, "Plot", "All of it.", 10, 12)


def found(*films: Film, root: Path = Path("nowhere"), **parts: Any) -> tuple[Finding, ...]:
    return check(films, Project(root, GuideInfo("A Guide"), **parts), this_year=2026)


def told(findings: Sequence[Finding]) -> list[str]:
    """Findings as a writer reads them."""
    return [f"{it.code} {it.where}: {it.message} {it.hint}".strip() for it in findings]


def linked(*links: SimilarLink) -> Film:
    return film("Vertigo", 1958, similar=links)


def test_a_film_without_faults_is_passed_over() -> None:
    assert found(film("Vertigo", 1958)) == ()


def test_everything_is_found_in_one_pass_and_sorted_by_place() -> None:
    late = film("Zodiac", 2007, runtime_min=0, synopsis="")
    early = film("Alien", 2079)

    assert [(it.where.file, it.code) for it in found(late, early)] == [
        ("entries/alien-2079.md", "F112"),
        ("entries/zodiac-2007.md", "F113"),
        ("entries/zodiac-2007.md", "F117"),
    ]


def test_title_and_year_are_missing_only_where_their_lines_are() -> None:
    bare = film("", 0, slug="x-1990", source=Source("entries/x-1990.md"))
    unread = film("", 0, slug="y-1990", source=Source("entries/y-1990.md", {"title": 2, "year": 3}))

    assert [it.code for it in found(bare, unread)] == ["F110", "F111"]


@pytest.mark.parametrize(
    ("year", "codes"), [(1873, ["F112"]), (1874, []), (2031, []), (2032, ["F112"]), (0, [])]
)
def test_a_year_is_one_in_which_there_were_or_soon_will_be_films(year: int, codes: list[str]) -> None:
    assert [it.code for it in found(film("Transit", year))] == codes


@pytest.mark.parametrize(
    ("minutes", "codes"), [(None, []), (0, ["F113"]), (1, []), (900, []), (901, ["F113"])]
)
def test_a_running_time_is_possible(minutes: int | None, codes: list[str]) -> None:
    assert [it.code for it in found(film("Shoah", 1985, runtime_min=minutes))] == codes


def test_a_premiere_is_near_its_year() -> None:
    shelved = film("Late", 1990, premiered=date(1993, 5, 1))

    assert told(found(shelved, film("Early", 1990, premiered=date(1988, 12, 31)))) == [
        "F114 entries/late-1990.md:1: premiered is 1993-05-01, but year is 1990. "
        "Mend the one that is mistyped; if both are right, let them stand."
    ]


def test_a_title_of_400_characters_is_told_its_length() -> None:
    long = film("Dr. Strangelove or " * 20 + "and so on to the end", 1964)

    assert [(it.code, it.message) for it in found(long)] == [
        ("F115", "The title is 400 characters long; a page has room for 200.")
    ]


@pytest.mark.parametrize(
    ("slug", "codes"),
    [("alien-1979", []), ("alien-1979-2", []), ("1979", []), ("alien", ["F116"]), ("alien-1986", ["F116"])],
)
def test_a_slug_ends_with_the_year(slug: str, codes: list[str]) -> None:
    assert [it.code for it in found(film("Alien", 1979, slug=slug))] == codes


def test_an_imported_entry_wants_to_be_read() -> None:
    imported = film("Alien", 1979, origin=Origin("films.jsonl", reviewed=False))

    assert told(found(imported)) == [
        "F118 entries/alien-1979.md:1: alien-1979 was imported from films.jsonl, and nobody has reviewed it "
        "yet. Read it for spoilers, then set reviewed: true under source."
    ]


def test_two_entries_of_one_name_are_one_film_too_many() -> None:
    twice = found(film("Alien", 1979), film("Alien!", 1979, slug="Alien-1979"))

    assert [(it.code, it.message) for it in twice] == [
        ("F006", "entries/Alien-1979.md and entries/alien-1979.md have one name, capitals aside.")
    ]


def test_one_title_of_one_year_is_one_film_unless_the_directors_differ() -> None:
    atm = film("ATM", 2012, directors=("David Brooks",))
    namesake = film("Atm", 2012, slug="atm-2012-2", directors=("Mez Tharatorn",))

    assert found(atm, namesake) == ()
    assert [it.message for it in found(atm, replace(namesake, directors=()))] == [
        "atm-2012-2 and atm-2012 are both Atm (2012)."
    ]


def test_plot_class_headings_above_the_fence_are_errors_wherever_the_fence_is() -> None:
    ending = Section(Kind.ENDING, "How it ends", "Badly.", 7, 8)
    fenced = film("Fenced", 1990, safe=(ending,))
    open_ = film("Open", 1990, safe=(ending,), fence_line=None, spoilers=())

    assert told(found(fenced, open_)) == [
        "F202 entries/fenced-1990.md:7: How it ends stands above the fence, for all to read. "
        "Move it below # Spoilers, which is line 8.",
        "F202 entries/open-1990.md:7: How it ends stands above the fence, for all to read. "
        "Put the heading # Spoilers above it.",
    ]


def test_a_missing_fence_and_an_empty_spoiler_part_are_warnings() -> None:
    open_ = film("Open", 1990, fence_line=None, spoilers=())
    empty = film("Empty", 1990, spoilers=(replace(PLOT, body="  "),))

    assert [(it.code, it.where, it.severity.value) for it in found(open_, empty)] == [
        ("F203", Place("entries/empty-1990.md", 8), "warning"),
        ("F201", Place("entries/open-1990.md"), "warning"),
    ]


# ---------------------------------------------------------------------------------------- links


def test_a_link_that_points_nowhere_is_told_where_it_may_have_meant() -> None:
    lost = linked(SimilarLink(to="rear-window", line=9))

    assert told(found(lost, film("Rear Window", 1954))) == [
        "F301 entries/vertigo-1958.md:9: vertigo-1958 points to rear-window, which is not in the guide. "
        "Did you mean rear-window-1954?"
    ]


@pytest.mark.parametrize("typed", ["rear-windw-1954", "rear-window-1955", "raer-window", "rearwindow-1954"])
def test_a_mistyped_slug_is_guessed(typed: str) -> None:
    hints = [it.hint for it in found(linked(SimilarLink(to=typed)), film("Rear Window", 1954))]

    assert hints == ["Did you mean rear-window-1954?"]


def test_nothing_is_guessed_where_nothing_is_near() -> None:
    hints = [it.hint for it in found(linked(SimilarLink(to="barfly-1987")), film("Rear Window", 1954))]

    assert hints == ["A film beyond the guide goes by title and year: Barfly (1987)."]


def test_a_remake_is_guessed_by_its_year() -> None:
    scarfaces = film("Scarface", 1932), film("Scarface", 1983)
    hints = [it.hint for it in found(linked(SimilarLink(to="scarfce-1983")), *scarfaces)]

    assert hints == ["Did you mean scarface-1983?"]


def test_a_title_beyond_the_guide_is_welcome() -> None:
    assert found(linked(SimilarLink(title="Barfly", year=1987), SimilarLink(title="Gaslight"))) == ()


def test_a_film_that_points_to_itself_or_twice_to_another_is_told_so() -> None:
    muddled = linked(
        SimilarLink(to="vertigo-1958", line=5),
        SimilarLink(to="psycho-1960", line=6),
        SimilarLink(title="Psycho", year=1960, line=7),
        SimilarLink(title="Barfly", year=1987, line=8),
        SimilarLink(title="barfly", year=1987, line=9),
    )

    assert told(found(muddled, film("Psycho", 1960))) == [
        "F302 entries/vertigo-1958.md:5: vertigo-1958 points to itself. Write which other film was meant.",
        "F303 entries/vertigo-1958.md:7: vertigo-1958 points to Psycho (1960) twice. "
        "Take one out; the other reads psycho-1960.",
        "F303 entries/vertigo-1958.md:9: vertigo-1958 points to barfly (1987) twice. "
        "Take one out; the other reads Barfly (1987).",
    ]


def test_a_title_that_two_films_share_wants_its_year() -> None:
    unclear = linked(SimilarLink(title="Scarface", line=5))

    assert told(found(unclear, film("Scarface", 1932), film("Scarface", 1983))) == [
        "F304 entries/vertigo-1958.md:5: vertigo-1958 points to Scarface, which is the title of 2 films. "
        "Write which one is meant: scarface-1932 or scarface-1983."
    ]


# ------------------------------------------------------------------------------------- pictures


def pictured(file: str, alt: str = "A street at night") -> Film:
    source = Source("entries/alien-1979.md", {"title": 2, "year": 3, "image": 4})
    return film("Alien", 1979, image=Image(file, alt), source=source)


def test_a_picture_that_can_be_printed_is_passed_over(tmp_path: Path) -> None:
    Picture.new("RGB", (4, 3)).save(tmp_path / "a.png")
    (tmp_path / "a.svg").write_text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')

    assert found(pictured("a.png"), root=tmp_path) == ()
    assert found(pictured("a.svg"), root=tmp_path) == ()


@pytest.mark.parametrize("file", ["../a.png", "/etc/passwd", "https://example.org/a.png", "link/a.png"])
def test_a_picture_stays_inside_the_guide(file: str, tmp_path: Path) -> None:
    guide = tmp_path / "guide"
    guide.mkdir()
    (guide / "link").symlink_to(tmp_path)
    Picture.new("RGB", (4, 3)).save(tmp_path / "a.png")

    assert [(it.code, str(it.where)) for it in found(pictured(file), root=guide)] == [
        ("F402", "entries/alien-1979.md:4")
    ]


def test_a_picture_that_is_missing_may_only_differ_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    Picture.new("RGB", (4, 3)).save(tmp_path / "images/Alien.png")

    assert [(it.code, it.hint) for it in found(pictured("images/alien.png"), root=tmp_path)] == [
        ("F401", "Did you mean images/Alien.png?")
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"not a picture"),
        ("a.jpg", b""),
        ("a.svg", b"<html/>"),
        ("a.svg", b"\x00\x01"),
        ("a.svg", b""),
        ("a.bmp", b"BM" + bytes(60)),
    ],
)
def test_a_file_that_is_no_picture_is_told_so(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    assert [it.code for it in found(pictured(name), root=tmp_path)] == ["F404"]


def test_a_picture_has_a_size_that_a_printer_can_use(tmp_path: Path) -> None:
    Picture.new("1", (10_000, 6_100)).save(tmp_path / "wide.png")
    Picture.new("1", (20_000, 20_000)).save(tmp_path / "monstrous.png")
    with (tmp_path / "heavy.png").open("wb") as heavy:
        heavy.truncate(21 * 1024 * 1024)

    assert [
        (it.code, it.message)
        for name in ("wide.png", "monstrous.png", "heavy.png")
        for it in found(pictured(name), root=tmp_path)
    ] == [
        ("F403", "wide.png has 61 million pixels; 60 million is the most."),
        ("F403", "monstrous.png has far more than 60 million pixels."),
        ("F403", "heavy.png is 21 MB large; 20 MB is the most."),
    ]


def test_pictures_in_the_text_are_looked_at_too(tmp_path: Path) -> None:
    plot = Section(Kind.PLOT, "Plot", "One.\n\n![](map.png)\n", 10, 12)

    assert told(found(film("Alien", 1979, spoilers=(plot,)), root=tmp_path)) == [
        "F401 entries/alien-1979.md:14: map.png is not there. "
        "Mend the path, which counts from the guide's folder, or take the picture out.",
        "F405 entries/alien-1979.md:14: map.png has no alt text. "
        "Say in a sentence what can be seen, for readers who cannot see it.",
    ]


def test_pictures_in_the_text_have_their_own_lines_and_stay_inside_the_guide(tmp_path: Path) -> None:
    (tmp_path / "a map.png").write_bytes(b"not a picture")
    body = "![A](a%20map.png)\n\n`![no](picture.png)`\n\n![B](../b.png)\n\n![C][ref]\n\n[ref]: c.png\n"
    plot = Section(Kind.PLOT, "Plot", body, 10, 12)

    assert [
        (it.code, it.where.line) for it in found(film("Alien", 1979, spoilers=(plot,)), root=tmp_path)
    ] == [("F404", 12), ("F402", 16), ("F401", 20)]


def test_a_cover_is_looked_at_too(tmp_path: Path) -> None:
    project = {"ebook": EbookPlan(cover="cover.jpg"), "source": Source("guide.toml", {"ebook.cover": 7})}

    assert [(it.code, str(it.where)) for it in found(root=tmp_path, **project)] == [("F401", "guide.toml:7")]


# ------------------------------------------------------------------------------------- chapters


def test_chapters_say_what_they_miss() -> None:
    plans = (
        ChapterPlan("Listed", films=("rear-window", "alien-*", "zombie-*"), line=3),
        ChapterPlan("Asked", where={"genre": ("Western", "War"), "decade": ("1990",)}, line=9),
        ChapterPlan("Bare", line=14),
    )

    assert told(found(film("Rear Window", 1954), film("Alien", 1979), chapters=plans)) == [
        "F512 entries/rear-window-1954.md: rear-window-1954 is in no chapter. "
        "List it in a chapter of guide.toml; until then it stands at the end, in More films.",
        'F510 guide.toml:3: The chapter "Listed" lists zombie-*, which fits no film. '
        "Mend the pattern, or take it out.",
        'F511 guide.toml:3: The chapter "Listed" lists rear-window, which is not in the guide. '
        "Did you mean rear-window-1954?",
        'F510 guide.toml:9: No film answers the query of the chapter "Asked": '
        "genre = Western or War, decade = 1990. Widen the query, or mend its spelling.",
        'F510 guide.toml:14: The chapter "Bare" selects no film. Give it films = [...] or where = {...}.',
    ]


def test_a_film_in_two_chapters_is_told_which_one_has_it() -> None:
    plans = (ChapterPlan("First", films=("*",), line=3), ChapterPlan("Second", films=("alien-*",), line=7))

    assert told(found(film("Alien", 1979), chapters=plans)) == [
        'F513 guide.toml:7: alien-1979 is in "First" and in "Second"; the first has it. '
        "Take it out of one of the two."
    ]


def test_without_chapters_by_hand_no_film_lacks_one() -> None:
    assert found(film("Alien", 1979), chapters_by="genre") == ()


def test_every_code_of_a_rule_is_listed() -> None:
    assert {code for rule in RULES for code in rule.codes} <= CODES.keys()
