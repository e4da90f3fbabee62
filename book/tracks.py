"""Reading paths: `[[track]]` tables of guide.toml, and the films that they lead through in order.

A foundation: reading asks it for plans, check and arrange for the films that a plan means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from book.guide_file import LONGEST_TITLE, Table
from book.model import Film, ReadingPath, Stop
from book.titles import fold, title_key
from book.words import marked

ORDERS = ("release", "number", "story")
"""What a path may go by: premieres, the series' own numbers, or the time in which its stories are set."""

ORDER_WORDS: Mapping[str, str] = {
    "release": marked("In the order in which they came out"),
    "number": marked("In the order of the series"),
    "story": marked("In the order of the story"),
}
"""What a path says of its order."""


@dataclass(frozen=True, slots=True)
class TrackPlan:
    """A `[[track]]` table: a series, or films by slug, which stand as given unless `by` sorts them.

    `why` are a few words on a film, by its slug as typed. `line` is the table's, from 1.
    """

    title: str
    by: str = ""
    series: str = ""
    films: tuple[str, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    line: int = 0


def read_track(table: Table) -> TrackPlan:
    """The plan of a table; what cannot be read is noted there."""
    title = table.text("title", longest=LONGEST_TITLE)
    if not title and isinstance(table.values.get("title", ""), str):
        table.say("F506", "", "A reading path has no title.", 'Write title = "…" under [[track]].')
    stops = tuple(_stops(table))
    plan = TrackPlan(
        title=title,
        by=table.word("by", ORDERS),
        series=table.text("series", longest=LONGEST_TITLE),
        films=tuple(dict.fromkeys(film for film, _ in stops)),
        why={film: why for film, why in reversed(stops) if why},
        note=table.text("note"),
        line=table.line(),
    )
    table.close()
    return plan


def _stops(table: Table) -> Iterator[tuple[str, str]]:
    """Films as they are typed, "slug" or { film = "slug", why = "…" }, with the words on each."""
    values = table.values.get("films")
    if not isinstance(values, list) or not any(isinstance(value, dict) for value in values):
        yield from ((film, "") for film in table.texts("films"))
        return
    table.knows("films")
    for number, value in enumerate(values):
        if isinstance(value, str):
            value = {"film": value}
        if not isinstance(value, dict):
            message = f"films under [[track]] holds {value!r}, which is no film."
            table.say("F502", "films", message, 'Write a slug, or { film = "…", why = "…" }.')
            continue
        stop = table.within(value, f"{table.path}.films[{number}]")
        film, why = stop.text("film"), stop.text("why")
        stop.close()
        if film:
            yield film, why
        elif isinstance(value.get("film", ""), str):
            table.say("F506", "films", "A stop of a reading path names no film.", 'Write { film = "…" }.')


def films_of(plan: TrackPlan, films: Sequence[Film], language: str = "en") -> tuple[Film, ...]:
    """The films of a path in its order; what the plan names and the guide does not have is passed over."""
    by_slug = {film.slug.casefold(): film for film in films}
    named = [by_slug[name.casefold()] for name in plan.films if name.casefold() in by_slug]
    if plan.series and not plan.films:
        named = [film for film in films if film.series and fold(film.series.name) == fold(plan.series)]
        named.sort(key=lambda film: _released(film, language))
    if plan.by == "release":
        named.sort(key=lambda film: _released(film, language))
    elif plan.by == "number":
        named.sort(key=lambda film: (_number(film), _released(film, language)))
    return tuple(named)


def reading_paths(
    plans: Sequence[TrackPlan], films: Sequence[Film], language: str = "en"
) -> tuple[ReadingPath, ...]:
    """The paths that lead through at least two films."""
    paths = []
    for plan in plans:
        why = {name.casefold(): words for name, words in plan.why.items()}
        stops = tuple(
            Stop(film.slug, film.title, film.year, why.get(film.slug.casefold(), ""))
            for film in films_of(plan, films, language)
        )
        if len(stops) > 1:
            paths.append(ReadingPath(plan.title, stops, plan.note, plan.by))
    return tuple(paths)


def _released(film: Film, language: str) -> tuple[object, ...]:
    """By premiere; a film whose day is not known comes after those of its year whose day is."""
    day = film.premiered
    when = (day.year, day.month, day.day) if day else (film.year, 13, 0)
    return *when, title_key(film, language)


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _number(film: Film) -> float:
    """The place in the series as a number: 2, 1.5, III; after all others where it is none."""
    typed = film.series.number.strip() if film.series else ""
    if re.fullmatch(r"\d+(?:[.,]\d+)?", typed, re.ASCII):
        return float(typed.replace(",", "."))
    if typed and set(typed.upper()) <= _ROMAN.keys():
        values = [_ROMAN[sign] for sign in typed.upper()]
        following = [*values[1:], 0]
        return float(sum(-one if one < after else one for one, after in zip(values, following, strict=True)))
    return float("inf")
