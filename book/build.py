"""The pipeline on one screen: from a guide's folder to finished files. Read this first.

    read     guide.toml, entries/, texts/   -> Project, films, texts
    check    films                          -> findings          (errors stop here, all shown together)
    relate   films                          -> similar films
    arrange  films, similar films, texts    -> Guide             (knows nothing of paper)
    compose  Guide, Theme                   -> Shards
    paint    Shard                          -> Sheet             (WeasyPrint, in workers)
    bind     Sheets                         -> PDF, Manifest
    or       Guide, Theme                   -> EPUB

Every stage is a pure function of values; only reading and the last line of `build_guide` touch the disk.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from book.arrange import arrange
from book.check import check
from book.config import EPUB_PLACES, PDF_PLACES, Project, SpoilerPlan, load_project
from book.entries import read_entries
from book.indexes import build_indexes
from book.model import Film, Finding, Guide, Manifest, Severity
from book.progress import Step, Track, untold
from book.relate import relate
from book.shelf import be_writable, put_all
from book.texts import read_texts
from book.themes import find_theme
from book.wording import typeset_guide

if TYPE_CHECKING:
    from book.pdf.bind import Bound

FORMATS = ("pdf", "epub")


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or a check came to. `files` are the finished files; none when it was stopped."""

    films: int
    chapters: int
    pages: int | None
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]
    seconds: float
    stopped: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A guide's folder as values, with everything that reading and checking found to mend."""

    project: Project
    films: tuple[Film, ...]
    guide: Guide | None  # None where errors stand in the way
    findings: tuple[Finding, ...]


def read_guide(root: Path, *, theme: str = "", strict: bool = False, track: Track = untold) -> Reading:
    """Read, check, relate and arrange. BookError only where there is no guide, or no `theme` of that name."""
    track(Step("read"))
    project, of_project = load_project(root)
    project = _themed(project, theme)
    films, of_entries = read_entries(project)
    texts, of_texts = read_texts(project)
    track(Step("check", total=len(films)))
    of_films = check(films, project, texts, this_year=date.today().year)
    findings = in_order((*of_project, *of_entries, *of_texts, *of_films), strict=strict)
    if has_errors(findings):
        return Reading(project, films, None, findings)
    track(Step("relate", total=len(films)))
    see_also = relate(films, limit=project.similar.limit, weights=project.similar.weights)
    indexes = build_indexes(films, see_also, project.indexes, language=project.info.language)
    guide = arrange(films, see_also, project, texts, indexes)
    return Reading(project, films, typeset_guide(guide), findings)


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
    strict: bool = False,
    jobs: int = 0,
    track: Track = untold,
) -> Report:
    """Make the files asked for and put them in `out` (build/ in the guide's folder), all or none.

    `theme` overrides guide.toml for every format, and so does `spoilers`, a place in either; `jobs` is the
    number of workers, 0 for one a core.
    Errors among the findings stop the build with nothing written. Raises BookError.
    """
    started = time.monotonic()
    folder = out or root / "build"
    be_writable(folder)
    reading = read_guide(root, theme=theme, strict=strict, track=track)
    if reading.guide is None:
        return _report(reading, started)
    project, guide = _placed(reading.project, spoilers), reading.guide
    stem = guide.info.slug
    files: dict[str, bytes] = {}
    findings = list(reading.findings)
    manifest = None
    if "pdf" in formats:
        bound, found = _pdf(guide, project, jobs, track)
        manifest, findings = bound.manifest, [*findings, *found]
        files |= {f"{stem}.pdf": bound.file, f"{stem}.manifest.json": manifest_json(bound.manifest)}
    if "epub" in formats:
        epub, found = _epub(guide, project, track)
        findings = [*findings, *found]
        files[f"{stem}.epub"] = epub
    done = replace(reading, findings=in_order(findings, strict=strict))
    if has_errors(done.findings):
        return _report(done, started, manifest)
    finished = {folder / name: content for name, content in files.items()}
    put_all(finished)
    return replace(_report(done, started, manifest), files=tuple(finished))


def _pdf(guide: Guide, project: Project, jobs: int, track: Track) -> tuple[Bound, tuple[Finding, ...]]:
    from book.compose import compose
    from book.pdf.bind import bind, leading_nowhere
    from book.pdf.layout import lay_out
    from book.pdf.paint import Studio, paint_job
    from book.workers import pool, run_all

    theme = find_theme(project.print.theme, project.root)
    shards = compose(guide, project, theme)
    studio = Studio(project.root.resolve(), theme.faces, theme.figures)
    with pool(jobs) as executor:
        layout = lay_out(
            shards,
            lambda work: run_all(
                partial(paint_job, studio), work, executor=executor, track=track, stage="paint"
            ),
        )
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
    return bound, (*of_pages, *leading_nowhere(layout.shards, layout.sheets))


def _epub(guide: Guide, project: Project, track: Track) -> tuple[bytes, tuple[Finding, ...]]:
    from book.epub import render_epub

    theme = find_theme(project.ebook.theme, project.root)

    def told(subject: str) -> None:
        track(Step("e-book", subject))

    return render_epub(guide, project, theme, modified=edition_time(guide), track=told)


def _themed(project: Project, theme: str) -> Project:
    """The project with one theme for every format, where one is asked for."""
    if not theme:
        return project
    find_theme(theme, project.root)
    return replace(
        project, print=replace(project.print, theme=theme), ebook=replace(project.ebook, theme=theme)
    )


def _placed(project: Project, spoilers: str) -> Project:
    """The project with spoilers where they are asked for; omit is a place in both formats."""
    plan = project.spoilers
    pdf = spoilers if spoilers in PDF_PLACES else plan.pdf
    epub = spoilers if spoilers in EPUB_PLACES else plan.epub
    return replace(project, spoilers=SpoilerPlan(pdf, epub))


def _report(reading: Reading, started: float, manifest: Manifest | None = None) -> Report:
    return Report(
        films=len(reading.films),
        chapters=len(reading.guide.chapters) if reading.guide else 0,
        pages=len(manifest.pages) if manifest else None,
        findings=reading.findings,
        files=(),
        seconds=time.monotonic() - started,
        stopped=has_errors(reading.findings),
    )


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
