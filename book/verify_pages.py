"""Holds an e-book's list of printed pages to the PDF: whoever cites a page must mean the same words in both.

The e-book is taken apart anew here, by the finished file alone; the PDF's words come from `verify_pdf`.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from itertools import accumulate
from urllib.parse import unquote

from lxml import etree

from book.findings import finding
from book.model import Finding, Manifest, Place, Zone
from book.sentences import Passage, words_of

TOP_LETTERS = 600
"""How far down a page its mark may point: above may stand what paper alone has, as facts."""

_COMPARED_LETTERS = 30  # behind a mark, or as many as its paragraph has
_MISSED_LETTERS = 24  # of a page's first words, found in an e-book that has no mark for it
_MARK = re.compile(r'<span\b[^<>]*role="doc-pagebreak"[^<>]*>')
_SAID = re.compile(r'\b(id|aria-label)="([^"]*)"')
_UNSEEN = re.compile(
    r"<svg\b.*?(?:</svg>|\Z)|<head>.*?</head>|\A(?:(?!<svg\b).)*</svg>|\A[^<>]*>|<[^<>]*\Z", re.DOTALL
)
"""What nobody reads: drawings, the head of a page, and what the edges of an excerpt leave of a tag."""
_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(
    r"</?(?:p|li|h[1-6]|t[dhr]|table|d[dtl]|div|section|header|figure|figcaption|blockquote|nav|[ou]l|body|aside)\b[^<>]*>"
)
_NEARBY = 1_200  # characters of a page's source around a mark, tags included


@dataclass(frozen=True, slots=True)
class Top:
    """The words at the top of a printed page, in the order in which they were set, its running head last."""

    words: tuple[str, ...]
    among_films: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where the e-book says that a page begins: by document of the spine, and offset into it.

    `words` are those of its paragraph behind it, `before` the letters ahead of it, and `last` the last word.
    """

    label: str
    ident: str
    file: str
    spot: tuple[int, int]
    words: tuple[str, ...]
    before: str
    last: str


def tops_of(passages: Sequence[Passage], manifest: Manifest) -> Mapping[str, Top]:
    """How the numbered pages of a PDF begin, by their labels; `passages` begin with its pages in order."""
    return {
        fact.label: Top(
            tuple(word for word in passage.words[: 3 * TOP_LETTERS].split() if word != "|"),
            fact.zone not in {Zone.FRONT, Zone.BACK},
        )
        for fact, passage in zip(manifest.pages, passages, strict=False)
        if fact.label
    }


def compare_pages(name: str, content: bytes, tops: Mapping[str, Top]) -> Iterator[Finding]:
    """Where an EPUB does not agree with itself, or with a PDF, on where the printed pages begin.

    An e-book without marks promises nothing. One that cannot be read is passed over: that has been said.
    """
    try:
        book = _Book(content)
        told = list(book.faults(tops))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError, RuntimeError):
        return
    for message in told:
        hint = "Build both books anew, in one go; if that does not help, please report it."
        yield finding("F907", Place(name), message.format(name=name), hint)


class _Book:
    """An EPUB's marks and list of printed pages."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            container = etree.fromstring(archive.read("META-INF/container.xml"))
            package = str(next(iter(container.iter("{*}rootfile"))).get("full-path"))
            tree = etree.fromstring(archive.read(package))
            folder = posixpath.dirname(package)
            files = {
                str(item.get("id")): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
                for item in tree.iterfind("{*}manifest/{*}item")
            }
            spine = [files[str(item.get("idref"))] for item in tree.iterfind("{*}spine/{*}itemref")]
            self._texts = [archive.read(file).decode() for file in spine]
            contents = [
                files[str(item.get("id"))]
                for item in tree.iterfind("{*}manifest/{*}item")
                if "nav" in (item.get("properties") or "").split()
            ]
            self.listed = [row for file in contents for row in _listed(file, archive.read(file))]
        self.marks = [
            mark
            for number, (file, text) in enumerate(zip(spine, self._texts, strict=True))
            for mark in _marks(number, file, text)
        ]

    def faults(self, tops: Mapping[str, Top]) -> Iterator[str]:
        """A sentence on everything that is wrong, with {name} where the file's name belongs."""
        yield from self._of_the_list()
        for mark in self.marks:
            top = tops.get(mark.label)
            if top is None:
                yield f"{mark.file} in {{name}} marks a page {mark.label}, which the PDF does not have."
            elif not _stands(mark, top):
                yield (
                    f"In {{name}}, page {mark.label} begins with “{_shown(mark.words)}”, "
                    f"and in the PDF with “{_shown(top.words)}”."
                )
        if not self.marks:
            return
        known = {mark.label for mark in self.marks}
        missing = {label: top for label, top in tops.items() if label not in known and top.words}
        letters = "".join(map(_plain, self._texts)) if missing else ""
        for label, top in missing.items():
            if _is_missed(top, letters):
                yield f"{{name}} does not mark page {label}, whose words it has: “{_shown(top.words)}”."

    def _of_the_list(self) -> Iterator[str]:
        """Whether the list names every mark, each by its own label, and in the order of reading."""
        places = {(mark.file, mark.ident): mark for mark in self.marks}
        last: _Mark | None = None
        for label, file, ident in self.listed:
            mark = places.get((file, ident))
            if mark is None or mark.label != label:
                yield f"The list of pages in {{name}} sends page {label} where no page {label} begins."
                continue
            if last is not None and mark.spot < last.spot:
                yield f"The list of pages in {{name}} has page {label} behind {last.label}, which follows it."
            last = mark
        named = {(file, ident) for _, file, ident in self.listed}
        for mark in self.marks:
            if (mark.file, mark.ident) not in named:
                yield f"The list of pages in {{name}} leaves out page {mark.label}."


