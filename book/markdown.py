"""How Markdown is parsed here, and made safe: a foundation of prose, which shows it.

Parsers are kept by language. What they make is settled before it is shown: headings move to their level,
ids get a prefix, and links, pictures and attributes that are not safe lose their effect, never their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from book.film_links import OWN_TITLE, SCHEME
from book.quotes import typeset_pieces

ATTRIBUTES = ("class", "id", "lang", "dir")  # what a writer may set in {.class #id lang=fr}

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_RESERVED = frozenset({"slot"})  # a class by which page numbers are found when the book is bound
_FILM = re.compile(rf"{SCHEME}[a-z0-9]+(-[a-z0-9]+)*")
_HOST = re.compile(r"[\w.-]+(:\d+)?")
_MOST_COLUMNS, _LONGEST_CELL_WORD = 6, 24  # of a table that stands on any page as it is
_MOST_BRACKETS = 5_000  # in one paragraph; the time to pair them grows with their square


def clean(text: str) -> str:
    """The text without the control characters and broken halves of characters that XML forbids."""
    return NOT_XML.sub("", text)


def tame(text: str) -> str:
    """A clean text; the brackets of a paragraph made of little else are escaped, or it would take hours."""
    text = clean(text)
    if text.count("[") <= _MOST_BRACKETS:
        return text
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        each.replace("[", "\\[") if each.count("[") > _MOST_BRACKETS else each for each in paragraphs
    )


# --------------------------------------------------------------------------------------- what is safe


def safe_link(href: str) -> bool:
    """Whether a link leads to the web or to a letter box, and is a whole address."""
    try:
        parts = urlsplit(href)
    except ValueError:  # an address such as http://[
        return False
    if parts.scheme in {"http", "https"}:
        return _HOST.fullmatch(parts.netloc.rpartition("@")[2]) is not None and not re.search(r"\s", href)
    return parts.scheme == "mailto" and "@" in parts.path


def safe_picture(src: str) -> bool:
    """Whether a picture is a file within the project, as far as its name tells.

    A source names a file, not an address: a # or a ? in it belongs to the name.
    """
    path = unquote(src)
    within = ".." not in path.split("/") and not path.startswith("/")
    return bool(path) and within and not re.search(r"[\\:\x00-\x1f]", path)


# ------------------------------------------------------------------------------------- the parsers


@lru_cache(maxsize=64)
def parser_of(language: str) -> MarkdownIt:
    """For texts: blocks, notes, attributes, typographer's quotes."""
    parser = _bare()
    _notes(parser)
    attrs_plugin(parser, spans=True, allowed=ATTRIBUTES)
    attrs_block_plugin(parser, allowed=ATTRIBUTES)
    # Quotes are set last, so that notes have been put into their order.
    parser.core.ruler.push("typeset", lambda state: _typeset(state, language))
    return parser


@lru_cache(maxsize=64)
def line_parser_of(language: str) -> MarkdownIt:
    """For a line of words within a text of ours."""
    parser = _bare().disable("image")
    parser.core.ruler.push("typeset", lambda state: _typeset(state, language))
    return parser


@lru_cache(maxsize=1)
def raw_parser() -> MarkdownIt:
    """Reads raw HTML as such, in order to find it. Nothing that it reads is ever shown."""
    parser = _bare(html=True)
    footnote_plugin(parser)
    attrs_plugin(parser, spans=True, allowed=ATTRIBUTES)
    attrs_block_plugin(parser, allowed=ATTRIBUTES)
    return parser


def _bare(*, html: bool = False) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html, "xhtmlOut": True})
    parser.enable("table")
    # Links are judged when the text is settled: an unsafe one keeps its words and loses its target.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _typeset(state: StateCore, language: str) -> None:
    """Curl the quotes of every paragraph, and close up lines of Chinese and Japanese."""
    for token in state.tokens:
        children = token.children if token.type == "inline" else None
        if not children:
            continue
        own = [_is_prose(child, before) for before, child in zip([None, *children], children, strict=False)]
        pieces = [_piece(child, mine) for child, mine in zip(children, own, strict=True)]
        set_pieces = typeset_pieces(pieces, language)
        for child, mine, piece in zip(children, own, set_pieces, strict=True):
            if mine:
                child.content = piece
        if language[:2] in {"ja", "zh"}:
            for left, child, right in zip(children, children[1:], children[2:], strict=False):
                if child.type == "softbreak" and left.content[-1:] > "⺀" and right.content[:1] > "⺀":
                    child.type, child.content = "text", ""


def _is_prose(child: Token, before: Token | None) -> bool:
    """Whether these are words; an address in angle brackets is printed as it is typed."""
    return child.type == "text" and not (before and before.markup == "autolink")


def _piece(child: Token, prose: bool) -> str:
    if prose:
        return child.content
    if child.type in {"softbreak", "hardbreak"}:
        return " "
    return "\ufffc" if child.nesting == 0 else ""  # a picture, code or a note stands like a letter


def seen(child: Token) -> str:
    """What of a token within a line a reader sees."""
    match child.type:
        case "text" | "code_inline" | "text_special":
            return child.content
        case "softbreak" | "hardbreak":
            return " "
        case "footnote_ref":
            return _number(child)
    return ""


# -------------------------------------------------------------------------------------- settling


