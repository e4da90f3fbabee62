"""Everything seen in the terminal: findings, progress, the closing summary, and --json for programs.

Words from entries are shown as they are, except that nothing in them can steer the terminal.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column
from rich.text import Text

from book import __version__
from book.findings import CODES
from book.model import BookError, ExitCode, Finding, Severity
from book.progress import Step, Track, untold

if TYPE_CHECKING:
    from book.covering import CoverReport
    from book.importing import Intake
    from book.outcome import Report
    from book.proving import Proof
    from book.release import PackageReport
    from book.verify import Verdict

SHOWN_OF_A_KIND = 10
"""How many warnings of one code, or entries of one fate, are shown before the rest is only counted."""

# C0 and C1 controls, line separators, lone surrogates, and the marks that reverse the order of letters.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "×": "x"}
)
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


@dataclass(frozen=True, slots=True)
class Screen:
    """What one command shows, and how.

    `as_json`: one object on standard output and nothing else. `quiet`: only what makes the command
    fail. `plain`: no colour, nothing that moves, our own signs in ASCII. `verbose`: everything.
    """

    command: str
    as_json: bool = False
    quiet: bool = False
    plain: bool = False
    verbose: bool = False

    @contextmanager
    def watching(self) -> Iterator[Track]:
        """Shows on standard error how far the work has come, and wipes it away when it is done."""
        if self.as_json or self.quiet:
            yield untold
            return
        console = self._console(error=True)
        if not console.is_terminal or self.plain:
            yield _log(console, every_subject=self.verbose)
            return
        with Progress(
            TextColumn("{task.description:>8}", markup=False),
            BarColumn(24),
            TextColumn("{task.fields[count]}", markup=False),
            TextColumn(
                "{task.fields[subject]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")
            ),
            console=console,
            transient=True,
        ) as progress:
            line = progress.add_task("", count="", subject="")

            def track(step: Step) -> None:
                progress.update(
                    line,
                    description=tame(step.stage),
                    completed=step.done,
                    total=step.total or None,
                    count=f"{step.done}/{step.total}" if step.total else "",
                    subject=tame(step.subject),
                )

            yield track

    def close(self, report: Report, *, phases: Mapping[str, float] | None = None) -> ExitCode:
        """Show what a check or a build came to; `phases` are seconds by stage, where they are asked for."""
        failed = report.stopped or any(found.severity is Severity.ERROR for found in report.findings)
        code = ExitCode.FINDINGS if failed else ExitCode.DONE
        facts: dict[str, object] = {
            "films": report.films,
            "chapters": report.chapters,
            "pages": report.pages,
            "seconds": round(report.seconds, 3),
            "unchanged": report.unchanged,
            "verdicts": _verdicts(report.verdicts),
            "told": list(report.told),
        }
        lines = [_summary(report), *report.told, *map(_told, report.verdicts)]
        if failed and self.command == "build":
            lines.append("Nothing was written; what stood in the folder before stands there still.")
        elif report.unchanged:
            lines.append("Nothing has changed since; the books stand as they were.")
        elif report.files and not report.verdicts:
            lines.append("Not verified: nobody has looked whether a spoiler stands where it may not.")
        lines += _listed(report.files)
        if phases is not None:
            facts["phases"] = {stage: round(seconds, 3) for stage, seconds in phases.items()}
            lines += [f"{stage:8} {seconds:8.2f} s" for stage, seconds in phases.items()]
        return self.tell(lines, code, findings=report.findings, files=report.files, facts=facts)

    def close_import(self, intake: Intake, *, dry: bool) -> ExitCode:
        """Show what became of imported films."""
        failed = any(found.severity is Severity.ERROR for found in intake.findings)
        changes = [
            {
                "fate": change.fate.value,
                "slug": change.slug,
                "title": change.title,
                "year": change.year,
                "differs": list(change.differs),
            }
            for change in intake.changes
        ]
        columns = {name: dict(each) for name, each in intake.columns.items()}
        return self.tell(
            _fates(intake, dry=dry, everything=self.verbose),
            ExitCode.FINDINGS if failed else ExitCode.DONE,
            findings=intake.findings,
            files=intake.files,
            facts={"changes": changes} | ({"columns": columns} if columns else {}),
        )

    def close_proof(self, proof: Proof) -> ExitCode:
        """Show what looking for spoilers in finished books came to."""
        return self.tell(
            [*map(_told, proof.verdicts), f"{counted(proof.findings)}, {proof.seconds:.1f} s"],
            ExitCode.FINDINGS if proof.findings else ExitCode.DONE,
            findings=proof.findings,
            facts={"verdicts": _verdicts(proof.verdicts), "seconds": round(proof.seconds, 3)},
        )

    def close_cover(self, report: CoverReport) -> ExitCode:
        """Show the covers that were made, with the sums behind their spines."""
        failed = any(found.severity is Severity.ERROR for found in report.findings)
        lines = [*report.lines, f"{counted(report.findings)}, {report.seconds:.1f} s", *_listed(report.files)]
        return self.tell(
            [*lines, "Nothing was written."] if failed else lines,
            ExitCode.FINDINGS if failed else ExitCode.DONE,
            findings=report.findings,
            files=report.files,
            facts={"covers": list(report.facts), "seconds": round(report.seconds, 3)},
        )

    def close_package(self, report: PackageReport) -> ExitCode:
        """Show what was packed for which printer, and what keeps it from being sent."""
        looks = [
            {"printer": printer, "file": look.file, "sha256": look.sha256, "passed": look.passed}
            for printer, look in report.looks
        ]
        ready = (
            f"Ready to be sent to {', '.join(report.packed)}."
            if report.packed
            else "Nothing can be sent yet."
        )
        return self.tell(
            [
                *report.lines,
                f"{counted(report.findings)}, {report.seconds:.1f} s",
                ready,
                *_listed(report.files),
            ],
            ExitCode.DONE if report.passed else ExitCode.FINDINGS,
            findings=report.findings,
            files=report.files,
            facts={"looks": looks, "packed": list(report.packed), "seconds": round(report.seconds, 3)},
        )

    def tell(
        self,
        lines: Sequence[str],
        code: ExitCode = ExitCode.DONE,
        *,
        findings: Iterable[Finding] = (),
        files: Sequence[Path] = (),
        facts: Mapping[str, object] | None = None,
    ) -> ExitCode:
        """Show findings and then these lines; `facts` go into the JSON object only."""
        findings = sorted(findings, key=lambda found: found.order)
        if self.as_json:
            self._emit(code, findings, files, facts or {}, None)
            return code
        console = self._console()
        if self.quiet:
            wrong = [found for found in findings if found.severity is Severity.ERROR]
            # With --strict a warning alone may have been what made the command fail.
            findings, lines = (wrong or findings) if code else [], ()
        self._show_findings(console, findings)
        for line in lines:
            self._print(console, line)
        return code

    def print_json(self, whole: Mapping[str, object]) -> ExitCode:
        """Print an object for programs that want it alone, without what else a command has to say."""
        sys.stdout.write(json.dumps(whole) + "\n")
        return ExitCode.DONE

    def stop(self, error: BookError) -> ExitCode:
        """Say what stopped the command, and what helps."""
        code = error.exit_code
        if self.as_json:
            self._emit(code, (), (), {}, error)
            return code
        console = self._console(error=True)
        head = Text("filmguide: ", "bold red")
        self._print(console, _with_notes(error), head=head)
        if error.hint:
            self._print(console, error.hint, head=Text(" " * head.cell_len))
        return code

    def _show_findings(self, console: Console, findings: Sequence[Finding]) -> None:
        shown, more = _few_of_each(findings, everything=self.verbose)
        for file, group in groupby(shown, key=lambda found: found.where.file):
            self._print(console, file or "the guide as a whole", style="bold")
            for found in group:
                line = str(found.where.line or "")
                grade = found.severity
                head = Text.assemble(
                    f"{line:>5}  ",
                    (f"{grade.value:7}", _STYLES[grade]),
                    f"  {found.code}  ",
                )
                self._print(console, found.message, head=head)
                if found.hint:
                    self._print(console, found.hint, style="dim", head=Text(" " * head.cell_len))
        for code, count in sorted(more.items()):
            name = CODES[code].name if code in CODES else "no name"
            self._print(console, f"... and {count:,} more like it: {code}, {name} (-v shows them all)")
        if shown:
            self._print(console, "")

    def _print(self, console: Console, words: str, *, style: str = "", head: Text | None = None) -> None:
        """Print a paragraph after its head; further lines hang below its first word."""
        head = head or Text("")
        words = tame(words).translate(_PLAIN if self.plain else {})
        # Only a terminal has an edge; what goes to a file or a pipe keeps one line a paragraph.
        room = max(console.width - head.cell_len, 20) if console.is_terminal else 1_000_000
        for line in Text(words, style).wrap(console, room) or [Text("")]:
            line.rstrip()
            console.print(Text.assemble(head, line), soft_wrap=True)
            head = Text(" " * head.cell_len)

    def _console(self, *, error: bool = False) -> Console:
        return Console(
            file=sys.stderr if error else sys.stdout,
            color_system=None if self.plain else "auto",
            force_terminal=False if self.plain else None,
            markup=False,
            highlight=False,
            emoji=False,
        )

    def _emit(
        self,
        code: ExitCode,
        findings: Iterable[Finding],
        files: Sequence[Path],
        facts: Mapping[str, object],
        error: BookError | None,
    ) -> None:
        listed = [
            {
                "code": found.code,
                "severity": found.severity.value,
                "file": found.where.file,
                "line": found.where.line,
                "message": found.message,
                "hint": found.hint,
            }
            for found in findings
        ]
        whole = {
            "filmguide": __version__,
            "command": self.command,
            "exit_code": int(code),
            **facts,
            "errors": sum(found["severity"] == "error" for found in listed),
            "warnings": sum(found["severity"] == "warning" for found in listed),
            "findings": listed,
            "files": [str(path.absolute()) for path in files],
            "error": {"message": _with_notes(error), "hint": error.hint} if error else None,
        }
        # ASCII throughout, so that no terminal, pipe or code page can spoil it.
        sys.stdout.write(json.dumps(whole, indent=2) + "\n")


def tame(words: str) -> str:
    """The same words on one line, with everything that could steer a terminal spelled out."""

    def spelled(found: re.Match[str]) -> str:
        sign = found.group()
        if sign.isspace():
            return " "
        return f"\\x{ord(sign):02x}" if ord(sign) < 0x100 else f"\\u{ord(sign):04x}"

    return _STEERING.sub(spelled, words)


def counted(findings: Sequence[Finding]) -> str:
    """The findings as a count: 3 errors, 2 warnings in 2 files."""
    if not findings:
        return "nothing to mend"
    grades = Counter(found.severity for found in findings)
    named = [number(grades[grade], grade.value) for grade in Severity if grades[grade]]
    files = {found.where.file for found in findings if found.where.file}
    return ", ".join(named) + (f" in {number(len(files), 'file')}" if files else "")


def number(count: int, noun: str) -> str:
    """A count with its noun: 1 film, 1,000 films."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def size(path: Path) -> str:
    """A file's size as people say it, with a thousand bytes to the kilobyte."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{max(count / 1e3, 0.1):.1f} kB"


def _with_notes(error: BookError) -> str:
    """The sentence, and what was at work when it came to that."""
    return " ".join([error.message, *(f"({note})" for note in getattr(error, "__notes__", ()))])


def _log(console: Console, *, every_subject: bool) -> Track:
    """Progress where nothing may move: a line for each stage, and for each film with -v."""
    said = Step("")

    def track(step: Step) -> None:
        nonlocal said
        if step.stage != said.stage:
            of = f": {step.total:,}" if step.total else ""
            console.print(Text(tame(step.stage) + of), soft_wrap=True)
        if every_subject and step.subject and step.subject != said.subject:
            console.print(Text(f"  {tame(step.subject)}"), soft_wrap=True)
        said = step

    return track


def _summary(report: Report) -> str:
    # Errors end a build before the films are arranged: there are no chapters to count then.
    within = f" in {number(report.chapters, 'chapter')}" if report.chapters else ""
    parts = [number(report.films, "film") + within]
    if report.pages is not None:
        parts.append(number(report.pages, "page"))
    return ", ".join([*parts, counted(report.findings), f"{report.seconds:.1f} s"])


def _listed(files: Sequence[Path]) -> list[str]:
    here = Path.cwd()
    names = [str(path.relative_to(here) if path.is_relative_to(here) else path) for path in files]
    width = max(map(len, names), default=0)
    return [f"{name:{width}}  {size(path)}" for name, path in zip(names, files, strict=True)]


def _verdicts(verdicts: Sequence[Verdict]) -> list[dict[str, object]]:
    """What was sought in finished files and found there, as the JSON object has it."""
    keys = ("file", "mode", "films", "sought", "found", "kept")
    return [{key: getattr(verdict, key) for key in keys} for verdict in verdicts]


def _told(verdict: Verdict) -> str:
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


def _fates(intake: Intake, *, dry: bool, everything: bool) -> list[str]:
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


def _few_of_each(findings: Sequence[Finding], *, everything: bool) -> tuple[list[Finding], Counter[str]]:
    """The findings to show, and how many more warnings of each code there are. Errors are all shown."""
    shown: list[Finding] = []
    seen: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for found in findings:
        seen[found.code] += found.severity is Severity.WARNING
        if everything or found.severity is Severity.ERROR or seen[found.code] <= SHOWN_OF_A_KIND:
            shown.append(found)
        else:
            more[found.code] += 1
    return shown, more
