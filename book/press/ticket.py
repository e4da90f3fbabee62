"""The ticket that goes with a file to the press: what this printer wants of this book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from book.config import PrintPlan
from book.press.inks import Inks, Kind, our_profile
from book.printers import Printer

OUR_CONDITION = "FOGRA39"
"""The printing condition of our own profile, as the registry of the ICC (www.color.org) names it."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What becomes of a file. Lengths are millimetres.

    `name` is the file's, for findings. `bleeds` is whether pages reach beyond the trim; `blanks` are put at
    the end. `profile` is an ICC profile of the writer's own, empty for ours; `created` goes into the file
    instead of the time of day.
    """

    printer: Printer
    name: str
    title: str
    trim_mm: tuple[float, float]
    kind: Kind
    bleeds: bool = False
    blanks: int = 0
    authors: str = ""
    profile: bytes = b""
    created: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    @property
    def inks(self) -> Inks:
        """What the file may be printed with."""
        return Inks(self.kind, self.printer.file.ink_percent, self.profile or our_profile())

    def forbids(self, what: str) -> bool:
        """Whether the printer will not have that in a file."""
        # PDF/X-1a and X-3 know no transparency (ISO 15930-1 and -3, 6.5), nor anything that acts.
        strict = self.printer.file.standard in {"x-1a:2001", "x-3:2002"}
        return what in self.printer.file.forbidden or (
            strict and what in {"transparency", "scripts", "encryption"}
        )


def kind_of(printer: Printer, plan: PrintPlan) -> Kind:
    """In which colours pages are printed: grey with black ink alone, else as the printer's file rule says."""
    rule = printer.file
    if plan.ink == "black":
        return "rgb" if rule.colour == "rgb" else "grey"
    # PDF/X-1a is for inks alone (ISO 15930-1).
    return "cmyk" if rule.cover_colour == "cmyk" or rule.standard == "x-1a:2001" else "rgb"
