"""TMDB: a film's details, perhaps with credits, keywords, similar films, release dates; or lists of films."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from book.importers.json_file import objects_of
from book.importers.record import Told, films_of
from book.importers.values import day_of, without_tags, year_of
from book.model import Film, Finding

_KEYS = re.compile(rb'"(?:original_title|genre_ids|belongs_to_collection|poster_path|release_date)"\s*:')
_GENRES = {
    12: "Adventure", 14: "Fantasy", 16: "Animation", 18: "Drama", 27: "Horror", 28: "Action", 35: "Comedy",
    36: "History", 37: "Western", 53: "Thriller", 80: "Crime", 99: "Documentary", 878: "Science Fiction",
    9648: "Mystery", 10402: "Music", 10749: "Romance", 10751: "Family", 10752: "War", 10770: "TV Movie",
}  # fmt: skip
"""TMDB's own numbers of genres, which lists of films give in place of names (/genre/movie/list)."""

_SIMILAR_MOST = 6


class Tmdb:
    """Answers of TMDB's web service."""

    name = "tmdb"
    label = "TMDB JSON"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By a title beside two keys that only TMDB uses together."""
        bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return (
            bare.startswith((b"{", b"["))
            and b'"title"' in bare
            and len(set(_KEYS.findall(bare))) >= 1
            and any(key in bare for key in (b'"original_title"', b'"genre_ids"', b'"overview"'))
        )

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """A film for each object with a title."""
        return films_of(_told(path), self.name, path)


def _told(path: Path) -> Iterator[Told | Finding]:
    for found in objects_of(path, "title"):
        yield found if isinstance(found, Finding) else Told(_record(found[1]), found[0])


def _record(film: Mapping[str, object]) -> dict[str, object]:
    released = str(film.get("release_date") or "")
    credits = _object(film.get("credits"))
    crew = _objects(credits.get("crew"))
    collection = _object(film.get("belongs_to_collection")).get("name")
    genres = _names(film.get("genres")) or [
        _GENRES[number] for number in _list(film.get("genre_ids")) if number in _GENRES
    ]
    spoken = [str(each.get("iso_639_1") or "") for each in _objects(film.get("spoken_languages"))]
    countries = [str(each.get("iso_3166_1") or "") for each in _objects(film.get("production_countries"))]
    outside = _object(film.get("external_ids"))
    homepage = str(film.get("homepage") or "")
    return {
        "title": film.get("title"),
        "original_title": film.get("original_title"),
        "aka": _names(_object(film.get("alternative_titles")).get("titles"), "title"),
        "year": year_of(released[:4]) or film.get("year"),
        "release_date": released if day_of(released) or not year_of(released[:4]) else "",
        "runtime_min": film.get("runtime"),
        "languages": _languages([str(film.get("original_language") or ""), *spoken]),
        "countries": _once(countries) or [str(each) for each in _list(film.get("origin_country"))],
        "directors": _working(crew, jobs={"Director"}),
        "writers": _working(crew, department="Writing"),
        "cinematographers": _working(crew, jobs={"Director of Photography", "Cinematography"}),
        "composers": _working(crew, jobs={"Original Music Composer", "Music"}),
        "cast": [
            {"name": each.get("name"), "role": each.get("character")}
            for each in sorted(_objects(credits.get("cast")), key=_order)
        ],
        "genres": genres,
        "keywords": _names(_object(film.get("keywords")).get("keywords")),
        "series": {"name": re.sub(r"\s+Collection$", "", str(collection))} if collection else "",
        "certificate": _certificate(film),
        "tagline": film.get("tagline"),
        "budget": film.get("budget"),
        "revenue": film.get("revenue"),
        "production_companies": _names(film.get("production_companies")),
        "similar": [
            {"title": each.get("title"), "year": year_of(str(each.get("release_date") or "")[:4])}
            for each in _objects(_object(film.get("similar")).get("results"))[:_SIMILAR_MOST]
        ],
        "links": {"Official site": homepage} if homepage.startswith("http") else {},
        "ids": {
            "imdb": film.get("imdb_id") or outside.get("imdb_id"),
            "tmdb": film.get("id"),
            "wikidata": outside.get("wikidata_id"),
        },
        "synopsis": without_tags(str(film.get("overview") or "")),
    }


def _certificate(film: Mapping[str, object]) -> str:
    """The certificate of the film's own country, else of the United States, else the first there is."""
    home = [str(each) for each in _list(film.get("origin_country"))]
    by_country = {
        str(each.get("iso_3166_1")): next(
            (
                str(one["certification"])
                for one in _objects(each.get("release_dates"))
                if one.get("certification")
            ),
            "",
        )
        for each in _objects(_object(film.get("release_dates")).get("results"))
    }
    wanted = (*home, "US", *by_country)
    return next((by_country[country] for country in wanted if by_country.get(country)), "")


def _working(
    crew: list[dict[str, object]], *, jobs: Container[object] = (), department: str = ""
) -> list[str]:
    return _once(
        [
            str(each.get("name") or "")
            for each in crew
            if each.get("job") in jobs or (department and each.get("department") == department)
        ]
    )


def _languages(codes: list[str]) -> list[str]:
    """TMDB has two codes of its own: cn is Cantonese, and xx a film without words."""
    return _once([{"cn": "yue", "xx": "zxx"}.get(code, code) for code in codes])


def _order(member: Mapping[str, object]) -> float:
    order = member.get("order")
    return order if isinstance(order, int | float) else float("inf")


def _once(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _names(value: object, key: str = "name") -> list[str]:
    return _once([str(each.get(key) or "") for each in _objects(value)])


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, object]]:
    return [each for each in _list(value) if isinstance(each, dict)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
