"""The inside of a printed book: laid out until its margins rest, then pressed."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from book.config import PrintPlan, Project
from book.interior import Interior, press_interior
from book.model import Guide, GuideInfo, Manifest, Matter, PageFact, Zone
from book.page_plan import page_plan
from book.pdf.bind import Bound
from book.press.inks import our_profile
from book.press_plan import PressPlan
from book.printers import Bleed, Gutter, Margins, PageRule, Printer, find_printer, printer_names
from book.themes import find_theme

PROJECT = Path(__file__).parent.parent
INFO = GuideInfo("A Guide", authors=("A. Writer",), published=None)


def bound(count: int) -> Bound:
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(432, 648))
    out = BytesIO()
    pdf.save(out)
    facts = tuple(PageFact(number, str(number), Zone.BACK) for number in range(1, count + 1))
    return Bound(out.getvalue(), Manifest("A Guide", facts, (), {}))


class Press:
    """Lays out as many pages as `pages` says for a plan, and remembers what it was asked for."""

    def __init__(self, pages: Callable[[PrintPlan], int]) -> None:
        self.pages = pages
        self.plans: list[PrintPlan] = []
        self.guides: list[Guide] = []

    def __call__(self, guide: Guide, project: Project) -> Any:
        self.plans.append(project.print)
        self.guides.append(guide)
        return bound(self.pages(project.print) + len(guide.back)), (), ()


def interior(
    printer: Printer, pages: Callable[[PrintPlan], int], *, text: str = "", **more: Any
) -> tuple[Interior, Press]:
    press = Press(pages)
    front = (Matter("text", "text-foreword", text=text),) if text else ()
    guide = Guide(INFO, front, (), (), {})
    project = Project(more.pop("root", PROJECT), INFO, **more)
    made = press_interior(
        guide, project, printer, press, name="a-guide-interior.pdf", created=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return made, press


def printer(*gutters: tuple[int, float], rule: PageRule | None = None, **more: Any) -> Printer:
    margins = Margins(gutters=tuple(Gutter(*each) for each in gutters))
    return Printer("trial", "Trial & Sons", margins=margins, pages=rule or PageRule(), **more)


def test_a_margin_that_is_wide_enough_is_laid_out_once() -> None:
    made, press = interior(printer((1, 10.0)), lambda plan: 200)

    assert (made.layouts, len(press.plans), round(made.page.inner, 2)) == (1, 1, 20.57)
    assert made.told == (
        "Trial & Sons: 200 pages; the inside margin settled at 20.6 mm (0.810 in), where 10.0 mm (0.394 in) "
        "are asked for; laid out once."
    )


def test_a_thick_book_is_laid_out_again_with_the_gutter_of_its_own_length() -> None:
    made, press = interior(printer((1, 10.0), (300, 30.0)), lambda plan: 310)

    assert [plan.inside_mm for plan in press.plans] == [10.0, 30.0]
    assert (made.layouts, made.page.inner) == (2, 30.8)
    assert "laid out twice" in made.told


def test_a_gutter_once_chosen_is_kept_though_the_book_grew_thinner_by_it() -> None:
    made, press = interior(printer((1, 10.0), (300, 30.0)), lambda plan: 310 if plan.inside_mm < 20 else 290)

    assert [plan.inside_mm for plan in press.plans] == [10.0, 30.0]
    assert (len(made.manifest.pages), made.page.inner) == (290, 30.8)


def test_a_book_that_grows_by_its_gutter_climbs_from_one_to_the_next() -> None:
    made, press = interior(
        printer((1, 10.0), (100, 25.0), (200, 30.0)), lambda plan: 150 if plan.inside_mm < 20 else 250
    )

    assert [plan.inside_mm for plan in press.plans] == [10.0, 25.0, 30.0]
    assert made.layouts == 3


@pytest.mark.parametrize(
    ("pages", "rule", "blanks", "in_all"),
    [
        (200, PageRule(), 0, 200),
        (201, PageRule(), 1, 202),
        (201, PageRule(last_blank=True), 1, 202),
        (200, PageRule(last_blank=True), 2, 202),
        (198, PageRule(4), 2, 200),
    ],
)
def test_blank_pages_make_up_the_count_that_a_printer_wants(
    pages: int, rule: PageRule, blanks: int, in_all: int
) -> None:
    made, press = interior(printer(rule=rule), lambda plan: pages)

    assert (made.blanks, len(made.manifest.pages), len(press.plans)) == (blanks, in_all, 1)
    assert [page.zone for page in made.manifest.pages[pages:]] == [Zone.BLANK] * blanks
    with pikepdf.open(BytesIO(made.file)) as pdf:
        assert len(pdf.pages) == in_all


def test_where_more_than_two_would_be_blank_the_others_are_for_notes() -> None:
    made, press = interior(printer(rule=PageRule(4, last_blank=True)), lambda plan: 200)

    assert [matter.text for matter in press.guides[-1].back] == ["# Notes", "# Notes"]
    assert (made.blanks, len(made.manifest.pages), made.layouts) == (2, 204, 2)


BLEEDING = {"bleed": Bleed(3.175, frozenset({"top", "foot", "outside"}))}


@pytest.mark.parametrize(
    ("text", "plan", "bleeds"),
    [
        ("Words.", PrintPlan(), False),
        ("![a](b.jpg){.bleed}", PrintPlan(), True),
        ("", PrintPlan(bleed=True), True),
    ],
)
def test_pages_bleed_where_a_picture_does_or_the_writer_says_so(
    text: str, plan: PrintPlan, bleeds: bool
) -> None:
    made, press = interior(printer(**BLEEDING), lambda plan: 24, text=text, print=plan)

    assert (made.bleeds, press.plans[0].bleed_mm) == (bleeds, 3.175 if bleeds else 0.0)


def test_a_profile_that_is_none_is_told_of_and_ours_is_taken(tmp_path: Path) -> None:
    (tmp_path / "press.icc").write_bytes(our_profile())
    (tmp_path / "text.icc").write_text("a profile")

    def told(icc: str) -> Sequence[str]:
        made, _ = interior(printer(), lambda plan: 24, root=tmp_path, press=PressPlan(icc))
        return [f"{each.code} {each.message}" for each in made.findings]

    assert told("press.icc") == []
    assert told("text.icc") == ["F723 text.icc is no ICC profile of four inks."]
    assert told("none.icc") == ["F723 The profile none.icc is not there."]


def test_margins_that_leave_no_line_are_a_finding() -> None:
    made, _ = interior(
        printer((1, 60.0)), lambda plan: 24, print=PrintPlan(trim_width_mm=105, trim_height_mm=148)
    )

    assert [each.code for each in made.findings] == ["F724"]


@pytest.mark.parametrize("name", printer_names(PROJECT))
@pytest.mark.parametrize("pages", [24, 150, 151, 300, 301, 500, 700, 828])
def test_every_printer_has_its_margins_at_every_length(name: str, pages: int) -> None:
    asked, _ = find_printer(name, PROJECT)
    made, press = interior(asked, lambda plan: pages)

    full = len(made.manifest.pages)
    least = [gutter.inside_mm for gutter in asked.margins.gutters if gutter.pages <= full]
    assert made.page == page_plan(press.plans[-1], find_theme("classic", PROJECT))
    assert made.page.inner >= max(least, default=0)
    assert min(made.page.outer, made.page.top, made.page.foot) >= asked.margins.outside_mm
    assert full % asked.pages.multiple == 0
    assert made.blanks <= asked.pages.most_blank
