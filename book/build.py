"""The pipeline on one screen: from a guide's folder to finished files. Read this first.

    read     guide.toml, entries/, texts/   -> Project, films, texts
    check    films                          -> findings          (errors stop here, all shown together)
    relate   films                          -> similar films
    arrange  films, similar films, texts    -> Guide             (knows nothing of paper)
    compose  Guide, Theme                   -> Shards
    paint    Shard                          -> Sheet             (WeasyPrint, in workers)
    bind     Sheets                         -> PDF, Manifest
    or       Guide, Theme                   -> EPUB
    verify   finished files                 -> verdicts          (a file that fails is not put in place)

Every stage is a pure function of values; only reading and the last line of `build_guide` touch the disk.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from book import formats as making
from book.cache import CACHE, Cache, pack, unpack
from book.config import Project, load_project
from book.editions import FORMATS
from book.kindle import converter_missing
from book.model import BookError, Finding, Guide, PrintedPage
from book.outcome import WEB, Made, Report, has_errors, in_order, report_again, report_of, shown
from book.progress import Step, Track, untold
from book.reading import cache_of, editions_of, read_guide
from book.receipts import Receipt, build_key, receipt_of
from book.shelf import be_writable, put_all, put_folder
from book.workers import Hands

if TYPE_CHECKING:
    from book.press_plan import Imposition


def check_guide(root: Path, *, strict: bool = False, track: Track = untold) -> Report:
    """Read everything and say what to mend; writes nothing."""
    started = time.monotonic()
    reading = read_guide(root, strict=strict, hands=making.hands_for((), 0), track=track)
    return report_of(reading, started)


def build_guide(
    root: Path,
    *,
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
    theme: str = "",
    spoilers: str = "",
    editions: Sequence[str] = (),
    strict: bool = False,
    verified: bool = True,
    jobs: int = 0,
    scheduler: str = "",
    printer: str = "",
    imposition: Imposition | None = None,
    track: Track = untold,
) -> Report:
    """Make the files asked for and put them in `out` (build/ in the guide's folder), all or none.

    `formats` are pdf, epub, azw3 and web; azw3 is made of the EPUB, so it comes with epub, and web is a site
    in a folder of its own.

    `theme` overrides guide.toml for every format, and so does `spoilers`, a place in either; `editions` are
    names of those wanted, none meaning all. `jobs` is the number of workers, 0 for one a core;
    with a `scheduler`, the address of one of Dask's, its workers lay the pages out instead. Unless
    `verified` is off, finished files are looked at for spoilers that stand where they may not. With a
    `printer`, the PDF is the inside of the book as that printer wants it, in a folder of the printer's
    name; with an `imposition`, sheets for a printer at home are made of it as well.
    Errors among the findings stop the build with nothing written. Raises BookError.
    """
    started = time.monotonic()
    folder = out or root / "build"
    be_writable(folder, root)
    cache = cache_of(root)
    asked = (tuple(formats), theme, spoilers, tuple(editions), strict, verified, date.today().year)
    options = (*asked, printer, imposition)
    key = build_key(root, *options)
    receipt = unpack(cache.get(key) or b"") if key else None
    if isinstance(receipt, Receipt) and receipt.stands(folder):
        return report_again(receipt, folder, started)
    hands = making.hands_for(formats, jobs)
    reading = read_guide(root, theme=theme, strict=strict, hands=hands, track=track)
    if "azw3" in formats:
        lacking = converter_missing()
        reading = replace(reading, findings=in_order((*reading.findings, *lacking), strict=strict))
    if reading.guide is None or has_errors(reading.findings):
        return report_of(reading, started)
    made: list[Made] = []
    for plan, project, guide in editions_of(reading, spoilers=spoilers, names=editions):
        wanted = [each for each in formats if each in (*plan.formats, WEB)]
        one = _typeset(project, guide, wanted, cache, hands, scheduler, track, printer)
        one = _verified(one, cache, hands, track) if verified else one
        one = making.imposed(one, imposition) if imposition else one
        made.append(making.for_kindle(one, track) if "azw3" in formats else one)
    findings = (*reading.findings, *(finding for one in made for finding in one.findings))
    done = replace(reading, findings=in_order(findings, strict=strict))
    if has_errors(done.findings):
        return report_of(done, started, made)
    files = {name: content for one in made for name, content in one.files.items()}
    put_all({folder / name: content for name, content in files.items()})
    for one in made:
        if one.site:
            put_folder(folder / one.site_name, one.site)
    files |= {f"{one.site_name}/{name}": content for one in made for name, content in one.site.items()}
    report = replace(report_of(done, started, made), files=shown(folder, files))
    if key:
        facts = (report.films, report.chapters, report.pages, report.findings, report.verdicts)
        cache.put(key, pack(receipt_of(*facts, files, report.told)))
    cache.prune(reading.project.cache_limit)
    return report


def _typeset(
    project: Project,
    guide: Guide,
    formats: Sequence[str],
    cache: Cache,
    hands: Hands,
    scheduler: str,
    track: Track,
    printer: str = "",
) -> Made:
    """One edition in its formats; without files where a part of it could not be laid out."""
    stem = guide.info.slug
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    manifest = None
    pages: tuple[PrintedPage, ...] = ()
    told: tuple[str, ...] = ()
    if "pdf" in formats:
        from book.workers import JobsLostError

        try:
            if printer:
                inside = making.printed_interior(guide, project, printer, cache, hands, scheduler, track)
                file, manifest, pages, found = inside.file, inside.manifest, inside.pages, inside.findings
                told, stem = (inside.told,), f"{printer}/{stem}-interior"
            else:
                bound, pages, found = making.screen_pdf(guide, project, cache, hands, scheduler, track)
                file, manifest = bound.file, bound.manifest
        except JobsLostError as lost:
            return Made(project, guide, {}, None, lost.findings)
        findings += found
        files |= {f"{stem}.pdf": file, f"{stem}.manifest.json": making.manifest_json(manifest)}
    if "epub" in formats:
        files[f"{guide.info.slug}.epub"], found = making.ebook(guide, project, pages, cache, hands, track)
        findings += found
    site: Mapping[str, bytes] = {}
    if WEB in formats:
        site, found = making.site(guide, project, cache, hands, track)
        findings += found
    return Made(project, guide, files, manifest, tuple(findings), told=told, site=site)


def _verified(made: Made, cache: Cache, hands: Hands, track: Track) -> Made:
    """The edition with a verdict on each of its books; what is wrong with them is among its findings."""
    from book.verify import verify_files, verify_site
    from book.verify_promise import promise_of

    track(Step("verify", made.guide.info.slug))
    plan = made.project.spoilers
    verdicts = verify_files(
        made.guide,
        made.manifest,
        made.files,
        pdf_mode=plan.pdf,
        epub_mode=plan.epub,
        cache=cache,
        hands=hands,
    )
    if made.site:
        mode = "omit" if plan.epub == "omit" else "linked"
        promise = promise_of(made.guide, cache, hands)
        verdicts = (*verdicts, verify_site(promise, f"{made.site_name}/", made.site, mode))
    wrong = (finding for verdict in verdicts for finding in verdict.findings)
    return replace(made, verdicts=verdicts, findings=(*made.findings, *wrong))


def clean_guide(root: Path) -> int:
    """Take away what earlier builds have kept; how many bytes. BookError where there is no guide."""
    load_project(root)
    try:
        return cache_of(root).clear()
    except OSError as error:
        raise BookError(
            f"{CACHE} could not be taken away: {error.strerror or error}.", "Look at its permissions."
        ) from error
