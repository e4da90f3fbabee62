"""Words on a spine: as large as the spine lets them be, and no wider than what the printer leaves clear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from book.cover import Lettering
from book.languages import primary
from book.model import GuideInfo
from book.people import surname_first
from book.themes import CJK

LEAST_PT = 6.0
"""Capitals below this are read by nobody; the spine stays empty then."""

SHARE, SHARE_OF_LINES = 0.42, 0.6
"""Of the spine's width, what one line of words takes at most, and what several take together."""

MOST_LINES = 4
SPACING = 0.06
"""Between letters, in parts of the type size; spines are read from afar."""

LEADING = 1.12
_PT_MM = 25.4 / 72
_STRUT = 2.0  # baselines lie this far below the top of their line
_GAP = 2.2  # between title and author at least, in parts of the title's size
_WORTH = 1.4  # surnames take the place of names where everything grows by this
_PRICE = 1.15  # what a size must grow by for every line more
_SECOND = 0.68  # size of the author's name by the title's
_UP = frozenset({"ca", "de", "es", "fr", "it", "pt", "ro"})
"""Languages in whose countries the words on a spine run upwards."""


@dataclass(frozen=True, slots=True)
class SpineWords:
    """Lines on the spine: their type size, and where the middle of their ink lies below their top.

    Both are in millimetres. With `stacked`, each line is a sign that stands upright below the one before.
    """

    lines: tuple[str, ...]
    size_mm: float
    middle_mm: float
    strong: bool
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class SpinePlan:
    """What stands at the head of the spine, and at its foot; `up` where it reads from the foot."""

    title: SpineWords
    author: SpineWords | None
    up: bool


def plan_spine(
    info: GuideInfo, faces: Lettering, *, width_mm: float, clear_mm: float, length_mm: float, reads: str = ""
) -> SpinePlan | None:
    """Title and authors on the spine, or the title alone; None where no type would be large enough.

    `width_mm` is the whole spine, of which `clear_mm` stays empty on either side; words fill `length_mm` at
    most, from head to foot. What does not fit gives way: first names, authors, then what follows a colon.
    """
    language = primary(info.language)
    setter = _Setter(faces, width_mm, width_mm - 2 * clear_mm, length_mm, _stands(info.title, language))
    if not faces.shown(info.title).strip():
        return None
    up = not setter.stacked and (reads == "up" if reads else language in _UP)
    for title in _titles(info.title):
        full, *short = (setter.best(title, names) for names in (*_names(info), ()))
        # Surnames will do where whole names would make everything small.
        for words, author in filter(None, (full, *short)):
            shorter = next(filter(None, short), None)
            if full and author and shorter and shorter[1] and shorter[0].size_mm > _WORTH * words.size_mm:
                words, author = shorter
            return SpinePlan(words, author, up)
    return None


def _stands(title: str, language: str) -> bool:
    """Whether the signs of a title stand upright: Chinese, Japanese and Korean without Latin words."""
    return language in CJK and not any(letter.isascii() and letter.isalpha() for letter in title)


def _titles(title: str) -> Iterator[str]:
    yield title
    short = title.partition(":")[0].strip()
    if short and short != title:
        yield short


def _names(info: GuideInfo) -> Iterator[tuple[str, ...]]:
    """All authors' names, then their surnames."""
    if info.authors:
        yield info.authors
        yield tuple(surname_first(name).partition(",")[0] for name in info.authors)


@dataclass(frozen=True, slots=True)
class _Setter:
    """The room that there is: the spine, what of its width may hold ink, its length."""

    faces: Lettering
    spine_mm: float
    width_mm: float
    length_mm: float
    stacked: bool

    def best(self, title: str, names: tuple[str, ...]) -> tuple[SpineWords, SpineWords | None] | None:
        """Both at the largest size that any number of lines allows; None where even that is too small."""
        cased = tuple(map(self._cased, names))
        seconds = dict.fromkeys(((" · ".join(cased),), cased) if cased and not self.stacked else (cased[:1],))
        sizes = {
            (lines, second): self._size(lines, second)
            for lines in self._broken(self._cased(title))
            for second in seconds
        }
        # One line more must be worth it.
        lines, second = max(sizes, key=lambda each: sizes[each] * _PRICE ** -(len(each[0]) + len(each[1])))
        size = sizes[lines, second]
        if size < LEAST_PT * _PT_MM or (second and size * _SECOND < LEAST_PT * _PT_MM * 0.85):
            return None
        return self._words(lines, size, strong=True), (
            self._words(second, size * _SECOND, strong=False) if second else None
        )

    def _cased(self, text: str) -> str:
        """In capitals, where the script has them: they need no room below the line."""
        return " ".join(self.faces.shown(text).split()).upper()

    def _broken(self, text: str) -> Iterator[tuple[str, ...]]:
        """The words in one line, and in more that are as even as may be."""
        yield (text,)
        words = text.split(" ")
        for count in range(2, 1 if self.stacked else min(MOST_LINES, len(words)) + 1):
            yield _even(words, count)

    def _size(self, lines: tuple[str, ...], second: tuple[str, ...]) -> float:
        """The title's type size in millimetres that both the spine's width and its length allow."""
        high = max(self._high(lines), self._high(second) * _SECOND)
        run = max(map(self._run, lines))
        run += _GAP + max(map(self._run, second)) * _SECOND if second else 0
        most = self.spine_mm * (SHARE / 0.7 if len(lines) == 1 else SHARE_OF_LINES / self._high(lines))
        return min(self.width_mm / high, most, self.length_mm / run)

    def _words(self, lines: tuple[str, ...], size: float, *, strong: bool) -> SpineWords:
        top, _ = self._ink(lines[0])
        middle = (_STRUT + top + self._high(lines) / 2) * size
        shown = tuple(lines[0]) if self.stacked else lines
        return SpineWords(shown, size, middle, strong, self.stacked)

    def _high(self, lines: tuple[str, ...]) -> float:
        """From the ink's top to its foot, in parts of the type size."""
        if not lines:
            return 0.0
        top, _ = self._ink(lines[0])
        return (len(lines) - 1) * LEADING + sum(self._ink(lines[-1])) - top

    def _ink(self, text: str) -> tuple[float, float]:
        """Where the ink begins below the baseline, and how high it is, in parts of the type size."""
        _, top, _, foot = self.faces.font(text, 1000, 600).getbbox(text, anchor="ls")
        return top / 1000, (foot - top) / 1000

    def _run(self, text: str) -> float:
        """How far the words run, in parts of the type size."""
        if self.stacked:
            return len(text) * 1.05
        return self.faces.width(text, 1000, "normal") / 1000 + SPACING * len(text)


def _even(words: list[str], count: int) -> tuple[str, ...]:
    """The words in so many lines, the longest of which has as few letters as can be."""
    if count == 1 or len(words) < 2:
        return (" ".join(words),)
    tries = []
    for first in range(1, len(words) - count + 2):
        tries.append((" ".join(words[:first]), *_even(words[first:], count - 1)))
    return min(tries, key=lambda lines: max(map(len, lines)))
