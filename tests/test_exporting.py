"""A guide's films the other way: read back they are the same films, and nothing of a story is in the file."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import film
from finished import PROJECT, REAL_FILMS, filmguide
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import guides as entry_texts
from test_import_formats import OURS
from test_import_formats import facts as all_facts

from book.cells import guarded, joined, parted, unguarded
from book.cli import cli
from book.config import load_project
from book.entries import read_entries
from book.entry import read_entry
from book.exporters import Exporter, exporters
from book.exporters.csv_table import BELOW, COLUMNS, CsvTable
from book.exporters.jsonl import JsonLines
from book.exporters.jsonld import JsonLd
from book.exporters.letterboxd import COLUMNS as LETTERBOXD_COLUMNS
from book.exporters.letterboxd import Letterboxd, film_address, stars
from book.exporting import export_films
from book.findings import finding
from book.importers import read_films
from book.importers.columns import FACTS, guess
from book.importers.text import clean_line
from book.importers.values import names_in
from book.languages import country_name
from book.model import (
    BoxOffice,
    CastMember,
    Film,
    Finding,
    GuideInfo,
    Kind,
    Origin,
    Place,
    Section,
    Series,
    SimilarLink,
    UsageError,
)
from book.sentences import Reach, spoilers_of, words_of
from book.withheld import open_film, whole_film

OUR_EXPORTERS: tuple[Exporter, ...] = (CsvTable(), JsonLines(), JsonLd(), Letterboxd())
NAMES_OF_FILES = {"csv": "films.csv", "jsonl": "films.jsonl", "jsonld": "films.json", "letterboxd": "up.csv"}
INFO = GuideInfo("Films", rating_scale="10")


def written(exporter: Exporter, *films: Film, info: GuideInfo = INFO) -> bytes:
    return exporter.write(films, info)[0]


def read_back(exporter: Exporter, *films: Film) -> list[Film]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAMES_OF_FILES[exporter.name]
        path.write_bytes(written(exporter, *films))
        found = list(read_films([path], OURS))
    assert [each for each in found if isinstance(each, Finding)] == []
    return [each for each in found if isinstance(each, Film)]


# --------------------------------------------------------------------------------- read back again

CSV_CARRIES = {
    "title", "original", "sort", "aka", "year", "premiered", "minutes", "languages", "countries", "directors",
    "writers", "camera", "music", "genres", "themes", "series", "certificate", "rating", "tagline", "money",
    "ids", "synopsis",
}  # fmt: skip
JSONL_CARRIES = CSV_CARRIES | {"links", "similar", "cast"}
JSON_LD_CARRIES = {
    "title", "year", "premiered", "minutes", "languages", "countries", "directors", "writers", "music",
    "genres", "series", "certificate", "tagline", "synopsis",
}  # fmt: skip


def facts(film: Film, carried: Iterable[str]) -> dict[str, object]:
    told = all_facts(film) | {"performers": [member.name for member in film.cast]}
    return {key: value for key, value in told.items() if value and key in {*carried, "performers"}}


def known_by_json_ld(film: Film) -> dict[str, object]:
    """What its importer makes of a film: other titles in one list, themes held to spoil, ids by address."""
    told = facts(film, JSON_LD_CARRIES)
    told["aka"] = [*filter(None, [film.original_title]), *film.aka]
    told["spoiler_themes"] = list(film.themes)
    told["ids"] = {key: film.ids[key] for key in ("imdb", "tmdb", "wikidata") if key in film.ids}
    return {key: value for key, value in told.items() if value}


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Cf", "Co", "Zl", "Zp"), exclude_characters=";")
NOTHING = {"n/a", "none", "null", "unknown", "not available", "-", "\\n"}
PLAIN = (
    st.text(LETTERS, min_size=1, max_size=24)
    .map(clean_line)
    .filter(lambda text: text and text.casefold() not in NOTHING)
)
ACTING = st.tuples(st.sampled_from(["=", "+", "-", "@", "'=", "''@", "＝", "'"]), PLAIN).map("".join)
TEXTS = (PLAIN | ACTING).map(clean_line).filter(lambda text: text and text.casefold() not in NOTHING)
TITLES = TEXTS.filter(lambda text: re.search(r"[^\W_]", text))
NAMES = st.lists(TITLES.filter(lambda text: text == text.strip(" ,")), max_size=3, unique=True).map(tuple)
SENTENCES = (
    st.lists(
        st.text("abcdefghij klmnop,'’éß", min_size=3, max_size=40)
        .map(lambda text: " ".join(text.split()).strip(","))
        .filter(bool),
        max_size=3,
    )
    .map("\n\n".join)
    .filter(lambda text: text not in NOTHING)
)


@st.composite
def films(draw: st.DrawFn) -> Film:
    """A reviewed film with whatever facts a table can carry."""
    title, year = draw(TITLES), draw(st.integers(1880, 2030))
    others = [name for name in draw(NAMES) if name != title]
    return film(
        title,
        year,
        slug=f"film-{year}",
        original_title=draw(st.just("") | TITLES.filter(lambda name: name.casefold() != title.casefold())),
        sort_title=draw(st.just("") | TITLES),
        aka=(),
        premiered=draw(st.none() | st.dates(date(year, 1, 1), date(year, 12, 31))),
        runtime_min=draw(st.none() | st.integers(1, 900)),
        languages=draw(st.lists(st.sampled_from(["en", "fr", "ja", "yue", "pt-BR"]), unique=True).map(tuple)),
        countries=draw(st.lists(st.sampled_from(["US", "FR", "JP", "SU", "DE"]), unique=True).map(tuple)),
        directors=tuple(others),
        writers=draw(NAMES),
        cinematographers=draw(NAMES),
        composers=draw(NAMES),
        cast=tuple(CastMember(name) for name in draw(NAMES)),
        genres=draw(st.lists(st.sampled_from(["Drama", "Science Fiction", "Heist"]), unique=True).map(tuple)),
        themes=draw(NAMES),
        series=draw(st.none() | TITLES.map(Series)),
        certificate=draw(st.sampled_from(["", "R", "PG-13", "12A", "+18"])),
        rating=draw(st.sampled_from(["", "4", "4.5", "10", "A-", "★★★½", "-1"])),
        tagline=draw(st.just("") | TITLES.filter(lambda text: text != title)),
        box_office=draw(st.none() | st.integers(1, 10**10).map(lambda sum: BoxOffice(sum, None))),
        ids=draw(
            st.dictionaries(st.sampled_from(["imdb"]), st.from_regex(r"tt[0-9]{7}", fullmatch=True))
            | st.dictionaries(st.sampled_from(["tmdb"]), st.from_regex(r"[1-9][0-9]{0,6}", fullmatch=True))
        ),
        synopsis=draw(SENTENCES),
    )


@given(st.lists(films(), min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_a_table_is_imported_again_as_the_same_films(made: list[Film]) -> None:
    assert [facts(each, CSV_CARRIES) for each in read_back(CsvTable(), *made)] == [
        facts(each, CSV_CARRIES) for each in made
    ]


@given(st.lists(films(), min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_records_are_imported_again_as_the_same_films(made: list[Film]) -> None:
    assert [facts(each, JSONL_CARRIES) for each in read_back(JsonLines(), *made)] == [
        facts(each, JSONL_CARRIES) for each in made
    ]


def without_parting(each: Film) -> Film:
    """The importer of web pages parts genres and keywords at commas, and people by what pages do to them."""

    def plain(names: Sequence[str]) -> tuple[str, ...]:
        kept = (re.sub(r"[,;|/()]|^http", "", name).strip() for name in names)
        return tuple(dict.fromkeys(name for name in kept if name and name.casefold() not in NOTHING))

    named = {key: plain(getattr(each, key)) for key in ("directors", "writers", "composers", "themes")}
    title = re.sub(r"[(\[]\d{4}[)\]]$", "", each.title)
    cast = tuple(map(CastMember, plain([member.name for member in each.cast])))
    return replace(each, cast=cast, title=title, **named)


@given(st.lists(films().map(without_parting), min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_json_ld_is_imported_again_as_the_same_films(made: list[Film]) -> None:
    carried = {*JSON_LD_CARRIES, "aka", "spoiler_themes", "ids"}
    assert [facts(each, carried) for each in read_back(JsonLd(), *made)] == [
        known_by_json_ld(each) for each in made
    ]


def test_every_heading_of_a_table_is_guessed_and_every_fact_has_one() -> None:
    guessed = guess([*COLUMNS, *BELOW])
    assert sorted(guessed.values()) == sorted(FACTS)


def test_a_table_is_for_excel_and_has_the_same_columns_always() -> None:
    told = written(CsvTable(), open_film(film("Heat", 1995))[0])
    assert told.startswith(b"\xef\xbb\xbf" + b'"Title","Year","Original Title"')
    assert told.count(b"\r\n") == 2
    assert next(csv.reader(io.StringIO(told.decode("utf-8-sig")))) == list(COLUMNS)


def test_sums_in_other_currencies_are_not_taken_for_dollars() -> None:
    francs = film("Le Havre", 2011, box_office=BoxOffice(3_000_000, None, "EUR"))
    for exporter in (CsvTable(), JsonLines()):
        assert [each.box_office for each in read_back(exporter, francs)] == [None]


def test_records_carry_roles_reasons_and_series_with_their_numbers() -> None:
    made = film(
        "Alien",
        1979,
        cast=(CastMember("Sigourney Weaver", "Ripley"), CastMember("Ian Holm")),
        series=Series("Alien", "1"),
        similar=(SimilarLink(title="Gravity", year=2013, why="Alone up there"),),
        links={"Official site": "https://example.org/alien"},
    )
    (again,) = read_back(JsonLines(), made)
    assert (again.cast, again.series, again.similar, again.links) == (
        made.cast, made.series, made.similar, made.links,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------ cells


@given(st.lists(TITLES, max_size=4))
def test_a_list_in_a_cell_is_parted_where_it_was_joined(names: list[str]) -> None:
    cell = joined(names)
    assert [unguarded(name) for name in parted(cell) or names_in(cell)] == [
        *dict.fromkeys(name.replace(";", ",") for name in names)
    ] or len(set(names)) < len(names)


@given(TEXTS)
def test_a_guarded_cell_is_no_formula_and_says_the_same(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))
    assert unguarded(cell) == text


@pytest.mark.parametrize("title", ["'Round Midnight", "'71", "Heat", "8½"])
def test_an_apostrophe_of_the_title_stays(title: str) -> None:
    assert guarded(title) == unguarded(title) == title


@pytest.mark.parametrize("exporter", [CsvTable(), Letterboxd()])
def test_no_cell_of_a_table_begins_as_a_formula_does(exporter: Exporter) -> None:
    evil = '=HYPERLINK("https://example.org";"Click")'
    made = film(
        evil, 1999, directors=("@SUM(A1)", "+1"), themes=("-1", evil), tagline=evil, ids={"imdb": "=1+1"}
    )
    rows = csv.reader(io.StringIO(written(exporter, made).decode("utf-8-sig")))
    cells = [cell for row in rows for cell in row]
    parts = [part for cell in cells for part in re.split(r"[;,] ", cell)]
    assert [part for part in parts if part.startswith(("=", "+", "-", "@"))] == []


# ------------------------------------------------------------------------------------- Letterboxd


def test_letterboxd_gets_the_columns_that_its_import_page_names() -> None:
    made = film(
        "The Third Man",
        1949,
        directors=("Carol Reed",),
        rating="9",
        themes=("Vienna", "friendship"),
        ids={"imdb": "tt0041959", "tmdb": "1092", "letterboxd": "the-third-man"},
    )
    told = written(Letterboxd(), made).decode()
    assert list(csv.DictReader(io.StringIO(told))) == [
        dict(
            zip(
                LETTERBOXD_COLUMNS,
                [
                    "https://letterboxd.com/film/the-third-man/", "1092", "tt0041959", "The Third Man",
                    "1949", "Carol Reed", "4.5", "Vienna, friendship",
                ],
                strict=True,
            )
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "scale", "told"),
    [
        ("9", "10", "4.5"),
        ("4", "5", "4"),
        ("87", "100", "4.5"),
        ("0,5", "10", "0.5"),
        ("11", "10", ""),
        ("★★★", "5", ""),
        ("4", "", ""),
        ("", "5", ""),
    ],
)
def test_ratings_are_told_in_half_stars_out_of_five(rating: str, scale: str, told: str) -> None:
    assert stars(rating, scale) == told


def test_a_rating_that_cannot_be_told_is_a_finding() -> None:
    made = film("Heat", 1995, rating="8")
    _, unknown = Letterboxd().write([made], GuideInfo("Films"))
    _, beyond = Letterboxd().write([made], GuideInfo("Films", rating_scale="5"))
    assert [each.message for each in (*unknown, *beyond)] == [
        "Nobody knows what the rating of Heat (1995), 8, counts up to.",
        "The rating of Heat (1995) is 8, which is no number up to 5.",
    ]


@pytest.mark.parametrize(
    ("ident", "address"),
    [
        ("29MU", "https://boxd.it/29MU"),
        ("the-third-man", "https://letterboxd.com/film/the-third-man/"),
        ("alien", ""),  # either might be meant
        ("=1", ""),
        ("", ""),
    ],
)
def test_an_address_is_told_only_where_the_id_is_unmistakable(ident: str, address: str) -> None:
    assert film_address(ident) == address


# --------------------------------------------------------------------------- nothing is given away


def given_away(told: bytes, films: Sequence[Film]) -> list[str]:
    """Everything of the films' stories that a file says, and that no open fact of a film says as well."""
    text = _plain(told)
    whole = words_of(text)
    letters = whole.replace(" ", "")
    found = []
    for each in films:
        open_facts = words_of("\n".join(_open(each)))
        for spoiler in spoilers_of(each):
            if spoiler.reach is Reach.LETTERS:
                hit = spoiler.letters in letters and spoiler.letters not in open_facts.replace(" ", "")
            else:
                of_film = words_of(_part_of(each, text, films))
                hit = f" {spoiler.words} " in f" {of_film} " and f" {spoiler.words} " not in f" {open_facts} "
            if hit:
                found.append(f"{each.slug}: {spoiler.text}")
        if not each.origin.reviewed:
            sentences = re.split(r"(?<=[.!?])\s+", each.synopsis.body)
            for sentence in sentences:
                sought = words_of(sentence)
                if len(sought.split()) >= 4 and sought in whole and sought not in open_facts:
                    found.append(f"{each.slug}, unreviewed: {sentence}")
    return found


