"""Where the text stands on a page, whatever its trim and whoever prints it."""

from dataclasses import replace
from pathlib import Path

import pytest

from book.config import PrintPlan
from book.page_plan import page_css, page_plan, scaled
from book.themes import find_theme
from book.trims import trim_mm

PROJECT = Path(__file__).parent.parent
CLASSIC = find_theme("classic", PROJECT)


def on(trim: str, **more: float) -> PrintPlan:
    width, height = trim_mm(trim) or (0.0, 0.0)
    return replace(PrintPlan(trim_width_mm=width, trim_height_mm=height), **more)


@pytest.mark.parametrize("theme", ["classic", "modern", "large-print"])
@pytest.mark.parametrize(
    "trim", ["5x8in", "A5", "5.5x8.5in", "6x9in", "7x10in", "B5", "8x10in", "A4", "8.5x11in"]
)
def test_a_line_is_never_too_long_and_never_too_short(theme: str, trim: str) -> None:
    style = find_theme(theme, PROJECT)
    page = page_plan(on(trim), style)

    ems = page.text_width / 25.4 * 72 / (style.page.type * page.scale)
    assert 17 <= ems <= style.page.measure + 0.01
    assert 1 <= page.scale / style.page.enlarge <= 1.2


def test_the_page_that_a_theme_is_drawn_for_is_as_it_was_drawn() -> None:
    page = page_plan(on("6x9in"), CLASSIC)

    assert (page.scale, round(page.inner, 2), round(page.outer, 2)) == (1.0, 20.57, 17.53)


def test_type_grows_with_a_wide_page_and_the_outer_margin_takes_the_larger_rest() -> None:
    small, large = page_plan(on("6x9in"), CLASSIC), page_plan(on("8.5x11in"), CLASSIC)

    assert large.scale == 1.1621
    assert large.outer > large.inner > small.inner


def test_large_print_is_sixteen_points() -> None:
    style = find_theme("large-print", PROJECT)

    assert round(style.page.type * page_plan(on("6x9in"), style).scale, 2) == 16


def test_a_wider_gutter_takes_its_room_from_the_outer_margin_before_the_text() -> None:
    before, after = page_plan(on("6x9in"), CLASSIC), page_plan(on("6x9in", inside_mm=23.0), CLASSIC)
    narrow = page_plan(on("6x9in", inside_mm=35.0), CLASSIC)

    assert after.inner == 23.8  # italics lean out of their line by less than 0.8 mm
    assert after.text_width == pytest.approx(before.text_width)
    assert narrow.outer == pytest.approx(0.075 * 152.4)
    assert narrow.text_width < before.text_width


def test_running_heads_and_folios_keep_a_printers_distance_too() -> None:
    page = page_plan(on("5x8in", outside_mm=12.7), CLASSIC)

    assert page.top >= 12.7 + 18 / 72 * 25.4
    assert page.foot >= 12.7 + 23 / 72 * 25.4
    assert page.outer >= 12.7


def test_points_are_multiplied_and_lines_are_not() -> None:
    css = "h1{font-size:20pt;border:0.75pt solid;margin:1.5pt 2em 10.3pt}.a1pt{width:31%}"

    assert (
        scaled(css, 1.5) == "h1{font-size:30pt;border:0.75pt solid;margin:2.25pt 2em 15.45pt}.a1pt{width:31%}"
    )
    assert scaled(css, 1.0) == css


def test_a_page_bleeds_only_where_a_printer_has_bleed() -> None:
    assert "bleed:" not in page_css(on("6x9in"), CLASSIC).split("}")[0]
    assert "bleed:3.175mm" in page_css(on("6x9in", bleed_mm=3.175), CLASSIC).split("}")[0]
