"""Paint, see where everything falls, paint again what guessed wrong, until the numbers have come to rest.

A shard depends on its neighbours in three ways only: the side it opens on, the digits of its folios,
and the digits of the numbers it prints. The side is known where a chapter opens, so chapters are painted
side by side and each from its beginning; digits are guessed. A wrong guess costs one more painting of
that shard, and page counts hardly ever change by it.

What prints the numbers of all films, indexes and the contents, waits until these are known. An index is
then measured in stretches, dealt out to pages, and painted in pieces: see `columns`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from book.crew import JobLostError
from book.model import BookError, Setting, Shard, Side, Zone, roman, romans_in, slots_in
from book.pdf.bind import page_numbers
from book.pdf.columns import Measures, Stretch, has_columns, in_pieces, joined, stretches
from book.pdf.paginate import Standing, blanks_before, setting_of, stand
from book.pdf.sheet import Sheet

Job = tuple[Shard, Setting]
Strand = Generator[Job, Sheet | Measures, None]
Weave = Callable[[Sequence[Strand], int], None]
"""Does the jobs of strands side by side, each strand's one after the other; told how many there are."""

MOST_ROUNDS = 12
LETTERS_A_PAGE = 2_300  # of HTML source at 6 × 9 inches; only a first guess
SAMPLES = 8
SAMPLED_FROM = 60  # shards; below, a wrong guess costs less than a sample
_LITTLE = 0.2
PAGES_A_PIECE = 8  # of an index; each piece has a page laid out that is left away
_PAGES_BESIDE, _LINES_A_PAGE = 60, 20
"""Roman pages beside the contents, and lines on a page of these: more and fewer than most books have."""
_ANCHOR = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Layout:
    """Every shard painted, and where it stands; notices on blank pages are shards of their own here.

    Indexes stand here in their pieces; `lengths` are the pages of every shard that was to be laid out.
    """

    shards: tuple[Shard, ...]
    sheets: tuple[Sheet, ...]
    standings: tuple[Standing, ...]
    lengths: tuple[tuple[Shard, int], ...]


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
    if not book.paint_unknown():
        book.paint_onward(lanes)
    for round_ in range(MOST_ROUNDS):
        if not book.paint_stale(keep_digits=round_ > 4):
            return _with_notices(book.layout(), weave)
    raise BookError(
        "The page numbers do not come to rest.",
        "Please report this; a change of trim or theme will most likely get you past it.",
    )


@dataclass(eq=False, slots=True)
class _Part:
    """A shard and what is known of it: its pages, known or guessed, and how it was painted, if it was."""

    shard: Shard
    count: int
    setting: Setting | None = None
    sheet: Sheet | None = None


@dataclass(eq=False, slots=True)
class _Whole:
    """A shard that was to be laid out, in its parts: itself, or an index's pieces once it is dealt out.

    It is dealt out for certain digits; others may make lines longer.
    """

    shard: Shard
    parts: list[_Part]
    digits: Mapping[str, int] | None = None

    @property
    def is_index(self) -> bool:
        """Whether its lines are dealt out to pages by us, as those of indexes and contents are."""
        return has_columns(self.shard.html)

    @property
    def romans(self) -> tuple[str, ...]:
        """The anchors to whose roman numbers it leads: only what has such numbers itself does."""
        return romans_in(self.shard.html) if self.shard.numbering == "roman" else ()

    @property
    def waits(self) -> bool:
        """Whether it is painted when all films' page numbers are known."""
        return self.is_index or (self.shard.numbering == "roman" and bool(self.shard.slots))


