"""Which films a writer means: by a chapter's list or query, by a similar link, by a mistyped slug.

A foundation: check says what a plan or a link misses, arrange and relate act on the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from book.config import ChapterPlan
from book.languages import country_name, language_name
from book.model import Film, SimilarLink, Slug
from book.titles import fold, sort_key, split_article, surname_first, title_key

# ------------------------------------------------------------------------------------- chapters


def select(plan: ChapterPlan, films: Sequence[Film], guide_language: str = "en") -> tuple[Film, ...]:
    """The films of a chapter, each once, in its order.

    Films by hand come first, those of a glob by year; a query adds to them. `sort` reorders all of it.
    """
    chosen: dict[Slug, Film] = {}
    shelf = {film.slug.casefold(): film for film in films}
    for name in plan.films:
        # Most lists name thousands of films one by one; only a glob has to look at all of them.
        meant = named(name, films if is_glob(name) else filter(None, [shelf.get(name.casefold())]))
        chosen |= {film.slug: film for film in meant if film.slug not in chosen}
    if plan.where:
        wanted = {key: frozenset(map(_comparable, values)) for key, values in plan.where.items()}
        answer = [film for film in films if _answers(film, wanted)]
        chosen |= {film.slug: film for film in in_order(answer, "year") if film.slug not in chosen}
    return in_order(chosen.values(), plan.sort, guide_language)


def named(name: str, films: Iterable[Film]) -> tuple[Film, ...]:
    """The films that a slug or a glob means, by year; empty when it means none."""
    pattern = name.casefold()
    return in_order((film for film in films if fnmatchcase(film.slug.casefold(), pattern)), "year")


def is_glob(name: str) -> bool:
    """Whether the name may stand for several films."""
    return any(sign in name for sign in "*?[")


def in_order(films: Iterable[Film], sort: str, guide_language: str = "en") -> tuple[Film, ...]:
    """The films by year, title or director; as given for any other word."""
    if sort == "year":
        return tuple(sorted(films, key=lambda film: by_year(film, guide_language)))
    if sort == "title":
        return tuple(sorted(films, key=lambda film: title_key(film, guide_language)))
    if sort == "director":
        return tuple(sorted(films, key=lambda film: (_director(film), by_year(film, guide_language))))
    return tuple(films)


def by_year(film: Film, guide_language: str = "en") -> tuple[object, ...]:
    """Sort key of a film by year; within a year by title, for few premieres are known to the day."""
    return film.year, title_key(film, guide_language)


def decade(year: int) -> int:
    """The first year of the year's decade: 1990 for 1995."""
    return year // 10 * 10


def values_of(film: Film, key: str) -> tuple[str, ...]:
    """What a film answers to a query's key; a code answers by its English name as well."""
    match key:
        case "genre":
            return film.genres
        case "theme":
            return film.themes  # themes that spoil must not gather a chapter either
        case "director":
            return film.directors
        case "country":
            return film.countries + tuple(map(country_name, film.countries))
        case "language":
            return film.languages + tuple(map(language_name, film.languages))
        case "decade":
            return (str(decade(film.year)), f"{decade(film.year)}s", f"The {decade(film.year)}s")
        case "year":
            return (str(film.year),)
        case "series":
            return (film.series.name,) if film.series else ()
    return ()


def _answers(film: Film, wanted: Mapping[str, frozenset[str]]) -> bool:
    return all(
        not wishes.isdisjoint(map(_comparable, values_of(film, key))) for key, wishes in wanted.items()
    )


def _comparable(value: str) -> str:
    return " ".join(fold(value).split())


def _director(film: Film) -> tuple[object, ...]:
    # Films without a director go to the end of the chapter.
    return (0, sort_key(surname_first(film.directors[0]))) if film.directors else (1,)


# ---------------------------------------------------------------------------------------- links


@dataclass(frozen=True)
class Catalogue:
    """The films of a guide, to be found by slug or by title."""

    by_slug: Mapping[str, Film]
    by_title: Mapping[tuple[str, ...], tuple[Film, ...]]  # folded titles, originals and others too

    def meant_by(self, link: SimilarLink) -> tuple[Film, ...]:
        """The films that a similar link may mean, by year.

        None: beyond the guide. Several: the title alone does not tell them apart. Capitals, accents and
        a leading article do not count, and a year may be out by one: premiere and release often differ.
        """
        # A slug of digits alone, 2046-2004, is read as a title.
        if film := self.by_slug.get((link.to or link.title).casefold()):
            return (film,)
        return () if is_slug(link.to) else self._titled(link.title or link.to, link.year)

    def _titled(self, title: str, year: int | None) -> tuple[Film, ...]:
        found = self.by_title.get(_title(title), ())
        if year is None:
            return found
        exact = tuple(film for film in found if film.year == year)
        return exact or tuple(film for film in found if abs(film.year - year) == 1)


def catalogue(films: Iterable[Film]) -> Catalogue:
    """Every film of the guide under its slug and all its titles."""
    by_title: dict[tuple[str, ...], dict[Slug, Film]] = {}
    for film in sorted(films, key=lambda film: (film.year, film.slug)):
        for title in (film.title, film.original_title, *film.aka):
            if key := _title(title):
                by_title.setdefault(key, {})[film.slug] = film
    return Catalogue(
        {film.slug.casefold(): film for film in films},
        {key: tuple(found.values()) for key, found in by_title.items()},
    )


def is_slug(name: str) -> bool:
    """Whether the name has the shape of a slug, so that it must be one."""
    return re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name) is not None


def nearest_slug(name: str, slugs: Iterable[str]) -> str:
    """The slug that was probably meant, or empty: the year at the end may be missing or wrong."""
    from rapidfuzz import fuzz, process

    stems = {slug: _stem(slug) for slug in sorted(slugs)}
    close = process.extract(_stem(name.casefold()), stems, scorer=fuzz.ratio, limit=5, score_cutoff=75)
    best = max(close, key=lambda match: (match[1], fuzz.ratio(name, match[2])), default=None)
    return best[2] if best else ""


def _stem(slug: str) -> str:
    return re.sub(r"-\d{4}$", "", slug)


def _title(title: str) -> tuple[str, ...]:
    """A title's letters for comparison, without its article in any of the languages met most."""
    return sort_key(split_article(title, ("en", "fr", "it", "es", "de"))[1])[1]
