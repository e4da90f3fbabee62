"""Which way paragraphs run: each by its own first letter, whatever the book around it does.

WeasyPrint and many reading systems leave `dir="auto"` aside, so which way is found out here and written down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from book.ebook import direction

_PIECE = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!.*?>"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][\w:-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|(?P<text>[^<]+)",
    re.DOTALL,
)
_BLOCK = re.compile("p|h[1-6]|[uod]l|li|d[dt]|blockquote|pre|table|caption|t[hd]|figcaption")
_EMPTY = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|wbr")
_OWN = re.compile(r"\sdir\s*=\s*[\"']?(\w+)", re.IGNORECASE)
_LEFTWARD = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]|&#"
)


@dataclass(slots=True)
class _Open:
    """An element that has begun: the place of its tag, and which way it runs as far as is known."""

    tag: str
    place: int
    way: str
    said: bool  # by an attribute of its own


def directed(html: str, base: str) -> str:
    """HTML or XHTML in which each block that runs another way than what is around it says so.

    `base` is rtl or ltr: which way the text around it runs. A paragraph that runs leftward says so in any
    case, for style sheets. Elements that have said it already stay, and their letters decide for them alone.
    """
    if base == "ltr" and not _LEFTWARD.search(html):
        return html
    pieces: list[str] = []
    opened: list[_Open] = []
    for found in _PIECE.finditer(html):
        pieces.append(found[0])
        tag = (found["tag"] or "").lower()
        if found["text"]:
            _decide(opened, direction(unescape(found["text"])))
        elif tag and found["close"]:
            while opened and opened[-1].tag != tag:
                opened.pop()
            if opened:
                _settle(opened, base, pieces)
        elif tag and not _EMPTY.fullmatch(tag) and not found["rest"].rstrip().endswith("/"):
            own = _OWN.search(found["rest"])
            opened.append(_Open(tag, len(pieces) - 1, own[1] if own else "", own is not None))
    return "".join(pieces)


def _decide(opened: list[_Open], way: str) -> None:
    """Let a text decide for all around it that nothing has decided for yet."""
    if not way:
        return
    for element in reversed(opened):
        if element.said:
            return
        element.way = element.way or way


def _settle(opened: list[_Open], base: str, pieces: list[str]) -> None:
    """Close the innermost element, and write down which way it runs where that has to be said."""
    element = opened.pop()
    if element.said or not element.way or not _BLOCK.fullmatch(element.tag):
        return
    around = next((each.way for each in reversed(opened) if each.way and _decides(each)), base)
    if element.way != around or (element.tag == "p" and element.way == "rtl"):
        begin = pieces[element.place]
        name = 1 + len(element.tag)
        pieces[element.place] = f'{begin[:name]} dir="{element.way}"{begin[name:]}'


def _decides(element: _Open) -> bool:
    return element.said or _BLOCK.fullmatch(element.tag) is not None
