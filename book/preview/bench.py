"""The workbench: a guide in memory, of which a save re-reads one entry and changes one film.

Changes come one after the other, from whoever listens to the folder; they make a new `Table` and put it in
the place of the old one in one stroke, so that whoever looks sees one moment and never half of two.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock

from book.check import check
from book.config import Project, load_project
from book.entries import is_entry, read_entry_file
from book.model import Film, Finding, Slug
from book.pdf.paint import paint_job
from book.preview.documents import Reader
from book.preview.painting import Easel, Paint
from book.preview.places import Places, places_of
from book.preview.table import (
    Read,
    SeeAlsos,
    Table,
    arranged,
    differing,
    films_of,
    stays_in_place,
    with_film,
    with_rows,
    with_searched,
    with_similar,
)
from book.progress import Step, Track, untold
from book.reach import leads_out
from book.reading import cache_of
from book.relating import related
from book.texts import read_texts
from book.themes import find_theme

WHOLE_GUIDE = ("guide.toml", "words.po")
"""Files on which everything depends; so it does on whatever lies in styles/."""

LEAST_URGENT = 15  # of 19, as the operating system counts


@dataclass(frozen=True, slots=True)
class Change:
    """What a save came to: the films whose pages are others now, or that everything may be another."""

    films: frozenset[Slug] = frozenset()
    everything: bool = False


class Bench:
    """A guide's folder as it stands, film by film. Raises BookError where there is no guide."""

    def __init__(
        self, root: Path, *, theme: str = "", paint: Paint = paint_job, track: Track = untold
    ) -> None:
        self._root, self._theme, self._paint = root.resolve(), theme, paint
        self._cache = cache_of(self._root)
        self._changing = Lock()
        self._manifest_at = 0
        self._project, self._easel, self._reader, self._table = self._opened(track, revision=0)

    # ------------------------------------------------------------------------------ what there is

    @property
    def root(self) -> Path:
        """The guide's folder, with no links in its path."""
        return self._root

    @property
    def table(self) -> Table:
        """The guide at this moment."""
        return self._table

    @property
    def easel(self) -> Easel:
        """Where pages are painted."""
        return self._easel

    @property
    def reader(self) -> Reader:
        """Where the e-book's pages are made."""
        return self._reader

    # ----------------------------------------------------------------------------------- changes

    def take_in(self, files: Set[Path]) -> Change:
        """Read what was saved. What the rules say of it, and which films are like it, is left for later."""
        with self._changing:
            before = self._table
            names = {file.relative_to(self._root).as_posix() for file in files if self._is_ours(file)}
            if any(name in WHOLE_GUIDE or name.startswith("styles/") for name in names):
                # What was there before stays where this fails.
                self._project, self._easel, self._reader, self._table = self._opened(
                    untold, revision=self._table.revision
                )
                return Change(everything=True)
            if self._manifest_time() != self._manifest_at:
                self._table = replace(self._table, places=self._places(self._table))
            entries = self._project.entries_dir.relative_to(self._project.root).as_posix()
            own = sorted(name for name in names if name.rpartition("/")[0] == entries)
            changed = self._entries_again(name for name in own if is_entry(Path(name)))
            beside = names - set(own)
            shown = {film.slug for film in self._table.guide.films if beside and _shows(film, beside)}
            if shown:
                self._easel, self._reader = self._new_easel(), self._new_reader()
            changed |= shown
            self._table = with_rows(self._table, before, repainted=changed)
            return Change(frozenset(changed))

    def check(self) -> frozenset[Slug]:
        """Ask the rules of a build again; the films that they now say something else of."""
        with self._changing:
            before = self._table
            texts, of_texts = read_texts(self._project)
            _, of_project = load_project(self._root)
            found = self._checked(before.entries, texts)
            now = replace(before, checked=found, beside=(*of_project, *of_texts))
            self._table = with_rows(now, before) if now.findings != before.findings else before
            rows = self._table.rows
            files = {
                file
                for file in self._table.findings.keys() | before.findings.keys()
                if self._table.findings.get(file) != before.findings.get(file)
            }
            return frozenset(slug for slug, row in rows.items() if row.file in files)

    def relate(self, executor: Executor | None = None) -> frozenset[Slug]:
        """Find similar films again, in a worker where there is one; the films whose lists are others now."""
        with self._changing:
            films = tuple(self._table.films.values())
        found = (
            executor.submit(_related_quietly, films, self._project).result()
            if executor
            else related(films, self._project, self._cache)
        )
        with self._changing:
            if found == self._table.similar:
                return frozenset()
            before = self._table
            guide = with_similar(before.guide, _among(found, before.films))
            changed = differing(before.guide, guide)
            self._table = with_rows(replace(before, guide=guide, similar=found), before, repainted=changed)
            return changed

    # ----------------------------------------------------------------------------------- reading

    def _opened(self, track: Track, *, revision: int) -> tuple[Project, Easel, Reader, Table]:
        """Everything, read anew; its table comes behind `revision`."""
        track(Step("read"))
        project, of_project = load_project(self._root)
        if self._theme:
            project = replace(project, print=replace(project.print, theme=self._theme))
            project = replace(project, ebook=replace(project.ebook, theme=self._theme))
        self._project = project  # by which entries are read
        folder = project.entries_dir
        inside = folder.is_dir() and not leads_out(folder, self._root)
        paths = sorted(filter(is_entry, folder.iterdir())) if inside else []
        entries = {self._name(path): self._read(path) for path in paths}
        films = films_of(entries)
        texts, of_texts = read_texts(project)
        track(Step("check", total=len(films)))
        found = self._checked(entries, texts)
        track(Step("relate", total=len(films)))
        similar = related(tuple(films.values()), project, cache_of(project.root))
        guide = arranged(films, project, similar)
        self._manifest_at = self._manifest_time()
        table = Table(
            project,
            entries,
            guide,
            places_of(guide, self._manifest),
            similar,
            (*of_project, *of_texts),
            found,
            revision=revision,
        )
        table = with_searched(with_rows(table, repainted=films))
        return project, self._new_easel(), self._new_reader(), table

    def _entries_again(self, names: Iterable[str]) -> set[Slug]:
        """Read some entries again; the films whose pages are others now."""
        before = self._table
        entries = dict(before.entries)
        for name in names:
            path = self._root / name
            if path.exists() and not leads_out(path.parent, self._root):
                entries[name] = self._read(path)
            else:
                entries.pop(name, None)
        if entries == before.entries:
            return set()
        entries = dict(sorted(entries.items()))
        films = films_of(entries)
        touched = [
            slug
            for slug in films.keys() | before.films.keys()
            if films.get(slug) is not before.films.get(slug) and films.get(slug) != before.films.get(slug)
        ]
        if all(stays_in_place(before.films.get(slug), films.get(slug)) for slug in touched):
            guide = before.guide
            for slug in touched:
                guide = with_film(replace(before, guide=guide), films[slug], films)
            changed, places = set(touched), before.places
        else:
            guide = arranged(films, self._project, _among(before.similar, films))
            changed, places = set(differing(before.guide, guide)), places_of(guide, self._manifest)
        now = replace(before, entries=entries, guide=guide, places=places)
        self._table = with_searched(now, touched)
        return changed

    def _read(self, path: Path) -> Read:
        return read_entry_file(path, self._project, self._cache)

    def _checked(self, entries: Mapping[str, Read], texts: Mapping[str, str]) -> tuple[Finding, ...]:
        # The films as they stand in their files: with what strayed above the fence, and all of one slug.
        films = tuple(film for film, _ in entries.values() if film is not None)
        year = date.today().year
        return check(films, self._project, texts, this_year=year, cache=self._cache)

    # ------------------------------------------------------------------------------------ places

    @property
    def _manifest(self) -> Path:
        return self._root / "build" / f"{self._project.own_edition.slug}.manifest.json"

    def _manifest_time(self) -> int:
        try:
            return self._manifest.stat().st_mtime_ns
        except OSError:
            return 0

    def _places(self, table: Table) -> Places:
        self._manifest_at = self._manifest_time()
        return places_of(table.guide, self._manifest)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _is_ours(self, file: Path) -> bool:
        return file.is_relative_to(self._root)

    def _new_easel(self) -> Easel:
        theme = find_theme(self._project.print.theme, self._root)
        return Easel(self._project, theme, self._cache, self._paint)

    def _new_reader(self) -> Reader:
        theme = find_theme(self._project.ebook.theme, self._root)
        return Reader(self._project, theme, self._cache)


def _related_quietly(films: tuple[Film, ...], project: Project) -> SeeAlsos:
    """Similar films, sought in a worker of its own that lets everything else go first: painting above all."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, LEAST_URGENT)
    return related(films, project, cache_of(project.root))


def _among(similar: SeeAlsos, films: Mapping[Slug, Film]) -> SeeAlsos:
    """Similar films less those that are no longer there."""
    return {
        slug: tuple(also for also in links if also.to is None or also.to in films)
        for slug, links in similar.items()
        if slug in films
    }


def _shows(film: Film, files: Set[str]) -> bool:
    """Whether a film shows one of these pictures."""
    if film.image is not None and film.image.file in files:
        return True
    return any(
        file in section.body for section in (film.synopsis, *film.safe, *film.spoilers) for file in files
    )
