"""What WeasyPrint is told sooner is what it would have found out by itself."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from book.config import PrintPlan
from book.model import Setting, Shard, Side
from book.page_plan import page_css
from book.pdf import paint as painting
from book.pdf.brisk import brisk, plain_answers
from book.pdf.paint import paint
from book.pdf.studio import Studio, imported_weasyprint
from book.themes import find_theme

PROJECT = Path(__file__).parent.parent

AWKWARD = """
<section style="direction:rtl; margin-inline-start:3em; text-decoration:underline; page:back">
  <p style="padding-inline-end:10%; width:60%; min-width:2em">שלום <b style="float:left">Alien</b></p>
  <table style="width:calc(50% + 2em); border-collapse:collapse"><tr><td style="border:1pt solid">1</table>
</section>
<div style="margin-block:1em; inset:auto; position:relative; max-width:30%; box-sizing:border-box">
  <p style="font-size:larger; border-radius:3px; display:inline-block; text-indent:5%">Aliens <i>again</i></p>
  <ul style="columns:2"><li style="margin:0 0 0 min(2em,10%)">one<li>two<li>three</ul>
</div>
"""


@pytest.fixture(scope="module")
def weasyprint() -> Any:
    return imported_weasyprint()


@pytest.mark.parametrize("theme_name", ["classic", "modern", "large-print"])
def test_a_sheet_is_the_same_with_and_without(theme_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = find_theme(theme_name, PROJECT)
    studio = Studio(PROJECT, theme.faces, theme.figures)
    shard = Shard("awkward", AWKWARD, (page_css(PrintPlan(), theme), *theme.cascade("print.css")))
    setting = Setting(Side.RECTO, 1, {})
    sooner = paint(shard, setting, studio)
    monkeypatch.setattr(painting, "brisk", lambda weasyprint: nullcontext())

    assert paint(shard, setting, studio) == sooner


@pytest.mark.parametrize("parental", [True, False])
def test_every_property_that_no_rule_sets_is_what_it_was(weasyprint: Any, *, parental: bool) -> None:
    css = weasyprint.css

    def style(parent: Any) -> Any:
        return css.ComputedStyle(parent, {}, None, parent, "", None, {})

    def values() -> dict[str, Any]:
        parent = style(None)
        parent["font_size"] = 10.0
        of = style(parent) if parental else parent
        return {key: of[key] for key in sorted(css.INITIAL_VALUES)}

    own = values()
    with brisk(weasyprint):
        assert values() == own


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_margin_that_is_set_by_its_logical_name_is_not_taken_for_unset(
    weasyprint: Any, direction: str
) -> None:
    css = weasyprint.css
    answers = plain_answers(weasyprint)
    assert answers.by_side["margin_left"] == (
        css.INITIAL_VALUES["margin_left"],
        frozenset({"margin_inline_start", "margin_inline_end"}),
    )
    three_points = css.properties.Dimension(3, "px")
    weight = (1, 0, (0, 0, 0))
    cascaded = {"margin_inline_start": (three_points, weight), "direction": (direction, weight)}
    with brisk(weasyprint):
        style = css.ComputedStyle(None, cascaded, None, None, "", None, {})
        begins, ends = ("margin_left", "margin_right")[:: 1 if direction == "ltr" else -1]
        assert (style[begins], style[ends]) == (three_points, css.INITIAL_VALUES[ends])


def test_nothing_that_hangs_on_others_is_answered_here(weasyprint: Any) -> None:
    answers = plain_answers(weasyprint)
    told = {*answers.initial, *answers.inherited, *answers.by_side}
    assert told & {"float", "display", "position", "page", "text_decoration_line"} == set()
    assert {"font_size", "line_height"} & set(answers.initial) == set()


def test_afterwards_weasyprint_is_as_it_was(weasyprint: Any) -> None:
    def its() -> tuple[object, ...]:
        layout = weasyprint.layout
        modules = (layout.percent, layout.inline, layout.table)
        return weasyprint.css.ComputedStyle.__missing__, *(each.resolve_one_percentage for each in modules)

    before = its()
    with pytest.raises(ZeroDivisionError), brisk(weasyprint):
        assert not set(its()) & set(before)
        raise ZeroDivisionError
    assert its() == before
