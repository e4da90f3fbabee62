"""A printer's profile as a value. Lengths are in millimetres; a page is one side of a leaf, blank or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

EDGES = ("top", "foot", "outside", "inside")
"""Edges of a page, as bleed knows them."""

INKS = ("black", "color", "standard-color")
"""What a paper is printed with; color is a printer's best, standard-color its cheaper one."""

STANDARDS = ("", "x-1a:2001", "x-3:2002", "x-4")
"""PDF/X standards that a printer may ask for; empty where any sound PDF will do."""

FORBIDDEN = (
    "annotations", "attachments", "encryption", "layers", "marks", "outline", "rgb", "scripts",
    "transparency",
)  # fmt: skip
"""What a printer may not want in a file; marks are those for cutting and registering."""


class Binding(Enum):
    """How a book is bound, which decides what its wrap consists of.

    A case is printed paper glued round boards; a jacket is loose paper with flaps.
    """

    PAPERBACK = "paperback"
    CASE = "case"
    JACKET = "jacket"


class Trust(Enum):
    """How near a figure is to the printer's own words."""

    PRINTER = "printer"  # read on the printer's own page
    QUOTED = "quoted"  # quoted from there by somebody else
    MEMORY = "memory"  # nobody's page: known, or reckoned from books that were made
    OWN = "own"  # the writer's


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from; `seen` is the month in which somebody looked, as 2026-11."""

    what: str
    seen: str = ""
    trust: Trust = Trust.OWN


@dataclass(frozen=True, slots=True)
class PageLimit:
    """Pages from `least` to `most`, both allowed, for some trims or for all (none named)."""

    least: int
    most: int
    trims: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with an ink; `page_mm` is the thickness of one page, which is half a leaf.

    The first limit that names a trim counts for it; the one that names none counts for the others. A
    trim with `most` 0 is not to be had on this paper.
    """

    name: str
    ink: str
    page_mm: float
    limits: tuple[PageLimit, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class TrimRange:
    """Trims of a writer's own: any width and height within."""

    least_mm: tuple[float, float]
    most_mm: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Gutter:
    """The least inside margin of a book of at least `pages` pages."""

    pages: int
    inside_mm: float


@dataclass(frozen=True, slots=True)
class Margins:
    """The least margins of a page, from the trim.

    `slack_mm` is added to each, for minima are checked to the hair. `bleed_outside_mm` takes the place of
    `outside_mm` in a book that bleeds.
    """

    outside_mm: float = 0.0
    bleed_outside_mm: float = 0.0
    gutters: tuple[Gutter, ...] = ()
    slack_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Bleed:
    """How far, and over which edges, a page reaches beyond the trim where a picture bleeds."""

    width_mm: float = 0.0
    edges: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageRule:
    """The count of pages: a `multiple`, the last one blank or not, and blanks in a row at most."""

    multiple: int = 2
    last_blank: bool = False
    most_blank: int = 2


@dataclass(frozen=True, slots=True)
class SpineStep:
    """The spine of a book of at least `pages` pages, where boards are cut to a few widths only."""

    pages: int
    width_mm: float


@dataclass(frozen=True, slots=True)
class SpineRule:
    """How the spine follows from the pages, and when words may stand on it.

    Without `steps`, a spine is pages × a page's thickness + `extra_mm`. Text is for books of `text_from`
    pages or more, and `clear_mm` stays empty on either side of it.
    """

    extra_mm: float = 0.0
    steps: tuple[SpineStep, ...] = ()
    text_from: int = 0
    clear_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class WrapRule:
    """What is round the panels of a wrap.

    `edge_mm` is paper beyond what is seen: bleed that is cut off, or what a case turns in. Boards are
    wider and taller than the trim by the two `board_` lengths in all; `hinge_mm` beside the spine of a
    case is a fold that takes no type. Flaps are `flap_mm` wide, with `fold_mm` between each and its
    cover. `safety_mm` is how far type keeps from every edge and fold.
    """

    edge_mm: float = 3.175
    board_wider_mm: float = 0.0
    board_taller_mm: float = 0.0
    hinge_mm: float = 0.0
    flap_mm: float = 0.0
    fold_mm: float = 0.0
    safety_mm: float = 3.175


@dataclass(frozen=True, slots=True)
class Barcode:
    """The white field for the barcode on the back cover, `clear_mm` from the spine and from the foot."""

    width_mm: float = 50.8
    height_mm: float = 30.48
    clear_mm: float = 6.35


@dataclass(frozen=True, slots=True)
class FileRule:
    """What the files must be. Percentages are of one ink, but `ink_percent` is the sum of all four.

    `colour` is grey, cmyk or rgb for the pages, `cover_colour` cmyk or rgb; 0 is no limit.
    """

    standard: str = ""
    cover_standard: str = ""
    colour: str = "grey"
    cover_colour: str = "cmyk"
    picture_ppi: int = 300
    ink_percent: int = 0
    rich_black: tuple[int, int, int, int] = (0, 0, 0, 100)
    least_grey_percent: int = 0
    least_type_pt: float = 0.0
    least_line_pt: float = 0.0
    most_bytes: int = 0
    forbidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Printer:
    """Everything that a printer asks for. `name` is what guide.toml calls it.

    `sources` are told by name; `source_of` says for each table of the profile which of them it has.
    """

    name: str
    title: str = ""
    binding: Binding = Binding.PAPERBACK
    trims: tuple[tuple[float, float], ...] = ()  # width, height; none where any trim will do
    custom: TrimRange | None = None
    papers: tuple[Paper, ...] = ()
    margins: Margins = Margins()
    bleed: Bleed = Bleed()
    pages: PageRule = PageRule()
    spine: SpineRule = SpineRule()
    wrap: WrapRule = WrapRule()
    barcode: Barcode = Barcode()
    file: FileRule = FileRule()
    sources: Mapping[str, Source] = field(default_factory=dict)
    source_of: Mapping[str, str] = field(default_factory=dict)

    def paper(self, name: str, ink: str) -> Paper | None:
        """The paper of that name with that ink, or None where the printer has none."""
        return next((each for each in self.papers if (each.name, each.ink) == (name, ink)), None)

    def source(self, table: str) -> Source:
        """Where the figures of a table come from."""
        return self.sources.get(self.source_of.get(table, ""), Source("guide.toml"))
