"""The YAML between two --- marks: read into nodes that know their lines, and written back.

YAML decides nothing here but the shape. A scalar is the text that the writer typed: 1917 is no number,
NO (the country) no truth value, and 1:40 not a hundred. What a text means, its key decides later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 12  # lists in lists in lists: an entry needs four

# Line breaks to YAML 1.1 but not to an editor, and what libyaml refuses; a space keeps every place.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it was typed; `plain` without quotation marks.

    Here and below `line` counts from 1 through the file, and `stop` is where the node's last sign ends,
    in characters from the first line between the marks.
    """

    text: str
    plain: bool
    line: int
    stop: int = 0

    @property
    def absent(self) -> bool:
        """Whether the writer left the value open."""
        return self.plain and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping in the writer's order; a key that stands twice is here twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    stop: int = 0


Node = Scalar | Items | Pairs


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of a top-level key and its value, from 0 for the first between the marks, `end` excluded.

    `tail` is what follows the value on its last line: spaces and a comment, or nothing.
    """

    key: str
    start: int
    end: int
    tail: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the front matter that is not what it seems; `fatal` when nothing could be read."""

    line: int
    message: str
    hint: str
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the marks. `block` is False for a mapping in braces: its keys share lines."""

    root: Pairs
    spans: tuple[Span, ...]
    troubles: tuple[Trouble, ...]
    block: bool = True


EMPTY = FrontMatter(Pairs((), 1), (), ())


def split(lines: Sequence[str]) -> tuple[int, int] | Trouble:
    """Where the front matter ends and the text begins, in lines from 0: (closing mark, first of the text).

    The lines come without their ends, and without a byte order mark.
    """
    if not lines or lines[0].rstrip() != "---":
        first = next((number for number, line in enumerate(lines, 1) if line.strip()), 1)
        if lines and lines[0].rstrip() == "+++":
            return Trouble(1, "The facts stand between +++ marks.", "Write them in YAML, between --- marks.")
        return Trouble(
            first, "The entry does not begin with ---.", "Put --- above the facts and --- below them."
        )
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in {"---", "..."}:
            return number, number + 1
    return Trouble(
        1, "The front matter has no end: the second --- is missing.", "Put --- below the last fact."
    )


def parse(lines: Sequence[str], first_line: int = 2) -> FrontMatter:
    """The nodes of the lines between the marks; `first_line` is the file's line of the first of them."""
    text = _ODD.sub(" ", "\n".join(lines) + "\n")
    troubles: list[Trouble] = []
    try:
        root, block = _tree(text, first_line, troubles)
    except yaml.MarkedYAMLError as error:
        return FrontMatter(EMPTY.root, (), (_cannot_read(error, lines, first_line),))
    if isinstance(root, Scalar) and root.absent:
        root = EMPTY.root
    if not isinstance(root, Pairs):
        line = root.line if root else first_line
        trouble = Trouble(line, "This is not a fact with a name.", "Write one fact a line, e.g. year: 1995")
        return FrontMatter(EMPTY.root, (), (*troubles, trouble))
    return FrontMatter(root, _spans(root, text, first_line) if block else (), tuple(troubles), block)


def _tree(text: str, first_line: int, troubles: list[Trouble]) -> tuple[Node | None, bool]:
    """The root node, and whether it is written one key a line.

    Built from events without recursion, so that no depth exhausts the stack; aliases are not followed,
    so that no small file grows into a large value.
    """
    opened: list[tuple[Any, list[Node]]] = []  # the event that opened a node, and what it holds so far
    root: Node = Pairs((), first_line)
    block = True
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    for event in events:
        line, end = event.start_mark.line + first_line, event.end_mark.index
        node: Node
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(opened) == DEEPEST:
                    troubles.append(
                        Trouble(line, "Lists stand in lists here, too deep to mean anything.", "")
                    )
                    return EMPTY.root, False
                troubles.extend(_swallowed(event, line))
                block = block if opened else not event.flow_style
                opened.append((event, []))
                continue
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                start, held = opened.pop()
                line = start.start_mark.line + first_line
                last = max((each.stop for each in held), default=start.end_mark.index)
                stop = end if start.flow_style else last
                if isinstance(event, yaml.SequenceEndEvent):
                    node = Items(tuple(held), line, stop)
                else:
                    node = Pairs(tuple(_paired(held)), line, stop)
            case yaml.ScalarEvent():
                troubles.extend(_swallowed(event, line))
                node = Scalar(event.value, not event.style, line, end)
            case yaml.AliasEvent():
                troubles.append(_sign("*", line))
                node = Scalar("", True, line, end)
            case _:
                continue
        if opened:
            opened[-1][1].append(node)
        else:
            root = node
    return root, block


def _paired(held: Sequence[Node]) -> Iterator[tuple[Scalar, Node]]:
    for key, value in zip(held[::2], held[1::2], strict=True):
        yield (key if isinstance(key, Scalar) else Scalar(shown(key), False, key.line, key.stop)), value


