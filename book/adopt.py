"""Imported films -> what becomes of the folder of entries. A writer's own words are never overwritten.

Every imported entry carries a digest of itself (`source: {digest: …}`). While an entry still has the
digest that it was given, nobody has touched it, and importing again may bring it up to date. Anything
else in the folder belongs to the writer: importing leaves it and says what it would have changed. What
comes from another source than the entry did fills the gaps of an untouched one, field by field.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from book.blending import FIELDS, blend, one_film, shares_of, written
from book.model import Film, Place, Section, Slug
from book.shelf import put_all
from book.slugs import distinct

Read = Callable[[Slug, str], Film | None]
"""An entry's text -> its film, or None where it cannot be read."""

Write = Callable[[Film], str]
"""A film -> the text of its entry."""


class Fate(Enum):
    """What becomes of one imported film."""

    NEW = "new"  # there was no entry; one is written
    UPDATED = "updated"  # the entry was untouched since its import and is written anew
    SAME = "same"  # the entry says all this already
    LEFT = "left"  # the entry is the writer's and stays as it is
    REPEATED = "repeated"  # the import holds the film twice; the first counts


@dataclass(frozen=True, slots=True)
class Change:
    """What importing one film does to the folder of entries.

    `text` is what will stand in the file, empty where none is written. `differs` names the keys and
    sections that the import would give other words: those rewritten (UPDATED) or not (LEFT). `where` is
    the film's place in the file that was imported.
    """

    fate: Fate
    slug: Slug
    title: str
    year: int
    where: Place
    text: str = ""
    differs: tuple[str, ...] = ()


def standing_entries(folder: Path) -> dict[Slug, str]:
    """The text of every entry in the folder by slug; what is not UTF-8 is read as well as it goes."""
    if not folder.is_dir():
        return {}
    return {
        Slug(file.stem): file.read_bytes().decode("utf-8", errors="replace")
        for file in sorted(folder.glob("*.md"))
        if file.is_file()
    }


def plan_import(
    films: Iterable[Film], existing: Mapping[Slug, str], *, read: Read, write: Write
) -> tuple[Change, ...]:
    """What becomes of every film, in the order given. `existing` is each standing entry's text by slug.

    A record finds the entry that it made before by its ids, so that films of one title and year keep
    apart and a renamed entry stays renamed. Nothing is written.
    """
    coming = [(film, _signed(film, write)) for film in films]
    known = _known(coming, existing, read)
    places = _Places({slug.casefold() for slug in existing})
    for standing, entry in known.items():
        places.put(standing, entry)
    claimed: set[Slug] = set()
    changes = []
    for film, text in coming:
        slug = places.find(film)
        if slug is None:
            slug = places.make(film)
            changes.append(_change(Fate.NEW, slug, film, text))
        elif slug in claimed:
            changes.append(_change(Fate.REPEATED, slug, film))
        else:
            changes.append(_met(slug, film, text, existing[slug], known[slug], read, write))
        claimed.add(slug)
    return tuple(changes)


def carry_out(changes: Sequence[Change], folder: Path) -> tuple[Path, ...]:
    """Write the entries that are new or updated, all or none, and return their files. Raises BookError."""
    files = {folder / f"{change.slug}.md": change.text.encode() for change in changes if change.text}
    put_all(files, lasting=False)  # an import that a power cut interrupts is simply done again
    return tuple(files)


def _known(
    coming: Sequence[tuple[Film, str]], existing: Mapping[Slug, str], read: Read
) -> dict[Slug, Film | None]:
    """The standing entries that one of the films might be, as films; None where one cannot be read.

    Reading thousands of entries takes a while, so only those are read that share a slug or an id.
    """
    unchanged = {film.slug: film for film, text in coming if _canonical(existing.get(film.slug, "")) == text}
    slugs = {film.slug for film, _ in coming}
    ids = {value for film, _ in coming for value in film.ids.values()}
    known: dict[Slug, Film | None] = {}
    for slug, text in existing.items():
        if slug in unchanged:
            known[slug] = unchanged[slug]
        elif _family(slug) in slugs or not ids.isdisjoint(re.findall(r"\w+", _front_matter(text))):
            known[slug] = read(slug, text)
    return known


