"""The words of the trade as values: films, findings, guides, shards, pages.

Everything here is frozen; a change is a new object. This module imports nothing of ours, and every
other module may import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum
from typing import NewType

Slug = NewType("Slug", str)
"""A film's name in files and links: lower-case words, hyphens, the year at the end."""


class ExitCode(IntEnum):
    """What the shell is told; documented in docs/commands.md."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    STOPPED = 3


class BookError(Exception):
    """Something stopped the build; the message is a sentence that a writer understands."""

    exit_code = ExitCode.STOPPED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BookError):
    """The command cannot be carried out as it was typed."""

    exit_code = ExitCode.USAGE


class Severity(Enum):
    """An error stops the build; a warning stops it only with --strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding stands. `file` is relative to the project, with forward slashes.

    `line` counts from 1; 0 means the whole file.
    """

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: a stable code, the place, what is there, and what to write instead."""

    code: str
    where: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Sort key: by file, then line, then code."""
        return (self.where.file, self.where.line, self.code, self.message)


# ---------------------------------------------------------------------------------------- films


class Kind(Enum):
    """What a section is for; OTHER is a heading of the writer's own."""

    SYNOPSIS = "synopsis"
    MORE = "more"
    PLOT = "plot"
    ENDING = "ending"
    TIMELINE = "timeline"
    CHARACTERS = "characters"
    SETTINGS = "settings"
    THEMES = "themes"
    POST_CREDITS = "post-credits"
    OTHER = "other"


SPOILER_KINDS = frozenset({Kind.PLOT, Kind.ENDING, Kind.TIMELINE, Kind.POST_CREDITS})
"""Kinds that must stand below the fence: above it they are an error, never a warning."""


@dataclass(frozen=True, slots=True)
class Section:
    """A `##` section of an entry, with its body as the writer typed it.

    `heading` is the writer's own wording, empty for a synopsis without a heading; `body` is Markdown
    without leading or trailing blank lines; `line` is that of the heading (of the first paragraph
    where there is none) and `body_line` that of the body's first line, both counted from 1.
    """

    kind: Kind
    heading: str
    body: str
    line: int = 0
    body_line: int = 0


@dataclass(frozen=True, slots=True)
class CastMember:
    """A performer and the part; an empty role is unknown. `spoiler`: never leaves the spoiler part."""

    name: str
    role: str = ""
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class SimilarLink:
    """A similar film as the writer names it: a slug (`to`), or a title and perhaps a year."""

    to: str = ""
    title: str = ""
    year: int | None = None
    why: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `file` is relative to the project."""

    file: str
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A series and the film's place in it; an empty number is unknown ("2", "1.5", "III" are fine)."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class BoxOffice:
    """Whole units of `currency` (ISO 4217); None is unknown."""

    budget: int | None = None
    gross: int | None = None
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry came from; `reviewed` is False until a writer has read an imported entry.

    `digest` is what importing wrote there to tell later whether a writer has touched the entry.
    """

    imported: str = ""
    reviewed: bool = True
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The file behind a film. `lines` maps front-matter keys to their lines, counted from 1.

    `digest` is the SHA-256 of its content, empty for a film that comes from nowhere else.
    """

    file: str
    lines: Mapping[str, int] = field(default_factory=dict)
    digest: str = ""

    def at(self, key: str) -> Place:
        """The place of a front-matter key, or of the file's first line when it is absent."""
        return Place(self.file, self.lines.get(key, 1))


