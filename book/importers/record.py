"""One record -> a film, whatever the record holds. Every format is brought to records of these keys.

title, year, original_title, sort_title, aka, release_date, runtime_min, languages, countries, directors,
writers, cinematographers, composers, cast (name, role), genres, themes, keywords (they may spoil), series
({name, number}), certificate, rating, tagline, budget, revenue, production_companies, similar ({title, year,
why}), links and ids (name: value), synopsis, plot (bare text), notes (Markdown of the writer's own).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from book.findings import finding
from book.importers.genres import genre_named
from book.importers.roles import with_roles
from book.importers.text import clean, clean_line, to_markdown
from book.importers.values import day_of, minutes_of
from book.languages import country_or_as_typed, language_or_as_typed
from book.model import (
    BoxOffice,
    CastMember,
    Film,
    Finding,
    Kind,
    Origin,
    Place,
    Section,
    Series,
    SimilarLink,
    Source,
)
from book.slugs import YEARS, slug_of

_NOTHING = frozenset({"", "n/a", "none", "null", "unknown", "not available", "-", "\\n"})


@dataclass(frozen=True, slots=True)
class Told:
    """A record as a format tells it, by the keys above; `line` counts from 1, 0 is the whole file."""

    record: Mapping[str, object]
    line: int = 0


def films_of(told: Iterable[Told | Finding], name: str, path: Path) -> Iterator[Film | Finding]:
    """The films of all records of a file that the importer `name` has read; findings pass through."""
    origin = f"{name} {clean_line(path.name)}"
    for each in told:
        if isinstance(each, Finding):
            yield each
        else:
            yield from film_of(each.record, Place(path.as_posix(), each.line), origin)


def film_of(record: Mapping[str, object], place: Place, origin: str) -> Iterator[Film | Finding]:
    """The film, if the record has a title and a year, and a finding for each fact that was left out."""
    facts = _Facts(record, place)
    title = facts.line("title")
    premiered = facts.day("release_date")
    year = facts.number("year") or (premiered.year if premiered else None)
    if not title or year is None or year not in YEARS:
        yield _nameless(title, year, place)
        return
    film = _film(facts, title, year, premiered, origin)
    yield from facts.findings
    yield film


def _film(facts: _Facts, title: str, year: int, premiered: date | None, origin: str) -> Film:
    plot = clean(facts.text("plot"))
    original = facts.line("original_title")
    ids = {ours: facts.line(theirs) for ours, theirs in _IDS.items()} | facts.named("ids")
    return Film(
        slug=slug_of(title, year, next(filter(None, ids.values()), "")),
        title=title,
        year=year,
        original_title="" if original.casefold() == title.casefold() else original,
        sort_title=facts.line("sort_title"),
        aka=tuple(name for name in facts.lines("aka") if name not in {title, original}),
        premiered=premiered,
        runtime_min=facts.minutes("runtime_min"),
        languages=_each(_language, facts.lines("languages")),
        countries=_each(_country, facts.lines("countries")),
        directors=facts.lines("directors"),
        writers=facts.lines("writers"),
        cinematographers=facts.lines("cinematographers"),
        composers=facts.lines("composers"),
        cast=with_roles(facts.cast(), plot) if plot else facts.cast(),
        genres=_each(genre_named, facts.lines("genres")),
        themes=facts.lines("themes"),
        spoiler_themes=facts.lines("keywords"),
        series=facts.series(),
        certificate=facts.line("certificate"),
        rating=facts.line("rating"),
        tagline=facts.line("tagline"),
        box_office=_box_office(facts.number("budget"), facts.number("revenue")),
        ids={name: value for name, value in ids.items() if value},
        links=facts.named("links"),
        similar=facts.similar(title),
        origin=Origin(imported=origin, reviewed=False),
        synopsis=Section(Kind.SYNOPSIS, "", to_markdown(clean(facts.text("synopsis")))),
        safe=_more_about(facts.lines("production_companies")),
        spoilers=_below(plot, str(facts.record.get("notes") or "").strip()),
        fence_line=0,  # every imported entry has a fence, and no line until it is written
        source=Source(facts.place.file, {"title": facts.place.line}),
    )


@lru_cache(maxsize=2_000)
def _language(name: str) -> str:
    # Twice, as a name may lead to a tag that has a newer one: Tagalog is tl, and tl is fil.
    return language_or_as_typed(language_or_as_typed(name))


@lru_cache(maxsize=2_000)
def _country(name: str) -> str:
    found = country_or_as_typed(name)
    return _country_names().get(found.casefold(), found) if len(found) > 2 else found


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    """Countries by what German, French, Spanish, Italian and Portuguese call them."""
    from babel import Locale

    return {
        name.casefold(): code
        for language in ("pt", "it", "es", "fr", "de")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }


def _below(plot: str, notes: str) -> tuple[Section, ...]:
    """What stands below the fence; notes of the writer's own may give everything away as well."""
    told = (Section(Kind.PLOT, "Plot", to_markdown(plot)), Section(Kind.OTHER, "Notes", notes))
    return tuple(section for section in told if section.body)


_IDS = {"imdb": "imdb_id", "tmdb": "tmdb_id", "wikipedia": "wikipedia_page_id", "movielens": "movielens_id"}


def _more_about(companies: tuple[str, ...]) -> tuple[Section, ...]:
    if not companies:
        return ()
    return (Section(Kind.MORE, "More about", f"### Production\n\n{to_markdown(', '.join(companies))}"),)


