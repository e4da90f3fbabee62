"""The map of a bound book: which zone each page is, whose, and what number is printed on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from book.model import GuideInfo, Manifest, PageFact, Pages, Shard, Slug, Zone, roman
from book.pdf.paginate import Standing
from book.pdf.sheet import Sheet

WARNING, SPOILERS = "--warning", "--spoilers"
"""A film's own anchors: its slug where it begins, and its slug with these where its zones begin."""


def manifest_of(
    shards: Sequence[Shard], sheets: Sequence[Sheet], standings: Sequence[Standing], info: GuideInfo
) -> Manifest:
    """Every page's label, zone and film, and every film's pages by zone."""
    facts: list[PageFact] = []
    anchors: dict[str, int] = {}
    for shard, sheet, standing in zip(shards, sheets, standings, strict=True):
        for _ in range(standing.blanks):
            facts.append(PageFact(len(facts) + 1, "", Zone.BLANK))
        zones = _zones(shard, sheet)
        first = standing.first + 1
        for index, zone in enumerate(zones):
            facts.append(PageFact(first + index, _label(shard, standing.number + index), zone, shard.film))
        for anchor in sheet.anchors:
            anchors.setdefault(anchor.name, first + anchor.page)
    return Manifest(info.title, tuple(facts), _films(facts), anchors)


def _label(shard: Shard, number: int) -> str:
    if shard.zone is Zone.BLANK:
        return ""
    return roman(number) if shard.numbering == "roman" else str(number)


def _zones(shard: Shard, sheet: Sheet) -> tuple[Zone, ...]:
    if shard.zone is not Zone.SAFE:
        return (shard.zone,) * sheet.page_count
    places = {anchor.name: anchor.page for anchor in sheet.anchors}
    warning = places.get(f"{shard.film}{WARNING}")
    spoilers = places.get(f"{shard.film}{SPOILERS}", sheet.page_count)
    return tuple(
        Zone.SPOILER if page >= spoilers else Zone.WARNING if page == warning else Zone.SAFE
        for page in range(sheet.page_count)
    )


def _films(facts: Sequence[PageFact]) -> tuple[Pages, ...]:
    """Every film's pages by zone, in the order in which the films begin."""
    pages: dict[Slug, dict[Zone, list[int]]] = {}
    for fact in facts:
        if fact.film is not None:
            pages.setdefault(fact.film, defaultdict(list))[fact.zone].append(fact.number)
    return tuple(
        Pages(
            slug,
            safe=tuple(sorted(zones[Zone.SAFE] + zones[Zone.WARNING])),
            warning=next(iter(zones[Zone.WARNING]), None),
            spoilers=tuple(zones[Zone.SPOILER]),
        )
        for slug, zones in pages.items()
    )
