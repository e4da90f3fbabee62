"""Each format, by files of our own: what a reader of the file expects, field by field."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from book.importers import importers, read_films
from book.importers.imdb import Imdb
from book.importers.jsonl import JsonLines
from book.importers.kodi import Kodi
from book.importers.letterboxd import Letterboxd
from book.importers.notes import Notes
from book.importers.omdb import Omdb
from book.importers.page import PageText
from book.importers.schemaorg import SchemaOrg
from book.importers.spreadsheet import Spreadsheet
from book.importers.tmdb import Tmdb
from book.model import Film, Finding
from book.prose import to_text

Saved = Callable[[str, str | bytes], Path]

OURS = [
    Imdb(), JsonLines(), Kodi(), Letterboxd(), Notes(), Omdb(), PageText(), SchemaOrg(), Spreadsheet(),
    Tmdb(),
]  # fmt: skip


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    def save(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return save


def read(*paths: Path, wanted: str = "") -> tuple[list[Film], list[Finding]]:
    found = list(read_films(paths, OURS, wanted=wanted))
    return [each for each in found if isinstance(each, Film)], [
        each for each in found if isinstance(each, Finding)
    ]


def facts(film: Film) -> dict[str, object]:
    """What the film tells, under short names; what is empty is not there."""
    told: dict[str, object] = {
        "title": film.title, "original": film.original_title, "sort": film.sort_title, "aka": list(film.aka),
        "year": film.year, "premiered": str(film.premiered or ""), "minutes": film.runtime_min,
        "languages": list(film.languages), "countries": list(film.countries),
        "directors": list(film.directors), "writers": list(film.writers),
        "camera": list(film.cinematographers), "music": list(film.composers),
        "cast": [(member.name, member.role) for member in film.cast], "genres": list(film.genres),
        "themes": list(film.themes), "spoiler_themes": list(film.spoiler_themes),
        "series": film.series.name if film.series else "", "certificate": film.certificate,
        "rating": film.rating, "tagline": film.tagline,
        "money": (film.box_office.budget, film.box_office.gross) if film.box_office else None,
        "ids": dict(film.ids), "links": dict(film.links),
        "similar": [(link.title, link.year) for link in film.similar],
        "synopsis": to_text(film.synopsis.body),
        "below": [(section.heading, to_text(section.body)) for section in film.spoilers],
        "from": film.origin.imported,
    }  # fmt: skip
    return {key: value for key, value in told.items() if value}


def told(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(each.code, each.where.line, each.message) for each in findings]


# --------------------------------------------------------------------------------------- Kodi

NFO = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<movie>
  <title>The Ferry &amp; the Fog</title><originaltitle>To Feribot</originaltitle>
  <sorttitle>Ferry 1</sorttitle><userrating>7,50</userrating><outline>A ferry crosses.</outline>
  <plot>A ferry crosses, and never lands.</plot><tagline>Mind the gap</tagline><runtime>97</runtime>
  <mpaa>Australia:M</mpaa><uniqueid type="imdb">tt0000001</uniqueid><uniqueid type="tmdb">12</uniqueid>
  <genre>Drama / Sci-Fi</genre><country>Greece</country><set><name>Ferry Collection</name></set>
  <credits>Bo Third</credits><director>Ann Other,</director><premiered>1961-05-09</premiered><year>1961</year>
  <studio>Harbour</studio><tag>ghost</tag>
  <actor><name>Di Fifth</name><role>Maro</role><order>1</order></actor>
  <actor><name>Cy Fourth</name><role>The ferryman</role><order>0</order></actor>
  <actor><name>Eve Sixth</name><type>Lyricist</type></actor>
</movie>
https://www.imdb.com/title/tt0000001/
"""


