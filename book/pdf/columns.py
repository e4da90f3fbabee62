"""The lines of an index set into columns as a printer would, once it is known how high each of them is.

WeasyPrint's own columns cannot repeat a heading whose films run over into the next column, nor keep a letter
from standing alone at a column's foot, and they lay every line out several times over. So an index is set
in three steps: with hardly a line, to learn the room that its page leaves; as one narrow column, to be
measured, with a "continued" line below every heading that may need one; then page by page, its columns
side by side, with only those of the continued lines that stand at the top of one.

An index may be longer than all else in the book. So its lines are measured in stretches, and its pages are
painted a few at a time. The contents of a book are set in the same way, in a single column.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_CONTAINER = re.compile(r'(<div class="columns(?: lines)?)("[^>]*>)(.*?)(</div>)', re.DOTALL)
_LINE = re.compile(r"<(p|h2)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_HEAD = re.compile(r'\bdata-head="([^"]*)"')
_CONTINUED = re.compile(r'\bdata-continued="([^"]*)"')

MARK = "data-line"
"""The attribute by which a laid-out line is known again; its value is its number, from 0."""

_COLUMN = "display:inline-block;vertical-align:top;white-space:normal"
"""Not a float: WeasyPrint paints those before the title above them, and text is read as it is painted."""

_SLACK_PX = 0.6
"""What sums of heights may be wrong by: each box has been rounded."""

_STAND_IN = '<p class="entry" data-head="">.</p>'
"""A line where it only counts that there is one."""

_LEAST_MEASURED, _ONE_IN = 150, 8
"""A stretch has so many lines at least, and ends before one in so many of those that it may end before."""

_LEAST_CARRIED = 2
"""Lines of a heading's films that one column leaves to the next, so that "continued" is worth its line."""


@dataclass(frozen=True, slots=True)
class Height:
    """How high a line is with its margins, in CSS pixels."""

    above: float
    body: float
    below: float


@dataclass(frozen=True, slots=True)
class Room:
    """What a page has for a container: columns side by side, their height and width in CSS pixels."""

    columns: int
    first: float  # height on the page where it begins, below the title
    full: float
    width: float = 0.0  # of one column
    gap: float = 0.0
    leftward: bool = False  # the first column is the one on the right


@dataclass(frozen=True, slots=True)
class Measures:
    """What was learnt of a stretch of an index: its page's room, and its lines' heights by mark."""

    room: Room
    heights: Mapping[str, Height]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of an index in its HTML. `first` is the number of the first; `context` stand before it.

    Lines of the context are there because a line may be set by what it follows.
    """

    html: str
    first: int
    context: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of an index; `parent` is the number of the heading that it stands beneath, or None.

    A `letter`, or a chapter in the contents, never stands last.
    """

    number: int
    html: str
    letter: bool = False
    heading: bool = False
    parent: int | None = None


def has_columns(html: str) -> bool:
    """Whether anything in a shard is to be set in columns."""
    return '<div class="columns' in html and _CONTAINER.search(html) is not None


def to_learn_the_room(html: str) -> str:
    """The same with a single line in the container, which stands where all of them will begin."""
    return _CONTAINER.sub(rf"\1\2{_STAND_IN}\4", html, count=1)


def to_be_measured(html: str, room: Room) -> str:
    """The same in one column, every line marked, and a continued line (c) behind each that may need one."""

    def marked(found: re.Match[str]) -> str:
        lines = []
        for line in _lines(found[3]):
            lines.append(_with(line.html, mark=str(line.number)))
            if line.heading:
                lines.append(_with(_continued(line.html, found[2]), mark=f"c{line.number}"))
        opening = f'{found[1]}" style="column-count:auto;width:{room.width:.3f}px{found[2]}'
        return opening + "".join(lines) + found[4]

    return _CONTAINER.sub(marked, html, count=1)


def stretches(html: str) -> list[Stretch]:
    """An index in parts that can be measured side by side.

    Where it is parted goes by what the lines there say, so that a new line leaves all parts but one as
    they are.
    """
    found = _container(html)
    before, after = html[: found.start()] + _opened(found), found[4] + html[found.end() :]
    lines = _lines(found[3])
    starts = [0]
    for line in lines:
        may = line.parent is None and zlib.crc32(line.html.encode()) % _ONE_IN == 0
        if may and line.number - starts[-1] >= _LEAST_MEASURED:
            starts.append(line.number)
    parted = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        context = min(start, 1)
        inner = "\n".join(line.html for line in lines[start - context : stop])
        parted.append(Stretch(before + inner + after, start, context))
    return parted


