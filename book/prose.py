"""Markdown -> HTML that is safe and well-formed XML, and -> the plain text that a reader sees.

A foundation: whatever shows a writer's words goes through here. Raw HTML is never passed on; it comes
out as the signs that were typed, and check_text says where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from markdown_it.token import Token

from book.findings import finding
from book.lists import Characters, Event, Figure, Timeline, events, figures
from book.markdown import (
    NOT_XML,
    alt_of,
    clean,
    each_token,
    leads_somewhere,
    line_parser_of,
    parser_of,
    raw_parser,
    safe_link,
    safe_picture,
    seen,
    settled,
    tame,
)
from book.model import Finding, Place
from book.quotes import typeset

__all__ = [
    "Characters", "Event", "Figure", "Timeline", "check_text", "clean", "events", "figures", "inline_html",
    "named_pictures", "pictures", "safe_link", "safe_picture", "title_html", "to_html", "to_text",
]  # fmt: skip

LONGEST_WORD = 2_000
LONGEST_PARAGRAPH = 50_000  # some twenty pages
# Scripts without spaces between words, from Thai to Khmer and in the Far East, break almost anywhere.
_ENDLESS_WORD = re.compile(rf"[!-~\u00a0-\u0dff\u1e00-\u1fff]{{{LONGEST_WORD + 1},}}")
_BETWEEN_WORDS = re.compile(r"(?<=\w)\*(?=\w)")


# ---------------------------------------------------------------------------------- what is shown


def to_html(text: str, *, language: str = "en", top: int = 3, prefix: str = "") -> str:
    """A text as XHTML: well-formed, void elements closed, no raw HTML, nothing that runs.

    The highest heading in it becomes h{top}, the others follow. Every id begins with `prefix`, so that
    the texts of many films can stand in one document. `language` is a BCP 47 tag.
    """
    parser = parser_of(language)
    env: dict[str, Any] = {"prefix": prefix}
    tokens = settled(parser.parse(tame(text), env), top, prefix)
    return str(parser.renderer.render(tokens, parser.options, env))


def to_text(text: str, language: str = "en") -> str:
    r"""What a reader sees of a text, without marks of any kind; paragraphs and cells end in "\n".

    The numbers of footnotes stand where they are printed, the notes themselves at the end.
    """
    lines: list[str] = []
    for token in settled(parser_of(language).parse(tame(text), {}), 1, ""):
        if token.type == "inline":
            lines.append(re.sub(r"[ \t]+", " ", "".join(map(seen, token.children or ()))).strip())
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.rstrip("\n"))
    return "\n".join(line for line in lines if line)


def title_html(text: str) -> str:
    """A title or a name, escaped and otherwise letter for letter as it is given."""
    return escape(clean(text))


def inline_html(text: str, language: str = "en") -> str:
    """A reason, an event or another line of words: emphasis, code and links are set, quotes are curled.

    Asterisks between letters are letters of a name (M*A*S*H). Blocks, pictures and notes are not made.
    """
    line = _BETWEEN_WORDS.sub(r"\\*", tame(text))
    if not re.search(r"[*_`\[\\&<]", line):
        return escape(typeset(line, language))
    parser = line_parser_of(language)
    tokens = settled(parser.parseInline(line, {}), 1, "")
    return str(parser.renderer.render(tokens, parser.options, {}))


def pictures(text: str) -> tuple[tuple[str, str], ...]:
    """The pictures that a text shows: file relative to the project, and its alt text."""
    return tuple((file, alt) for file, alt in named_pictures(text) if safe_picture(quote(file)))


def named_pictures(text: str) -> tuple[tuple[str, str], ...]:
    """The same with the pictures that are not shown, because they are no files of the project."""
    if "![" not in text:
        return ()
    tokens = parser_of("en").parse(tame(text), {})
    images = [child for token in tokens for child in token.children or () if child.type == "image"]
    return tuple((unquote(str(image.attrs.get("src", ""))), alt_of(image)) for image in images)


# --------------------------------------------------------------------------------------- what is wrong


def check_text(text: str, *, file: str, line: int = 1) -> tuple[Finding, ...]:
    """What will not be printed as it was meant. `line` is the file's line that the text begins on."""
    findings = [
        finding(
            "F603",
            Place(file, line + text.count("\n", 0, match.start())),
            f"There is a control character here (U+{ord(match.group()):04X}) that nobody can see.",
            "Delete it; it was probably pasted in from somewhere.",
        )
        for match in list(NOT_XML.finditer(text))[:3]
    ]
    if "<" in text or "](" in text or "]:" in text or "[^" in text:
        findings += _markup_findings(tame(text), file, line)
    if len(text) > LONGEST_WORD:
        findings += _endless(text, file, line)
    return tuple(findings)


