"""The sheet that goes round a book: as large as it must be, with words where they may stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from book.build import check_guide
from book.cover import EBOOK, cover_svg, lettering
from book.covering import cover_guide
from book.covers.barcode import LEAST, MODULE_MM, NO_PRICE, add_on, barcode, ean13
from book.covers.design import Picture, Shown, box_of, stage_of
from book.covers.making import MadeCover, make_cover
from book.covers.own import own_front
from book.covers.plan import CoverPlan, read_cover
from book.covers.spine import LEAST_PT, plan_spine
from book.formats import manifest_json
from book.guide_file import read_toml
from book.model import Finding, GuideInfo, Manifest, PageFact, UsageError, Zone
from book.printers import Printer, Wrap, find_printer, wrap_of
from book.themes import find_theme

ROOT = Path(__file__).parent.parent
PT_MM = 72 / 25.4
ISBN = "978-1-4028-9462-6"
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
SIX_BY_NINE = (152.4, 228.6)

INFO = GuideInfo("Second Sight", "Thirty films", ("Ada Byron",), "Lantern Row", isbn_print=ISBN)
PLAN = CoverPlan(headline="Worth seeing twice", blurb="Some films end.\n\nOthers have *barely* begun.")


def printer_of(name: str) -> Printer:
    return find_printer(name, Path("/nowhere"))[0]


def wrap_for(
    name: str, pages: int, trim: tuple[float, float] = SIX_BY_NINE, *, bound_right: bool = False
) -> Wrap:
    printer = printer_of(name)
    paper = printer.paper("cream", "black")
    assert paper is not None
    return wrap_of(printer, paper, trim, pages, bound_right=bound_right)


@cache
def made(
    name: str = "kdp-paperback",
    pages: int = 300,
    theme: str = "classic",
    info: GuideInfo = INFO,
    plan: CoverPlan = PLAN,
    picture: Picture | None = None,
    guides: bool = False,
) -> MadeCover:
    printer = printer_of(name)
    field = printer.barcode
    symbol = (
        barcode(ISBN, "52495", room_mm=(field.width_mm, field.height_mm - 3.6)) if info.isbn_print else None
    )
    return make_cover(
        Shown(info, plan, symbol, picture),
        wrap_for(name, pages, bound_right=info.language == "he"),
        printer,
        find_theme(theme, ROOT),
        ROOT,
        pages=pages,
        created=CREATED,
        guides=guides,
    )


def words_of(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded())


def picture_of(pdf: bytes, *, ppi: int = 300) -> Image.Image:
    picture: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=ppi / 72).to_pil()
    return picture


# ------------------------------------------------------------------------------------------- the file


@pytest.mark.parametrize("name", ["kdp-paperback", "kdp-hardcover", "ingramspark", "lulu-jacket"])
def test_the_boxes_of_the_file_are_those_of_the_sheet_and_begin_at_zero(name: str) -> None:
    wrap = wrap_for(name, 300)
    with pikepdf.open(BytesIO(made(name).file)) as file:
        (page,) = file.pages
        boxes = [
            [float(side) / PT_MM for side in page.obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
        ]
    edge = wrap.edge_mm
    sheet, trim = (0, 0, wrap.width, wrap.height), (edge, edge, wrap.width - edge, wrap.height - edge)
    for found, wanted in zip(boxes, (sheet, sheet, trim), strict=True):
        assert found == pytest.approx(wanted, abs=0.001)


@pytest.mark.parametrize("theme", ["classic", "modern"])
def test_a_printer_gets_no_red_green_and_blue(theme: str) -> None:
    file = pikepdf.open(BytesIO(made(theme=theme).file))
    operators = {str(each.operator) for each in pikepdf.parse_content_stream(file.pages[0])}
    assert operators & {"rg", "RG"} == set()
    assert {"k", "g"} <= operators


def test_black_is_black_ink_alone() -> None:
    file = pikepdf.open(BytesIO(made(theme="modern").file))
    tokens = pikepdf.parse_content_stream(file.pages[0])
    mixed = [
        [float(part) for part in each.operands]
        for each in tokens
        if str(each.operator) == "k" and float(each.operands[3]) > 0.6
    ]
    assert mixed == []


def test_every_face_on_the_cover_is_embedded() -> None:
    file = pikepdf.open(BytesIO(made().file))
    fonts = [font.DescendantFonts[0].FontDescriptor for font in file.pages[0].Resources.Font.values()]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_same_cover_is_the_same_file() -> None:
    assert made.__wrapped__().file == made().file


def test_words_are_words_and_not_pictures_of_them() -> None:
    words = " ".join(words_of(made().file).split())
    for said in ("Second", "Thirty films", "Worth seeing twice", "Others have barely begun.", "Lantern Row"):
        assert said in words


@pytest.mark.parametrize("theme", ["classic", "modern"])
def test_the_ground_reaches_every_edge(theme: str) -> None:
    picture = picture_of(made(theme=theme).file, ppi=50).convert("L")
    corners = [
        (1, 1),
        (1, picture.height - 3),
        (picture.width - 3, 1),
        (picture.width - 3, picture.height - 3),
    ]
    assert max(picture.getpixel(spot) for spot in corners) < 80


def test_guides_are_drawn_in_a_file_of_their_own() -> None:
    cover = made(guides=True)
    assert cover.file == made().file
    assert cover.guides is not None
    assert "trim" in words_of(cover.guides)
    assert "trim" not in words_of(cover.file)


def test_the_picture_of_the_front_has_the_shape_of_the_trim() -> None:
    with Image.open(BytesIO(made().front)) as front:
        assert front.height == 2560
        assert abs(front.height / front.width - 1.5) < 0.005


# ------------------------------------------------------------------------------------------- the spine


def spine(info: GuideInfo, width: float, clear: float = 1.5875, reads: str = "") -> list[str] | None:
    faces = lettering(find_theme("classic", ROOT))
    plan = plan_spine(info, faces, width_mm=width, clear_mm=clear, length_mm=203, reads=reads)
    if plan is None:
        return None
    author = " ".join(plan.author.lines) if plan.author else ""
    return [" ".join(plan.title.lines), author, "up" if plan.up else "down"]


def test_words_stand_on_the_spine_from_the_printers_page_on() -> None:
    assert [made(pages=pages).spine is not None for pages in (24, 79, 80, 108)] == [False, False, True, True]
    assert "SECOND SIGHT" in words_of(made(pages=80).file)
    assert "SECOND SIGHT" not in words_of(made(pages=79).file)


@pytest.mark.parametrize("pages", [80, 108, 300, 828])
def test_words_on_the_spine_keep_clear_of_its_folds(pages: int) -> None:
    wrap, printer = wrap_for("kdp-paperback", pages), printer_of("kdp-paperback")
    bare = made(pages=pages, info=replace(INFO, title=" ", authors=()))
    with_words, without = (
        picture_of(cover.file, ppi=200).convert("L") for cover in (made(pages=pages), bare)
    )
    per_mm = 200 / 25.4
    left, right = round(wrap.spine.x * per_mm), round(wrap.spine.right * per_mm)
    columns = [
        x
        for x in range(left, right)
        if any(
            abs(with_words.getpixel((x, y)) - without.getpixel((x, y))) > 40
            for y in range(0, with_words.height, 2)
        )
    ]
    clear = printer.spine.clear_mm * per_mm
    assert columns
    assert columns[0] - left > clear - 1.5
    assert right - columns[-1] > clear - 1.5
    assert abs((columns[0] + columns[-1]) / 2 - (left + right) / 2) < 2.5


def test_a_spine_says_title_and_author_in_capitals() -> None:
    assert spine(INFO, 20) == ["SECOND SIGHT", "ADA BYRON", "down"]


def test_a_spine_reads_upwards_where_books_do() -> None:
    french = replace(INFO, language="fr")
    assert [
        spine(info, 20, reads=reads) for info, reads in ((french, ""), (french, "down"), (INFO, "up"))
    ] == [
        ["SECOND SIGHT", "ADA BYRON", "up"],
        ["SECOND SIGHT", "ADA BYRON", "down"],
        ["SECOND SIGHT", "ADA BYRON", "up"],
    ]


def test_a_long_title_is_set_in_lines_on_a_thick_spine_and_without_what_follows_a_colon_on_a_thin_one() -> (
    None
):
    title = "The Long and Winding Compendium: All That Was Ever Shown to Anybody Anywhere in a Dark Room"
    long = replace(INFO, title=title * 2)
    faces = lettering(find_theme("classic", ROOT))
    thick = plan_spine(long, faces, width_mm=50, clear_mm=1.6, length_mm=203)
    assert thick is not None
    assert len(thick.title.lines) > 1
    assert thick.title.size_mm / 25.4 * 72 >= LEAST_PT
    assert (spine(long, 6) or [""])[0] == "THE LONG AND WINDING COMPENDIUM"


def test_a_spine_that_no_type_fits_stays_empty() -> None:
    assert spine(INFO, 3.5) is None


def test_signs_of_a_chinese_title_stand_upright_one_below_the_other() -> None:
    chinese = replace(INFO, title="花樣年華", authors=("王小明",), language="zh-Hant")
    plan = plan_spine(
        chinese, lettering(find_theme("classic", ROOT)), width_mm=20, clear_mm=1.6, length_mm=203
    )
    assert plan is not None
    assert plan.author is not None
    assert (plan.title.stacked, plan.title.lines, plan.author.lines) == (
        True,
        tuple("花樣年華"),
        tuple("王小明"),
    )


# ------------------------------------------------------------------------------------------ the barcode


def test_the_price_goes_into_the_add_on() -> None:
    prices = ({"USD": "24.95"}, {"CAD": "9"}, {"EUR": "20"}, {"USD": "129.00"}, {})
    assert [add_on(each) for each in prices] == ["52495", "60900", NO_PRICE, NO_PRICE, NO_PRICE]
    assert [add_on({"USD": "24.95"}, chosen) for chosen in ("51000", "none")] == ["51000", ""]


def test_an_isbn_of_ten_digits_becomes_the_number_that_shops_scan() -> None:
    assert [ean13(isbn) for isbn in ("0-306-40615-2", "978-0-306-40615-7")] == ["9780306406157"] * 2


def test_a_barcode_is_as_large_as_its_field_and_never_below_four_fifths() -> None:
    scales = {
        room: symbol.scale if (symbol := barcode(ISBN, "52495", room_mm=room)) else None
        for room in ((80.0, 40.0), (50.8, 26.9), (44.45, 21.8), (43.0, 30.0))
    }
    # 165 modules of 0.33 mm are 54.45 mm
    assert scales[80.0, 40.0] == 1
    assert round(scales[50.8, 26.9] or 0, 4) == round(50.8 / 54.45, 4)
    assert (scales[44.45, 21.8] or 0) >= LEAST
    assert scales[43.0, 30.0] is None


def test_bars_are_whole_modules_with_quiet_zones_beside_them() -> None:
    symbol = barcode(ISBN, "52495", room_mm=(80, 40))
    assert symbol is not None
    edges = [side / MODULE_MM for bar in symbol.bars for side in (bar.x, bar.x + bar.width)]
    assert max(abs(edge - round(edge)) for edge in edges) < 1e-6
    assert (round(edges[0]), round(symbol.width / MODULE_MM - edges[-1])) == (11, 5)


@pytest.mark.parametrize("name", ["kdp-paperback", "ingramspark", "lulu"])
def test_the_barcode_on_the_cover_scans(name: str) -> None:
    zxing = pytest.importorskip("zxingcpp")
    found = zxing.read_barcodes(picture_of(made(name).file), ean_add_on_symbol=zxing.EanAddOnSymbol.Read)
    # The symbol is read twice: alone, and with its add-on.
    assert [result.text for result in found] == ["9781402894626", "978140289462652495"]


def test_the_barcode_stands_in_its_field_and_on_white() -> None:
    wrap, printer = wrap_for("kdp-paperback", 300), printer_of("kdp-paperback")
    picture = picture_of(made().file, ppi=200).convert("L")
    per_mm = 200 / 25.4
    right = wrap.back.right - printer.barcode.clear_mm
    foot = wrap.back.foot - printer.barcode.clear_mm
    # Half a millimetre within the white, and as much outside of it.
    inside, outside = (
        picture.getpixel((round((right + d) * per_mm), round((foot + d) * per_mm))) for d in (-0.4, 0.6)
    )
    assert (inside, outside < 80) == (255, True)


@pytest.mark.parametrize("name", ["kdp-paperback", "lulu-jacket", "lulu-case"])
def test_the_front_of_a_book_bound_at_the_right_lies_left_and_its_barcode_beside_the_spine(name: str) -> None:
    zxing = pytest.importorskip("zxingcpp")
    title = "מבט שני"
    info = replace(INFO, title=title, subtitle="שלושים סרטים", authors=("עדה ביירון",), language="he")
    wrap = wrap_for(name, 300, bound_right=True)
    file = made(name, info=info).file
    per_mm = 300 / 25.4

    (symbol,) = zxing.read_barcodes(picture_of(file), formats=zxing.BarcodeFormat.EAN13)[:1]
    middle = (symbol.position.top_left.x + symbol.position.bottom_right.x) / 2 / per_mm
    assert wrap.back.x < middle < wrap.back.centre
    page = pypdfium2.PdfDocument(file)[0]
    point = 25.4 / 72
    front = page.get_textpage().get_text_bounded(
        wrap.front.x / point, 0, wrap.front.right / point, page.get_height()
    )
    assert title in front
    assert "Worth seeing twice" not in front


def test_a_book_without_an_isbn_leaves_the_field_to_the_printer() -> None:
    assert "ISBN" in words_of(made().file)
    assert "ISBN" not in words_of(made(info=replace(INFO, isbn_print="")).file)


# ------------------------------------------------------------------------------------------- the words


def test_the_blurb_is_set_smaller_until_it_fits_and_is_a_finding_where_it_never_does() -> None:
    def found(words: int) -> list[str]:
        return [each.code for each in made(plan=CoverPlan(blurb="Every film ends well. " * words)).findings]

    assert [found(words) for words in (10, 60, 400)] == [[], [], ["F794"]]


def test_letters_that_no_face_has_are_a_finding() -> None:
    assert [each.code for each in made(plan=CoverPlan(blurb="Look 🎬")).findings] == ["F781"]


def test_the_table_is_read_with_its_paragraphs() -> None:
    findings: list[Finding] = []
    text = '[cover]\nblurb = """\nOne\nline.\n\nAnother."""\n'
    text += 'spine = "17.2mm"\nspine_reads = "up"\nprice_code = "none"\n'
    top = read_toml(text, "guide.toml", findings)
    assert top is not None
    assert read_cover(top.table("cover")) == CoverPlan(
        blurb="One line.\n\nAnother.", spine_mm=17.2, spine_reads="up", price_code="none", line=2
    )
    assert findings == []


def test_what_cannot_be_read_of_the_table_is_a_finding() -> None:
    findings: list[Finding] = []
    top = read_toml(
        '[cover]\nspine = "wide"\nspine_reads = "sideways"\nprice_code = "5"\n', "guide.toml", findings
    )
    assert top is not None
    assert read_cover(top.table("cover")) == CoverPlan(line=1)
    assert [(each.code, each.where.line) for each in findings] == [("F502", 4), ("F502", 2), ("F502", 3)]


# --------------------------------------------------------------------------------------- the front


def test_the_e_books_front_and_the_printed_one_are_one_drawing() -> None:
    theme = find_theme("classic", ROOT)
    stage = stage_of(wrap_for("kdp-paperback", 300), printer_of("kdp-paperback"))
    assert (EBOOK.height, stage.height) == (2560, 2400)
    assert cover_svg(INFO, theme).count("<text") == cover_svg(INFO, theme, stage).count("<text")


def test_a_cover_of_ones_own_stands_whole_on_the_colour_of_its_edge(tmp_path: Path) -> None:
    drawing = Image.new("RGB", (400, 640), (20, 30, 40))
    drawing.paste((200, 60, 40), (150, 200, 250, 400))
    drawing.save(tmp_path / "front.png")
    picture, findings = own_front(
        "front.png", tmp_path, find_theme("classic", ROOT), wrap_for("kdp-paperback", 300)
    )
    assert findings == ()
    # The patch reaches 50 of 400 across and 120 of 640 down from the middle: a pixel to spare makes it more.
    assert picture == Picture("front.png", 1.6, "#141e28", dark=True, reach=(0.128, 0.19))


def test_what_a_cover_of_ones_own_shows_keeps_the_printers_distance(tmp_path: Path) -> None:
    drawing = Image.new("RGB", (400, 640), (20, 30, 40))
    drawing.paste((200, 60, 40), (20, 20, 380, 620))
    drawing.save(tmp_path / "front.png")
    printer, wrap = printer_of("lulu"), wrap_for("lulu", 300)
    picture, _ = own_front("front.png", tmp_path, find_theme("classic", ROOT), wrap)
    assert picture is not None
    box = box_of(picture, wrap, printer)
    shown = box.inset(20 / 400 * box.width, 20 / 640 * box.height)
    safe = wrap.front.inset(printer.wrap.safety_mm)
    assert min(shown.x - safe.x, safe.right - shown.right, shown.y - safe.y, safe.foot - shown.foot) >= 0


def test_a_cover_of_ones_own_that_would_be_cut_off_is_a_finding(tmp_path: Path) -> None:
    Image.linear_gradient("L").resize((640, 640)).save(tmp_path / "front.png")
    picture, findings = own_front(
        "front.png", tmp_path, find_theme("classic", ROOT), wrap_for("kdp-paperback", 300)
    )
    assert picture is not None
    assert picture.ground == ""
    assert [each.code for each in findings] == ["F796"]


# ------------------------------------------------------------------------------------ the command

GUIDE = '[guide]\ntitle = "Two"\nslug = "two"\nisbn = { print = "978-1-4028-9462-6" }\n'
ENTRY = """\
---
title: Alien
year: 1979
---