def test_an_nfo_becomes_a_film_its_outline_the_synopsis_and_its_plot_a_spoiler(saved: Saved) -> None:
    films, findings = read(saved("ferry.nfo", NFO))
    assert ([facts(film) for film in films], told(findings)) == (
        [
            {
                "title": "The Ferry & the Fog", "original": "To Feribot", "sort": "Ferry 1", "year": 1961,
                "premiered": "1961-05-09", "minutes": 97, "countries": ["GR"], "directors": ["Ann Other"],
                "writers": ["Bo Third"], "cast": [("Cy Fourth", "The ferryman"), ("Di Fifth", "Maro")],
                "genres": ["Drama", "Science Fiction"], "spoiler_themes": ["ghost"], "series": "Ferry",
                "certificate": "M", "rating": "7.5", "tagline": "Mind the gap",
                "ids": {"imdb": "tt0000001", "tmdb": "12"}, "synopsis": "A ferry crosses.",
                "below": [("Plot", "A ferry crosses, and never lands.")], "from": "kodi ferry.nfo",
            }
        ],
        [],
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_nfo_may_be_in_any_encoding_with_any_line_ends(saved: Saved, encoding: str) -> None:
    nfo = "<movie>\r\n<title>Amélie</title>\r\n<year>2001</year>\r\n</movie>"
    films, findings = read(saved("a.nfo", nfo.encode(encoding)))
    assert ([(film.title, film.year) for film in films], findings) == ([("Amélie", 2001)], [])


def test_an_nfo_that_is_not_well_formed_is_read_as_far_as_it_goes(saved: Saved) -> None:
    films, findings = read(
        saved("a.nfo", "<movie>\n<title>Tom & Jo caf&eacute;</title>\n<year>1961</year>\n<plot>They")
    )
    assert [(film.title, film.year) for film in films] == [("Tom & Jo café", 1961)]
    assert [each.code for each in findings] == ["F811"]


def test_series_and_bare_addresses_are_findings(saved: Saved) -> None:
    series = saved("tvshow.nfo", "<tvshow><title>Ferries</title></tvshow>")
    bare = saved("bare.nfo", "https://www.themoviedb.org/movie/348-alien")
    films, findings = read(series, bare)
    assert (films, told(findings)) == (
        [],
        [
            ("F810", 1, "Ferries is a series, and was left out."),
            (
                "F805",
                1,
                "bare.nfo holds only the address https://www.themoviedb.org/movie/348-alien, and so no title "
                "and no year.",
            ),
        ],
    )


# --------------------------------------------------------------------------------- Letterboxd

DIARY = """\
Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date,Review
2024-01-02,"Red, White",1994,https://boxd.it/day1,3.5,,"with mum, cinema",2024-01-01,Slow.<br>It <b>grows</b>.
2024-02-02,"Red, White",1994,https://boxd.it/day2,4.5,Yes,,2024-02-01,
2024-02-03,,1994,https://boxd.it/day3,4,,,2024-02-01,
"""
LIST = """\
Letterboxd list export v7
Date,Name,Tags,URL,Description
2024-11-23,Harbours,,https://boxd.it/AC,"The best.

[Goes on.]"

Position,Name,Year,URL,Description
1,The Ferry,1961,https://boxd.it/f1,"<i>Fog</i>
and more fog"
2,Tram,1954,https://boxd.it/t1,
"""


def test_a_diary_gives_a_film_once_with_its_last_rating_and_no_id_of_a_day(saved: Saved) -> None:
    films, findings = read(saved("diary.csv", DIARY))
    assert ([facts(film) for film in films], told(findings)) == (
        [
            {
                "title": "Red, White", "year": 1994, "themes": ["with mum", "cinema"], "rating": "4.5",
                "below": [("Notes", "Slow.\nIt grows.")], "from": "letterboxd diary.csv",
            }
        ],
        [("F805", 4, "The film on line 4 has no title.")],
    )  # fmt: skip


@pytest.mark.parametrize("text", [LIST, LIST.partition("\n")[2], "\n" + LIST.partition("\n")[2]])
def test_a_list_is_known_with_and_without_its_first_line(saved: Saved, text: str) -> None:
    films, findings = read(saved("harbours.csv", text.replace("\n", "\r\n")))
    assert ([facts(film) for film in films], findings) == (
        [
            {
                "title": "The Ferry", "year": 1961, "ids": {"letterboxd": "f1"},
                "below": [("Notes", "Fog\nand more fog")], "from": "letterboxd harbours.csv",
            },
            {"title": "Tram", "year": 1954, "ids": {"letterboxd": "t1"}, "from": "letterboxd harbours.csv"},
        ],
        [],
    )  # fmt: skip


def test_an_export_is_walked_and_what_is_no_list_of_films_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letterboxd-me.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("diary.csv", DIARY)
        archive.writestr("lists/harbours.csv", LIST)
        archive.writestr("profile.csv", "Date Joined,Username\n2020-01-01,me\n")
    films, findings = read(path)
    assert [(film.title, film.source.file.removeprefix(path.as_posix())) for film in films] == [
        ("Red, White", "/diary.csv"),
        ("The Ferry", "/lists/harbours.csv"),
        ("Tram", "/lists/harbours.csv"),
    ]
    assert [(each.code, each.where.file.removeprefix(path.as_posix())) for each in findings] == [
        ("F805", "/diary.csv"),
        ("F812", ""),
    ]


# --------------------------------------------------------------------------------- OMDb, TMDB

OMDB = {
    "Title": "The Ferry", "Year": "1961", "Rated": "N/A", "Released": "09 May 1961", "Runtime": "97 min",
    "Genre": "Drama, Sci-Fi", "Director": "Ann Other",
    "Writer": "Ann Other (story), Bo Third (screenplay by)",
    "Actors": "Cy Fourth, Di Fifth", "Plot": "A ferry &amp; a <i>fog</i>.", "Language": "Greek, None",
    "Country": "Greece, UK", "BoxOffice": "$1,234,567", "Website": "N/A", "imdbID": "tt0000001",
    "Type": "movie", "Response": "True",
}  # fmt: skip
FERRY = {
    "title": "The Ferry", "year": 1961, "premiered": "1961-05-09", "minutes": 97, "languages": ["el"],
    "countries": ["GR", "GB"], "directors": ["Ann Other"], "writers": ["Ann Other", "Bo Third"],
    "cast": [("Cy Fourth", ""), ("Di Fifth", "")], "genres": ["Drama", "Science Fiction"],
    "money": (None, 1234567), "ids": {"imdb": "tt0000001"}, "synopsis": "A ferry & a fog.",
}  # fmt: skip
LINES = [OMDB, {"Response": "False", "Error": "Incorrect IMDb ID."}, {**OMDB, "Type": "series"}]


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("omdb.json", "\ufeff" + json.dumps(LINES), [0, 0]),
        ("omdb.ndjson", "\r\n".join(map(json.dumps, LINES)), [2, 3]),
        ("omdb.json", json.dumps({"Search": LINES}, indent=2), [0, 0]),
    ],
)
def test_omdb_is_read_as_one_answer_a_list_or_lines(
    saved: Saved, name: str, text: str, lines: list[int]
) -> None:
    films, findings = read(saved(name, text))
    assert [facts(film) for film in films] == [FERRY | {"from": f"omdb {name}"}]
    assert told(findings) == [
        ("F810", lines[0], "OMDb gave no film here, and said: Incorrect IMDb ID."),
        ("F810", lines[1], "The Ferry is a series, and was left out."),
    ]


