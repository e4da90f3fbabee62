"""Everything seen in the terminal: findings, progress, the closing summary, and --json for programs.

Words from entries are shown as they are, except that nothing in them can steer the terminal.
"""

from __future__ import annotations

import json
import sys
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
from book.console_findings import (
    as_facts,
    counted,
    document,
    few_of_each,
    name_of,
    notes,
    stopping_note,
    tame,
)
from book.console_lines import as_verdicts, fates, listed_files, summary, verdict_told
from book.model import BookError, ExitCode, Finding, Severity
from book.progress import Step, Track, untold

if TYPE_CHECKING:
    from book.covering import CoverReport
    from book.importing import Intake
    from book.outcome import Report
    from book.proving import Proof
    from book.release import PackageReport

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "×": "x"}
)
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


@dataclass(frozen=True, slots=True)
class Screen:
    """What one command shows, and how.

    `as_json`: one object on standard output and nothing else. `quiet`: only what makes the command
    fail. `plain`: no colour, nothing that moves, our own signs in ASCII. `verbose`: everything. `form`: how
    findings are shown, one of FORMS; `folder` is the guide's. `aside`: standard output has a file on it, so
    all that is said goes to standard error.
    """

    command: str
    as_json: bool = False
    quiet: bool = False
    plain: bool = False
    verbose: bool = False
    form: str = "text"
    folder: Path = Path()
    aside: bool = False

    @contextmanager
    def watching(self) -> Iterator[Track]:
        """Shows on standard error how far the work has come, and wipes it away when it is done."""
        if self.as_json or self.quiet or self.form == "json":
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
            "verdicts": as_verdicts(report.verdicts),
            "told": list(report.told),
        }
        lines = [summary(report), *report.told, *map(verdict_told, report.verdicts)]
        if failed and self.command == "build":
            lines.append("Nothing was written; what stood in the folder before stands there still.")
        elif report.unchanged:
            lines.append("Nothing has changed since; the books stand as they were.")
        elif report.files and not report.verdicts:
            lines.append("Not verified: nobody has looked whether a spoiler stands where it may not.")
        lines += listed_files(report.files)
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
            fates(intake, dry=dry, everything=self.verbose),
            ExitCode.FINDINGS if failed else ExitCode.DONE,
            findings=intake.findings,
            files=intake.files,
            facts={"changes": changes} | ({"columns": columns} if columns else {}),
        )

    def close_proof(self, proof: Proof) -> ExitCode:
        """Show what looking for spoilers in finished books came to."""
        return self.tell(
            [*map(verdict_told, proof.verdicts), f"{counted(proof.findings)}, {proof.seconds:.1f} s"],
            ExitCode.FINDINGS if proof.findings else ExitCode.DONE,
            findings=proof.findings,
            facts={"verdicts": as_verdicts(proof.verdicts), "seconds": round(proof.seconds, 3)},
        )

    def close_cover(self, report: CoverReport) -> ExitCode:
        """Show the covers that were made, with the sums behind their spines."""
        failed = any(found.severity is Severity.ERROR for found in report.findings)
        lines = [
            *report.lines,
            f"{counted(report.findings)}, {report.seconds:.1f} s",
            *listed_files(report.files),
        ]
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
                *listed_files(report.files),
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
        if self.form == "json":
            return self._print_document(code, findings)
        console = self._console(error=self.aside)
        if self.quiet:
            wrong = [found for found in findings if found.severity is Severity.ERROR]
            # With --strict a warning alone may have been what made the command fail.
            findings, lines = (wrong or findings) if code else [], ()
        if self.form == "github":
            for note in notes(findings, self.folder):
                console.print(Text(note), soft_wrap=True)
        else:
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
        if self.form == "json":
            return self._print_document(code, (), error)
        if self.form == "github":
            self._console().print(Text(stopping_note(_with_notes(error), error.hint)), soft_wrap=True)
            return code
        console = self._console(error=True)
        head = Text("filmguide: ", "bold red")
        self._print(console, _with_notes(error), head=head)
        if error.hint:
            self._print(console, error.hint, head=Text(" " * head.cell_len))
        return code

    def _print_document(
        self, code: ExitCode, findings: Sequence[Finding], error: BookError | None = None
    ) -> ExitCode:
        stopped = (_with_notes(error), error.hint) if error else None
        sys.stdout.write(json.dumps(document(self.command, code, findings, stopped), indent=2) + "\n")
        return code

    def _show_findings(self, console: Console, findings: Sequence[Finding]) -> None:
        shown, more = few_of_each(findings, everything=self.verbose)
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
            self._print(
                console, f"... and {count:,} more like it: {code}, {name_of(code)} (-v shows them all)"
            )
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
        listed = list(findings)
        whole = {
            "filmguide": __version__,
            "command": self.command,
            "exit_code": int(code),
            **facts,
            "errors": sum(found.severity is Severity.ERROR for found in listed),
            "warnings": sum(found.severity is Severity.WARNING for found in listed),
            "findings": as_facts(listed),
            "files": [str(path.absolute()) for path in files],
            "error": {"message": _with_notes(error), "hint": error.hint} if error else None,
        }
        # ASCII throughout, so that no terminal, pipe or code page can spoil it.
        sys.stdout.write(json.dumps(whole, indent=2) + "\n")


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
