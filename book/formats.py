"""An edition in each of its formats: how PDF, EPUB, AZW3 and site are made, stage by stage."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from book.cache import Cache, Kept
from book.config import Project
from book.kindle import convert
from book.model import Finding, Guide, Manifest, PrintedPage
from book.outcome import Made, has_errors
from book.progress import Step, Track, untold
from book.themes import find_theme
from book.workers import ALONE, Hands

if TYPE_CHECKING:
    from book.interior import Interior
    from book.pdf.bind import Bound
    from book.press_plan import Imposition

IMPORTED_IN_READERS = ("book.reading", "book.cli")
"""The second because Python runs the command's own script again in every worker."""
IMPORTED_IN_WORKERS = ("book.pdf.preloaded", *IMPORTED_IN_READERS)


def hands_for(formats: Sequence[str], jobs: int) -> Hands:
    """So many workers as `jobs` are, 0 for one a processor, with all at hand that the formats need."""
    return Hands(jobs, IMPORTED_IN_WORKERS if "pdf" in formats else IMPORTED_IN_READERS)


def screen_pdf(
    guide: Guide, project: Project, cache: Cache, hands: Hands, scheduler: str, track: Track
) -> tuple[Bound, tuple[PrintedPage, ...], tuple[Finding, ...]]:
    """The PDF for the screen, how each of its pages begins, and what went wrong."""
    from book.cluster import cluster
    from book.compose import compose
    from book.pdf.bind import bind, leading_nowhere
    from book.pdf.kept import PaintedBefore
    from book.pdf.layout import Strand, lay_out
    from book.pdf.openings import printed_pages
    from book.pdf.paint import layout_job
    from book.pdf.studio import Studio
    from book.pdf.travel import travelling
    from book.workers import weave

    theme = find_theme(project.print.theme, project.root)
    track(Step("compose", total=len(guide.films)))
    shards = compose(guide, project, theme, cache)
    studio = Studio(project.root.resolve(), theme.faces, theme.figures)
    paint_shard = travelling(studio) if scheduler else partial(layout_job, studio)
    before = PaintedBefore(cache, studio)
    with cluster(scheduler) if scheduler else hands.pool() as executor:

        def paint_all(strands: Sequence[Strand], total: int) -> None:
            weave(
                paint_shard,
                strands,
                executor=executor,
                kept=Kept(cache, before.key),
                track=track,
                stage="paint",
                total=total,
            )

        lanes = executor.lanes if executor else 1
        layout = lay_out(shards, paint_all, lanes=lanes, page_count=before.page_count)
    before.remember(layout.lengths)
    track(Step("bind", total=len(shards)))
    bound = bind(
        layout.shards,
        layout.sheets,
        layout.standings,
        guide.info,
        theme.faces,
        theme.figures,
        created=edition_time(guide),
    )
    of_pages = (finding for sheet in layout.sheets for finding in sheet.findings)
    pages = printed_pages(layout.shards, layout.sheets, layout.standings, bound.manifest)
    return bound, pages, (*of_pages, *leading_nowhere(layout.shards, layout.sheets))


def printed_interior(
    guide: Guide,
    project: Project,
    printer: str,
    cache: Cache,
    hands: Hands = ALONE,
    scheduler: str = "",
    track: Track = untold,
) -> Interior:
    """The inside of an edition's book as a printer wants it. UsageError for one that nobody knows."""
    from book.interior import press_interior
    from book.printers import find_printer

    profile, of_profile = find_printer(printer, project.root, project.printers)
    inside = press_interior(
        guide,
        project,
        profile,
        lambda guide, project: screen_pdf(guide, project, cache, hands, scheduler, track),
        name=f"{guide.info.slug}-interior.pdf",
        created=edition_time(guide),
    )
    return replace(inside, findings=(*of_profile, *inside.findings))


def ebook(
    guide: Guide, project: Project, pages: Sequence[PrintedPage], cache: Cache, hands: Hands, track: Track
) -> tuple[bytes, tuple[Finding, ...]]:
    """The EPUB; `pages` are those of the PDF that its page list goes by."""
    from book.epub import render_epub

    theme = find_theme(project.ebook.theme, project.root)

    def told(subject: str) -> None:
        track(Step("e-book", subject))

    made = edition_time(guide)
    return render_epub(
        guide, project, theme, modified=made, pages=pages, cache=cache, hands=hands, track=told
    )


def site(
    guide: Guide, project: Project, cache: Cache, hands: Hands, track: Track
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """The files of the site, by their names in its folder."""
    from book.epub import ebook_cover
    from book.web import render_site

    theme = find_theme(project.ebook.theme, project.root)

    def told(subject: str) -> None:
        track(Step("site", subject))

    cover, of_cover = ebook_cover(guide.info, project, theme, cache)
    files, found = render_site(guide, project, theme, cover=cover, cache=cache, hands=hands, track=told)
    return files, (*of_cover, *found)


def imposed(made: Made, imposition: Imposition) -> Made:
    """The edition with its PDF on sheets for a printer at home as well."""
    from book.press.imposition import impose

    sheets = {
        f"{name.removesuffix('.pdf')}-{imposition.way}.pdf": impose(content, imposition)
        for name, content in made.files.items()
        if name.endswith(".pdf")
    }
    return replace(made, files=made.files | sheets)


def for_kindle(made: Made, track: Track) -> Made:
    """The edition with its EPUB as AZW3 as well; as it is where something stands in the way of the book."""
    if has_errors(made.findings):
        return made
    track(Step("Kindle", made.guide.info.slug))
    books = {
        f"{name.removesuffix('.epub')}.azw3": convert(content)
        for name, content in made.files.items()
        if name.endswith(".epub")
    }
    return replace(made, files=made.files | books)


def edition_time(guide: Guide) -> datetime:
    """The date that goes into files: SOURCE_DATE_EPOCH, else the newest date the guide itself gives.

    Not the clock, so that the same guide gives the same bytes tomorrow.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    dates = [film.updated for film in guide.films if film.updated]
    newest = max([*dates, guide.info.published or date(2000, 1, 1)])
    return datetime(newest.year, newest.month, newest.day, tzinfo=UTC)


def manifest_json(manifest: Manifest) -> bytes:
    """The map of a bound book as other programs read it."""
    return json.dumps(asdict(manifest), indent=1, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)
