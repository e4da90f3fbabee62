"""Where each page of the printed book begins in the e-book, so that both can be cited and followed alike.

A page is found by its first words, letter for letter and without regard to hyphens, ligatures and
capitals, and never by counting. Words that stand on paper only are passed over, so that a page which begins
with them is marked at the first paragraph that the e-book has as well. A page of which the e-book has no
word gets no mark.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from book.ebook import Document
from book.model import PrintedPage

SURE_LETTERS = 24
"""So many letters in a row are no coincidence; fewer must be a whole paragraph, heading or cell."""

MOST_LABEL_WORDS = 4

_WEIGHED_LETTERS = 200  # of each place that is compared, where the same words stand in several
_WHOLE_WORDS = 8  # letters; a shorter paragraph is looked for word by word, since any word may hold it

FRONT = "front"
"""The part of the printed book that holds all front matter."""

_PIECE = re.compile(r"<svg\b.*?</svg>|<[^>]*>|&[#\w]+;|([^\W_]+)", re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|li|h[1-6]|t[dhr]|table|d[dtl]|div|section|header|figure|figcaption|blockquote|nav|[ou]l|body|aside)\b"
)
_INLINE_TAG = re.compile(r"<(?:a|abbr|b|bdi|cite|code|em|i|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>\Z")
_HEADING_TAG = re.compile(r"(?:<nav\s[^<>]*>\s*)?<h[1-6](?:\s[^<>]*)?>\Z")
_TAG_LENGTH = 400  # characters of our own tags at the most; how far to look back for one
_OPENING_MARKS = {"Pi", "Ps"}  # Unicode's categories of opening quotation marks and brackets
_NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff]")
"""Scripts in which a page may begin between any two letters: Thai, Lao, Myanmar, Khmer, kana and Han."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page of the printed book in the e-book: its label, and the address of its mark."""

    label: str
    href: str


def break_id(label: str) -> str:
    """The id of the mark where a page begins."""
    return f"page-{label}"


def page_breaks(documents: Sequence[Document]) -> tuple[PageBreak, ...]:
    """Every page that has a mark, in reading order: not that of the paper, where spoilers stand apart."""
    return tuple(
        PageBreak(label, f"{document.name}#{break_id(label)}")
        for document in documents
        for label in document.breaks
    )


def with_page_breaks(documents: Sequence[Document], pages: Sequence[PrintedPage]) -> tuple[Document, ...]:
    """The documents with a mark where each printed page begins.

    A document's `part` says which pages it shares its words with.
    """
    pages_of: dict[str, list[PrintedPage]] = defaultdict(list)
    for page in pages:
        pages_of[page.part].append(page)
    parts: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.part in pages_of:
            parts[document.part].append(document)
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)  # document's name -> offsets and labels
    for part, of_part in parts.items():
        for name, offset, label in _found(of_part, pages_of[part]):
            places[name].append((offset, label))
    return tuple(_marked(document, places.get(document.name, ())) for document in documents)


def _marked(document: Document, places: Sequence[tuple[int, str]]) -> Document:
    if not places:
        return document
    pieces: list[str] = []
    start = 0
    for offset, label in places:
        mark = f'<span {_MARK} id="{break_id(label)}" aria-label="{label}"></span>'
        pieces += (document.xhtml[start:offset], mark)
        start = offset
    xhtml = "".join((*pieces, document.xhtml[start:]))
    return replace(document, xhtml=xhtml, breaks=tuple(label for _, label in places))


_MARK = 'epub:type="pagebreak" role="doc-pagebreak"'


# ---------------------------------------------------------------------------------------- searching


def _found(documents: Sequence[Document], pages: Sequence[PrintedPage]) -> Iterator[tuple[str, int, str]]:
    """Document, offset into it and label of every page that is found; none stands before an earlier one."""
    scripts = [_Script(document) for document in documents]
    place, letter = 0, 0  # the document, and the letter of it, up to which words have been found
    openings = ["".join(map(letters_of, page.opening)) for page in pages]
    for turn, page in enumerate(pages):
        if not turn and page.part != FRONT:  # whatever it begins with: both begin here
            yield documents[0].name, scripts[0].offset(0), page.label
            continue
        found = _place(scripts, page.opening, place, letter)
        if found is not None:
            place, at, alike = found
            yield documents[place].name, scripts[place].offset(at), page.label
            # A half-title says what the title page says again.
            onward = next(filter(None, openings[turn + 1 :]), "")
            letter = at if not turn and onward.startswith(openings[0]) else at + alike


def _place(
    scripts: Sequence[_Script], opening: Sequence[str], first: int, start: int
) -> tuple[int, int, int] | None:
    """The document in which a page with this opening begins, the letter, and how many agree there.

    No document before the `first` is looked at, and of that no letter before `start`.
    """
    for clue in _clues(opening):
        for number in range(first, len(scripts)):
            found = scripts[number].find(clue, start if number == first else 0)
            if found is not None:
                return number, *found
    return None