def test_tmdb_gives_its_appended_parts_and_keeps_keywords_among_the_spoilers(saved: Saved) -> None:
    film = {
        "title": "The Ferry", "original_title": "To Feribot", "id": 12, "imdb_id": "tt0000001", "budget": 5,
        "revenue": 0, "original_language": "cn", "spoken_languages": [{"iso_639_1": "el"}, None],
        "production_countries": [{"iso_3166_1": "GR"}], "release_date": "1961-05-09", "runtime": 97,
        "genres": [{"id": 18, "name": "Drama"}], "overview": "A ferry crosses.", "homepage": "",
        "belongs_to_collection": {"name": "Ferry Collection"}, "tagline": "Mind the gap", "poster_path": None,
        "credits": {
            "cast": [
                {"name": "Di", "character": "Maro", "order": 1}, {"name": "Cy", "character": "", "order": 0}
            ],
            "crew": [
                {"name": "Ann", "job": "Director", "department": "Directing"},
                {"name": "Bo", "job": "Screenplay", "department": "Writing"},
                {"name": "Lu", "job": "Director of Photography", "department": "Camera"},
            ],
        },
        "keywords": {"keywords": [{"name": "ghost"}]},
        "similar": {"results": [{"title": "Tram", "release_date": "1954-02-01"}, {"title": "The Ferry"}]},
        "release_dates": {"results": [{"iso_3166_1": "US", "release_dates": [{"certification": "PG"}]}]},
    }  # fmt: skip
    films, findings = read(saved("film.json", json.dumps(film)))
    assert ([facts(each) for each in films], findings) == (
        [
            {
                "title": "The Ferry", "original": "To Feribot", "year": 1961, "premiered": "1961-05-09",
                "minutes": 97, "languages": ["yue", "el"], "countries": ["GR"], "directors": ["Ann"],
                "writers": ["Bo"], "camera": ["Lu"], "cast": [("Cy", ""), ("Di", "Maro")],
                "genres": ["Drama"], "spoiler_themes": ["ghost"], "series": "Ferry", "certificate": "PG",
                "tagline": "Mind the gap",
                "money": (5, None), "ids": {"imdb": "tt0000001", "tmdb": "12"}, "similar": [("Tram", 1954)],
                "synopsis": "A ferry crosses.", "from": "tmdb film.json",
            }
        ],
        [],
    )  # fmt: skip


