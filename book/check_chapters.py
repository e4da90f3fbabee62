"""Rules about chapters and editions: each selects something, and every film stands in exactly one chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from book.config import ChapterPlan
from book.findings import finding
from book.model import Finding, Place, Slug
from book.proofs import Proofs
from book.selection import is_glob, named, nearest_slug, select


def chapters_select_films(proofs: Proofs) -> Iterator[Finding]:
    """Every slug, glob and query of a chapter selects at least one film."""
    for plan in proofs.project.chapters:
        where = _place(plan, proofs)
        for name in plan.films:
            if is_glob(name):
                if not named(name, proofs.films):
                    yield finding(
                        "F510",
                        where,
                        f'The chapter "{plan.title}" lists {name}, which fits no film.',
                        "Mend the pattern, or take it out.",
                    )
            elif name.casefold() not in proofs.catalogue.by_slug:
                guess = nearest_slug(name, proofs.catalogue.by_slug)
                yield finding(
                    "F511",
                    where,
                    f'The chapter "{plan.title}" lists {name}, which is not in the guide.',
                    f"Did you mean {guess}?" if guess else "Mend the slug, or add the entry.",
                )
        if plan.where and not select(replace(plan, films=()), proofs.films):
            yield finding(
                "F510",
                where,
                f'No film answers the query of the chapter "{plan.title}": {_query(plan)}.',
                "Widen the query, or mend its spelling.",
            )
        if not plan.films and not plan.where:
            yield finding(
                "F510",
                where,
                f'The chapter "{plan.title}" selects no film.',
                "Give it films = [...] or where = {...}.",
            )


def films_stand_in_one_chapter(proofs: Proofs) -> Iterator[Finding]:
    """With chapters by hand, every film stands in one of them, and in only one."""
    if not proofs.project.chapters:
        return
    taken: dict[Slug, str] = {}
    for plan in proofs.project.chapters:
        for film in select(plan, proofs.films):
            if film.slug in taken:
                yield finding(
                    "F513",
                    _place(plan, proofs),
                    f'{film.slug} is in "{taken[film.slug]}" and in "{plan.title}"; the first has it.',
                    "Take it out of one of the two.",
                )
            taken.setdefault(film.slug, plan.title)
    for film in proofs.films:
        if film.slug not in taken:
            yield finding(
                "F512",
                Place(film.source.file),
                f"{film.slug} is in no chapter.",
                "List it in a chapter of guide.toml; until then it stands at the end, in More films.",
            )


def _place(plan: ChapterPlan, proofs: Proofs) -> Place:
    return Place(proofs.project.source.file, plan.line)


def _query(plan: ChapterPlan) -> str:
    return ", ".join(f"{key} = {' or '.join(values)}" for key, values in plan.where.items())


def editions_select_films(proofs: Proofs) -> Iterator[Finding]:
    """Every slug and glob of an edition selects at least one film."""
    for plan in proofs.project.editions:
        for name in plan.films:
            if not named(name, proofs.films):
                guess = None if is_glob(name) else nearest_slug(name, proofs.catalogue.by_slug)
                yield finding(
                    "F518",
                    Place("guide.toml", plan.line),
                    f"The edition {plan.name} lists {name}, which fits no film.",
                    f"Did you mean {guess}?" if guess else "Mend it, or take it out.",
                )
