"""The inside of a printed book: laid out until its margins rest, then put right for the press.

A thicker book needs a wider margin at the spine, and a wider margin makes a thicker book. So it is laid out,
counted, and laid out again where the printer's margin for that many pages is wider than what was left. A
margin once chosen is never taken back, so that a book on the edge between two of them comes to rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from book.config import PrintPlan, Project
from book.findings import finding
from book.model import BookError, Finding, Guide, Manifest, Matter, PageFact, PrintedPage, Zone
from book.page_plan import NARROWEST_TEXT_MM, PagePlan, page_plan
from book.printers import Printer, full_page_count, inside_margin_mm, outside_margin_mm
from book.themes import find_theme
from book.words import words_of

if TYPE_CHECKING:
    from book.pdf.bind import Bound

LaidOut = tuple["Bound", tuple[PrintedPage, ...], tuple[Finding, ...]]
LayOut = Callable[[Guide, Project], LaidOut]
"""Lays a guide out and binds it."""

MOST_LAYOUTS = 8  # a printer has about five gutters, and each can be chosen once

BLEEDING = ".bleed"
"""The class of a picture that fills its page to beyond the edges: ![…](…){.bleed}"""

NAMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}


@dataclass(frozen=True, slots=True)
class Interior:
    """The finished inside of a book: the file, the map of its pages, and how they came about.

    `pages` say how each begins; `page` are its margins, as they came to rest after `layouts` layouts.
    """

    file: bytes
    manifest: Manifest
    pages: tuple[PrintedPage, ...]
    page: PagePlan
    bleeds: bool
    blanks: int
    layouts: int
    told: str
    findings: tuple[Finding, ...]


def press_interior(
    guide: Guide, project: Project, printer: Printer, lay_out: LayOut, *, name: str, created: datetime
) -> Interior:
    """Lay out, bind and press a guide for a printer. `name` is the file's, for findings. Raises BookError."""
    from book.press import Ticket, kind_of, press

    profile, of_profile = _profile(project)
    settled = _settle(guide, project, printer, lay_out)
    bound, pages, of_pages = settled.laid_out
    blanks = full_page_count(printer, settled.counted) - settled.counted
    bleeds = settled.plan.bleed_mm > 0
    ticket = Ticket(
        printer,
        name,
        guide.info.title,
        (project.print.trim_width_mm, project.print.trim_height_mm),
        kind_of(printer, project.print),
        bleeds=bleeds,
        blanks=blanks - settled.notes,
        authors=", ".join(guide.info.authors),
        profile=profile,
        created=created,
    )
    file, of_press = press(bound.file, ticket)
    manifest = _with_blanks(bound.manifest, blanks - settled.notes)
    return Interior(
        file,
        manifest,
        pages,
        settled.page,
        bleeds,
        blanks - settled.notes,
        settled.layouts,
        _told(settled, printer, len(manifest.pages)),
        (*of_profile, *_room(settled.page, project, printer), *of_pages, *of_press),
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """A book whose margins rest: its pages without those for notes are `counted`."""

    laid_out: LaidOut
    plan: PrintPlan
    page: PagePlan
    layouts: int
    notes: int
    counted: int


def _settle(guide: Guide, project: Project, printer: Printer, lay_out: LayOut) -> _Settled:
    theme = find_theme(project.print.theme, project.root)
    bleeds = bool(printer.bleed.edges) and (project.print.bleed or _has_bleeding_picture(guide))
    plan = replace(
        project.print,
        inside_mm=inside_margin_mm(printer, printer.pages.multiple),
        outside_mm=outside_margin_mm(printer, bleed=bleeds),
        bleed_mm=printer.bleed.width_mm if bleeds else 0.0,
    )
    notes = 0
    for layouts in range(1, MOST_LAYOUTS + 1):
        laid_out = lay_out(_with_notes(guide, notes), replace(project, print=plan))
        counted = len(laid_out[0].manifest.pages) - notes
        full = full_page_count(printer, counted)
        # Never narrower than it was: see above.
        wider = replace(plan, inside_mm=max(plan.inside_mm, inside_margin_mm(printer, full)))
        page = page_plan(wider, theme)
        wanted = max(full - counted - printer.pages.most_blank, 0)
        if page == page_plan(plan, theme) and wanted == notes:
            return _Settled(laid_out, wider, page, layouts, notes, counted)
        plan, notes = wider, wanted
    raise BookError(
        f"The margins for {printer.title or printer.name} do not come to rest.",
        "Please report this; a change of trim or theme will most likely get you past it.",
    )


def _has_bleeding_picture(guide: Guide) -> bool:
    texts = (
        *(matter.text for matter in (*guide.front, *guide.back)),
        *(chapter.intro for chapter in guide.chapters),
        *(section.body for film in guide.films for section in (film.synopsis, *film.safe, *film.spoilers)),
    )
    return any(BLEEDING in text for text in texts)


def _with_notes(guide: Guide, count: int) -> Guide:
    """The guide with pages for notes at its end, for as many blank ones would look like a fault."""
    title = words_of(guide.info).gettext("Notes")
    pages = tuple(Matter("text", f"notes-{number}", text=f"# {title}") for number in range(1, count + 1))
    return replace(guide, back=(*guide.back, *pages))


def _with_blanks(manifest: Manifest, count: int) -> Manifest:
    last = len(manifest.pages)
    blanks = tuple(PageFact(last + number, "", Zone.BLANK) for number in range(1, count + 1))
    return replace(manifest, pages=(*manifest.pages, *blanks))


def _profile(project: Project) -> tuple[bytes, tuple[Finding, ...]]:
    """The writer's ICC profile, or nothing where there is none that can be used, which is a finding then."""
    from book.press.inks import is_profile

    icc = project.press.icc
    if not icc:
        return b"", ()
    path = Path(project.root, icc)
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if is_profile(content):
        return content, ()
    said = f"{icc} is no ICC profile of four inks." if content else f"The profile {icc} is not there."
    hint = "Mend icc under [press], or take it out; the book is converted with filmguide's own profile."
    return b"", (finding("F723", project.source.at("press.icc"), said, hint),)


def _room(page: PagePlan, project: Project, printer: Printer) -> tuple[Finding, ...]:
    if page.text_width >= NARROWEST_TEXT_MM:
        return ()
    left = f"a line of {page.text_width:.0f} mm on a page of {page.width:.0f} × {page.height:.0f} mm"
    said = f"{printer.title or printer.name} wants margins that leave {left}."
    return (finding("F724", project.source.at("print.trim"), said, "Choose a larger trim."),)


def _told(settled: _Settled, printer: Printer, pages: int) -> str:
    """A sentence for the summary: the gutter, what was asked for, how often the book was laid out."""
    least, inner = settled.plan.inside_mm, settled.page.inner
    asked = f", where {least:.1f} mm ({least / 25.4:.3f} in) are asked for" if least else ""
    times = NAMES.get(settled.layouts, f"{settled.layouts} times")
    return (
        f"{printer.title or printer.name}: {pages:,} pages; the inside margin settled at {inner:.1f} mm "
        f"({inner / 25.4:.3f} in){asked}; laid out {times}."
    )
