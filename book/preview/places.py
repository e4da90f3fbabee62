"""Where every film stands in the book while only one of them is painted: by the last build, or estimated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from book.model import Film, Guide, Shard, Side, Slug
from book.pdf.manifest import SPOILERS
from book.pdf.paginate import stand

LETTERS_A_PAGE = 1_900
"""Of an entry, on a page of 6 × 9 inches; only for films that no build has met."""

PAGES_OF_FACTS = 1.2  # title, credits, similar films and the warning

LARGEST_MANIFEST = 50_000_000  # bytes: some 100,000 films


@dataclass(frozen=True, slots=True)
class Spot:
    """A film's first page: the number printed there, and its side. `pages` is how many the film has.

    `known`: the last build put it there; otherwise it is an estimate.
    """

    number: int
    side: Side
    pages: int
    known: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The spots of all films, and the printed number of every anchor that pages may refer to."""

    spots: Mapping[Slug, Spot]
    numbers: Mapping[str, int]


def places_of(guide: Guide, manifest: Path) -> Places:
    """Where the films of a guide stand, by the manifest of its last build as far as it knows them."""
    built, anchors = _built(manifest)
    spots: dict[Slug, Spot] = {}
    numbers: dict[str, int] = dict(anchors)
    for slug, spot in _estimated(guide, {slug: spot.pages for slug, spot in built.items()}).items():
        spots[slug] = built.get(slug, spot)
        numbers.setdefault(slug, spots[slug].number)
        numbers.setdefault(f"{slug}{SPOILERS}", spots[slug].number + max(spots[slug].pages - 1, 0))
    return Places(spots, numbers)


def _built(manifest: Path) -> tuple[dict[Slug, Spot], dict[str, int]]:
    """Films and anchors of the last build; none where there was none, or where its map cannot be read."""
    try:
        if manifest.stat().st_size > LARGEST_MANIFEST:
            return {}, {}
        told = json.loads(manifest.read_text("utf-8"))
        labels = {int(page["number"]): str(page["label"]) for page in told["pages"]}
        spots = {}
        for film in told["films"]:
            pages = sorted({*map(int, film["safe"]), *map(int, film["spoilers"])})
            label = labels[pages[0]]
            if label.isdecimal():
                side = Side.RECTO if pages[0] % 2 else Side.VERSO
                spots[Slug(film["slug"])] = Spot(int(label), side, len(pages), known=True)
        anchors = {
            str(anchor): int(labels[int(page)])
            for anchor, page in told["anchors"].items()
            if labels[int(page)].isdecimal()
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return {}, {}
    return spots, anchors


def _estimated(guide: Guide, counts: Mapping[Slug, int]) -> dict[Slug, Spot]:
    """Where films would stand one behind the other; `counts` are the pages of those that are known."""
    shards: list[Shard] = []
    pages: list[int] = []
    for chapter in guide.chapters:
        shards.append(replace(_blank(chapter.slug), opens=Side.RECTO))
        pages.append(1)
        for film in chapter.films:
            shards.append(replace(_blank(film.slug), film=film.slug))
            pages.append(counts.get(film.slug) or estimated_pages(film))
    facts = zip(shards, stand(shards, pages), pages, strict=True)
    return {
        shard.film: Spot(standing.number, standing.side, count, known=False)
        for shard, standing, count in facts
        if shard.film is not None
    }


def _blank(name: str) -> Shard:
    return Shard(name, "", ())


def estimated_pages(film: Film) -> int:
    """How many pages a film will have, by the length of its texts; at least 1."""
    letters = sum(len(section.body) for section in (film.synopsis, *film.safe, *film.spoilers))
    return round(PAGES_OF_FACTS + letters / LETTERS_A_PAGE + bool(film.spoilers) / 2) or 1