def _box_office(budget: int | None, gross: int | None) -> BoxOffice | None:
    return BoxOffice(budget, gross, "USD") if budget or gross else None


def _each(name: Callable[[str], str], values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(name, values)))


def _nameless(title: str, year: int | None, place: Place) -> Finding:
    if not title:
        where = f"on line {place.line}" if place.line else f"in {Path(place.file).name}"
        message = f"The film {where} has no title."
    elif year is None:
        message = f"{title} has no year."
    else:
        message = f"The year of {title} is {year}."
    json_line = place.file.endswith((".jsonl", ".ndjson", ".gz"))
    example = '"title": "Vertigo", "year": 1958' if json_line else "Vertigo, 1958"
    return finding("F805", place, message, f"A film needs both, e.g. {example}")


@dataclass(frozen=True, slots=True)
class _Facts:
    """The values of a record by key; those that cannot be what they should be are noted as findings."""

    record: Mapping[str, object]
    place: Place
    findings: list[Finding] = field(default_factory=list)

    def text(self, key: str) -> str:
        """A text as it stands, line breaks and all; empty when it is unknown."""
        value = self.record.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return "" if str(value).strip().casefold() in _NOTHING else str(value)
        if value is not None:
            self._leave_out(key, value)
        return ""

    def line(self, key: str) -> str:
        """A text on one line; empty when it is unknown."""
        return clean_line(self.text(key))

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of names, each once; a lone name is a list of one."""
        value = self.record.get(key)
        if not isinstance(value, list):
            return (name,) if (name := self.line(key)) else ()
        for each in value:
            if not isinstance(each, str | None):
                self._leave_out(key, each)
        names = (clean_line(each) for each in value if isinstance(each, str))
        return tuple(dict.fromkeys(name for name in names if name.casefold() not in _NOTHING))

    def cast(self) -> tuple[CastMember, ...]:
        """The performers in order, as {name, role} or as bare names; whoever plays two roles stands twice."""
        value = self.record.get("cast") or []
        members: list[CastMember] = []
        for each in value if isinstance(value, list) else [value]:
            person = each if isinstance(each, dict) else {"name": each}
            name, role = person.get("name"), person.get("role")
            if isinstance(name, str) and isinstance(role, str | None):
                members.append(CastMember(clean_line(name), clean_line(role or "")))
            else:
                self._leave_out("cast", each)
        with_role = {member.name for member in members if member.role}
        named = (
            member for member in members if member.name and (member.role or member.name not in with_role)
        )
        return tuple(dict.fromkeys(named))

    def series(self) -> Series | None:
        """A series, as {name, number} or by its bare name."""
        value = self.record.get("series")
        if isinstance(value, Mapping):
            name, number = (clean_line(str(value.get(key) or "")) for key in ("name", "number"))
            return Series(name, number) if name else None
        name = self.line("series")
        return Series(name) if name else None

    def similar(self, title: str) -> tuple[SimilarLink, ...]:
        """Films that the record calls similar, each {title, year, why}; never the film itself."""
        value = self.record.get("similar") or ()
        links = []
        for each in value if isinstance(value, list | tuple) else ():
            named = each if isinstance(each, Mapping) else {"title": each}
            name, year = clean_line(str(named.get("title") or "")), named.get("year")
            if name and name.casefold() != title.casefold():
                why = clean_line(str(named.get("why") or ""))
                links.append(SimilarLink(title=name, year=year if isinstance(year, int) else None, why=why))
        return tuple(dict.fromkeys(links))

    def named(self, key: str) -> dict[str, str]:
        """Values by their names, such as {imdb: tt0078748}; those that say nothing are not there."""
        value = self.record.get(key)
        pairs = value.items() if isinstance(value, Mapping) else ()
        told = {str(name): clean_line(str(each)) for name, each in pairs if each is not None}
        return {name: each for name, each in told.items() if each.casefold() not in _NOTHING}

    def minutes(self, key: str) -> int | None:
        """A length in minutes, written in any of the usual ways; 0 is unknown."""
        value = self.record.get(key)
        if isinstance(value, str) and value.strip() and (minutes := minutes_of(value)) is not None:
            return minutes
        return self.number(key)

    def number(self, key: str) -> int | None:
        """A whole number above 0; 0 is how databases write what they do not know."""
        value = self.record.get(key)
        if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,15}(?:\.0*)?\s*", value):
            value = float(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15:
            return value or None
        if value is not None and str(value).strip().casefold() not in _NOTHING:
            self._leave_out(key, value)
        return None

    def day(self, key: str) -> date | None:
        """A date as 1995-10-27, perhaps with a time behind it."""
        value = self.text(key).strip()
        found = day_of(value) if value else None
        if value and found is None:
            self._leave_out(key, value)
        return found

    def _leave_out(self, key: str, value: object) -> None:
        what = json.dumps(value, ensure_ascii=False)
        shown = what if len(what) <= 60 else f"{what[:60]}…"
        self.findings.append(
            finding("F806", self.place, f"{key} is {shown}, which was left out.", _HINTS.get(key, ""))
        )


_HINTS = {
    "cast": 'A performer is {"name": "Kim Novak", "role": "Madeleine"}; the role may be null.',
    "release_date": "A date is year, month and day, e.g. 1958-05-09",
    "runtime_min": "The runtime is in whole minutes, e.g. 128",
    "year": "A year is four digits, e.g. 1958",
}