def joined(parts: Sequence[tuple[Stretch, Measures]]) -> Measures:
    """What was learnt of all lines, by their marks in the whole index."""
    heights = {}
    for stretch, measures in parts:
        for mark, height in measures.heights.items():
            kind, number = mark[: mark.startswith("c")], int(mark.removeprefix("c"))
            if number >= stretch.context:
                heights[f"{kind}{number - stretch.context + stretch.first}"] = height
    return Measures(parts[0][1].room, heights)


def in_pieces(html: str, measures: Measures, most: int) -> list[tuple[str, int]]:
    """The same in pieces of `most` pages at most, and how many pages each has: every page is a container.

    Each but the first begins with a page that is there for what it leaves behind, which is the heading that
    runs on over the pages after it. It has a line that stands for all before.
    """
    found = _container(html)
    containers = _containers(found, measures)
    pieces = []
    before, after = html[: found.start()], html[found.end() :]
    for start in range(0, max(len(containers), 1), most):
        left = _opened(found) + _STAND_IN + found[4] if start else ""
        taken = containers[start : start + most]
        behind = after if start + most >= len(containers) else ""  # a parser closes what is open
        pieces.append((before + left + "".join(taken) + behind, max(len(taken), 1)))
    return pieces


def put_together(pieces: Sequence[str]) -> str:
    """The pieces of an index as one, without what stands in the later ones for all before."""
    first, *later = pieces
    return first + "".join(piece.partition(f"{_STAND_IN}</div>")[2] for piece in later)


def _container(html: str) -> re.Match[str]:
    found = _CONTAINER.search(html)
    assert found is not None
    return found


def _opened(found: re.Match[str]) -> str:
    return found[1] + found[2]


def _containers(found: re.Match[str], measures: Measures) -> list[str]:
    """A container for every page."""
    lines = _lines(found[3])
    heights, room = measures.heights, measures.room
    own = {line.number: heights[str(line.number)] for line in lines}
    repeated = {line.number: heights[f"c{line.number}"] for line in lines if line.heading}
    pages = []
    for number, columns in enumerate(_pages(lines, own, repeated, room)):
        texts = [_column(lines, start, stop, found[2]) for _, start, stop in columns]
        style = "column-count:auto" + (";break-before:page" if number else "")
        # A single column stands as it is: side by side, WeasyPrint would fill the dots before a number twice.
        if not found[1].endswith("lines"):
            style += ";white-space:nowrap"
            places = [_place(place, room) for place, _, _ in columns]
            texts = [
                f'<div class="column" style="{place}">{text}</div>'
                for place, text in zip(places, texts, strict=True)
            ]
        pages.append(f'{found[1]}" style="{style}{found[2]}{"".join(texts)}{found[4]}')
    return pages


def _lines(inner: str) -> list[_Line]:
    lines: list[_Line] = []
    heading: int | None = None
    for number, found in enumerate(_LINE.finditer(inner)):
        classes = _CLASSES.search(found[2])
        words = classes[1].split() if classes else []
        letter = found[1] == "h2" or "chapter" in words
        parent, sub = "parent" in words, "sub" in words
        if not sub:
            heading = number if parent else None
        lines.append(_Line(number, found[0], letter, parent, heading if sub else None))
    return lines


# --------------------------------------------------------------------------------------- breaks

_Column = tuple[int, int, int]
"""Its place on the page, its first line, and the line after its last."""


def _pages(
    lines: Sequence[_Line], own: Mapping[int, Height], repeated: Mapping[int, Height], room: Room
) -> Iterator[list[_Column]]:
    """The columns of every page. Those of the last page are as even as they can be."""
    start, height = 0, room.first
    while start < len(lines):
        columns = _filled(lines, own, repeated, start, height, room.columns)
        if columns[-1][2] == len(lines):
            columns = _balanced(lines, own, repeated, start, height, room.columns)
        yield columns
        start, height = columns[-1][2], room.full


