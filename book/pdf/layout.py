"""Paint, see where everything falls, paint again what guessed wrong, until the numbers have come to rest.

A shard depends on its neighbours in three ways only: the side it opens on, the digits of its folios,
and the digits of the numbers it prints. The side is known where a chapter opens, so chapters are painted
side by side and each from its beginning; digits are guessed. A wrong guess costs one more painting of
that shard, and page counts hardly ever change by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from book.crew import JobLostError
from book.model import BookError, Setting, Shard, Side, Zone
from book.pdf.bind import page_numbers
from book.pdf.paginate import Standing, blanks_before, setting_of, stand
from book.pdf.sheet import Sheet

Job = tuple[Shard, Setting]
Strand = Generator[Job, Sheet, None]
Weave = Callable[[Sequence[Strand], int], None]
"""Does the jobs of strands side by side, each strand's one after the other; told how many there are."""

MOST_ROUNDS = 12
LETTERS_A_PAGE = 2_300  # of HTML source at 6 × 9 inches; only a first guess
SAMPLES = 8
SAMPLED_FROM = 60  # shards; below, a wrong guess costs less than a sample
_ANCHOR = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Layout:
    """Every shard painted, and where it stands; notices on blank pages are shards of their own here."""

    shards: tuple[Shard, ...]
    sheets: tuple[Sheet, ...]
    standings: tuple[Standing, ...]


def lay_out(
    shards: Sequence[Shard],
    weave: Weave,
    *,
    lanes: int = 1,
    page_count: Callable[[Shard], int | None] = lambda shard: None,
) -> Layout:
    """Paint all shards so that each is set just as its final place wants it.

    `lanes` is how many can be painted at once; `page_count` says how long a shard was when it was last
    painted, if anybody knows.
    """
    book = _Easel(shards, weave, [page_count(shard) or 0 for shard in shards])
    book.guess()
    book.paint_onward(lanes)
    for round_ in range(MOST_ROUNDS):
        if not book.paint_stale(keep_digits=round_ > 2):
            return _with_notices(book.layout(), weave)
    raise BookError(
        "The page numbers do not come to rest.",
        "Please report this; a change of trim or theme will most likely get you past it.",
    )


class _Easel:
    """A book while it is being painted. `counts` are pages of each shard, known or guessed."""

    def __init__(self, shards: Sequence[Shard], weave: Weave, counts: list[int]) -> None:
        self._shards, self._weave, self._counts = shards, weave, counts
        self._settings: list[Setting | None] = [None] * len(shards)
        self._sheets: dict[int, Sheet] = {}
        self._digits: Mapping[str, int] = {}

    def guess(self) -> None:
        """Guess page counts that nobody knows, from a few that are painted first."""
        unknown = [index for index, count in enumerate(self._counts) if not count]
        letters = [len(shard.html) for shard in self._shards]
        self._estimate(unknown, [1 / LETTERS_A_PAGE * each for each in letters])
        films = [index for index in unknown if self._shards[index].film is not None]
        if len(films) >= SAMPLED_FROM:
            sample = films[:: len(films) // SAMPLES][:SAMPLES]
            self._paint(sample, self._wanted())
            pages, read = sum(self._counts[i] - 0.5 for i in sample), sum(letters[i] for i in sample)
            left = [index for index in unknown if index not in self._sheets]
            self._estimate(left, [pages / read * each for each in letters])

    def _estimate(self, indices: Sequence[int], pages: Sequence[float]) -> None:
        for index in indices:
            self._counts[index] = 1 + int(pages[index])
        self._digits = _first_guess(self._shards, self._counts)

    def paint_onward(self, lanes: int) -> None:
        """Paint the book once, every shard on the side where the one before it ends."""
        standings = stand(self._shards, self._counts)
        pieces = _pieces(self._shards, lanes)
        self._weave([self._onward(piece, standings[piece[0]]) for piece in pieces], len(self._shards))

    def _onward(self, piece: range, standing: Standing) -> Strand:
        page, number = standing.first, standing.number
        for index in piece:
            shard = self._shards[index]
            if index != piece[0]:
                blanks = blanks_before(shard, page, starts=False)
                page, number = page + blanks, number + blanks
            at = Standing(page, number, 0)
            setting = setting_of(shard, at, self._counts[index], self._digits)
            with suppress(JobLostError):  # those behind it are painted all the same, for the next build
                self._keep(index, setting, (yield shard, setting))
            page, number = page + self._counts[index], number + self._counts[index]

    def paint_stale(self, *, keep_digits: bool) -> bool:
        """Paint again what stands elsewhere than it was painted for; whether there was any.

        With `keep_digits` none of a number's digits is given up, so that a book on the edge comes to rest.
        """
        numbers = page_numbers(self._in_order(), stand(self._shards, self._counts))
        self._digits = _widths(numbers, self._digits if keep_digits else {})
        wanted = self._wanted()
        stale = [index for index, setting in enumerate(wanted) if setting != self._settings[index]]
        self._paint(stale, wanted)
        return bool(stale)

    def layout(self) -> Layout:
        """The book as it stands."""
        return Layout(tuple(self._shards), self._in_order(), stand(self._shards, self._counts))

    def _wanted(self) -> list[Setting]:
        standings = stand(self._shards, self._counts)
        facts = zip(self._shards, standings, self._counts, strict=True)
        return [setting_of(*each, self._digits) for each in facts]

    def _paint(self, indices: Sequence[int], settings: Sequence[Setting]) -> None:
        def one(index: int) -> Strand:
            self._keep(index, settings[index], (yield self._shards[index], settings[index]))

        if indices:
            self._weave([one(index) for index in indices], len(indices))

    def _keep(self, index: int, setting: Setting, sheet: Sheet) -> None:
        self._sheets[index], self._settings[index], self._counts[index] = sheet, setting, sheet.page_count

    def _in_order(self) -> tuple[Sheet, ...]:
        return tuple(self._sheets[index] for index in range(len(self._shards)))


def _pieces(shards: Sequence[Shard], lanes: int) -> list[range]:
    """The book cut where a shard's side is known, and where a piece would keep one lane busy all alone."""
    longest = max(-(-len(shards) // max(lanes, 1)), 1)
    starts = [0]
    for index in range(1, len(shards)):
        known = shards[index].opens is not None or shards[index].numbering != shards[index - 1].numbering
        if known or index - starts[-1] >= longest:
            starts.append(index)
    return [range(*ends) for ends in zip(starts, [*starts[1:], len(shards)], strict=True)]


def _with_notices(layout: Layout, weave: Weave) -> Layout:
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
    notices: dict[str, tuple[Shard, Sheet]] = {}

    def one(job: Job) -> Strand:
        notices[job[0].html] = job[0], (yield job)

    if jobs:
        weave([one(job) for job in jobs], len(jobs))
    placed: list[tuple[Shard, Sheet, Standing]] = []
    for shard, sheet, standing in facts:
        first = standing.first - standing.blanks
        if shard.notice in notices and standing.blanks and first % 2 == 0:
            notice, painted = notices[shard.notice]
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