def _plain(told: bytes) -> str:
    """The words of a file; slugs are left out, for they are titles."""
    text = re.sub(r'"@id": "[^"]*"', "", told.decode("utf-8-sig"))
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text.replace("\\n", "\n"))


def _open(each: Film) -> list[str]:
    """Bare facts, in which a word of the story gives nothing away."""
    people = (*each.directors, *each.writers, *each.cinematographers, *each.composers)
    cast = [text for member in each.cast if not member.spoiler for text in (member.name, member.role)]
    links = [text for link in each.similar for text in (link.title, link.to)]
    return [
        each.title, each.original_title, each.sort_title, *each.aka, *people, *cast, *each.genres, *links,
        *(theme for theme in each.themes if theme not in each.spoiler_themes), each.certificate,
        each.series.name if each.series else "", *each.links, *each.links.values(),
        *((each.tagline, each.synopsis.body, *(link.why for link in each.similar))
          if each.origin.reviewed else ()),
        *map(country_name, each.countries), " ".join(COLUMNS),
        "Movie Person Country MovieSeries name role title",
    ]  # fmt: skip


def _part_of(each: Film, text: str, films: Sequence[Film]) -> str:
    """The film's own row, line or node: from its title to the next film's."""
    marks = [re.escape(json.dumps(other.title, ensure_ascii=False)) for other in films]
    begin = text.find(json.dumps(each.title, ensure_ascii=False))
    following = re.search("|".join(marks), text[begin + 1 :]) if begin >= 0 else None
    return text[begin : begin + 1 + following.start()] if following else text[max(begin, 0) :]


