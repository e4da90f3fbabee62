"""Handing a guide's films on: entries -> one file for other programs, without what gives the films away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from book.check import check
from book.config import ChapterPlan, Project, load_project
from book.entries import read_entries
from book.exporters import Exporter, exporters
from book.model import Film, Finding, Severity, SimilarLink, UsageError
from book.outcome import has_errors, in_order
from book.progress import Step, Track, untold
from book.reading import asked_for, cache_of
from book.selection import Catalogue, catalogue, select
from book.shelf import put
from book.texts import read_texts
from book.withheld import doubts_of, open_film, whole_film


@dataclass(frozen=True, slots=True)
class Handout:
    """What an export came to. `content` is the whole file, None where errors in the guide stand in its way.

    `films` is how many are in it; `findings` are those errors, or what was left out of the file.
    """

    content: bytes | None
    films: int
    findings: tuple[Finding, ...]


def export_films(
    root: Path,
    wanted: str,
    file: Path | None = None,
    *,
    edition: str = "",
    spoilers: bool = False,
    overwrite: bool = False,
    track: Track = untold,
) -> Handout:
    """The guide's films in the format of the exporter `wanted`, and in the `file` where one is given.

    `edition` is one of guide.toml, by name or slug; without it all films are meant. `spoilers`: with what
    stands below the fence, for formats that keep it apart. A file that is there already is left alone unless
    `overwrite` says otherwise; a file of the guide's own always is. Raises BookError.
    """
    exporter, missing = _exporter(wanted)
    if spoilers and not exporter.spoilers:
        raise UsageError(
            f"{exporter.label} has no place where nobody meets a spoiler unasked.",
            f"Leave --spoilers out; {wanted} is written without.",
        )
    if file is not None:
        _be_free(file, root, overwrite=overwrite)
    track(Step("read"))
    project, of_project = load_project(root)
    cache = cache_of(root)
    films, of_entries = read_entries(project, cache)
    texts, of_texts = read_texts(project)
    chosen = _of_edition(films, project, edition)
    track(Step("check", total=len(films)))
    of_films = check(films, project, texts, this_year=date.today().year, cache=cache)
    found = in_order((*of_project, *of_entries, *of_texts, *of_films), strict=False)
    if has_errors(found):
        return Handout(None, 0, tuple(each for each in found if each.severity is Severity.ERROR))
    track(Step("write", total=len(chosen)))
    shelf = catalogue(films)
    linked = [_linked(film, shelf) for film in chosen]
    doubts = {} if spoilers else doubts_of(found)
    opened = [
        (whole_film(film), ()) if spoilers else open_film(film, doubts.get(film.source.file), exporter.texts)
        for film in linked
    ]
    content, of_format = exporter.write([film for film, _ in opened], project.info)
    if file is not None:
        put(file, content)
    withheld = (each for _, left in opened for each in left)
    return Handout(content, len(chosen), (*missing, *withheld, *of_format))


def _exporter(wanted: str) -> tuple[Exporter, tuple[Finding, ...]]:
    known, missing = exporters()
    found = next((each for each in known if each.name == wanted), None)
    if found is None:
        names = ", ".join(each.name for each in known)
        hint = f"There are {names}." if names else "filmguide is not installed completely; install it again."
        raise UsageError(f"No exporter is called {wanted}.", hint)
    return found, missing


def _be_free(file: Path, root: Path, *, overwrite: bool) -> None:
    """UsageError where a file stands that nobody meant to lose."""
    place = file.resolve()
    if place == (root / "guide.toml").resolve() or (root / "entries").resolve() in place.parents:
        raise UsageError(f"{file} is a place of the guide's own files.", "Give the export another place.")
    if file.exists() and not overwrite:
        raise UsageError(f"{file} is there already.", "Name another file, or say --overwrite.")


def _of_edition(films: Sequence[Film], project: Project, edition: str) -> Sequence[Film]:
    plans = asked_for(project.editions, [edition]) if edition else ()
    if not any(plan.films for plan in plans):
        return films
    chosen = {
        film.slug
        for plan in plans
        for film in select(ChapterPlan(plan.name, plan.films), films, project.info.language)
    }
    return [film for film in films if film.slug in chosen]


def _linked(film: Film, shelf: Catalogue) -> Film:
    """The film with titles and years in its links: a slug says nothing to other programs."""

    def named(link: SimilarLink) -> SimilarLink:
        meant = shelf.meant_by(link)
        if len(meant) != 1:
            return link
        return replace(link, title=meant[0].title, year=meant[0].year)

    return replace(film, similar=tuple(map(named, film.similar)))
