"""OMDb: one answer, a list of them, or one a line. Every value is a text, and "N/A" is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from book.findings import finding
from book.importers.json_file import objects_of
from book.importers.record import Told, films_of
from book.importers.text import clean_line
from book.importers.values import day_of, names_in, sum_of, without_tags, year_of
from book.model import Film, Finding, Place

_KINDS = {"series": "a series", "episode": "an episode of a series", "game": "a game"}
_CREDIT = re.compile(r"\s*\([^()]*\)")
_ANSWER = re.compile(rb'"(?:Title|Search)"\s*:|"Response"\s*:\s*"(?:True|False)"')


class Omdb:
    """Answers of the OMDb web service."""

    name = "omdb"
    label = "OMDb JSON"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By a title with a capital letter beside another of OMDb's keys."""
        bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not bare.startswith((b"{", b"[")) or not _ANSWER.search(bare):
            return False
        return any(key in bare for key in (b'"imdbID"', b'"Response"', b'"Rated"', b'"Type"'))

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """A film for each answer that holds one; series, episodes, games and refusals are findings."""
        return films_of(_told(path), self.name, path)


def _told(path: Path) -> Iterator[Told | Finding]:
    for found in objects_of(path, "Title"):
        if isinstance(found, Finding):
            yield found
            continue
        line, answer = found
        place = Place(path.as_posix(), line)
        kind = str(answer.get("Type") or "").casefold()
        title = clean_line(str(answer.get("Title") or ""))
        if answer.get("Response") == "False":
            said = clean_line(str(answer.get("Error") or "no film was found"))
            yield finding("F810", place, f"OMDb gave no film here, and said: {said}")
        elif kind in _KINDS:
            yield finding("F810", place, f"{title or 'This record'} is {_KINDS[kind]}, and was left out.")
        else:
            yield Told(_record(answer), line)


def _record(answer: Mapping[str, object]) -> dict[str, object]:
    def text(key: str) -> str:
        value = clean_line(str(answer.get(key) or ""))
        return "" if value.casefold() in {"n/a", "none"} else value

    released = text("Released")
    return {
        "title": text("Title"),
        "year": year_of(text("Year")) or year_of(released),
        "release_date": released if day_of(released) or not year_of(released) else "",
        "runtime_min": text("Runtime").replace(",", ""),
        "languages": list(names_in(text("Language"))),
        "countries": list(names_in(text("Country"))),
        "directors": _people(text("Director")),
        "writers": _people(text("Writer")),
        "cast": list(names_in(text("Actors"))),
        "genres": list(names_in(text("Genre"))),
        "certificate": "" if text("Rated").casefold() in {"not rated", "unrated"} else text("Rated"),
        "revenue": sum_of(text("BoxOffice")),
        "production_companies": list(names_in(text("Production"))),
        "links": {"Official site": text("Website")} if text("Website").startswith("http") else {},
        "ids": {"imdb": text("imdbID")},
        "synopsis": without_tags(text("Plot")),
    }


def _people(text: str) -> list[str]:
    """Names without what each did, "(screenplay by)"; whoever did two things stands once."""
    return list(names_in(_CREDIT.sub("", text)))
