"""Findings as they are shown: to people a few of each kind, to programs in a document, to GitHub by the line.

Words from entries are shown as they are, except that nothing in them can steer a terminal or give GitHub a
command. Every form says the same: none quotes more of a story than another.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from book import __version__
from book.findings import CODES
from book.model import ExitCode, Finding, Severity

FORMS = ("text", "json", "github")
SHAPE = 1
"""The number of the document's shape, told in it; it changes when a key goes away or means something else."""

SHOWN_OF_A_KIND = 10
"""How many warnings of one code, or entries of one fate, are shown before the rest is only counted."""

# C0 and C1 controls, line separators, lone surrogates, and the marks that reverse the order of letters.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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
    files = _files(findings)
    return ", ".join(named) + (f" in {number(files, 'file')}" if files else "")


def number(count: int, noun: str) -> str:
    """A count with its noun: 1 film, 1,000 films."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def few_of_each(findings: Sequence[Finding], *, everything: bool) -> tuple[list[Finding], Counter[str]]:
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


def name_of(code: str) -> str:
    """What a code is called."""
    return CODES[code].name if code in CODES else "no name"


# ------------------------------------------------------------------------------------ for programs


def as_facts(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """The findings as the object of --json lists them."""
    return [
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


def document(
    command: str, code: ExitCode, findings: Sequence[Finding], stopped: tuple[str, str] | None = None
) -> dict[str, object]:
    """All findings in the shape that docs/commands.md tells; every key is always there.

    `stopped` is what stopped the command, and what helps.
    """
    listed = [
        {
            "code": found.code,
            "name": name_of(found.code),
            "level": found.severity.value,
            "file": found.where.file or None,
            "line": found.where.line or None,
            "column": None,  # no rule knows one so far
            "message": found.message,
            "hint": found.hint or None,
        }
        for found in findings
    ]
    grades = Counter(found.severity for found in findings)
    return {
        "shape": SHAPE,
        "filmguide": __version__,
        "command": command,
        "exit_code": int(code),
        "counts": {
            "errors": grades[Severity.ERROR],
            "warnings": grades[Severity.WARNING],
            "files": _files(findings),
        },
        "findings": listed,
        "error": {"message": stopped[0], "hint": stopped[1] or None} if stopped else None,
    }


def _files(findings: Sequence[Finding]) -> int:
    return len({found.where.file for found in findings if found.where.file})


# -------------------------------------------------------------------------------------- for GitHub


def notes(findings: Sequence[Finding], folder: Path) -> Iterator[str]:
    """A workflow command of GitHub Actions for each finding, which puts it beside its line.

    `folder` is the guide's: GitHub wants names of files from where the repository begins.
    """
    for found in findings:
        place = {"file": _in_repository(found.where.file, folder), "line": str(found.where.line or "")}
        yield _command(
            found.severity.value,
            {**place, "title": f"{found.code} {name_of(found.code)}"},
            found.message,
            found.hint,
        )


def stopping_note(message: str, hint: str) -> str:
    """The same for what stopped a command."""
    return _command("error", {"title": "filmguide"}, message, hint)


def _command(level: str, properties: dict[str, str], *sentences: str) -> str:
    told = ",".join(f"{key}={_in_property(value)}" for key, value in properties.items() if value)
    message = "\n".join(map(tame, filter(None, sentences)))
    return f"::{level} {told}::{_in_message(message)}"


def _in_message(text: str) -> str:
    """The per cent sign first, or it would be escaped twice."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_message(tame(text)).replace(":", "%3A").replace(",", "%2C")


def _in_repository(file: str, folder: Path) -> str:
    """A file of the guide by its name in the repository that GitHub has checked out, else from here."""
    if not file:
        return ""
    top = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    whole = (folder / file).resolve()
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else file