# --------------------------------------------------------------------------------------- IMDb


def tsv(*rows: str) -> str:
    return "\n".join(row.replace(" | ", "\t") for row in rows) + "\n"


BASICS = tsv(
    "tconst | titleType | primaryTitle | originalTitle | isAdult | startYear | endYear | runtimeMinutes"
    " | genres",
    r'tt1 | movie | The "Ferry | To Feribot | 0 | 1961 | \N | 97 | Drama,Sci-Fi',
    r"tt2 | tvEpisode | Pilot | Pilot | 0 | 1962 | \N | \N | \N",
    r"tt3 | movie | Tram | Tram | 0 | \N | \N | \N | \N",
    r"tt4 | movie | Bus",
)
PRINCIPALS = tsv(
    "tconst | ordering | nconst | category | job | characters",
    r"""tt1 | 2 | nm2 | actress | \N | ["Maro","Maro's sister"]""",
    r'tt1 | 1 | nm1 | actor | \N | ["The ferryman"]',
    r"tt1 | 3 | nm3 | composer | \N | \N",
)
CREW = tsv(r"tconst | directors | writers", r"tt1 | nm4 | nm4,nm1")
NAMES = tsv("nconst | primaryName | birthYear", "nm1 | Cy", "nm2 | Di", "nm3 | Mo", "nm4 | Ann").replace(
    "\tbirthYear", ""
)


def test_imdb_s_tables_are_joined_by_the_number_of_the_film(saved: Saved) -> None:
    files = {"title.principals.tsv": PRINCIPALS, "title.basics.tsv": BASICS, "title.crew.tsv": CREW}
    paths = [saved(name, text) for name, text in (files | {"name.basics.tsv": NAMES}).items()]
    films, findings = read(*paths)
    assert ([facts(film) for film in films], told(findings)) == (
        [
            {
                "title": 'The "Ferry', "original": "To Feribot", "year": 1961, "minutes": 97,
                "directors": ["Ann"], "writers": ["Ann", "Cy"], "music": ["Mo"],
                "cast": [("Cy", "The ferryman"), ("Di", "Maro"), ("Di", "Maro's sister")],
                "genres": ["Drama", "Science Fiction"], "ids": {"imdb": "tt1"},
                "from": "imdb title.basics.tsv",
            }
        ],
        [
            ("F804", 5, "Line 5 of title.basics.tsv has 3 cells where the table has 9."),
            ("F810", 3, "Pilot is an episode of a series, and was left out."),
            ("F805", 4, "Tram has no year."),
        ],
    )  # fmt: skip


