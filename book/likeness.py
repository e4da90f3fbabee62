"""How alike two films are, term by term: what they share, how near they are, and what that is worth.

Every kind of likeness gives a pair of films a value, 1 for the most that there can be; nearness in runtime,
certificate and budget is below 0 where films are far apart. Values times weights are summed, and the sum
becomes a score from 0 to 1. Only what is safe to read beforehand is looked at: no plot unless the guide asks
for it, no theme that spoils, no member of the cast whose name does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import exp, log
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from book.kinship import Kinship, kinship
from book.model import Film, Kind, Slug
from book.nearness import Texts, read_meanings, read_texts
from book.titles import fold

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Rows = Any
"""A sparse matrix in rows; scipy's own types say nothing."""
Near = tuple[Places, Floats]
"""A code for each film, and a kind's values by two codes."""

WEIGHTS: Mapping[str, float] = {
    "series": 3.0,
    "remake": 3.0,
    "title": 1.0,
    "director": 1.5,
    "writer": 1.5,
    "cinematographer": 0.5,
    "composer": 0.5,
    "cast": 2.0,
    "theme": 4.0,
    "genre": 2.5,
    "language": 0.9,
    "country": 2.6,
    "year": 1.8,
    "runtime": 0.6,
    "certificate": 0.6,
    "budget": 0.7,
    "synopsis": 5.3,
    "meaning": 2.5,
    "plot": 5.6,
}
"""What each kind counts for; guide.toml may give others under [similar] weights.

They were learnt: docs/similar.md says how."""

START = -2.2
"""The sum of two films of which nothing is known: most pairs of films are not alike."""

FAINT = frozenset({"language", "country", "year", "runtime", "certificate", "budget"})
"""Half a guide may have these in common: they tell candidates apart, but make none."""

_BORNE_BY, _FILMS_A_BEARER = 2, 2000
_WORD = re.compile(r"\w+")
_CHUNK = 20_000  # pairs looked at together, to bound the memory
_DECIMALS = 6  # a sum of floats may differ in its last digits from one machine to the next
_YEARS, _MINUTES, _TENFOLDS = 10.0, 20.0, 0.5
# Nearness fades to a third over so many; the year to which that is fitted is the best for the films judged.

_LADDERS = (
    ("G", "PG", "PG-13", "R", "NC-17"),
    ("TV-G", "TV-PG", "TV-14", "TV-MA"),
    ("U", "12", "15", "18"),
    ("0", "6", "12", "16", "18"),
)
"""Certificates by age, from the mildest. Two that stand on one ladder can be compared."""
_OTHER_WORDS = {"GP": "PG", "M/PG": "PG", "M": "PG", "X": "NC-17", "12A": "12", "FSK 0": "0", "FSK 6": "6"}


@dataclass(frozen=True, slots=True)
class Term:
    """One kind's part in the likeness of two films; `shared` are the words for it, the weightiest first."""

    kind: str
    value: float
    weight: float
    shared: tuple[str, ...] = ()

    @property
    def worth(self) -> float:
        """What the term adds to the sum."""
        return self.value * self.weight


