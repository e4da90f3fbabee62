"""The indexes at the back, filed as a librarian would file them.

Only what is safe to know leads into an index: no spoiler theme, no cast member marked as a spoiler.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from book.filing import Filing, SortKey, letter, letters_of, sort_key, transposed
from book.index_plan import IndexPlan
from book.model import Film, Index, IndexEntry, IndexGroup, SeeAlso, Slug, Target
from book.people import People, people, with_particle
from book.scripts import is_romaji, script_of
from book.subjects import SUBJECTS, Order, Subject
from book.titles import file_under, heading, reading, title_key, title_languages
from book.wording import listed
from book.words import Words, marked

BEYOND = marked("Beyond this guide")
NAMES = frozenset({"title", "similar", "checklist", *SUBJECTS})

_TITLES = marked("Index of titles")
_SIMILAR = marked("Similar films")
_CHECKLIST = marked("Checklist of all films")

_ALIKE = 62
"""How near, out of 100, a title in Latin letters must be to our reading of one in another script to be its
writer's own reading: then ours is left out."""


def build_indexes(
    films: Sequence[Film], see_also: Mapping[Slug, tuple[SeeAlso, ...]], plan: IndexPlan, words: Words
) -> tuple[Index, ...]:
    """The indexes of the plan, in its order; one that would be empty is left out, and so is an unknown name.

    `words` are the guide's. A target that is its entry's own leads to the page where the film begins; one
    that is not leads to a film whose writer names this one.
    """
    shelf = _shelf(films, see_also, plan, words)
    built = (_build(name, shelf) for name in plan.include)
    return tuple(index for index in built if index is not None and index.groups)


@dataclass(frozen=True)
class _Shelf:
    """The films of a guide in the order of their titles, and what every index needs to know of them."""

    films: tuple[Film, ...]
    headings: Mapping[Slug, str]
    see_also: Mapping[Slug, tuple[SeeAlso, ...]]
    filing: Filing
    language: str
    people: People
    words: Words


def _shelf(
    films: Sequence[Film], see_also: Mapping[Slug, tuple[SeeAlso, ...]], plan: IndexPlan, words: Words
) -> _Shelf:
    language = words.language
    filing = Filing(plan.collation or language, plan.numerals)
    return _Shelf(
        tuple(sorted(films, key=lambda film: title_key(film, language, filing))),
        film_headings(films, words),
        see_also,
        filing,
        language,
        people(
            (
                (name, film.languages)
                for film in films
                for subject in SUBJECTS.values()
                if subject.of_people
                for name, _ in subject.headings(film, words)
            ),
            plan.names,
            language,
        ),
        words,
    )


def _build(name: str, shelf: _Shelf) -> Index | None:
    say = shelf.words.gettext
    match name:
        case "title":
            titles = _without_neighbours(_titles(shelf), shelf)
            return Index(name, say(_TITLES), _grouped(titles, shelf), _note_on_titles(shelf))
        case "similar":
            return Index(name, say(_SIMILAR), tuple(_similar(shelf)))
        case "checklist":
            lines = tuple(
                IndexEntry(_dated(film.title, film.year), (Target(film.slug, film.title),))
                for film in shelf.films
            )
            return Index(name, say(_CHECKLIST), (IndexGroup("", lines),) if lines else ())
    subject = SUBJECTS.get(name)
    if subject is None:
        return None
    return Index(name, say(subject.title), tuple(_listed(subject, shelf)))


# --------------------------------------------------------------------------------------- titles


def _titles(shelf: _Shelf) -> Iterator[_Filed]:
    """Every film once under its title, and a reference from each of its other titles."""
    naming = _naming(shelf)
    for film in shelf.films:
        own = Target(film.slug, film.title)
        others = tuple(Target(other.slug, other.title, own=False) for other in naming[film.slug])
        yield _filed(film, IndexEntry(shelf.headings[film.slug], (own, *others)), shelf)
    main = {heading(film, shelf.language) for film in shelf.films}
    others_of: dict[str, dict[Slug, Film]] = defaultdict(dict)
    for film in shelf.films:
        for other in _other_titles(film, shelf.language):
            others_of[other][film.slug] = film
    for other, films_called_so in others_of.items():
        alone = len(films_called_so) == 1 and other not in main
        for film in films_called_so.values():
            words = other if alone else f"{other} ({film.year})"
            said_in = film.languages[0] if film.languages else ""
            key = sort_key(words, shelf.filing, said_in)
            yield key, IndexEntry(words, see=shelf.headings[film.slug])


def _without_neighbours(filed: Iterable[_Filed], shelf: _Shelf) -> list[_Filed]:
    """The entries in order, less references to the very line before or behind them under one letter."""
    ordered = sorted(filed, key=lambda each: each[0])
    places = [("", ""), *((letter(key, shelf.filing), entry.heading) for key, entry in ordered), ("", "")]
    return [
        each
        for each, before, here, behind in zip(ordered, places, places[1:], places[2:], strict=False)
        if not each[1].see or (here[0], each[1].see) not in {before, behind}
    ]


