"""What the figures of a guide are drawn on in one format: sizes, faces, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book.config import PrintPlan
from book.figures.atlas import Sheet, sheets
from book.figures.charts import Chart, charts
from book.figures.drawing import Drawing
from book.figures.lettering import Lettering, lettering, readers_lettering
from book.figures.maps import Atlas, Paper, map_drawings
from book.figures.strips import Strip, strip
from book.lists import Event
from book.model import Guide
from book.page_plan import POINTS_PER_MM, page_plan
from book.themes import Theme
from book.words import Words, words_of

HEAD, FOOT = 66.0, 52.0
"""Points that a heading takes above a map on paper, and its key or caption below, with labels of PRINTED."""

PRINTED, READERS = 7.5, 10.0
"""Points of a figure's labels: on a page whose type is as the theme has it, and on a screen."""

PAGES_A_FILM = 6  # of a well-filled guide: how many digits its page numbers have is guessed from it


@dataclass(frozen=True, slots=True)
class Plate:
    """A map with the title of the chapter that it maps, or none: one drawing, or a verso's and a recto's."""

    chapter: str
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True, slots=True)
class Easel:
    """The measures of one format in points. `depth` is that of a page, 0 where there are no pages.

    `gutter` is the space between the text of two facing pages.
    """

    guide: Guide
    letters: Lettering
    words: Words
    width: float
    depth: float
    gutter: float
    size: float

    @property
    def head(self) -> float:
        """Points that a heading takes above a map; it grows with the type."""
        return HEAD * self.size / PRINTED

    def maps(self) -> tuple[Plate, ...]:
        """The maps of similar films in reading order."""
        atlas = Atlas(self.guide.chapters, self.letters, self.words)
        plates = []
        for number, sheet in enumerate(sheets(self.guide.chapters, self.guide.see_also), start=1):
            name = "map" if number == 1 else f"map-{number}"
            if drawings := map_drawings(sheet, name, self._paper(sheet), atlas):
                plates.append(Plate(sheet.chapter, drawings))
        return tuple(plates)

    def charts(self) -> tuple[Drawing, ...]:
        """The films counted."""
        return charts(self.guide.films, Chart(self.width, self.size, self.letters, self.words))

    def strip(self, events: Sequence[Event], name: str, runtime_min: int | None) -> Drawing | None:
        """The two clocks of a timeline, for the spoiler part alone; None where there is nothing to draw."""
        return strip(events, name, Strip(self.width, self.size, self.letters, self.words), runtime_min)

    def _paper(self, sheet: Sheet) -> Paper:
        widest = self.size * 11.5
        if self.depth:
            digits = max(3, len(str(len(self.guide.films) * PAGES_A_FILM)))
            height = self.depth - self.head - FOOT * self.size / PRINTED
            return Paper(self.width, height, self.gutter, self.size, digits, widest, self.head)
        # A screen is as deep as its films need: so many of them stand in a column.
        height = max(self.width * 0.6, self.size * 2 * len(sheet.films) + 8 * self.size)
        return Paper(self.width, height, 0.0, self.size, 0, widest)


def printed_easel(guide: Guide, plan: PrintPlan, theme: Theme) -> Easel:
    """The easel for paper: the text's width and depth on the guide's trim in the theme's margins."""
    page = page_plan(plan, theme)
    return Easel(
        guide,
        lettering(theme.faces),
        words_of(guide.info),
        round(page.text_width * POINTS_PER_MM, 2),
        round(page.text_height * POINTS_PER_MM, 2),
        round(2 * page.inner * POINTS_PER_MM, 2),
        round(PRINTED * page.scale, 2),
    )


def ebook_easel(guide: Guide, theme: Theme) -> Easel:
    """The easel for screens: as wide as a telephone that is held upright, to be enlarged from there."""
    return Easel(guide, readers_lettering(theme.faces), words_of(guide.info), 380.0, 0.0, 0.0, READERS)
