"""Which films stand on a map of similar films together, and which of their ties are drawn.

A spread holds some sixty films; with more it is soot. So a guide of up to MOST films has one map, and a
larger one has a map for each chapter, of its films or of the CHOSEN that are tied most. All of a film's
similar films stand on its own page, and in the index: a map keeps only the strongest ties, for its point is
the shape of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from book.figures.drawing import FINE
from book.model import Chapter, Film, SeeAlso, Slug

LEAST, MOST, CHOSEN = 5, 64, 48
"""Films on a map: with fewer there is nothing to see, with more nothing can be seen. Where there are more,
so many are chosen: since the map is not whole in any case, it had better be clear.
"""

TIES_EACH = 2
"""Of each film this many ties are drawn, its strongest; those of others come on top."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two films that are alike, the first by slug first; `likeness` is from 0 to 1."""

    one: Slug
    other: Slug
    likeness: float

    def has(self, slug: Slug) -> bool:
        """Whether the film is one of the two."""
        return slug in {self.one, self.other}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The films of one map in reading order, every one of them tied to another, and their ties.

    `chapter` is the title of the chapter that it maps, empty for a map of the whole guide; `left_out`
    counts the films there that it does not show.
    """

    films: tuple[Film, ...]
    ties: tuple[Tie, ...]
    chapter: str = ""
    left_out: int = 0


def sheets(chapters: Sequence[Chapter], see_also: Mapping[Slug, Sequence[SeeAlso]]) -> tuple[Sheet, ...]:
    """The maps of a guide: none where too few films are tied to draw one."""
    films = tuple(film for chapter in chapters for film in chapter.films)
    if len(films) <= MOST:
        return tuple(filter(None, [_sheet(films, see_also)]))
    by_chapter = (_sheet(chapter.films, see_also, chapter.title) for chapter in chapters)
    return tuple(filter(None, by_chapter))


def _sheet(
    films: Sequence[Film], see_also: Mapping[Slug, Sequence[SeeAlso]], chapter: str = ""
) -> Sheet | None:
    slugs = {film.slug for film in films}
    ties = tuple(_ties(slugs, see_also))
    kept = _most_tied(slugs, ties)
    while True:
        ties = _strongest(kept, [tie for tie in ties if tie.one in kept and tie.other in kept])
        tied = {slug for tie in ties for slug in (tie.one, tie.other)}
        if tied == kept:
            break
        kept = tied
    if len(kept) < LEAST:
        return None
    shown = tuple(film for film in films if film.slug in kept)
    return Sheet(shown, ties, chapter, len(films) - len(shown))


def _ties(slugs: Collection[Slug], see_also: Mapping[Slug, Sequence[SeeAlso]]) -> Iterator[Tie]:
    """Every pair of films of which one leads to the other, once, by slug."""
    likeness: dict[tuple[Slug, Slug], float] = {}
    for slug in sorted(slugs):
        for also in see_also.get(slug, ()):
            if also.to is not None and also.to in slugs and also.to != slug:
                pair = (min(slug, also.to), max(slug, also.to))
                likeness[pair] = max(likeness.get(pair, 0.0), also.score)
    for (one, other), score in sorted(likeness.items()):
        # Likeness is reckoned by libraries that round the last digits as they like.
        yield Tie(one, other, round(score, 3))


def _most_tied(slugs: Collection[Slug], ties: Sequence[Tie]) -> set[Slug]:
    """All films that a map can hold, or else those that are left when the least tied are taken one by one."""
    kept = set(slugs)
    if len(kept) <= MOST:
        return kept
    near: dict[Slug, set[Slug]] = {slug: set() for slug in slugs}
    for tie in ties:
        near[tie.one].add(tie.other)
        near[tie.other].add(tie.one)
    while len(kept) > CHOSEN:
        weakest = min(kept, key=lambda slug: (len(near[slug]), slug))
        kept.discard(weakest)
        for other in near.pop(weakest):
            near[other].discard(weakest)
    return kept


def _strongest(slugs: Collection[Slug], ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """Each film's strongest ties, by slug."""
    chosen: set[Tie] = set()
    of_film: dict[Slug, list[Tie]] = {slug: [] for slug in slugs}
    for tie in ties:
        of_film[tie.one].append(tie)
        of_film[tie.other].append(tie)
    for slug in sorted(slugs):
        best = sorted(of_film[slug], key=lambda tie: (-tie.likeness, tie.one, tie.other))
        chosen.update(best[:TIES_EACH])
    return tuple(sorted(chosen, key=lambda tie: (tie.one, tie.other)))


def weights_of(ties: Sequence[Tie]) -> Mapping[Tie, float]:
    """How heavy each tie is drawn, in points: the likest third heavy, the next less so, the rest thin.

    Three weights are as many as the eye tells apart. Ties that are equally strong weigh the same, and where
    more than half are the strongest none is heavy: that would be soot again.
    """
    steps = sorted((tie.likeness for tie in ties), reverse=True)
    heavy, middling = (steps[max(0, len(steps) * third // 3 - 1)] for third in (1, 2))
    if 2 * sum(each >= heavy for each in steps) > len(steps):
        return {tie: 1.2 if tie.likeness >= heavy else FINE for tie in ties}
    return {tie: 1.8 if tie.likeness >= heavy else 1.2 if tie.likeness >= middling else FINE for tie in ties}
