"""For a film with two clocks: the order in which it shows its events against that of its story.

Belongs to the spoiler part. An event is a number here, its place in the timeline; what happens in it is never
said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from book.figures.drawing import FINE, LEAST_TYPE, Drawing, Label, Line, Mark, Spot
from book.figures.lettering import Lettering
from book.figures.moments import Moment, moments
from book.lists import Event
from book.quotes import typeset
from book.words import Words

FEWEST, MOST = 3, 44
"""Events that a strip shows: with fewer there is no order to speak of, with more no page holds them."""

_AT = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::\d\d)?|(?:(?P<hours>\d{1,2}) ?h ?)?(?P<min>\d{1,3})? ?(?:min|m|['’′])?\.?"
)


@dataclass(frozen=True, slots=True)
class Strip:
    """What a strip is drawn on: its width and the size of its letters in points."""

    width: float
    size: float
    letters: Lettering
    words: Words


def strip(events: Sequence[Event], name: str, on: Strip, runtime_min: int | None = None) -> Drawing | None:
    """The strip of a timeline, or None where no event has a time of the story, or too few or too many have.

    Where the story's times can be put in order, lines lead from each event on screen to its place in the
    story. Where they are layers that have none (dream, memory), the film moves between their strands.
    """
    shown = [
        replace(event, story=typeset(event.story, on.words.language))
        for event in events
        if event.at or event.story
    ]
    told = [event.story for event in shown]
    if not FEWEST <= len(shown) <= MOST or sum(map(bool, told)) < FEWEST:
        return None
    placed = moments(told, on.words.language)
    if any(placed):
        known = [moment for moment in placed if moment]
        straight = len(known) == len(shown) and known == sorted(known)
        return _straight(shown, placed, name, on) if straight else _Slopes(shown, placed, on).drawing(name)
    layers = list(dict.fromkeys(filter(None, told)))
    # A film that never comes back to a layer says no more by moving between them than its list says.
    if len(layers) < 2 or len(layers) > 12 or not _comes_back(told):
        return None
    return _strands(shown, layers, name, on, runtime_min)


def _comes_back(told: Sequence[str]) -> bool:
    blocks = [layer for layer, before in zip(told, ["", *told], strict=False) if layer and layer != before]
    return len(blocks) > len(set(blocks))


# --------------------------------------------------------------------------------- times in order


class _Slopes:
    """Lines from the order on screen, at the left, to that of the story, at the right."""

    def __init__(self, shown: Sequence[Event], placed: Sequence[Moment | None], on: Strip) -> None:
        self._shown, self._placed, self._on = shown, placed, on
        said = {(moment, event.story) for event, moment in zip(shown, placed, strict=True) if moment}
        first = {
            (moment, event.story): number
            for number, (event, moment) in reversed(list(enumerate(zip(shown, placed, strict=True))))
            if moment
        }
        # Times that fall together stand as the film first names them.
        self._slots = sorted(said, key=lambda slot: (slot[0], first[slot]))

    def drawing(self, name: str) -> Drawing:
        on, count = self._on, len(self._shown)
        size = on.size
        pitch = size * (1.65 if count <= 30 else 1.25)
        top = size * 2.0
        height = top + count * pitch + 2
        numbers = on.letters.width(str(count), size, "strong") + 6
        times = max((on.letters.width(event.at, size) for event in self._shown), default=0)
        left = numbers + times + 7
        aside = min(max(on.letters.width(story, size) for _, story in self._slots) + 1, on.width * 0.38)
        right = on.width - aside - 7
        step = count * pitch / len(self._slots)
        at_left = [top + (row + 0.5) * pitch for row in range(count)]
        at_right = [top + (slot + 0.5) * step for slot in range(len(self._slots))]
        marks: list[Mark] = []
        labels = [
            Label(0, size, on.words.gettext("On screen"), size, style="italic"),
            Label(round(right + 7, 2), size, on.words.gettext("In the story"), size, style="italic"),
        ]
        last: Moment | None = None
        for row, (event, moment) in enumerate(zip(self._shown, self._placed, strict=True)):
            y = round(at_left[row], 2)
            labels.append(
                Label(round(numbers - 6, 2), round(y + size * 0.32, 2), str(row + 1), size, "end", "strong")
            )
            if event.at:
                labels.append(
                    Label(round(numbers + times, 2), round(y + size * 0.32, 2), event.at, size, "end")
                )
            marks.append(Spot(round(left, 2), y, 2.0, filled=moment is not None))
            if moment is None:
                continue
            end = round(at_right[self._slots.index((moment, event.story))], 2)
            back = last is not None and moment < last
            marks.append(Line(round(left + 2.6, 2), y, round(right - 2.6, 2), end, 1.3 if back else FINE))
            last = moment
        for slot, (_, story) in enumerate(self._slots):
            y = round(at_right[slot], 2)
            marks.append(Spot(round(right, 2), y, 2.0))
            shown = on.letters.wrapped(story, size, aside, lines=1)[0]
            labels.append(Label(round(right + 7, 2), round(y + size * 0.32, 2), shown, size))
        return Drawing(
            name=name,
            title=on.words.gettext("The film’s order and the story’s"),
            description=self._description(),
            width=on.width,
            height=round(height, 2),
            marks=tuple(marks),
            labels=tuple(labels),
            caption=self._caption(),
        )

    def _caption(self) -> str:
        _ = self._on.words.gettext
        said = _("A line for every event of the timeline; the heavy ones go back in time.")
        if None in self._placed:
            said += " " + _("A ring is an event without a time that could be put in order.")
        return said

    def _description(self) -> str:
        """The order of the story in the numbers of events."""
        words = self._on.words
        shown = [event.story for event in self._shown]
        slots = [
            (self._slots.index((moment, story)), number)
            for number, (moment, story) in enumerate(zip(self._placed, shown, strict=True))
            if moment
        ]
        order = [number for _, number in sorted(slots)]
        said = words.gettext(
            "%(count)d events, numbered as they are shown. In the order of the story they are: %(order)s."
        )
        numbers = ", ".join(str(number + 1) for number in order)
        return said % {"count": len(self._shown), "order": numbers}


# --------------------------------------------------------------------------------- straight through


def _straight(shown: Sequence[Event], placed: Sequence[Moment | None], name: str, on: Strip) -> Drawing:
    """Two lines, the film's above the story's: nothing crosses, and a ladder would only take up room."""
    size, words = on.size, on.words
    slots = sorted({moment for moment in placed if moment})
    left, right = 3.0, on.width - 3.0
    upper, lower = size * 2.9, size * 6.2
    step = (right - left) / len(shown)
    marks: list[Mark] = [Line(0, y, on.width, y, FINE) for y in (round(upper, 2), round(lower, 2))]
    labels = [
        Label(0, round(size, 2), words.gettext("On screen"), size, style="italic"),
        Label(0, round(lower + size * 2.9, 2), words.gettext("In the story"), size, style="italic"),
    ]
    free = {1: 0.0, 2: 0.0}
    wide = (right - left) / len(slots)
    for number, (event, moment) in enumerate(zip(shown, placed, strict=True)):
        x = round(left + (number + 0.5) * step, 2)
        slot = slots.index(moment or slots[0])
        below = round(left + (slot + 0.5) * wide, 2)
        first = number == 0 or placed[number - 1] != moment
        marks += [
            Spot(x, round(upper, 2), 2.0),
            Line(x, round(upper + 2.6, 2), below, round(lower - 2.6, 2), FINE),
        ]
        if event.at and x - on.letters.width(event.at, size) / 2 > free[1]:
            labels.append(Label(x, round(upper - size * 0.6, 2), event.at, size, "middle"))
            free[1] = x + on.letters.width(event.at, size) / 2 + 3
        if not first:
            continue
        marks.append(Spot(below, round(lower, 2), 2.0))
        reach = on.letters.width(event.story, size) / 2
        middle = min(max(below, reach), on.width - reach)
        if event.story and middle - reach >= free[2]:
            labels.append(Label(round(middle, 2), round(lower + size * 1.4, 2), event.story, size, "middle"))
            free[2] = middle + reach + 3
    said = words.gettext("The film tells its story in the order in which it happens.")
    return Drawing(
        name=name,
        title=words.gettext("The film’s order and the story’s"),
        description=said,
        width=on.width,
        height=round(lower + size * 3.3, 2),
        marks=tuple(marks),
        labels=tuple(labels),
        caption=said,
    )


# ------------------------------------------------------------------------------ layers without order


def _strands(
    shown: Sequence[Event], layers: Sequence[str], name: str, on: Strip, runtime_min: int | None
) -> Drawing:
    """The layers one below the other, and the film's way between them from left to right."""
    size, words = on.size, on.words
    aside = min(max(on.letters.width(layer, size) for layer in layers) + 1, on.width * 0.36)
    left, right = aside + 10, on.width - 10
    pitch, top = size * 2.3, size * 0.4
    foot = top + len(layers) * pitch
    minutes = [minutes_at(event.at) for event in shown]
    whole = [each for each in minutes if each is not None]
    timed = len(whole) == len(shown) and whole == sorted(whole) and whole[-1] > 0
    end = max(runtime_min or 0, whole[-1]) if timed else len(shown)

    def across(number: int) -> float:
        share = (minutes[number] or 0) / end if timed else (number + 0.5) / end
        return round(left + share * (right - left), 2)

    rows = {layer: round(top + (row + 0.5) * pitch, 2) for row, layer in enumerate(layers)}
    marks: list[Mark] = [Line(round(left, 2), y, round(right, 2), y, FINE) for y in rows.values()]
    labels = [
        Label(
            0,
            round(y + size * 0.32, 2),
            on.letters.wrapped(layer, size, aside, lines=1)[0],
            size,
            style="italic",
        )
        for layer, y in rows.items()
    ]
    placed = [
        (across(number), rows[event.story], number) for number, event in enumerate(shown) if event.story
    ]
    for (x1, y1, _), (x2, y2, _) in pairwise(placed):
        marks.append(Line(x1, y1, x2, y1, 1.3))
        if y1 != y2:
            marks.append(Line(x2, min(y1, y2) - 0.65, x2, max(y1, y2) + 0.65, FINE))
    if placed:
        x, y, _ = placed[-1]
        marks.append(Line(x, y, round(right, 2), y, 1.3))
    last_x: dict[float, float] = {}
    for x, y, number in placed:
        marks.append(Spot(x, y, 2.4))
        if x - last_x.get(y, -99.0) > on.letters.width("00", size * 0.9):
            least = round(max(size * 0.9, LEAST_TYPE), 2)
            labels.append(Label(x + 2.4, round(y - size * 0.42, 2), str(number + 1), least))
            last_x[y] = x
    if timed:
        for at in (0, end // 2, end):
            x = round(left + at / end * (right - left), 2)
            marks.append(Line(x, round(foot, 2), x, round(foot + 3, 2), FINE))
            anchor = "end" if at == end else "middle"
            labels.append(Label(x, round(foot + size * 1.3, 2), f"{at // 60}:{at % 60:02}", size, anchor))
    order = "; ".join(
        f"{layer}: {', '.join(str(number + 1) for _, y, number in placed if y == rows[layer])}"
        for layer in layers
    )
    said = words.gettext("%(count)d events, numbered as they are shown, by where they belong: %(order)s.")
    return Drawing(
        name=name,
        title=words.gettext("The film’s way between its layers"),
        description=said % {"count": len(shown), "order": order},
        width=on.width,
        height=round(foot + (size * 1.6 if timed else 2), 2),
        marks=tuple(marks),
        labels=tuple(labels),
        caption=words.gettext(
            "From left to right the film, with its events by number; from top to bottom its layers."
        ),
    )


def minutes_at(time: str) -> int | None:
    """The minute of a time on screen such as 1:05, 1h05, 65 min; None where it is none."""
    match = _AT.fullmatch(time.strip().lstrip("~≈ "))
    if match is None or not time.strip():
        return None
    if match["h"]:
        return int(match["h"]) * 60 + int(match["m"])
    return int(match["hours"] or 0) * 60 + int(match["min"] or 0)
