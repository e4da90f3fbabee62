"""A film as its entry tells it, and all that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NewType

from book.model.mistakes import Place

Slug = NewType("Slug", str)
"""A film's name in files and links: lower-case words, hyphens, the year at the end."""


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
