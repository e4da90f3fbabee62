"""A film in the words of schema.org, less whatever gives it away.

A foundation: the site tells search engines so, and an export tells whoever reads JSON-LD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from book.languages import country_name
from book.model import Film
from book.words import Words

CONTEXT = "https://schema.org"

_ADDRESSES = {
    "imdb": (re.compile(r"tt\d{7,9}", re.ASCII), "https://www.imdb.com/title/{}/"),
    "tmdb": (re.compile(r"\d{1,9}", re.ASCII), "https://www.themoviedb.org/movie/{}"),
    "wikidata": (re.compile(r"Q\d{1,12}", re.ASCII), "https://www.wikidata.org/wiki/{}"),
}
"""Where a film of an id is told of; a number of another shape leads nowhere."""


def movie(film: Film, synopsis: str, words: Words | None = None) -> Mapping[str, object]:
    """The film as a Movie; what is empty is not there.

    `synopsis` is bare text. Countries are called as the guide's `words` have it, in English without them.
    A date of another year than the film's is left out for the year: whoever reads it takes it for the year.
    """

    def people(names: Sequence[str]) -> list[Mapping[str, str]]:
        return [{"@type": "Person", "name": name} for name in dict.fromkeys(names)]

    dated = film.premiered if film.premiered and film.premiered.year == film.year else None
    countries = [country_name(code, words) for code in film.countries]
    known: Mapping[str, object] = {
        "@type": "Movie",
        "name": film.title,
        "alternateName": list(filter(None, dict.fromkeys((film.original_title, *film.aka)))),
        "datePublished": dated.isoformat() if dated else str(film.year or ""),
        "description": synopsis,
        "director": people(film.directors),
        "author": people(film.writers),
        "musicBy": people(film.composers),
        "actor": people([member.name for member in film.cast if not member.spoiler]),
        "genre": list(film.genres),
        "inLanguage": list(film.languages),
        "countryOfOrigin": [{"@type": "Country", "name": name} for name in countries],
        "duration": f"PT{film.runtime_min}M" if film.runtime_min else "",
        "contentRating": film.certificate,
        "isPartOf": {"@type": "MovieSeries", "name": film.series.name} if film.series else None,
        "sameAs": addresses(film),
    }
    return {key: value for key, value in known.items() if value}


def addresses(film: Film) -> list[str]:
    """Where else the film is described, by its ids."""
    return [
        address.format(film.ids[key])
        for key, (shape, address) in _ADDRESSES.items()
        if shape.fullmatch(film.ids.get(key, ""))
    ]


def in_a_page(value: object, *, indent: int | None = None) -> str:
    """JSON that may stand in a page: nothing in it ends the script around it."""
    separators = (",", ":") if indent is None else (",", ": ")
    written = json.dumps(value, ensure_ascii=False, separators=separators, indent=indent)
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
