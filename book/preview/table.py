"""A guide laid out on the table: everything that is known of it at one moment, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from book.arrange import arrange
from book.config import MatterPlan, Project
from book.ebook import file_stems
from book.film_links import linked_films
from book.model import Chapter, Film, Finding, Guide, Origin, Section, SeeAlso, Slug, Source
from book.preview.places import Places
from book.preview.searching import Searched
from book.preview.standing import Row, fail_closed, row_of, unread_row
from book.wording import typeset_guide

Read = tuple[Film | None, tuple[Finding, ...]]
SeeAlsos = Mapping[Slug, tuple[SeeAlso, ...]]


@dataclass(frozen=True)
class Table:
    """A guide at one moment. Every change makes another table with a higher `revision`.

    `entries` are the files of the folder as they were read, by their paths in the project; `checked` is what
    the rules found. `rows` are in the order of the book, entries that are no films last, and `since` tells
    at which revision each was last another. `painted_since` does so for what a film's pages depend on.
    """

    project: Project
    entries: Mapping[str, Read]
    guide: Guide
    places: Places
    similar: SeeAlsos = field(default_factory=dict)
    beside: tuple[Finding, ...] = ()  # of guide.toml and the texts
    checked: tuple[Finding, ...] = ()
    rows: Mapping[Slug, Row] = field(default_factory=dict)
    since: Mapping[Slug, int] = field(default_factory=dict)
    painted_since: Mapping[Slug, int] = field(default_factory=dict)
    searched: Mapping[Slug, Searched] = field(default_factory=dict)
    revision: int = 1

    @cached_property
    def films(self) -> Mapping[Slug, Film]:
        """The films as their entries tell them, by slug; of two with one slug the first."""
        return films_of(self.entries)

    @cached_property
    def stems(self) -> Mapping[str, Slug]:
        """The films by the names of their files in the e-book."""
        return {stem: Slug(slug) for slug, stem in file_stems(film.slug for film in self.guide.films).items()}

    @cached_property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """All findings by file, in the order of their lines."""
        whole: dict[str, dict[Finding, None]] = {}
        of_entries = (finding for _, found in self.entries.values() for finding in found)
        for finding in (*of_entries, *self.beside, *self.checked):
            whole.setdefault(finding.where.file, {})[finding] = None
        return {file: tuple(sorted(found, key=lambda one: one.order)) for file, found in whole.items()}

    @cached_property
    def elsewhere(self) -> tuple[Finding, ...]:
        """Findings in other files than entries."""
        files = sorted(self.findings.keys() - self.entries.keys())
        return tuple(finding for file in files for finding in self.findings[file])


def films_of(entries: Mapping[str, Read]) -> dict[Slug, Film]:
    """The films among entries by slug, with nothing of their stories above the fence."""
    films: dict[Slug, Film] = {}
    for film, _ in entries.values():
        if film is not None:
            films.setdefault(film.slug, fail_closed(film))
    return films


# ------------------------------------------------------------------------------------- the guide


def arranged(films: Mapping[Slug, Film], project: Project, similar: SeeAlsos) -> Guide:
    """The guide's chapters in order, with nothing behind them and no more than contents before.

    Only films are shown; in an e-book they lead back to its contents, where it has any.
    """
    contents = tuple(word for word in project.matter.front if word == "toc")
    plain = replace(project, matter=MatterPlan(contents, ()))
    by_slug: dict[str, Film] = {slug.casefold(): film for slug, film in films.items()}
    return typeset_guide(arrange(linked_films(films.values(), by_slug), similar, plain, {}))


def with_similar(guide: Guide, similar: SeeAlsos) -> Guide:
    """The guide with other similar films; everything stays where it is."""
    return replace(guide, see_also=typeset_guide(Guide(guide.info, (), (), (), similar)).see_also)


def with_film(table: Table, film: Film, films: Mapping[Slug, Film]) -> Guide:
    """The table's guide with one film as it is now; only texts may be others, for it stays in its place."""
    by_slug = {slug.casefold(): other for slug, other in films.items()}
    alone = Chapter("", "", linked_films((film,), by_slug))
    (set_film,) = typeset_guide(Guide(table.guide.info, (), (alone,), (), {})).films
    chapters = tuple(
        replace(chapter, films=tuple(set_film if one.slug == film.slug else one for one in chapter.films))
        if any(one.slug == film.slug for one in chapter.films)
        else chapter
        for chapter in table.guide.chapters
    )
    return replace(table.guide, chapters=chapters)


def stays_in_place(before: Film | None, after: Film | None) -> bool:
    """Whether a film is filed and named as it was, so that neither it nor others move."""
    return before is not None and after is not None and _filed(before) == _filed(after)


def _filed(film: Film) -> Film:
    """The film without its texts and whatever else only its own pages show."""
    return replace(
        film,
        synopsis=Section(film.synopsis.kind, "", ""),
        safe=(),
        spoilers=(),
        spoiler_themes=(),
        source=Source(""),
        fence_line=None,
        tagline="",
        leaks_ok={},
        similar=(),
        image=None,
        origin=Origin(),
        updated=None,
        extra={},
        rating="",
        post_credits="",
        links={},
    )


def differing(before: Guide, after: Guide) -> frozenset[Slug]:
    """The films whose pages are others in the second guide, by themselves, similar films or chapter."""
    old, new = dict(_pages(before)), dict(_pages(after))
    return frozenset(slug for slug in old.keys() | new.keys() if old.get(slug) != new.get(slug))


def _pages(guide: Guide) -> Iterator[tuple[Slug, tuple[object, ...]]]:
    for chapter in guide.chapters:
        for film in chapter.films:
            yield film.slug, (film, guide.see_also.get(film.slug, ()), chapter.title, chapter.number)


# -------------------------------------------------------------------------------------- the list


def with_rows(table: Table, before: Table | None = None, *, repainted: Iterable[Slug] = ()) -> Table:
    """The table at its next revision, with a line for every entry; `repainted` films have other pages.

    Lines that need not be another are those of the table `before`.
    """
    revision = table.revision + 1
    rows = {row.slug: row for row in _rows(table, before)}
    since = {
        slug: table.since.get(slug, revision) if table.rows.get(slug) == row else revision
        for slug, row in rows.items()
    }
    painted = {**table.painted_since, **dict.fromkeys(repainted, revision)}
    return replace(table, rows=rows, since=since, painted_since=painted, revision=revision)


def _rows(table: Table, before: Table | None) -> Iterator[Row]:
    found = table.findings
    known = before.findings if before else {}
    read: set[Slug] = set(table.films)
    for chapter in table.guide.chapters:
        for film in chapter.films:
            own = table.films[film.slug]
            file, last = own.source.file, table.rows.get(film.slug)
            if (
                before
                and last
                and before.films.get(film.slug) is own
                and known.get(file) == found.get(file)
                and (last.chapter, last.title) == (chapter.title, film.title)
            ):
                yield last
                continue
            row = row_of(own, chapter.title, found.get(file, ()))
            yield replace(row, title=film.title)
    for file, (entry, _) in table.entries.items():
        if entry is None:
            slug = Slug(file.rpartition("/")[2].removesuffix(".md"))
            if slug not in read:
                yield unread_row(slug, file, found.get(file, ()))


def with_searched(table: Table, changed: Sequence[Slug] | None = None) -> Table:
    """The table with its films ready to be searched; only `changed` ones anew, or all."""
    searched = {
        film.slug: table.searched[film.slug]
        if changed is not None and film.slug not in changed and film.slug in table.searched
        else Searched(table.films[film.slug])
        for film in table.guide.films
    }
    return replace(table, searched=searched)
