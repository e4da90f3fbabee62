"""Points, boxes and straight lines. All lengths are points, y counts downwards."""

from __future__ import annotations

Point = tuple[float, float]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def box_around(point: Point, r: float) -> Box:
    """The box around a disc."""
    return point[0] - r, point[1] - r, point[0] + r, point[1] + r


def grown(box: Box, by: float) -> Box:
    """The box with so much added on every side."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes reach into each other; to touch is not to meet."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def inside(box: Box, page: Box) -> bool:
    """Whether a box stands wholly on a page."""
    return page[0] <= box[0] and page[1] <= box[1] and box[2] <= page[2] and box[3] <= page[3]


def crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two straight lines cross between their ends."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def within(a: Point, b: Point, box: Box) -> tuple[float, float] | None:
    """From where to where a line runs through a box, as shares of its length; None where it does not."""
    left, top, right, bottom = box
    enters, leaves = 0.0, 1.0
    for start, way, low, high in ((a[0], b[0] - a[0], left, right), (a[1], b[1] - a[1], top, bottom)):
        if abs(way) < 1e-12:
            if not low < start < high:
                return None
            continue
        first, last = sorted(((low - start) / way, (high - start) / way))
        enters, leaves = max(enters, first), min(leaves, last)
    return (enters, leaves) if enters < leaves else None
