"""Similar films: the writer's own links, the films that link back, then those that are likest.

What makes films alike stands in `book.likeness`; why, in words, in `book.reasons`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from book.model import Film, SeeAlso, Slug
from book.nearness import embeddings_are_there
from book.selection import Catalogue, catalogue
from book.titles import sort_key
from book.words import Words, words_in

if TYPE_CHECKING:
    from book.likeness import Likeness, Term
    from book.reasons import Reasons

_BLOCK = 500
"""Films that are compared with all others at a time: the table of ten thousand would not fit."""


def relate(
    films: Sequence[Film],
    *,
    limit: int = 6,
    weights: Mapping[str, float] | None = None,
    words: Words | None = None,
    use_plots: bool = False,
    embeddings: bool = False,
) -> Mapping[Slug, tuple[SeeAlso, ...]]:
    """For every film, the films to see next: own links in the writer's order, back-links, likenesses.

    `limit` counts all of them, but own links are never cut; one that finds no room to lead back is marked
    `one_way`. A link to a film beyond the guide has no `to`. A reason is the writer's own where there is one,
    otherwise what the two films share, in the guide's `words`. `weights` override ours by kind; with
    `use_plots` the stories are compared as well. `embeddings` count where their package is installed.
    """
    if not films:
        return {}
    reasons = _reasons(films, weights, words or words_in("en"), use_plots, embeddings)
    alike = reasons.likeness
    linked = _linked(films, limit)
    complete = {
        film.slug: tuple(linked[film.slug] + found)
        for film, found in zip(alike.films, _likest(alike, linked, limit), strict=True)
    }
    return _explained(complete, reasons)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The likeness of two films: a term for each kind, added to `start`, the sum of films without a fact."""

    one: Film
    other: Film
    start: float
    terms: tuple[Term, ...]
    score: float
    reason: str


def compare(
    films: Sequence[Film],
    one: Film,
    other: Film,
    *,
    weights: Mapping[str, float] | None = None,
    words: Words | None = None,
    use_plots: bool = False,
    embeddings: bool = False,
) -> Comparison:
    """Two of these films, term by term; the reason is that of the other's place in the list of the one."""
    from book.likeness import START, score_of

    reasons = _reasons(films, weights, words or words_in("en"), use_plots, embeddings)
    place = reasons.likeness.place
    terms = next(reasons.likeness.terms([(place[one.slug], place[other.slug])]))
    return Comparison(one, other, START, terms, score_of(terms), reasons.reason(one, other, terms))


def _reasons(
    films: Sequence[Film],
    weights: Mapping[str, float] | None,
    words: Words,
    use_plots: bool,
    embeddings: bool,
) -> Reasons:
    # Not at the top: numbers take a second to load, and most commands do without.
    from book.likeness import likeness
    from book.reasons import Reasons

    alike = likeness(
        films,
        weights=weights,
        language=words.language,
        use_plots=use_plots,
        embeddings=embeddings and embeddings_are_there(),
    )
    return Reasons(alike, words)


# --------------------------------------------------------------------------------------- links


def _linked(films: Sequence[Film], limit: int) -> dict[Slug, list[SeeAlso]]:
    """The writer's links and those that lead back, as many as there is room for."""
    shelf = catalogue(films)
    own = {film.slug: list(_own_links(film, shelf)) for film in films}
    titles = {film.slug: film for film in films}
    complete = {slug: list(links) for slug, links in own.items()}
    # By slug, so that the order in which films are given decides nothing.
    for slug in sorted(own):
        for number, link in enumerate(own[slug]):
            if link.to is None or any(back.to == slug for back in complete[link.to]):
                continue
            if len(complete[link.to]) < limit:
                film = titles[slug]
                complete[link.to].append(SeeAlso(slug, film.title, film.year, back=True))
            else:
                complete[slug][number] = replace(link, one_way=True)
    return complete


def _own_links(film: Film, shelf: Catalogue) -> Iterator[SeeAlso]:
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
            yield SeeAlso(meant[0].slug, meant[0].title, meant[0].year, link.why, own=True)
        else:
            yield SeeAlso(None, link.title, link.year, link.why, own=True)


# --------------------------------------------------------------------------------------- likeness


def _likest(alike: Likeness, linked: Mapping[Slug, Sequence[SeeAlso]], limit: int) -> Iterator[list[SeeAlso]]:
    """For each film in turn those that fill its list, the likest first, ties by slug."""
    import numpy as np

    for start in range(0, len(alike.films), _BLOCK):
        stop = min(start + _BLOCK, len(alike.films))
        for film, row in zip(alike.films[start:stop], alike.sums(start, stop), strict=True):
            links = linked[film.slug]
            room = max(0, limit - len(links))
            row[[alike.place[link.to] for link in links if link.to is not None]] = -np.inf
            room = min(room, int(np.count_nonzero(row > -np.inf)))
            # Films stand by slug, and all that tie with the last one that fits are looked at.
            least = np.partition(row, -room)[-room] if room else np.inf
            found = np.flatnonzero(row >= least)
            likest = found[np.argsort(-row[found], kind="stable")][:room]
            others = (alike.films[number] for number in likest)
            yield [SeeAlso(other.slug, other.title, other.year) for other in others]


def _explained(links: Mapping[Slug, Sequence[SeeAlso]], reasons: Reasons) -> dict[Slug, tuple[SeeAlso, ...]]:
    """The same films with scores, and with reasons where the writer gave none."""
    alike = reasons.likeness
    pairs = [(slug, link.to) for slug, found in links.items() for link in found if link.to is not None]
    terms = alike.terms([(alike.place[slug], alike.place[to]) for slug, to in pairs])
    return {
        slug: tuple(
            link if link.to is None else reasons.complete(alike.films[alike.place[slug]], link, next(terms))
            for link in found
        )
        for slug, found in links.items()
    }