def _endless(text: str, file: str, line: int) -> Iterator[Finding]:
    """Words and paragraphs that no page ends: the time to set one grows with the square of its length."""
    for match in _ENDLESS_WORD.finditer(text):
        where = Place(file, line + text.count("\n", 0, match.start()))
        message = f"A word of {len(match[0]):,} characters stands here: {match[0][:40]}…"
        yield finding("F605", where, message, "Take it out; it is probably a file that was pasted in.")
    if len(text) > LONGEST_PARAGRAPH:
        blocks: list[Token] = []
        parser = raw_parser()
        parser.block.parse(tame(text), parser, {}, blocks)
        lines = text.split("\n")
        for token in blocks:
            start, end = token.map or (0, 0)
            if token.type == "inline" and len(token.content) > LONGEST_PARAGRAPH:
                where = Place(file, line + start)
                message = f"A paragraph of {len(' '.join(lines[start:end])):,} characters begins here."
                yield finding("F605", where, message, "Part it into paragraphs with blank lines.")


def _markup_findings(text: str, file: str, line: int) -> Iterator[Finding]:
    env: dict[str, Any] = {}
    tokens = raw_parser().parse(text, env)
    known = {str(each.attrs["id"]) for each in each_token(tokens) if "id" in each.attrs}
    for token in tokens:
        start = line + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            yield _raw_html(token.content, Place(file, start))
        at, line_at = 0, start  # how far the words have been followed, and on which line that is
        for child in token.children or ():
            sought = child.content if child.type == "html_inline" else "\n"
            if child.type in {"html_inline", "softbreak", "hardbreak"}:
                found = token.content.find(sought, at)
                line_at += token.content.count("\n", at, found)
                if child.type == "html_inline":
                    yield _raw_html(child.content, Place(file, line_at))
                line_at += sought.count("\n")
                at = max(found, at) + len(sought)
            elif child.type == "link_open":
                yield from _unsafe(child, known, Place(file, line_at))
    for label, note in env.get("footnotes", {}).get("refs", {}).items():
        if note == -1:
            at = text.find(f"[{label.removeprefix(':')}]:".replace("[", "[^", 1))
            yield finding(
                "F604",
                Place(file, line + text.count("\n", 0, max(at, 0))),
                f"The note [^{label.removeprefix(':')}] is written but no text points to it.",
                "Put the same sign into the text of this section, or take the note out.",
            )


def _raw_html(tag: str, where: Place) -> Finding:
    shown = tag.strip().split("\n")[0]
    shown = shown if len(shown) <= 40 else f"{shown[:39]}…"
    return finding(
        "F601",
        where,
        f"{shown} is HTML, which is printed sign by sign and does nothing.",
        "Say it in Markdown, e.g. *italics* or [a link](https://example.org).",
    )


def _unsafe(token: Token, known: set[str], where: Place) -> Iterator[Finding]:
    href = str(token.attrs.get("href", ""))
    if not leads_somewhere(href, known):
        yield finding(
            "F602",
            where,
            f"The link to {unquote(href) or 'nowhere'} does not lead out of a book; only its words are kept.",
            "Write a whole address that begins with https://.",
        )