@dataclass(frozen=True, slots=True)
class _Places:
    """Which entry belongs to which film, while films are given their places one by one.

    `taken` are slugs in lower case: on many disks two names that differ in capitals are one file.
    """

    taken: set[str]
    films: dict[Slug, Film | None] = field(default_factory=dict)
    by_id: dict[tuple[str, str], Slug] = field(default_factory=dict)
    families: dict[str, list[Slug]] = field(default_factory=dict)

    def put(self, slug: Slug, film: Film | None) -> None:
        self.taken.add(slug.casefold())
        self.films[slug] = film
        self.families.setdefault(_family(slug), []).append(slug)
        for key in film.ids.items() if film else ():
            self.by_id.setdefault(key, slug)

    def make(self, film: Film) -> Slug:
        slug = distinct(film.slug, self.taken)
        self.put(slug, film)
        return slug

    def find(self, film: Film) -> Slug | None:
        for key in film.ids.items():
            if key in self.by_id:
                return self.by_id[key]
        family = [*self.families.get(film.slug, ()), *self.families.get(_family(film.slug), ())]
        return next((slug for slug in family if _one_film(film, slug, self.films[slug])), None)


_NUMBERED = re.compile(r"(.+-\d{4})-\d{1,3}")


def _family(slug: Slug) -> Slug:
    """The slug that a film had before it was told from others of its name: atm-2012-2 -> atm-2012."""
    numbered = _NUMBERED.fullmatch(slug)
    return Slug(numbered[1]) if numbered else slug


def _one_film(film: Film, slug: Slug, entry: Film | None) -> bool:
    """Whether the entry, whose slug says the same title and year, is about the film."""
    if entry is None:  # it cannot be read: to be safe it is taken for the film, and so left alone
        return slug == film.slug
    return one_film(film, entry)


def _met(
    slug: Slug, film: Film, text: str, standing: str, entry: Film | None, read: Read, write: Write
) -> Change:
    """What becomes of a film that has an entry."""
    if _canonical(standing) == text:
        return _change(Fate.SAME, slug, film)
    coming = read(slug, text)
    if entry is None or coming is None:
        return _change(Fate.LEFT, slug, film, differs=("all, as the entry cannot be read",))
    lost, brought = _differences(entry, coming)
    if not lost and not brought:
        return _change(Fate.SAME, slug, film)
    if _untouched(standing):
        before, now = (shares_of(each.origin.imported) for each in (entry, film))
        theirs = {share.importer for share in now}
        if written(before) == written(now) or ({each.importer for each in before} <= theirs and not lost):
            return _change(Fate.UPDATED, slug, film, text, tuple(dict.fromkeys((*brought, *lost))))
        merged, taken = blend(entry, coming, renew=theirs)
        if taken:
            return _change(Fate.UPDATED, slug, film, _signed(merged, write), taken)
    # What the writer has and the import has not is no difference worth a word: it stays in any case.
    return _change(Fate.LEFT if brought else Fate.SAME, slug, film, differs=brought)


def _change(fate: Fate, slug: Slug, film: Film, text: str = "", differs: tuple[str, ...] = ()) -> Change:
    return Change(fate, slug, film.title, film.year, film.source.at("title"), text, differs)


_TOLD = {"title": "title", "year": "year"} | dict(FIELDS)
"""What an entry tells, by the keys that a writer knows; where it came from is no part of that."""


def _differences(entry: Film, coming: Film) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of the entry the film that is coming lacks, and what it would change or add; in entry order."""
    here, there = _told(entry), _told(coming)
    lost = tuple(key for key in here if here[key] and not there.get(key))
    brought = tuple(key for key in there if there[key] and there[key] != here.get(key))
    return lost, brought


def _told(film: Film) -> dict[str, object]:
    """Every key and every section with what it says; empty values are there, too."""
    sections = (replace(film.synopsis, heading="Synopsis"), *film.safe, *film.spoilers)
    return {key: getattr(film, name) for name, key in _TOLD.items()} | {
        section.heading: _words(section) for section in sections
    }


def _words(section: Section) -> str:
    return " ".join(section.body.split())


# -------------------------------------------------------------------------------------- digests

_BLANK = "k000000000000"
"""Stands in an entry while its digest is reckoned. The k keeps YAML from reading one as a number."""

_DIGEST = re.compile(r"\bdigest: (k[0-9a-f]{12})\b")


def _signed(film: Film, write: Write) -> str:
    """The text of the film's entry with its own digest in it."""
    text = _canonical(write(replace(film, origin=replace(film.origin, digest=_BLANK))))
    return text.replace(_BLANK, _digest(text), 1)


def _untouched(text: str) -> bool:
    """Whether the entry is, to the letter, what importing wrote; line endings aside, which Git changes."""
    text = _canonical(text)
    found = _DIGEST.search(_front_matter(text))
    if found is None:
        return False
    blank = text[: found.start(1)] + _BLANK + text[found.end(1) :]
    return _digest(blank) == found[1]


def _digest(text: str) -> str:
    return f"k{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _canonical(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip() + "\n"


def _front_matter(text: str) -> str:
    """The entry up to the mark that ends its front matter; the marks keep their places."""
    end = re.search(r"^---\s*$", text[4:], re.MULTILINE)
    return text[: end.start() + 4] if end else text