@dataclass(frozen=True, slots=True)
class _Clue:
    """The letters of a paragraph to look for, and the same with those behind it on the page."""

    letters: str
    onward: str
    is_rest: bool = False  # of a paragraph whose first words are of no use


def _clues(opening: Sequence[str]) -> Iterator[_Clue]:
    """What a page may be found by, the best first; a page may begin with words of print's own."""
    blocks = [letters_of(block) for block in opening]
    for number, block in enumerate(blocks):
        if block:
            yield _Clue(block, "".join(blocks[number:]))
    # A label that print sets before a paragraph, and the e-book above it, may be in the way.
    for number, text in enumerate(opening):
        words = text.split()
        for label in range(1, min(len(words), MOST_LABEL_WORDS + 1)):
            rest = letters_of("".join(words[label:]))
            if rest:
                yield _Clue(rest, "".join((rest, *blocks[number + 1 :])), is_rest=True)


class _Script:
    """A document's words without marks of any kind, and where each of them stands in its source.

    A place is counted in letters from the first of the document's; an offset in characters of its source.
    """

    def __init__(self, document: Document) -> None:
        self._source = document.xhtml
        self._is_contents = "nav" in document.properties
        pieces = _PIECE.finditer(self._source, max(self._source.find("<body"), 0))
        found = [piece for piece in pieces if piece[1]]
        self._words = [letters_of(piece[1]) for piece in found]
        self._spans = [piece.span() for piece in found]
        self._letters = "".join(self._words)
        self._reach = list(accumulate(map(len, self._words)))  # letters up to the end of each word

    def find(self, clue: _Clue, start: int) -> tuple[int, int] | None:
        """The letter, from `start` on, where most agrees with the clue, and how much; of equals the first."""
        best, most = None, 0
        for at in self._places(clue.letters, start):
            alike = _alike(clue.onward, self._letters[at : at + _WEIGHED_LETTERS])
            if alike > most and self._is_sure(clue, at, alike):
                best, most = at, alike
        return None if best is None else (best, most)

    def offset(self, at: int) -> int:
        """Where the mark of a page that begins at a place can stand: before a whole word.

        A page that begins with the rest of a word is marked behind that word.
        """
        word = self._word(at)
        if word == len(self._words):
            return self._spans[-1][1]
        start, end = self._spans[word]
        into = at - self._begin(word)
        if into and _NO_SPACES.search(self._letters[at]) and len(self._words[word]) == end - start:
            return start + into
        if into:
            return self._before(self._spans[word + 1][0]) if word + 1 < len(self._words) else end
        return self._before(start)

    def _before(self, offset: int) -> int:
        """The same place outside of what the word opens: marks, emphasis, a link, a heading."""
        source = self._source
        while unicodedata.category(source[offset - 1]) in _OPENING_MARKS:
            offset -= 1
        if not self._is_contents:  # where a link must be the only thing in its item
            while opened := _INLINE_TAG.search(source, max(offset - _TAG_LENGTH, 0), offset):
                offset = opened.start()
        # A mark inside would be read out as a part of the heading.
        heading = _HEADING_TAG.search(source, max(offset - _TAG_LENGTH, 0), offset)
        return heading.start() if heading else offset

    def _places(self, block: str, start: int) -> Iterator[int]:
        if len(block) < _WHOLE_WORDS:
            for word in range(self._word(start), len(self._words)):
                if self._words[word] and block.startswith(self._words[word]) and self._begin(word) >= start:
                    yield self._begin(word)
            return
        at = self._letters.find(block[:_WHOLE_WORDS], start)
        while at >= 0:
            yield at
            at = self._letters.find(block[:_WHOLE_WORDS], at + 1)

    def _is_sure(self, clue: _Clue, at: int, alike: int) -> bool:
        """Whether what agrees is long enough, or a whole paragraph; print may add a year to it."""
        if not self._is_edge(at):
            if clue.is_rest:
                return False
            # The last line of a paragraph may be all that a page has of it.
            ended = alike >= len(clue.letters) >= _WHOLE_WORDS and self._is_edge(at + len(clue.letters))
            return alike >= SURE_LETTERS or (ended and self._letters.count(clue.letters) == 1)
        wholes = {min(alike, len(clue.letters)), alike}
        ends = [at + whole for whole in wholes if whole >= min(len(clue.letters), _WHOLE_WORDS)]
        return alike >= SURE_LETTERS or any(map(self._is_edge, ends))

    def _is_edge(self, at: int) -> bool:
        """Whether a paragraph, heading, cell or item ends, and another begins, before the letter."""
        word = self._word(at)
        if word in {0, len(self._words)}:
            return word > 0 or at == 0
        between = self._spans[word - 1][1], self._spans[word][0]
        return at == self._begin(word) and _BLOCK.search(self._source, *between) is not None

    def _word(self, at: int) -> int:
        """The number of the word that holds a letter."""
        return bisect_right(self._reach, at)

    def _begin(self, word: int) -> int:
        return self._reach[word] - len(self._words[word])


@lru_cache(maxsize=50_000)
def letters_of(text: str) -> str:
    """The letters and digits of a text, capitals and ligatures undone."""
    if text.isascii() and text.isalnum():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
