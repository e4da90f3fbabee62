"""Paint, see where everything falls, paint again what guessed wrong, until the numbers have come to rest.

A shard depends on its neighbours in three ways only: the side it opens on, the digits of its folios,
and the digits of the numbers it prints. All three are guessed at first; a wrong guess costs one more
painting of that shard. Page counts hardly ever change by it, so two rounds are the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from book.model import BookError, Setting, Shard, Side, Zone
from book.pdf.bind import page_numbers
from book.pdf.paginate import Standing, setting_of, stand
from book.pdf.sheet import Sheet

Job = tuple[Shard, Setting]
PaintAll = Callable[[Sequence[Job]], Sequence[Sheet]]

MOST_ROUNDS = 12
LETTERS_A_PAGE = 2_300  # of HTML source at 6 × 9 inches; only a first guess
_ANCHOR = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Layout:
    """Every shard painted, and where it stands; notices on blank pages are shards of their own here."""

    shards: tuple[Shard, ...]
    sheets: tuple[Sheet, ...]
    standings: tuple[Standing, ...]


def lay_out(shards: Sequence[Shard], paint_all: PaintAll) -> Layout:
    """Paint all shards so that each is set just as its final place wants it."""
    counts = [1 + len(shard.html) // LETTERS_A_PAGE for shard in shards]
    digits = _first_guess(shards, counts)
    settings: list[Setting | None] = [None] * len(shards)
    sheets: dict[int, Sheet] = {}
    for round_ in range(MOST_ROUNDS):
        standings = stand(shards, counts)
        wanted = [setting_of(*facts, digits) for facts in zip(shards, standings, counts, strict=True)]
        stale = [index for index, setting in enumerate(wanted) if setting != settings[index]]
        if not stale:
            painted_in_order = tuple(sheets[index] for index in range(len(shards)))
            return _with_notices(Layout(tuple(shards), painted_in_order, standings), paint_all)
        painted = paint_all([(shards[index], wanted[index]) for index in stale])
        for index, sheet in zip(stale, painted, strict=True):
            sheets[index], settings[index], counts[index] = sheet, wanted[index], sheet.page_count
        in_order = [sheets[index] for index in range(len(shards))]
        digits = _widths(page_numbers(in_order, stand(shards, counts)), digits if round_ > 2 else {})
    raise BookError(
        "The page numbers do not come to rest.",
        "Please report this; a change of trim or theme will most likely get you past it.",
    )


def _with_notices(layout: Layout, paint_all: PaintAll) -> Layout:
    """The layout with a notice on every blank recto whose shard has one; each wording is painted once."""
    facts = list(zip(layout.shards, layout.sheets, layout.standings, strict=True))
    asking = {
        shard.notice: shard
        for shard, _, standing in facts
        if shard.notice and standing.blanks and (standing.first - standing.blanks) % 2 == 0
    }
    jobs = [
        (
            Shard("notice", html, shard.css, zone=Zone.BLANK, numbering=shard.numbering),
            Setting(Side.RECTO, 1, {}),
        )
        for html, shard in asking.items()
    ]
    notices = dict(zip(asking, zip(jobs, paint_all(jobs), strict=True), strict=True)) if jobs else {}
    placed: list[tuple[Shard, Sheet, Standing]] = []
    for shard, sheet, standing in facts:
        first = standing.first - standing.blanks
        if shard.notice in notices and standing.blanks and first % 2 == 0:
            (notice, _), painted = notices[shard.notice]
            unnumbered = replace(painted, runs=())  # one sheet serves on many pages, and prints no number
            placed.append((notice, unnumbered, Standing(first, standing.number - standing.blanks, 0)))
            standing = replace(standing, blanks=standing.blanks - 1)
        placed.append((shard, sheet, standing))
    return Layout(*map(tuple, zip(*placed, strict=True)))


def _first_guess(shards: Sequence[Shard], counts: Sequence[int]) -> dict[str, int]:
    """Digits of every anchor's page number, as if each stood on its shard's first page."""
    return {
        anchor: len(str(standing.number))
        for shard, standing in zip(shards, stand(shards, counts), strict=True)
        for anchor in _ANCHOR.findall(shard.html)
    }


def _widths(numbers: Mapping[str, int], floor: Mapping[str, int]) -> dict[str, int]:
    """Digits of every number; never fewer than in `floor`, so that a book on the edge comes to rest."""
    return {anchor: max(len(str(number)), floor.get(anchor, 1)) for anchor, number in numbers.items()}
