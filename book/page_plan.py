"""Where the text stands on a page: the theme's proportions on the guide's trim, with a printer's margins.

Themes are drawn for 6 by 9 inches. On a larger trim their lines would be too long, so that the type grows
with the page, half as fast as it, and the margins take the rest. On a smaller one the type stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt

from book.config import PrintPlan
from book.themes import Theme

POINTS_PER_MM = 72 / 25.4

MOST_GROWTH = 1.2
"""Beyond it, text looks like a children's book."""

NARROWEST_OUTER = 0.075
"""Of the width: a wider gutter takes its room from the outer margin down to this, and then from the text."""

INNER_SHARE = 0.3
"""Of the room that a line leaves over on a wide page; the larger part goes where thumbs hold the book."""

HEAD_PT, FOOT_PT = 18.0, 23.0
"""What running heads and folios take of the upper and the lower margin, from the text outwards."""

OVERHANG_MM = 0.8
"""How far ink reaches beyond the text: italics lean and round letters swell over the edge of their line."""

NARROWEST_TEXT_MM = 55.0
"""Of a line: below, hardly a sentence stands on one."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page in millimetres, and what the theme's points are multiplied by on it."""

    width: float
    height: float
    top: float
    foot: float
    inner: float
    outer: float
    scale: float

    @property
    def text_width(self) -> float:
        """The length of a line."""
        return self.width - self.inner - self.outer

    @property
    def text_height(self) -> float:
        """The height of the text."""
        return self.height - self.top - self.foot


def page_plan(plan: PrintPlan, theme: Theme) -> PagePlan:
    """The page of a guide in a theme."""
    width, height, shape = plan.trim_width_mm, plan.trim_height_mm, theme.page
    inner, outer = shape.inner * width, shape.outer * width
    top, foot = shape.top * height, shape.foot * height
    em = shape.type * shape.enlarge / POINTS_PER_MM
    growth = min(sqrt(max((width - inner - outer) / em / shape.measure, 1.0)), MOST_GROWTH)
    left_over = max(width - inner - outer - shape.measure * em * growth, 0.0)
    inner, outer = inner + INNER_SHARE * left_over, outer + (1 - INNER_SHARE) * left_over
    scale = round(shape.enlarge * growth, 4)
    inside, outside = (least + OVERHANG_MM if least else 0.0 for least in (plan.inside_mm, plan.outside_mm))
    if inside > inner:
        outer -= min(inside - inner, max(outer - NARROWEST_OUTER * width, 0.0))
        inner = inside
    if outside:
        outer = max(outer, outside)
        top = max(top, outside + HEAD_PT * scale / POINTS_PER_MM)
        foot = max(foot, outside + FOOT_PT * scale / POINTS_PER_MM)
    return PagePlan(width, height, top, foot, inner, outer, scale)


_POINTS = re.compile(r"(?<![\w.#-])(\d*\.?\d+)pt\b")


def scaled(css: str, scale: float) -> str:
    """The style sheet with its points multiplied, save those of a point or less, for lines are no type."""

    def grown(match: re.Match[str]) -> str:
        points = float(match[1])
        return match[0] if points <= 1 else f"{points * scale:.2f}".rstrip("0").rstrip(".") + "pt"

    return css if scale == 1 else _POINTS.sub(grown, css)


def mirrored(css: str) -> str:
    """The style sheet for a book that is bound at the right: what its pages have at the left, at the right.

    Of `@page` rules alone, for the others know which way the text runs.
    """
    return _PAGE_RULE.sub(lambda rule: _SIDE.sub(lambda side: _OTHER[side[0]], rule[0]), css)


_SIDE = re.compile(r"\b(?:left|right)\b")
_OTHER = {"left": "right", "right": "left"}
_PAGE_RULE = re.compile(r"@page\b[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}")


def page_css(plan: PrintPlan, theme: Theme) -> str:
    """The page's size and margins, mirrored, and pages that a picture fills to beyond their edges."""
    page, beyond = page_plan(plan, theme), plan.bleed_mm
    bleed = f";bleed:{beyond:.3f}mm" if beyond else ""
    return (
        f"@page{{size:{page.width:.2f}mm {page.height:.2f}mm{bleed}}}"
        f"@page:right{{margin:{page.top:.2f}mm {page.outer:.2f}mm {page.foot:.2f}mm {page.inner:.2f}mm}}"
        f"@page:left{{margin:{page.top:.2f}mm {page.inner:.2f}mm {page.foot:.2f}mm {page.outer:.2f}mm}}"
        "@page bleed{margin:0;@top-left{content:none}@top-right{content:none}"
        "@bottom-left{content:none}@bottom-right{content:none}}"
        "p:has(> img.bleed){page:bleed;break-before:page;break-after:page;text-indent:0}"
        f"img.bleed{{display:block;margin:{-beyond:.3f}mm;width:{page.width + 2 * beyond:.3f}mm;"
        f"height:{page.height + 2 * beyond:.3f}mm;max-width:none;max-height:none;object-fit:cover}}"
    )
