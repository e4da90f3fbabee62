"""What came of reading and of making a guide, as values; and what stands in the way of a book."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from book.config import Project
from book.model import Film, Finding, Guide, Manifest, Severity
from book.receipts import Receipt

if TYPE_CHECKING:
    from book.verify import Verdict

WEB = "web"
"""Among the finished files: the folder of sites, one for each edition."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A guide's folder as values, with everything that reading and checking found to mend."""

    project: Project
    films: tuple[Film, ...]
    texts: Mapping[str, str]
    guide: Guide | None  # None where errors stand in the way
    findings: tuple[Finding, ...]


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


def report_of(reading: Reading, started: float, made: Sequence[Made] = ()) -> Report:
    """What reading, and making editions since `started` of the monotonic clock, came to; without files."""
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


def report_again(receipt: Receipt, folder: Path, started: float) -> Report:
    """The report of a build that found its work done."""
    return Report(
        films=receipt.films,
        chapters=receipt.chapters,
        pages=receipt.pages,
        findings=receipt.findings,
        files=shown(folder, receipt.files),
        seconds=time.monotonic() - started,
        stopped=False,
        verdicts=receipt.verdicts,
        unchanged=True,
        told=receipt.told,
    )


def shown(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """The finished files that a writer is told of: of a site its first page, which leads to all others."""
    return tuple(
        folder / name
        for name in names
        if not name.startswith(f"{WEB}/") or (name.count("/") == 2 and name.endswith("/index.html"))
    )


def in_order(findings: Sequence[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """Findings sorted by file and line, each once; with `strict`, warnings count as errors."""
    if strict:
        findings = [replace(finding, severity=Severity.ERROR) for finding in findings]
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether any finding stands in the way of a book."""
    return any(finding.severity is Severity.ERROR for finding in findings)
