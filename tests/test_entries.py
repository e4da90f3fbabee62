"""Entries are read with every fault named at its line, and written without losing a word."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from book.config import Project
from book.entries import LARGEST, read_entries, read_entry, rewrite_entry, write_entry
from book.languages import country_code, language_tag
from book.model import (
    BoxOffice,
    CastMember,
    Film,
    GuideInfo,
    Image,
    Kind,
    Origin,
    Section,
    Series,
    SimilarLink,
    Slug,
    Source,
)

ROOT = Path(__file__).parent.parent
FILE = "entries/alien-1979.md"


def entry(
    front: str = "", text: str = "A crew answers a call.\n\n# Spoilers\n\n## Plot\n\nThey die.\n"
) -> str:
    return f"---\ntitle: Alien\nyear: 1979\n{front}---\n\n{text}"


def read(front: str = "", **text: str) -> Film:
    film, _ = read_entry(entry(front, **text), file=FILE)
    assert film is not None
    return film


def faults(text: str, file: str = FILE) -> list[tuple[int, str]]:
    """Line and code of every finding."""
    return [(finding.where.line, finding.code) for finding in read_entry(text, file=file)[1]]


def bare(film: Film) -> Film:
    """The film as a reader knows it: without the lines of the file."""

    def unplaced(section: Section) -> Section:
        return replace(section, line=0, body_line=0)

    return replace(
        film,
        source=Source(""),
        fence_line=None if film.fence_line is None else 1,
        synopsis=unplaced(film.synopsis),
        safe=tuple(map(unplaced, film.safe)),
        spoilers=tuple(map(unplaced, film.spoilers)),
        similar=tuple(replace(link, line=0) for link in film.similar),
    )


# --------------------------------------------------------------------------------------- facts


def test_an_entry_of_every_key_is_read_whole() -> None:
    film = read(
        "original_title: エイリアン\n"
        "sort_title: Alien\n"
        "aka: [Alien 1, 1917]\n"
        "premiered: 1979-05-25\n"
        "runtime: 1h57\n"
        "language: English\n"
        "country: [UK, USA]\n"
        "director: Ridley Scott\n"
        "writer: [Dan O'Bannon]\n"
        "cast:\n"
        "  - {name: Sigourney Weaver, role: Ripley}\n"
        "  - {name: Ian Holm, role: Ash, spoiler: yes}\n"
        "  - Tom Skerritt as Dallas\n"
        "  - John Hurt: Kane\n"
        "  - Harry Dean Stanton\n"
        "genre: Horror, Science Fiction\n"
        "themes: [work]\n"
        "spoiler_themes: [the company]\n"
        "series: {name: Alien, number: 1}\n"
        "certificate: R\n"
        "rating: 9\n"
        "tagline: In space no one can hear you scream\n"
        "post_credits: None\n"
        "box_office: {budget: $11 million, gross: '104,900,000'}\n"
        "ids: {imdb: tt0078748, tmdb: 348}\n"
        "links: {Official site: 'https://example.org/alien'}\n"
        "image: {file: images/alien.jpg, alt: A corridor}\n"
        "similar:\n"
        "  - {to: the-thing-1982, why: Cold and closed}\n"
        "  - Dark Star (1974)\n"
        "  - {title: barfly}\n"
        "updated: 2024-11-16\n"
        "source: {imported: page, reviewed: false}\n"
        "mood: [grim, {very: so}]\n"
    )

    assert bare(film) == Film(
        slug=Slug("alien-1979"),
        title="Alien",
        year=1979,
        original_title="エイリアン",
        sort_title="Alien",
        aka=("Alien 1", "1917"),
        premiered=date(1979, 5, 25),
        runtime_min=117,
        languages=("en",),
        countries=("GB", "US"),
        directors=("Ridley Scott",),
        writers=("Dan O'Bannon",),
        cast=(
            CastMember("Sigourney Weaver", "Ripley"),
            CastMember("Ian Holm", "Ash", spoiler=True),
            CastMember("Tom Skerritt", "Dallas"),
            CastMember("John Hurt", "Kane"),
            CastMember("Harry Dean Stanton"),
        ),
        genres=("Horror", "Science Fiction"),
        themes=("work",),
        spoiler_themes=("the company",),
        series=Series("Alien", "1"),
        certificate="R",
        rating="9",
        tagline="In space no one can hear you scream",
        post_credits="none",
        box_office=BoxOffice(11_000_000, 104_900_000, "USD"),
        ids={"imdb": "tt0078748", "tmdb": "348"},
        links={"Official site": "https://example.org/alien"},
        image=Image("images/alien.jpg", "A corridor"),
        similar=(
            SimilarLink(to="the-thing-1982", why="Cold and closed"),
            SimilarLink(title="Dark Star", year=1974),
            SimilarLink(title="barfly"),
        ),
        updated=date(2024, 11, 16),
        origin=Origin("page", reviewed=False),
        extra={"mood": ["grim", {"very": "so"}]},
        synopsis=Section(Kind.SYNOPSIS, "", "A crew answers a call."),
        spoilers=(Section(Kind.PLOT, "Plot", "They die."),),
        fence_line=1,
    )


def test_every_value_knows_its_line() -> None:
    film = read("runtime: 117\nsimilar:\n  - the-thing-1982\n  - aliens-1986\n")

    assert film.source == Source(FILE, {"title": 2, "year": 3, "runtime": 4, "similar": 5})
    assert [link.line for link in film.similar] == [6, 7]
    assert film.synopsis == Section(Kind.SYNOPSIS, "", "A crew answers a call.", 10, 10)
    assert film.fence_line == 12
    assert film.spoilers == (Section(Kind.PLOT, "Plot", "They die.", 14, 16),)


@pytest.mark.parametrize(
    "typed", ["1917", "2046", "1:40", "NO", "yes", "3.10", "0x10", "1_000", "null island"]
)
def test_a_title_is_the_text_that_was_typed(typed: str) -> None:
    film, found = read_entry(f"---\ntitle: {typed}\nyear: 2019\n---\nOne.\n# Spoilers\n", file=FILE)

    assert film is not None
    assert (film.title, found) == (typed, ())


@pytest.mark.parametrize(
    "typed", ["111", '"111 min"', "111 minutes", "1h51", "1 h 51 min", "1h 51m", "PT1H51M", "PT111M", "1:51"]
)
def test_a_running_time_may_be_typed_in_many_ways(typed: str) -> None:
    assert read(f"runtime: {typed}\n").runtime_min == 111


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("English", "en"), ("fr", "fr"), ("PT_br", "pt-BR"), ("Mandarin", "cmn"), ("Norwegian", "no"),
        ("Scottish Gaelic", "gd"), ("Old English", "ang"), ("Swahili", "sw"), ("Silent", "zxx"),
        ("Elvish", None),
    ],
)  # fmt: skip
def test_languages_have_tags(name: str, tag: str | None) -> None:
    assert language_tag(name) == tag


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NO", "NO"), ("usa", "US"), ("UK", "GB"), ("Soviet Union", "SU"), ("West Germany", "DE"),
        ("Czechoslovakia", "CS"), ("Yugoslavia", "YU"), ("South Korea", "KR"), ("FRA", "FR"),
        ("Burkina Faso", "BF"), ("Ruritania", None),
    ],
)  # fmt: skip
def test_countries_have_codes(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("runtime: two hours\n", [(4, "F105")]),
        ("premiered: May 1979\nupdated: 2024-02-31\n", [(4, "F104"), (5, "F104")]),
        ("directer: Ridley Scott\n", [(4, "F004")]),
        ("genre: [Horror]\n\ngenre: [Drama]\n", [(6, "F008")]),
        ("language: [en, Elvish]\ncountry:\n  - GB\n  - Ruritania\n", [(4, "F106"), (7, "F107")]),
        ("box_office: {budget: a lot, curency: USD}\n", [(4, "F004"), (4, "F108")]),
        ("post_credits: maybe\n", [(4, "F109")]),
        ("tagline: [a, b]\n", [(4, "F103")]),
        ("aka: [Alien: The Film]\n", [(4, "F103")]),
        ("similar:\n  - {to: aliens-1986, why: More, and more of it}\n", [(5, "F103")]),
        ("cast:\n  - {role: Ripley}\n", [(5, "F103")]),
        ("links: {Site: 'javascript:alert(1)'}\n", [(4, "F119")]),
        ("tagline: &Sons\n", [(4, "F003")]),
        ("tagline: *stars\n", [(4, "F003")]),
        ("tagline: !wow\n", [(4, "F003")]),
        ("tagline: a\x07b\n", [(4, "F603")]),
    ],
)
def test_a_fact_that_cannot_be_read_is_found_on_its_line(front: str, expected: list[tuple[int, str]]) -> None:
    assert faults(entry(front)) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("A film.\n", 1),
        ("+++\ntitle = 'x'\n+++\n", 1),
        ("---\ntitle: Alien\n", 1),
        ("---\ntitle: Alien: Covenant\nyear: 2017\n---\n", 2),
        ("---\ntitle: Alien\nyear: 1979\n\tgenre: x\n---\n", 4),
        ('---\ntitle: "Alien\nyear: 1979\n---\n', 2),
        ("---\n- Alien\n---\n", 2),
        ("---\nx: " + "[" * 100_000 + "\n---\n", 2),
        ("---\nx: " + "{a: " * 100_000 + "\n---\n", 2),
    ],
)
def test_front_matter_that_cannot_be_read_is_one_finding_and_no_film(text: str, line: int) -> None:
    assert read_entry(text, file=FILE)[0] is None
    assert faults(text) == [(line, "F003")]


def test_a_chain_of_aliases_grows_into_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefgh"))

    assert {code for _, code in faults(entry(bomb))} == {"F003", "F004"}


def test_a_year_of_soon_leaves_the_film_and_its_other_faults_in_sight() -> None:
    film, found = read_entry("---\ntitle: Alien\nyear: soon\nruntime: long\n---\nOne <b>.\n", file=FILE)

    assert film is not None
    assert (film.title, film.year) == ("Alien", 0)
    assert [(each.where.line, each.code, each.hint) for each in found[:1]] == [
        (3, "F102", "Write four digits, e.g. year: 1979")
    ]
    assert [each.code for each in found] == ["F102", "F105", "F601"]


def test_a_title_that_yaml_takes_for_a_comment_is_seen() -> None:
    film, found = read_entry("---\ntitle: #Alive\nyear: 2020\n---\nOne.\n", file="entries/alive-2020.md")

    assert film is not None
    assert [(each.where.line, each.code) for each in found] == [(2, "F101")]


def test_an_unreviewed_import_stays_unreviewed_when_in_doubt() -> None:
    assert read().origin == Origin("", reviewed=True)
    assert read("source: {imported: page}\n").origin == Origin("page", reviewed=False)
    assert read("source: {imported: page, reviewed: perhaps}\n").origin == Origin("page", reviewed=False)
    assert read("source: {imported: page, reviewed: yes}\n").origin == Origin("page", reviewed=True)


# ---------------------------------------------------------------------------------------- text


def sides(text: str) -> tuple[list[str], list[str]]:
    """Headings and bodies of the safe part, the synopsis first, and of the spoilers."""
    film = read(text=text)
    safe = [film.synopsis, *film.safe]
    return [f"{it.heading}: {it.body}" for it in safe], [f"{it.heading}: {it.body}" for it in film.spoilers]


@pytest.mark.parametrize(
    "fence",
    [
        "# Spoilers",
        "#  SPOILERS  #",
        "Spoilers\n========",
        "# *Spoilers*",
        "# Spoilers!",
        "# Spoiler",
        "   # spoilers",
    ],
)
def test_the_fence_may_be_drawn_in_many_ways(fence: str) -> None:
    assert sides(f"Safe.\n\n{fence}\n\n## Plot\n\nUnsafe.\n") == ([": Safe."], ["Plot: Unsafe."])
    assert faults(entry(text=f"Safe.\n\n{fence}\n\n## Plot\n\nUnsafe.\n")) == []


@pytest.mark.parametrize(
    "fence",
    [
        "#Spoilers", "## Spoilers", "###### Spoilers", "Spoilers\n---", "**Spoilers**", "SPOILERS",
        "Spoilers below:",
        "    # Spoilers", "\t# Spoilers", "####### Spoilers", "> # Spoilers", "- # Spoilers",
    ],
)  # fmt: skip
def test_what_looks_like_the_fence_is_the_fence_and_is_reported(fence: str) -> None:
    text = f"Safe.\n\n{fence}\n\n## Plot\n\nUnsafe.\n"

    assert sides(text)[0] == [": Safe."]
    assert sides(text)[1][-1] == "Plot: Unsafe."
    assert faults(entry(text=text)) == [(8, "F011")]


def test_a_heading_that_speaks_of_spoilers_falls_below_the_fence() -> None:
    safe, spoilers = sides("Safe.\n\n## Trivia (spoilers)\n\nUnsafe.\n\n# Spoilers\n\n## Plot\n\nMore.\n")

    assert safe == [": Safe."]
    assert spoilers == ["Trivia (spoilers): Unsafe.", "Spoilers: ", "Plot: More."]


def test_a_heading_that_promises_no_spoilers_stays_above() -> None:
    safe, _ = sides(
        "One.\n\n## Spoiler-free notes\n\nTwo.\n\n## No spoilers\n\nThree.\n\n# Spoilers\n\nFour.\n"
    )

    assert safe == [": One.", "Spoiler-free notes: Two.", "No spoilers: Three."]


def test_a_fence_within_closed_code_is_no_fence() -> None:
    text = "Safe.\n\n```\n# Spoilers\n## Plot\n```\n\nStill safe.\n\n# Spoilers\n\nUnsafe.\n"

    assert sides(text) == ([": Safe.\n\n```\n# Spoilers\n## Plot\n```\n\nStill safe."], [": Unsafe."])


def test_code_that_is_never_closed_hides_neither_fence_nor_plot() -> None:
    text = "Safe.\n\n```\nx\n\n# Spoilers\n\n## Plot\n\nUnsafe.\n"

    assert sides(text) == ([": Safe.\n\n```\nx"], ["Plot: Unsafe."])
    assert faults(entry(text=text)) == [(8, "F013")]


def test_a_stray_comment_hides_nothing() -> None:
    assert sides("Safe. <!--\n# Spoilers\nUnsafe.\n")[1] == [": Unsafe."]


def test_headings_of_the_first_level_and_a_second_fence_are_kept_and_reported() -> None:
    text = "One.\n\n# More about\n\nTwo.\n\n# Spoilers\n\nThree.\n\n# Notes\n\nFour.\n\n# Spoilers\n\nFive.\n"

    assert sides(text) == (
        [": One.", "More about: Two."],
        [": Three.", "Notes: Four.", "Spoilers: Five."],
    )
    assert faults(entry(text=text)) == [(8, "F010"), (16, "F010"), (20, "F012")]


def test_sub_headings_and_odd_paragraphs_belong_to_their_section() -> None:
    body = "### Box office\n\n| a |\n|---|\n\n\n> x\n\n***\n\n#### Deep\ntext\n\n    code"

    assert sides(f"One.\n\n## More about\n\n{body}\n\n\n\n# Spoilers\n")[0] == [
        ": One.",
        f"More about: {body}",
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Plot", Kind.PLOT), ("PLOT SUMMARY", Kind.PLOT), ("Plot (in full)", Kind.PLOT),
        ("Handlung", Kind.PLOT), ("The ending, explained", Kind.ENDING), ("結末", Kind.ENDING),
        ("Alternate endings", Kind.ENDING), ("Plot holes", Kind.PLOT), ("Timeline", Kind.TIMELINE),
        ("Post-credits scene", Kind.POST_CREDITS), ("Personnages", Kind.CHARACTERS),
        ("Themes & symbols", Kind.THEMES), ("Locations", Kind.SETTINGS), ("More about", Kind.MORE),
        ("Trivia", Kind.OTHER), ("Synopsis", Kind.PLOT),
    ],
)  # fmt: skip
def test_headings_are_known_by_their_wording(heading: str, kind: Kind) -> None:
    assert [it.kind for it in read(text=f"One.\n\n# Spoilers\n\n## {heading}\n\nTwo.\n").spoilers] == [kind]


def test_a_synopsis_may_have_a_heading() -> None:
    film = read(text="## More about\n\nTwo.\n\n## Synopsis\n\nOne.\n\n# Spoilers\n")

    assert (film.synopsis.body, [it.heading for it in film.safe]) == ("One.", ["More about"])


# ------------------------------------------------------------------------------------- writing

ODD_ENTRIES = {
    "no text": "---\ntitle: A\nyear: 1999\n---",
    "blank lines and comments": "---\n\n# one\ntitle:   'A'   # so\n\nyear: 1999\n\n---\n\n\nOne.\n\n\n",
    "windows": entry("x: y\n").replace("\n", "\r\n"),
    "old mac": entry("x: y\n").replace("\n", "\r"),
    "byte order mark": "\ufeff" + entry(),
    "tabs": entry(text="\tcode\n\n## A\t\n\n\tb\t\n"),
    "no last newline": entry(text="One.\n\n# Spoilers\n\n## Plot\n\nTwo."),
    "setext": entry(text="One.\n\nMore\n----\n\nTwo.\n\nSpoilers\n========\n\nPlot\n----\nThree."),
    "trailing marks": entry(text="One.\n## More ##\nTwo.\n# Spoilers #\n## Plot ##  \nThree."),
    "empty headings": entry(text="##\n\n#\n\n# Spoilers\n\n##\n\n## Plot\n"),
    "unknown keys": entry("mood: {a: [1, {b: ~}]}\nnotes: |\n  two\n  lines\n\n"),
    "folded text": entry("tagline: >-\n  In space\n  no one\n\ncast: # all\n- a\n- b # two\n"),
    "braces": "---\n{title: A, year: 1999, # x\n genre: [B]}\n---\nOne.\n",
    "repeated key": entry("genre: [A]\ngenre: [B]\n"),
    "separators": entry("tagline: a\u2028b\x85c\n", text="1\u20282\x0b3\x0c4\n\n# Spoilers\n\n5\x85\n"),
    "lone surrogate": entry("tagline: a\ud800b\n", text="One\ud800.\n"),
    "doubtful fence": entry(text="One.\n\n## About spoilers\n\nTwo.\n\n##Spoilers\n\nThree.\n"),
    "dots close": "---\ntitle: A\nyear: 1999\n...\nOne.\n",
    "rule": entry(text="One.\n\n---\n\ntitle: B\n\n---\n\n# Spoilers\n\n---\n"),
}  # fmt: skip


@pytest.mark.parametrize("text", ODD_ENTRIES.values(), ids=ODD_ENTRIES.keys())
def test_an_entry_that_did_not_change_keeps_every_byte(text: str) -> None:
    film, _ = read_entry(text, file=FILE)

    assert film is not None
    assert rewrite_entry(text, film) == text


@pytest.mark.parametrize("path", sorted((ROOT / "entries").glob("*.md")), ids=lambda path: path.stem)
def test_the_sample_entries_survive_reading_and_writing(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    film, _ = read_entry(text, file=f"entries/{path.name}")

    assert film is not None
    assert rewrite_entry(text, film) == text
    assert bare(read_entry(write_entry(film), file=f"entries/{path.name}")[0] or film) == bare(film)


def test_only_what_differs_is_changed() -> None:
    text = (
        "---\r\ntitle: 'Alien'  # as on the poster\r\nmood: grim\r\nyear: 1979\r\nruntime: 116 # about\r\n"
        "genre: [ Horror ]\r\n---\r\n\r\nOne.\r\n\r\n## Trivia\r\n\r\n\r\nTwo.\r\n\r\nSpoilers\r\n===\r\n"
        "## Plot\r\nThree.\r\n\r\n## Ending\r\n\r\nFour."
    )
    film, _ = read_entry(text, file=FILE)
    assert film is not None
    plot, ending = film.spoilers
    changed = replace(
        film,
        runtime_min=117,
        directors=("Ridley Scott",),
        genres=(),
        tagline="In space",
        spoilers=(replace(plot, body="They\n\ndie."), ending),
    )

    assert rewrite_entry(text, changed) == (
        "---\r\ntitle: 'Alien'  # as on the poster\r\nmood: grim\r\nyear: 1979\r\nruntime: 117 # about\r\n"
        "director: [Ridley Scott]\r\ntagline: In space\r\n"
        "---\r\n\r\nOne.\r\n\r\n## Trivia\r\n\r\n\r\nTwo.\r\n\r\nSpoilers\r\n===\r\n"
        "## Plot\r\nThey\r\n\r\ndie.\r\n\r\n## Ending\r\n\r\nFour."
    )


def test_sections_come_and_go_between_those_that_stay() -> None:
    film = read(text="One.\n\n## A\n\n\nTwo.\n\n## B\nThree.\n\n# Spoilers\n\n## Plot\n\nFour.\n")
    text = entry(text="One.\n\n## A\n\n\nTwo.\n\n## B\nThree.\n\n# Spoilers\n\n## Plot\n\nFour.\n")
    changed = replace(
        film, safe=film.safe[1:], spoilers=(*film.spoilers, Section(Kind.ENDING, "Ending", "Five."))
    )

    assert rewrite_entry(text, changed) == entry(
        text="One.\n\n## B\nThree.\n\n# Spoilers\n\n## Plot\n\nFour.\n\n## Ending\n\nFive.\n"
    )


def test_the_canonical_form_is_short_and_in_order() -> None:
    film = Film(
        slug=Slug("no-1999"),
        title="NO: A Film",
        year=1999,
        languages=("no",),
        countries=("NO",),
        cast=(CastMember("Ann", 'The "boss"', spoiler=True), CastMember("Bo")),
        box_office=BoxOffice(gross=5),
        similar=(SimilarLink(to="a-1990", why="It rains, again"), SimilarLink(title="1917", year=2019)),
        origin=Origin("page", reviewed=False),
        extra={"mood": None},
        synopsis=Section(Kind.SYNOPSIS, "", "One."),
        spoilers=(Section(Kind.PLOT, "", "Two."), Section(Kind.ENDING, "", "Three.")),
    )

    assert write_entry(film) == (
        '---\ntitle: "NO: A Film"\nyear: 1999\nlanguage: ["no"]\ncountry: ["NO"]\ncast:\n'
        '  - {name: Ann, role: "The \\"boss\\"", spoiler: true}\n  - {name: Bo}\n'
        "box_office: {gross: 5, currency: USD}\n"
        'similar:\n  - {to: a-1990, why: "It rains, again"}\n  - 1917 (2019)\n'
        "source: {imported: page, reviewed: false}\nmood:\n---\n\n"
        "One.\n\n# Spoilers\n\nTwo.\n\n## Ending explained\n\nThree.\n"
    )


WORDS = (
    "Alien: Covenant", "1917", "NO", "yes", "~x", "#Alive", "C# Story", "it's", "“q”", "a, b", "[REC]", "{x}",
    "羅生門", "- dash", "* star", "&c", "!w", "1:40", "007", "x:", "~", "null", "a\\b", '"q"', "100%", "@x",
    "`y`", "0x1F", "1e5", "x #y", "https://a.b/c, d?e#f", "¿Qué?", "A as B", "Jo, Jr.", "...", "---", "",
)  # fmt: skip
BODIES = (
    "One.\n\nTwo.", "### Sub\n\nx", "- a\n- b", "```\n# Spoilers\n## Plot\n```", "> q", "    code", "x\\\ny",
    "***", "| a |\n|--|", "[^1]\n\n[^1]: n", "",
)  # fmt: skip
HEADINGS = ("Plot", "Ending explained", "Timeline", "Trivia *x*", "", "More about")


def any_film(dice: random.Random) -> Film:
    """A film of odd words in every place."""

    def word() -> str:
        return dice.choice(WORDS)

    def words() -> tuple[str, ...]:
        return tuple(filter(None, (word() for _ in range(dice.randrange(12)))))

    def sections() -> tuple[Section, ...]:
        texts = [f"## {heading}\n\n{dice.choice(BODIES)}" for heading in dice.sample(HEADINGS, 3)]
        return bare(read(text="One.\n\n# Spoilers\n\n" + "\n\n".join(texts))).spoilers

    return Film(
        slug=Slug("alien-1979"),
        title=word() or "t",
        year=dice.randrange(1900, 2000),
        original_title=word(),
        aka=words(),
        premiered=dice.choice([None, date(1999, 2, 3)]),
        runtime_min=dice.choice([None, 0, 90]),
        directors=words(),
        cast=tuple(CastMember(name, word(), dice.random() < 0.3) for name in words()),
        themes=words(),
        series=dice.choice([None, Series(word() or "s", word())]),
        rating=word(),
        tagline=word(),
        box_office=dice.choice([None, BoxOffice(1, None, "EUR"), BoxOffice(5, 6)]),
        ids={name: word() or "x" for name in words()},
        image=dice.choice([None, Image("a.jpg", word(), word())]),
        similar=tuple(
            SimilarLink(title=title, year=dice.choice([None, 1962]), why=word()) for title in words()
        ),
        origin=dice.choice([Origin(), Origin("x", reviewed=False), Origin("y", reviewed=True)]),
        extra=dice.choice([{}, {"foo": {"a": ["x", "1: 2", None], "c d": {"e": "f"}}, "baz": None}]),
        synopsis=Section(Kind.SYNOPSIS, "", dice.choice(BODIES)),
        spoilers=sections(),
        fence_line=1,
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_film_of_odd_words_comes_back_as_it_was_written(seed: int) -> None:
    film = any_film(random.Random(seed))

    assert bare(read_entry(write_entry(film), file=FILE)[0] or Film(Slug(""), "", 0)) == film


@pytest.mark.parametrize("seed", range(40))
def test_an_entry_rewritten_tells_of_the_film_it_was_given(seed: int) -> None:
    dice = random.Random(seed)
    film, other = any_film(dice), any_film(dice)
    text = dice.choice(["", "\ufeff"]) + write_entry(film).replace("\n", dice.choice(["\n", "\r\n"]))
    names = dice.sample([each.name for each in fields(Film) if each.name != "slug"], 8)
    changed = replace(film, **{name: getattr(other, name) for name in names})

    assert bare(read_entry(rewrite_entry(text, changed), file=FILE)[0] or film) == changed


# --------------------------------------------------------------------------------------- files


def project(root: Path, **files: bytes) -> Project:
    (root / "entries").mkdir()
    for name, content in files.items():
        (root / "entries" / name).write_bytes(content)
    return Project(root, GuideInfo("A Guide"))


def test_films_come_by_file_name_and_other_files_are_let_be(tmp_path: Path) -> None:
    text = entry().encode()
    films, found = read_entries(
        project(
            tmp_path,
            **{
                "b-2000.md": text,
                "a-1990.md": text,
                "_draft.md": b"",
                ".x.md": b"",
                "README.md": b"",
                "c.txt": b"",
            },
        )
    )

    assert ([film.slug for film in films], found) == (["a-1990", "b-2000"], ())
    assert films[0].source.file == "entries/a-1990.md"


@pytest.mark.parametrize("missing", [True, False])
def test_a_guide_without_entries_is_a_finding(tmp_path: Path, missing: bool) -> None:
    there = Project(tmp_path, GuideInfo("")) if missing else project(tmp_path)

    assert [(str(each.where), each.code) for each in read_entries(there)[1]] == [("entries", "F001")]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "F002", 0),
        ("---\ntitle: é\n".encode("latin-1"), "F002", 2),
        (entry().encode("utf-16"), "F002", 1),
        (b"x" * (LARGEST + 1), "F005", 0),
    ],
)
def test_a_file_that_is_no_text_is_a_finding(tmp_path: Path, content: bytes, code: str, line: int) -> None:
    films, found = read_entries(project(tmp_path, **{"x-1999.md": content}))

    assert films == ()
    assert [(each.where.file, each.where.line, each.code) for each in found] == [
        ("entries/x-1999.md", line, code)
    ]


def test_a_file_name_that_is_no_slug_is_a_finding_with_a_better_one() -> None:
    film, found = read_entry(entry(), file="entries/Alien (1979).md")

    assert [(each.code, each.hint) for each in found] == [("F007", "Call it alien-1979.md")]
    assert film is not None
    assert film.slug == "alien-1979"
