"""What a guide's films have to do with each other, kept from build to build: similar films, and indexes.

Both go by what stands above the fence, so an edit below it changes neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from book.cache import Cache, Kept, engine, key_of
from book.config import Project
from book.indexes import build_indexes
from book.model import Film, Index, SeeAlso, Slug, Source
from book.progress import Step, Track, untold
from book.relate import relate
from book.words import words_of

SeeAlsos = Mapping[Slug, tuple[SeeAlso, ...]]


def related(films: Sequence[Film], project: Project, cache: Cache | None, track: Track = untold) -> SeeAlsos:
    """For every film those to see next, as guide.toml asks for them."""
    track(Step("relate", total=len(films)))
    return _related(films, project, cache, _key(films, project))


def relations(
    films: Sequence[Film], project: Project, cache: Cache | None, track: Track = untold
) -> tuple[SeeAlsos, tuple[Index, ...]]:
    """For every film those to see next, and the indexes that guide.toml asks for."""
    track(Step("relate", total=len(films)))
    key = _key(films, project)
    see_also = _related(films, project, cache, key)
    kept = Kept[Sequence[Film], tuple[Index, ...]](
        cache, lambda _: key_of("indexes", key, project.index_plan)
    )
    # They are given nothing that spoils, so that nothing of it can come into them.
    indexes = kept.do(
        lambda films: build_indexes(films, see_also, project.index_plan, words_of(project.info)),
        tuple(map(before_the_fence, films)),
    )
    return see_also, indexes


def _related(films: Sequence[Film], project: Project, cache: Cache | None, key: str) -> SeeAlsos:
    plan = project.similar
    kept = Kept[Sequence[Film], SeeAlsos](cache, lambda _: key)
    return kept.do(
        lambda films: relate(
            films,
            limit=plan.limit,
            weights=plan.weights,
            words=words_of(project.info),
            use_plots=plan.use_plots,
            embeddings=plan.embeddings,
        ),
        films,
    )


def _key(films: Sequence[Film], project: Project) -> str:
    """All that similar films and indexes depend on, the plan of the indexes apart."""
    plan = project.similar
    seen = films if plan.use_plots else map(before_the_fence, films)
    return key_of("relate", engine(), plan, project.info, [key_of(film) for film in seen])


def before_the_fence(film: Film) -> Film:
    """The film without what spoils it, wherever its entry stands: all that likeness may go by."""
    cast = tuple(member for member in film.cast if not member.spoiler)
    return replace(film, spoilers=(), spoiler_themes=(), cast=cast, fence_line=0, source=Source(""))