@cache
def _read(guide: Path) -> tuple[Film, ...]:
    project, _ = load_project(guide)
    return read_entries(project)[0]


@pytest.fixture(scope="session")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 real films just as they were imported: nobody has reviewed them."""
    away = tmp_path_factory.mktemp("sixty")
    if not (REAL_FILMS / "films-60.jsonl").exists():
        pytest.skip(f"the real films are not at hand: {REAL_FILMS}")
    (away / "guide.toml").write_text('[guide]\ntitle = "Sixty"\n', "utf-8")
    filmguide("-C", away, "import", REAL_FILMS / "films-60.jsonl", within=away)
    return away


@pytest.mark.parametrize("name", [each.name for each in OUR_EXPORTERS])
def test_nothing_of_sixty_real_stories_is_in_an_export(sixty: Path, name: str) -> None:
    handout = export_films(sixty, name)
    assert (handout.films, len(_read(sixty))) == (60, 60)
    assert given_away(handout.content or b"", _read(sixty)) == []


@pytest.mark.parametrize("name", [each.name for each in OUR_EXPORTERS])
def test_nothing_of_the_sample_guides_stories_is_in_an_export(name: str) -> None:
    handout = export_films(PROJECT, name)
    assert handout.films == len(_read(PROJECT)) == 30
    assert given_away(handout.content or b"", _read(PROJECT)) == []


@given(entry_texts, st.booleans(), st.sampled_from(OUR_EXPORTERS))
@settings(max_examples=60, deadline=None)
def test_nothing_below_the_fence_of_any_film_is_in_an_export(
    entries: list[str], reviewed: bool, exporter: Exporter
) -> None:
    read = [read_entry(text, file=f"entries/film-{n}.md")[0] for n, text in enumerate(entries)]
    made = [
        replace(
            each,
            origin=Origin("x", reviewed=reviewed),
            spoiler_themes=("a drowned lighthouse",),
            tagline=_opening_of_the_story(each),
        )
        for each in read
        if each
    ]
    for each in made:  # alone, for what one film tells openly another may tell late
        told = _plain(written(exporter, open_film(each)[0]))
        letters = words_of(told).replace(" ", "")
        bare = words_of("\n".join((each.title, *each.themes))).replace(" ", "")
        secret = [
            spoiler.text
            for spoiler in spoilers_of(each)
            if spoiler.reach is Reach.LETTERS and spoiler.letters in letters and spoiler.letters not in bare
        ]
        assert secret == []


def _opening_of_the_story(each: Film) -> str:
    return next((section.body.splitlines()[0] for section in each.spoilers if section.body), "")


def test_looking_for_what_is_given_away_finds_it() -> None:
    """The look itself: of a film that nothing was taken from, it finds everything that was planted."""
    told = "In the end the keeper turns off the lamp and sails away."
    planted = film(
        "Harbour",
        1951,
        spoilers=(Section(Kind.PLOT, "Plot", told),),
        spoiler_themes=("betrayal",),
        synopsis="Somebody said that the keeper never existed.",
        origin=Origin("jsonl a.jsonl", reviewed=False),
    )
    assert given_away(written(JsonLines(), planted), [planted]) == [
        f"harbour-1951: {told}",
        "harbour-1951: betrayal",
        "harbour-1951, unreviewed: Somebody said that the keeper never existed.",
    ]
    assert given_away(written(JsonLines(), open_film(planted)[0]), [planted]) == []


def test_an_export_without_the_precaution_would_be_found_out(
    sixty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(film: Film, *_: object) -> tuple[Film, tuple[Finding, ...]]:
        return film, ()

    monkeypatch.setattr("book.exporting.open_film", careless)
    for name in ("csv", "jsonl"):
        assert len(given_away(export_films(sixty, name).content or b"", _read(sixty))) > 1_000


DOUBT = finding("F205", Place("entries/harbour-1951.md", 9), "tells of a death")


@pytest.mark.parametrize(
    ("changed", "doubt", "why"),
    [
        ({"origin": Origin("jsonl a.jsonl", reviewed=False)}, None, "nobody has reviewed the entry"),
        ({}, DOUBT, "F205 doubts line 9"),
        (
            {"spoilers": (Section(Kind.PLOT, "Plot", "The lamp goes out at last. Keep it lit!"),)},
            None,
            "a sentence stands below the fence as well",
        ),
    ],
)
def test_a_text_that_may_spoil_stays_behind_and_the_writer_is_told(
    changed: Mapping[str, Any], doubt: Finding | None, why: str
) -> None:
    made = film("Harbour", 1951, synopsis="The lamp goes out at last.", tagline="Keep it lit!")
    shown, findings = open_film(replace(made, **changed), doubt)
    assert (shown.synopsis.body, shown.tagline, shown.spoilers) == ("", "", ())
    assert [each.message for each in findings] == [
        f"Not handed on of Harbour (1951): synopsis and tagline; {why}."
    ]


def test_performers_who_spoil_never_leave_the_guide() -> None:
    made = film("Harbour", 1951, cast=(CastMember("Ada Quill"), CastMember("Ben Marsh", "", spoiler=True)))
    assert open_film(made)[0].cast == whole_film(made).cast == (CastMember("Ada Quill"),)
    for exporter in OUR_EXPORTERS:
        assert "Marsh" not in written(exporter, made).decode()


def test_with_spoilers_what_comes_from_below_the_fence_goes_there_again() -> None:
    made = film(
        "Harbour",
        1951,
        spoilers=(
            Section(Kind.PLOT, "Plot", "The lamp goes out."),
            Section(Kind.OTHER, "Notes", "Seen twice."),
        ),
        spoiler_themes=("betrayal",),
    )
    for exporter in (CsvTable(), JsonLines()):
        (again,) = read_back(exporter, whole_film(made))
        assert (
            [(each.heading, each.body) for each in again.spoilers],
            again.spoiler_themes,
            again.origin.reviewed,
        ) == ([("Plot", "The lamp goes out."), ("Notes", "Seen twice.")], ("betrayal",), False)


# ------------------------------------------------------------------------------------ the command

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, typed beside a guide of two films of which one is in an edition."""
    guide = tmp_path / "guide"
    (guide / "entries").mkdir(parents=True)
    (guide / "guide.toml").write_text(
        '[guide]\ntitle = "Two"\n[[edition]]\nname = "Half"\nfilms = ["heat-1995"]\n', "utf-8"
    )
    for name, front in (
        ("heat-1995", "title: Heat\nyear: 1995"),
        ("alien-1979", "title: Alien\nyear: 1979\nsimilar: [heat-1995]"),
    ):
        entry = f"---\n{front}\n---\nWhat it is.\n\n# Spoilers\n\n## Plot\n\nHow it ends.\n"
        (guide / "entries" / f"{name}.md").write_text(entry, "utf-8")
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(cli, ["-C", str(guide), "export", *words])


