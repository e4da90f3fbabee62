"""A back-of-book index as pages of an e-book: links in place of page numbers, letters to jump to.

An index of thousands of lines is cut into pages, between two letters where it has any, since old readers
take long over a large file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from book.ebook import chunks
from book.model import Guide, Index, IndexEntry, IndexGroup, Slug, Target
from book.titles import fold
from book.words import words_of

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

    `ident` is set where a cross-reference leads here; `see` is such a cross-reference, `also` are further
    ones. `language` is that of a heading which is a film's original title.
    """

    heading: str
    href: str = ""
    ident: str = ""
    note: str = ""
    locators: tuple[Locator, ...] = ()
    see: Locator | None = None
    sub: tuple[Row, ...] = ()
    also: tuple[Locator, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The rows under one letter, which may be empty; `ident` is counted through the whole index."""

    letter: str
    ident: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """One document of an index; `jumps` lead to every letter of the whole index, on whichever page.

    `kind` is the index's word in guide.toml.
    """

    name: str
    kind: str
    title: str
    first: bool
    letters: tuple[Letter, ...]
    jumps: tuple[Locator, ...]


def index_pages(index: Index, stem: str, guide: Guide, stems: Mapping[str, str]) -> tuple[IndexPage, ...]:
    """The index in as many pages as it needs, in order; none when it has no entries.

    `stem` names its files, `stems` those of the films.
    """
    groups = list(_cut(group for group in index.groups if group.entries))
    parts = chunks([sum(map(_lines, group.entries)) for group in groups], MOST_LINES)
    names = [f"indexes/{stem}{f'-{n}' if n else ''}.xhtml" for n, _ in enumerate(parts)]
    home = {place: name for part, name in zip(parts, names, strict=True) for place in part}
    titles = {film.slug: film.title for film in guide.films}
    run_in = bool(groups and groups[0].letter)
    rows = _Rows(titles, stems, _headings(groups, home), _originals(guide), run_in)
    jumps = tuple(
        Locator(f"../{home[place]}#letter-{place + 1}", group.letter)
        for place, group in enumerate(groups)
        if group.letter
    )
    words = words_of(guide.info)
    pages: list[IndexPage] = []
    for part, name in zip(parts, names, strict=True):
        letters = tuple(
            Letter(groups[place].letter, f"letter-{place + 1}", tuple(map(rows.row, groups[place].entries)))
            for place in part
        )
        title = index.title
        if pages:
            first, last = letters[0], letters[-1]
            reach = {
                "index": title,
                "first": first.letter or first.rows[0].heading,
                "last": last.letter or last.rows[-1].heading,
            }
            title = words.gettext("%(index)s: %(first)s") % reach
            if reach["first"] != reach["last"]:
                title = words.gettext("%(index)s: %(first)s to %(last)s") % reach
        pages.append(IndexPage(name, index.name, title, not pages, letters, jumps if len(jumps) > 1 else ()))
    return tuple(pages)


def _cut(groups: Iterable[IndexGroup]) -> Iterator[IndexGroup]:
    """The groups; one without a letter in as many as it needs to fit on pages."""
    for group in groups:
        if group.letter:
            yield group
            continue
        for part in chunks(list(map(_lines, group.entries)), MOST_LINES):
            yield IndexGroup("", tuple(group.entries[place] for place in part))


def _lines(entry: IndexEntry) -> int:
    return 1 + len(entry.targets) + sum(map(_lines, entry.sub))


def _headings(groups: list[IndexGroup], home: Mapping[int, str]) -> Mapping[str, tuple[str, str]]:
    """Where each heading that a cross-reference names stands: heading -> (document, id)."""
    wanted = {
        heading
        for group in groups
        for entry in group.entries
        for heading in (entry.see, *entry.also)
        if heading
    }
    found: dict[str, tuple[str, str]] = {}
    for place, group in enumerate(groups):
        for entry in group.entries:
            if entry.heading in wanted and not entry.see:
                found.setdefault(entry.heading, (home[place], f"entry-{len(found) + 1}"))
    return found


def _originals(guide: Guide) -> Mapping[str, str]:
    """The languages of original titles that differ from every title, by their words."""
    titles = {" ".join(_words(film.title)) for film in guide.films}
    known = {" ".join(_words(film.original_title)): film.languages[:1] for film in guide.films}
    return {words: tag[0] for words, tag in known.items() if words and tag and words not in titles}


@dataclass(frozen=True, slots=True)
class _Rows:
    """What it takes to turn an entry into a row."""

    titles: Mapping[Slug, str]
    stems: Mapping[str, str]
    headings: Mapping[str, tuple[str, str]]
    originals: Mapping[str, str]  # languages of original titles, by their words
    run_in: bool  # a heading with one film has it on its own line

    def row(self, entry: IndexEntry) -> Row:
        """The entry with links; a lone target that says the heading once more becomes its link."""
        if self.run_in and len(entry.sub) == 1 and not (entry.targets or entry.see or entry.also):
            return self._with_its_film(entry, entry.sub[0])
        # What else names a film stands on paper only: here its own page leads there by links.
        targets = [to for to in entry.targets if to.own] or entry.targets
        locators = tuple(
            Locator(self._href(to), to.label or self.titles.get(to.film, ""), to.note) for to in targets
        )
        see = self._reference(entry.see) if entry.see else None
        row = Row(
            heading=entry.heading,
            ident=self.headings[entry.heading][1] if entry.heading in self.headings and not see else "",
            note=entry.note,
            locators=locators,
            see=see,
            sub=tuple(replace(self.row(below), ident="") for below in entry.sub),
            also=tuple(map(self._reference, entry.also)),
            language=self.originals.get(" ".join(_words(entry.heading)), ""),
        )
        if len(locators) == 1 and self._says_the_same(entry.heading, targets[0]):
            note = ", ".join(words for words in (entry.note, locators[0].note) if words)
            return replace(row, href=locators[0].href, note=note, locators=())
        return row

    def _with_its_film(self, entry: IndexEntry, line: IndexEntry) -> Row:
        """A heading with a single film, whose line becomes its link."""
        links = tuple(
            Locator(self._href(to), line.heading, ", ".join(filter(None, (line.note, to.note))))
            for to in line.targets
        )
        ident = self.headings[entry.heading][1] if entry.heading in self.headings else ""
        return Row(entry.heading, ident=ident, note=entry.note, locators=links)

    def _reference(self, heading: str) -> Locator:
        name, ident = self.headings.get(heading, ("", ""))
        return Locator(f"../{name}#{ident}" if name else "", heading)

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