def _listed(file: str, content: bytes) -> Iterator[tuple[str, str, str]]:
    """Label, file and id of every line in the list of pages."""
    tree = etree.fromstring(content)
    for nav in tree.iter("{http://www.w3.org/1999/xhtml}nav"):
        if nav.get("{http://www.idpf.org/2007/ops}type") != "page-list":
            continue
        for link in nav.iter("{http://www.w3.org/1999/xhtml}a"):
            target, _, ident = unquote(link.get("href", "")).partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(file), target)) if target else file
            yield "".join(map(str, link.itertext())).strip(), there, ident


def _marks(number: int, file: str, text: str) -> Iterator[_Mark]:
    body = text.find("<body")
    for found in _MARK.finditer(text):
        said = dict(_SAID.findall(found[0]))
        before = _words(_UNSEEN.sub(" ", text[max(body, found.start() - _NEARBY // 2) : found.start()]))
        yield _Mark(
            label=unescape(said.get("aria-label", "")),
            ident=unescape(said.get("id", "")),
            file=file,
            spot=(number, found.start()),
            words=_first_words(text[found.end() : found.end() + _NEARBY]),
            before="".join(before[-12:]),
            last=before[-1] if before else "",
        )


def _first_words(after: str) -> tuple[str, ...]:
    """The words behind a mark up to the end of their paragraph, as many as are compared."""
    for piece in _BLOCK.split(_UNSEEN.sub(" ", after)):
        words = _words(piece)
        if words:
            reach = accumulate(map(len, words))
            return tuple(
                word for word, far in zip(words, reach, strict=True) if far - len(word) < _COMPARED_LETTERS
            )
    return ()


def _words(source: str) -> list[str]:
    return words_of(unescape(_TAG.sub(" ", source))).split()


def _plain(text: str) -> str:
    return "".join(_words(_UNSEEN.sub(" ", text)))


def _shown(words: Sequence[str]) -> str:
    return f"{' '.join(words[:8])}…"


# ------------------------------------------------------------------------------------ what is compared


def _stands(mark: _Mark, top: Top) -> bool:
    """Whether the words behind a mark stand at the top of the page, below nothing but print's own."""
    if not mark.words:
        return False
    letters = "".join(top.words)[:TOP_LETTERS]
    start = _place_of(mark.words, letters)
    if start is None:
        return False
    above = letters[:start]
    if not above or not mark.before.endswith(above[-12:]):
        return True
    return len(above) < len(mark.last) and mark.last.endswith(above)  # the rest of a parted word


def _place_of(words: Sequence[str], letters: str) -> int | None:
    """Where the words first stand one behind the other, page numbers between them aside.

    All ways to read a row of digits are followed at once: a regular expression would try one after the
    other, and would never be done with a table of numbers.
    """
    for start in range(len(letters)):
        spots = {start}
        for place, word in enumerate(words):
            reached = _past_numbers(spots, letters) if place else spots
            spots = {spot + len(word) for spot in reached if letters.startswith(word, spot)}
            if not spots:
                break
        else:
            return start
    return None


def _past_numbers(spots: set[int], letters: str) -> set[int]:
    """The spots, and those behind page numbers, each with an abbreviation of up to four letters before it."""
    known, waiting = set(spots), list(spots)
    while waiting:
        begin = waiting.pop()
        for digits in range(begin, min(begin + 5, len(letters))):
            for end in range(digits, min(digits + 5, len(letters))):
                if not letters[end].isdecimal():
                    break
                if end + 1 not in known:
                    known.add(end + 1)
                    waiting.append(end + 1)
            if letters[digits].isdecimal():
                break
    return known


def _is_missed(top: Top, letters: str) -> bool:
    """Whether the e-book has the first words of a page; a film's may stand below some that only paper has."""
    starts = range(12) if top.among_films else range(1)
    return any(
        len(sought) >= _MISSED_LETTERS and sought in letters
        for start in starts
        if (sought := _enough(top.words[start:]))
    )


def _enough(words: Sequence[str]) -> str:
    taken = ""
    for word in words:
        if len(taken) >= _MISSED_LETTERS:
            break
        taken += word
    return taken
