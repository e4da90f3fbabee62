"""A guide's folder -> its covers: what `filmguide cover` does, edition by edition."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from book.config import Project
from book.covers.barcode import Barcode, add_on, barcode
from book.covers.design import ISBN_HIGH_MM, Shown
from book.covers.making import MadeCover, make_cover
from book.covers.own import own_front
from book.findings import finding
from book.formats import edition_time
from book.languages import language_direction
from book.model import Finding, Manifest, Place, Severity, UsageError, Zone
from book.outcome import has_errors, in_order
from book.printers import (
    Paper,
    Printer,
    Trust,
    Wrap,
    allows_spine_text,
    find_printer,
    full_page_count,
    page_limits,
    spine_formula,
    takes_trim,
    wrap_of,
)
from book.printers.figures import MM_PER_INCH, inches
from book.progress import Step, Track, untold
from book.reading import editions_of, read_guide
from book.shelf import be_writable, put_all
from book.themes import find_theme
from book.verify import read_manifest


@dataclass(frozen=True, slots=True)
class CoverReport:
    """What making covers came to: sentences on each, the files, and what wants mending.

    `facts` are the same as values, an edition each: pages, spine and sheet in millimetres.
    """

    lines: tuple[str, ...]
    facts: tuple[dict[str, object], ...]
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Job:
    """A cover that can be made: everything about it fits the printer."""

    project: Project
    printer: Printer
    paper: Paper
    pages: int
    wrap: Wrap


def cover_guide(
    root: Path,
    *,
    printer: str = "",
    pages: int = 0,
    guides: bool = False,
    out: Path | None = None,
    theme: str = "",
    editions: Sequence[str] = (),
    track: Track = untold,
) -> CoverReport:
    """Make the covers of a guide's printed editions and put them into PRINTER/ in `out`, all or none.

    `pages` are those of the book, 0 for as many as the PDF in build/ has; blank pages that the printer
    wants at the end are added. `printer` and `theme` override guide.toml. Raises BookError.
    """
    started = time.monotonic()
    folder = out or root / "build"
    be_writable(folder, root)
    reading = read_guide(root, theme=theme, track=track)
    if reading.guide is None:
        errors = tuple(found for found in reading.findings if found.severity is Severity.ERROR)
        return CoverReport((), (), errors, (), time.monotonic() - started)
    lines: list[str] = []
    facts: list[dict[str, object]] = []
    findings: list[Finding] = []
    files: dict[Path, bytes] = {}
    for plan, project, guide in editions_of(reading, names=editions):
        if "pdf" not in plan.formats:
            continue
        track(Step("cover", project.info.slug))
        job, found = _job(project, printer, pages, (folder, root / "build"))
        findings += found
        if job is None:
            continue
        made, more = _made(job, edition_time(guide), guides=guides)
        findings += more
        lines += _told(job, made)
        facts.append(_facts(job, made))
        shelf = folder / job.printer.name
        files |= {shelf / name: content for name, content in _files(job, made, more).items()}
    ordered = in_order(findings, strict=False)
    if has_errors(ordered):
        return CoverReport((), tuple(facts), ordered, (), time.monotonic() - started)
    put_all(files)
    return CoverReport(tuple(lines), tuple(facts), ordered, tuple(files), time.monotonic() - started)


# --------------------------------------------------------------------------- what the printer allows


def _job(
    project: Project, wanted: str, pages: int, folders: Sequence[Path]
) -> tuple[_Job | None, tuple[Finding, ...]]:
    """The cover to make, or what keeps the printer from making such a book."""
    printer, findings = find_printer(wanted or project.print.printer, project.root, project.printers)
    paper = printer.paper(project.print.paper, project.print.ink)
    pages = full_page_count(printer, pages) if pages else _page_count(project, printer, folders)
    wrong = [*findings, *_refused(printer, project, paper, pages)]
    if paper is None or has_errors(wrong):
        return None, tuple(wrong)
    return _Job(project, printer, paper, pages, wrap_for(project, printer, paper, pages)), tuple(wrong)


def wrap_for(project: Project, printer: Printer, paper: Paper, pages: int) -> Wrap:
    """The wrap that an edition's book of so many pages has at a printer."""
    plan, language = project.print, project.info.language
    return wrap_of(
        printer,
        paper,
        (plan.trim_width_mm, plan.trim_height_mm),
        pages,
        spine_width_mm=project.cover.spine_mm,
        bound_right=language_direction(language) == "rtl",
    )


def _page_count(project: Project, printer: Printer, folders: Sequence[Path]) -> int:
    """The pages of the book as it was built last, for this printer or else for the screen.

    The inside that was made for a printer has the blank pages that it wants; others are reckoned. UsageError
    where nothing was built.
    """
    slug = project.info.slug
    for folder in folders:
        inside = _manifest(folder / printer.name / f"{slug}-interior.manifest.json")
        if inside is not None:
            return len(inside.pages)
    for folder in folders:
        book = _manifest(folder / f"{slug}.manifest.json")
        if book is not None:
            blank = bool(book.pages) and book.pages[-1].zone is Zone.BLANK
            return full_page_count(printer, len(book.pages) - (blank and printer.pages.last_blank))
    raise UsageError(
        f"There is no book {slug}.pdf yet whose pages could be counted.",
        f"Build it first with filmguide build pdf --printer {printer.name}, or say its pages: --pages 216",
    )


def _manifest(path: Path) -> Manifest | None:
    with suppress(OSError):
        return read_manifest(path.read_bytes())
    return None