def test_people_without_names_and_rows_without_films_are_told(saved: Saved) -> None:
    alone = saved("title.crew.tsv", CREW)
    assert [each.message for each in read(alone)[1]] == [
        "1 of the 1 rows of title.crew.tsv are about films that no title.basics names."
    ]
    assert [each.message for each in read(alone, saved("title.basics.tsv", BASICS))[1]][-1] == (
        "title.crew.tsv gives people by their numbers, and nothing says who they are."
    )


# --------------------------------------------------------------------------------- schema.org

JSON_LD = """\
<!doctype html><html><head><title>The Ferry – film 1961</title>
<script type="application/ld+json">{"broken": </script>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "Movie",
"name": "The Ferry", "duration": "PT1H37M", "director": {"@type": "Person", "name": "Ann Other"},
"actor": [{"name": "Cy"}, {"name": "Di (II)"}], "genre": ["Drama", "Sci-Fi"], "contentRating": "PG",
"sameAs": "https://www.imdb.com/title/tt0000001/", "description": "A ferry&nbsp;crosses.<br>At night.",
"isSimilarTo": [{"@type": "Movie", "name": "Tram (1954)"}]}]}</script></head><body></body></html>
"""
MICRODATA = """\
<html><body><div itemscope itemtype="http://schema.org/Movie"><h1 itemprop="name">The Ferry (1961)</h1>
<span itemprop="duration">97 min.</span><div itemprop="director" itemscope itemtype="http://schema.org/Person">
<span itemprop="name">Ann Other</span></div></div></body></html>
"""


def test_a_saved_page_is_read_by_its_json_ld_and_a_broken_part_is_named(saved: Saved) -> None:
    films, findings = read(saved("ferry.html", JSON_LD))
    assert ([facts(film) for film in films], told(findings)) == (
        [
            {
                "title": "The Ferry", "year": 1961, "minutes": 97, "directors": ["Ann Other"],
                "cast": [("Cy", ""), ("Di", "")], "genres": ["Drama", "Science Fiction"], "certificate": "PG",
                "ids": {"imdb": "tt0000001"}, "similar": [("Tram", 1954)],
                "synopsis": "A ferry\xa0crosses.\nAt night.", "from": "schemaorg ferry.html",
            }
        ],
        [("F804", 2, "The JSON-LD on line 2 of ferry.html is broken.")],
    )  # fmt: skip


def test_a_saved_page_is_read_by_its_microdata(saved: Saved) -> None:
    films, findings = read(saved("ferry.html", MICRODATA))
    assert ([facts(film) for film in films], findings) == (
        [
            {
                "title": "The Ferry", "year": 1961, "minutes": 97, "directors": ["Ann Other"],
                "from": "schemaorg ferry.html",
            }
        ],
        [],
    )  # fmt: skip


# -------------------------------------------------------------------------------------- notes

OBSIDIAN = """\
---
tags: [movies, fog]
imdbId: tt0000001
length: 97 min
---
director:: [[Ann Other]]
genre:: [[Drama]], [[Sci-Fi|SF]]
year:: 1961
plot:: A ferry crosses.
rating::

Seen with [[People/Bo|Bo]]. ![[poster.png]]

# What I think
**Fog.** <!-- no more -->
"""
ZOLA = """\
+++
title = "The Ferry"
date = 2020-01-02
extra.movie.year = 1961
extra.movie.rating = 8
+++
Fog.
"""


def test_a_note_of_obsidian_keeps_the_writer_s_text_below_the_fence(saved: Saved) -> None:
    films, findings = read(saved("The  Ferry.md", OBSIDIAN))
    assert ([facts(film) for film in films], findings) == (
        [
            {
                "title": "The Ferry", "year": 1961, "minutes": 97, "directors": ["Ann Other"],
                "genres": ["Drama", "SF"], "themes": ["fog"], "ids": {"imdb": "tt0000001"},
                "synopsis": "A ferry crosses.", "below": [("Notes", to_text(films[0].spoilers[0].body))],
                "from": "notes The Ferry.md",
            }
        ],
        [],
    )  # fmt: skip
    assert films[0].spoilers[0].body == "Seen with Bo.\n\n### What I think\n**Fog.**"