def test_without_a_file_the_films_go_to_standard_output_and_nothing_else_does(run: Run) -> None:
    ended = run("jsonl", "--quiet")
    assert (ended.exit_code, [json.loads(line)["title"] for line in ended.stdout.splitlines()]) == (
        0,
        ["Alien", "Heat"],
    )
    assert "2 films" in run("csv").stderr


def test_a_link_is_handed_on_by_title_and_year(run: Run) -> None:
    alien = json.loads(run("jsonl", "-", "--quiet").stdout.splitlines()[0])
    assert alien["similar"] == [{"title": "Heat", "year": 1995}]


def test_an_edition_is_handed_on_alone(run: Run) -> None:
    assert [
        json.loads(line)["title"] for line in run("jsonl", "--edition", "Half", "--quiet").stdout.splitlines()
    ] == ["Heat"]
    assert run("jsonl", "--edition", "None").exit_code == 2


def test_a_file_that_is_there_is_overwritten_only_when_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "films.csv"
    kept.write_text("mine")
    assert (run("csv", "films.csv").exit_code, kept.read_text()) == (2, "mine")
    assert run("csv", "films.csv", "--overwrite").exit_code == 0
    assert kept.read_bytes().startswith(b'\xef\xbb\xbf"Title"')


@pytest.mark.parametrize("place", ["guide/guide.toml", "guide/entries/heat-1995.md", "guide/entries/new.csv"])
def test_the_guides_own_files_are_never_overwritten(run: Run, tmp_path: Path, place: str) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run("csv", place, "--overwrite").exit_code == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_guide_with_an_error_is_not_handed_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "guide" / "entries" / "odd-1990.md").write_text(
        "---\ntitle: Odd\nyear: 1990\n---\nA.\n\n## Plot\n\nIt ends.\n", "utf-8"
    )
    ended = run("csv", "films.csv")
    assert (ended.exit_code, "F202" in ended.stdout, (tmp_path / "films.csv").exists()) == (1, True, False)


