"""One record of JSON Lines -> a film, whatever the record holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from book.findings import finding
from book.importers.genres import genre_named
from book.importers.roles import with_roles
from book.importers.text import clean, clean_line, to_markdown
from book.languages import country_or_as_typed, language_or_as_typed
from book.model import BoxOffice, CastMember, Film, Finding, Kind, Origin, Place, Section, Source
from book.slugs import YEARS, slug_of

_NOTHING = frozenset({"", "n/a", "none", "null", "unknown", "not available", "-", "\\n"})


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
    ids = {ours: facts.line(theirs) for ours, theirs in _IDS.items()}
    return Film(
        slug=slug_of(title, year, next(filter(None, ids.values()), "")),
        title=title,
        year=year,
        original_title="" if original.casefold() == title.casefold() else original,
        premiered=premiered,
        runtime_min=facts.number("runtime_min"),
        languages=_each(language_or_as_typed, facts.lines("languages")),
        countries=_each(country_or_as_typed, facts.lines("countries")),
        directors=facts.lines("directors"),
        writers=facts.lines("writers"),
        cast=with_roles(facts.cast(), plot),
        genres=_each(genre_named, facts.lines("genres")),
        spoiler_themes=facts.lines("keywords"),
        certificate=facts.line("certificate"),
        tagline=facts.line("tagline"),
        box_office=_box_office(facts.number("budget"), facts.number("revenue")),
        ids={name: value for name, value in ids.items() if value},
        origin=Origin(imported=origin, reviewed=False),
        synopsis=Section(Kind.SYNOPSIS, "", to_markdown(clean(facts.text("synopsis")))),
        safe=_more_about(facts.lines("production_companies")),
        spoilers=(Section(Kind.PLOT, "Plot", to_markdown(plot)),) if plot else (),
        fence_line=0,  # every imported entry has a fence, and no line until it is written
        source=Source(facts.place.file, {"title": facts.place.line}),
    )


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
        message = f"The film on line {place.line} has no title."
    elif year is None:
        message = f"{title} has no year."
    else:
        message = f"The year of {title} is {year}."
    return finding("F805", place, message, 'A film needs both, e.g. "title": "Vertigo", "year": 1958')


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
        if not value:
            return None
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            self._leave_out(key, value)
            return None

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
