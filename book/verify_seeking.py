"""Seeks spoilers among the words of a finished file: where they may not be, and where they must."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache as once

from book.model import Slug
from book.open_words import OpenWords
from book.sentences import LONG_LETTERS, Passage, Reach, Spoiler, has_unspaced, says
from book.verify_known import Rest, anywhere

_EDGE = 80  # letters of heads and folios between a page break and the text on either side of it
_BROKEN_REST = 12  # letters beyond a page break where a note stands between: fewer are on any page


def leaks(
    passages: Sequence[Passage], spoilers: Sequence[Spoiler], words: OpenWords, rest: Rest
) -> Iterator[tuple[Spoiler, Passage]]:
    """Every spoiler in a passage that all readers meet, unless the writer said it there openly."""
    yield from _leaks_at(rest.places, passages, _Sought.among(spoilers), words)
    anew = set(rest.places)
    others = [place for place in range(len(passages)) if place not in anew]
    changed = [spoiler for spoiler in spoilers if spoiler.film in rest.films] if others else []
    if told := anywhere(changed, (passages[place] for place in others)):
        yield from _leaks_at(others, passages, _Sought.among(told), words)


@dataclass(frozen=True, slots=True)
class _Sought:
    """Spoilers by what leads to them."""

    by_key: Mapping[str, Sequence[Spoiler]]
    by_word: Mapping[str, Mapping[str, Sequence[Spoiler]]]  # by the first word, then by all
    by_film: Mapping[Slug, Sequence[Spoiler]]
    unspaced: Sequence[Spoiler]

    @classmethod
    def among(cls, spoilers: Iterable[Spoiler]) -> _Sought:
        by_key: dict[str, list[Spoiler]] = defaultdict(list)
        by_word: dict[str, dict[str, list[Spoiler]]] = defaultdict(lambda: defaultdict(list))
        by_film: dict[Slug, list[Spoiler]] = defaultdict(list)
        unspaced: list[Spoiler] = []
        for spoiler in spoilers:
            if spoiler.reach is Reach.LETTERS:
                # Both ends: of a sentence that a page break cuts, one is whole.
                letters = spoiler.letters
                by_key[letters[:LONG_LETTERS]].append(spoiler)
                by_key[letters[-LONG_LETTERS:]].append(spoiler)
            elif spoiler.reach is Reach.FILM:
                by_film[spoiler.film].append(spoiler)
            elif spoiler.spaced:
                for first in {spelling.partition(" ")[0] for spelling in spoiler.spellings}:
                    by_word[first][" | ".join(spoiler.spellings)].append(spoiler)
            else:
                unspaced.append(spoiler)
        return cls(by_key, by_word, by_film, unspaced)


def _leaks_at(
    places: Iterable[int], passages: Sequence[Passage], sought: _Sought, words: OpenWords
) -> Iterator[tuple[Spoiler, Passage]]:
    for place in places:
        passage = passages[place]
        if passage.hidden or passage.words in words.names:
            continue
        told: dict[Spoiler, None] = {}
        met = list(_long_in(passages, place, sought.by_key))
        for alike in _short_in(passage, sought.by_word):
            # A theme may be that of a thousand films: whether it may stand here is the same for all of them.
            if _is_told(alike[0], passage, words):
                told |= dict.fromkeys(alike)
        if has_unspaced(passage.words):
            met += [spoiler for spoiler in sought.unspaced if passage.says(spoiler)]
        if passage.film is not None:
            own = sought.by_film.get(passage.film, ())
            met += [spoiler for spoiler in own if not _mere_word(passage, spoiler) and passage.says(spoiler)]
        told |= dict.fromkeys(spoiler for spoiler in met if _is_told(spoiler, passage, words))
        yield from ((spoiler, passage) for spoiler in told)


def _is_told(spoiler: Spoiler, passage: Passage, words: OpenWords) -> bool:
    """Whether a spoiler that stands in a passage is one there."""
    return not words.hold(spoiler, passage.film) and not _made_by_chance(spoiler, passage, words)


def _made_by_chance(spoiler: Spoiler, passage: Passage, words: OpenWords) -> bool:
    """Whether a short spoiler only stands where a sentence of ours meets a film's title."""
    if spoiler.reach is Reach.LETTERS or not spoiler.spaced:
        return False
    parted = words.parted(passage.words)
    return parted != passage.words and not says(parted, "", spoiler)


