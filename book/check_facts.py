"""Rules about a film's facts and about the sections of its entry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from book.findings import finding
from book.model import SPOILER_KINDS, Film, Finding, Place
from book.proofs import Proofs
from book.slugs import slug_of
from book.titles import fold

FIRST_YEAR = 1874  # Passage de Vénus, the transit of Venus as a series of photographs
YEARS_AHEAD = 5
LONGEST_RUNTIME_MIN = 900
LONGEST_TITLE = 200
PREMIERE_YEARS = 2


def title_is_there(film: Film, _: Proofs) -> Iterator[Finding]:
    """A film has a title, and one that fits a page. A title that could not be read was reported then."""
    if "title" not in film.source.lines:
        yield finding(
            "F110",
            film.source.at("title"),
            f"{film.slug} has no title.",
            "Add the line title: with the film's name.",
        )
    elif len(film.title) > LONGEST_TITLE:
        yield finding(
            "F115",
            film.source.at("title"),
            f"The title is {len(film.title)} characters long; a page has room for {LONGEST_TITLE}.",
            f'Shorten it, e.g. title: "{film.title[:30].strip()}…".',
        )


def year_is_possible(film: Film, proofs: Proofs) -> Iterator[Finding]:
    """A film has a year in which there were films. A year that could not be read was reported then."""
    latest = proofs.this_year + YEARS_AHEAD
    if "year" not in film.source.lines:
        yield finding(
            "F111",
            film.source.at("year"),
            f"{film.slug} has no year.",
            "Add the line year: with the four digits of its first release.",
        )
    elif film.year and not FIRST_YEAR <= film.year <= latest:
        when = "before there were moving pictures" if film.year < FIRST_YEAR else "too far ahead to be known"
        yield finding(
            "F112",
            film.source.at("year"),
            f"year is {film.year}, which is {when}.",
            f"Write a year from {FIRST_YEAR} to {latest}.",
        )


def runtime_is_possible(film: Film, _: Proofs) -> Iterator[Finding]:
    """A film lasts a minute at least and fifteen hours at most."""
    if film.runtime_min is not None and not 1 <= film.runtime_min <= LONGEST_RUNTIME_MIN:
        yield finding(
            "F113",
            film.source.at("runtime"),
            f"runtime is {film.runtime_min} minutes.",
            "Write whole minutes, e.g. runtime: 128",
        )


def premiere_fits_the_year(film: Film, _: Proofs) -> Iterator[Finding]:
    """The premiere lies within two years of the film's year."""
    if film.premiered and film.year and abs(film.premiered.year - film.year) > PREMIERE_YEARS:
        yield finding(
            "F114",
            film.source.at("premiered"),
            f"premiered is {film.premiered.isoformat()}, but year is {film.year}.",
            "Mend the one that is mistyped; if both are right, let them stand.",
        )


def slug_ends_with_the_year(film: Film, _: Proofs) -> Iterator[Finding]:
    """The slug ends with the year, or with a number behind it where two films share title and year."""
    # A year that is missing or unread is a finding of its own already.
    if film.year and not re.search(rf"(?:^|-){film.year}(?:-\d)?$", film.slug):
        yield finding(
            "F116",
            film.source.at("year"),
            f"{film.slug} does not end with its year, {film.year}.",
            f"Rename the file to {slug_of(film.title, film.year)}.md, or mend the year.",
        )


def entry_was_reviewed(film: Film, _: Proofs) -> Iterator[Finding]:
    """Somebody has read the entry since it was imported."""
    if not film.origin.reviewed:
        origin = f" from {film.origin.imported}" if film.origin.imported else ""
        yield finding(
            "F118",
            film.source.at("source"),
            f"{film.slug} was imported{origin}, and nobody has reviewed it yet.",
            "Read it for spoilers, then set reviewed: true under source.",
        )


def films_are_distinct(proofs: Proofs) -> Iterator[Finding]:
    """No two entries tell of one film: neither the same slug but for capitals, nor title and year alike.

    Namesakes of one year exist (two thrillers called ATM came out in 2012); different directors
    tell them apart.
    """
    by_slug: dict[str, list[Film]] = defaultdict(list)
    by_title: dict[tuple[str, int], list[Film]] = defaultdict(list)
    for film in proofs.films:
        by_slug[film.slug.casefold()].append(film)
        if film.title and film.year:
            by_title[fold(film.title), film.year].append(film)
    for group in by_slug.values():
        for first, second in pairwise(group):
            yield finding(
                "F006",
                Place(second.source.file),
                f"{second.source.file} and {first.source.file} have one name, capitals aside.",
                "Rename one of them; the year at the end tells remakes apart.",
            )
    for group in by_title.values():
        for first, second in pairwise(group):
            if first.slug.casefold() != second.slug.casefold() and _may_be_one(first, second):
                yield finding(
                    "F006",
                    second.source.at("title"),
                    f"{second.slug} and {first.slug} are both {second.title} ({second.year}).",
                    "Take one of them out; if they are two films, give both their directors.",
                )


def _may_be_one(first: Film, second: Film) -> bool:
    if not first.directors or not second.directors:
        return True
    return not {fold(name) for name in first.directors}.isdisjoint(fold(name) for name in second.directors)


def synopsis_is_there(film: Film, _: Proofs) -> Iterator[Finding]:
    """Something can be read before the film is seen."""
    if not film.synopsis.body.strip():
        yield finding(
            "F117",
            Place(film.source.file, film.synopsis.line or 1),
            f"{film.slug} has no synopsis.",
            "Write a paragraph straight after the front matter that gives nothing away.",
        )


def fence_stands(film: Film, _: Proofs) -> Iterator[Finding]:
    """What tells the story stands below the fence, and there is a fence with something below it."""
    exposed = tuple(section for section in film.safe if section.kind in SPOILER_KINDS)
    for section in exposed:
        yield finding(
            "F202",
            Place(film.source.file, section.line),
            f"{section.heading or section.kind.value.title()} stands above the fence, for all to read.",
            f"Move it below # Spoilers, which is line {film.fence_line}."
            if film.fence_line
            else "Put the heading # Spoilers above it.",
        )
    if film.fence_line is None:
        if not film.spoilers and not exposed:
            yield finding(
                "F201",
                Place(film.source.file),
                f"{film.slug} has no # Spoilers heading, and nothing that belongs below one.",
                "Add the line # Spoilers, and below it ## Plot with the whole story.",
            )
    elif not any(section.body.strip() for section in film.spoilers):
        yield finding(
            "F203",
            Place(film.source.file, film.fence_line),
            f"{film.slug} has nothing below # Spoilers.",
            "Write ## Plot and the story below it, or take the heading out.",
        )