class _Easel:
    """A book while it is being painted. `counts` are pages of each shard; 0 where nobody knows."""

    def __init__(self, shards: Sequence[Shard], weave: Weave, counts: Sequence[int]) -> None:
        self._wholes = [
            _Whole(shard, [_Part(shard, count)]) for shard, count in zip(shards, counts, strict=True)
        ]
        self._weave = weave
        self._digits: Mapping[str, int] = {}
        self._romans: Mapping[str, str] = {}
        self._unknown: list[_Part] = []

    def guess(self) -> None:
        """Guess page counts that nobody knows, from a few that are painted first."""
        unknown = [part for part in self._parts() if not part.count]
        self._unknown = [
            part for whole in self._wholes if not whole.waits for part in whole.parts if not part.count
        ]
        _estimate(unknown, 1 / LETTERS_A_PAGE)
        self._digits = _first_guess(self._shards(), self._counts())
        films = [part for part in unknown if part.shard.film is not None]
        if len(films) >= SAMPLED_FROM:
            sample = films[:: len(films) // SAMPLES][:SAMPLES]
            wanted = self._wanted()
            self._paint([(part, wanted[part]) for part in sample])
            pages, read = sum(part.count - 0.5 for part in sample), sum(_letters(part) for part in sample)
            _estimate([part for part in unknown if part.sheet is None], pages / read)
            self._digits = _first_guess(self._shards(), self._counts())

    def paint_unknown(self) -> bool:
        """Paint what nobody has painted before, if that is little; whether it was.

        All else is as long as it was, so that where it stands can be told beforehand.
        """
        if len(self._unknown) > _LITTLE * len(self._wholes):
            return False
        wanted = self._wanted()
        self._paint([(part, wanted[part]) for part in self._unknown])
        return True

    def paint_onward(self, lanes: int) -> None:
        """Paint the book once, every shard that does not wait on the side where the one before it ends."""
        standings = stand(self._shards(), self._counts())
        pieces = sorted(_pieces(self._shards(), lanes), key=len, reverse=True)
        waiting = {part for whole in self._wholes if whole.waits for part in whole.parts}
        parts = self._parts()
        strands = [
            self._onward([parts[index] for index in piece], standings[piece[0]], waiting) for piece in pieces
        ]
        self._weave(strands, len(parts) - len(waiting))

    def _onward(self, piece: Sequence[_Part], standing: Standing, waiting: set[_Part]) -> Strand:
        page, number = standing.first, standing.number
        for part in piece:
            if part is not piece[0]:
                blanks = blanks_before(part.shard, page, starts=False)
                page, number = page + blanks, number + blanks
            if part not in waiting:
                setting = setting_of(part.shard, Standing(page, number, 0), part.count, self._digits)
                with suppress(JobLostError):  # those behind it are painted all the same, for the next build
                    yield from _painted(part, setting)
            page, number = page + part.count, number + part.count

    def paint_stale(self, *, keep_digits: bool) -> bool:
        """Paint again what stands elsewhere than it was painted for; whether there was any.

        With `keep_digits` none of a number's digits is given up, so that a book on the edge comes to rest.
        """
        self._count_digits(keep_digits=keep_digits)
        films = self._stale([whole for whole in self._wholes if not whole.waits])
        if films:
            self._paint(films)
            return True
        undealt = [whole for whole in self._wholes if whole.is_index and whole.digits != self._wide(whole)]
        if undealt:
            self._deal_out(undealt)
        # Contents lead to what stands behind them, whose place is known once they are dealt out.
        behind = self._stale([whole for whole in self._wholes if not whole.is_index])
        self._paint(behind)
        self._count_romans()
        stale = self._stale(self._wholes)
        self._paint(stale)
        return bool(behind or stale)

    def layout(self) -> Layout:
        """The book as it stands."""
        sheets = tuple(part.sheet for part in self._parts() if part.sheet is not None)
        lengths = tuple((whole.shard, sum(part.count for part in whole.parts)) for whole in self._wholes)
        shards = self._shards()
        return Layout(shards, sheets, stand(shards, self._counts()), lengths)

    # ------------------------------------------------------------------------------------- indexes

    def _deal_out(self, indexes: Sequence[_Whole]) -> None:
        """Part indexes into pieces that can be painted."""
        measured: list[list[tuple[Stretch, Measures]]] = [[] for _ in indexes]
        strands = []
        for whole, known in zip(indexes, measured, strict=True):
            whole.digits = self._wide(whole)
            strands += [_measured(whole, stretch, known) for stretch in stretches(whole.shard.html)]
        self._weave(strands, len(strands))
        for whole, known in zip(indexes, measured, strict=True):
            known.sort(key=lambda each: each[0].first)
            pieces = in_pieces(whole.shard.html, joined(known), PAGES_A_PIECE)
            whole.parts = [_piece(whole.shard, number, *piece) for number, piece in enumerate(pieces)]

    def _wide(self, whole: _Whole) -> Mapping[str, int]:
        """The digits of every number that an index prints."""
        return {anchor: self._digits.get(anchor, 1) for anchor in whole.shard.slots}

    # ------------------------------------------------------------------------------------- the book

    def _count_digits(self, *, keep_digits: bool) -> None:
        """Count the digits of every number that is known by now; of others the guess stands."""
        floor = self._digits if keep_digits else {}
        self._digits = {**self._digits, **_widths(self._numbers(), floor)}

    def _count_romans(self) -> None:
        """Name the roman numbers of what is led to by them, as it stands now."""
        numbers = self._numbers()
        led_to = {anchor for whole in self._wholes for anchor in whole.romans}
        self._romans = {anchor: roman(numbers[anchor]) for anchor in sorted(led_to & numbers.keys())}

    def _numbers(self) -> Mapping[str, int]:
        """The page number of every anchor in what is painted by now."""
        facts = zip(self._parts(), stand(self._shards(), self._counts()), strict=True)
        painted = [(part.sheet, standing) for part, standing in facts if part.sheet is not None]
        return page_numbers([sheet for sheet, _ in painted], [standing for _, standing in painted])

    def _wanted(self) -> dict[_Part, Setting]:
        standings = stand(self._shards(), self._counts())
        return {
            part: setting_of(part.shard, standing, part.count, self._digits, self._romans)
            for part, standing in zip(self._parts(), standings, strict=True)
        }

    def _stale(self, wholes: Sequence[_Whole]) -> list[tuple[_Part, Setting]]:
        """The parts that are not painted as they stand, with the setting in which they do."""
        wanted = self._wanted()
        parts = [part for whole in wholes for part in whole.parts]
        return [(part, wanted[part]) for part in parts if part.setting != wanted[part]]

    def _paint(self, parts: Sequence[tuple[_Part, Setting]]) -> None:
        if parts:
            self._weave([_painted(part, setting) for part, setting in parts], len(parts))

    def _parts(self) -> list[_Part]:
        return [part for whole in self._wholes for part in whole.parts]

    def _shards(self) -> tuple[Shard, ...]:
        return tuple(part.shard for part in self._parts())

    def _counts(self) -> list[int]:
        return [part.count for part in self._parts()]


def _painted(part: _Part, setting: Setting) -> Strand:
    sheet = yield part.shard, setting
    assert isinstance(sheet, Sheet)
    part.sheet, part.setting, part.count = sheet, setting, sheet.page_count


def _measured(whole: _Whole, stretch: Stretch, known: list[tuple[Stretch, Measures]]) -> Strand:
    """What is measured of a stretch is added to what is `known`."""
    shard = replace(whole.shard, html=stretch.html, slots=slots_in(stretch.html), measured=True)
    digits = whole.digits or {}
    widths = {anchor: digits[anchor] for anchor in shard.slots}
    romans = dict.fromkeys(romans_in(shard.html), _longest_roman(len(whole.shard.slots)))
    measures = yield shard, Setting(Side.RECTO, 1, widths, romans)
    assert isinstance(measures, Measures)
    known.append((stretch, measures))


def _longest_roman(lines: int) -> str:
    """As long a numeral as contents of so many lines can lead to: they are measured before it is known."""
    return max(map(roman, range(1, _PAGES_BESIDE + lines // _LINES_A_PAGE)), key=len)


def _piece(shard: Shard, number: int, html: str, count: int) -> _Part:
    """An index's piece of this number, from 0, as a shard."""
    slots = slots_in(html)
    if number:
        shard = replace(shard, name=f"{shard.name}+{number}", opens=None, turn=False, notice="", carried=True)
    return _Part(replace(shard, html=html, slots=slots), count)


def _letters(part: _Part) -> int:
    return len(part.shard.html)


def _estimate(parts: Sequence[_Part], pages_a_letter: float) -> None:
    for part in parts:
        part.count = 1 + int(pages_a_letter * _letters(part))


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
        sheet = yield job
        assert isinstance(sheet, Sheet)
        notices[job[0].html] = job[0], sheet

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
    shards, sheets, standings = zip(*placed, strict=True)
    return Layout(shards, sheets, standings, layout.lengths)


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
