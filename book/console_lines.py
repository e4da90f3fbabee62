"""What came of a command, in lines of words: films, pages, files, verdicts, the fate of what was imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from book.console_findings import SHOWN_OF_A_KIND, counted, number

if TYPE_CHECKING:
    from book.importing import Intake
    from book.outcome import Report
    from book.verify import Verdict


def size(path: Path) -> str:
    """A file's size as people say it, with a thousand bytes to the kilobyte."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{max(count / 1e3, 0.1):.1f} kB"


def summary(report: Report) -> str:
    """Films, chapters, pages, what there is to mend, and how long it took."""
    # Errors end a build before the films are arranged: there are no chapters to count then.
    within = f" in {number(report.chapters, 'chapter')}" if report.chapters else ""
    parts = [number(report.films, "film") + within]
    if report.pages is not None:
        parts.append(number(report.pages, "page"))
    return ", ".join([*parts, counted(report.findings), f"{report.seconds:.1f} s"])


def listed_files(files: Sequence[Path]) -> list[str]:
    """Finished files with their sizes, named from where the command was typed."""
    here = Path.cwd()
    names = [str(path.relative_to(here) if path.is_relative_to(here) else path) for path in files]
    width = max(map(len, names), default=0)
    return [f"{name:{width}}  {size(path)}" for name, path in zip(names, files, strict=True)]


def as_verdicts(verdicts: Sequence[Verdict]) -> list[dict[str, object]]:
    """What was sought in finished files and found there, as the JSON object has it."""
    keys = ("file", "mode", "films", "sought", "found", "kept")
    return [{key: getattr(verdict, key) for key in keys} for verdict in verdicts]


def verdict_told(verdict: Verdict) -> str:
    """How many spoilers were sought in a file and found: all of them, or none where they are left out."""
    sought = f"{number(verdict.sought, 'spoiler sentence')} of {number(verdict.films, 'film')} sought"
    right = "none is in it" if verdict.mode == "omit" else "all found where they belong, and nowhere else"
    return f"{verdict.file}: {sought}, {right if verdict.kept else f'{verdict.found:,} found'}"


_FATES = {
    "new": "new",
    "updated": "brought up to date",
    "same": "as before",
    "left": "yours and left alone",
    "repeated": "named twice",
}


def fates(intake: Intake, *, dry: bool, everything: bool) -> list[str]:
    """How many films met which fate, and which of a writer's entries the import would have changed."""
    counts = Counter(change.fate.value for change in intake.changes)
    named = [f"{counts[fate]:,} {words}" for fate, words in _FATES.items() if counts[fate]]
    lines = [f"{number(len(intake.changes), 'film')}: {', '.join(named)}" if named else "No film was found."]
    told: Counter[str] = Counter()
    for change in intake.changes:
        fate, film = change.fate.value, f"{change.title} ({change.year})"
        told[fate] += 1
        if fate == "left" and (everything or told[fate] <= SHOWN_OF_A_KIND):
            lines.append(
                f"entries/{change.slug}.md stays as you wrote it; not taken: {', '.join(change.differs)}"
            )
        elif fate != "left" and (everything or (dry and fate == "updated" and told[fate] <= SHOWN_OF_A_KIND)):
            differs = f": {', '.join(change.differs)}" if change.differs else ""
            lines.append(f"entries/{change.slug}.md, {film}, {_FATES[fate]}{differs}")
    if told["left"] > SHOWN_OF_A_KIND and not everything:
        lines.append(f"... and {told['left'] - SHOWN_OF_A_KIND:,} more of yours (-v shows them all)")
    for name, columns in intake.columns.items():
        read = ", ".join(f"{heading} is {fact}" for heading, fact in columns.items() if fact)
        left = ", ".join(heading for heading, fact in columns.items() if not fact)
        lines.append(f"{name}: {read}" + (f"; left out: {left}" if left else ""))
    if intake.columns:
        lines.append("columns.toml keeps this; change it there if a column was taken for something else.")
    if dry:
        lines.append("Nothing was written. Without --dry-run it will be.")
    return lines
