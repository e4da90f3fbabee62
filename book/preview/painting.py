"""One film's pages: laid out by a worker, bound with the numbers of the whole book, rendered as pictures."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from threading import Lock

import pypdfium2

from book.cache import Cache, Kept
from book.compose import FilmComposer
from book.config import Project
from book.model import Finding, Guide, Setting, Shard, Side, Slug, Zone
from book.pdf.bind import bind
from book.pdf.kept import Job, PaintedBefore
from book.pdf.paginate import Standing, setting_of
from book.pdf.paint import paint_job
from book.pdf.sheet import Sheet
from book.pdf.studio import Studio
from book.preview.places import Places, Spot
from book.themes import Theme

MOST_ROUNDS = 4  # of painting one film until its numbers fit; two are enough but at the edge of a digit
MOST_KEPT = 12  # films whose pages stay in memory
NARROWEST_PX, WIDEST_PX = 200, 2_000
STEP_PX = 100  # widths are rounded up to these, so that a window drawn wider renders little anew

Paint = Callable[[Studio, Job], Sheet]
"""`paint_job`, here or in a worker."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its place among the film's, counted from 0; the number printed on it; what it may hold."""

    place: int
    label: str
    side: Side
    zone: Zone

    @property
    def tells(self) -> bool:
        """Whether only those see it who ask for spoilers."""
        return self.zone is Zone.SPOILER


@dataclass(frozen=True, slots=True)
class Painted:
    """A film's pages. `name` is another whenever a page is; `size_pt` is a page's width and height."""

    slug: Slug
    name: str
    file: bytes = field(repr=False)
    leaves: tuple[Leaf, ...]
    size_pt: tuple[float, float]
    findings: tuple[Finding, ...]


