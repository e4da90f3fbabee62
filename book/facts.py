"""What the front matter says of a film: nodes -> facts, key by key, with a finding for each misreading.

A value that cannot be read is left out and reported, so that every other fault still shows in the same
pass. A language or a country that nobody knows is reported and kept as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from book import fact_records as records
from book import fact_values as values
from book.desk import Desk, once, say_unknown
from book.frontmatter import Items, Node, Pairs, Scalar

FIELDS: Mapping[str, str] = {
    "title": "title",
    "original_title": "original_title",
    "sort_title": "sort_title",
    "aka": "aka",
    "year": "year",
    "premiered": "premiered",
    "runtime": "runtime_min",
    "language": "languages",
    "country": "countries",
    "director": "directors",
    "writer": "writers",
    "cinematographer": "cinematographers",
    "composer": "composers",
    "cast": "cast",
    "genre": "genres",
    "themes": "themes",
    "spoiler_themes": "spoiler_themes",
    "series": "series",
    "certificate": "certificate",
    "rating": "rating",
    "tagline": "tagline",
    "post_credits": "post_credits",
    "box_office": "box_office",
    "ids": "ids",
    "links": "links",
    "image": "image",
    "similar": "similar",
    "leaks_ok": "leaks_ok",
    "updated": "updated",
    "source": "origin",
}
"""Front-matter keys in the order in which an entry is written -> the fields of a Film."""

LONGEST = 2_000
"""Characters of a value; the longest title, reason or list of words in any entry has a few hundred."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields of a Film by name, the keys that nobody knows, and the line of every key that has a value."""

    fields: Mapping[str, Any]
    extra: Mapping[str, object]
    lines: Mapping[str, int]


def read_facts(root: Pairs, desk: Desk) -> Facts:
    """The facts in a front matter; what is wrong with them is noted on the desk."""
    fields: dict[str, Any] = {}
    extra: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key, value in once(root, desk):
        name = key.text
        if name not in FIELDS:
            lines[name] = key.line
            extra[name] = plain(value)
            say_unknown(desk, key, FIELDS, "front matter")
        elif not (isinstance(value, Scalar) and value.absent):
            lines[name] = key.line
            _measure(name, value, desk)
            fact = READERS[name](name, value, desk)
            if fact is not None:
                fields[FIELDS[name]] = fact
    return Facts(fields, extra, lines)


def _measure(name: str, node: Node, desk: Desk) -> None:
    """Report every value that no page has room for."""
    match node:
        case Scalar():
            if len(node.text) > LONGEST:
                message = f"{name} is {len(node.text):,} characters long; there is room for {LONGEST:,}."
                desk.say("F120", node.line, message, "Shorten it, or move it below the front matter.")
        case Items(items=items):
            for item in items:
                _measure(name, item, desk)
        case Pairs(pairs=pairs):
            for key, value in pairs:
                _measure(name, key, desk)
                _measure(name, value, desk)


def plain(node: Node) -> object:
    """A value as text, lists and dicts of text; None where the writer left it open."""
    match node:
        case Scalar():
            return None if node.absent else node.text
        case Items(items=items):
            return [plain(item) for item in items]
        case Pairs(pairs=pairs):
            return {key.text: plain(value) for key, value in pairs}


Reader = Callable[[str, Node, Desk], Any]
READERS: Mapping[str, Reader] = {
    "title": values.title,
    "original_title": values.one_text,
    "sort_title": values.one_text,
    "aka": values.texts,
    "year": values.year,
    "premiered": values.day,
    "runtime": values.runtime,
    "language": values.languages,
    "country": values.countries,
    "director": values.names,
    "writer": values.names,
    "cinematographer": values.names,
    "composer": values.names,
    "cast": records.cast,
    "genre": values.names,
    "themes": values.names,
    "spoiler_themes": values.names,
    "series": records.series,
    "certificate": values.one_text,
    "rating": values.one_text,
    "tagline": values.one_text,
    "post_credits": values.post_credits,
    "box_office": records.box_office,
    "ids": records.ids,
    "links": records.links,
    "image": records.image,
    "similar": records.similar,
    "leaks_ok": records.leaks_ok,
    "updated": values.day,
    "source": records.origin,
}
