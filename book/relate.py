"""Similar films: the writer's own links, the films that link back, then a plain score.

The score reads the safe side only: no plot, no spoiler theme, no cast member marked as a spoiler. A fact
that two films share counts for the weight of its kind times its rarity in the guide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from book.model import Film, SeeAlso, Slug
from book.selection import Catalogue, catalogue
from book.titles import fold, sort_key

WEIGHTS: Mapping[str, float] = {
    "series": 6.0,
    "title": 4.0,  # two films of one title are mostly a film and its remake
    "director": 3.0,
    "writer": 2.0,
    "cast": 1.5,
    "theme": 1.5,
    "genre": 1.0,
    "language": 0.3,
    "country": 0.3,
    "year": 1.0,
}
"""What a shared fact counts for, by kind; guide.toml may give others under [similar] weights."""

REASON_LENGTH = 60
NEAR_YEARS = 15.0  # nearness in years fades to a third in this many

_FAINT = frozenset({"language", "country", "year"})
# Half a guide may share these: they tell candidates apart but make none.
_OF_A_KIND = 2
_TELLING = 8  # beside a shared director, a genre that half the guide has goes without saying
_NEIGHBOURS = 40
# Of the films that share a fact, this many on either side in time become candidates: rare facts are
# looked at whole, yet ten thousand dramas are not each compared with ten thousand others.


def relate(
    films: Sequence[Film], *, limit: int = 6, weights: Mapping[str, float] | None = None
) -> Mapping[Slug, tuple[SeeAlso, ...]]:
    """For every film, the films to see next: own links in the writer's order, back-links, likenesses.

    `limit` counts all of them, but own links are never cut. A link to a film beyond the guide has no
    `to`. A reason is the writer's own where there is one, otherwise what the two films share.
    """
    shelf = catalogue(films)
    scale = _scale(films, {**WEIGHTS, **(weights or {})})
    own = {film.slug: tuple(_own_links(film, shelf, scale)) for film in films}
    linking: dict[Slug, list[Slug]] = {film.slug: [] for film in films}
    for slug, links in own.items():
        for link in links:
            if link.to is not None:
                linking[link.to].append(slug)
    return {film.slug: _completed(film, own[film.slug], linking[film.slug], scale, limit) for film in films}


def _own_links(film: Film, shelf: Catalogue, scale: _Scale) -> Iterator[SeeAlso]:
    seen: set[object] = {film.slug}
    for link in film.similar:
        meant = shelf.meant_by(link)
        if not meant and not link.title:
            continue  # a slug that no entry has: check says so
        target: object = meant[0].slug if meant else (sort_key(link.title)[1], link.year)
        if target in seen:
            continue
        seen.add(target)
        if meant:
            reason = link.why or scale.reason(film.slug, meant[0].slug)
            yield SeeAlso(meant[0].slug, meant[0].title, meant[0].year, reason, own=True)
        else:
            yield SeeAlso(None, link.title, link.year, link.why, own=True)


def _completed(
    film: Film, own: tuple[SeeAlso, ...], linking: Sequence[Slug], scale: _Scale, limit: int
) -> tuple[SeeAlso, ...]:
    taken = {film.slug, *(link.to for link in own if link.to is not None)}
    back = scale.ranked(film.slug, (slug for slug in linking if slug not in taken))
    room = max(0, limit - len(own))
    found = back
    if len(back) < room:
        found = back + scale.ranked(film.slug, scale.candidates(film.slug) - taken - set(linking))
    return own + tuple(_with_reason(film, see_also, scale) for see_also in found[:room])


def _with_reason(film: Film, see_also: SeeAlso, scale: _Scale) -> SeeAlso:
    return replace(see_also, reason=scale.reason(film.slug, see_also.to) if see_also.to else "")


# ---------------------------------------------------------------------------------------- score


@dataclass(frozen=True)
class _Fact:
    """A fact that at least two films share: its kind, its words, its worth, its films by year and slug."""

    kind: str
    words: str
    worth: float
    films: tuple[tuple[int, Slug], ...]


@dataclass(frozen=True)
class _Scale:
    """What every pair of films weighs. Facts go by number, since sets of numbers intersect fastest."""

    films: Mapping[Slug, Film]
    facts: tuple[_Fact, ...]
    facts_of: Mapping[Slug, frozenset[int]]
    year_worth: float

    def candidates(self, slug: Slug) -> set[Slug]:
        """Films that share more with this one than a language or a country, itself left out."""
        found: set[Slug] = set()
        here = (self.films[slug].year, slug)
        for fact in map(self.facts.__getitem__, self.facts_of[slug]):
            if fact.kind not in _FAINT:
                middle = bisect_left(fact.films, here)
                near = fact.films[max(0, middle - _NEIGHBOURS) : middle + _NEIGHBOURS]
                found.update(other for _, other in near)
        return found - {slug}

    def score(self, slug: Slug, other: Slug) -> float:
        """Likeness of two films, the same both ways; 0 when they share no fact."""
        shared = self.facts_of[slug] & self.facts_of[other]
        if not shared:
            return 0.0
        apart = abs(self.films[slug].year - self.films[other].year)
        score = sum(self.facts[number].worth for number in shared) + self.year_worth * exp(
            -apart / NEAR_YEARS
        )
        return round(score, 6)  # a sum of floats depends on its order, and a set's order on its past

    def ranked(self, slug: Slug, others: Iterable[Slug]) -> list[SeeAlso]:
        """The likest first, ties by slug; without reasons, which only the few that are kept need."""
        scored = sorted((-self.score(slug, other), other) for other in others)
        return [SeeAlso(o, self.films[o].title, self.films[o].year, score=-minus) for minus, o in scored]

    def reason(self, slug: Slug, other: Slug) -> str:
        """What the two share in words, the weightiest first, at most REASON_LENGTH characters."""
        facts = (self.facts[number] for number in self.facts_of[slug] & self.facts_of[other])
        shared = [fact for fact in facts if fact.kind not in _FAINT]
        strongest = max((fact.worth for fact in shared), default=0.0)
        told: list[_Fact] = []
        for fact in sorted(shared, key=lambda fact: (-fact.worth, fact.kind, fact.words)):
            of_this_kind = sum(other.kind == fact.kind for other in told)
            telling = fact.worth * _TELLING >= strongest and of_this_kind < _OF_A_KIND
            if telling and len(_in_words([*told, fact])) <= REASON_LENGTH:
                told.append(fact)
        return _in_words(told)


def _scale(films: Sequence[Film], weights: Mapping[str, float]) -> _Scale:
    sharing: dict[tuple[str, str], dict[Slug, str]] = defaultdict(dict)
    for film in films:
        for kind, words in _facts(film):
            if weights[kind] > 0:
                sharing[kind, fold(words)].setdefault(film.slug, words)
    by_slug = {film.slug: film for film in films}
    facts: list[_Fact] = []
    facts_of: dict[Slug, set[int]] = {film.slug: set() for film in films}
    for (kind, _), spelt in sorted(sharing.items()):
        if len(spelt) < 2:
            continue
        for slug in spelt:
            facts_of[slug].add(len(facts))
        shelf = sorted((by_slug[slug].year, slug) for slug in spelt)
        worth = weights[kind] * log(1 + len(films) / len(spelt))
        facts.append(_Fact(kind, spelt[shelf[0][1]], worth, tuple(shelf)))
    return _Scale(
        by_slug,
        tuple(facts),
        {slug: frozenset(numbers) for slug, numbers in facts_of.items()},
        max(0.0, weights["year"]),
    )


def _facts(film: Film) -> Iterator[tuple[str, str]]:
    """Every safe fact of a film that another may share, as a kind of WEIGHTS and words."""
    yield "title", film.title
    if film.series:
        yield "series", film.series.name
    for kind, values in (
        ("director", film.directors),
        ("writer", film.writers),
        ("cast", [member.name for member in film.cast if not member.spoiler]),
        ("theme", film.themes),
        ("genre", film.genres),
        ("language", film.languages[:1]),
        ("country", film.countries),
    ):
        for value in values:
            yield kind, value


# --------------------------------------------------------------------------------------- reasons

_WORDS = {
    "title": "another film of this title",
    "series": "also in the series {}",
    "director": "also by {}",
    "writer": "also written by {}",
    "cast": "also with {}",
}


def _in_words(facts: Sequence[_Fact]) -> str:
    """The facts as a phrase: "also by Mike Figgis, with Nicolas Cage; both: addiction"."""
    told: list[str] = []
    named: set[str] = set()
    for kind, phrase in _WORDS.items():
        names = [fact.words for fact in facts if fact.kind == kind and fold(fact.words) not in named]
        if names:
            words = phrase.format(" and ".join(names))
            told.append(words.removeprefix("also ") if told and told[0].startswith("also ") else words)
            named.update(map(fold, names))  # who directed and wrote both is named once
    common = [fact.words for fact in facts if fact.kind in {"theme", "genre"}]
    also = ", ".join(told)
    both = f"both: {', '.join(common)}" if common else ""
    return "; ".join(part for part in (also, both) if part)
