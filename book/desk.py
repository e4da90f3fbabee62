"""Where one entry's facts are read: the findings collect here, and nodes become words.

A node is never trusted to have the shape that its key wants.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from book.findings import finding
from book.frontmatter import Items, Node, Pairs, Scalar, shown
from book.model import Finding, Place
from book.prose import clean

YES = frozenset({"true", "yes", "on", "y", "1"})
NO = frozenset({"false", "no", "off", "n", "0"})


@dataclass
class Desk:
    """Where one entry's facts are read, and the findings collect. `slug` serves for hints."""

    file: str
    slug: str
    findings: list[Finding] = field(default_factory=list)

    def say(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Note a finding."""
        self.findings.append(finding(code, Place(self.file, line), message, hint))


def truth(name: str, node: Node, desk: Desk, *, unread: bool) -> bool:
    """Whether the writer says yes; `unread` where the word means neither."""
    word = phrase(node).casefold()
    if word in YES or word in NO:
        return word in YES
    desk.say("F109", node.line, f"{name} is {brief(word) or 'empty'}.", f"Write {name}: true or false")
    return unread


def once(node: Pairs, desk: Desk) -> list[tuple[Scalar, Node]]:
    """The pairs with every key once: the first of two counts, and the second is reported."""
    seen: dict[str, Scalar] = {}
    pairs = []
    for key, value in node.pairs:
        if key.text in seen:
            first = seen[key.text].line
            where = f"once more after line {first}" if first != key.line else "twice"
            desk.say(
                "F008", key.line, f"{brief(key.text)} stands here {where}.", "Join the two, or take one out."
            )
        else:
            seen[key.text] = key
            pairs.append((key, value))
    return pairs


def parts(node: Pairs, known: Sequence[str], where: str, desk: Desk) -> dict[str, Node]:
    """The values of the keys that are known, those left open not among them; the others are reported."""
    found: dict[str, Node] = {}
    for key, value in once(node, desk):
        absent = isinstance(value, Scalar) and value.absent
        if key.text in known:
            found |= {} if absent else {key.text: value}
        elif absent and " " in key.text:  # {to: fargo-1996, why: Snow, and more snow}
            message = f"The comma before “{brief(key.text)}” ends the text."
            desk.say("F103", key.line, message, "Put the whole text in quotation marks.")
        else:
            say_unknown(desk, key, known, where)
    return found


def say_unknown(desk: Desk, key: Scalar, known: Iterable[str], where: str) -> None:
    """Report a key that is not among those known, with the nearest of them."""
    word = key.text.strip().casefold().replace("-", "_").replace(" ", "_")
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]}?" if near else f"The keys are {', '.join(known)}."
    desk.say("F004", key.line, f"{brief(key.text)} is not a key of {where} that filmguide knows.", hint)


def one_line(text: str) -> str:
    """A text without line breaks, control characters and spaces around it."""
    return re.sub(r"[ \t\r\n]+", " ", clean(text)).strip()


def brief(text: str) -> str:
    """A text of any length, short enough to be quoted in a sentence."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def shape(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Items):
        return "a list"
    return "names with values" if isinstance(node, Pairs) else "a text"


def phrase(node: Node | None) -> str:
    """A node as one line of words, empty for an open value."""
    match node:
        case Scalar():
            return "" if node.absent else one_line(node.text)
        case Items(items=items):
            return " / ".join(filter(None, map(phrase, items)))
        case Pairs():
            return one_line(shown(node).strip("{}"))
    return ""
