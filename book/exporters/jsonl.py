"""JSON Lines: a film a line, in the records that the importer of the same name reads.

It carries most of a film: roles, similar films with reasons, links and all ids as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from book.exporters.csv_table import prose
from book.model import Film, Finding, GuideInfo, Kind
from book.withheld import TEXTS


class JsonLines:
    """One JSON object per line and film, in UTF-8."""

    name = "jsonl"
    label = "JSON Lines, one film per line"
    texts = TEXTS
    spoilers = True

    def write(self, films: Sequence[Film], info: GuideInfo) -> tuple[bytes, tuple[Finding, ...]]:
        """What is empty is not there."""
        return "".join(json.dumps(record(film), ensure_ascii=False) + "\n" for film in films).encode(), ()


def record(film: Film) -> Mapping[str, object]:
    """The film by the keys of a record; sums in other currencies than dollars stay behind."""
    sums = film.box_office if film.box_office and film.box_office.currency == "USD" else None
    told: Mapping[str, object] = {
        "title": film.title,
        "year": film.year,
        "original_title": film.original_title,
        "sort_title": film.sort_title,
        "aka": list(film.aka),
        "release_date": film.premiered.isoformat() if film.premiered else "",
        "runtime_min": film.runtime_min,
        "languages": list(film.languages),
        "countries": list(film.countries),
        "directors": list(film.directors),
        "writers": list(film.writers),
        "cinematographers": list(film.cinematographers),
        "composers": list(film.composers),
        "cast": [_filled(name=each.name, role=each.role) for each in film.cast if not each.spoiler],
        "genres": list(film.genres),
        "themes": list(film.themes),
        "series": _filled(name=film.series.name, number=film.series.number) if film.series else None,
        "certificate": film.certificate,
        "rating": film.rating,
        "tagline": film.tagline,
        "budget": sums.budget if sums else None,
        "revenue": sums.gross if sums else None,
        "similar": [
            _filled(title=each.title, year=each.year, why=each.why) for each in film.similar if each.title
        ],
        "links": dict(film.links),
        "ids": dict(film.ids),
        "synopsis": prose(film.synopsis),
        "keywords": list(film.spoiler_themes),
        "plot": "\n\n".join(prose(each) for each in film.spoilers if each.kind is Kind.PLOT),
        "notes": "\n\n".join(
            each.body for each in film.spoilers if each.kind is Kind.OTHER and each.heading == "Notes"
        ),
    }
    return _filled(**told)


def _filled(**values: object) -> Mapping[str, object]:
    return {key: value for key, value in values.items() if value}