def _filled(
    lines: Sequence[_Line],
    own: Mapping[int, Height],
    repeated: Mapping[int, Height],
    start: int,
    height: float,
    count: int,
) -> list[_Column]:
    columns = []
    for place in range(count):
        if start == len(lines):
            break
        stop = _reach(lines, own, repeated, start, height)
        columns.append((place, start, stop))
        start = stop
    return columns


def _balanced(
    lines: Sequence[_Line],
    own: Mapping[int, Height],
    repeated: Mapping[int, Height],
    start: int,
    most: float,
    count: int,
) -> list[_Column]:
    """The lowest columns that hold all lines from `start`; they do at the height `most`."""
    step = min(own[line.number].body for line in lines[start:])
    total = sum(own[line.number].body for line in lines[start:])
    height = total / count
    while height < most:
        columns = _filled(lines, own, repeated, start, height, count)
        if columns[-1][2] == len(lines) and all(_may_break(lines, stop) for _, _, stop in columns):
            return columns
        height += step / 2
    return _filled(lines, own, repeated, start, most, count)


def _reach(
    lines: Sequence[_Line],
    own: Mapping[int, Height],
    repeated: Mapping[int, Height],
    start: int,
    height: float,
) -> int:
    """The line after the last that a column takes which begins with `start`; at least one is taken."""
    first = lines[start]
    used = repeated[first.parent].body if first.parent is not None else 0.0
    below = 0.0
    stop, best = start, start
    while stop < len(lines):
        line = own[lines[stop].number]
        # What stands at the head of a column has no space above it.
        gap = max(below, line.above) if stop > start or first.parent is not None else 0.0
        if used + gap + line.body > height - _SLACK_PX and stop > start:
            break
        used, below = used + gap + line.body, line.below
        stop += 1
        if _may_break(lines, stop):
            best = stop
    if stop == len(lines):
        return stop
    return best if best > start else stop


def _may_break(lines: Sequence[_Line], place: int) -> bool:
    """Whether a column may end before the line at `place`.

    Not behind a letter or a heading, nor behind the first of a heading's films, nor before its last.
    """
    if place == len(lines):
        return True
    before, after = lines[place - 1], lines[place]
    if before.letter or before.heading:
        return False
    if after.parent is None:
        return True
    first_of_all = before.parent is not None and lines[place - 2].heading
    carried = sum(line.parent == after.parent for line in lines[place : place + _LEAST_CARRIED])
    return not first_of_all and carried == _LEAST_CARRIED


# ---------------------------------------------------------------------------------------- setting


def _place(place: int, room: Room) -> str:
    """The style of a column, the first of a page being 0."""
    after = "left" if room.leftward else "right"
    gap = f";margin-{after}:{room.gap:.3f}px" if place < room.columns - 1 else ""
    return f"{_COLUMN};width:{room.width:.3f}px{gap}"


def _column(lines: Sequence[_Line], start: int, stop: int, container: str) -> str:
    """The lines from `start` up to `stop` as HTML, the first of them at the very head of a column."""
    taken = [line.html for line in lines[start:stop]]
    parent = lines[start].parent
    if parent is not None:
        taken.insert(0, _continued(lines[parent].html, container))
    taken[0] = _with(taken[0], style="margin-top:0")
    return "\n".join(taken)


def _continued(heading: str, container: str) -> str:
    """The line that repeats a heading at the top of a column: its words, and that they are continued."""
    found = _LINE.fullmatch(heading)
    assert found is not None
    words = _HEADING_WORDS.match(found[3])
    said = _CONTINUED.search(container)
    head = _HEAD.search(found[2])
    return (
        f'<p class="entry continued" data-head="{head[1] if head else ""}">'
        f"{words[0].strip() if words else ''} <i>{said[1] if said else ''}</i></p>"
    )


_HEADING_WORDS = re.compile(r"[^<]*?(?=\s*(?:[,،、]\s*)?(?:<|$))")
"""A heading's own words, without its note and its page numbers."""


def _with(line: str, mark: str = "", style: str = "") -> str:
    attributes = (f' {MARK}="{mark}"' if mark else "") + (f' style="{style}"' if style else "")
    return re.sub(r"^<(p|h2)\b", rf"<\1{attributes}", line, count=1)
