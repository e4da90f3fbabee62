"""A back-of-book index as pages of an e-book: links in place of page numbers, letters to jump to.

An index of thousands of lines is cut into pages between two letters, since old readers take long over
a large file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from book.ebook import chunks
from book.model import Guide, Index, IndexEntry, IndexGroup, Slug, Target
from book.titles import fold

MOST_LINES = 1200
"""Lines of an index on one page, each link counted as one: some 200 KB of XHTML."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A link to a film; an empty `href` for a film that the guide does not hold."""

    href: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an index. With `href` its heading is the link; otherwise `locators` follow it.

    `ident` is set where a cross-reference leads here; `see` is such a cross-reference.
    """

    heading: str
    href: str = ""
    ident: str = ""
    note: str = ""
    locators: tuple[Locator, ...] = ()
    see: Locator | None = None
    sub: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The rows under one letter, which may be empty; `ident` is counted through the whole index."""

    letter: str
    ident: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """One document of an index; `jumps` lead to every letter of the whole index, on whichever page."""

    name: str
    title: str
    first: bool
    letters: tuple[Letter, ...]
    jumps: tuple[Locator, ...]


def index_pages(index: Index, stem: str, guide: Guide, stems: Mapping[str, str]) -> tuple[IndexPage, ...]:
    """The index in as many pages as it needs, in order; none when it has no entries.

    `stem` names its files, `stems` those of the films.
    """
    groups = [group for group in index.groups if group.entries]
    parts = chunks([sum(map(_lines, group.entries)) for group in groups], MOST_LINES)
    names = [f"indexes/{stem}{f'-{n}' if n else ''}.xhtml" for n, _ in enumerate(parts)]
    home = {place: name for part, name in zip(parts, names, strict=True) for place in part}
    titles = {film.slug: film.title for film in guide.films}
    rows = _Rows(titles, stems, _headings(groups, home))
    jumps = tuple(
        Locator(f"../{home[place]}#letter-{place + 1}", group.letter)
        for place, group in enumerate(groups)
        if group.letter
    )
    pages: list[IndexPage] = []
    for part, name in zip(parts, names, strict=True):
        letters = tuple(
            Letter(groups[place].letter, f"letter-{place + 1}", tuple(map(rows.row, groups[place].entries)))
            for place in part
        )
        title = index.title
        if len(parts) > 1:
            title = f"{title}: {letters[0].letter}"
            title += f" to {letters[-1].letter}" if len(letters) > 1 else ""
        pages.append(IndexPage(name, title, not pages, letters, jumps if len(jumps) > 1 else ()))
    return tuple(replace(page, title=index.title) if page.first else page for page in pages)


def _lines(entry: IndexEntry) -> int:
    return 1 + len(entry.targets) + sum(map(_lines, entry.sub))


def _headings(groups: list[IndexGroup], home: Mapping[int, str]) -> Mapping[str, tuple[str, str]]:
    """Where each heading that a cross-reference names stands: heading -> (document, id)."""
    wanted = {entry.see for group in groups for entry in group.entries if entry.see}
    found: dict[str, tuple[str, str]] = {}
    for place, group in enumerate(groups):
        for entry in group.entries:
            if entry.heading in wanted and not entry.see:
                found.setdefault(entry.heading, (home[place], f"entry-{len(found) + 1}"))
    return found


@dataclass(frozen=True, slots=True)
class _Rows:
    """What it takes to turn an entry into a row."""

    titles: Mapping[Slug, str]
    stems: Mapping[str, str]
    headings: Mapping[str, tuple[str, str]]

    def row(self, entry: IndexEntry) -> Row:
        """The entry with links; a lone target that says the heading once more becomes its link."""
        locators = tuple(
            Locator(self._href(to), to.label or self.titles.get(to.film, ""), to.note) for to in entry.targets
        )
        see = None
        if entry.see:
            name, ident = self.headings.get(entry.see, ("", ""))
            see = Locator(f"../{name}#{ident}" if name else "", entry.see)
        row = Row(
            heading=entry.heading,
            ident=self.headings[entry.heading][1] if entry.heading in self.headings and not see else "",
            note=entry.note,
            locators=locators,
            see=see,
            sub=tuple(map(self.row, entry.sub)),
        )
        if len(locators) == 1 and self._says_the_same(entry.heading, entry.targets[0]):
            note = ", ".join(words for words in (entry.note, locators[0].note) if words)
            return replace(row, href=locators[0].href, note=note, locators=())
        return row

    def _href(self, target: Target) -> str:
        stem = self.stems.get(target.film)
        return f"../films/{stem}.xhtml" if stem else ""

    def _says_the_same(self, heading: str, target: Target) -> bool:
        """Whether the heading names the film already, be it as "Wind, The (1928)"."""
        words = _words(heading)
        return words in (_words(target.label), _words(self.titles.get(target.film, ""))) or not target.label


def _words(text: str) -> list[str]:
    """The words of a title in any order, without the year that tells remakes apart."""
    return sorted(re.findall(r"\w+", re.sub(r"\(\d{4}\)", "", fold(text))))