def _naming(shelf: _Shelf) -> Mapping[Slug, list[Film]]:
    """For each film, those whose writer names it as a similar film."""
    naming: dict[Slug, list[Film]] = defaultdict(list)
    for film in shelf.films:
        for other in shelf.see_also.get(film.slug, ()):
            if other.to is not None and other.own:
                naming[other.to].append(film)
    return naming


def _other_titles(film: Film, language: str) -> Iterator[str]:
    """The headings of a film's other titles, each once; one in another script also as it reads in ours."""
    taken = {letters_of(heading(film, language)), letters_of(file_under(film, language)), ()}
    given = [title for title in (film.original_title, *film.aka) if title]
    found = [(title, transposed(title, title_languages(film, title, language))) for title in given]
    if read := reading(film, film.title, language):
        found.append((film.title, film.title))
        taken.add(letters_of(read))
    for title, filed in found:
        if letters_of(filed) not in taken:
            taken.add(letters_of(filed))
            yield filed
        read = reading(film, title, language) if title != film.title else ""
        if read and letters_of(read) not in taken and not _is_given(read, film, given):
            taken.add(letters_of(read))
            yield f"{read} ({title})"


def _is_given(read: str, film: Film, titles: Sequence[str]) -> bool:
    """Whether the writer has the reading already, spelt a little otherwise."""
    from rapidfuzz import fuzz

    latin = [title for title in (film.title, *titles) if script_of(title) == "LATIN"]
    if film.languages[:1] == ("ja",) and any(map(is_romaji, latin)):
        return True
    plain = "".join(letters_of(read))
    return any(fuzz.ratio(plain, "".join(letters_of(title))) >= _ALIKE for title in latin)


def film_headings(films: Sequence[Film], words: Words) -> Mapping[Slug, str]:
    """What stands for every film in an index: its title, told apart by year and then by director."""
    plain = {film.slug: heading(film, words.language) for film in films}
    dated = {film.slug: f"{plain[film.slug]} ({film.year})" for film in films}
    named = {
        film.slug: f"{plain[film.slug]} ({film.year}, {listed(film.directors, words) or film.slug})"
        for film in films
    }
    titles, dates, names = (Counter(found.values()) for found in (plain, dated, named))
    told: dict[Slug, str] = {}
    for slug, title in plain.items():
        if titles[title] == 1:
            told[slug] = title
        elif dates[dated[slug]] == 1:
            told[slug] = dated[slug]
        else:
            told[slug] = named[slug] if names[named[slug]] == 1 else f"{plain[slug]} ({slug})"
    return told


def _note_on_titles(shelf: _Shelf) -> str:
    if any(_naming(shelf).values()):
        return shelf.words.gettext(
            "A number in bold is the page on which a film begins; the others are pages of films that "
            "lead to it."
        )
    return ""


# ------------------------------------------------------------------------------------- subjects


def _listed(subject: Subject, shelf: _Shelf) -> Iterator[IndexGroup]:
    """A heading with its films beneath it; headings that differ in capitals or accents are one."""
    beneath: dict[tuple[str, ...], dict[Slug, tuple[Film, list[str]]]] = defaultdict(dict)
    spelt: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for film in shelf.films:
        for raw, note in subject.headings(film, shelf.words):
            words = shelf.people.heading(raw) if subject.of_people else raw
            parts = letters_of(words) or (words,)
            spelt[parts][words] += 1
            notes = beneath[parts].setdefault(film.slug, (film, []))[1]
            said = subject.note(note, shelf.words) if note else ""
            if said and said not in notes:
                notes.append(said)
    filed: list[_Filed] = []
    for parts, films in beneath.items():
        commonest = min(spelt[parts], key=lambda words: (-spelt[parts][words], words))
        lines = tuple(_beneath(films.values(), subject, shelf))
        filed.append((sort_key(commonest, shelf.filing), IndexEntry(commonest, sub=lines)))
    if subject.of_people:
        filed += list(_particles(filed, shelf))
    yield from _in_groups(filed, subject, shelf)


def _beneath(
    films: Iterable[tuple[Film, list[str]]], subject: Subject, shelf: _Shelf
) -> Iterator[IndexEntry]:
    """The lines beneath a heading. Films arrive by title, so that sorting keeps that order among equals."""
    ordered = list(films)
    if subject.order is Order.YEAR:
        ordered.sort(key=lambda found: found[0].year)
    elif subject.order is Order.NUMBER:
        ordered.sort(key=lambda found: (sort_key(_number(found[0])), found[0].year))
    for film, notes in ordered:
        by_title = subject.order in {Order.TITLE, Order.TITLE_ALONE}
        label = heading(film, shelf.language) if by_title else film.title
        year = None if subject.order is Order.TITLE_ALONE else film.year
        yield _line(film.slug, film.title, _dated(label, year), ", ".join(notes))


