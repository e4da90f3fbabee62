"""The last touch to a map: every film is tried a little way off, all around, and stays where it is best.

Best is where ties are short, cross little, run through no other film's words, and films stand evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from book.figures.geometry import Point, crosses, within

SWEEPS = 6

_CROSSED, _COVERED, _CROWDED = 45.0, 30.0, 0.9
# A crossing costs the eye as much as so many points of line, and a line through another film's words; the
# last is what a point costs by which films stand nearer than if they were spread evenly.

_WAYS = tuple(
    (dx * far, dy * far)
    for far in (0.4, 1.0)
    for dx, dy in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7))
)


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a page that films may stand in; a map over a spread has two, side by side."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Room:
    """What a film needs around the middle of its spot, in points: half a width, above and below."""

    half: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a film is, and in which window."""

    x: float
    y: float
    window: Window


def moved(standing: Standing, dx: float, dy: float) -> Standing:
    """The same so far to the right and down."""
    return Standing(standing.x + dx, standing.y + dy, standing.window)


def within_window(standing: Standing, room: Room) -> Standing:
    """The nearest place at which the film has its room in its window."""
    window = standing.window
    x = min(max(standing.x, window.left + room.half), window.right - room.half)
    y = min(max(standing.y, window.top + room.above), window.bottom - room.below)
    return Standing(x, y, window)


def rounded(standing: Standing) -> Standing:
    """The same to tenths of a point."""
    return Standing(round(standing.x, 1), round(standing.y, 1), standing.window)


def overlap(a: Standing, room_a: Room, b: Standing, room_b: Room) -> Point | None:
    """How far two films reach into each other, across and down; None where they do not."""
    across = room_a.half + room_b.half - abs(a.x - b.x)
    if across <= 0:
        return None
    bottom = min(a.y + room_a.below, b.y + room_b.below)
    top = max(a.y - room_a.above, b.y - room_b.above)
    return (across, bottom - top) if bottom > top else None


def refined(
    start: Sequence[Standing], ties: Sequence[tuple[int, int]], rooms: Sequence[Room]
) -> tuple[Point, ...]:
    """The places after some sweeps over all films; none reaches into another that did not before."""
    plan = _Plan(list(start), list(ties), rooms)
    films = range(len(start))
    for sweep in range(SWEEPS):
        reach = 48.0 / (sweep + 1)
        changed = False
        for film in films:
            here = plan.standing[film]
            best, least = here, plan.cost(film, here)
            for dx, dy in _WAYS:
                tried = rounded(within_window(moved(here, dx * reach, dy * reach), rooms[film]))
                if plan.is_free(film, tried) and plan.cost(film, tried, least) < least - 0.01:
                    best, least = tried, plan.cost(film, tried)
            changed = changed or best != here
            plan.standing[film] = best
        if not changed and sweep > 2:
            break
    return tuple((each.x, each.y) for each in plan.standing)


class _Plan:
    """All films with their ties, and what each costs."""

    def __init__(self, standing: list[Standing], ties: list[tuple[int, int]], rooms: Sequence[Room]) -> None:
        self.standing, self._ties, self._rooms = standing, ties, rooms
        self._tied: list[list[int]] = [[] for _ in standing]
        for a, b in ties:
            self._tied[a].append(b)
            self._tied[b].append(a)
        windows = {each.window for each in standing}
        area = fsum(
            (window.right - window.left) * (window.bottom - window.top)
            for window in sorted(windows, key=_left)
        )
        self._apart = sqrt(area / len(standing))  # of films that are spread evenly

    def is_free(self, film: int, tried: Standing) -> bool:
        room = self._rooms[film]
        return not any(
            other != film and overlap(tried, room, at, self._rooms[other])
            for other, at in enumerate(self.standing)
        )

    def cost(self, film: int, here: Standing, most: float = float("inf")) -> float:
        """What the film costs at a place, or any sum from `most` up once it is reached."""
        x, y, room = here.x, here.y, self._rooms[film]
        cost = self._crowding(film, here)
        for other in self._tied[film]:
            dx, dy = x - self.standing[other].x, y - self.standing[other].y
            cost += sqrt(dx * dx + dy * dy)
        box = (x - room.half, y - room.above, x + room.half, y + room.below)
        for a, b in self._ties:
            if film in (a, b):
                continue
            one, two = self.standing[a], self.standing[b]
            if _near(one.x, one.y, two.x, two.y, *box) and within((one.x, one.y), (two.x, two.y), box):
                cost += _COVERED
        for other in self._tied[film]:
            if cost >= most:
                return cost
            cost += self._met(film, other, here)
        return cost

    def _met(self, film: int, other: int, here: Standing) -> float:
        """What the tie between two films costs by all that it crosses and covers."""
        there = self.standing[other]
        a, b, cost = (here.x, here.y), (there.x, there.y), 0.0
        left, right = (a[0], b[0]) if a[0] < b[0] else (b[0], a[0])
        top, bottom = (a[1], b[1]) if a[1] < b[1] else (b[1], a[1])
        for one, two in self._ties:
            if film in (one, two) or other in (one, two):
                continue
            c, d = self.standing[one], self.standing[two]
            if _near(c.x, c.y, d.x, d.y, left, top, right, bottom) and crosses(a, b, (c.x, c.y), (d.x, d.y)):
                cost += _CROSSED
        for third, at in enumerate(self.standing):
            if third in (film, other):
                continue
            room = self._rooms[third]
            box = (at.x - room.half, at.y - room.above, at.x + room.half, at.y + room.below)
            if box[0] > right or box[2] < left or box[1] > bottom or box[3] < top:
                continue
            if within(a, b, box):
                cost += _COVERED
        return cost

    def _crowding(self, film: int, here: Standing) -> float:
        x, y, near, cost = here.x, here.y, 1.3 * self._apart, 0.0
        for other, at in enumerate(self.standing):
            dx, dy = x - at.x, y - at.y
            if other != film and -near < dx < near and -near < dy < near:
                cost += _CROWDED * max(0.0, near - sqrt(dx * dx + dy * dy))
        window = here.window
        for edge in (x - window.left, window.right - x, y - window.top, window.bottom - y):
            cost += _CROWDED * max(0.0, 0.5 * self._apart - edge) * 0.5
        return cost


def _left(window: Window) -> float:
    return window.left


def _near(
    x1: float, y1: float, x2: float, y2: float, left: float, top: float, right: float, bottom: float
) -> bool:
    """Whether a line may meet a box at all."""
    return not (
        (x1 < left and x2 < left)
        or (x1 > right and x2 > right)
        or (y1 < top and y2 < top)
        or (y1 > bottom and y2 > bottom)
    )