def shown(node: Node) -> str:
    """A node in one line, to be quoted in a sentence."""
    match node:
        case Scalar(text=text):
            return text
        case Items(items=items):
            return f"[{', '.join(map(shown, items))}]"
        case Pairs(pairs=pairs):
            return f"{{{', '.join(f'{shown(key)}: {shown(value)}' for key, value in pairs)}}}"


def _swallowed(event: Any, line: int) -> Iterator[Trouble]:
    """YAML takes a word after & or ! for a name or a type, and the writer's word would be gone."""
    if event.anchor:
        yield _sign("&", line)
    if event.tag:
        yield _sign("!", line)


def _sign(sign: str, line: int) -> Trouble:
    return Trouble(
        line,
        f"A value begins with {sign}, which means something else to YAML.",
        f'Put the value in quotation marks, e.g. title: "{sign}batteries not included"',
        fatal=False,
    )


def _spans(root: Pairs, text: str, first_line: int) -> tuple[Span, ...]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    spans = []
    for key, value in root.pairs:
        stop = max(key.stop, value.stop)
        end = bisect_right(starts, stop)
        if starts[end - 1] == stop:  # a folded or literal text ends where the next line begins
            end -= 1
        tail = text[stop : starts[end] - 1] if end < len(starts) and starts[end - 1] < stop else ""
        spans.append(Span(key.text, key.line - first_line, end, tail if tail.lstrip()[:1] == "#" else ""))
    return tuple(spans)


def _cannot_read(error: yaml.MarkedYAMLError, lines: Sequence[str], first_line: int) -> Trouble:
    """What a writer should look at, told from the line where YAML gave up."""
    # A quotation mark or a key that is never finished is known by where it began; other faults by where
    # they were met.
    unfinished = isinstance(error, yaml.scanner.ScannerError) and error.context_mark is not None
    mark = error.context_mark if unfinished else error.problem_mark or error.context_mark
    number = min(mark.line if mark else 0, max(len(lines) - 1, 0))
    if not lines:
        return Trouble(first_line, "The front matter cannot be read.", "")
    line = lines[number]
    while not line.strip() and number:
        number -= 1
        line = lines[number]
    # A tab at the beginning of a line is noticed late: YAML first takes the line for more of the last text.
    tabbed = [near for near in range(number, min(number + 3, len(lines))) if lines[near][:1] == "\t"]
    if tabbed:
        number, line = tabbed[0], lines[tabbed[0]]
    key, colon, value = line.strip().partition(":")
    value = value.strip()
    brief = line.strip() if len(line.strip()) <= 60 else f"{line.strip()[:59]}…"
    message = f"The front matter cannot be read here: {brief}"
    quoted = value.replace('"', "'")
    if "\t" in line[: len(line) - len(line.lstrip())] or (
        mark and line[mark.column : mark.column + 1] == "\t"
    ):
        hint = "Begin the line with spaces; YAML does not take a tab."
    elif value[:1] in {'"', "'"}:
        hint = "Look for a quotation mark that is missing, or one too many inside the text."
    elif value[:1] in {"[", "{"}:
        hint = "Look for a missing bracket or comma; a text with a comma or a colon wants quotation marks."
    elif value[:1] in set("@`%&*!|>") or ": " in value or value.endswith(":"):
        hint = f'Put the text in quotation marks: {key.strip()}: "{quoted}"'
    elif not colon:
        hint = "A fact is a word, a colon, a space and a value, e.g. runtime: 111"
    else:
        hint = "Look at this line and the one above: spaces at the beginning, quotation marks, brackets."
    return Trouble(number + first_line, message, hint)


# ---------------------------------------------------------------------------------------- writing

_WORDS = r"(?:~|null|true|false|yes|no|on|off|y|n)"
_LOOKS_LIKE_ELSE = re.compile(rf"{_WORDS}|[-+.]?\d[\d_,.:eE+-]*|0[xob]\w+|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"0|[1-9]\d*(?:\.\d+)?")
_PLAIN = re.compile(
    r"[^\W_](?:[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff:#,\[\]{}\"\\]|:(?=\S)|(?<=\S)#|,)*"
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, *, flow: bool = False) -> str:
    """A text as YAML: bare where every reader of YAML takes it for this text, else in quotation marks."""
    bare = _PLAIN.fullmatch(text) is not None and text == text.strip() and not text.endswith(":")
    if bare and _LOOKS_LIKE_ELSE.fullmatch(text):
        bare = _PLAIN_NUMBER.fullmatch(text) is not None
    # Readers in pure Python take a question mark in braces for the sign of a key.
    if bare and not (flow and re.search(r"[,:?]", text)):
        return text
    return f'"{"".join(map(_escaped, text))}"'


def flow_list(texts: Sequence[str]) -> str:
    """[a, b, c]."""
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


def flow_map(pairs: Mapping[str, str]) -> str:
    """{key: value, …}; values are given as YAML already."""
    return f"{{{', '.join(f'{scalar(key, flow=True)}: {value}' for key, value in pairs.items())}}}"


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign in "\xa0\u202f\u3000" or sign.isprintable():
        return sign
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\U{number:08x}"
