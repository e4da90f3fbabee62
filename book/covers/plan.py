"""What the cover says beside title and authors: the `[cover]` table of guide.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

from book.guide_file import LONGEST_TITLE, Table, quoted
from book.printers.lengths import length_mm

READS = ("down", "up")
"""Which way the words on a spine run, from the head of the book or from its foot."""


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """The `[cover]` table. Longer texts are Markdown, with blank lines between paragraphs.

    `front` is a picture for the printed front, relative to the project, where the e-book's is not the one.

    `blurb` is empty where the guide's description has to do; `price_code` holds the five digits of the
    barcode's add-on, "none" for no add-on, or nothing where the price says them. `spine_mm` is the
    printer's own word on the spine, 0 where it is reckoned. `line` is the blurb's, from 1.
    """

    front: str = ""
    headline: str = ""
    blurb: str = ""
    author: str = ""
    shelf: str = ""
    front_flap: str = ""
    back_flap: str = ""
    spine_reads: str = ""
    spine_mm: float = 0.0
    price_code: str = ""
    line: int = 0


def read_cover(table: Table) -> CoverPlan:
    """The plan of the table; what cannot be read is noted there."""
    code = table.text("price_code")
    if code and code != "none" and not re.fullmatch(r"\d{5}", code, re.ASCII):
        message = f"cover.price_code is {quoted(code)}, which is not five digits."
        table.say("F502", "price_code", message, 'Write e.g. price_code = "51995", or "none"')
        code = ""
    spine = table.text("spine")
    spine_mm = length_mm(spine) if spine else 0.0
    if spine_mm is None:
        message = f"cover.spine is {quoted(spine)}, which is no length."
        table.say("F502", "spine", message, 'Write spine = "17.2mm" or "0.677in"')
    plan = CoverPlan(
        front=table.text("front"),
        headline=table.text("headline", longest=LONGEST_TITLE),
        blurb=_paragraphs(table, "blurb"),
        author=_paragraphs(table, "author"),
        shelf=table.text("shelf", longest=LONGEST_TITLE),
        front_flap=_paragraphs(table, "front_flap"),
        back_flap=_paragraphs(table, "back_flap"),
        spine_reads=table.word("spine_reads", READS),
        spine_mm=spine_mm or 0.0,
        price_code=code,
        line=table.line("blurb"),
    )
    table.close()
    return plan


def _paragraphs(table: Table, key: str) -> str:
    """A text with its paragraphs: blank lines count, other line breaks do not."""
    if not table.text(key):
        return ""
    typed = dedent(str(table.values[key])).strip()
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", typed))
