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

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from book.arrange import arrange
from book.cache import CACHE, Cache, Kept, pack, unpack
from book.check import check
from book.config import ChapterPlan, Project, load_project
from book.editions import FORMATS, EditionPlan
from book.entries import read_entries
from book.film_links import linked_films, with_links
from book.kindle import convert, converter_missing
from book.model import (
    BookError,
    Film,
    Finding,
    Guide,
    Manifest,
    PrintedPage,
    Severity,
    UsageError,
)
from book.progress import Step, Track, untold
from book.reach import leads_out
from book.receipts import Receipt, build_key, receipt_of
from book.relating import relations
from book.retail import safe_keywords
from book.selection import select
from book.shelf import be_writable, put_all, put_folder
from book.texts import read_texts
from book.themes import find_theme
from book.wording import typeset_guide

if TYPE_CHECKING:
    from book.interior import Interior
    from book.pdf.bind import Bound
    from book.press_plan import Imposition
    from book.verify import Verdict


WEB = "web"
"""Among the finished files: the folder of sites, one for each edition."""

IMPORTED_IN_WORKERS = ("book.pdf.preloaded", "book.cli")
"""The second because Python runs the command's own script again in every worker."""


@dataclass(frozen=True, slots=True)
class Made:
    """An edition as it was made: its files by name, and what looking for spoilers in them came to."""

    project: Project
    guide: Guide
    files: dict[str, bytes]
    manifest: Manifest | None
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...] = ()
    told: tuple[str, ...] = ()  # sentences for the summary
    site: Mapping[str, bytes] = field(default_factory=dict)  # the files of its site, by their names there

    @property
    def site_name(self) -> str:
        """The folder of its site, from the folder of finished files."""
        return f"{WEB}/{self.guide.info.slug}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or a check came to. `files` are the finished files; none when it was stopped.

    `pages` are those of all editions' PDFs together; `verdicts` are empty where nobody looked.
    """

    films: int
    chapters: int
    pages: int | None
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]
    seconds: float
    stopped: bool
    verdicts: tuple[Verdict, ...] = ()
    unchanged: bool = False  # the files stood there already, made of the same
    told: tuple[str, ...] = ()  # further sentences for the summary


@dataclass(frozen=True, slots=True)
class Reading:
    """A guide's folder as values, with everything that reading and checking found to mend."""

    project: Project
    films: tuple[Film, ...]
    texts: Mapping[str, str]
    guide: Guide | None  # None where errors stand in the way
    findings: tuple[Finding, ...]


def read_guide(root: Path, *, theme: str = "", strict: bool = False, track: Track = untold) -> Reading:
    """Read, check, relate and arrange. BookError only where there is no guide, or no `theme` of that name."""
    track(Step("read"))
    project, of_project = load_project(root)
    project = _themed(project, theme)
    cache = cache_of(root)
    films, of_entries = read_entries(project, cache)
    texts, of_texts = read_texts(project)
    track(Step("check", total=len(films)))
    of_films = check(films, project, texts, this_year=date.today().year, cache=cache)
    findings = in_order((*of_project, *of_entries, *of_texts, *of_films), strict=strict)
    if has_errors(findings):
        return Reading(project, films, texts, None, findings)
    # A keyword that spoils is a warning only, so it must not come as far as a book.
    project = replace(project, info=replace(project.info, keywords=safe_keywords(project.info, films)))
    return Reading(project, films, texts, _arranged(films, project, texts, track), findings)


def _arranged(
    films: Sequence[Film],
    project: Project,
    texts: Mapping[str, str],
    track: Track = untold,
    *,
    shelf: Sequence[Film] = (),
) -> Guide:
    """The guide of these films; `shelf` are all that there are, since a text may name one left out."""
    see_also, indexes = relations(films, project, cache_of(project.root), track)
    by_slug = {film.slug.casefold(): film for film in shelf or films}
    linked = {name: with_links(text, by_slug) for name, text in texts.items()}
    return typeset_guide(arrange(linked_films(films, by_slug), see_also, project, linked, indexes))


def editions_of(
    reading: Reading, *, spoilers: str = "", names: Sequence[str] = ()
) -> Iterator[tuple[EditionPlan, Project, Guide]]:
    """The editions that guide.toml lists, or the guide as its own only one, each arranged.

    `spoilers` puts them in another place in all of them; `names` are the editions asked for, by name or
    slug, none meaning all. UsageError for one that is not there.
    """
    project, guide = reading.project, reading.guide
    assert guide is not None, "a guide with errors has no editions"
    if not project.editions and not names:
        own = project.own_edition
        yield own, replace(project, spoilers=own.spoilers.with_place(spoilers)), guide
    for plan in _asked_for(project.editions, names):
        edition = project.as_edition(replace(plan, spoilers=plan.spoilers.with_place(spoilers)))
        if plan.films:
            chosen = {film.slug for film in select(ChapterPlan(plan.name, plan.films), reading.films)}
            films = [film for film in reading.films if film.slug in chosen]
            yield plan, edition, _arranged(films, edition, reading.texts, shelf=reading.films)
        else:
            yield plan, edition, replace(guide, info=edition.info)