@dataclass(frozen=True)
class Likeness:
    """The likeness of every pair of films; films stand by slug, and rows and columns follow them."""

    films: tuple[Film, ...]
    place: Mapping[Slug, int]
    weights: Mapping[str, float]
    kin: Kinship
    texts: Texts
    shares: Mapping[str, Rows]  # the product of two rows is a kind's value
    near: Mapping[str, Near]
    meanings: Floats | None
    names: Mapping[str, Sequence[Mapping[str, str]]]  # of each list and film, as typed by the folded name

    def sums(self, start: int, stop: int) -> Floats:
        """The sums of some films with all films: shape (stop - start, films).

        Minus infinity for a film with itself, and where two films share nothing but what is FAINT.
        """
        sums = _product(self._telling, start, stop)
        strangers = sums == 0
        sums += _product(self._faint, start, stop)
        sums += START
        for kind, (codes, values) in self.near.items():
            if weight := self.weights[kind]:
                sums += np.take(weight * values[codes[start:stop]], codes, axis=1)
        if self.meanings is not None:
            sums += self.weights["meaning"] * (self.meanings[start:stop] @ self.meanings.T)
        sums[strangers] = -np.inf
        sums[np.arange(stop - start), np.arange(start, stop)] = -np.inf
        return np.round(sums, _DECIMALS)

    def terms(self, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[Term, ...]]:
        """What makes the two films of each pair alike or unlike, the weightiest first.

        Pairs are of places; what weighs nothing is left out.
        """
        for chunk in range(0, len(pairs), _CHUNK):
            some = pairs[chunk : chunk + _CHUNK]
            ones, others = np.array([a for a, _ in some]), np.array([b for _, b in some])
            values = {kind: self.values(kind, ones, others).tolist() for kind in self.weights}
            for number, (a, b) in enumerate(some):
                terms = [
                    Term(kind, round(values[kind][number], 2 * _DECIMALS), weight, self._shared(kind, a, b))
                    for kind, weight in self.weights.items()
                    if weight and values[kind][number]
                ]
                yield tuple(sorted(terms, key=lambda term: (-abs(term.worth), term.kind)))

    def values(self, kind: str, ones: Places, others: Places) -> Floats:
        """One kind's values of pairs, whose places are given as two columns."""
        if kind in self.near:
            codes, values = self.near[kind]
            return values[codes[ones], codes[others]]
        if kind == "meaning" and self.meanings is not None:
            return np.asarray((self.meanings[ones] * self.meanings[others]).sum(axis=1))
        if kind not in self.shares:
            return np.zeros(len(ones))
        rows = self.shares[kind]
        return np.asarray(rows[ones].multiply(rows[others]).sum(axis=1)).ravel()

    def _shared(self, kind: str, a: int, b: int) -> tuple[str, ...]:
        if kind not in self.names:
            return ()
        here, there = self.names[kind][a], self.names[kind][b]
        return tuple(name for folded, name in here.items() if folded in there)

    @cached_property
    def _telling(self) -> tuple[Rows, Rows]:
        return self._factors(kind for kind in self.shares if kind not in FAINT)

    @cached_property
    def _faint(self) -> tuple[Rows, Rows]:
        return self._factors(kind for kind in self.shares if kind in FAINT)

    def _factors(self, kinds: Iterable[str]) -> tuple[Rows, Rows]:
        """Two matrices whose product is the weighted sum of some kinds."""
        wanted = [kind for kind in kinds if self.weights[kind] and self.shares[kind].nnz]
        none = sparse.csr_matrix((len(self.films), 0))
        left = sparse.hstack(
            [none, *(self.shares[kind] * self.weights[kind] for kind in wanted)], format="csr"
        )
        right = sparse.hstack([none, *(self.shares[kind] for kind in wanted)], format="csr")
        return left, right.T.tocsr()


def _product(factors: tuple[Rows, Rows], start: int, stop: int) -> Floats:
    return np.asarray((factors[0][start:stop] @ factors[1]).toarray(), dtype=np.float64)


def score_of(terms: Iterable[Term]) -> float:
    """The likeness of two films from 0 to 1, the same both ways.

    It is how likely they are alike if one pair of films in two were: 0.5 is as likely as not.
    """
    total = START + sum(sorted(term.worth for term in terms))
    return round(1 / (1 + exp(-round(total, _DECIMALS))), 4)