def _long_in(
    passages: Sequence[Passage], place: int, by_key: Mapping[str, Sequence[Spoiler]]
) -> Iterator[Spoiler]:
    """The long sentences of a passage, and those that run on from it or into it over a page break."""
    letters, size = passages[place].letters, LONG_LETTERS
    hits = [at for at in range(len(letters) - size + 1) if letters[at : at + size] in by_key]
    for at in hits:
        for spoiler in by_key[letters[at : at + size]]:
            sought = spoiler.letters
            if sought in letters or (passages[place].body and _broken(passages, place, at, sought)):
                yield spoiler


def _broken(passages: Sequence[Passage], place: int, at: int, sought: str) -> bool:
    """Whether a sentence that begins or ends at a key goes on, or began, on the neighbouring page."""
    letters, key = passages[place].letters, at + LONG_LETTERS
    onward = sought.startswith(letters[at:key])
    beyond = place + 1 if onward else place - 1
    if not 0 <= beyond < len(passages) or not passages[beyond].body or sought in passages[beyond].letters:
        return False  # a neighbour that has the sentence whole does not need our half of it
    there = passages[beyond].letters
    if onward:
        alike = _alike(sought, letters[at : at + len(sought)])
        rest, left = sought[alike:], len(letters) - at - alike
        near = there[: len(rest) + _EDGE]
    else:
        alike = _alike(sought[::-1], letters[max(key - len(sought), 0) : key][::-1])
        rest, left = sought[: len(sought) - alike], key - alike
        near = there[-(len(rest) + _EDGE) :]
    return (left <= _EDGE and rest in near) or (len(rest) >= _BROKEN_REST and rest in there)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short_in(
    passage: Passage, by_word: Mapping[str, Mapping[str, Sequence[Spoiler]]]
) -> Iterator[Sequence[Spoiler]]:
    """The short spoilers that stand in the passage, those of the same words together."""
    for word in by_word.keys() & set(passage.words.split()):
        for alike in by_word[word].values():
            if not _mere_word(passage, alike[0]) and passage.says(alike[0]):
                yield alike


def _mere_word(passage: Passage, spoiler: Spoiler) -> bool:
    """Whether this would be a single word in an address, which proves nothing."""
    return passage.coded and " " not in spoiler.words


# ----------------------------------------------------------------------------------------- where it must be


def lost(passages: Sequence[Passage], spoilers: Iterable[Spoiler], films: Collection[Slug]) -> list[Spoiler]:
    """The spoilers of these films that their film's spoiler part does not show."""
    parts: dict[Slug, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.body and passage.hidden and passage.film is not None:
            parts[passage.film].append(passage.letters)

    @once
    def drawn() -> Set[str]:
        return set().union(*(passage.letters for passage in passages))

    def stands(spoiler: Spoiler) -> bool:
        letters, pages = spoiler.letters, parts[spoiler.film]
        if _stands(letters, pages):
            return True
        # A letter that no face can draw stands nowhere in the file. F701 has said so.
        left = "".join(sign for sign in letters if sign in drawn())
        return len(letters) // 2 <= len(left) < len(letters) and _stands(left, pages)

    required = (spoiler for spoiler in spoilers if spoiler.required and spoiler.film in films)
    return [spoiler for spoiler in required if not stands(spoiler)]


def _stands(letters: str, pages: Sequence[str]) -> bool:
    """Whether pages that follow each other show the letters, over page breaks if need be."""
    if any(letters in page for page in pages):
        return True
    for place, page in enumerate(pages[:-1]):
        least, most = 0, len(letters)
        while least < most:  # the longest beginning that the page shows
            middle = (least + most + 1) // 2
            least, most = (middle, most) if letters[:middle] in page else (least, middle - 1)
        # What follows on the page, a folio for instance, may chance to begin like the rest.
        for cut in range(least, max(least - 4, 0), -1):
            if _stands(letters[cut:], pages[place + 1 : place + 2]):
                return True
        if least and len(pages) > place + 2 and _stands(letters[least:], pages[place + 1 :]):
            return True
    return False
