"""Where every shard stands in the book, and when the numbers have come to rest.

Pure arithmetic on page counts: a shard that opens on a recto may push a blank verso before it; roman
pages come first, and arabic numbering starts at 1 on the recto after them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from book.model import Setting, Shard, Side, romans_in


@dataclass(frozen=True, slots=True)
class Standing:
    """A shard's place. `first` is its first page counted from 0 through the file; `number` is printed there.

    `blanks` counts the blank pages that stand before it.
    """

    first: int
    number: int
    blanks: int

    @property
    def side(self) -> Side:
        """Rectos are the file's first, third, fifth … page."""
        return _side(self.first)


def stand(shards: Sequence[Shard], page_counts: Sequence[int]) -> tuple[Standing, ...]:
    """The place of every shard in reading order, given how many pages each has."""
    standings, page, offset, numbering = [], 0, 0, ""
    for shard, count in zip(shards, page_counts, strict=True):
        starts = shard.numbering != numbering
        blanks = blanks_before(shard, page, starts=starts)
        page += blanks
        if starts:
            numbering, offset = shard.numbering, page
        standings.append(Standing(page, page - offset + 1, blanks))
        page += count
    return tuple(standings)


def blanks_before(shard: Shard, page: int, *, starts: bool) -> int:
    """How many blank pages go before a shard that would begin on `page`, counted from 0: two at the most.

    `starts`: it begins a numbering of its own.
    """
    # A recto faces what stands before it, so a shard that wants a turn of the page goes past it.
    blanks = page % 2 == 0 and page > 0 if shard.turn else False
    # Odd numbers belong on rectos, so a new numbering starts on one as well.
    opens = Side.RECTO if starts else shard.opens
    if opens is not None and _side(page + blanks) is not opens:
        return blanks + 1
    return int(blanks)


def _side(page: int) -> Side:
    return Side.RECTO if page % 2 == 0 else Side.VERSO


def setting_of(
    shard: Shard,
    standing: Standing,
    page_count: int,
    digits: Mapping[str, int],
    romans: Mapping[str, str] | None = None,
) -> Setting:
    """All of a shard's place that its layout depends on, so that equal settings mean equal pages.

    Of an arabic number only its digits are laid out: `first` is rounded down to a power of ten unless
    the shard passes one.
    """
    number = standing.number
    if shard.numbering == "arabic" and len(str(number)) == len(str(number + page_count - 1)):
        number = 10 ** (len(str(number)) - 1)
    led_to = romans_in(shard.html) if romans else ()
    return Setting(
        standing.side,
        number,
        {anchor: digits.get(anchor, 1) for anchor in shard.slots},
        {anchor: romans[anchor] for anchor in led_to if romans and anchor in romans},
    )