def likeness(
    films: Sequence[Film],
    *,
    weights: Mapping[str, float] | None = None,
    language: str = "en",
    use_plots: bool = False,
    embeddings: bool = False,
) -> Likeness:
    """Everything that the likeness of these films stands on. `embeddings` wants their package installed."""
    shelf = tuple(sorted(films, key=lambda film: film.slug))
    open_texts = _without_names([_open_text(film) for film in shelf], shelf)
    texts = read_texts(open_texts, language)
    place = {film.slug: number for number, film in enumerate(shelf)}
    kin = kinship(shelf, lambda one, other: texts.nearness(place[one.slug], place[other.slug]))
    shares = {kind: _unit(_facts(shelf, values, kind)) for kind, values in _LISTS.items()}
    for kind in ("language", "country"):
        shares[kind] = _facts(shelf, _PLACES[kind], kind, rarity=True)
    shares["series"] = _pairs(shelf, place, kin, remakes=False)
    shares["remake"] = _pairs(shelf, place, kin, remakes=True)
    shares["title"] = _unit(_facts(shelf, _title_words, "title"))
    shares["synopsis"] = texts.rows
    if use_plots:
        shares["plot"] = read_texts([_story(film) for film in shelf], language).rows
    return Likeness(
        shelf,
        place,
        {**WEIGHTS, **(weights or {})},
        kin,
        texts,
        shares,
        _nearnesses(shelf),
        read_meanings(open_texts, language) if embeddings else None,
        {
            kind: [{fold(value): value for value in values(film)} for film in shelf]
            for kind, values in _LISTS.items()
        },
    )


# --------------------------------------------------------------------------------------- shared facts

Values = Callable[[Film], Sequence[str]]
_Value = TypeVar("_Value", int, str)

_LISTS: Mapping[str, Values] = {
    "director": lambda film: film.directors,
    "writer": lambda film: film.writers,
    "cinematographer": lambda film: film.cinematographers,
    "composer": lambda film: film.composers,
    "cast": lambda film: [member.name for member in film.cast if not member.spoiler],
    "theme": lambda film: film.themes,
    "genre": lambda film: film.genres,
}
_PLACES: Mapping[str, Values] = {
    "language": lambda film: film.languages[:1],
    "country": lambda film: film.countries,
}
_BY_RARITY = frozenset({"theme", "title"})


def _facts(films: Sequence[Film], values: Values, kind: str, *, rarity: bool = False) -> sparse.csr_matrix:
    """A row for each film and a column for each value, in order of the folded words.

    Performers count by billing, the square root of their place; themes and words of titles by how few
    films have them. With `rarity` the product of two rows is itself the rarity of what they share.
    """
    lists = [list(dict.fromkeys(map(fold, values(film)))) for film in films]
    holders = Counter(value for some in lists for value in some)
    columns = {value: number for number, value in enumerate(sorted(holders))}
    rare = {value: log(1 + len(films) / count) for value, count in holders.items()}
    rows, cols, worths = [], [], []
    for row, some in enumerate(lists):
        for number, value in enumerate(some):
            worth = rare[value] if kind in _BY_RARITY else 1.0
            if rarity:
                worth = (rare[value] / (log(1 + len(films)) * len(some))) ** 0.5
            elif kind == "cast":
                worth = (1 + number) ** -0.5
            rows.append(row)
            cols.append(columns[value])
            worths.append(worth)
    return sparse.csr_matrix((worths, (rows, cols)), shape=(len(films), len(columns)))


def _unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows at length 1, so that the product of two is their cosine; empty rows stay 0."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(lengths == 0, 1, lengths)) @ rows)


def _pairs(
    films: Sequence[Film], place: Mapping[Slug, int], kin: Kinship, *, remakes: bool
) -> sparse.csr_matrix:
    """Rows whose product is 1 for films of one series, or for a film and its remake; else 0."""
    if not remakes:
        entries = [(place[slug], number) for slug, number in kin.series.items()]
    else:
        couples = sorted(kin.remakes)
        entries = [(place[slug], number) for number, couple in enumerate(couples) for slug in couple]
    rows, cols = zip(*sorted(entries), strict=True) if entries else ((), ())
    width = max(cols, default=-1) + 1
    return sparse.csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(films), width))


_SMALL_IN_TITLES = re.compile(
    r"part|episode|chapter|volume|vol|the|a|an|and|of|in|to|le|la|de|on|for|at|with|[ivx]+|\d\d?"
)


