"""The whole book in reading order: chapters, what stands before and behind them, and indexes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from book.model.films import Film, Series, Slug


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """A similar film. `to` is empty for a film beyond this guide, which `title` and `year` then name.

    `reason` is words for a reader, or empty; `score` is likeness, from 0 to 1. `own` is True where the writer
    named the film, and then `one_way` where that film's full list does not lead back; `back` is True
    where that film's writer named this one.
    """

    to: Slug | None
    title: str
    year: int | None = None
    reason: str = ""
    score: float = 0.0
    own: bool = False
    back: bool = False
    one_way: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in its final order; `intro` is Markdown, `slug` names its anchor and its file."""

    slug: str
    title: str
    films: tuple[Film, ...]
    intro: str = ""
    number: int = 0  # counted from 1


@dataclass(frozen=True, slots=True)
class Target:
    """Where an index entry leads: a film, with a note set after the heading, such as a role.

    `own` is False where the film only names what the entry is about.
    """

    film: Slug
    label: str
    note: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of an index: a heading with targets of its own, or with films listed beneath it.

    `see` is the heading that a cross-reference points to, `also` those that a reader of this one may want.
    `sub` entries stand indented below.
    """

    heading: str
    targets: tuple[Target, ...] = ()
    see: str = ""
    sub: tuple[IndexEntry, ...] = ()
    note: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The entries under one letter, or all of an index that has no letters."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """A back-of-book index; `name` is its word in guide.toml (title, director, similar).

    `note` is a sentence before the first entry that says how to read the index, or empty.
    """

    name: str
    title: str
    groups: tuple[IndexGroup, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A film on a reading path, with the writer's words on it or none."""

    film: Slug
    title: str
    year: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """Films to be seen one after the other; `by` is release, number or story, empty where listed by hand."""

    title: str
    stops: tuple[Stop, ...]
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A piece of front or back matter.

    `kind` is half-title, title, copyright, toc, how-to-use, text, index, map, figures or tracks. A text is
    Markdown; maps and figures are drawn when it is known on what, and tracks have `paths`.
    """

    kind: str
    slug: str
    title: str = ""
    text: str = ""
    index: Index | None = None
    paths: tuple[ReadingPath, ...] = ()


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made the book, with all that they did for it; `roles` are words of guide.toml.

    `file_as` is the name as a librarian files it, empty where it follows from the name.
    """

    name: str
    roles: tuple[str, ...] = ("author",)
    file_as: str = ""
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class GuideInfo:
    """What a title page and a shop need to know of the guide.

    `subjects` are codes of BISAC and Thema, each perhaps followed by its heading; `keywords` are plain words.
    """

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    language: str = "en"
    rights: str = ""
    edition: str = ""
    isbn_print: str = ""
    isbn_ebook: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    published: date | None = None
    rating_scale: str = ""
    cover_line: str = ""  # what an edition says of itself on its cover
    slug: str = "guide"  # names the files in build/
    warning: str = ""  # the writer's own before spoilers, with {title} in it; empty for ours
    own_words: str = ""  # the text of the guide's words.po
    contributors: tuple[Contributor, ...] = ()  # as they are typed; authors may stand here as well
    series: Series | None = None
    keywords: tuple[str, ...] = ()
    audience: str = "general"  # a word of retail.AUDIENCES
    status: str = ""  # forthcoming or published; empty follows from the date of publication


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole book in reading order, knowing nothing of paper or screens."""

    info: GuideInfo
    front: tuple[Matter, ...]
    chapters: tuple[Chapter, ...]
    back: tuple[Matter, ...]
    see_also: Mapping[Slug, tuple[SeeAlso, ...]]

    @property
    def films(self) -> tuple[Film, ...]:
        """Every film once, in reading order."""
        return tuple(film for chapter in self.chapters for film in chapter.films)
