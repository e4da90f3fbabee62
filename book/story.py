"""A film's story as the spoiler part tells it: sentences with their lines, names and places in the story.

Stems, word beginnings that make "burned" and "burning" one, serve comparison and are never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from book.leak_words import LEAK_WORDS
from book.model import Film, Kind, Section

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TITLES = "Mr|Mrs|Ms|Dr|St|Lt|Sgt|Capt|Col|Gen|Rev|Prof|Jr|Sr|Sra|vs|No|Nr|Hr|Fr|Mme|Mlle"
_END = re.compile(r"[.!?…][\"”’»)\]*_]*\s+(?=[\"“‘«„¿¡(\[*_—-]*[A-ZÀ-ÞŒ\d])|[。！？][」』）]*|\n[ \t]*\n+")
_SHORTENED = re.compile(rf"(?<!\w)(?:{_TITLES}|[A-Z])\Z")
_MARKS = re.compile(
    r"!?\[([^\]]*)\]\([^)]*\)|\[\^[^\]]*\]|(?<![^\W_])[*_]+|[*_]+(?![^\W_])|`|^[#>]+\s*|^\s*[-+]\s", re.M
)
_HAN = re.compile(r"[\u3400-\u9fff々]+|[ァ-ヺー]+")
_CALLED = """
mr mrs ms miss dr doctor sir lady lord madame madam monsieur mme mlle herr frau don doña captain sgt
sergeant lieutenant lt colonel general major corporal private inspector detective agent officer sheriff
king queen prince princess emperor father sister brother mother aunt uncle grandmother grandfather
grandma grandpa old young the rev reverend professor senator president coach nurse judge mayor warden
ensign commander first mate maestro maître commissaire le la les el los il lo der die das doktor
schaffner avó avô dona dom zia zio tía tío self herself himself voice narrator man woman boy girl police
cop waiter bartender von van de du des di da del und and et y e of cook
"""
_TITLE_WORDS = frozenset(_CALLED.split())
"""What people are called before their names, or instead of them."""

Position = float | None
"""A place in the story from 0 to 1; None where a section does not follow the story."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is read. `line` counts from 1 in its file; `low` is the text in lower case."""

    text: str
    line: int
    at: Position
    low: str
    stems: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Story:
    """The spoiler part of a film, in its own order. `count` says in how many sentences a stem is."""

    language: str
    names: frozenset[str]
    sentences: tuple[Sentence, ...]
    count: Counter[str]
    opening: frozenset[str]  # the stems of the first part of the plot
    middle: frozenset[str]  # and of the part between it and the last third
    first: Mapping[str, float]  # where each name comes up, of those that the plot has
    length: int  # how many sentences follow the story

    def read(self, text: str, line: int) -> tuple[Sentence, ...]:
        """Sentences of another text, with the names of this story marked in them."""
        return tuple(
            _sentence(said, at, None, self.language, self.names) for said, at in sentences(text, line)
        )

    def part(self, text: str, line: int) -> Sentence:
        """A piece of a sentence as a sentence."""
        return _sentence(text, line, None, self.language, self.names)


OPENING = 0.4
"""What the plot tells up to here, as a share of its sentences, sets the story up; it may be told above."""

LAST_THIRD = 0.6
"""Where the last third begins: of a plot of seven sentences it is three."""


def story_of(film: Film, language: str) -> Story:
    """The story of a film, told in the language (a primary subtag) of the guide."""
    told = [*_told(film)]
    names = _names(film, [text for text, _, _ in told], language)
    read = tuple(_sentence(text, line, at, language, names) for text, line, at in told)
    return Story(
        language,
        names,
        read,
        Counter(stem for each in read for stem in each.stems),
        _stems_between(read, 0, OPENING),
        _stems_between(read, OPENING, LAST_THIRD),
        _first_places(read),
        sum(each.at is not None for each in read),
    )


def _stems_between(read: Sequence[Sentence], first: float, end: float) -> frozenset[str]:
    there = (each.stems for each in read if each.at is not None and first <= each.at < end)
    return frozenset().union(*there)


def _first_places(read: Sequence[Sentence]) -> dict[str, float]:
    places: dict[str, float] = {}
    for each in read:
        for name in each.names if each.at is not None else ():
            places[name] = min(each.at or 0.0, places.get(name, 1.0))
    return places


