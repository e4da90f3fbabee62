"""What printers ask for, and the sums that follow: compared with what a pencil comes to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from book.choices import PROFILES
from book.guide_file import Table, read_toml
from book.model import Finding, UsageError
from book.printers import (
    Binding,
    Box,
    Printer,
    Trust,
    Wrap,
    allows_spine_text,
    find_printer,
    full_page_count,
    inside_margin_mm,
    outside_margin_mm,
    page_count_allowed,
    page_size_mm,
    printer_names,
    spine_formula,
    spine_mm,
    takes_trim,
    wrap_of,
)
from book.printers.lengths import length_mm, size_mm
from book.printers.reading import PrinterTables

NOWHERE = Path("/nowhere")
SIX_BY_NINE = (152.4, 228.6)
IN = 25.4
PAGES = (24, 79, 80, 108, 300, 828)


def the(name: str) -> Printer:
    printer, findings = find_printer(name, NOWHERE)
    assert findings == ()
    return printer


def sheet_in(name: str, paper: str, ink: str, pages: int) -> tuple[float, float]:
    """Width and height of the wrap of a 6 by 9 inch book, in inches to a hundred-thousandth."""
    printer = the(name)
    found = printer.paper(paper, ink)
    assert found is not None
    wrap = wrap_of(printer, found, SIX_BY_NINE, pages)
    return round(wrap.width / IN, 5), round(wrap.height / IN, 5)


# ---------------------------------------------------------------------------- sizes, by hand

# A paperback of KDP's is 6 + 6 + spine + 2 × 0.125 wide and 9 + 2 × 0.125 high.
KDP_WIDTHS = {
    # pages × 0.002252: 0.054048, 0.177908, 0.18016, 0.243216, 0.6756, 1.864656
    ("white", "black"): (12.30405, 12.42791, 12.43016, 12.49322, 12.9256, 14.11466),
    # pages × 0.0025: 0.06, 0.1975, 0.2, 0.27, 0.75, 2.07
    ("cream", "black"): (12.31, 12.4475, 12.45, 12.52, 13.0, 14.32),
    # pages × 0.00235: 0.0564, 0.18565, 0.188, 0.2538, 0.705, 1.9458
    ("groundwood", "black"): (12.3064, 12.43565, 12.438, 12.5038, 12.955, 14.1958),
    # pages × 0.002347: 0.056328, 0.185413, 0.18776, 0.253476, 0.7041, 1.943316
    ("white", "color"): (12.30633, 12.43541, 12.43776, 12.50348, 12.9541, 14.19332),
    # pages × 0.002252, as white with black ink
    ("white", "standard-color"): (12.30405, 12.42791, 12.43016, 12.49322, 12.9256, 14.11466),
}


@pytest.mark.parametrize(("paper", "ink"), KDP_WIDTHS, ids=str)
def test_the_sheets_of_kdp_are_as_wide_as_the_sum_by_hand(paper: str, ink: str) -> None:
    sheets = [sheet_in("kdp-paperback", paper, ink, pages) for pages in PAGES]
    assert sheets == [(width, 9.25) for width in KDP_WIDTHS[paper, ink]]


PAPERS_OF_LULU = [("white", "black"), ("cream", "black"), ("white", "color"), ("white", "standard-color")]

# 12 + spine + 0.25 again; with pages ÷ 444 + 0.06 the spine is
# 0.11405, 0.23793, 0.24018, 0.30324, 0.73568, 1.92486, whatever the paper.
LULU_WIDTHS = (12.36405, 12.48793, 12.49018, 12.55324, 12.98568, 14.17486)


@pytest.mark.parametrize("paper", PAPERS_OF_LULU, ids=str)
def test_the_sheets_of_lulu_are_as_wide_as_the_sum_by_hand(paper: tuple[str, str]) -> None:
    assert [sheet_in("lulu", *paper, pages) for pages in PAGES] == [(width, 9.25) for width in LULU_WIDTHS]


INGRAM_WIDTHS = {
    # pages × 0.002252, as KDP's white
    ("cream", "black"): (12.30405, 12.42791, 12.43016, 12.49322, 12.9256, 14.11466),
    ("groundwood", "black"): (12.30405, 12.42791, 12.43016, 12.49322, 12.9256, 14.11466),
    # pages × 0.00211: 0.05064, 0.16669, 0.1688, 0.22788, 0.633, 1.74708
    ("white", "black"): (12.30064, 12.41669, 12.4188, 12.47788, 12.883, 13.99708),
    ("white", "standard-color"): (12.30064, 12.41669, 12.4188, 12.47788, 12.883, 13.99708),
    # pages × 0.00272: 0.06528, 0.21488, 0.2176, 0.29376, 0.816, 2.25216
    ("white", "color"): (12.31528, 12.46488, 12.4676, 12.54376, 13.066, 14.50216),
}


@pytest.mark.parametrize(("paper", "ink"), INGRAM_WIDTHS, ids=str)
def test_the_sheets_of_ingramspark_are_as_wide_as_the_sum_by_hand(paper: str, ink: str) -> None:
    sheets = [sheet_in("ingramspark", paper, ink, pages) for pages in PAGES]
    assert sheets == [(width, 9.25) for width in INGRAM_WIDTHS[paper, ink]]


# A case of KDP's: boards of 6 + 0.197 by 9 + 0.236, 0.591 turned in all round, and 0.2 for the boards in the
# spine. Width 2 × 6.197 + 2 × 0.591 + 0.2 = 13.776 + pages; height 9.236 + 1.182 = 10.418.
CASE_WIDTHS = {
    ("cream", "black"): (13.836, 13.9735, 13.976, 14.046, 14.526, 15.846),
    ("white", "black"): (13.83005, 13.95391, 13.95616, 14.01922, 14.4516, 15.64066),
    ("white", "color"): (13.83233, 13.96141, 13.96376, 14.02948, 14.4801, 15.71932),
}


@pytest.mark.parametrize(("paper", "ink"), CASE_WIDTHS, ids=str)
def test_the_cases_of_kdp_are_as_wide_as_the_sum_by_hand(paper: str, ink: str) -> None:
    sheets = [sheet_in("kdp-hardcover", paper, ink, pages) for pages in PAGES]
    assert sheets == [(width, 10.418) for width in CASE_WIDTHS[paper, ink]]


def sheets_mm(name: str, paper: str, ink: str) -> list[tuple[float, float]]:
    """Width and height of the wraps of a 6 by 9 inch book, in millimetres to a thousandth."""
    printer = the(name)
    found = printer.paper(paper, ink)
    assert found is not None
    wraps = [wrap_of(printer, found, SIX_BY_NINE, pages) for pages in PAGES]
    return [(round(wrap.width, 3), round(wrap.height, 3)) for wrap in wraps]


# Spines by Lulu's table, whatever the paper: 6, 6, 6, 13, 24, 54 mm. A case has boards of 152.4 + 3.175 by
# 228.6 + 6.35 and turns in 19.05 all round: 2 × 155.575 + 2 × 19.05 = 349.25, and 234.95 + 38.1 = 273.05.
LULU_CASE_WIDTHS = (355.25, 355.25, 355.25, 362.25, 373.25, 403.25)
# A jacket: 2 × (82.55 + 6.35 + 155.575) + 2 × 6.35 = 501.65, and 234.95 + 12.7 = 247.65.
LULU_JACKET_WIDTHS = (507.65, 507.65, 507.65, 514.65, 525.65, 555.65)


@pytest.mark.parametrize("paper", PAPERS_OF_LULU, ids=str)
def test_the_cases_and_jackets_of_lulu_are_as_wide_as_the_sum_by_hand(paper: tuple[str, str]) -> None:
    assert sheets_mm("lulu-case", *paper) == [(width, 273.05) for width in LULU_CASE_WIDTHS]
    assert sheets_mm("lulu-jacket", *paper) == [(width, 247.65) for width in LULU_JACKET_WIDTHS]


# 2 × 152.4 + 2 × 3 = 310.8, and 0.5 for the fold beside the pages; 228.6 + 6 = 234.6.
HOME_WIDTHS = {
    # pages × 0.052: 1.248, 4.108, 4.16, 5.616, 15.6, 43.056
    ("white", "black"): (312.548, 315.408, 315.46, 316.916, 326.9, 354.356),
    ("white", "standard-color"): (312.548, 315.408, 315.46, 316.916, 326.9, 354.356),
    # pages × 0.06: 1.44, 4.74, 4.8, 6.48, 18, 49.68
    ("cream", "black"): (312.74, 316.04, 316.1, 317.78, 329.3, 360.98),
    # pages × 0.065: 1.56, 5.135, 5.2, 7.02, 19.5, 53.82
    ("groundwood", "black"): (312.86, 316.435, 316.5, 318.32, 330.8, 365.12),
    # pages × 0.058: 1.392, 4.582, 4.64, 6.264, 17.4, 48.024
    ("white", "color"): (312.692, 315.882, 315.94, 317.564, 328.7, 359.324),
}


@pytest.mark.parametrize(("paper", "ink"), HOME_WIDTHS, ids=str)
def test_the_sheets_of_a_shop_nearby_are_as_wide_as_the_sum_by_hand(paper: str, ink: str) -> None:
    assert sheets_mm("home", paper, ink) == [(width, 234.6) for width in HOME_WIDTHS[paper, ink]]


def test_no_paper_of_any_printer_is_left_out_of_these_sums() -> None:
    lulu = set(PAPERS_OF_LULU)
    summed = {"home": set(HOME_WIDTHS), "ingramspark": set(INGRAM_WIDTHS), "kdp-hardcover": set(CASE_WIDTHS)}
    summed |= {"kdp-paperback": set(KDP_WIDTHS), "lulu": lulu, "lulu-case": lulu, "lulu-jacket": lulu}
    there = {name: {(each.name, each.ink) for each in the(name).papers} for name in printer_names(NOWHERE)}
    assert summed == there


def test_a_jacket_has_flaps_and_folds_beside_its_boards() -> None:
    printer = the("lulu-jacket")
    paper = printer.paper("cream", "black")
    assert paper is not None
    wrap = wrap_of(printer, paper, SIX_BY_NINE, 300)
    # Boards 152.4 + 3.175 = 155.575; flap 82.55, fold 6.35; spine 24 for 279 to 306 pages; bleed 6.35.
    # 2 × (82.55 + 6.35 + 155.575) + 24 + 2 × 6.35 = 525.65; 228.6 + 6.35 + 2 × 6.35 = 247.65
    assert (round(wrap.width, 3), round(wrap.height, 3)) == (525.65, 247.65)
    assert [round(box.x, 3) for box in (wrap.back, wrap.spine, wrap.front)] == [95.25, 250.825, 274.825]
    assert wrap.back_flap == Box(6.35, 6.35, 82.55, wrap.front.height)
    assert wrap.front_flap is not None
    assert round(wrap.front_flap.right, 3) == round(wrap.width - 6.35, 3)


def test_a_case_leaves_its_hinges_free() -> None:
    printer = the("lulu-case")
    paper = printer.paper("white", "black")
    assert paper is not None
    wrap = wrap_of(printer, paper, SIX_BY_NINE, 480)
    # 0.75 in turned in; boards 6.125 in; hinge 0.375 in; spine 35 mm for 473 to 500 pages
    assert round(wrap.spine.x - wrap.back.right, 3) == 9.525
    assert round(wrap.front.x - wrap.spine.right, 3) == 9.525
    assert round(wrap.width, 3) == round(2 * 155.575 + 35 + 2 * 19.05, 3)


@pytest.mark.parametrize("name", ["kdp-paperback", "lulu-jacket", "lulu-case"])
def test_the_wrap_of_a_book_bound_at_the_right_has_its_panels_the_other_way_round(name: str) -> None:
    printer = the(name)
    paper = printer.paper("white", "black")
    assert paper is not None
    left, right = (wrap_of(printer, paper, SIX_BY_NINE, 300, bound_right=turned) for turned in (False, True))

    def in_order(wrap: Wrap) -> list[str]:
        panels = {"back": wrap.back, "spine": wrap.spine, "front": wrap.front}
        panels |= {"front flap": wrap.front_flap, "back flap": wrap.back_flap} if wrap.front_flap else {}
        return sorted(panels, key=lambda panel: panels[panel].x)

    assert in_order(right) == in_order(left)[::-1]
    assert (left.bound_right, right.bound_right) == (False, True)
    assert (right.width, right.height, right.trim) == (left.width, left.height, left.trim)
    assert round(right.front.x + left.front.right, 6) == round(left.width, 6)
    assert round(right.spine.centre, 6) == round(left.spine.centre, 6)


def test_the_printers_own_word_on_the_spine_counts_for_more_than_ours() -> None:
    printer = the("ingramspark")
    paper = printer.paper("cream", "black")
    assert paper is not None
    assert wrap_of(printer, paper, SIX_BY_NINE, 300, spine_width_mm=17.0).spine.width == 17.0


# ------------------------------------------------------------------------------- other sums


def formula(name: str, pages: int) -> str:
    printer = the(name)
    paper = printer.paper("cream", "black")
    assert paper is not None
    return spine_formula(printer, paper, pages)


def test_a_spine_is_told_with_its_sum_in_the_printers_units() -> None:
    assert formula("kdp-paperback", 108) == "108 pages × 0.0025 in = 0.27 in = 6.86 mm"
    assert formula("kdp-hardcover", 300) == "300 pages × 0.0025 in + 0.2 in = 0.95 in = 24.13 mm"
    assert formula("lulu", 444) == "444 pages ÷ 444 to the inch + 0.06 in = 1.06 in = 26.92 mm"
    assert formula("home", 100) == "100 pages × 0.06 mm + 0.5 mm = 0.2559 in = 6.50 mm"
    assert formula("lulu-case", 100) == "the width of books from 85 pages: 0.5118 in = 13.00 mm"


def test_words_stand_on_spines_from_the_printers_page_on() -> None:
    first = {
        name: next(pages for pages in range(200) if allows_spine_text(the(name), pages))
        for name in ("kdp-paperback", "kdp-hardcover", "ingramspark", "lulu")
    }
    assert first == {"kdp-paperback": 80, "kdp-hardcover": 80, "ingramspark": 48, "lulu": 81}


def test_the_gutter_grows_with_the_pages() -> None:
    printer = the("kdp-paperback")
    edges = (24, 150, 151, 300, 301, 500, 501, 700, 701, 828)
    slack = 1 / 72
    assert [round(inside_margin_mm(printer, pages) / IN - slack, 4) for pages in edges] == [
        0.375, 0.375, 0.5, 0.5, 0.625, 0.625, 0.75, 0.75, 0.875, 0.875,
    ]  # fmt: skip


def test_margins_at_the_other_edges_are_wider_where_pictures_bleed() -> None:
    printer = the("kdp-paperback")
    margins = [outside_margin_mm(printer, bleed=bleed) / IN - 1 / 72 for bleed in (False, True)]
    assert [round(margin, 4) for margin in margins] == [0.25, 0.375]


def test_a_page_that_bleeds_is_larger_where_the_printer_cuts() -> None:
    sizes = {
        name: tuple(round(side / IN, 3) for side in page_size_mm(the(name), SIX_BY_NINE, bleed=True))
        for name in ("kdp-paperback", "lulu")
    }
    assert sizes == {"kdp-paperback": (6.125, 9.25), "lulu": (6.25, 9.25)}
    assert page_size_mm(the("lulu"), SIX_BY_NINE, bleed=False) == SIX_BY_NINE


def test_blank_pages_make_the_count_even_and_leave_the_last_one_blank_where_that_is_wanted() -> None:
    assert [full_page_count(the("kdp-paperback"), pages) for pages in (107, 108)] == [108, 108]
    assert [full_page_count(the("ingramspark"), pages) for pages in (107, 108)] == [108, 110]


def test_page_limits_depend_on_paper_and_trim() -> None:
    printer = the("kdp-paperback")
    cream, cheap = printer.paper("cream", "black"), printer.paper("white", "standard-color")
    assert cream is not None
    assert cheap is not None
    letter, a4 = (215.9, 279.4), (210.058, 296.926)
    assert [page_count_allowed(cream, SIX_BY_NINE, pages) for pages in (23, 24, 776, 777)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert [page_count_allowed(cream, letter, pages) for pages in (550, 551)] == [True, False]
    assert [page_count_allowed(cheap, trim, 100) for trim in (SIX_BY_NINE, a4)] == [True, False]


def test_a_trim_rounded_to_millimetres_is_the_same_trim() -> None:
    printer = the("kdp-hardcover")
    assert takes_trim(printer, (152, 229)) is False  # 0.4 mm away
    assert takes_trim(printer, (152.4, 228.6)) is True
    assert takes_trim(printer, (152.5, 228.5)) is True
    assert takes_trim(the("kdp-paperback"), (150, 220)) is True  # its own size, within the least and the most
    assert takes_trim(printer, (150, 220)) is False


# ------------------------------------------------------------------------------ the profiles


def test_every_profile_of_ours_is_read_without_a_finding() -> None:
    assert printer_names(NOWHERE) == (
        "home", "ingramspark", "kdp-hardcover", "kdp-paperback", "lulu", "lulu-case", "lulu-jacket",
    )  # fmt: skip
    assert [find_printer(name, NOWHERE)[1] for name in printer_names(NOWHERE)] == [()] * 7


def tables_in(table: Table) -> list[str]:
    return [key for key in table.values if key not in {"title", "extends", "binding", "sources", "paper"}]


@pytest.mark.parametrize("file", sorted(PROFILES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_figure_of_ours_has_a_source_with_a_month(file: Path) -> None:
    findings: list[Finding] = []
    top = read_toml(file.read_text("utf-8"), file.name, findings)
    assert top is not None
    printer = the(file.stem)
    for key in tables_in(top):
        source = printer.source(key)
        assert source.what, key
        assert len(source.seen) == len("2026-11"), key
        assert source.trust is not Trust.OWN, key
    assert [paper.source for paper in printer.papers if paper.source not in printer.sources] == []


def test_every_paper_that_a_guide_can_ask_for_has_a_thickness_of_paper() -> None:
    for name in printer_names(NOWHERE):
        for paper in the(name).papers:
            # 40 to 90 micrometres a page: from bible paper to the thickest that still folds
            assert 0.04 < paper.page_mm < 0.09, (name, paper.name)


def test_a_printer_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError) as stopped:
        find_printer("kdp-paperbak", NOWHERE)
    assert stopped.value.hint == "Did you mean kdp-paperback?"


def test_a_guide_brings_a_printer_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "corner-shop.toml").write_text(
        'extends = "home"\ntitle = "The corner shop"\n[pages]\nmultiple = 4\n[[paper]]\nname = "cream"\n'
        'page = "0.07mm"\n'
    )
    printer, findings = find_printer("corner-shop", tmp_path)
    home = the("home")
    cream = printer.paper("cream", "black")
    assert findings == ()
    assert (printer.title, printer.pages.multiple, printer.margins) == ("The corner shop", 4, home.margins)
    assert cream is not None
    assert (cream.page_mm, cream.limits) == (0.07, home.papers[1].limits)


def test_a_guide_changes_a_printer_of_ours_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "lulu.toml").write_text('extends = "lulu"\n[wrap]\nsafety = "0.3in"\n')
    printer, findings = find_printer("lulu", tmp_path)
    assert findings == ()
    assert printer == replace(
        the("lulu"),
        wrap=replace(the("lulu").wrap, safety_mm=7.62),
        source_of={**the("lulu").source_of, "wrap": ""},
    )


def test_guide_toml_has_the_last_word() -> None:
    values = {"kdp-paperback": {"paper": [{"name": "cream", "page": "0.0026in"}], "spine": {"clear": "2mm"}}}
    printer, findings = find_printer("kdp-paperback", NOWHERE, PrinterTables(values, {}))
    cream = printer.paper("cream", "black")
    assert findings == ()
    assert cream is not None
    assert round(spine_mm(printer, cream, 100), 4) == 6.604
    assert printer.spine.clear_mm == 2.0
    assert printer.spine.text_from == 80


def test_a_mistake_in_a_profile_is_a_finding_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "mine.toml").write_text(
        'extends = "home"\nbinding = "spiral"\n[wrap]\nedge = "a bit"\n'
        '[[paper]]\nname = "linen"\n[spine]\nwidht = 3\n'
    )
    printer, findings = find_printer("mine", tmp_path)
    assert printer.binding is Binding.PAPERBACK
    assert printer.wrap == the("home").wrap
    assert [(each.code, str(each.where)) for each in findings] == [
        ("F502", "printers/mine.toml:2"),
        ("F502", "printers/mine.toml:5"),
        ("F502", "printers/mine.toml:4"),
        ("F501", "printers/mine.toml:8"),
    ]


def test_a_printer_that_extends_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "one.toml").write_text('extends = "two"\n')
    (tmp_path / "printers" / "two.toml").write_text('extends = "one"\n')
    with pytest.raises(UsageError, match="extends itself"):
        find_printer("one", tmp_path)


@pytest.mark.parametrize(
    ("text", "length"),
    [("0.125in", 3.175), ('0.125"', 3.175), ("1/8 in", 3.175), ("3mm", 3.0), ("0.3 cm", 3.0), ("72pt", 25.4)],
)
def test_a_length_is_read_in_its_unit(text: str, length: float) -> None:
    assert length_mm(text) == length


@pytest.mark.parametrize("text", ["", "3", "-3mm", "1/0in", "three mm", "3 mm 4"])
def test_what_is_no_length_is_none(text: str) -> None:
    assert length_mm(text) is None


def test_a_size_is_width_and_height() -> None:
    assert size_mm("6x9in") == (152.4, 228.6)
    assert size_mm("5.06 × 7.81 in") == (128.524, 198.374)
    assert size_mm("6in") is None
