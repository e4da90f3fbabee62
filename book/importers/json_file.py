"""JSON files of other programs -> their objects, whether a file holds one, a list, several lists or lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from book.findings import finding
from book.importers.opening import text_of
from book.model import Finding, Place

DEEPEST = 4
"""How many lists or objects may stand around a film: {"Page 1": [film, …]} has two."""


def objects_of(path: Path, mark: str) -> Iterator[tuple[int, Mapping[str, object]] | Finding]:
    """Every object that has the key `mark`, or that is an answer without a film, with its line.

    The line is 0 where the file is one JSON value. What is no object is a finding.
    """
    text = text_of(path)
    if isinstance(text, Finding):
        yield text
        return
    text = text.lstrip("\ufeff")
    place = Place(path.as_posix())
    whole = _parsed(text)
    if not isinstance(whole, json.JSONDecodeError):
        yield from _within(whole, place, mark, DEEPEST)
        return
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not any(line.lstrip().startswith("{") and line.rstrip().endswith("}") for _, line in lines):
        yield finding(
            "F804",
            Place(place.file, whole.lineno),
            f"{path.name} is not valid JSON from line {whole.lineno} on: {whole.msg}.",
            "Save or download it again.",
        )
        return
    for number, line in lines:
        found = _parsed(line)
        at = Place(place.file, number)
        if isinstance(found, json.JSONDecodeError):
            yield finding(
                "F804", at, f"Line {number} is not valid JSON: {found.msg} at character {found.colno}."
            )
        else:
            yield from _within(found, at, mark, DEEPEST)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return error
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets in brackets in brackets
        return json.JSONDecodeError("it is nested too deeply, or a number is too long", "", 0)


def _within(
    value: object, place: Place, mark: str, depth: int
) -> Iterator[tuple[int, Mapping[str, object]] | Finding]:
    lists = (
        [each for each in value.values() if isinstance(each, list | dict)] if isinstance(value, dict) else []
    )
    if isinstance(value, dict) and (mark in value or not lists or depth == 0):
        yield place.line, value
    elif isinstance(value, dict):
        for each in lists:
            yield from _within(each, place, mark, depth - 1)
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _within(each, place, mark, depth - 1)
    else:
        shown = json.dumps(value, ensure_ascii=False)[:60]
        yield finding("F804", place, f"{shown} in {Path(place.file).name} is not a film, and was left out.")
