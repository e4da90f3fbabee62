"""Found text made fit for an entry: cleaned without changing a word, and escaped as Markdown.

What comes from elsewhere is never Markdown. An asterisk in it is an asterisk; so every character that
Markdown would act on is escaped, and the printed page says what the record said.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FOOTNOTE_MARK = r"\[(?:\d{1,3}|(?:note|nb|n) \d{1,3}|citation needed)\]"
_FOOTNOTE = re.compile(rf"\s*{_FOOTNOTE_MARK}(?=[.,;:!?])|{_FOOTNOTE_MARK}", re.IGNORECASE)
_RETURN_IN_SENTENCE = re.compile(r"(?<![.!?:…\"”’')])[ \t]*\r(?!\n)[ \t]*")
_LINE_END = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\u00a0]{2,}|\t")
_FULL_STOP = re.compile(r"([^\W\d_]+)\.([^\W\d_]+)")
_NOT_A_SENTENCE = frozenset({"Com", "Net", "Org"})
_ORDINARY = str.maketrans("\n\t\u00a0", "   ")
_INVISIBLE = frozenset("\u00ad\u200b\u2060\u180e\ufeff")
_JOINERS = frozenset("\u200c\u200d")
_MARKS_OF_DIRECTION = frozenset("\u200e\u200f\u061c")


def clean(raw: str) -> str:
    """The text in paragraphs parted by blank lines, and nothing in it that a reader cannot see.

    Entities are read, footnote marks dropped, blanks folded, a blank lost after a full stop restored.
    Words are never touched. Every line break begins a paragraph, as it does in Wikipedia's plots.
    """
    text = _decoded(raw)
    if "\r" in text:
        text = _RETURN_IN_SENTENCE.sub(" ", text)
    text = _visible(_LINE_END.sub("\n", text))
    if "[" in text:
        text = _FOOTNOTE.sub("", text)
    text = _BLANKS.sub(" ", text)
    paragraphs = (_space_sentences(line).strip() for line in text.split("\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def clean_line(raw: str) -> str:
    """A title, a name or a keyword on one line, cleaned likewise; brackets in it are its own."""
    if raw.isascii() and raw.isprintable() and "&" not in raw and "  " not in raw:
        return raw.strip()  # by far the most lines
    return _BLANKS.sub(" ", _visible(_LINE_END.sub(" ", _decoded(raw)))).strip()


def _decoded(raw: str) -> str:
    # html.unescape alone would also read the "&sect" of "?a=b&section=1".
    return _ENTITY.sub(lambda entity: unescape(entity[0]), raw) if "&" in raw else raw


def _visible(text: str) -> str:
    """Without controls, lone surrogates and zero-width signs, save those that the script needs.

    Joiners shape Persian, Indic and emoji; marks of direction count where right-to-left letters are.
    """
    if text.translate(_ORDINARY).isprintable():
        return text  # by far the most texts
    right_to_left = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    kept = []
    for place, letter in enumerate(text):
        if letter in _JOINERS:
            around = text[place - 1 : place] + text[place + 1 : place + 2]
            keep = len(around) == 2 and all(_joins(neighbour) for neighbour in around)
        elif letter in _MARKS_OF_DIRECTION:
            keep = right_to_left
        elif letter in _INVISIBLE:
            keep = False
        elif letter in "\n\t":
            keep = True
        else:
            # Cf also holds the embedding controls, which unbalanced would turn the rest of a page round.
            keep = unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Cn"}
        if keep:
            kept.append(letter)
    return "".join(kept)


def _joins(letter: str) -> bool:
    return unicodedata.category(letter) in {"Lo", "Mn", "Mc", "So", "Sk"}


def _space_sentences(line: str) -> str:
    return _FULL_STOP.sub(_space_sentence, line) if "." in line else line


def _space_sentence(found: re.Match[str]) -> str:
    """`the end.Then he` gets its blank back; Ph.D., e.g.This, Sd.Kfz., www.Film.Com stay as they are."""
    before, after = found[1], found[2]
    line, start, end = found.string, found.start(), found.end()
    in_a_name = line[max(start - 1, 0) : start] in {".", "/", "@", "-", "_"} or (
        line[end : end + 1] in {"/", "@", "_"} or re.match(r"\.\w", line[end:]) is not None
    )
    ends_a_sentence = before[-2:].islower() and len(before) >= (2 if before.islower() else 3)
    opens_one = after[0].isupper() and (after[1:].islower() or after in {"A", "I"})
    if in_a_name or not (ends_a_sentence and opens_one) or after in _NOT_A_SENTENCE:
        return found[0]
    return f"{before}. {after}"


# Signs that Markdown and the extensions of the guide's own Markdown act on wherever they stand.
_ACTIVE = re.compile(
    r"[\\`*_\[<~|{]|&(?=#?\w+;)|\((?=(?:c|r|tm|p)\))|(?<=[!?])[!?](?=[!?]{2})", re.IGNORECASE
)
# And those that act at the start of a line: headings, quotations, lists, rules, definitions.
_ACTIVE_AT_START = frozenset("#>+-=:")
_LIST_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def to_markdown(text: str) -> str:
    """Markdown whose printed text is exactly the cleaned text given, paragraph for paragraph."""
    return "\n\n".join(_paragraph(part) for part in text.split("\n\n") if part)


def _paragraph(text: str) -> str:
    escaped = _ACTIVE.sub(lambda sign: "\\" + sign[0], text)
    if number := _LIST_NUMBER.match(escaped):
        return f"{number[1]}\\{escaped[number.end(1) :]}"
    return "\\" + escaped if escaped[:1] in _ACTIVE_AT_START else escaped
