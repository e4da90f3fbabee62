"""What is laid out, and where in the finished file it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from book.model.films import Slug
from book.model.mistakes import NOWHERE, Place


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

    @property
    def across(self) -> Side:
        """The other one."""
        return Side.VERSO if self is Side.RECTO else Side.RECTO


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the book that is laid out alone: picklable, and the same bytes for the same input.

    `html` names every page number it needs as `<span class="slot" data-to="ANCHOR"></span>`; `slots`
    lists those anchors in order of first use. `opens` is the side it must open on, if
    any; with `turn` it must not share a spread with what stands before it. Blank pages make that so, and
    the first of them, if it is a recto, shows `notice` (HTML, or empty).
    `numbering` is roman or arabic. `css` are the style sheets in cascade order, as text.

    A long index, or the contents, is laid out in pieces, each a shard. The first has the index's name and
    those after it that name with a plus and a number; `carried` ones begin with a page that is laid out for
    the running heads that it leaves behind, and left away. Of a `measured` one nothing is wanted but heights.
    Front matter is one whole: what the name of a shard has before a plus.
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
    place: Place = NOWHERE
    carried: bool = False
    measured: bool = False

    @property
    def part(self) -> str:
        """The name of the whole that it is a piece of; its own where it is all of it."""
        return self.name.partition("+")[0]


def romans_in(html: str) -> tuple[str, ...]:
    """The anchors to whose roman page numbers a page leads, in order."""
    marker = '<span class="roman" data-to="#'
    return tuple(dict.fromkeys(piece.partition('"')[0] for piece in html.split(marker)[1:]))


def roman(number: int) -> str:
    """Lower-case roman numerals, as page labels of style r show them."""
    tens = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
    ones = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, letters in (*tens, *ones):
        count, number = divmod(number, value)
        text += letters * count
    return text


def slots_in(html: str) -> tuple[str, ...]:
    """The anchors whose page numbers a page prints, in order of first use."""
    marker = '<span class="slot" data-to="'
    return tuple(dict.fromkeys(piece.partition('"')[0] for piece in html.split(marker)[1:]))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a shard meets its neighbours: all that binding can tell it before it is painted.

    `side` is that of its first page; `first` the number of that page, exact for roman numbering and
    otherwise only its number of digits counts; `digits` gives each slot's width by anchor. `romans` are
    the roman numerals by the anchors to whose pages it leads; they are set as they are.
    """

    side: Side
    first: int
    digits: Mapping[str, int]
    romans: Mapping[str, str] = field(default_factory=dict)


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
