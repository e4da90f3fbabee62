"""Every finding's code, once: what it is called, how grave it is, and what it means to a writer.

Codes are stable: they appear in --json output, in docs/findings.md and in writers' own scripts.
"""

from __future__ import annotations

from collections.abc import Mapping

from book.findings import (
    exporting,
    facts,
    files,
    finished,
    guides,
    importing,
    pages,
    pictures,
    similar,
    spoilers,
    writing,
)
from book.findings.code import Code
from book.model import Finding, Place

_SUBJECTS: Mapping[str, tuple[str, Mapping[str, Code]]] = {
    "F0": ("Files", files.CODES),
    "F1": ("Facts", facts.CODES),
    "F2": ("Spoilers", spoilers.CODES),
    "F3": ("Similar films", similar.CODES),
    "F4": ("Pictures", pictures.CODES),
    "F5": ("guide.toml and chapters", guides.CODES),
    "F6": ("Text", writing.CODES),
    "F7": ("Pages and e-books", pages.CODES),
    "F8": ("Importing, exporting, putting in form", {**importing.CODES, **exporting.CODES}),
    "F9": ("Verifying finished books", finished.CODES),
}
"""What the codes that begin so are about, and what they are."""

CODES: Mapping[str, Code] = {code: told for _, codes in _SUBJECTS.values() for code, told in codes.items()}


def finding(code: str, where: Place, message: str, hint: str = "") -> Finding:
    """A finding of a known code; its severity is the code's own."""
    return Finding(code, where, message, hint, CODES[code].severity)


def findings_page() -> str:
    """Every code by subject as Markdown: docs/findings.md is this, written out."""
    lines = [
        "# Findings",
        "",
        "What filmguide may find in a guide, by code. An error stops the build; a warning does not,",
        "unless you ask for `--strict`. A code never changes its meaning.",
    ]
    for subject, codes in _SUBJECTS.values():
        lines += ["", f"## {subject}"]
        for code in sorted(codes):
            told = codes[code]
            lines += ["", f"### {code} {told.name} ({told.severity.value})", "", told.meaning, "", told.mend]
    return "\n".join(lines) + "\n"
