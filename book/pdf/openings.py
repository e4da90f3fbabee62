"""How the pages of a bound book begin, for the e-book that is to be followed page by page beside it."""

from __future__ import annotations

from collections.abc import Sequence

from book.model import Manifest, PageFact, PrintedPage, Shard, Zone
from book.pdf.paginate import Standing
from book.pdf.sheet import Sheet


def printed_pages(
    shards: Sequence[Shard], sheets: Sequence[Sheet], standings: Sequence[Standing], manifest: Manifest
) -> tuple[PrintedPage, ...]:
    """Every page that has a number, in the order of the book; one without words has no opening."""
    return tuple(
        PrintedPage(fact.label, _part(fact, shard), opening)
        for shard, sheet, standing in zip(shards, sheets, standings, strict=True)
        for fact, opening in zip(manifest.pages[standing.first :], sheet.openings, strict=False)
        if fact.label
    )


def _part(fact: PageFact, shard: Shard) -> str:
    if fact.film is None:
        return shard.part
    return f"{fact.film}--spoilers" if fact.zone is Zone.SPOILER else fact.film
