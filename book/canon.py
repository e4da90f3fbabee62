"""An entry in its one canonical form, as a formatter of code gives it: words stay, the rest falls in line.

Facts come in the order of an entry and in one shape; one blank line parts sections. What is typed under a
heading keeps every sign, since Markdown gives meaning to spaces. A fact stays as it was typed where another
shape would cost it a word, a comment, or the writer's own way to name a thing (English for en, 1h51 for 111).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from book.entry import BYTE_ORDER_MARK, raw_lines, read_entry
from book.fact_sheet import fact_lines
from book.facts import FIELDS
from book.frontmatter import FrontMatter, Items, Node, Pairs, Scalar, Span, Trouble, parse, split
from book.model import Film, Section, Source
from book.sections import Body, read_body

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Canon:
    """An entry's text in canonical form. With a `doubt`, why it was left, `text` is what was given.

    `line` is where the doubt arose, from 1; 0 is the whole file.
    """

    text: str
    doubt: str = ""
    line: int = 0


def canonical(text: str, *, file: str) -> Canon:
    """The text in canonical form, or as it is where nobody can be sure that nothing would be lost.

    What comes out is read once more: it must tell of the same film in the same words, and its own canonical
    form must be itself.
    """
    once = _formed(text, file)
    if once.doubt or once.text == text:
        return once
    if _told(text, file) != _told(once.text, file):
        return Canon(text, "In another shape it would be read as something else.")
    if Counter(_WORD.findall(text)) - Counter(_WORD.findall(once.text)):
        return Canon(text, "In another shape it would lack a word.")
    again = _formed(once.text, file)
    if again.doubt or again.text != once.text:
        return Canon(text, "It has no shape that would stay.")
    return once


def _formed(text: str, file: str) -> Canon:
    lines = [line.rstrip("\r\n") for line in raw_lines(text.removeprefix(BYTE_ORDER_MARK))]
    place = split(lines)
    if isinstance(place, Trouble):
        return Canon(text, place.message, place.line)
    closing, start = place
    front = parse(lines[1:closing])
    film, _ = read_entry(text, file=file)
    if front.troubles or film is None:
        trouble = front.troubles[0] if front.troubles else Trouble(1, "The facts cannot be read.", "")
        return Canon(text, trouble.message, trouble.line)
    if not front.block:
        return Canon(text, "The facts stand in braces.", 2)
    twice = [key for key, count in Counter(key.text for key, _ in front.root.pairs).items() if count > 1]
    if twice:
        line = next(key.line for key, _ in reversed(front.root.pairs) if key.text == twice[0])
        return Canon(text, f"{twice[0]} stands here twice.", line)
    head = ["---", *_facts(lines[1:closing], front, film), "---"]
    parts = ["\n".join(head), *_texts(lines, read_body(lines, start, file))]
    return Canon("\n\n".join(parts) + "\n")


def _told(text: str, file: str) -> Film | None:
    """What an entry tells, without the lines where it does."""
    film, _ = read_entry(text, file=file)
    if film is None:
        return None

    def bare(section: Section) -> Section:
        return replace(section, line=0, body_line=0)

    return replace(
        film,
        synopsis=bare(film.synopsis),
        safe=tuple(map(bare, film.safe)),
        spoilers=tuple(map(bare, film.spoilers)),
        similar=tuple(replace(link, line=0) for link in film.similar),
        fence_line=0 if film.fence_line is not None else None,
        source=Source(file),
    )


# --------------------------------------------------------------------------------------- facts


def _facts(lines: Sequence[str], front: FrontMatter, film: Film) -> Iterator[str]:
    """The lines between the marks: a note on top, then each fact below the notes that stood above it."""
    fresh = fact_lines(film)
    values = {key.text: value for key, value in front.root.pairs}
    at, top, blocks = 0, list[str](), list[tuple[int, list[str]]]()
    for number, span in enumerate(front.spans):
        notes = [line.rstrip() for line in lines[at : span.start]]
        if not number:
            top, notes = _parted(notes)
        fact = _fact(lines, span, values[span.key], fresh.get(span.key, ()))
        blocks.append((_rank(span.key), [*filter(None, notes), *fact]))
        at = span.end
    rest = [line.rstrip() for line in lines[at:]]
    yield from [*top, ""] if top else []
    for _, block in sorted(blocks, key=lambda each: each[0]):
        yield from block
    yield from filter(None, rest)


def _parted(notes: list[str]) -> tuple[list[str], list[str]]:
    """Notes on the whole entry, which a blank line parts from the first fact, and those on that fact."""
    blank = next((number for number in reversed(range(len(notes))) if not notes[number]), -1)
    return [note for note in notes[: blank + 1] if note], notes[blank + 1 :]


def _rank(key: str) -> int:
    """The place of a key in an entry; those that nobody knows follow in the order in which they stand."""
    return list(FIELDS).index(key) if key in FIELDS else len(FIELDS)


def _fact(lines: Sequence[str], span: Span, value: Node, fresh: Sequence[str]) -> list[str]:
    """The lines of a fact in canonical shape, or as they were typed."""
    typed = list(lines[span.start : span.end])
    tail = span.tail.strip()
    signs = sum(line.count("#") for line in typed) - tail.count("#")
    texts = list(_words_of(value))
    noted = signs != sum(text.count("#") for text in [span.key, *texts])
    known = parse(list(fresh)).root.pairs if fresh else ()
    lost = Counter(_split(texts)) - Counter(_split(_words_of(known[0][1]) if known else ()))
    if not fresh or noted or lost or (tail and (len(fresh) > 1 or len(typed) > 1)):
        return [line.rstrip() for line in typed] if len(typed) == 1 else typed
    return [f"{fresh[0]}{span.tail.rstrip()}"] if tail else list(fresh)


def _words_of(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text=text):
            yield text
        case Items(items=items):
            for item in items:
                yield from _words_of(item)
        case Pairs(pairs=pairs):
            for key, value in pairs:
                yield key.text
                yield from _words_of(value)


def _split(texts: Iterator[str] | Sequence[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text)]


# ---------------------------------------------------------------------------------------- text


def _texts(lines: Sequence[str], body: Body) -> Iterator[str]:
    """The headings and what stands under them, in the order of the file."""
    for piece in body.pieces:
        heading = "\n".join(line.rstrip() for line in lines[piece.start : piece.text_start])
        if heading.strip():
            yield heading.strip("\n")
        if piece.section and piece.section.body:
            yield piece.section.body
