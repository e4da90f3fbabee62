"""Pages on sheets for a printer at home: in order when read, in order when folded."""

from io import BytesIO

import pikepdf
import pytest

from book.press.imposition import folded, impose, side_by_side
from book.press_plan import Imposition


def pages(count: int, width: float = 432, height: float = 648) -> bytes:
    """A PDF whose n-th page paints a rectangle of n points."""
    pdf = pikepdf.new()
    for number in range(1, count + 1):
        pdf.add_blank_page(page_size=(width, height))
        pdf.pages[-1].Contents = pdf.make_stream(b"0 0 %d 1 re f" % number)
        link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 1, 1]))
        pdf.pages[-1].Annots = pikepdf.Array([link])
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D)]))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def on_sheets(file: bytes) -> list[dict[str, int]]:
    """For each side of a sheet which page stands on the left and which on the right."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [
            {name[1:]: int(form.read_bytes().split()[2]) for name, form in page.Resources.XObject.items()}
            for page in pdf.pages
        ]


def test_side_by_side_they_face_each_other_as_in_the_book() -> None:
    assert side_by_side(4) == ((None, 0), (1, 2), (3, None))


def test_a_folded_sheet_has_the_last_page_beside_the_first() -> None:
    assert folded(4) == ((3, 0), (1, 2))
    assert folded(8) == ((7, 0), (1, 6), (5, 2), (3, 4))


def test_pages_that_do_not_fill_the_last_sheet_leave_it_white() -> None:
    assert folded(5) == ((None, 0), (1, None), (None, 2), (3, 4))


@pytest.mark.parametrize(
    ("count", "folds"), [(80, [80]), (81, [28, 28, 28]), (218, [40, 36, 36, 36, 36, 36])]
)
def test_a_thick_book_is_folded_in_several_parts(count: int, folds: list[int]) -> None:
    sides = folded(count)

    firsts = [right for _, right in sides[::2] if right is not None]
    assert 2 * len(sides) == sum(folds)
    assert sorted(page for side in sides for page in side if page is not None) == list(range(count))
    starts = [sum(folds[:number]) for number in range(len(folds))]
    assert [first for first in firsts if first in starts] == starts


def test_a_booklet_is_printed_in_that_order_without_what_screens_use() -> None:
    file = impose(pages(4), Imposition("booklet"))

    assert on_sheets(file) == [{"L": 4, "R": 1}, {"L": 2, "R": 3}]
    with pikepdf.open(BytesIO(file)) as pdf:
        assert "/PageLabels" not in pdf.Root
        assert ["/Annots" in page for page in pdf.pages] == [False, False]


@pytest.mark.parametrize(
    ("way", "sheets"),
    [("booklet", [{"L": 1, "R": 4}, {"L": 3, "R": 2}]), ("2-up", [{"L": 1}, {"L": 3, "R": 2}, {"R": 4}])],
)
def test_a_book_that_is_bound_at_the_right_begins_on_the_left_of_a_sheet(
    way: str, sheets: list[dict[str, int]]
) -> None:
    with pikepdf.open(BytesIO(pages(4))) as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        out = BytesIO()
        pdf.save(out)

    assert on_sheets(impose(out.getvalue(), Imposition(way))) == sheets


def test_pages_are_made_smaller_to_fit_and_meet_in_the_middle() -> None:
    with pikepdf.open(BytesIO(impose(pages(2), Imposition("2-up", "letter")))) as pdf:
        size, content = pdf.pages[1].mediabox, pdf.pages[1].Contents.read_bytes()

    assert [float(side) for side in size] == [0, 0, 792, 612]
    assert content == b"q 0.9167 0 0 0.9167 0 9 cm /L Do Q\n"  # 396 points for a page of 432


def test_pages_that_fit_keep_their_size() -> None:
    with pikepdf.open(BytesIO(impose(pages(1, 297.6, 419.5), Imposition("2-up")))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()

    assert content.startswith(b"q 1 0 0 1 420.9449 ")


def test_the_same_pages_give_the_same_sheets() -> None:
    assert impose(pages(3), Imposition("2-up")) == impose(pages(3), Imposition("2-up"))
