"""Where the ink of a finished book is, held against the area that its type may stand in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2

from book.config import load_project
from book.page_plan import FOOT_PT, HEAD_PT, POINTS_PER_MM, page_plan
from book.themes import find_theme

TALL = 6.0  # points by which scripts with marks above and below stand out of a running head's line
SLACK = 3.0  # points: an italic's foot, a bracket that hangs


def outside(root: Path, theme: str, *, bound_right: bool = False) -> list[tuple[int, list[int], list[int]]]:
    """Pages of a guide's PDF with ink beyond their type area: number, where the ink ends, where it should."""
    project, _ = load_project(root)
    plan = page_plan(project.print, find_theme(theme, root))
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(root / "build" / "a-guide.pdf"), 1):
        dark = np.asarray(page.render(scale=1, grayscale=True).to_pil()) < 160
        down, across = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
        if not len(across):
            continue
        recto = number % 2 == 1  # a book's first page is one
        left, right = (plan.inner, plan.outer) if recto != bound_right else (plan.outer, plan.inner)
        bounds = (
            left * POINTS_PER_MM - SLACK,
            (plan.width - right) * POINTS_PER_MM + SLACK,
            plan.top * POINTS_PER_MM - (HEAD_PT + TALL) * plan.scale,
            (plan.height - plan.foot) * POINTS_PER_MM + (FOOT_PT + TALL) * plan.scale,
        )
        ink = (across[0], across[-1], down[0], down[-1])
        if not (bounds[0] <= ink[0] and ink[1] <= bounds[1] and bounds[2] <= ink[2] and ink[3] <= bounds[3]):
            found.append((number, [int(side) for side in ink], [round(side) for side in bounds]))
    return found
