"""The figures of speed.py as a page of Markdown: medians, ratios, the machine and the versions."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from figures import Row, Scale, Size

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
PACKAGES = ("filmguide", "weasyprint", "EbookLib", "typst")


# ---------------------------------------------------------------------------------------- ratios


@dataclass(frozen=True)
class Ratio:
    """A comparison as the table has it."""

    name: str
    measured: str
    wanted: str


def ratios(size: Size) -> Iterator[Ratio]:
    """Ours against the others, as far as both were measured; the bounds are meant for 1,000 films."""
    seconds, all_mb = size.seconds, size.all_mb
    cold = Row.PDF_COLD
    yield from _against_whole("cold PDF: times as fast as one document", cold, seconds, times, "5 or more")
    yield from _against_whole("cold PDF: memory, of one document's", cold, all_mb, part, "1/4 or less")
    typst = seconds(Row.TYPST)
    for row in (Row.PDF_PLOT, Row.PDF_SYNOPSIS, Row.PDF_LONGER):
        yield from _against_whole(f"{row.words}: of one document's time", row, seconds, part, "1/100 or less")
        ours = seconds(row)
        if ours and typst:
            yield Ratio(f"{row.words}: of Typst's time from cold", part(ours / typst), "1/5 or less")
    same = Row.PDF_SAME
    yield from _against_whole(f"{same.words}: of one document's time", same, seconds, part, "1/200 or less")
    one, two = seconds(Row.DASK_ONE), seconds(Row.DASK_TWO)
    if one and two:
        yield Ratio("two Dask workers: times as fast as one", times(two / one), "1.8 or more")
    epub, pandoc = seconds(Row.EPUB_COLD), seconds(Row.PANDOC)
    if epub:
        yield Ratio("EPUB, cold", f"{epub:.1f} s", "less than 10 s")
    if epub and pandoc:
        yield Ratio("EPUB, cold: times as fast as pandoc", times(epub / pandoc), "more than 1")


def _against_whole(
    name: str, row: Row, figure: Callable[[Row], float | None], shown: Callable[[float], str], wanted: str
) -> Iterator[Ratio]:
    """Ours as a part of the tagged document's figure, for ours is tagged; in brackets the untagged one's."""
    ours, tagged, untagged = figure(row), figure(Row.WHOLE_TAGGED), figure(Row.WHOLE)
    if ours and tagged and untagged:
        yield Ratio(name, f"{shown(ours / tagged)} ({shown(ours / untagged)})", wanted)


def scale_ratios(scale: Scale) -> Iterator[Ratio]:
    """The largest guide against the smallest."""
    few, many = scale.guides[0], scale.guides[-1]
    for format_, small, large in (("PDF", few.pdf, many.pdf), ("EPUB", few.epub, many.epub)):
        yield Ratio(
            f"{format_}, time: {many.films:,} films against {few.films:,}",
            f"{large.seconds / small.seconds:.1f} times",
            f"{many.films / few.films * 1.05:.1f} or less",
        )
        if small.other_mb:
            yield Ratio(
                f"{format_}, memory of the largest process but the binder",
                f"{large.other_mb / small.other_mb:.2f} times",
                "1.5 or less",
            )
        yield Ratio(f"{format_}, memory of the binder", f"{large.first_mb / 1000:.2f} GB", "less than 3 GB")


def times(ratio: float) -> str:
    """How many times as fast what takes this part of the time is."""
    return f"{1 / ratio:.1f}"


def part(ratio: float) -> str:
    """A small ratio as a fraction: 0.01 is 1/100; one above a half stays a number."""
    if ratio > 0.5:
        return f"{ratio:.2f}"
    return f"1/{1 / ratio:.1f}" if ratio > 0.05 else f"1/{1 / ratio:.0f}"


# ----------------------------------------------------------------------------------------- page


def report(
    sizes: Sequence[Size], scale: Scale | None, *, before: str, pandoc: str, source: str, note: str
) -> str:
    """The whole page; `before` is what `machine` said when measuring began."""
    lines = [f"Measured on {date.today().isoformat()}, {source} films. {note}".strip(), ""]
    lines += [f"- {before}", f"- {versions(pandoc)}", f"- Load average at the end: {load()}", ""]
    for size in sizes:
        lines += [f"### {size.films:,} films", "", *size_table(size), ""]
        if size.phases:
            lines += [*phase_table(size), ""]
        found = list(ratios(size))
        if found:
            lines += ["| ratio | measured | wanted |", "|---|--:|--:|"]
            lines += [f"| {each.name} | {each.measured} | {each.wanted} |" for each in found]
            lines += [""]
            lines += [
                "In brackets: against one document without tags. The bounds are meant for 1,000 films.",
                "",
            ]
    if scale:
        lines += ["### Scale: whole books from nothing", "", *scale_table(scale), ""]
        lines += ["| ratio | measured | wanted |", "|---|--:|--:|"]
        lines += [f"| {each.name} | {each.measured} | {each.wanted} |" for each in scale_ratios(scale)]
    return "\n".join(lines).rstrip() + "\n"


def size_table(size: Size) -> Iterator[str]:
    """Medians of seconds with their range, peaks of memory, pages."""
    yield "| | seconds | from–to | runs | processor s | memory, all processes | largest process | pages |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for row in Row:
        runs = size.runs.get(row)
        if not runs:
            yield f"| {row.words} | {size.absent.get(row, 'not run')} | | | | | | |"
            continue
        each = [one.seconds for one in runs]
        span = f"{min(each):.2f}–{max(each):.2f}" if len(each) > 1 else ""
        busy = statistics.median(one.busy_s for one in runs)
        largest = max(one.largest_mb for one in runs)
        pages = f"{size.pages[row]:,}" if row in size.pages else ""
        yield (
            f"| {row.words} | {statistics.median(each):.2f} | {span} | {len(each)} | {busy:.2f}"
            f" | {size.all_mb(row):,.0f} MB | {largest:,.0f} MB | {pages} |"
        )


def phase_table(size: Size) -> Iterator[str]:
    """Medians of the seconds of each stage; blank where a build had no need of it."""
    kept = {row: runs for row, runs in size.phases.items() if any(runs)}
    stages = list(dict.fromkeys(stage for runs in kept.values() for one in runs for stage in one))
    yield f"| seconds in | {' | '.join(stages)} |"
    yield f"|---|{'--:|' * len(stages)}"
    for row in Row:
        if row in kept:
            each = [[one[stage] for one in kept[row] if stage in one] for stage in stages]
            cells = [f"{statistics.median(some):.2f}" if some else "" for some in each]
            yield f"| {row.words} | {' | '.join(cells)} |"


def scale_table(scale: Scale) -> Iterator[str]:
    """A line for each size and format."""
    yield "| films | | pages | seconds | memory, all processes | binder | largest other process |"
    yield "|--:|---|--:|--:|--:|--:|--:|"
    for guide in scale.guides:
        for format_, pages, done in (("PDF", f"{guide.pages:,}", guide.pdf), ("EPUB", "", guide.epub)):
            yield (
                f"| {guide.films:,} | {format_} | {pages} | {done.seconds:.1f} | {done.all_mb:,.0f} MB"
                f" | {done.first_mb:,.0f} MB | {done.other_mb:,.0f} MB |"
            )


def put(page: str, file: Path) -> None:
    """Write the page between the marks of a file that has them; any other file becomes the page."""
    text = file.read_text("utf-8") if file.exists() else ""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    whole = f"{head}{begin}\n\n{page}\n{end}{tail}" if begin and end else page
    file.write_text(whole, "utf-8")


# ------------------------------------------------------------------------------ machine, versions


def machine() -> str:
    """Processor, cores that we may use, memory, system, and how busy it is already."""
    import psutil  # type: ignore[import-untyped, unused-ignore]

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = psutil.virtual_memory().total / 2**30
    return f"{_processor()}, {cores} cores, {memory:.0f} GB; {_system()}; load average at the start: {load()}"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", facts.read_text()) if facts.exists() else None
    return model[1].strip() if model else platform.processor() or platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, AttributeError):
        return platform.platform()
    return f"{name} ({platform.system()} {platform.release()})"


def load() -> str:
    """The load average of the last minute; a question mark where the system has none."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"


def versions(pandoc: str) -> str:
    """Python and whatever took part."""
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    if pandoc:
        said = subprocess.run([pandoc, "--version"], capture_output=True, text=True, check=True).stdout
        found.append(said.splitlines()[0])
    return ", ".join(found)
