"""Where the films of a map stand: the same places on every machine, and no two of them on top of each other.

Films are drawn to where the number of steps between them is kept best (stress majorization, after
Gansner, Koren and North 2004), spread over the windows of the page, moved apart until each has room for
its spot and its words, and then moved about as long as that makes ties shorter, straighter to follow and
less crossed. Nothing is left to chance: the first places come from digests of slugs, and all that is
reckoned with are sums, products and square roots, which every processor rounds alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import fsum, sqrt

from book.figures.geometry import Point
from book.figures.refining import Room, Standing, Window, moved, overlap, refined, rounded, within_window

Pair = tuple[int, int]

STARTS, ROUNDS = 6, 60
APART = 2.0  # steps between films that no tie connects, beyond the longest way that ties make


def places(
    names: Sequence[str], ties: Mapping[Pair, float], rooms: Sequence[Room], windows: Sequence[Window]
) -> tuple[Point, ...] | None:
    """The middle of every film's spot, rounded to tenths of a point; None where they do not all fit.

    `ties` maps pairs of places in `names`, the smaller first, to a likeness from 0 to 1.
    """
    steps = _steps(len(names), ties)
    drawn = min(
        (_least_stress(_start(names, number), steps) for number in range(STARTS)),
        key=lambda found: round(found[0], 6),
    )[1]
    drawn = _along(drawn)
    spread = _into(drawn, ties, rooms, windows)
    settled = _apart(spread, rooms)
    return refined(settled, sorted(ties), rooms) if settled is not None else None


# ------------------------------------------------------------------------------------ by their ties


def _steps(count: int, ties: Mapping[Pair, float]) -> list[list[float]]:
    """The shortest way between each two films: a tie is a step, and a strong one a shorter step."""
    far = float(count)
    steps = [[0.0 if a == b else far for b in range(count)] for a in range(count)]
    for (a, b), likeness in ties.items():
        steps[a][b] = steps[b][a] = 1.3 - 0.5 * likeness
    for middle in range(count):
        through = steps[middle]
        for row in steps:
            first = row[middle]
            if first < far:
                for end in range(count):
                    if first + through[end] < row[end]:
                        row[end] = first + through[end]
    longest = max((way for row in steps for way in row if way < far), default=1.0)
    return [[min(way, longest / 2 + APART) if way >= far else way for way in row] for row in steps]


def _start(names: Sequence[str], number: int) -> list[Point]:
    """Places that follow from the names alone, other ones for each number."""

    def place(name: str) -> Point:
        digest = sha256(f"{number} {name}".encode()).digest()
        return int.from_bytes(digest[:4]) / 2**32, int.from_bytes(digest[4:8]) / 2**32

    span = sqrt(len(names))
    return [(x * span, y * span) for x, y in map(place, names)]


def _least_stress(start: list[Point], steps: list[list[float]]) -> tuple[float, list[Point]]:
    """The stress that is left, and the places, when each film in turn has gone where others want it."""
    xs, ys = [x for x, _ in start], [y for _, y in start]
    count = len(start)
    for _ in range(ROUNDS):
        for a in range(count):
            x, y, way_of = xs[a], ys[a], steps[a]
            sum_x = sum_y = total = 0.0
            for b in range(count):
                if b == a:
                    continue
                dx, dy, way = x - xs[b], y - ys[b], way_of[b]
                there = sqrt(dx * dx + dy * dy) or 1e-6
                weight = 1.0 / (way * way)
                sum_x += weight * (xs[b] + way * dx / there)
                sum_y += weight * (ys[b] + way * dy / there)
                total += weight
            if total:
                xs[a], ys[a] = sum_x / total, sum_y / total
    stress = 0.0
    for a in range(count):
        for b in range(a):
            dx, dy, way = xs[a] - xs[b], ys[a] - ys[b], steps[a][b]
            off = sqrt(dx * dx + dy * dy) - way
            stress += off * off / (way * way)
    return stress, list(zip(xs, ys, strict=True))


def _along(points: list[Point]) -> list[Point]:
    """The same turned so that they stretch from left to right."""
    count = len(points)
    mid_x, mid_y = fsum(x for x, _ in points) / count, fsum(y for _, y in points) / count
    centred = [(x - mid_x, y - mid_y) for x, y in points]
    xx, yy = fsum(x * x for x, _ in centred), fsum(y * y for _, y in centred)
    xy = fsum(x * y for x, y in centred)
    half = (xx - yy) / 2
    longest = (xx + yy) / 2 + sqrt(half * half + xy * xy)
    way = (longest - yy, xy) if abs(xy) > 1e-9 else ((1.0, 0.0) if xx >= yy else (0.0, 1.0))
    size = sqrt(way[0] * way[0] + way[1] * way[1]) or 1.0
    cos, sin = way[0] / size, way[1] / size
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]


# ---------------------------------------------------------------------------------- into the windows


def _into(
    points: list[Point], ties: Mapping[Pair, float], rooms: Sequence[Room], windows: Sequence[Window]
) -> list[Standing]:
    """The films parted among the windows from left to right, and spread over each."""
    order = sorted(range(len(points)), key=lambda film: (points[film][0], film))
    standing: dict[int, Standing] = {}
    for window, films in zip(windows, _parted(order, ties, len(windows)), strict=True):
        for axis in (0, 1):
            ranked = sorted(films, key=lambda film: (points[film][axis], film))
            low, high = points[ranked[0]][axis], points[ranked[-1]][axis]
            for rank, film in enumerate(ranked):
                even = (rank + 0.5) / len(ranked)
                true = (points[film][axis] - low) / (high - low) if high > low else 0.5
                # Half by place, half by rank: a crowd in the middle takes room, and corners fill.
                share = 0.5 * true + 0.5 * even
                before = standing.get(film, Standing(0, 0, window))
                if axis == 0:
                    x = window.left + share * (window.right - window.left)
                    standing[film] = Standing(x, before.y, window)
                else:
                    y = window.top + share * (window.bottom - window.top)
                    standing[film] = Standing(before.x, y, window)
    return [within_window(standing[film], rooms[film]) for film in range(len(points))]


def _parted(order: list[int], ties: Mapping[Pair, float], parts: int) -> list[list[int]]:
    """The films in as many parts, of about one size, cut where the fewest ties are."""
    if parts == 1 or len(order) < 2 * parts:
        return [order] if parts == 1 else [order[part::parts] for part in range(parts)]
    count = len(order)
    rank = {film: place for place, film in enumerate(order)}

    def cut_ties(cut: int) -> int:
        return sum((rank[a] < cut) != (rank[b] < cut) for a, b in ties)

    slack = max(1, count // 12)
    cuts = range(count // 2 - slack, count // 2 + slack + 1)
    best = min(cuts, key=lambda cut: (cut_ties(cut), abs(cut * 2 - count), cut))
    return [order[:best], order[best:]]


# --------------------------------------------------------------------------------------------- apart


def _apart(start: list[Standing], rooms: Sequence[Room]) -> list[Standing] | None:
    """The films moved no further than they must, so that none reaches into another."""
    standing = list(start)
    count = len(standing)
    for _ in range(240):
        free = True
        for a in range(count):
            for b in range(a):
                over = overlap(standing[a], rooms[a], standing[b], rooms[b])
                if over is None:
                    continue
                free = False
                across, down = over
                one, other = standing[a], standing[b]
                if across < down:
                    push = (across / 2 + 0.1) * (1 if (one.x, a) >= (other.x, b) else -1)
                    one, other = moved(one, push, 0), moved(other, -push, 0)
                else:
                    push = (down / 2 + 0.1) * (1 if (one.y, a) >= (other.y, b) else -1)
                    one, other = moved(one, 0, push), moved(other, 0, -push)
                standing[a], standing[b] = within_window(one, rooms[a]), within_window(other, rooms[b])
        if free:
            return [rounded(each) for each in standing]
    return _replaced(standing, rooms)


def _replaced(standing: list[Standing], rooms: Sequence[Room]) -> list[Standing] | None:
    """Where pushing has not come to rest: every film in turn at the nearest place that is free."""
    windows = sorted({each.window for each in standing}, key=lambda window: window.left)
    settled: dict[int, Standing] = {}
    # The widest first, for the narrow ones fit in between.
    for film in sorted(range(len(standing)), key=lambda film: (-rooms[film].half, film)):
        wanted = standing[film]
        free = None
        for window in windows:
            for spot in _raster(window, rooms[film]):
                if any(overlap(spot, rooms[film], at, rooms[other]) for other, at in settled.items()):
                    continue
                dx, dy = spot.x - wanted.x, spot.y - wanted.y
                far = dx * dx + dy * dy
                if free is None or far < free[0]:
                    free = (far, spot)
        if free is None:
            return None
        settled[film] = free[1]
    return [settled[film] for film in range(len(standing))]


def _raster(window: Window, room: Room) -> list[Standing]:
    step = 4.0
    wide = window.right - window.left - 2 * room.half
    high = window.bottom - window.top - room.above - room.below
    return [
        Standing(
            round(window.left + room.half + column * step, 1),
            round(window.top + room.above + row * step, 1),
            window,
        )
        for row in range(int(high / step) + 1)
        for column in range(int(wide / step) + 1)
        if wide >= 0 and high >= 0
    ]