def sentences(text: str, line: int = 1) -> Iterator[tuple[str, int]]:
    """Every sentence of a Markdown text without its marks, with its line; the text begins on `line`."""
    start = 0
    for match in (*_END.finditer(text), None):
        end = match.end() if match else len(text)
        if match and match.group().startswith(".") and _SHORTENED.search(text, start, match.start()):
            continue  # Mr. Ogata
        piece = text[start:end]
        bare = " ".join(_MARKS.sub(r"\1", piece).split())
        if bare:
            lead = len(piece) - len(piece.lstrip())
            yield bare, line + text.count("\n", 0, start + lead)
        start = end


def _told(film: Film) -> Iterator[tuple[str, int, Position]]:
    plots = [section for section in film.spoilers if section.kind is Kind.PLOT] or [*film.spoilers]
    yield from _in_order(plots)
    for section in film.spoilers:
        if section.kind is Kind.TIMELINE and section not in plots:
            events = [*re.finditer(r"^[ \t]*[-*+][ \t]+[^|\n]*\|(.+)$", section.body, re.MULTILINE)]
            for number, event in enumerate(events):
                line = section.body_line + section.body.count("\n", 0, event.start())
                yield event[1].strip(), line, (number + 0.5) / len(events)
        elif section not in plots:
            at = 1.0 if section.kind is Kind.ENDING else None
            yield from ((text, line, at) for text, line in sentences(section.body, section.body_line))


def _in_order(sections: Iterable[Section]) -> Iterator[tuple[str, int, Position]]:
    told = [each for section in sections for each in sentences(section.body, section.body_line)]
    for number, (text, line) in enumerate(told):
        yield text, line, (number + 0.5) / len(told)


def _sentence(text: str, line: int, at: Position, language: str, names: frozenset[str]) -> Sentence:
    if language == "ja":
        here = frozenset(name for name in names if name in text)
        return Sentence(text, line, at, text, _signs(text), here)
    low = " ".join(text.casefold().split())
    words = WORD.findall(text)
    here = names & {bare(word) for word in words if word[:1].isupper()}
    stems = frozenset(filter(None, (stem(word, language) for word in WORD.findall(low))))
    return Sentence(text, line, at, low, stems, here)


def bare(word: str) -> str:
    """A word in lower case, without the mark of a genitive."""
    low = word.casefold()
    return re.sub(r"['’]s?$", "", low) if "'" in low or "’" in low else low


# --------------------------------------------------------------------------------------- stems


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """What the forms of a word share, empty for a word without a meaning of its own."""
    words = LEAK_WORDS.get(language)
    word = bare(word)
    if "’" in word or "'" in word:
        word = re.split(r"['’]", word)[-1]  # l'hôtel, n'est
    if len(word) < 2 or (words and word in words.plain):
        return ""
    if words and word in words.alike:
        return words.alike[word]
    if language == "en":
        return _english(word)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return plain[: max(4, min(6, len(plain) - 2))]


def _english(word: str) -> str:
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("ed", ""),
        ("es", "e"),
        ("s", ""),
    ):
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= 3
            and not word.endswith("ss" if ending == "s" else "\0")
        ):
            word = word.removesuffix(ending) + instead
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _signs(text: str) -> frozenset[str]:
    """Pairs of neighbouring Han signs and words in katakana; a lone sign counts as itself."""
    found = set()
    for run in _HAN.findall(text):
        if "ァ" <= run[0] <= "ー" or len(run) == 1:
            found.add(run)
        else:
            found.update("".join(pair) for pair in pairwise(run))
    return frozenset(found)


# --------------------------------------------------------------------------------------- names


def _names(film: Film, told: Sequence[str], language: str) -> frozenset[str]:
    """The words of names, in lower case: of the roles, and of the plot where it writes them so."""
    if language == "ja":
        parts = (part for member in film.cast for part in re.findall(r"[一-鿿々]+|[ァ-ヺー]+", member.role))
        whole = (member.role for member in film.cast if member.role)
        return frozenset(name for name in (*parts, *whole) if len(name) > 1)
    roles = {
        word.casefold()
        for member in film.cast
        for word in WORD.findall(member.role)
        if word[:1].isupper() and len(word) > 1
    }
    written: set[str] = set()
    if language != "de":  # where every noun has a capital, capitals name nobody
        small: set[str] = set()
        for text in told:
            small.update(word for word in WORD.findall(text) if word.islower())
            inner = re.finditer(rf"(?<=[\w,;] )({WORD.pattern})", text)
            written.update(bare(match[1]) for match in inner if match[1][:1].isupper() and len(match[1]) > 2)
        written -= small
    return frozenset(roles | written) - _TITLE_WORDS
