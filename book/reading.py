"""A guide's folder as values: read, checked, related and arranged; and the editions that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from book.arrange import arrange
from book.cache import CACHE, Cache
from book.check import check
from book.config import ChapterPlan, Project, load_project
from book.editions import EditionPlan
from book.entries import read_entries
from book.film_links import linked_films, with_links
from book.model import BookError, Film, Guide, UsageError
from book.outcome import Reading, has_errors, in_order
from book.progress import Step, Track, untold
from book.reach import leads_out
from book.relating import relations
from book.retail import safe_keywords
from book.selection import select
from book.texts import read_texts
from book.themes import find_theme
from book.wording import typeset_guide
from book.workers import ALONE, Hands


def read_guide(
    root: Path, *, theme: str = "", strict: bool = False, hands: Hands = ALONE, track: Track = untold
) -> Reading:
    """Read, check, relate and arrange, with so many `hands` where there is much that is new.

    BookError only where there is no guide, or no `theme` of that name.
    """
    track(Step("read"))
    project, of_project = load_project(root)
    project = _themed(project, theme)
    cache = cache_of(root)
    films, of_entries = read_entries(project, cache, hands)
    texts, of_texts = read_texts(project)
    track(Step("check", total=len(films)))
    of_films = check(films, project, texts, this_year=date.today().year, cache=cache, hands=hands)
    findings = in_order((*of_project, *of_entries, *of_texts, *of_films), strict=strict)
    if has_errors(findings):
        return Reading(project, films, texts, None, findings)
    # A keyword that spoils is a warning only, so it must not come as far as a book.
    project = replace(project, info=replace(project.info, keywords=safe_keywords(project.info, films)))
    return Reading(project, films, texts, _arranged(films, project, texts, track), findings)


def _themed(project: Project, theme: str) -> Project:
    """The project with one theme for every format, where one is asked for."""
    if not theme:
        return project
    find_theme(theme, project.root)
    return replace(
        project, print=replace(project.print, theme=theme), ebook=replace(project.ebook, theme=theme)
    )


def _arranged(
    films: Sequence[Film],
    project: Project,
    texts: Mapping[str, str],
    track: Track = untold,
    *,
    shelf: Sequence[Film] = (),
) -> Guide:
    """The guide of these films; `shelf` are all that there are, since a text may name one left out."""
    see_also, indexes = relations(films, project, cache_of(project.root), track)
    by_slug = {film.slug.casefold(): film for film in shelf or films}
    linked = {name: with_links(text, by_slug) for name, text in texts.items()}
    return typeset_guide(arrange(linked_films(films, by_slug), see_also, project, linked, indexes))


def editions_of(
    reading: Reading, *, spoilers: str = "", names: Sequence[str] = ()
) -> Iterator[tuple[EditionPlan, Project, Guide]]:
    """The editions that guide.toml lists, or the guide as its own only one, each arranged.

    `spoilers` puts them in another place in all of them; `names` are the editions asked for, by name or
    slug, none meaning all. UsageError for one that is not there.
    """
    project, guide = reading.project, reading.guide
    assert guide is not None, "a guide with errors has no editions"
    if not project.editions and not names:
        own = project.own_edition
        yield own, replace(project, spoilers=own.spoilers.with_place(spoilers)), guide
    for plan in asked_for(project.editions, names):
        edition = project.as_edition(replace(plan, spoilers=plan.spoilers.with_place(spoilers)))
        if plan.films:
            chosen = {film.slug for film in select(ChapterPlan(plan.name, plan.films), reading.films)}
            films = [film for film in reading.films if film.slug in chosen]
            yield plan, edition, _arranged(films, edition, reading.texts, shelf=reading.films)
        else:
            yield plan, edition, replace(guide, info=edition.info)


def asked_for(editions: Sequence[EditionPlan], names: Sequence[str]) -> Sequence[EditionPlan]:
    """The editions of these names or slugs, none meaning all. UsageError for one that is not there."""
    for name in names:
        if not any(name in {plan.name, plan.slug} for plan in editions):
            known = ", ".join(plan.name for plan in editions)
            raise UsageError(
                f"guide.toml has no edition {name}.",
                f"It has {known}." if known else "Begin one with [[edition]] and its name.",
            )
    return [plan for plan in editions if not names or {plan.name, plan.slug} & set(names)]


def cache_of(root: Path) -> Cache:
    """The guide's cache. BookError where a link leads it out of the folder: files are taken away there."""
    if leads_out(root / CACHE, root):
        raise BookError(f"{CACHE} leads out of the guide's folder.", "Take the link away.")
    return Cache(root / CACHE)