def _refused(printer: Printer, project: Project, paper: Paper | None, pages: int) -> Iterator[Finding]:
    """Why the printer would not make the book."""
    plan, at, name = project.print, project.source.at, printer.title or printer.name
    trim = (plan.trim_width_mm, plan.trim_height_mm)
    shown = f"{inches(trim[0])[:-3]} × {inches(trim[1])}"
    if not takes_trim(printer, trim):
        message = f"{name} makes no books of {shown} ({trim[0]:g} × {trim[1]:g} mm)."
        sizes = ", ".join(f"{w / MM_PER_INCH:.4g}x{h / MM_PER_INCH:.4g}in" for w, h in printer.trims[:12])
        yield finding("F792", at("print.trim"), message, f"It makes {sizes} and more: write one as trim.")
    if paper is None:
        has = ", ".join(f"{each.ink} on {each.name}" for each in printer.papers)
        message = f"{name} does not print {plan.ink} on {plan.paper} paper."
        yield finding(
            "F791", at("print.paper"), message, f"It prints {has}: write paper and ink under [print]."
        )
        return
    limit = page_limits(paper, trim)
    if not limit.least <= pages <= limit.most:
        where = f"{plan.ink} on {paper.name} paper, {shown}"
        range_ = f"from {limit.least} to {limit.most:,} pages" if limit.most else "no book at all"
        message = f"The book has {pages:,} pages; {name} makes {range_} with {where}."
        hint = (
            "Choose another paper or trim, or part the guide into editions."
            if pages > limit.most
            else ("Choose another printer or trim, or let the guide grow.")
        )
        yield finding("F793", at("print.paper"), message, hint)


# ------------------------------------------------------------------------------------ making it


def _made(job: _Job, created: datetime, *, guides: bool) -> tuple[MadeCover, tuple[Finding, ...]]:
    project, printer, info = job.project, job.printer, job.project.info
    theme = find_theme(project.print.theme, project.root)
    own = project.cover.front or project.ebook.cover
    picture, findings = own_front(own, project.root, theme, job.wrap) if own else (None, ())
    symbol, of_symbol = _symbol(project, printer)
    shown = Shown(info, project.cover, symbol, picture)
    made = make_cover(
        shown, job.wrap, printer, theme, project.root, pages=job.pages, created=created, guides=guides
    )
    return made, (*findings, *of_symbol, *made.findings)


def _symbol(project: Project, printer: Printer) -> tuple[Barcode | None, tuple[Finding, ...]]:
    """The barcode, where the printed book has an ISBN; a printer puts one of its own where it has none."""
    info, field = project.info, printer.barcode
    if not info.isbn_print:
        return None, ()
    prices = project.print.prices or project.prices
    room = (field.width_mm, field.height_mm - ISBN_HIGH_MM)
    symbol = barcode(info.isbn_print, add_on(prices, project.cover.price_code), room_mm=room)
    if symbol is not None:
        return symbol, ()
    message = (
        f"The field of {field.width_mm:g} × {field.height_mm:g} mm is too small for a barcode that scans."
    )
    hint = 'Make it larger: [printer.NAME.barcode] size = "51x31mm"'
    return None, (finding("F795", Place("guide.toml"), message, hint),)


def _files(job: _Job, made: MadeCover, findings: Sequence[Finding]) -> dict[str, bytes]:
    from book.epub import ebook_cover

    project, info = job.project, job.project.info
    ebook, _ = ebook_cover(info, project, find_theme(project.ebook.theme, project.root), None)
    files = {
        f"{info.slug}-cover.pdf": made.file,
        f"{info.slug}-front.jpg": made.front,
        f"{info.slug}-ebook-cover.jpg": ebook.content,
    }
    return files | ({f"{info.slug}-cover-guides.pdf": made.guides} if made.guides else {})


# -------------------------------------------------------------------------------- what is told of it


def _told(job: _Job, made: MadeCover) -> list[str]:
    """What was made, with the sums that a writer may want to check."""
    wrap, printer, paper = job.wrap, job.printer, job.paper
    name = printer.title or printer.name
    own = job.project.cover.spine_mm
    formula = (
        f"{inches(own)} = {own:.2f} mm, as guide.toml has it"
        if own
        else spine_formula(printer, paper, job.pages)
    )
    size = f"{inches(wrap.width)[:-3]} × {inches(wrap.height)} ({wrap.width:.2f} × {wrap.height:.2f} mm)"
    lines = [
        f"{job.project.info.slug}: {job.pages:,} pages, {paper.ink} on {paper.name} paper, {name}",
        f"  spine  {formula}",
        f"  sheet  {size}",
    ]
    if not allows_spine_text(printer, job.pages):
        lines.append(
            f"  The spine stays empty: {name} prints words on it from {printer.spine.text_from} pages."
        )
    elif made.spine is None:
        lines.append("  The spine stays empty: no type that could be read fits on it.")
    tables = ["wrap", *([] if own else ["spine"])]
    doubtful = [printer.source(table) for table in tables if printer.source(table).trust is Trust.MEMORY]
    paper_source = printer.sources.get(paper.source)
    if paper_source and paper_source.trust is Trust.MEMORY and not own and not printer.spine.steps:
        doubtful.append(paper_source)
    for source in dict.fromkeys(doubtful):
        lines.append(
            f"  Compare with the printer's own template before you send it. Our figures: {source.what}."
        )
    return lines


def _facts(job: _Job, made: MadeCover) -> dict[str, object]:
    wrap = job.wrap
    return {
        "edition": job.project.info.slug,
        "printer": job.printer.name,
        "pages": job.pages,
        "paper": job.paper.name,
        "ink": job.paper.ink,
        "spine_mm": round(wrap.spine.width, 4),
        "sheet_mm": [round(wrap.width, 4), round(wrap.height, 4)],
        "spine_words": made.spine is not None,
    }


__all__ = ["CoverReport", "cover_guide"]
