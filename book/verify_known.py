"""What was proved of the last file, so that the next one is only looked at where it differs.

A passage that stood in the last file among the same neighbours, and was clean, can only be wrong now if
there is something new to look for, or if somebody has taken back what was said openly. Nothing is taken on
trust here but arithmetic: what a file holds is read from the file each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from book.cache import Cache, engine, key_of, pack, unpack
from book.model import Slug
from book.open_words import OpenWords
from book.sentences import LONG_LETTERS, Passage, Spoiler

_Digest = bytes


@dataclass(frozen=True, slots=True)
class Known:
    """The last file that kept the promise: what was sought, what everybody may read, what was clean.

    `spoilers` and `open` are digests by film; `common` is that of what may stand on any page. `clean` are
    passages, and `told` the spoiler parts in which everything required was found.
    """

    spoilers: Mapping[Slug, _Digest] = field(default_factory=dict)
    open: Mapping[Slug, _Digest] = field(default_factory=dict)
    common: _Digest = b""
    clean: frozenset[_Digest] = frozenset()
    told: Mapping[Slug, _Digest] = field(default_factory=dict)


def known_of(
    passages: Sequence[Passage], digests: Sequence[_Digest], spoilers: Iterable[Spoiler], words: OpenWords
) -> Known:
    """What there is to know of a file, were it found to keep the promise; with its `digests_of`."""
    sought: dict[Slug, list[str]] = {}
    for each in spoilers:
        sought.setdefault(each.film, []).append(f"{each.words}|{each.reach.value}|{each.required}")
    told: dict[Slug, list[str]] = {}
    for passage in passages:
        if passage.body and passage.hidden and passage.film is not None:
            told.setdefault(passage.film, []).append(passage.letters)
    return Known(
        spoilers={film: _digest(*lines) for film, lines in sought.items()},
        open={film: _digest(text) for film, text in words.films.items()},
        common=_digest(words.common, *sorted(words.names)),
        clean=frozenset(digests),
        told={film: _digest(*pages) for film, pages in told.items()},
    )


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left to look at: places of passages for all spoilers, and for the spoilers of some films.

    `parts` are the films whose spoiler part has to be searched anew.
    """

    places: Sequence[int]
    films: Collection[Slug]
    parts: Collection[Slug]


def rest_of(now: Known, before: Known, passages: Sequence[Passage], digests: Sequence[_Digest]) -> Rest:
    """Where a file may break the promise although the one before kept it."""
    films = {film for film, digest in now.spoilers.items() if before.spoilers.get(film) != digest}
    parts = films | {film for film in now.spoilers if before.told.get(film) != now.told.get(film)}
    if now.common != before.common:
        return Rest(range(len(passages)), films, parts)
    reworded = {
        film for film in now.open.keys() | before.open.keys() if now.open.get(film) != before.open.get(film)
    }

    def settled(passage: Passage, digest: _Digest) -> bool:
        # Where no film's page is, what any film says openly may stand.
        said = not reworded if passage.film is None else passage.film not in reworded
        return said and digest in before.clean

    pairs = enumerate(zip(passages, digests, strict=True))
    return Rest([place for place, (each, digest) in pairs if not settled(each, digest)], films, parts)


def anywhere(spoilers: Iterable[Spoiler], passages: Iterable[Passage]) -> tuple[Spoiler, ...]:
    """Those of some spoilers that may stand in any of many passages: a quick look, which misses none."""
    letters = "\n".join(passage.letters for passage in passages if not passage.hidden)

    def may_stand(spoiler: Spoiler) -> bool:
        sought = spoiler.letters
        return sought[:LONG_LETTERS] in letters or sought[-LONG_LETTERS:] in letters

    return tuple(filter(may_stand, spoilers))


def recall(cache: Cache | None, name: str, mode: str) -> Known:
    """What was kept of the last file of this name; nothing where there is none."""
    kept = cache.get(_key(name, mode)) if cache else None
    known = unpack(kept) if kept else None
    return known if isinstance(known, Known) else Known()


def remember(cache: Cache | None, name: str, mode: str, known: Known) -> None:
    """Keep it for the next build."""
    if cache:
        cache.put(_key(name, mode), pack(known))


def _key(name: str, mode: str) -> str:
    return key_of("proved", engine(), name, mode)


def digests_of(passages: Sequence[Passage]) -> list[_Digest]:
    """Each passage as it stands between its neighbours, from and into which a sentence may run."""
    alone = [
        _digest(each.words, each.film or "", f"{each.hidden}{each.body}{each.coded}") for each in passages
    ]
    around = [b"", *alone, b""]
    return [
        hashlib.blake2b(b"".join(around[place : place + 3]), digest_size=16).digest() if each.body else digest
        for place, (each, digest) in enumerate(zip(passages, alone, strict=True))
    ]


def _digest(*texts: str) -> _Digest:
    whole = hashlib.blake2b(digest_size=16)
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(content) + content)
    return whole.digest()