def _asked_for(editions: Sequence[EditionPlan], names: Sequence[str]) -> Sequence[EditionPlan]:
    for name in names:
        if not any(name in {plan.name, plan.slug} for plan in editions):
            known = ", ".join(plan.name for plan in editions)
            raise UsageError(
                f"guide.toml has no edition {name}.",
                f"It has {known}." if known else "Begin one with [[edition]] and its name.",
            )
    return [plan for plan in editions if not names or {plan.name, plan.slug} & set(names)]


def check_guide(root: Path, *, strict: bool = False, track: Track = untold) -> Report:
    """Read everything and say what to mend; writes nothing."""
    started = time.monotonic()
    reading = read_guide(root, strict=strict, track=track)
    return _report(reading, started)


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
        return _from_receipt(receipt, folder, started)
    reading = read_guide(root, theme=theme, strict=strict, track=track)
    if "azw3" in formats:
        lacking = converter_missing()
        reading = replace(reading, findings=in_order((*reading.findings, *lacking), strict=strict))
    if reading.guide is None or has_errors(reading.findings):
        return _report(reading, started)
    made: list[Made] = []
    for plan, project, guide in editions_of(reading, spoilers=spoilers, names=editions):
        wanted = [each for each in formats if each in (*plan.formats, WEB)]
        one = _typeset(project, guide, wanted, cache, jobs, scheduler, track, printer)
        one = _verified(one, cache, track) if verified else one
        one = _imposed(one, imposition) if imposition else one
        made.append(_for_kindle(one, track) if "azw3" in formats else one)
    findings = (*reading.findings, *(finding for one in made for finding in one.findings))
    done = replace(reading, findings=in_order(findings, strict=strict))
    if has_errors(done.findings):
        return _report(done, started, made)
    files = {name: content for one in made for name, content in one.files.items()}
    put_all({folder / name: content for name, content in files.items()})
    for one in made:
        if one.site:
            put_folder(folder / one.site_name, one.site)
    files |= {f"{one.site_name}/{name}": content for one in made for name, content in one.site.items()}
    report = replace(_report(done, started, made), files=_shown(folder, files))
    if key:
        facts = (report.films, report.chapters, report.pages, report.findings, report.verdicts)
        cache.put(key, pack(receipt_of(*facts, files, report.told)))
    cache.prune(reading.project.cache_limit)
    return report


def cache_of(root: Path) -> Cache:
    """The guide's cache. BookError where a link leads it out of the folder: files are taken away there."""
    if leads_out(root / CACHE, root):
        raise BookError(f"{CACHE} leads out of the guide's folder.", "Take the link away.")
    return Cache(root / CACHE)


def clean_guide(root: Path) -> int:
    """Take away what earlier builds have kept; how many bytes. BookError where there is no guide."""
    load_project(root)
    try:
        return cache_of(root).clear()
    except OSError as error:
        raise BookError(
            f"{CACHE} could not be taken away: {error.strerror or error}.", "Look at its permissions."
        ) from error


def _from_receipt(receipt: Receipt, folder: Path, started: float) -> Report:
    """The report of a build that found its work done."""
    return Report(
        films=receipt.films,
        chapters=receipt.chapters,
        pages=receipt.pages,
        findings=receipt.findings,
        files=_shown(folder, receipt.files),
        seconds=time.monotonic() - started,
        stopped=False,
        verdicts=receipt.verdicts,
        unchanged=True,
        told=receipt.told,
    )


