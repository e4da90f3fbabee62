"""Indexes of headings with films beneath, each a declaration: what a film stands under, and in what order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from book.languages import country_name, language_name
from book.model import Film
from book.selection import decade
from book.words import Words, marked


class Order(Enum):
    """How the films beneath a heading stand."""

    YEAR = "year"
    TITLE = "title"
    TITLE_ALONE = "title alone"  # the heading says the year
    NUMBER = "number"  # their places in a series


Headings = Iterable[tuple[str, str]]
"""What a film stands under, each with a note for its line there: a role, a number."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An index by subject. `of_people`: headings are names, to be filed by surname.

    `rank` orders headings otherwise than as words, and `group` names the group of one; without `lettered` and
    `group`, the headings stand in one group without a name. `note` puts a note into words.
    """

    title: str
    headings: Callable[[Film, Words], Headings]
    order: Order = Order.TITLE
    of_people: bool = False
    lettered: bool = True
    rank: Callable[[str], tuple[float, ...]] | None = None
    group: Callable[[str, Words], str] | None = None
    note: Callable[[str, Words], str] = lambda note, _: note


def _plain(values: Iterable[str]) -> Headings:
    return [(value, "") for value in values]


def _capital(values: Iterable[str]) -> Headings:
    return [(value[:1].upper() + value[1:], "") for value in values]


def _people(names: Callable[[Film], Iterable[str]], title: str) -> Subject:
    return Subject(title, lambda film, _: _plain(names(film)), Order.YEAR, of_people=True)


def _decade_of(year: str, words: Words) -> str:
    return words.gettext("The %(decade)ds") % {"decade": decade(int(year))}


def _descending(rating: str) -> tuple[float, ...]:
    """Best first: by the first number in the rating, or by its stars; words come last."""
    stars = rating.count("★") + rating.count("*") + rating.count("½") / 2
    number = re.search(r"\d+(?:[.,]\d+)?", rating)
    value = float(number[0].replace(",", ".")) if number else stars
    return (-value, len(rating))


def _first_number(text: str) -> tuple[float, ...]:
    """Certificates in words before those for an age, and those by age."""
    number = re.search(r"\d+", text)
    return (float(number[0]),) if number and text[:1].isdigit() else (-1.0,)


SUBJECTS: Mapping[str, Subject] = {
    "director": _people(lambda film: film.directors, marked("Index of directors")),
    "writer": _people(lambda film: film.writers, marked("Index of writers")),
    "cinematographer": _people(lambda film: film.cinematographers, marked("Index of cinematographers")),
    "composer": _people(lambda film: film.composers, marked("Index of composers")),
    "cast": Subject(
        marked("Index of performers"),
        lambda film, _: [(part.name, part.role) for part in film.cast if not part.spoiler],
        Order.YEAR,
        of_people=True,
    ),
    "genre": Subject(marked("Films by genre"), lambda film, _: _capital(film.genres), lettered=False),
    "theme": Subject(marked("Index of themes"), lambda film, _: _capital(film.themes)),
    "country": Subject(
        marked("Films by country"),
        lambda film, words: _capital(country_name(code, words) for code in film.countries),
        lettered=False,
    ),
    "language": Subject(
        marked("Films by language"),
        lambda film, words: _capital(language_name(tag, words) for tag in film.languages),
        lettered=False,
    ),
    "series": Subject(
        marked("Index of series"),
        lambda film, _: [(film.series.name, film.series.number)] if film.series else [],
        Order.NUMBER,
        note=lambda number, words: words.gettext("no. %(number)s") % {"number": number},
    ),
    "year": Subject(
        marked("Films by year"),
        lambda film, _: [(str(film.year), "")] if film.year else [],
        Order.TITLE_ALONE,
        rank=lambda year: (float(year),),
        group=_decade_of,
    ),
    "decade": Subject(
        marked("Films by decade"),
        lambda film, words: [(_decade_of(str(film.year), words), "")] if film.year else [],
        Order.YEAR,
        rank=lambda words: tuple(map(float, re.findall(r"\d+", words))),
    ),
    "certificate": Subject(
        marked("Films by certificate"),
        lambda film, _: _plain(filter(None, (film.certificate,))),
        lettered=False,
        rank=_first_number,
    ),
    "rating": Subject(
        marked("Films by rating"),
        lambda film, _: _plain(filter(None, (film.rating,))),
        lettered=False,
        rank=_descending,
    ),
}
"""What guide.toml may list under [indexes], besides similar, title and checklist."""
