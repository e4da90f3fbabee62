"""What a guide's files are held to, worked out once for any number of files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from book.cache import Cache, engine, key_of, pack, unpack
from book.model import Film, Guide, Place
from book.sentences import OpenWords, Reach, Spoiler, open_words, spoilers_of

_Row = tuple[str, str, int, str, str, str, bool]
"""A spoiler without its film. Plain rows: values of ours would take three times as long to read."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The guide's spoilers, and what is open to everybody.

    With a cache, what stood in the last file is not read and compared again.
    """

    guide: Guide
    spoilers: tuple[Spoiler, ...]
    open: OpenWords
    cache: Cache | None = None


def promise_of(guide: Guide, cache: Cache | None = None) -> Promise:
    """The guide taken apart; films that stand as they stood are not taken apart again."""
    key = key_of("spoilers", engine())
    kept = unpack(cache.get(key) or b"") if cache else None
    before: dict[bytes, list[_Row]] = kept if isinstance(kept, dict) else {}
    digests = {film.slug: hashlib.sha256(pack(film)).digest() for film in guide.films}
    rows = {
        digests[film.slug]: before.get(digests[film.slug]) or _rows(spoilers_of(film)) for film in guide.films
    }
    if cache and rows.keys() - before.keys():
        cache.put(key, pack(rows))
    told = tuple(spoiler for film in guide.films for spoiler in _spoilers(film, rows[digests[film.slug]]))
    return Promise(guide, told, open_words(guide), cache)


def _rows(spoilers: tuple[Spoiler, ...]) -> list[_Row]:
    return [
        (each.title, each.place.file, each.place.line, each.text, each.words, each.reach.value, each.required)
        for each in spoilers
    ]


def _spoilers(film: Film, rows: list[_Row]) -> list[Spoiler]:
    return [
        Spoiler(film.slug, title, Place(file, line), text, words, Reach(reach), required)
        for title, file, line, text, words, reach, required in rows
    ]
