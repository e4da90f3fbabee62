"""What a guide's files are held to, worked out once for any number of files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from book.cache import Cache, engine, key_of, pack, unpack
from book.model import Film, Guide, GuideInfo, Place, SeeAlso
from book.open_words import OpenWords, open_words, open_words_of
from book.sentences import Reach, Spoiler, spoilers_of
from book.shares import shared_out
from book.workers import ALONE, Hands

_Row = tuple[str, str, int, str, str, str, bool]
"""A spoiler without its film. Plain rows: values of ours would take three times as long to read."""

_REACH = {reach.value: reach for reach in Reach}

_Apart = tuple[list[_Row], str]
"""A film's spoilers, and the words that everybody may read."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The guide's spoilers, and what is open to everybody.

    With a cache, what stood in the last file is not read and compared again. Long files are read by all
    `hands`.
    """

    guide: Guide
    spoilers: tuple[Spoiler, ...]
    open: OpenWords
    cache: Cache | None = None
    hands: Hands = ALONE


def promise_of(guide: Guide, cache: Cache | None = None, hands: Hands = ALONE) -> Promise:
    """The guide taken apart; films that stand as they stood are not taken apart again."""
    key = key_of("promise", engine())
    kept = unpack(cache.get(key) or b"") if cache else None
    before: dict[bytes, _Apart] = kept if isinstance(kept, dict) else {}
    digests = {film.slug: _digest(film, guide) for film in guide.films}
    films = {digests[film.slug]: film for film in guide.films}
    new = [(film, guide.see_also.get(film.slug, ())) for key, film in films.items() if key not in before]
    fresh = iter(shared_out(partial(_taken_apart, guide.info), new, hands))
    apart = {digest: before.get(digest) or next(fresh) for digest in films}
    if cache and apart.keys() != before.keys():
        cache.put(key, pack(apart))
    told = tuple(spoiler for film in guide.films for spoiler in _spoilers(film, apart[digests[film.slug]][0]))
    said = {film.slug: apart[digests[film.slug]][1] for film in guide.films}
    return Promise(guide, told, open_words(guide, said), cache, hands)


def _digest(film: Film, guide: Guide) -> bytes:
    """Everything that a film's spoilers and its open words follow from."""
    info = guide.info
    around = (guide.see_also.get(film.slug, ()), info.language, info.own_words, info.rating_scale)
    return hashlib.sha256(pack((film, around))).digest()


def _taken_apart(info: GuideInfo, films: Sequence[tuple[Film, Sequence[SeeAlso]]]) -> list[_Apart]:
    return [(_rows(spoilers_of(film)), open_words_of(film, others, info)) for film, others in films]


def _rows(spoilers: tuple[Spoiler, ...]) -> list[_Row]:
    return [
        (each.title, each.place.file, each.place.line, each.text, each.words, each.reach.value, each.required)
        for each in spoilers
    ]


def _spoilers(film: Film, rows: list[_Row]) -> list[Spoiler]:
    return [
        Spoiler(film.slug, title, Place(file, line), text, words, _REACH[reach], required)
        for title, file, line, text, words, reach, required in rows
    ]