def test_what_cannot_be_done_is_said_in_a_sentence(run: Run) -> None:
    assert "There are csv, jsonl, jsonld, letterboxd." in run("docx").stderr
    assert run("jsonld", "--spoilers").exit_code == 2
    assert run("csv", "--json").exit_code == 2


def test_the_report_of_an_export_is_in_the_json_object(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("jsonl", "films.jsonl", "--json").stdout)
    assert (told["exit_code"], told["films"], told["files"]) == (0, 2, [str(tmp_path / "films.jsonl")])


def test_two_exports_are_the_same_bytes(run: Run) -> None:
    assert [run(name, "--quiet").stdout_bytes for name in NAMES_OF_FILES] == [
        run(name, "--quiet").stdout_bytes for name in NAMES_OF_FILES
    ]


def test_all_of_ours_come_through_the_door_that_is_open_to_everybody() -> None:
    if not (found := exporters()[0]):
        pytest.skip("filmguide is not installed here")
    assert {each.name for each in found} >= {each.name for each in OUR_EXPORTERS}


def test_an_exporter_that_is_unknown_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="No exporter is called docx"):
        export_films(PROJECT, "docx")


def test_a_synopsis_that_check_doubts_stays_behind_until_it_is_answered(run: Run, tmp_path: Path) -> None:
    told = "The keeper dies in the storm."
    plot = "Ada comes to the island.\n\nShe meets the keeper.\n\nThey argue over the lamp.\n\n"
    plot += "A ship is seen.\n\nThe wind rises all evening.\n\n"
    plot += "The keeper dies in the storm, and Ada lights the lamp alone.\n"
    entry = tmp_path / "guide" / "entries" / "harbour-1951.md"
    front = "title: Harbour\nyear: 1951\ncast: [{name: Ben Marsh, role: The Keeper}]\n"
    entry.write_text(f"---\n{front}---\n{told}\n\n# Spoilers\n\n## Plot\n\n{plot}", "utf-8")
    doubted = run("jsonl")
    assert ("dies" in doubted.stdout, "doubts line" in doubted.stderr) == (False, True)
    front += 'leaks_ok: {"The keeper dies": everybody knows it}\n'
    entry.write_text(f"---\n{front}---\n{told[:-1]}, they say.\n\n# Spoilers\n\n## Plot\n\n{plot}", "utf-8")
    answered = run("jsonl")
    assert ("dies in the storm, they say" in answered.stdout, "doubts" in answered.stderr) == (True, False)


@pytest.mark.parametrize(
    ("exporter", "carried"),
    [(CsvTable(), CSV_CARRIES), (JsonLines(), JSONL_CARRIES), (JsonLd(), JSON_LD_CARRIES)],
)
def test_sixty_real_films_are_imported_again_as_the_same_films(
    sixty: Path, exporter: Exporter, carried: set[str]
) -> None:
    opened = [open_film(replace(each, origin=Origin()))[0] for each in _read(sixty)]
    if exporter.name == "csv":  # which has columns for these alone
        opened = [
            replace(each, ids={key: each.ids[key] for key in ("imdb", "tmdb") if key in each.ids})
            for each in opened
        ]
    again = read_back(exporter, *opened)
    assert [facts(each, carried) for each in again] == [facts(each, carried) for each in opened]
