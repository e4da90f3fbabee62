"""Several sources for one film -> one film, field by field, and in its origin what came from where.

An origin reads `letterboxd ratings.csv; omdb omdb.json (runtime, director)`: the first source gave all that
no other is named for. Of two that know a field, the first keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from book.model import CastMember, Film, Section
from book.slugs import ascii_words

FIELDS: Mapping[str, str] = {
    each.name: each.name
    for each in fields(Film)
    if each.name
    not in {
        "slug",
        "title",
        "year",
        "origin",
        "source",
        "extra",
        "fence_line",
        "synopsis",
        "safe",
        "spoilers",
    }
} | {
    "runtime_min": "runtime",
    "languages": "language",
    "countries": "country",
    "directors": "director",
    "writers": "writer",
    "cinematographers": "cinematographer",
    "composers": "composer",
    "genres": "genre",
}
"""What of a film a source may tell -> its key in an entry; sections come by their headings besides."""

_SOURCE = re.compile(r"(?P<name>\S.*?)(?:\s\((?P<keys>[^()]*)\))?")


@dataclass(frozen=True, slots=True)
class Share:
    """One source of a film, "NAME FILE", and the keys that it gave; the first gave all that are not named."""

    source: str
    keys: tuple[str, ...] = ()

    @property
    def importer(self) -> str:
        """The importer's name."""
        return self.source.partition(" ")[0]


def shares_of(imported: str) -> tuple[Share, ...]:
    """The sources that an origin names, in order."""
    found = (_SOURCE.fullmatch(part.strip()) for part in imported.split("; ") if part.strip())
    return tuple(
        Share(each["name"], tuple(filter(None, (each["keys"] or "").split(", ")))) for each in found if each
    )


def written(shares: Iterable[Share]) -> str:
    """The origin that names these sources."""
    return "; ".join(
        f"{share.source} ({', '.join(share.keys)})" if share.keys else share.source for share in shares
    )


def giver_of(shares: Sequence[Share], key: str) -> Share:
    """Who gave a key."""
    return next((share for share in shares[1:] if key in share.keys), shares[0] if shares else Share(""))


def blend(film: Film, other: Film, *, renew: Container[str] = ()) -> tuple[Film, tuple[str, ...]]:
    """The film with what only the other knows, and the keys that came from there.

    `renew` are importers: what one of them gave to the film before, the other's word replaces.
    """
    ours, theirs = shares_of(film.origin.imported), shares_of(other.origin.imported)
    changed: dict[str, Any] = {}
    taken: list[str] = []
    for name, key in FIELDS.items():
        mine, yours = getattr(film, name), getattr(other, name)
        value = yours if yours and giver_of(ours, key).importer in renew else _both(name, mine, yours)
        if value != mine:
            changed[name] = value
            taken.append(key)
    for name in ("synopsis", "safe", "spoilers"):
        mine, yours = getattr(film, name), getattr(other, name)
        sections, headings = _sections(_listed(mine), _listed(yours), ours, renew)
        if headings:
            changed[name] = sections[0] if name == "synopsis" else tuple(sections)
            taken += headings
    if not taken:
        return film, ()
    origin = replace(film.origin, imported=written(_with(ours, theirs, taken)))
    return replace(film, origin=origin, **changed), tuple(taken)


def _both(name: str, mine: Any, yours: Any) -> Any:
    """What the two say together: the first's word where it has any, and roles that only the second knows."""
    if not mine or not yours:
        return mine or yours
    if isinstance(mine, Mapping):
        return {**yours, **mine} if yours.keys() - mine.keys() else mine
    if name == "cast":
        roles: dict[str, CastMember] = {}
        for member in yours:
            roles.setdefault(ascii_words(member.name), member)
        return tuple(
            member
            if member.role
            else replace(member, role=known.role)
            if (known := roles.get(ascii_words(member.name)))
            else member
            for member in mine
        )
    return mine


def _listed(sections: Section | Sequence[Section]) -> tuple[Section, ...]:
    return (sections,) if isinstance(sections, Section) else tuple(sections)


def _sections(
    mine: Sequence[Section], yours: Sequence[Section], shares: Sequence[Share], renew: Container[str]
) -> tuple[list[Section], list[str]]:
    sections = list(mine)
    headings: list[str] = []
    for section in yours:
        name = _named(section)
        at = next((place for place, each in enumerate(sections) if _named(each) == name), None)
        if not section.body or (at is not None and _words(sections[at]) == _words(section)):
            continue
        if at is None:
            sections.append(section)
        elif not sections[at].body or giver_of(shares, name).importer in renew:
            sections[at] = section
        else:
            continue
        headings.append(name)
    return sections, headings


def _named(section: Section) -> str:
    heading = section.heading or section.kind.value.capitalize()
    return re.sub(r"\s*[();,]\s*", " ", heading).strip()


def _words(section: Section) -> str:
    return " ".join(section.body.split())


def _with(ours: Sequence[Share], theirs: Sequence[Share], taken: Sequence[str]) -> tuple[Share, ...]:
    """Our sources and those of theirs that gave something."""
    shares = list(ours)
    for key in taken:
        giver = giver_of(theirs, key).source
        shares = [
            share
            if share.source == giver
            else replace(share, keys=tuple(each for each in share.keys if each != key))
            for share in shares
        ]
        at = next((place for place, share in enumerate(shares) if share.source == giver), None)
        if at is None:
            shares.append(Share(giver, (key,)))
        elif at and key not in shares[at].keys:
            shares[at] = replace(shares[at], keys=(*shares[at].keys, key))
    return tuple(share for place, share in enumerate(shares) if share.keys or not place)


# ------------------------------------------------------------------------------- one and the same?


def one_film(film: Film, other: Film) -> bool:
    """Whether two films of one title and year are one.

    Ids tell, where both have one of a kind; otherwise a director in common, or that one has none.
    """
    if shared := film.ids.keys() & other.ids.keys():
        return all(film.ids[kind] == other.ids[kind] for kind in shared)
    ours, theirs = (set(map(ascii_words, each.directors)) for each in (film, other))
    return not ours or not theirs or not ours.isdisjoint(theirs)


def blended(films: Iterable[Film]) -> tuple[Film, ...]:
    """The films of several sources, each once, where the first of its sources stood.

    A film that comes again and tells nothing new stays where it is, for whoever counts what came twice.
    """
    found: list[Film] = []
    by_id: dict[tuple[str, str], int] = {}
    by_slug: dict[str, list[int]] = {}
    again: dict[int, list[Film]] = {}
    for film in films:
        at = next((by_id[pair] for pair in film.ids.items() if pair in by_id), None)
        if at is None:
            at = next((place for place in by_slug.get(film.slug, ()) if one_film(found[place], film)), None)
        if at is None:
            at = len(found)
            found.append(film)
        else:
            merged, taken = blend(found[at], film)
            found[at] = merged
            if not taken:
                again.setdefault(at, []).append(film)
        if at not in (places := by_slug.setdefault(film.slug, [])):
            places.append(at)
        for pair in film.ids.items():
            by_id.setdefault(pair, at)
    return tuple(each for place, film in enumerate(found) for each in (film, *again.get(place, ())))