@dataclass(frozen=True, slots=True)
class Film:
    """One film, as its entry tells it. Lists keep the writer's order; empty means unknown."""

    slug: Slug
    title: str
    year: int
    original_title: str = ""
    sort_title: str = ""
    aka: tuple[str, ...] = ()
    premiered: date | None = None
    runtime_min: int | None = None
    languages: tuple[str, ...] = ()  # BCP 47 tags; the first is the original language
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    cinematographers: tuple[str, ...] = ()
    composers: tuple[str, ...] = ()
    cast: tuple[CastMember, ...] = ()
    genres: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    spoiler_themes: tuple[str, ...] = ()
    series: Series | None = None
    certificate: str = ""
    rating: str = ""
    tagline: str = ""
    post_credits: str = ""  # none, mid, end, both; empty is unknown
    box_office: BoxOffice | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    image: Image | None = None
    leaks_ok: Mapping[str, str] = field(default_factory=dict)  # words above the fence -> why they may stand
    similar: tuple[SimilarLink, ...] = ()
    updated: date | None = None
    origin: Origin = Origin()
    extra: Mapping[str, object] = field(default_factory=dict)  # keys that we do not know, kept
    synopsis: Section = Section(Kind.SYNOPSIS, "", "")
    safe: tuple[Section, ...] = ()  # sections above the fence, the synopsis left out
    spoilers: tuple[Section, ...] = ()  # sections below the fence
    fence_line: int | None = None  # None: the entry has no fence
    source: Source = Source("")


# --------------------------------------------------------------------------------------- guides


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


# ---------------------------------------------------------------------------------------- pages


class Zone(Enum):
    """What a page may hold: the manifest names one for every page."""

    FRONT = "front"
    CHAPTER = "chapter"
    SAFE = "safe"
    WARNING = "warning"  # the page on which the safe part ends with the warning
    SPOILER = "spoiler"
    BACK = "back"
    BLANK = "blank"


class Side(Enum):
    """Which side of a spread a page is: rectos are right-hand and odd."""

    RECTO = "recto"
    VERSO = "verso"


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the book that is laid out alone: picklable, and the same bytes for the same input.

    `html` names every page number it needs as `<span class="slot" data-to="ANCHOR"></span>`; `slots`
    lists those anchors in order of first use. `opens` is the side it must open on, if
    any; with `turn` it must not share a spread with what stands before it. Blank pages make that so, and
    the first of them, if it is a recto, shows `notice` (HTML, or empty).
    `numbering` is roman or arabic. `css` are the style sheets in cascade order, as text.
    """

    name: str
    html: str
    css: tuple[str, ...]
    slots: tuple[str, ...] = ()
    zone: Zone = Zone.BACK  # of its pages; a film's shard tells safe, warning and spoiler by its anchors
    opens: Side | None = None
    turn: bool = False
    notice: str = ""
    numbering: str = "arabic"
    film: Slug | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Setting:
    """How a shard meets its neighbours: all that binding can tell it before it is painted.

    `side` is that of its first page; `first` the number of that page, exact for roman numbering and
    otherwise only its number of digits counts; `digits` gives each slot's width by anchor.
    """

    side: Side
    first: int
    digits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline; `page` counts from 0 within its sheet; x and y are points from bottom left."""

    level: int
    label: str
    page: int
    x: float
    y: float
    open: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """A named place on a page; `page` counts from 0 within its sheet; x and y in points from bottom left."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """How a page of the bound book begins, for whoever looks for the same place in the e-book.

    `part` names what it belongs to: a film's slug, the same with "--spoilers", or the name of its shard.
    `opening` is its first words, a text for each paragraph, cell or line; running heads are left out.
    """

    label: str
    part: str
    opening: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """What the manifest knows of a film: its pages by zone, counted from 1 through the whole file."""

    slug: Slug
    safe: tuple[int, ...]  # the warning's page included
    warning: int | None
    spoilers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageFact:
    """One page of the finished file: its place counted from 1, its label, its zone, its film.

    A blank page has no label: nothing is printed on it.
    """

    number: int
    label: str
    zone: Zone
    film: Slug | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The map of a bound book, written beside it as JSON."""

    title: str
    pages: tuple[PageFact, ...]
    films: tuple[Pages, ...]
    anchors: Mapping[str, int]  # anchor -> page, counted from 1 through the whole file
