"""What every part of the e-book shares: documents, file names, contents, and text that XML can carry."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import langcodes
from markupsafe import Markup, escape

from book.model import Zone

LONGEST_STEM = 72
"""Letters of a file name before its suffix: old readers unpack a book into folders with short limits."""


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML file of the e-book, in spine order.

    `depth` is its level in the contents: 1, 2, or 0 for a document that the contents leave out.
    `linear` is False for what a reader reaches by a link only; `in_spine` is False for contents that
    the guide does not print and that only the reader's own menu shows. `part` is the part of the printed
    book that has the same words (see PrintedPage), and `breaks` are the labels of pages that begin here.
    """

    name: str
    title: str
    xhtml: str
    zone: Zone
    depth: int = 0
    landmark: str = ""
    linear: bool = True
    in_spine: bool = True
    properties: tuple[str, ...] = ()
    part: str = ""
    breaks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it goes into the e-book: its file name there, media type and bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents with the lines below it."""

    title: str
    name: str
    below: tuple[Line, ...] = ()


def contents(documents: Iterable[Document]) -> tuple[Line, ...]:
    """The contents in two levels: what stands at depth 2 goes below the last line of depth 1."""
    lines: list[tuple[Document, list[Line]]] = []
    for document in documents:
        if document.depth == 2 and lines:
            lines[-1][1].append(Line(document.title, document.name))
        elif document.depth:
            lines.append((document, []))
    return tuple(Line(head.title, head.name, tuple(below)) for head, below in lines)


def file_stems(slugs: Iterable[str]) -> Mapping[str, str]:
    """A file name without suffix for each slug: a to z, digits and hyphens, short, none twice.

    A slug that is fit already keeps its name, so that links from outside go on working; one that had
    to be changed ends in letters made from the whole of it.
    """
    stems: dict[str, str] = {}
    for slug in dict.fromkeys(slugs):
        bare = unicodedata.normalize("NFKD", slug).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
        if stem != slug or len(stem) > LONGEST_STEM:
            mark = hashlib.sha256(slug.encode("utf-8", "replace")).hexdigest()[:8]
            stem = f"{stem[: LONGEST_STEM - 9].rstrip('-')}-{mark}".lstrip("-")
        stems[slug] = stem
    return stems


_UNFIT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")


def fit_for_xml(text: str) -> str:
    """The text without the characters that no XML file may hold, or that HTML calls an error."""
    return _UNFIT.sub("", text)


def direction(text: str) -> str:
    """Which way the text runs by its first letter that runs any way: rtl, ltr, or empty for neither."""
    for character in text:
        way = unicodedata.bidirectional(character)
        if way in {"R", "AL"}:
            return "rtl"
        if way == "L":
            return "ltr"
    return ""


def isolate(text: str, base: str) -> Markup:
    """The text, marked where it runs the other way than the `base` around it."""
    way = direction(text)
    return Markup('<span dir="{}">{}</span>').format(way, text) if way and way != base else escape(text)


def spoken(text: str, language: str, base: str) -> Markup:
    """The text in an element that says its language and, where it differs from `base`, its direction.

    A title in Latin letters of a language that has a script of its own is said to be a transliteration.
    """
    marks = Markup("")
    if langcodes.tag_is_valid(language):
        tag = langcodes.Language.get(language)
        latin = any(unicodedata.name(c, "").startswith("LATIN") for c in text)
        if latin and not tag.script and tag.maximize().script != "Latn":
            tag = tag.update_dict({"script": "Latn"})
        marks = Markup(' lang="{0}" xml:lang="{0}"').format(tag.to_tag())
    way = direction(text)
    if way and way != base:
        marks += Markup(' dir="{}"').format(way)
    return Markup("<span{}>{}</span>").format(marks, text)


def web_address(address: str) -> str:
    """The address as a link may hold it, or the empty string when it is none for the web or for mail.

    A user name in it is left out: nobody means to print one.
    """
    plain = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", fit_for_xml(address).strip())
    try:
        parts = urlsplit(plain)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme == "mailto" and re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"]+", parts.path):
        return quote(plain, safe="%/:=&?~#+!$,;'@()*-._")
    if parts.scheme not in {"http", "https"}:
        return ""
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", host):
        return ""
    where = quote(parts.path, safe="%/:=&~+!$,;'@()*-._")
    question = f"?{quote(parts.query, safe='%/:=&?~+!$,;@()*-._')}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe='%/:=&?~+!$,;@()*-._')}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{where}{question}{fragment}"


def chunks(sizes: Sequence[int], most: int) -> tuple[range, ...]:
    """Neighbours taken together while their sizes add up to `most` or less; a large one stands alone."""
    cuts, total = [0], 0
    for place, size in enumerate(sizes):
        if total and total + size > most:
            cuts.append(place)
            total = 0
        total += size
    return tuple(range(a, b) for a, b in zip(cuts, [*cuts[1:], len(sizes)], strict=True) if b > a)