def _shown(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """The finished files that a writer is told of: of a site its first page, which leads to all others."""
    return tuple(
        folder / name
        for name in names
        if not name.startswith(f"{WEB}/") or (name.count("/") == 2 and name.endswith("/index.html"))
    )


def _typeset(
    project: Project,
    guide: Guide,
    formats: Sequence[str],
    cache: Cache,
    jobs: int,
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
                inside = printed_interior(guide, project, printer, cache, jobs, scheduler, track)
                file, manifest, pages, found = inside.file, inside.manifest, inside.pages, inside.findings
                told, stem = (inside.told,), f"{printer}/{stem}-interior"
            else:
                bound, pages, found = _pdf(guide, project, cache, jobs, scheduler, track)
                file, manifest = bound.file, bound.manifest
        except JobsLostError as lost:
            return Made(project, guide, {}, None, lost.findings)
        findings += found
        files |= {f"{stem}.pdf": file, f"{stem}.manifest.json": manifest_json(manifest)}
    if "epub" in formats:
        files[f"{guide.info.slug}.epub"], found = _epub(guide, project, pages, cache, track)
        findings += found
    site: Mapping[str, bytes] = {}
    if WEB in formats:
        site, found = _site(guide, project, cache, track)
        findings += found
    return Made(project, guide, files, manifest, tuple(findings), told=told, site=site)


def printed_interior(
    guide: Guide,
    project: Project,
    printer: str,
    cache: Cache,
    jobs: int = 0,
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
        lambda guide, project: _pdf(guide, project, cache, jobs, scheduler, track),
        name=f"{guide.info.slug}-interior.pdf",
        created=edition_time(guide),
    )
    return replace(inside, findings=(*of_profile, *inside.findings))


def _imposed(made: Made, imposition: Imposition) -> Made:
    """The edition with its PDF on sheets for a printer at home as well."""
    from book.press.imposition import impose

    sheets = {
        f"{name.removesuffix('.pdf')}-{imposition.way}.pdf": impose(content, imposition)
        for name, content in made.files.items()
        if name.endswith(".pdf")
    }
    return replace(made, files=made.files | sheets)


def _for_kindle(made: Made, track: Track) -> Made:
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


def _verified(made: Made, cache: Cache, track: Track) -> Made:
    """The edition with a verdict on each of its books; what is wrong with them is among its findings."""
    from book.verify import verify_files, verify_site
    from book.verify_promise import promise_of

    track(Step("verify", made.guide.info.slug))
    plan = made.project.spoilers
    verdicts = verify_files(
        made.guide, made.manifest, made.files, pdf_mode=plan.pdf, epub_mode=plan.epub, cache=cache
    )
    if made.site:
        mode = "omit" if plan.epub == "omit" else "linked"
        promise = promise_of(made.guide, cache)
        verdicts = (*verdicts, verify_site(promise, f"{made.site_name}/", made.site, mode))
    wrong = (finding for verdict in verdicts for finding in verdict.findings)
    return replace(made, verdicts=verdicts, findings=(*made.findings, *wrong))


def _pdf(
    guide: Guide, project: Project, cache: Cache, jobs: int, scheduler: str, track: Track
) -> tuple[Bound, tuple[PrintedPage, ...], tuple[Finding, ...]]:
    from book.cluster import cluster
    from book.compose import compose
    from book.pdf.bind import bind, leading_nowhere
    from book.pdf.kept import PaintedBefore
    from book.pdf.layout import Strand, lay_out
    from book.pdf.openings import printed_pages
    from book.pdf.paint import Studio, paint_job
    from book.pdf.travel import travelling
    from book.workers import pool, weave

    theme = find_theme(project.print.theme, project.root)
    track(Step("compose", total=len(guide.films)))
    shards = compose(guide, project, theme, cache)
    studio = Studio(project.root.resolve(), theme.faces, theme.figures)
    paint_shard = travelling(studio) if scheduler else partial(paint_job, studio)
    before = PaintedBefore(cache, studio)
    with cluster(scheduler) if scheduler else pool(jobs, preload=IMPORTED_IN_WORKERS) as executor:

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
    before.remember(list(zip(layout.shards, layout.sheets, strict=True)))
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


def _epub(
    guide: Guide, project: Project, pages: Sequence[PrintedPage], cache: Cache, track: Track
) -> tuple[bytes, tuple[Finding, ...]]:
    from book.epub import render_epub

    theme = find_theme(project.ebook.theme, project.root)

    def told(subject: str) -> None:
        track(Step("e-book", subject))

    made = edition_time(guide)
    return render_epub(guide, project, theme, modified=made, pages=pages, cache=cache, track=told)


def _themed(project: Project, theme: str) -> Project:
    """The project with one theme for every format, where one is asked for."""
    if not theme:
        return project
    find_theme(theme, project.root)
    return replace(
        project, print=replace(project.print, theme=theme), ebook=replace(project.ebook, theme=theme)
    )


def _report(reading: Reading, started: float, made: Sequence[Made] = ()) -> Report:
    pages = [len(one.manifest.pages) for one in made if one.manifest]
    return Report(
        films=len(reading.films),
        chapters=len(reading.guide.chapters) if reading.guide else 0,
        pages=sum(pages) if pages else None,
        findings=reading.findings,
        files=(),
        seconds=time.monotonic() - started,
        stopped=has_errors(reading.findings),
        verdicts=tuple(verdict for one in made for verdict in one.verdicts),
        told=tuple(sentence for one in made for sentence in one.told),
    )


def _site(
    guide: Guide, project: Project, cache: Cache, track: Track
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    from book.epub import ebook_cover
    from book.web import render_site

    theme = find_theme(project.ebook.theme, project.root)

    def told(subject: str) -> None:
        track(Step("site", subject))

    cover, of_cover = ebook_cover(guide.info, project, theme, cache)
    files, found = render_site(guide, project, theme, cover=cover, cache=cache, track=told)
    return files, (*of_cover, *found)


def in_order(findings: Sequence[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """Findings sorted by file and line, each once; with `strict`, warnings count as errors."""
    if strict:
        findings = [replace(finding, severity=Severity.ERROR) for finding in findings]
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether any finding stands in the way of a book."""
    return any(finding.severity is Severity.ERROR for finding in findings)


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
