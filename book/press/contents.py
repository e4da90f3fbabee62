"""What a page paints, with every colour in the inks that there are: content streams in, content streams out.

A book has tens of megabytes of these. What our own pages are made of stands a line to an operator and is
changed with one search; a stream that has anything else in it is read token by token, which takes a hundred
times as long and comes to the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pikepdf

from book.press.inks import Colour, Inks, from_lab, printed

DEVICE = {"/DeviceGray": "grey", "/DeviceRGB": "rgb", "/DeviceCMYK": "cmyk", "/Pattern": "pattern"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What names stand for in a stream's resources: kinds of colour space, graphic states that do nothing.

    Kinds are grey, rgb, cmyk, lab, pattern, and other for what cannot be converted.
    """

    spaces: Mapping[str, str] = field(default_factory=dict)
    idle: frozenset[str] = frozenset()

    def kind(self, name: str) -> str:
        """The kind of a colour space, by the name that a stream calls it."""
        return DEVICE.get(name) or self.spaces.get(name, "other")


@dataclass(frozen=True, slots=True)
class Painted:
    """A stream with its colours converted; `left` are words for what could not be."""

    content: bytes
    left: frozenset[str] = frozenset()


def in_inks(content: bytes, terms: Terms, inks: Inks) -> Painted:
    """The stream as these inks paint it."""
    if not any(byte in content for byte in (b"(", b"%", b"\r", b"\t")):
        quick, changed = _in_lines(content, terms, inks)
        # Whatever the quick search did not understand stands in what it leaves.
        if quick is not None and changed == len(_OPERATORS.findall(content)):
            return Painted(quick)
    return _token_by_token(content, terms, inks)


# --------------------------------------------------------------------------------------- line by line

_OPERATORS = re.compile(rb"[ \n](?:rg|RG|k|K|cs|CS|sc|SC|scn|SCN|gs|sh|BI)(?=\s|$)")
_LINES = re.compile(
    rb"\n(?:([\d.]+ [\d.]+ [\d.]+) (rg|RG)|([\d.]+ [\d.]+ [\d.]+ [\d.]+) (k|K)|(/\S+) gs)(?=\n|$)"
)


def _in_lines(content: bytes, terms: Terms, inks: Inks) -> tuple[bytes | None, int]:
    """The stream with its lines of colour changed, and how many there were; None where a line is strange."""
    count, strange = 0, False

    def line(match: re.Match[bytes]) -> bytes:
        nonlocal count, strange
        count += 1
        rgb, rgb_operator, cmyk, cmyk_operator, state = match.groups()
        if state is not None:
            return b"" if state.decode("latin-1") in terms.idle else match[0]
        operator = rgb_operator or cmyk_operator
        try:
            return _line(rgb or cmyk, operator.isupper(), inks)
        except ValueError:
            strange = True
            return match[0]

    whole = b"\n" + content
    changed = _LINES.sub(line, whole)
    return (None if strange else changed[1:] if changed.startswith(b"\n") else changed), count


@lru_cache(maxsize=1024)
def _line(numbers: bytes, stroke: bool, inks: Inks) -> bytes:
    return b"\n" + _written(printed(tuple(map(float, numbers.split())), inks), stroke)


def _written(colour: Colour, stroke: bool) -> bytes:
    operator = {1: b"g", 3: b"rg", 4: b"k"}[len(colour)]
    return b" ".join((*map(_number, colour), operator.upper() if stroke else operator))


def _number(part: float) -> bytes:
    return f"{part:.4f}".rstrip("0").rstrip(".").encode()


# ------------------------------------------------------------------------------------ token by token


@dataclass
class _Pen:
    """The colour spaces in force, for filling and for stroking."""

    fill: str = "grey"
    stroke: str = "grey"


def _token_by_token(content: bytes, terms: Terms, inks: Inks) -> Painted:
    with pikepdf.new() as scrap:
        tokens = pikepdf.parse_content_stream(pikepdf.Stream(scrap, content))
        kept, left = _converted(tokens, terms, inks)
        return Painted(pikepdf.unparse_content_stream(kept), frozenset(left))


def _converted(tokens: Iterable[Any], terms: Terms, inks: Inks) -> tuple[list[Any], set[str]]:
    kept: list[Any] = []
    left: set[str] = set()
    pens, pen = [], _Pen()
    for token in tokens:
        if isinstance(token, pikepdf.ContentStreamInlineImage):
            if inks.kind != "rgb" and str(token.iimage.colorspace) not in {"/DeviceGray", "/G", "None"}:
                left.add("a picture written into the page itself")
            kept.append(token)
            continue
        operator, operands = str(token.operator), list(token.operands)
        match operator:
            case "q":
                pens.append(_Pen(pen.fill, pen.stroke))
            case "Q" if pens:
                pen = pens.pop()
            case "g" | "G":
                _choose(pen, operator.isupper(), "grey")
            case "rg" | "RG" | "k" | "K":
                _choose(pen, operator.isupper(), "")
                token = _token(printed(tuple(map(float, operands)), inks), operator.isupper())
            case "cs" | "CS":
                kind = terms.kind(str(operands[0]))
                _choose(pen, operator.isupper(), kind)
                if kind in _FIRST:
                    token = _token(printed(_FIRST[kind], inks), operator.isupper())
                elif kind == "other":
                    left.add("a colour of an unusual kind")
            case "sc" | "scn" | "SC" | "SCN":
                kind = pen.stroke if operator.isupper() else pen.fill
                if kind in _FIRST and all(isinstance(part, (int, float, Decimal)) for part in operands):
                    numbers = tuple(map(float, operands))
                    colour = from_lab(*numbers) if kind == "lab" else numbers
                    token = _token(printed(colour, inks), operator.isupper())
            case "gs" if str(operands[0]) in terms.idle:
                continue
        kept.append(token)
    return kept, left


_FIRST: Mapping[str, Colour] = {
    "grey": (0.0,),
    "rgb": (0.0, 0.0, 0.0),
    "cmyk": (0.0, 0.0, 0.0, 1.0),
    "lab": (0.0, 0.0, 0.0),
}
"""The colour that is in force once a space is chosen: black in each."""


def _choose(pen: _Pen, stroke: bool, kind: str) -> None:
    if stroke:
        pen.stroke = kind
    else:
        pen.fill = kind


def _token(colour: Colour, stroke: bool) -> Any:
    parts: Sequence[Decimal] = [Decimal(_number(part).decode()) for part in colour]
    operator = {1: "g", 3: "rg", 4: "k"}[len(colour)]
    return pikepdf.ContentStreamInstruction(
        list(parts), pikepdf.Operator(operator.upper() if stroke else operator)
    )
