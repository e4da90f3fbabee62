"""Lines in which some words run leftward and some rightward, put in the order in which they are read.

PDFium reads a line from left to right, and turns it round where most of its words run leftward. Of words that
run against the line it keeps each whole and turns their order: of "Le Monde" in an Arabic sentence it makes
"Monde Le". Which way a paragraph runs is nowhere said in a PDF. So a page is read in all the ways in which it
may be meant, and a text is sought in each of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

_WEAK = frozenset({"AN", "EN", "NSM", "CS", "ES", "ET", "BN"})
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

Word = tuple[str, str]
"""Signs that stay together, and which way they run: L, R or neither, which is a blank."""


def readings(text: str, *, bound_right: bool = False) -> tuple[str, ...]:
    """A page's text from PDFium in every order in which its lines may be meant, the likeliest first.

    As lines of rightward and of leftward paragraphs, and figures that stand between words of both kinds as
    belonging to either. One reading is all there is where nothing runs leftward, or nothing else does.
    `bound_right`: the file says that its pages go from right to left, and PDFium takes all lines to run so.
    """
    if not (bound_right or _LEFTWARD.search(text)):
        return (text,)
    lines = [(line.rstrip("\r\n"), line) for line in text.splitlines(keepends=True)]
    read = []
    for way, figures in (("L", False), ("R", False), ("L", True), ("R", True)):
        pieces = []
        for bare, line in lines:
            words = _words(bare)
            seen = words[::-1] if bound_right or _turned(bare) else words
            ordered = _in_order(seen if way == "L" else seen[::-1], way, figures)
            pieces.append("".join(signs for signs, _ in ordered) + line[len(bare) :])
        read.append("".join(pieces))
    if bound_right:
        read[:2] = read[1::-1]
    return tuple(dict.fromkeys(read))


def _turned(line: str) -> bool:
    """Whether PDFium takes a line for one that runs leftward: more of its pieces do than run rightward."""
    ways = [way for way, _ in groupby(map(_piece, line))]
    return ways.count("R") > ways.count("L")


def _piece(sign: str) -> str:
    way = unicodedata.bidirectional(sign)
    return "R" if way in {"R", "AL"} else way if way == "L" else "weak" if way in _WEAK else ""


def _words(line: str) -> list[Word]:
    """The words of a line; marks and figures stay with the letters that they follow."""
    words: list[Word] = []
    for sign in line:
        way = unicodedata.bidirectional(sign)
        way = "R" if way in {"R", "AL"} else way if way in {"L", "EN", "AN"} else "" if way != "NSM" else "M"
        if words and (way == words[-1][1] or way == "M"):
            words[-1] = (words[-1][0] + sign, words[-1][1])
        else:
            words.append((sign, way if way != "M" else ""))
    return words


def _in_order(words: Sequence[Word], way: str, figures: bool) -> Iterator[Word]:
    """The words of a line of this way, with every stretch turned round that runs against it.

    Such a stretch begins and ends with words of the other way and has none of this one; with `figures`, those
    that stand before it belong to it.
    """
    other = "LR".replace(way, "")
    for along, grouped in groupby(words, key=lambda word: word[1] == way):
        stretch = list(grouped)
        yield from stretch if along else _turned_round(stretch, other, figures)


def _turned_round(words: Sequence[Word], way: str, figures: bool) -> Sequence[Word]:
    kinds = [kind for _, kind in words]
    if way not in kinds:
        return words
    begins = (place for place, kind in enumerate(kinds) if kind == way or (figures and kind in {"EN", "AN"}))
    first, last = next(begins), len(kinds) - kinds[::-1].index(way)
    return [*words[:first], *words[first:last][::-1], *words[last:]]
