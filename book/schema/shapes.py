"""Pieces of JSON Schema: texts, choices, tables, and patterns taken from the expressions that read.

Only words are used that mean the same in draft 7 and in draft 2020-12, since editors know either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]
"""A schema, or a part of one, as JSON has it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Words:
    """What an editor shows of a key: a sentence or two, examples, and what no reader tells of its shape.

    `shape` is laid over the shape that follows from the reading. An example is a value as it is typed.
    """

    text: str
    examples: tuple[Any, ...] = ()
    shape: Mapping[str, Any] = field(default_factory=dict)


def described(shape: Mapping[str, Any], words: Words) -> Schema:
    """A shape with its words. Where a pattern fails, editors that know how to say so give an example."""
    whole: Schema = {"description": words.text, **shape, **words.shape}
    if words.examples:
        whole["examples"] = list(words.examples)
        if "pattern" in whole:
            whole["patternErrorMessage"] = f"Write for instance {words.examples[0]}"
    return whole


def table(properties: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """A table with these keys and no others."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": dict(properties), **needed, "additionalProperties": False}


def each(item: Mapping[str, Any]) -> Schema:
    """A list of such items, or one of them alone."""
    return {"items": dict(item), "anyOf": [{"type": "array"}, dict(item)]}


def one_of(words: Sequence[str]) -> Schema:
    """A list of some of these words, or one of them alone."""
    return each({"enum": list(words)})


def either(*shapes: Mapping[str, Any]) -> Schema:
    """One shape or another; the one alone where there is one."""
    return dict(shapes[0]) if len(shapes) == 1 else {"anyOf": [dict(shape) for shape in shapes]}


def pattern(*expressions: re.Pattern[str], empty: bool = False) -> str:
    """Expressions that must match a whole text as one that editors understand.

    Their dialect has no named groups and no flag for capitals; with `empty` nothing at all will do as well.
    """
    parts = [_plain(each) for each in expressions]
    return f"^(?:{'|'.join([*parts, *([''] if empty else [])])})$"


def any_case(*words: str) -> re.Pattern[str]:
    """An expression for these words in capitals or small letters."""
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(\?:|[A-Za-z]|.", re.DOTALL)


def _plain(expression: re.Pattern[str]) -> str:
    """The source of an expression without names, and with both cases where it minds neither."""
    source = re.sub(r"\(\?P<\w+>", "(?:", expression.pattern).replace(r"\"", '"')
    if not expression.flags & re.IGNORECASE:
        return source
    return "".join(map(_both_cases, _PIECE.findall(source)))


def _both_cases(piece: str) -> str:
    if piece[0] == "[":
        return (
            f"[{''.join(dict.fromkeys(piece[1:-1].lower() + piece[1:-1].upper()))}]"
            if _lettered(piece)
            else piece
        )
    return (
        f"[{piece.lower()}{piece.upper()}]"
        if len(piece) == 1 and piece.isascii() and piece.isalpha()
        else piece
    )


def _lettered(piece: str) -> bool:
    """Whether a set names letters one by one; \\d and ranges mean the same in either case."""
    return "\\" not in piece and "-" not in piece and any(sign.isalpha() for sign in piece)
