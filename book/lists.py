"""The two lists of an entry that are set in a way of their own: the timeline and the characters.

What does not have the shape of an event or of a character is kept as it stands: before the list, after
it, or as a line without a time or a name. Nothing that a writer typed is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a timeline: the time in the film, the story's own time (both may be empty), and Markdown."""

    at: str
    story: str
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The first list of a text as events, with the Markdown before and after it."""

    before: str
    events: tuple[Event, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A character, who plays it, and what is said of it in Markdown; an empty name is a plain line."""

    name: str
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Characters:
    """The figures of a text, with the Markdown before and after them."""

    before: str
    figures: tuple[Figure, ...]
    after: str


_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?|\d{1,3}\s?(?:min|m|h|’|')\.?(?:\s?\d\d?\s?(?:min|m)?\.?)?"
_TIME = rf"(?:[~≈]\s?|c\.\s?|ca\.\s?)?(?:{_CLOCK})"
_SPAN = rf"{_TIME}(?:\s?[-–—]\s?{_TIME})?"
_STORY = r"(?:\s*\[(?P<story>[^\]\n]*)\](?!\())?"
_BARRED = re.compile(rf"(?P<at>[^|\[\n]{{0,40}}?){_STORY}\s*\|\s*(?P<text>.+)", re.DOTALL)
_DASHED = re.compile(rf"(?P<at>{_SPAN}){_STORY}\s*(?:[–—]|\s-|:(?=\s))\s*(?P<text>.+)", re.DOTALL)

_FIGURE = re.compile(
    r"(?P<name>[^:\n()]{1,120}?(?:\([^()\n]*\)[^:\n()]*?)??)\s*(?:\((?P<actor>[^()\n]*)\))?\**\s*"
    r"(?::(?=\s|\*|$)|\s[–—-]\s)\**\s*(?P<text>.*)",
    re.DOTALL,
)
_NAMED = re.compile(r"(?P<name>.+?)\s*(?:\((?P<actor>[^()]*)\))?\s*")


def events(body: str) -> Timeline:
    """A timeline's list: "- 0:12 | event", "- 1:40 [1968] | event", or a dash in place of the bar.

    Only the first list is read; where more follow, ask again with `after`.
    """
    lines = body.split("\n")
    found = _first_list(lines)
    if found is None:
        return Timeline(body.strip("\n"), (), "")
    start, end, items = found
    return Timeline(_join(lines[:start]), tuple(map(_event, items)), _join(lines[end:]))


def figures(body: str) -> Characters:
    """The characters, given as a list "Name (actor): …" or under headings "### Name (actor)"."""
    lines = body.split("\n")
    heads = _heads(lines)
    found = _first_list(lines)
    if heads and (found is None or heads[0][0] < found[0]):
        starts = [line for line, _, _ in heads] + [len(lines)]
        people = tuple(
            _named(name, _join(lines[after:until]))
            for (_, after, name), until in zip(heads, starts[1:], strict=True)
        )
        return Characters(_join(lines[: starts[0]]), people, "")
    if found is None:
        return Characters(body.strip("\n"), (), "")
    start, end, items = found
    return Characters(_join(lines[:start]), tuple(map(_figure, items)), _join(lines[end:]))


@lru_cache(maxsize=1)
def _blocks() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _tokens(lines: list[str]) -> list[Token]:
    """The blocks of a text; words within them are not read."""
    parser = _blocks()
    tokens: list[Token] = []
    parser.block.parse("\n".join(lines).replace("\x00", "\ufffd"), parser, {}, tokens)
    return tokens


def _first_list(lines: list[str]) -> tuple[int, int, list[str]] | None:
    """Where the first bullet list begins and ends, in lines from 0, and its items without their bullets."""
    tokens = _tokens(lines)
    opening = next((i for i, token in enumerate(tokens) if _opens_list(token)), None)
    if opening is None or tokens[opening].map is None:
        return None
    start, end = tokens[opening].map or (0, 0)
    spans = []
    for token in tokens[opening:]:
        if token.type == "bullet_list_close" and token.level == 0:
            break
        if token.type == "list_item_open" and token.level == 1 and token.map:
            spans.append(token.map[0])
    spans.append(end)
    items = [_unbulleted(lines[a:b]) for a, b in pairwise(spans)]
    return start, end, items


def _opens_list(token: Token) -> bool:
    return token.type == "bullet_list_open" and token.level == 0


def _unbulleted(lines: list[str]) -> str:
    """An item's Markdown: the bullet gone, and the lines beneath it moved left by its width."""
    bullet = re.match(r"[ \t]*[-*+](?:[ \t]{1,4}|$)", lines[0])
    width = bullet.end() if bullet else 0
    rest = (line[min(width, len(line) - len(line.lstrip(" \t"))) :] for line in lines[1:])
    return "\n".join([lines[0][width:], *rest]).strip()


def _event(item: str) -> Event:
    match = _BARRED.fullmatch(item) or _DASHED.fullmatch(item)
    if match is None:
        return Event("", "", item)
    return Event(match["at"].strip(), (match["story"] or "").strip(), match["text"].strip())


def _figure(item: str) -> Figure:
    match = _FIGURE.fullmatch(item)
    if match is None:
        return Figure("", "", item)
    return Figure(match["name"].strip(" *_"), (match["actor"] or "").strip(), match["text"].strip())


def _heads(lines: list[str]) -> list[tuple[int, int, str]]:
    """The headings of the highest level there is: their line, the line after, their words."""
    tokens = _tokens(lines)
    heads = [
        (token.tag, token.map[0], token.map[1], tokens[i + 1].content)
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    highest = min((tag for tag, _, _, _ in heads), default="")
    return [(start, end, words) for tag, start, end, words in heads if tag == highest]


def _named(heading: str, text: str) -> Figure:
    match = _NAMED.fullmatch(heading)
    name = match["name"] if match else heading
    return Figure(name.strip(" *_"), (match["actor"] or "").strip() if match else "", text)


def _join(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")