class Easel:
    """Paints films of one guide in one theme, and keeps what it painted.

    Safe to use from several threads: one paints while others wait, and PDFium, which knows no threads, is
    asked by one at a time.
    """

    def __init__(self, project: Project, theme: Theme, cache: Cache, paint: Paint) -> None:
        self._project, self._theme, self._cache, self._paint = project, theme, cache, paint
        self._studio = Studio(project.root.resolve(), theme.faces, theme.figures)
        self._before = PaintedBefore(cache, self._studio)
        self._composer: FilmComposer | None = None
        self._painting, self._rendering, self._keeping = Lock(), Lock(), Lock()
        self._kept: OrderedDict[str, Painted] = OrderedDict()

    def film(self, guide: Guide, places: Places, slug: Slug) -> Painted:
        """A film's pages, its spoilers among them. KeyError for a film that no chapter has."""
        spot = places.spots[slug]
        with self._painting:
            shards = self._composed(guide, slug)
            painted = self._bound(guide, places, slug, [shard for shard in shards if shard], spot)
        with self._keeping:
            self._kept[painted.name] = painted
            self._kept.move_to_end(painted.name)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return painted

    def warm_up(self, guide: Guide, places: Places) -> None:
        """Have a film painted for nothing: a worker's first takes seconds, which no save should wait for."""
        for film in guide.films[:1]:
            with self._painting:
                shard, _ = self._composed(guide, film.slug)
            digits = {anchor: len(str(places.numbers.get(anchor, 1))) for anchor in shard.slots}
            self._paint(self._studio, (shard, Setting(Side.RECTO, 1, digits)))

    def kept(self, name: str) -> Painted | None:
        """What was painted before under this name; None where it is gone."""
        return self._kept.get(name)

    def found(self, slug: Slug) -> tuple[Finding, ...]:
        """What painting a film said of it when that was last done."""
        with self._keeping:
            return next((one.findings for one in reversed(self._kept.values()) if one.slug == slug), ())

    def picture(self, painted: Painted, place: int, width_px: int) -> bytes:
        """A page as PNG, about so many pixels wide."""
        width = min(max(-(-width_px // STEP_PX) * STEP_PX, NARROWEST_PX), WIDEST_PX)
        with self._rendering:
            document = pypdfium2.PdfDocument(painted.file)
            try:
                page = document[place]
                image = page.render(scale=width / page.get_width()).to_pil()
            finally:
                document.close()
        out = BytesIO()
        image.save(out, "PNG", compress_level=1)  # it goes no farther than this machine
        return out.getvalue()

    # --------------------------------------------------------------------------------- laying out

    def _composed(self, guide: Guide, slug: Slug) -> tuple[Shard, Shard | None]:
        if self._composer is None:
            self._composer = FilmComposer(guide, self._project, self._theme, self._cache)
        return self._composer.film(guide, slug)

    def _bound(self, guide: Guide, places: Places, slug: Slug, shards: list[Shard], spot: Spot) -> Painted:
        sheets: list[Sheet] = []
        standings: list[Standing] = []
        leaves: list[Leaf] = []
        page, number, side = 0, spot.number, spot.side
        for shard in shards:
            if shard.opens is not None and shard.opens is not side:
                number, side = number + 1, _across(side)  # a blank page of the book's, which is not shown
            sheet = self._sheet(shard, Standing(_paged(side), number, 0), spot.pages, places.numbers)
            zones = _zones(shard, sheet)
            for zone in zones:
                leaves.append(Leaf(len(leaves), str(number + len(leaves) - page), side, zone))
                side = _across(side)
            sheets.append(sheet)
            standings.append(Standing(page, number, 0))
            page, number = page + sheet.page_count, number + sheet.page_count
        bound = bind(
            shards,
            sheets,
            standings,
            guide.info,
            self._theme.faces,
            self._theme.figures,
            elsewhere=places.numbers,
        )
        with self._rendering:
            document = pypdfium2.PdfDocument(bound.file)
            size = document.get_page_size(0)
            document.close()
        return Painted(
            slug,
            hashlib.sha256(bound.file).hexdigest()[:24],
            bound.file,
            tuple(leaves),
            size,
            tuple(finding for sheet in sheets for finding in sheet.findings),
        )

    def _sheet(self, shard: Shard, standing: Standing, pages: int, numbers: Mapping[str, int]) -> Sheet:
        """The shard painted as its place wants it; again where it has other pages than were thought."""
        digits = {anchor: len(str(number)) for anchor, number in numbers.items()}
        setting, sheet = setting_of(shard, standing, pages, digits), None
        for _ in range(MOST_ROUNDS):
            sheet = self._painted(shard, setting)
            for anchor in sheet.anchors:  # a film's own spoilers may begin where nobody expected
                wide = len(str(standing.number + anchor.page))
                digits[anchor.name] = max(wide, digits.get(anchor.name, 1))  # or it might never rest
            wanted = setting_of(shard, standing, sheet.page_count, digits)
            if wanted == setting:
                break
            setting = wanted
        assert sheet is not None
        return sheet

    def _painted(self, shard: Shard, setting: Setting) -> Sheet:
        kept = Kept[Job, Sheet](self._cache, self._before.key)
        return kept.do(partial(self._paint, self._studio), (shard, setting))


def here(studio: Studio, job: Job) -> Sheet:
    """Paints in this process."""
    return paint_job(studio, job)


def _zones(shard: Shard, sheet: Sheet) -> tuple[Zone, ...]:
    """What each page may hold. In doubt it is a spoiler: so is what follows a warning."""
    if shard.zone is not Zone.SAFE:
        return (shard.zone,) * sheet.page_count
    places = {anchor.name: anchor.page for anchor in sheet.anchors}
    warning = places.get(f"{shard.film}--warning", sheet.page_count)
    told = places.get(f"{shard.film}--spoilers", warning + 1)
    return tuple(
        Zone.SPOILER if page >= told else Zone.WARNING if page == warning else Zone.SAFE
        for page in range(sheet.page_count)
    )


def _across(side: Side) -> Side:
    return Side.VERSO if side is Side.RECTO else Side.RECTO


def _paged(side: Side) -> int:
    """A page of that side, counted from 0 through the file."""
    return 0 if side is Side.RECTO else 1
