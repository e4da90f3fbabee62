"""The indexes at the back, filed as a librarian would file them.

Only what is safe to know leads into an index: no spoiler theme, no cast member marked as a spoiler.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from book.languages import country_name, language_name
from book.model import Film, Index, IndexEntry, IndexGroup, SeeAlso, Slug, Target
from book.selection import decade
from book.titles import (
    SortKey,
    file_under,
    heading,
    letter,
    sort_key,
    surname_first,
    title_key,
    title_languages,
    transposed,
)

BEYOND = "Beyond this guide"

Headings = Iterable[tuple[str, str]]
"""The headings that a film stands under, each with a note for its line there (a role, a number)."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """An index of headings with films beneath them; `group` names the group of a heading."""

    title: str
    headings: Callable[[Film], Headings]
    group: Callable[[SortKey], str] = letter


def _people(names: Iterable[str]) -> Headings:
    return [(surname_first(name), "") for name in names]


def _words(values: Iterable[str]) -> Headings:
    return [(value[:1].upper() + value[1:], "") for value in values]


SUBJECTS: Mapping[str, _Subject] = {
    "director": _Subject("Index of directors", lambda film: _people(film.directors)),
    "writer": _Subject("Index of writers", lambda film: _people(film.writers)),
    "cinematographer": _Subject("Index of cinematographers", lambda film: _people(film.cinematographers)),
    "composer": _Subject("Index of composers", lambda film: _people(film.composers)),
    "cast": _Subject(
        "Index of performers",
        lambda film: [(surname_first(part.name), part.role) for part in film.cast if not part.spoiler],
    ),
    "genre": _Subject("Index of genres", lambda film: _words(film.genres)),
    "theme": _Subject("Index of themes", lambda film: _words(film.themes)),
    "country": _Subject("Films by country", lambda film: _words(map(country_name, film.countries))),
    "language": _Subject("Films by language", lambda film: _words(map(language_name, film.languages))),
    "series": _Subject(
        "Index of series", lambda film: [(film.series.name, film.series.number)] if film.series else []
    ),
    "year": _Subject(
        "Films by year",
        lambda film: [(str(film.year), "")] if film.year else [],
        lambda key: f"{decade(int(key[2]))}s",
    ),
}
"""What guide.toml may list under [indexes], besides title and similar."""

NAMES = frozenset({"title", "similar", *SUBJECTS})


def build_indexes(
    films: Sequence[Film],
    see_also: Mapping[Slug, tuple[SeeAlso, ...]],
    names: Sequence[str],
    *,
    language: str,
) -> tuple[Index, ...]:
    """The indexes named, in that order; one that would be empty is left out, and so is an unknown name.

    `language` is the guide's, for filing. Every sub-entry has one target, whose note is set behind it.
    """
    built = (_build(name, films, see_also, language) for name in names)
    return tuple(index for index in built if index is not None and index.groups)


def _build(
    name: str, films: Sequence[Film], see_also: Mapping[Slug, tuple[SeeAlso, ...]], language: str
) -> Index | None:
    if name == "title":
        return Index(name, "Index of titles", _grouped(_titles(films, language)))
    if name == "similar":
        return Index(name, "Similar films", tuple(_similar(films, see_also, language)))
    subject = SUBJECTS.get(name)
    if subject is None:
        return None
    return Index(name, subject.title, _grouped(_listed(films, subject, language), subject.group))


def _titles(films: Sequence[Film], language: str) -> Iterator[_Filed]:
    """Every film once under its title, and a reference from each of its other titles."""
    headings = film_headings(films, language)
    others: dict[str, dict[Slug, Film]] = defaultdict(dict)
    for film in films:
        entry = IndexEntry(headings[film.slug], (Target(film.slug, film.title),))
        yield _filed(film, entry, language)
        taken = {sort_key(heading(film, language))[1], sort_key(file_under(film, language))[1]}
        for title in (film.original_title, *film.aka):
            other = transposed(title, title_languages(film, title, language))
            if title and sort_key(other)[1] not in taken:
                taken.add(sort_key(other)[1])
                others[other][film.slug] = film
    main = {heading(film, language) for film in films}
    for other, films_called_so in others.items():
        alone = len(films_called_so) == 1 and other not in main
        for film in films_called_so.values():
            words = other if alone else f"{other} ({film.year})"
            yield sort_key(words), IndexEntry(words, see=headings[film.slug])


def film_headings(films: Sequence[Film], language: str) -> Mapping[Slug, str]:
    """What stands for every film in an index: its title, told apart by year and then by director."""
    plain = {film.slug: heading(film, language) for film in films}
    dated = {film.slug: f"{plain[film.slug]} ({film.year})" for film in films}
    named = {
        film.slug: f"{plain[film.slug]} ({film.year}, {' and '.join(film.directors) or film.slug})"
        for film in films
    }
    titles, dates = Counter(plain.values()), Counter(dated.values())
    return {
        slug: title if titles[title] == 1 else dated[slug] if dates[dated[slug]] == 1 else named[slug]
        for slug, title in plain.items()
    }


def _listed(films: Sequence[Film], subject: _Subject, language: str) -> Iterator[_Filed]:
    """A heading with its films beneath it, by year; headings that differ in capitals or accents are one."""
    beneath: dict[tuple[str, ...], list[IndexEntry]] = defaultdict(list)
    spelt: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for film in sorted(films, key=lambda film: (film.year, title_key(film, language))):
        for words, note in subject.headings(film):
            parts = sort_key(words)[1] or (words,)
            spelt[parts][words] += 1
            # Two roles of one performer make one line: the film that came last is the only one to repeat.
            if not beneath[parts] or beneath[parts][-1].targets[0].film != film.slug:
                beneath[parts].append(_line(film.slug, film.title, film.year, note))
    for parts, entries in beneath.items():
        commonest = min(spelt[parts], key=lambda words: (-spelt[parts][words], words))
        yield sort_key(commonest), IndexEntry(commonest, sub=tuple(entries))


def _similar(
    films: Sequence[Film], see_also: Mapping[Slug, tuple[SeeAlso, ...]], language: str
) -> Iterator[IndexGroup]:
    """Under every film what to see next, its reason behind it; last, films that the guide does not hold."""
    headings = film_headings(films, language)
    entries: list[_Filed] = []
    beyond: dict[tuple[tuple[str, ...], int | None], IndexEntry] = {}
    for film in sorted(films, key=lambda film: title_key(film, language)):  # names each in this order
        lines = []
        for other in see_also.get(film.slug, ()):
            if other.to is not None:
                lines.append(_line(other.to, other.title, other.year, other.reason))
                continue
            words = _dated(transposed(other.title, (language,)), other.year)
            lines.append(IndexEntry(_dated(other.title, other.year), note=other.reason))
            entry = beyond.setdefault((sort_key(words)[1], other.year), IndexEntry(words))
            named_by = (*entry.targets, Target(film.slug, film.title))
            beyond[sort_key(words)[1], other.year] = replace(entry, targets=named_by)
        if lines:
            entry = IndexEntry(headings[film.slug], (Target(film.slug, film.title),), sub=tuple(lines))
            entries.append(_filed(film, entry, language))
    yield from _grouped(entries)
    if beyond:
        yield IndexGroup(BEYOND, tuple(sorted(beyond.values(), key=lambda entry: sort_key(entry.heading))))


def _line(slug: Slug, title: str, year: int | None, note: str) -> IndexEntry:
    return IndexEntry(_dated(title, year), (Target(slug, title, note),))


def _dated(title: str, year: int | None) -> str:
    return f"{title} ({year})" if year else title


_Filed = tuple[SortKey, IndexEntry]
"""An entry and where it is filed, which need not be where its heading would stand."""


def _filed(film: Film, entry: IndexEntry, language: str) -> _Filed:
    shelf, parts, _ = sort_key(file_under(film, language))
    return (shelf, (*parts, f"{film.year:012}"), entry.heading), entry


def _grouped(entries: Iterable[_Filed], group: Callable[[SortKey], str] = letter) -> tuple[IndexGroup, ...]:
    ordered = sorted(entries, key=lambda filed: filed[0])
    return tuple(
        IndexGroup(name, tuple(entry for _, entry in members))
        for name, members in groupby(ordered, key=lambda filed: group(filed[0]))
    )
