"""Typewriter's quotes, dashes and dots become a typographer's, by language.

A foundation of prose. Quotes that the writer already curled are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NARROW = "\u202f"  # a space that does not break and is narrower than a word space
WIDE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Quotes:
    """Outer and inner quotation marks, the spaces inside them included."""

    outer: tuple[str, str]
    inner: tuple[str, str]


_ENGLISH = Quotes(("“", "”"), ("‘", "’"))
_GERMAN = Quotes(("„", "“"), ("‚", "‘"))
_ANGLED = Quotes(("«", "»"), ("“", "”"))
_POLISH = Quotes(("„", "”"), ("«", "»"))
_SWEDISH = Quotes(("”", "”"), ("’", "’"))
_CORNERS = Quotes(("「", "」"), ("『", "』"))
_RUSSIAN = Quotes(("«", "»"), ("„", "“"))
_FRENCH = Quotes((f"«{NARROW}", f"{NARROW}»"), ("“", "”"))

_BY_LANGUAGE = {
    "bg": _GERMAN, "ca": _ANGLED, "cs": _GERMAN, "da": Quotes(("»", "«"), ("›", "‹")), "de": _GERMAN,
    "de-ch": Quotes(("«", "»"), ("‹", "›")), "el": _ANGLED, "es": _ANGLED, "et": _GERMAN, "fi": _SWEDISH,
    "fr": _FRENCH, "fr-ch": Quotes((f"«{NARROW}", f"{NARROW}»"), (f"‹{NARROW}", f"{NARROW}›")),
    "hr": _POLISH, "hu": Quotes(("„", "”"), ("»", "«")), "is": _GERMAN, "it": _ANGLED, "ja": _CORNERS,
    "lt": _GERMAN, "nb": Quotes(("«", "»"), ("‘", "’")), "nn": Quotes(("«", "»"), ("‘", "’")),
    "no": Quotes(("«", "»"), ("‘", "’")), "pl": _POLISH, "pt": _ANGLED, "pt-br": _ENGLISH, "ro": _POLISH,
    "ru": _RUSSIAN, "sk": _GERMAN, "sl": _GERMAN, "sr": _POLISH, "sv": _SWEDISH, "uk": _RUSSIAN,
    "zh-hant": _CORNERS, "zh-hk": _CORNERS, "zh-tw": _CORNERS,
}  # fmt: skip

_MARK = re.compile(r"[\"']")
_PRIME = re.compile(r"(?<=\d)'(?=\d{1,2}(?:\"|\b))")  # five foot ten: 5'10"
_ELIDED = re.compile(r"'(?=\d\ds?\b|(?:em|tis|twas|til|cause|bout|n)\b)", re.IGNORECASE)
_FIRST_CJK = "\u2e80"
_PATIENCE = 40  # quotes that are open at once; no sentence has more, and the search stays short
_OPENERS = frozenset("([{<-–—/«„‚“‘「『¿¡")
_FRENCH_SIGNS = re.compile(r"(?<=\S) (?=[;!?»])|(?<=«) (?=\S)")
_FRENCH_COLON = re.compile(r"(?<=\S) (?=:(?:\s|$))")


def quotes_of(language: str) -> Quotes:
    """The marks of a BCP 47 tag, looked up from the longest known beginning; English for all others."""
    parts = language.casefold().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        known = _BY_LANGUAGE.get("-".join(parts[:length]))
        if known:
            return known
    return _ENGLISH


def typeset(text: str, language: str) -> str:
    """One line of plain text with its quotes curled, and `--`, `---` and `...` set as dashes and dots."""
    pieces = [text]
    return typeset_pieces(pieces, language)[0]


def typeset_pieces(pieces: list[str], language: str) -> list[str]:
    """The same for one text that comes in pieces (bold and plain, say): quotes pair across all of them."""
    dashed = [_dashes(piece, language) for piece in pieces]
    whole = "".join(dashed)
    if not _MARK.search(whole):
        return dashed
    curled = dict(_curled(whole, quotes_of(language)))
    settled, start = [], 0
    for piece in dashed:
        end = start + len(piece)
        settled.append("".join(curled.get(start + i, sign) for i, sign in enumerate(piece)))
        start = end
    return settled


def _dashes(text: str, language: str) -> str:
    if "--" in text:
        text = re.sub(r"(?<!-)---(?!-)", "—", text)
        text = re.sub(r"(?<!-)--(?!-)", "–", text)
    if "..." in text:
        text = re.sub(r"(?<!\.)\.{3}(?!\.)", "…", text)
    if language.casefold().startswith("fr"):
        text = _FRENCH_COLON.sub(WIDE, _FRENCH_SIGNS.sub(NARROW, text))
    return text


def _curled(text: str, quotes: Quotes) -> Iterator[tuple[int, str]]:
    """The place of every straight mark and what stands there instead.

    A double mark is an outer quote and a single one an inner quote, as on a typewriter; a single mark
    without a partner is an apostrophe.
    """
    primes = {match.start() for match in _PRIME.finditer(text)}
    elided = {match.start() for match in _ELIDED.finditer(text)}
    waiting: list[tuple[int, str]] = []  # marks that opened: where, and which
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        opening, closing = quotes.outer if mark == '"' else quotes.inner
        opens = not after.isspace() and (before.isspace() or before in _OPENERS or before in "\"'")
        closes = not before.isspace() and not (mark == "'" and before.isalnum() and after.isalnum())
        partner = next((i for i in reversed(range(len(waiting))) if waiting[i][1] == mark), None)
        if partner is None and mark == '"' and before >= _FIRST_CJK and not after.isspace():
            opens = True  # no spaces between words tell where a quotation begins
        if mark == "'" and at in primes:
            yield at, "′"
        elif closes and partner is not None and not (opens and after.isalnum()):
            yield from _never_closed(waiting[partner + 1 :], quotes)
            yield waiting[partner][0], opening
            yield at, closing
            del waiting[partner:]
        elif opens and at not in elided:
            waiting.append((at, mark))
            if len(waiting) > _PATIENCE:
                yield from _never_closed(waiting[:1], quotes)
                del waiting[0]
        elif mark == "'":
            yield at, "’"
        elif before.isdigit():
            yield at, "″"
        else:
            yield at, closing
    yield from _never_closed(waiting, quotes)


def _never_closed(marks: list[tuple[int, str]], quotes: Quotes) -> Iterator[tuple[int, str]]:
    """Single marks were apostrophes; a double one opens a speech that goes on in the next paragraph."""
    for at, mark in marks:
        yield at, "’" if mark == "'" else quotes.outer[0]
