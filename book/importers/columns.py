"""Which column of a spreadsheet is which fact: guessed by its heading, and kept for a writer to put right."""

from __future__ import annotations

import re
import textwrap
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

FILE = "columns.toml"
"""Beside guide.toml: a table for each spreadsheet, a line for each column."""

Columns = Mapping[str, str]
"""A column's heading -> the fact that its cells are, empty where it is left out."""

FACTS = {
    "title": "title film movie name filmtitle movietitle titel titre titulo titolo название",
    "original_title": "originaltitle originaltitel titreoriginal titulooriginal",
    "sort_title": "sorttitle",
    "aka": "aka alsoknownas alternativetitles othertitles",
    "year": "year released releaseyear yearreleased yearofrelease jahr annee ano anno год releaseyr",
    "release_date": "release releasedate premiered premiere datereleased datepublished dateofrelease релиз",
    "runtime_min": "runtime runtimemin runtimemins runtimeminutes minutes mins length duration laufzeit duree"
    " время",
    "languages": "language languages originallanguage sprache langue idioma lingua",
    "countries": "country countries countryoforigin land pays pais paese",
    "directors": "director directors directedby regie realisateur realisation regista режисер режиссер",
    "writers": "writer writers screenplay screenwriter screenwriters writtenby drehbuch scenario",
    "cinematographers": "cinematographer cinematography directorofphotography dop kamera",
    "composers": "composer composers music musicby musik",
    "cast": "cast actors actor starring stars besetzung acteurs актеры",
    "genres": "genre genres жанр",
    "themes": "tags tag themes theme",
    "keywords": "keywords keyword plotkeywords",
    "series": "series franchise collection set",
    "certificate": "certificate certification mpaa rated contentrating",
    "rating": "rating myrating yourrating userrating stars5 score myscore grade note bewertung оценка",
    "tagline": "tagline",
    "budget": "budget",
    "revenue": "revenue gross boxoffice worldwidegross",
    "synopsis": "synopsis summary description overview logline excerpt plotsummary описание",
    "plot": "plot handlung",
    "notes": "notes review comment comments thoughts",
    "imdb": "imdb imdbid const tconst imdblink imdburl",
    "tmdb": "tmdb tmdbid",
    "letterboxd": "letterboxd letterboxduri",
}
"""Our facts, and the headings that mean them, without blanks and signs."""

_MEANS = {heading: fact for fact, headings in FACTS.items() for heading in headings.split()}


def fact_named(heading: str) -> str:
    """The fact that a heading means; empty where it means none that we know."""
    return _MEANS.get(_bare(heading), "")


def guess(headings: Iterable[str]) -> dict[str, str]:
    """What each column is; of two that mean the same the first counts."""
    columns: dict[str, str] = {}
    for heading in headings:
        fact = fact_named(heading)
        if heading.strip():
            columns[heading] = "" if fact in columns.values() else fact
    return columns


def _bare(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return re.sub(r"[^\w]|_", "", "".join(each for each in letters if not unicodedata.combining(each)))


def saved_columns(text: str) -> dict[str, dict[str, str]]:
    """The columns of each spreadsheet as the file has them. Raises tomllib.TOMLDecodeError."""
    return {
        name: {str(heading): str(fact) for heading, fact in table.items()}
        for name, table in tomllib.loads(text).items()
        if isinstance(table, dict)
    }


def columns_text(columns: Mapping[str, Columns]) -> str:
    """The file for these columns, with a line that says what may be written in it."""
    lines = [
        "# Which column of a spreadsheet is which fact. Change a word on the right and import again;",
        '# "" leaves a column out. The words that there are:',
        *textwrap.wrap(", ".join(FACTS), 90, initial_indent="# ", subsequent_indent="# "),
    ]
    for name in sorted(columns):
        lines += ["", f"[{_quoted(name)}]"]
        lines += [f"{_quoted(heading)} = {_quoted(fact)}" for heading, fact in columns[name].items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda sign: f"\\u{ord(sign[0]):04X}", escaped) + '"'


def read_columns(root: Path) -> dict[str, dict[str, str]]:
    """The columns that are kept in the guide's folder; none where the file is not there.

    Raises tomllib.TOMLDecodeError where it is no TOML, OSError where it cannot be read.
    """
    file = root / FILE
    return saved_columns(file.read_text("utf-8")) if file.is_file() else {}