def _title_words(film: Film) -> Sequence[str]:
    """The words of a title that tell it from others, without the number of a sequel."""
    words = re.findall(r"\w+", re.sub(r"['’]", "", fold(film.title)))
    return [word for word in words if not _SMALL_IN_TITLES.fullmatch(word)] or words


def _open_text(film: Film) -> str:
    """What a film's safe part says of its story and mood; More about and the like speak of other things."""
    return "\n".join([film.synopsis.body, film.tagline, *film.themes])


def _without_names(texts: Sequence[str], films: Sequence[Film]) -> list[str]:
    """The texts without forenames: that two heroes are called Danny makes no films alike.

    Forenames are those of the people of the guide, but for the rare: River Phoenix makes no name of a river.
    """
    people = {
        name
        for film in films
        for name in (*film.directors, *film.writers, *(member.name for member in film.cast))
    }
    borne = Counter(name.split()[0] for name in people if " " in name)
    least = max(_BORNE_BY, len(films) / _FILMS_A_BEARER)
    forenames = {name for name, count in borne.items() if count >= least}
    return [_WORD.sub(lambda word: "" if word.group() in forenames else word.group(), text) for text in texts]


def _story(film: Film) -> str:
    return "\n".join(section.body for section in film.spoilers if section.kind in {Kind.PLOT, Kind.ENDING})


# --------------------------------------------------------------------------------------- nearness


def _nearnesses(films: Sequence[Film]) -> dict[str, Near]:
    return {
        "year": _near([film.year for film in films], _in_years),
        "runtime": _near([film.runtime_min for film in films], _in_minutes),
        "certificate": _near(_certificates(films), _in_age),
        "budget": _near(_tenfolds(films), _in_tenfolds),
    }


def _in_years(one: int, other: int) -> float:
    return exp(-abs(one - other) / _YEARS)


def _in_minutes(one: int, other: int) -> float:
    return exp(-abs(one - other) / _MINUTES) - 0.5


def _in_tenfolds(one: int, other: int) -> float:
    return exp(-abs(one - other) / (10 * _TENFOLDS)) - 0.5


def _in_age(one: str, other: str) -> float:
    """1/2 for one certificate, 0 for the next on its ladder, and at most 1 below 0."""
    if one == other:
        return 0.5
    rungs = [abs(ladder.index(one) - ladder.index(other)) for ladder in _LADDERS if {one, other} <= {*ladder}]
    return 0.5 - min(3, min(rungs)) / 2 if rungs else 0.0


def _certificates(films: Sequence[Film]) -> list[str | None]:
    """Certificates that say for what age a film is; the word that there is none says nothing of that."""
    known = {rung for ladder in _LADDERS for rung in ladder}
    typed = (film.certificate.strip().upper() for film in films)
    words = [_OTHER_WORDS.get(word, word) for word in typed]
    return [word if word in known else None for word in words]


def _tenfolds(films: Sequence[Film]) -> list[int | None]:
    """Budgets as powers of ten, in tenths, in the currency of most films: others cannot be compared."""
    budgets = [film.box_office if film.box_office and film.box_office.budget else None for film in films]
    counts = Counter(budget.currency for budget in budgets if budget)
    currency = min(counts, key=lambda each: (-counts[each], each), default="")
    return [
        round(log(budget.budget, 10) * 10)
        if budget and budget.budget and budget.currency == currency
        else None
        for budget in budgets
    ]


def _near(values: Sequence[_Value | None], near: Callable[[_Value, _Value], float]) -> Near:
    """A film without the value is neither near nor far: 0."""
    known = list(dict.fromkeys(value for value in values if value is not None))
    codes = {value: number for number, value in enumerate(known, 1)}
    table = np.zeros((len(known) + 1, len(known) + 1))
    for one, other in product(known, known):
        table[codes[one], codes[other]] = near(one, other)
    return np.array([0 if value is None else codes[value] for value in values], dtype=np.intp), table