def test_toml_front_matter_is_read_key_within_key(saved: Saved) -> None:
    films, findings = read(saved("ferry.md", ZOLA))
    assert ([facts(film) for film in films], findings) == (
        [
            {
                "title": "The Ferry", "year": 1961, "rating": "8", "below": [("Notes", "Fog.")],
                "from": "notes ferry.md",
            }
        ],
        [],
    )  # fmt: skip


def test_broken_front_matter_is_named_by_its_line(saved: Saved) -> None:
    films, findings = read(saved("ferry.md", "---\ntitle: Alien: the ferry\nyear: 1961\n---\n"))
    assert (films, [(each.code, each.where.line) for each in findings]) == ([], [("F804", 2)])


# --------------------------------------------------------------------------------- spreadsheets

SHEET = """\
Film;Released;My Rating;Watched Date;Director;Box Office
The Ferry;1961;7,5;x;Ann, Bo;1234567
;1954;;;;
"""


def test_the_columns_of_a_spreadsheet_are_guessed_and_told(saved: Saved) -> None:
    sheet = Spreadsheet()
    found = list(read_films([saved("films.csv", SHEET)], [sheet]))
    assert [facts(each) for each in found if isinstance(each, Film)] == [
        {
            "title": "The Ferry", "year": 1961, "rating": "7.5", "directors": ["Ann", "Bo"],
            "money": (None, 1234567), "from": "spreadsheet films.csv",
        }
    ]  # fmt: skip
    assert told([each for each in found if isinstance(each, Finding)]) == [
        ("F805", 3, "The film on line 3 has no title.")
    ]
    assert sheet.used == {
        "films.csv": {
            "Film": "title", "Released": "year", "My Rating": "rating", "Watched Date": "",
            "Director": "directors", "Box Office": "revenue",
        }
    }  # fmt: skip


def test_what_a_writer_says_of_a_column_counts_more_than_the_guess(saved: Saved) -> None:
    sheet = Spreadsheet(columns={"films.csv": {"Watched Date": "notes", "My Rating": ""}})
    films = [each for each in read_films([saved("films.csv", SHEET)], [sheet]) if isinstance(each, Film)]
    assert [(film.rating, film.spoilers[0].body) for film in films] == [("", "x")]


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Title", "Year", "Runtime (mins)", "Genres"])
    book.active.append(["The Ferry", 1961, 97.0, "Drama, Sci-Fi"])
    book.active.append(["Tram", None, None, None])
    book.save(tmp_path / "films.xlsx")
    films, findings = read(tmp_path / "films.xlsx")
    assert ([facts(film) for film in films], told(findings)) == (
        [
            {
                "title": "The Ferry", "year": 1961, "minutes": 97, "genres": ["Drama", "Science Fiction"],
                "from": "spreadsheet films.xlsx",
            }
        ],
        [("F805", 3, "Tram has no year.")],
    )  # fmt: skip


# -------------------------------------------------------------------------- whose file is it?


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NFO, "kodi"), (DIARY, "letterboxd"), (LIST, "letterboxd"), (json.dumps(OMDB), "omdb"),
        (BASICS, "imdb"), (JSON_LD, "schemaorg"), (MICRODATA, "schemaorg"), (OBSIDIAN, "notes"),
        (ZOLA, "notes"), (SHEET, "spreadsheet"), ('{"title": "M", "year": 1931}', "jsonl"),
        ('{"title": "M", "original_title": "M", "release_date": "1931-05-11", "poster_path": null}', "tmdb"),
    ],
)  # fmt: skip
def test_a_file_without_a_telling_name_is_known_by_what_it_holds(saved: Saved, text: str, name: str) -> None:
    path = saved("download", text)
    assert [each.name for each in OURS if each.recognises(path, text.encode())][:1] == [name]


def test_every_importer_of_ours_is_installed() -> None:
    names = {each.name for each in importers()[0]}
    assert {each.name for each in OURS} <= names or not names
