"""What a writer does to an entry between two builds, so that each build has something new to do."""

from __future__ import annotations

import random
import re

from made_films import WORDS, paragraphs

PLOT, SYNOPSIS = "plot", "synopsis"

_WORD = re.compile(r"\b[a-z]{4,11}\b")
_FEW = 3


def reworded(entry: str, section: str, seed: int) -> str:
    """The entry with a few words of a section replaced by others as long; another seed, other words.

    `section` is PLOT or SYNOPSIS. ValueError where it is not there, or has no word to replace.
    """
    dice = random.Random(seed)
    start, end = _span(entry, section)
    found = [
        (word, others)
        for word in _WORD.finditer(entry, start, end)
        if (others := [other for other in WORDS if len(other) == len(word[0]) and other != word[0]])
    ]
    if not found:
        raise ValueError(f"no word of the {section} can be replaced")
    for word, others in sorted(dice.sample(found, min(_FEW, len(found))), key=lambda pair: pair[0].start()):
        entry = entry[: word.start()] + dice.choice(others) + entry[word.end() :]
    return entry


def lengthened(entry: str, words: int, seed: int) -> str:
    """The entry with so many more words in its plot, as paragraphs behind the first."""
    start, end = _span(entry, PLOT)
    first = entry.find("\n\n", start, end)
    place = end if first < 0 else first
    return f"{entry[:place].rstrip()}\n\n{paragraphs(f'edit {seed}', words)}\n\n{entry[place:].lstrip()}"


def _span(entry: str, section: str) -> tuple[int, int]:
    """Where a section's text begins and ends in the entry."""
    if section == PLOT:
        opening = re.search(r"^## Plot\n+", entry, re.MULTILINE)
    else:
        opening = re.match(r"---\n.*?\n---\n+(?!#)", entry, re.DOTALL)
    if opening is None:
        raise ValueError(f"the entry has no {section}")
    closing = re.compile(r"^#{1,2} ", re.MULTILINE).search(entry, opening.end())
    return opening.end(), closing.start() if closing else len(entry)
