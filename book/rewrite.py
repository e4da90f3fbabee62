"""Changing an entry with a light hand: what stays the same keeps every byte."""

from __future__ import annotations

from collections.abc import Sequence

from book.entry import BYTE_ORDER_MARK, raw_lines, read_entry, section_text, write_entry
from book.fact_sheet import fact_lines
from book.facts import FIELDS
from book.frontmatter import Span, Trouble, parse, split
from book.model import Film, Section
from book.sections import Body, Piece, read_body


def rewrite_entry(text: str, film: Film) -> str:
    """The text with only that changed in which it differs from the film.

    Keys and sections that stay keep every byte: comments, quotation marks, order, line ends. A text
    whose front matter cannot be read is written anew.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    raw = raw_lines(text.removeprefix(mark))
    lines = [line.rstrip("\r\n") for line in raw]
    old, _ = read_entry(text, file=film.source.file or f"{film.slug}.md")
    place = split(lines)
    if old is None or isinstance(place, Trouble):
        return write_entry(film)
    newline = _newline(raw)
    front = _rewritten_facts(raw, lines, place[0], old, film, newline)
    body = read_body(lines, place[1], "")
    return mark + front + _rewritten_body(raw, place[1], body, film, newline)


# --------------------------------------------------------------------------------------- facts


def _rewritten_facts(
    raw: Sequence[str], lines: Sequence[str], closing: int, old: Film, new: Film, newline: str
) -> str:
    """Everything up to and with the closing mark, changed where the facts have changed."""
    before, after = fact_lines(old), fact_lines(new)
    if before == after:
        return "".join(raw[: closing + 1])
    front = parse(lines[1:closing])
    spans = {span.key: span for span in reversed(front.spans)}
    if not front.block:
        return newline.join(["---", *(line for each in after.values() for line in each), raw[closing]])
    kept = dict(enumerate(raw[1:closing]))  # by line of the front matter
    insertions: dict[int, list[str]] = {}
    for key in {**before, **after}:
        if before.get(key) == after.get(key):
            continue
        fresh = list(after.get(key, ()))
        if key in spans:
            _replace(kept, spans[key], fresh, newline)
        else:
            insertions.setdefault(_place_for(key, spans), []).extend(f"{line}{newline}" for line in fresh)
    changed = ["".join(insertions.get(number, ())) + kept.get(number, "") for number in range(closing)]
    return raw[0] + "".join(changed) + raw[closing]


def _replace(kept: dict[int, str], span: Span, fresh: list[str], newline: str) -> None:
    if len(fresh) == 1 and span.end - span.start == 1:
        fresh = [fresh[0] + span.tail]
    for number in range(span.start, span.end):
        kept.pop(number, None)
    if fresh:
        kept[span.start] = "".join(f"{line}{newline}" for line in fresh)


def _place_for(key: str, spans: dict[str, Span]) -> int:
    """Before which line a key goes that was not there: behind the nearest key that it follows."""
    order = list(FIELDS)
    known = order[: order.index(key)] if key in FIELDS else order
    ends = [spans[each].end for each in known if each in spans]
    if key not in FIELDS or not ends:
        every = [span.end for span in spans.values()]
        return max(every, default=0) if key not in FIELDS else 0
    return ends[-1]


# ---------------------------------------------------------------------------------------- text


def _rewritten_body(raw: Sequence[str], start: int, body: Body, film: Film, newline: str) -> str:
    """The text from line `start` on, with every section that is still there in its own bytes."""
    wanted = _in_order(body, film)
    claimed = _claimed(body, wanted)
    chunks: list[tuple[str, int, int]] = []  # text, and the lines that it had in the file
    if body.pieces and _is_blank(body.pieces[0]):
        chunks.append(_lines(raw, body.pieces[0]))
    side_begins = True
    for number, section in enumerate(wanted):
        piece = claimed.get(number)
        spoiler = None in wanted[:number]
        if section is None:
            chunks.append(_fence(raw, body, newline))
        elif piece is None:
            text = section_text(section, spoiler=spoiler, first=side_begins)
            chunks.append((text.replace("\n", newline) + newline, -1, -1))
        elif piece.section and piece.section.body == section.body:
            chunks.append(_lines(raw, piece))
        else:
            chunks.append((_with_body(raw, piece, section, newline), piece.start, piece.end))
        side_begins = section is None
    return _joined(chunks, start, newline)


def _in_order(body: Body, film: Film) -> list[Section | None]:
    """The sections that there shall be; None is the fence. The synopsis stays where the writer put it."""
    safe = list(film.safe)
    if film.synopsis.body or film.synopsis.heading:
        before = [piece.section for piece in body.pieces if piece.section and not piece.spoiler]
        at = next((i for i, section in enumerate(before) if section is body.synopsis), 0)
        safe.insert(at if film.synopsis.heading == body.synopsis.heading else 0, film.synopsis)
    fenced = film.spoilers or film.fence_line is not None
    return [*safe, None, *film.spoilers] if fenced else [*safe]


def _claimed(body: Body, wanted: Sequence[Section | None]) -> dict[int, Piece]:
    """For the sections that are in the file, in this or an older wording, their lines there."""
    claimed: dict[int, Piece] = {}
    free = [piece for piece in body.pieces if piece.section]
    for whole in (True, False):
        for number, section in enumerate(wanted):
            if section is None or number in claimed:
                continue
            opens_side = number == 0 or wanted[number - 1] is None
            for piece in free:
                known = piece.section
                if known is None or (known.heading, known.kind) != (section.heading, section.kind):
                    continue
                bare = piece.start == piece.text_start  # without a heading it would join what is above it
                if (opens_side or not bare) and (not whole or known.body == section.body):
                    claimed[number] = piece
                    free.remove(piece)
                    break
    return claimed


def _lines(raw: Sequence[str], piece: Piece) -> tuple[str, int, int]:
    return "".join(raw[piece.start : piece.end]), piece.start, piece.end


def _fence(raw: Sequence[str], body: Body, newline: str) -> tuple[str, int, int]:
    """The fence as it stands, with the blank lines below it."""
    for number, piece in enumerate(body.pieces):
        if piece.fence and piece.start < piece.end:
            end = piece.end
            if number + 1 < len(body.pieces) and _is_blank(body.pieces[number + 1]):
                end = body.pieces[number + 1].end
            return "".join(raw[piece.start : end]), piece.start, end
        if piece.fence:  # a heading that only mentions spoilers is no line of its own
            return "", piece.start, piece.end
    return f"# Spoilers{newline}", -1, -1


def _with_body(raw: Sequence[str], piece: Piece, section: Section, newline: str) -> str:
    """The section's lines with another body: its heading and the blank lines around it stay."""
    old = piece.section
    if old is None or not old.body:
        heading = "".join(raw[piece.start : piece.text_start]).rstrip("\r\n")
        return f"{heading}{newline}{newline}{section.body.replace(chr(10), newline)}{newline}"
    first = old.body_line - 1
    last = first + old.body.count("\n") + 1
    body = f"{section.body.replace(chr(10), newline)}{newline}" if section.body else ""
    return "".join([*raw[piece.start : first], body, *raw[last : piece.end]])


def _joined(chunks: Sequence[tuple[str, int, int]], start: int, newline: str) -> str:
    """The chunks with a blank line between any two that were no neighbours."""
    text, line = "", start
    for chunk, first, end in chunks:
        if first != line and text.strip():
            text = text.rstrip("\r\n") + newline + newline
        elif first != line or line == start:
            text += "" if first == line or chunk.startswith(("\n", "\r")) else newline
        text, line = text + chunk, end
    return text


def _is_blank(piece: Piece) -> bool:
    return piece.section is None and not piece.fence


def _newline(raw: Sequence[str]) -> str:
    """The line end that most lines have."""
    crlf = sum(line.endswith("\r\n") for line in raw)
    bare = sum(line.endswith("\r") for line in raw)
    return "\r\n" if crlf * 2 > len(raw) else "\r" if bare * 2 > len(raw) else "\n"
