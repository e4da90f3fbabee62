"""What a writer tells of the press: `[press]` in guide.toml, and how pages are put on sheets at home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from book.guide_file import Table


@dataclass(frozen=True, slots=True)
class PressPlan:
    """`icc` is a profile of four inks, relative to the project; empty for ours."""

    icc: str = ""


def read_press_plan(press: Table) -> PressPlan:
    """The table as a plan."""
    plan = PressPlan(icc=press.text("icc"))
    press.close()
    return plan


SHEETS: Mapping[str, tuple[float, float]] = {"a4": (297.0, 210.0), "letter": (279.4, 215.9)}
"""Sheets on their side, by name: width and height in millimetres."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """Pages on sheets for a printer at home: `way` is booklet, to be folded, or 2-up, side by side."""

    way: str
    sheet: str = "a4"
