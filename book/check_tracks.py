"""Rules about reading paths: each leads through films of the guide in a known order, and is printed."""

from __future__ import annotations

from collections.abc import Iterator

from book.findings import finding
from book.model import Finding, Place
from book.proofs import Proofs
from book.selection import nearest_slug
from book.titles import fold
from book.tracks import TrackPlan, films_of


def tracks_lead_through_films(proofs: Proofs) -> Iterator[Finding]:
    """Every film that a path names is there, and every path has two at least."""
    for plan in proofs.project.tracks:
        where = _place(plan, proofs)
        lost = [name for name in plan.films if name.casefold() not in proofs.catalogue.by_slug]
        for name in lost:
            guess = nearest_slug(name, proofs.catalogue.by_slug)
            yield finding(
                "F531",
                where,
                f'The path "{plan.title}" leads to {name}, which is not in the guide.',
                f"Did you mean {guess}?" if guess else "Mend the slug, or add the entry.",
            )
        count = len(films_of(plan, proofs.films))
        if count < 2 and not lost:
            yield finding(
                "F530", where, f'The path "{plan.title}" {_too_short(plan, count)}.', _more(plan, proofs)
            )


def _too_short(plan: TrackPlan, count: int) -> str:
    if plan.films or not plan.series:
        return "leads to one film only" if count else "leads nowhere"
    return f"goes by the series {plan.series}, of which the guide has {'one film' if count else 'no film'}"


def _more(plan: TrackPlan, proofs: Proofs) -> str:
    if not plan.series or plan.films:
        return 'Give it films = ["…", "…"], or a series.'
    names = {film.series.name for film in proofs.films if film.series}
    near = [
        name for name in sorted(names) if fold(plan.series) in fold(name) or fold(name) in fold(plan.series)
    ]
    if near and fold(near[0]) != fold(plan.series):
        return f"Did you mean {near[0]}?"
    return "Mend its name, or give the entries their series."


def story_order_is_known(proofs: Proofs) -> Iterator[Finding]:
    """No entry says when its film is set, so the order of a story is the writer's to give."""
    for plan in proofs.project.tracks:
        if plan.by == "story" and not plan.films:
            yield finding(
                "F532",
                _place(plan, proofs),
                f'The path "{plan.title}" goes by the story, but no entry says when its film is set.',
                'List the films in that order: films = ["…", "…"].',
            )


def tracks_are_printed(proofs: Proofs) -> Iterator[Finding]:
    """Paths have their place among the matter."""
    project = proofs.project
    if project.tracks and "tracks" not in {*project.matter.front, *project.matter.back}:
        yield finding(
            "F533",
            _place(project.tracks[0], proofs),
            "The guide has reading paths, but they are printed nowhere.",
            'Add "tracks" to back = […] under [matter].',
        )


def _place(plan: TrackPlan, proofs: Proofs) -> Place:
    return Place(proofs.project.source.file, plan.line)