def _number(film: Film) -> str:
    number = film.series.number if film.series else ""
    return str(_ROMAN.get(number.upper(), number))


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def _particles(filed: Sequence[_Filed], shelf: _Shelf) -> Iterator[_Filed]:
    """References from "von Trier, Lars" to "Trier, Lars von", but not from one line to the next."""
    taken = {key[1] for key, _ in filed}
    for _, entry in filed:
        other = with_particle(entry.heading)
        if other and letters_of(other) not in taken:
            yield sort_key(other, shelf.filing), IndexEntry(other, see=entry.heading)


def _in_groups(filed: list[_Filed], subject: Subject, shelf: _Shelf) -> Iterator[IndexGroup]:
    rank, group = subject.rank, subject.group
    if rank is not None:
        filed.sort(key=lambda each: (rank(each[1].heading), each[0]))
    elif subject.lettered:
        yield from _grouped(filed, shelf)
        return
    else:
        filed.sort(key=lambda each: each[0])
    entries = [entry for _, entry in filed]
    for name, members in groupby(
        entries, key=lambda entry: group(entry.heading, shelf.words) if group else ""
    ):
        yield IndexGroup(name, tuple(members))


# -------------------------------------------------------------------------------- similar films


def _similar(shelf: _Shelf) -> Iterator[IndexGroup]:
    """Under every film what to see next, its reason behind it; last, films that the guide does not hold.

    A series of the writer's stands among the films, with its parts in order.
    """
    kin = _kin(shelf)
    filed = list(_all_series(shelf))
    for film in shelf.films:
        found = shelf.see_also.get(film.slug, ())
        lines = tuple(
            _line(other.to, other.title, _dated(other.title, other.year), other.reason)
            if other.to is not None
            else IndexEntry(_dated(other.title, other.year), note=other.reason)
            for other in found
        )
        listed = {other.to for other in found}
        also = tuple(shelf.headings[slug] for slug in kin[film.slug] if slug not in listed)
        entry = IndexEntry(shelf.headings[film.slug], (Target(film.slug, film.title),), sub=lines, also=also)
        filed.append(_filed(film, entry, shelf))
    yield from _grouped(filed, shelf)
    beyond = sorted(_beyond(shelf), key=lambda each: each[0])
    if beyond:
        yield IndexGroup(shelf.words.gettext(BEYOND), tuple(entry for _, entry in beyond))


def _kin(shelf: _Shelf) -> Mapping[Slug, list[Slug]]:
    """For each film the others of its series, and those of its title, in the order of their years."""
    families: dict[object, list[Film]] = defaultdict(list)
    for film in sorted(shelf.films, key=lambda film: film.year):
        families[letters_of(heading(film, shelf.language))].append(film)
        if film.series:
            families["series", letters_of(film.series.name)].append(film)
    kin: dict[Slug, dict[Slug, None]] = {film.slug: {} for film in shelf.films}
    for family in families.values():
        for film in family:
            kin[film.slug] |= {other.slug: None for other in family if other.slug != film.slug}
    return {slug: list(others) for slug, others in kin.items()}


def _all_series(shelf: _Shelf) -> Iterator[_Filed]:
    """Every series of two films or more under its name, marked as one; its films are its lines."""
    taken = {letters_of(words) for words in shelf.headings.values()}
    for group in _listed(SUBJECTS["series"], shelf):
        for entry in group.entries:
            if len(entry.sub) > 1:
                words = entry.heading
                if letters_of(words) in taken:
                    words = shelf.words.gettext("%(name)s (series)") % {"name": words}
                yield sort_key(words, shelf.filing), replace(entry, heading=words)


def _beyond(shelf: _Shelf) -> Iterator[_Filed]:
    """Films that the guide does not hold, each with those that name it."""
    found: dict[object, tuple[str, list[Target]]] = {}
    for film in shelf.films:
        for other in shelf.see_also.get(film.slug, ()):
            if other.to is None:
                words = _dated(transposed(other.title, (shelf.language,)), other.year)
                _, naming = found.setdefault((letters_of(words) or words, other.year), (words, []))
                naming.append(Target(film.slug, film.title, own=False))
    for words, naming in found.values():
        yield sort_key(words, shelf.filing), IndexEntry(words, tuple(naming))


# ---------------------------------------------------------------------------------------- lines


def _line(slug: Slug, title: str, words: str, note: str) -> IndexEntry:
    return IndexEntry(words, (Target(slug, title, note),))


def _dated(title: str, year: int | None) -> str:
    return f"{title} ({year})" if year else title


_Filed = tuple[SortKey, IndexEntry]
"""An entry and where it is filed, which need not be where its heading would stand."""


def _filed(film: Film, entry: IndexEntry, shelf: _Shelf) -> _Filed:
    place, parts, _ = title_key(film, shelf.language, shelf.filing)[0]
    return (place, (*parts, f"{film.year:012}"), entry.heading), entry


def _grouped(entries: Iterable[_Filed], shelf: _Shelf) -> tuple[IndexGroup, ...]:
    ordered = sorted(entries, key=lambda filed: filed[0])
    return tuple(
        IndexGroup(name, tuple(entry for _, entry in members))
        for name, members in groupby(ordered, key=lambda filed: letter(filed[0], shelf.filing))
    )
