"""Which way each paragraph of a text runs."""

import pytest

from book.compose import way_of, year_apart
from book.directions import directed
from book.page_plan import mirrored


def test_a_paragraph_goes_by_its_own_first_letter() -> None:
    html = "<p>A man.</p><p>1974: رجل <em>x</em></p><p>1990</p>"
    assert directed(html, "ltr") == '<p>A man.</p><p dir="rtl">1974: رجل <em>x</em></p><p>1990</p>'
    assert directed(html, "rtl") == '<p dir="ltr">A man.</p><p dir="rtl">1974: رجل <em>x</em></p><p>1990</p>'


def test_a_list_goes_by_its_first_item_and_an_item_by_itself() -> None:
    html = "<ul><li>رجل<ul><li>A man</li></ul></li><li>A city</li></ul>"
    assert directed(html, "ltr") == (
        '<ul dir="rtl"><li>رجل<ul dir="ltr"><li>A man</li></ul></li><li dir="ltr">A city</li></ul>'
    )


def test_cells_of_a_table_go_each_their_way() -> None:
    html = "<table><tr><td>A man</td><td>رجل</td></tr></table>"
    assert directed(html, "ltr") == '<table><tr><td>A man</td><td dir="rtl">رجل</td></tr></table>'


def test_what_has_said_its_way_decides_for_itself_alone() -> None:
    html = '<h1><span dir="rtl">رجل</span> (1974)</h1><p dir="ltr">رجل</p>'
    assert directed(html, "ltr") == html


@pytest.mark.parametrize(
    "html",
    [
        '<p>A man &amp; a city<br/><img src="x.jpg" alt="رجل"/> <!-- رجل --></p>',
        '<p title="a > b">A man</p><hr/><p>2 &lt; 3</p>',
        "A line without a paragraph",
    ],
)
def test_what_runs_as_the_book_does_stays_as_it_is(html: str) -> None:
    assert directed(html, "ltr") == html


def test_letters_written_as_numbers_count() -> None:
    assert directed("<p>&#1585;</p>", "ltr") == '<p dir="rtl">&#1585;</p>'


def test_a_line_of_the_writer_s_says_its_way_where_it_must() -> None:
    lines = ("A man", "رجل", "1974", "")
    assert [str(way_of(line, "ltr")) for line in lines] == ["", ' dir="rtl"', "", ""]
    assert [str(way_of(line, "rtl")) for line in lines] == [' dir="ltr"', ' dir="rtl"', "", ""]


def test_a_year_stays_behind_a_title_that_runs_the_other_way() -> None:
    headings = ("Close-Up (1990)", "باغ پنهان (1991)", "باغ پنهان")
    assert [str(year_apart(heading, "ltr")) for heading in headings] == [
        "Close-Up (1990)",
        '<span dir="rtl">باغ پنهان</span> (1991)',
        '<span dir="rtl">باغ پنهان</span>',
    ]


def test_a_book_bound_at_the_right_has_its_heads_on_the_other_side() -> None:
    css = "@page front:left { @top-left { text-align: left } @top-right { top: 0 } } p { float: left }"
    other = "@page front:right { @top-right { text-align: right } @top-left { top: 0 } } p { float: left }"
    assert mirrored(css) == other
    assert mirrored(other) == css