A crew answers a call.

# Spoilers

## Plot

Ripley kills the creature and is left alone.
"""

THE_LIGHT = """\
---
title: The Light
year: 1990
cast: [{name: Jo Ek, role: Ada Holm}]
---

Ada Holm keeps a light on an island.

# Spoilers

## Plot

Ada Holm moves to an island to keep the light. She hears a violin at night. The villagers say that there
is none.

Ada follows the sound into a cave. A storm puts the lamp out. Ada burns the boat and leaves the island on a
mail steamer.
"""


def guide(root: Path, more: str = "") -> Path:
    (root / "entries").mkdir()
    (root / "entries" / "alien-1979.md").write_text(ENTRY, "utf-8")
    (root / "guide.toml").write_text(GUIDE + more, "utf-8")
    return root


def test_the_command_puts_a_cover_beside_pictures_of_its_front(tmp_path: Path) -> None:
    report = cover_guide(guide(tmp_path), pages=107)
    assert report.findings == ()
    assert [str(path.relative_to(tmp_path)) for path in report.files] == [
        "build/kdp-paperback/two-cover.pdf",
        "build/kdp-paperback/two-front.jpg",
        "build/kdp-paperback/two-ebook-cover.jpg",
    ]
    assert report.lines == (
        "two: 108 pages, black on cream paper, Kindle Direct Publishing, paperback",
        "  spine  108 pages × 0.0025 in = 0.27 in = 6.86 mm",
        "  sheet  12.52 × 9.25 in (318.01 × 234.95 mm)",
    )


def test_a_book_that_was_not_built_has_no_pages_to_count(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="whose pages could be counted"):
        cover_guide(guide(tmp_path))


def test_pages_are_counted_in_what_was_built_for_the_printer_and_else_for_the_screen(tmp_path: Path) -> None:
    def built(name: str, pages: int) -> None:
        path = guide_folder / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        facts = tuple(PageFact(number, str(number), Zone.SAFE) for number in range(1, pages + 1))
        path.write_bytes(manifest_json(Manifest("Two", facts, (), {})))

    guide_folder = guide(tmp_path, '[print]\nprinter = "ingramspark"\n')
    built("two.manifest.json", 107)
    for_the_screen = cover_guide(guide_folder).facts[0]["pages"]
    built("ingramspark/two-interior.manifest.json", 114)
    assert (for_the_screen, cover_guide(guide_folder).facts[0]["pages"]) == (108, 114)


@pytest.mark.parametrize(
    ("more", "pages", "code"),
    [
        ('[print]\npaper = "groundwood"\nink = "color"\n', 108, "F791"),
        ('[print]\nprinter = "kdp-hardcover"\ntrim = "A4"\n', 108, "F792"),
        ("", 20, "F793"),
        ("", 900, "F793"),
    ],
)
def test_a_book_that_the_printer_does_not_make_is_a_finding_and_no_file(
    tmp_path: Path, more: str, pages: int, code: str
) -> None:
    report = cover_guide(guide(tmp_path, more), pages=pages)
    assert {each.code for each in report.findings} == {code}
    assert report.files == ()
    assert not list((tmp_path / "build").rglob("*.pdf"))


def test_figures_from_memory_are_told_as_such(tmp_path: Path) -> None:
    report = cover_guide(guide(tmp_path, '[print]\nprinter = "ingramspark"\n'), pages=108)
    assert "Compare with the printer's own template" in report.lines[-1]


def test_a_blurb_that_gives_a_film_away_is_found(tmp_path: Path) -> None:
    blurb = "Ada Holm keeps a light until she burns the boat and leaves on the mail steamer."
    root = guide(tmp_path, f'[cover]\nblurb = "{blurb}"\n')
    (root / "entries" / "alien-1979.md").unlink()
    (root / "entries" / "the-light-1990.md").write_text(THE_LIGHT, "utf-8")
    found = [(each.code, str(each.where)) for each in check_guide(root).findings if "blurb" in each.message]
    assert found == [("F204", "guide.toml:6")]
