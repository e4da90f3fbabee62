"""Facts of one value each, or of a list: texts, names, codes, numbers, dates.

Every reader takes the key, its node and the desk, and answers None (or leaves out of its list) what
cannot be read, having said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from book.desk import NO, Desk, brief, one_line, shape
from book.frontmatter import Items, Node, Pairs, Scalar, shown
from book.languages import country_code, language_tag

POST_CREDITS = ("none", "mid", "end", "both")

_RUNTIME = re.compile(
    r"(?:(?P<hours>\d{1,2})\s*(?:h|hrs?|hours?)\.?)?\s*"
    r"(?:(?P<minutes>\d{1,4})\s*(?:m|min|mins|minutes?|['’′])?\.?)?",
    re.IGNORECASE,
)
_ISO_RUNTIME = re.compile(r"PT(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:\d+S)?")
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?::[0-5]\d)?")
RUNTIMES = (_ISO_RUNTIME, _CLOCK, _RUNTIME)
"""How a runtime is written; one that has neither hours nor minutes is none."""


# ------------------------------------------------------------------------------- texts and lists


def one_text(name: str, node: Node, desk: Desk) -> str | None:
    """A text; a list of one will do."""
    if isinstance(node, Scalar):
        return one_line(node.text)
    if isinstance(node, Items) and len(node.items) == 1:
        return one_text(name, node.items[0], desk)
    hint = f'Write one text: {name}: "{shown(node)[:60].strip("{}[]")}"'
    desk.say("F103", node.line, f"{name} wants one text and has {shape(node)}.", hint)
    return None


def title(name: str, node: Node, desk: Desk) -> str | None:
    """A text that is not empty."""
    text = one_text(name, node, desk)
    return text or None


def texts(name: str, node: Node, desk: Desk) -> tuple[str, ...]:
    """A list of texts; a lone text is a list of one."""
    if isinstance(node, Scalar):
        text = one_line(node.text)
        return (text,) if text else ()
    if isinstance(node, Pairs):
        return tuple(_item(name, node, desk))
    return tuple(text for item in node.items for text in _item(name, item, desk) if text)


def names(name: str, node: Node, desk: Desk) -> tuple[str, ...]:
    """A list of names; a lone text without quotation marks may hold several, with commas between."""
    if isinstance(node, Scalar) and node.plain and "," in node.text:
        parts = re.split(r",\s*(?!(?:Jr|Sr|II|III|IV)\b)", one_line(node.text))
        return tuple(part for part in parts if part)
    return texts(name, node, desk)


def _item(name: str, node: Node, desk: Desk) -> Iterable[str]:
    if isinstance(node, Scalar):
        return () if node.absent else (one_line(node.text),)
    if isinstance(node, Pairs) and len(node.pairs) == 1 and isinstance(node.pairs[0][1], Scalar):
        text = ": ".join(map(shown, node.pairs[0]))  # [Alien: Resurrection]
        hint = f'Put it in quotation marks: "{text}"'
        desk.say("F103", node.line, f"A colon makes {text} something else than a text.", hint)
        return (one_line(text),)
    desk.say("F103", node.line, f"{name} wants texts and has {shape(node)} among them.", "Write [one, two].")
    return ()


def languages(name: str, node: Node, desk: Desk) -> tuple[str, ...]:
    """BCP 47 tags; a language that nobody knows stays as it was typed."""
    return tuple(_known(text, language_tag(text), "F106", node, desk) for text in names(name, node, desk))


def countries(name: str, node: Node, desk: Desk) -> tuple[str, ...]:
    """ISO 3166 codes; a country that nobody knows stays as it was typed."""
    return tuple(_known(text, country_code(text), "F107", node, desk) for text in names(name, node, desk))


def _known(text: str, code: str | None, finding_code: str, node: Node, desk: Desk) -> str:
    if code is not None:
        return code
    what, hint = {
        "F106": ("language", "Write its English name or its tag, e.g. French or fr."),
        "F107": ("country", "Write its English name or its two letters, e.g. France or FR."),
    }[finding_code]
    line = node.line
    if isinstance(node, Items):
        line = next((each.line for each in node.items if shown(each).strip() == text), line)
    desk.say(finding_code, line, f"{text} is no {what} that filmguide knows.", hint)
    return text


# --------------------------------------------------------------------------------- numbers, dates


def year(name: str, node: Node, desk: Desk) -> int | None:
    """A number; whether there were films by then is for check to say."""
    text = one_text(name, node, desk)
    if text is None:
        return None
    if re.fullmatch(r"\d{1,6}", text, re.ASCII):
        return int(text)
    guess = re.search(r"(?:18|19|20)\d\d", f"{text} {desk.slug}", re.ASCII)
    desk.say("F102", node.line, f"year is {brief(text)}.", f"Write four digits, e.g. year: {_digits(guess)}")
    return None


def _digits(match: re.Match[str] | None) -> str:
    return match.group() if match else "1995"


def runtime(name: str, node: Node, desk: Desk) -> int | None:
    """Minutes, from 111, "111 min", "1h51", "1:51" and PT1H51M."""
    text = one_text(name, node, desk)
    if not text:
        return None
    for pattern in RUNTIMES:
        match = pattern.fullmatch(text)
        if match and (match["hours"] or match["minutes"]):
            return int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    desk.say("F105", node.line, f"runtime is {brief(text)}.", "Write whole minutes, e.g. runtime: 111")
    return None


def day(name: str, node: Node, desk: Desk) -> date | None:
    """A date in full."""
    text = one_text(name, node, desk)
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:  # the 31st of June
            desk.say(
                "F104", node.line, f"{name} is {text}, a day that is in no calendar.", "Look it up again."
            )
            return None
    hint = f"Write year, month and day, e.g. {name}: 1995-10-27"
    desk.say("F104", node.line, f"{name} is {brief(text)}.", hint)
    return None


def post_credits(name: str, node: Node, desk: Desk) -> str | None:
    """One of POST_CREDITS."""
    text = one_text(name, node, desk)
    word = (text or "").casefold()
    if not word or word in POST_CREDITS:
        return word or None
    if word in NO:
        return "none"
    hint = f"Write one of {', '.join(POST_CREDITS)}."
    desk.say("F109", node.line, f"post_credits is {brief(text or '')}.", hint)
    return None
