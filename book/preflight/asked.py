"""What a finished file is held to, and what a look at it came to, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from book.findings import finding
from book.model import Finding, Place, Severity
from book.printers import Paper, Printer, Wrap

SHOWN_PAGES = 8  # in a sentence; the others are counted

STRICT = frozenset({"x-1a:2001", "x-3:2002"})
"""Standards of PDF 1.3, which know neither transparency nor anything that acts (ISO 15930-1 and -3)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a printer asks of a file, and what else is known of it.

    `name` is the file's. `kind` is the colours that its pages may have: grey, cmyk or rgb. `families` are the
    names of the theme's faces, as `fonts.family_names` makes them; none means that any face will do. Without
    a `paper` nobody knows how many pages may be bound. `wrap` is for a cover alone, with the `pages` of the
    book that it goes round and the ISBN that its barcode must show, empty for none.
    """

    name: str
    printer: Printer
    trim_mm: tuple[float, float]
    kind: str
    paper: Paper | None = None
    families: frozenset[str] = frozenset()
    wrap: Wrap | None = None
    pages: int = 0
    isbn: str = ""

    @property
    def standard(self) -> str:
        """The standard of PDF/X that the file must keep to; empty for none."""
        rule = self.printer.file
        return rule.cover_standard if self.wrap else rule.standard

    def forbids(self, what: str) -> bool:
        """Whether the file may not have that, by the printer's word or the standard's."""
        strict = self.standard in STRICT and what in {"transparency", "scripts", "encryption"}
        return strict or what in self.printer.file.forbidden

    def wrong(self, code: str, message: str, hint: str = "") -> Finding:
        """A finding in this file."""
        return finding(code, Place(self.name), message, hint)


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at: what there is, in a sentence, and what of it is wrong."""

    name: str
    told: str
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether a printer would take it."""
        return not any(found.severity is Severity.ERROR for found in self.findings)


@dataclass(frozen=True, slots=True)
class Preflight:
    """Everything that was looked at in one file, in the order of the report."""

    file: str
    kind: str  # interior or cover
    printer: str
    sha256: str
    looks: tuple[Look, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that wants mending, in the order of the looks."""
        return tuple(found for look in self.looks for found in look.findings)

    @property
    def passed(self) -> bool:
        """Whether a printer would take the file."""
        return all(look.passed for look in self.looks)


def preflight_of(asked: Asked, content: bytes, looks: Iterable[Look]) -> Preflight:
    """The looks at a file, under its name and its sum."""
    printer = asked.printer.title or asked.printer.name
    kind = "cover" if asked.wrap else "interior"
    return Preflight(asked.name, kind, printer, sha256(content).hexdigest(), tuple(looks))


def on_pages(numbers: Sequence[int]) -> str:
    """Where something is: page 3; pages 3, 4 and 9 more. Pages are counted from 1 through the whole file."""
    once = sorted(set(numbers))
    shown = ", ".join(map(str, once[:SHOWN_PAGES]))
    more = f" and {len(once) - SHOWN_PAGES:,} more" if len(once) > SHOWN_PAGES else ""
    return f"{'page' if len(once) == 1 else 'pages'} {shown}{more}"


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 page, 24 pages."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