def settled(tokens: list[Token], top: int, prefix: str) -> list[Token]:
    """The tokens with headings moved and ids prefixed, and with what is not safe taken out."""
    levels = _levels([int(token.tag[1]) for token in tokens if token.type == "heading_open"], top)
    known = {str(token.attrs["id"]) for token in each_token(tokens) if "id" in token.attrs}
    given: set[str] = set()
    for place, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{levels[0] if token.nesting > 0 else levels.pop(0)}"
        elif token.type == "table_open" and _is_wide(tokens, place):
            token.attrs["class"] = "wide"
        elif token.type == "th_open" and tokens[place + 1].content.strip():
            token.attrs["scope"] = "col"
        elif token.type == "th_open":  # a heading of nothing is none
            token.tag = tokens[place + 2].tag = "td"
        _limit(token, prefix, given)
        if token.children:
            token.children = list(_settled_line(token.children, known, prefix, given))
    return tokens


def _is_wide(tokens: Sequence[Token], place: int) -> bool:
    """Whether the table that begins there wants more than a page's width: in columns, or in one word."""
    columns = 0
    for token in tokens[place:]:
        columns += token.type == "th_open"
        if token.type == "table_close":
            break
        if token.type == "inline" and any(len(word) > _LONGEST_CELL_WORD for word in token.content.split()):
            return True
    return columns > _MOST_COLUMNS


def _levels(typed: Sequence[int], top: int) -> list[int]:
    """The levels of headings moved to begin at `top`; none leaves out the level between it and the last."""
    shift, last = top - min(typed, default=top), top - 1
    levels = []
    for level in typed:
        last = min(max(level + shift, 1), last + 1, 6)
        levels.append(last)
    return levels


def _settled_line(
    children: Sequence[Token], known: set[str], prefix: str, given: set[str]
) -> Iterator[Token]:
    kept: list[bool] = []  # of each link that is open
    for child in children:
        if child.type == "link_close" and kept and not kept.pop():
            continue
        _limit(child, prefix, given)
        if child.type == "link_open":
            href = str(child.attrs.get("href", ""))
            kept.append(leads_somewhere(href, known) or _FILM.fullmatch(href) is not None)
            if not kept[-1]:
                continue
            if href.startswith(SCHEME):
                own = " title" if child.attrs.get("title") == OWN_TITLE else ""
                child.attrs = {"href": href, "class": f"film{own}"}
            if href.startswith("#"):
                child.attrs["href"] = f"#{prefix}w-{href[1:]}"
        elif child.type == "image" and not safe_picture(str(child.attrs.get("src", ""))):
            words = Token("text", "", 0, content=alt_of(child))
            yield words
            continue
        elif child.type == "image":
            child.attrs["src"] = quote(unquote(str(child.attrs["src"])))
        yield child


def leads_somewhere(href: str, known: set[str]) -> bool:
    """Whether a link can be kept: out into the web, or to an id among those known."""
    return href[1:] in known if href.startswith("#") else safe_link(href)


def _limit(token: Token, prefix: str, given: set[str]) -> None:
    """Keep what may stay of the attributes; a table's alignment becomes a class that themes can reach."""
    attrs = token.attrs
    if not attrs:
        return
    if "style" in attrs:
        attrs["class"] = (
            f"{attrs.get('class', '')} align-{str(attrs.pop('style')).rpartition(':')[2]}".strip()
        )
    if "class" in attrs and token.type != "fence":
        words = str(attrs["class"]).split()
        attrs["class"] = " ".join(word for word in words if _NAME.fullmatch(word) and word not in _RESERVED)
    if "id" in attrs:
        name = str(attrs["id"])
        if _NAME.fullmatch(name) and name not in given:
            given.add(name)
            attrs["id"] = f"{prefix}w-{name}"
        else:
            del attrs["id"]
    if not _TAG.fullmatch(str(attrs.get("lang", "en"))):
        del attrs["lang"]
    if attrs.get("dir", "ltr") not in {"ltr", "rtl", "auto"}:
        del attrs["dir"]
    if attrs.get("class") == "":
        del attrs["class"]


def each_token(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens and those within them."""
    for token in tokens:
        yield token
        yield from token.children or ()


def alt_of(image: Token) -> str:
    """What is read out in place of a picture."""
    return "".join(map(seen, image.children or ())) or image.content


# ------------------------------------------------------------------------------------- footnotes


def _notes(parser: MarkdownIt) -> None:
    """Footnotes in the words of digital publishing, numbered without brackets, ids under the prefix."""
    footnote_plugin(parser)
    parser.add_render_rule("footnote_ref", _note_ref)
    parser.add_render_rule("footnote_block_open", _notes_open)
    parser.add_render_rule("footnote_block_close", _notes_close)
    parser.add_render_rule("footnote_open", _note_open)
    parser.add_render_rule("footnote_anchor", _note_back)


def _note_ref(_: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    number, back = _number(tokens[idx]), _ref_id(tokens[idx], env)
    link = f'<a href="#{env.get("prefix", "")}note-{number}" id="{back}" role="doc-noteref">{number}</a>'
    return f'<sup class="footnote-ref">{link}</sup>'


def _notes_open(_: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return '<section class="footnotes" role="doc-endnotes">\n<ol>\n'


def _notes_close(_: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return "</ol>\n</section>\n"


def _note_open(_: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f'<li id="{env.get("prefix", "")}note-{_number(tokens[idx])}" class="footnote">'


def _note_back(_: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    back = _ref_id(tokens[idx], env)
    return f' <a href="#{back}" class="footnote-back" role="doc-backlink">↑</a>'


def _ref_id(token: Token, env: Any) -> str:
    again = token.meta.get("subId", 0)
    return f"{env.get('prefix', '')}noteref-{_number(token)}{f'-{again}' if again else ''}"


def _number(token: Token) -> str:
    return str(token.meta["id"] + 1)
