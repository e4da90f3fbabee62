"""A printer's look at finished files: each fault is planted in a sound one, and told of with its page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from PIL import Image

from book.covers.barcode import barcode
from book.preflight import Asked, Preflight, as_html, as_json, preflight
from book.preflight.fonts import family_names
from book.printers import (
    Bleed,
    FileRule,
    Gutter,
    Margins,
    PageLimit,
    PageRule,
    Paper,
    Printer,
    SpineRule,
    Wrap,
    wrap_of,
)
from book.themes import find_theme

ROOT = Path(__file__).parent.parent
PT = 72 / 25.4
A5 = (148.0, 210.0)
WIDE, HIGH = A5[0] * PT, A5[1] * PT
BLEED = 3 * PT
ISBN = "9781402894626"
LOCKED, OPEN = (pikepdf.Encryption(owner="o", user=user) for user in ("u", ""))
FACE = next(face for face in find_theme("classic", ROOT).faces if face.family == "Text")
PAPER = Paper("cream", "black", 0.06, (PageLimit(6, 400),))
PRINTER = Printer(
    "trial",
    "Trial & Sons",
    papers=(PAPER,),
    margins=Margins(10.0, 10.0, (Gutter(1, 15.0), Gutter(100, 20.0))),
    bleed=Bleed(3.0, frozenset({"top", "foot", "outside"})),
    pages=PageRule(2),
    spine=SpineRule(text_from=80, clear_mm=1.5),
    file=FileRule(
        standard="x-1a:2001",
        cover_standard="x-1a:2001",
        colour="grey",
        picture_ppi=300,
        ink_percent=240,
        least_grey_percent=10,
        least_type_pt=7.0,
        least_line_pt=0.75,
        most_bytes=5_000_000,
        forbidden=frozenset(
            {"annotations", "attachments", "encryption", "layers", "outline", "scripts", "transparency"}
        ),
    ),
)
INTERIOR = Asked("guide-interior.pdf", PRINTER, A5, "grey", PAPER, family_names([FACE.family], [FACE.path]))


@cache
def letters() -> tuple[bytes, dict[str, int]]:
    """The theme's face with the letters that these tests print, and the glyph of each."""
    font = TTFont(FACE.path)
    cutter = Subsetter(Options(notdef_outline=True, drop_tables=["GPOS", "GSUB"]))
    cutter.populate(text="0123456789 abcdefghijklmnopqrstuvwxyz")
    cutter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue(), {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}


class Book:
    """A finished file under way: pages with contents, and what they use. Everything about it is sound."""

    def __init__(self, sizes: list[tuple[float, float, float, float]] | None = None) -> None:
        self.pdf = pikepdf.new()
        self.font = self._font()
        for box in sizes or [(0, 0, WIDE, HIGH)] * 8:
            self.page(box)
        self._declare()

    def _font(self) -> Any:
        file, glyphs = letters()
        rows = "".join(f"<{glyph:04x}> <{ord(sign):04x}>\n" for sign, glyph in glyphs.items())
        table = f"{len(glyphs)} beginbfchar\n{rows}endbfchar"
        name = pikepdf.Name("/ABCDEF+EBGaramond-Regular")
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=4, ItalicAngle=0,
            FontBBox=pikepdf.Array([0, -300, 1000, 900]), Ascent=900, Descent=-300, CapHeight=650, StemV=80,
            FontFile2=self.pdf.make_stream(file),
        )  # fmt: skip
        system = pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        )
        inner = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=name, DW=500,
            CIDSystemInfo=system, CIDToGIDMap=pikepdf.Name.Identity,
            FontDescriptor=self.pdf.make_indirect(descriptor),
        )  # fmt: skip
        return self.pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name,
                Encoding=pikepdf.Name("/Identity-H"), ToUnicode=self.pdf.make_stream(table.encode()),
                DescendantFonts=pikepdf.Array([self.pdf.make_indirect(inner)]),
            )
        )  # fmt: skip

    def page(self, box: tuple[float, float, float, float]) -> None:
        """A page with a few words in the middle and its number below them."""
        number = len(self.pdf.pages) + 1
        _, y0, _, y1 = box
        beyond = y1 - y0 > HIGH + 1
        left = BLEED if beyond and number % 2 == 0 else 0.0
        trim = (left, BLEED, left + WIDE, BLEED + HIGH) if beyond else box
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=pikepdf.Array([round(each, 4) for each in box]),
            BleedBox=pikepdf.Array([round(each, 4) for each in box]),
            TrimBox=pikepdf.Array([round(each, 4) for each in trim]),
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=self.font)),
            Contents=self.pdf.make_stream(b""),
        )
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        self.draw(number, type_at("some words", 120, 300, 11) + type_at(str(number), 200, 50, 9))

    def draw(self, number: int, content: str) -> None:
        """More on a page."""
        page: Any = self.pdf.pages[number - 1].obj
        page.Contents.write(page.Contents.read_bytes() + content.encode() + b"\n")

    def put(self, number: int, kind: str, name: str, thing: Any) -> None:
        """Something that a page's contents may name."""
        resources: Any = self.pdf.pages[number - 1].obj.Resources
        if kind not in resources:
            resources[kind] = pikepdf.Dictionary()
        resources[kind][name] = thing

    def picture(self, number: int, image: Image.Image, matrix: str) -> None:
        """A picture on a page."""
        stream = self.pdf.make_stream(image.tobytes())
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
        spaces = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
        stream.ColorSpace = pikepdf.Name(spaces[image.mode])
        self.put(number, "/XObject", "/I", stream)
        self.draw(number, f"q {matrix} cm /I Do Q")

    def _declare(self) -> None:
        self.pdf.trailer["/Info"] = self.pdf.make_indirect(
            pikepdf.Dictionary(
                Title=pikepdf.String("A Guide"),
                GTS_PDFXVersion=pikepdf.String("PDF/X-1:2001"),
                GTS_PDFXConformance=pikepdf.String("PDF/X-1a:2001"),
                Trapped=pikepdf.Name("/False"),
            )
        )
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFX,
            OutputConditionIdentifier=pikepdf.String("FOGRA39"),
            RegistryName=pikepdf.String("http://www.color.org"),
        )
        self.pdf.Root.OutputIntents = pikepdf.Array([intent])

    def written(self, **how: Any) -> bytes:
        """The file's bytes."""
        out = BytesIO()
        streams = pikepdf.ObjectStreamMode.disable
        self.pdf.save(out, **({"force_version": "1.3", "object_stream_mode": streams} | how))
        return out.getvalue()


def type_at(words: str, x: float, y: float, size: float) -> str:
    glyphs = letters()[1]
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{glyphs[sign]:04x}' for sign in words)}> Tj ET\n"


def with_bleed() -> Book:
    """Eight pages with bleed on three sides, of which the third shows a picture that fills its sheet."""
    made = Book([(0, 0, WIDE + BLEED, HIGH + 2 * BLEED)] * 8)
    made.picture(3, Image.new("L", (2000, 2800), 90), f"{WIDE + BLEED:.4f} 0 0 {HIGH + 2 * BLEED:.4f} 0 0")
    return made


def looked(content: bytes | Book, asked: Asked = INTERIOR) -> Preflight:
    return preflight(content.written() if isinstance(content, Book) else content, asked)


def told(content: bytes | Book, asked: Asked = INTERIOR) -> list[str]:
    return [f"{found.code} {found.message}" for found in looked(content, asked).findings]


def test_a_sound_interior_passes_every_look() -> None:
    report = looked(Book())

    assert report.findings == ()
    assert [look.name for look in report.looks] == [
        "opens", "page size", "page count", "margins", "bleed", "page labels", "references",
        "nothing forbidden", "PDF/X", "fonts", "pictures", "colours", "black type", "ink", "type", "lines",
    ]  # fmt: skip


def test_a_sound_interior_with_bleed_passes() -> None:
    assert told(with_bleed()) == []


# ------------------------------------------------------------------------------- planted in an interior


def move_a_box(book: Book) -> None:
    book.pdf.pages[2].obj.TrimBox = pikepdf.Array([1, 0, WIDE, HIGH])


def widen_a_page(book: Book) -> None:
    page: Any = book.pdf.pages[4].obj
    page.MediaBox = page.BleedBox = page.TrimBox = pikepdf.Array([0, 0, 432, 648])


def shift_the_origin(book: Book) -> None:
    for page in book.pdf.pages:
        page.obj.MediaBox = pikepdf.Array([-9, -9, WIDE - 9, HIGH - 9])


def take_pages_out(book: Book) -> None:
    del book.pdf.pages[4:]


def take_one_page_out(book: Book) -> None:
    del book.pdf.pages[7:]


def empty_three_pages(book: Book) -> None:
    for number in (3, 4, 5):
        book.pdf.pages[number].obj.Contents.write(b"")


def write_into_the_gutter(book: Book) -> None:
    book.draw(3, type_at("words", 25, 400, 11))


def write_near_the_outer_edge(book: Book) -> None:
    book.draw(3, type_at("words", WIDE - 40, 400, 11))


def draw_to_the_edge_without_bleed(book: Book) -> None:
    book.draw(5, f"0.5 g 0 200 {WIDE} 80 re f 0 g")


def take_the_font_out(book: Book) -> None:
    del book.font.DescendantFonts[0].FontDescriptor.FontFile2


def rename_the_font(book: Book) -> None:
    file, _ = letters()
    font = TTFont(BytesIO(file))
    for name in font["name"].names:
        name.string = "Comic Sans"
    out = BytesIO()
    font.save(out)
    inner = book.font.DescendantFonts[0]
    inner.FontDescriptor.FontFile2.write(out.getvalue())
    book.font.BaseFont = inner.BaseFont = pikepdf.Name("/GHIJKL+ComicSans")


def show_a_letter_that_is_missing(book: Book) -> None:
    book.draw(6, "BT /F 11 Tf 1 0 0 1 120 200 Tm <0000> Tj ET")


def show_a_coarse_picture(book: Book) -> None:
    book.picture(3, Image.new("L", (200, 300), 90), "144 0 0 216 120 330")


def show_a_picture_in_rgb(book: Book) -> None:
    book.picture(3, Image.new("RGB", (600, 900), (200, 30, 30)), "144 0 0 216 120 330")


def colour_a_rule(book: Book) -> None:
    book.draw(4, "1 0 0 rg 120 200 100 20 re f 0 g")


def set_type_in_four_inks(book: Book) -> None:
    book.draw(4, "0.7 0.6 0.6 0.9 k " + type_at("words", 120, 200, 11) + "0 g")


def see_through(book: Book) -> None:
    book.put(5, "/ExtGState", "/A", pikepdf.Dictionary(ca=0.5))
    book.draw(5, "q /A gs 120 200 100 20 re f Q")


def see_through_a_form(book: Book) -> None:
    form = book.pdf.make_stream(b"0 0 50 50 re f")
    form.Type, form.Subtype, form.BBox = (
        pikepdf.Name.XObject,
        pikepdf.Name.Form,
        pikepdf.Array([0, 0, 50, 50]),
    )
    form.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
    book.put(5, "/XObject", "/X", form)
    book.draw(5, "q 1 0 0 1 120 200 cm /X Do Q")


def link(book: Book) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([100, 100, 150, 120])
    )
    book.pdf.pages[1].obj.Annots = pikepdf.Array([note])


def outline(book: Book) -> None:
    with book.pdf.open_outline() as entries:
        entries.root.append(pikepdf.OutlineItem("First", 0))


def script(book: Book) -> None:
    book.pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def attach(book: Book) -> None:
    book.pdf.attachments["notes.txt"] = b"notes"


def layer(book: Book) -> None:
    book.pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array())


def take_the_intent_out(book: Book) -> None:
    del book.pdf.Root.OutputIntents


def declare_another_standard(book: Book) -> None:
    book.pdf.trailer.Info.GTS_PDFXVersion = pikepdf.String("PDF/X-3:2002")


def label_otherwise(book: Book) -> None:
    rows = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=3)])
    book.pdf.Root.PageLabels = pikepdf.Dictionary(Nums=rows)


def put_odd_numbers_on_the_left(book: Book) -> None:
    rows = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r), 3, pikepdf.Dictionary(S=pikepdf.Name.D)])
    book.pdf.Root.PageLabels = pikepdf.Dictionary(Nums=rows)


def leave_a_number_out(book: Book) -> None:
    """A number's place is blanks in a font that is pointed at digits later; here at none."""
    space = letters()[1][" "]
    inner = pikepdf.Dictionary(dict(book.font.DescendantFonts[0].items()))
    inner.CIDToGIDMap = book.pdf.make_stream(space.to_bytes(2, "big") * 4)
    font = pikepdf.Dictionary(dict(book.font.items()))
    font.DescendantFonts = pikepdf.Array([book.pdf.make_indirect(inner)])
    font.ToUnicode = book.pdf.make_stream(b"1 beginbfchar\n<0001> <0020>\nendbfchar")
    book.put(7, "/Font", "/H", book.pdf.make_indirect(font))
    book.draw(7, "BT /H 11 Tf 1 0 0 1 200 300 Tm <00010002> Tj ET")


def set_small_type(book: Book) -> None:
    book.draw(4, "q 0.5 0 0 0.5 60 100 cm " + type_at("words", 120, 200, 12) + "Q")


def draw_a_hairline(book: Book) -> None:
    book.draw(4, "0.5 w 120 200 m 220 200 l S")


def draw_a_thin_rectangle(book: Book) -> None:
    book.draw(4, "120 200 100 0.25 re f")


def draw_it_too_faint(book: Book) -> None:
    book.draw(4, "0.95 g 120 200 100 20 re f 0 g")


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (move_a_box, "F961 it: the TrimBox is 418.53 × 595.28 pt at 1.00, 0.00 instead of "
            "419.53 × 595.28 pt on page 3."),
        (widen_a_page, "F961 it: the sheet is 432.00 × 648.00 pt instead of 419.53 × 595.28 pt on page 5."),
        (shift_the_origin, "F961 it: the sheet is 419.53 × 595.28 pt at -9.00, -9.00 instead of "
            "419.53 × 595.28 pt on pages 1, 2, 3, 4, 5, 6, 7, 8."),
        (take_pages_out, "F962 it has 4 pages; Trial & Sons binds 6 to 400."),
        (take_one_page_out, "F962 it has 7 pages, which is no multiple of 2."),
        (empty_three_pages, "F962 Pages 4, 5, 6 of it are blank; 2 in a row look meant."),
        (write_into_the_gutter, "F963 Ink comes within 8.8 mm (0.347 in) of the spine on page 3 of it; "
            "in a book of 8 pages Trial & Sons wants 15.0 mm (0.591 in)."),
        (write_near_the_outer_edge, "F963 Ink comes within"),
        (draw_to_the_edge_without_bleed, "F963 Ink comes within 0.0 mm (0.000 in) of the outer edge on"),
        (take_the_font_out, "F965 The font EBGaramond-Regular on pages 1, 2, 3, 4, 5, 6, 7, 8 is not in it;"),
        (rename_the_font, "F965 The font ComicSans on pages 1, 2, 3, 4, 5, 6, 7, 8 of it is none"),
        (show_a_letter_that_is_missing, "F965 it shows empty boxes for letters that the font lacks"),
        (show_a_coarse_picture, "F966 it has pictures of fewer than 300 ppi on page 3; the one on page 3 "
            "has 100 (200 × 300 pixels on 2.0 × 3.0 in)."),
        (show_a_picture_in_rgb, "F967 it has a picture in RGB on page 3."),
        (colour_a_rule, "F967 it has areas in RGB on page 4."),
        (set_type_in_four_inks, "F967 it has type in four inks on page 4."),
        (set_type_in_four_inks, "F967 it has black type in several inks on page 4."),
        (set_type_in_four_inks, "F968 it has 280% of ink on page 4; the printer takes 240%."),
        (see_through, "F969 it has something that is not opaque on page 5; the printer takes none."),
        (see_through_a_form, "F969 it has a transparency group on page 5; the printer takes none."),
        (link, "F969 it has links or notes on page 2; the printer takes none."),
        (outline, "F969 it has an outline; the printer takes none."),
        (script, "F969 it has a script, or something else that acts by itself; the printer takes none."),
        (attach, "F969 it has an attached file; the printer takes none."),
        (layer, "F969 it has layers that can be switched off; the printer takes none."),
        (take_the_intent_out, "F970 it is no PDF/X-1:2001: it has no output intent."),
        (declare_another_standard, "F970 it is no PDF/X-1:2001: it says PDF/X-3:2002 of itself."),
        (label_otherwise, "F971 it labels page 1 3, and 1 is printed on it; the like is on pages 1, 2, 3"),
        (put_odd_numbers_on_the_left, "F971 it has odd numbers on left-hand pages, from page 4 on."),
        (leave_a_number_out, "F972 it leaves out 1 page number, on page 7."),
        (set_small_type, "F975 it has type of 6 pt on page 4; the printer wants 7 pt."),
        (draw_a_hairline, "F975 it has lines of 0.5 pt on page 4; the printer wants 0.75 pt."),
        (draw_a_thin_rectangle, "F975 it has lines of 0.25 pt on page 4; the printer wants 0.75 pt."),
        (draw_it_too_faint, "F976 it has grey of less than 10% on page 4."),
    ],
)  # fmt: skip
def test_a_fault_in_an_interior_is_seen(plant: Callable[[Book], None], found: str) -> None:
    book = Book()
    plant(book)

    seen = [each.replace("guide-interior.pdf", "it") for each in told(book)]
    assert [each for each in seen if each.startswith(found)] != [], seen


def test_a_fault_is_told_alone() -> None:
    book = Book()
    draw_a_hairline(book)

    report = looked(book)

    assert ([found.code for found in report.findings], report.passed) == (["F975"], False)
    assert [look.name for look in report.looks if not look.passed] == ["lines"]


def test_a_grey_that_is_too_light_is_only_a_warning() -> None:
    book = Book()
    draw_it_too_faint(book)

    assert looked(book).passed


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"no PDF at all", "F960 guide-interior.pdf cannot be opened"),
        (
            Book().written(force_version="", encryption=LOCKED),
            "F960 guide-interior.pdf is locked",
        ),
        (
            Book().written(force_version="", encryption=OPEN),
            "F960 guide-interior.pdf is encrypted.",
        ),
        (Book().written()[:-400], "F960 guide-interior.pdf is damaged"),
        (Book().written() + b"%" * 5_000_000, "F960 guide-interior.pdf has 5."),
    ],
)
def test_a_file_that_a_printer_cannot_open_is_told_of(content: bytes, found: str) -> None:
    assert [each for each in told(content) if each.startswith(found)] != [], told(content)


def test_a_newer_version_of_the_format_is_not_by_the_standard() -> None:
    content = Book().written(force_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert "F970 guide-interior.pdf is no PDF/X-1:2001: it is written in PDF 1.7 instead of 1.3." in told(
        content
    )


def test_a_file_without_identifier_is_not_by_the_standard() -> None:
    content = Book().written()
    content = content.replace(b"/ID [", b"/XX [")

    assert "F970 guide-interior.pdf is no PDF/X-1:2001: it has no identifier." in told(content)


@pytest.mark.parametrize(
    "matrix",
    [
        f"{WIDE:.4f} 0 0 {HIGH + 2 * BLEED:.4f} 0 0",  # ends on the trim, on the outer side
        f"{WIDE + BLEED / 2:.4f} 0 0 {HIGH + 2 * BLEED:.4f} 0 0",  # within the bleed
        f"{WIDE + BLEED:.4f} 0 0 {HIGH + BLEED:.4f} 0 0",  # ends on the trim, above
    ],
)
def test_a_picture_that_bleeds_must_reach_the_edge(matrix: str) -> None:
    book = Book([(0, 0, WIDE + BLEED, HIGH + 2 * BLEED)] * 8)
    book.picture(3, Image.new("L", (2000, 2800), 90), matrix)

    assert "F964 What bleeds on page 3 of guide-interior.pdf ends before the edge of the sheet." in told(book)


def test_a_coloured_area_that_bleeds_must_reach_the_edge_too() -> None:
    book = Book([(0, 0, WIDE + BLEED, HIGH + 2 * BLEED)] * 8)
    book.draw(5, f"0.5 g {WIDE - 60} 200 {60 + BLEED / 2} 80 re f 0 g")

    assert [each[:4] for each in told(book)] == ["F964"]


def test_type_in_the_margin_of_a_page_with_bleed_is_no_bleed() -> None:
    book = with_bleed()
    book.draw(5, type_at("words", WIDE - 40, 400, 11))

    assert [each[:4] for each in told(book)] == ["F963"]


def test_the_gutter_is_that_of_the_final_page_count() -> None:
    asked = replace(
        INTERIOR, printer=replace(PRINTER, margins=Margins(10.0, 10.0, (Gutter(1, 15.0), Gutter(8, 50.0))))
    )

    assert [each[:30] for each in told(Book(), asked)] == ["F963 Ink comes within 42.4 mm "]


def test_a_last_page_that_must_be_blank_is_looked_at() -> None:
    asked = replace(INTERIOR, printer=replace(PRINTER, pages=PageRule(2, last_blank=True)))
    book = Book()

    assert told(book, asked) == [
        "F962 Trial & Sons wants the last page blank, and page 8 of guide-interior.pdf is not."
    ]
    book.pdf.pages[7].obj.Contents.write(b"")
    assert told(book, asked) == []


def test_a_picture_of_four_inks_is_held_to_the_limit() -> None:
    book = Book()
    book.picture(3, Image.new("CMYK", (600, 900), (200, 200, 200, 100)), "144 0 0 216 120 330")

    assert told(book, replace(INTERIOR, kind="cmyk")) == [
        "F968 guide-interior.pdf has 275% of ink on page 3; the printer takes 240%."
    ]


def test_a_home_printer_takes_colours_and_links() -> None:
    book = Book()
    for plant in (colour_a_rule, link, outline, see_through):
        plant(book)
    at_home = Asked("guide-interior.pdf", replace(PRINTER, file=FileRule(colour="rgb")), A5, "rgb", PAPER)

    assert told(book, at_home) == []


# ------------------------------------------------------------------------------------------- covers


def wrap(pages: int = 100) -> Wrap:
    return wrap_of(PRINTER, PAPER, A5, pages)


def cover_asked(pages: int = 100, isbn: str = ISBN) -> Asked:
    return replace(INTERIOR, name="guide-cover.pdf", kind="cmyk", wrap=wrap(pages), pages=pages, isbn=isbn)


def cover(*, of: int = 100, isbn: str = ISBN) -> Book:
    """A sound cover of a book of so many pages, with its barcode and a title on the front."""
    sheet = wrap(of)
    made = Book([(0, 0, sheet.width * PT, sheet.height * PT)])
    page: Any = made.pdf.pages[0].obj
    low = sheet.height - sheet.trim.foot
    sides = (sheet.trim.x, low, sheet.trim.right, low + sheet.trim.height)
    page.TrimBox = pikepdf.Array([round(side * PT, 4) for side in sides])
    page.Contents.write(type_at("title", (sheet.front.x + 40) * PT, 400, 24).encode())
    symbol = barcode(isbn, "", room_mm=(45, 25))
    assert symbol is not None
    boxes = [(30 + bar.x, 60 - bar.y - bar.height, bar.width, bar.height) for bar in symbol.bars]
    bars = "".join(" ".join(f"{side * PT:.3f}" for side in box) + " re\n" for box in boxes)
    made.draw(1, f"{bars} f")
    return made


def test_a_sound_cover_passes_every_look() -> None:
    report = looked(cover(), cover_asked())

    assert report.findings == ()
    assert [f"{look.name}: {look.told}" for look in report.looks][1:5] == [
        "size: 308.35 × 216.35 mm, a spine of 6.00 mm for 100 pages",
        "spine: no words on it",
        "safety: type keeps 3.2 mm from the edges",
        "barcode: reads 9781402894626",
    ]


def test_a_cover_for_another_count_of_pages_does_not_fit() -> None:
    assert [each for each in told(cover(of=90), cover_asked(100)) if each.startswith("F973")] == [
        "F973 guide-cover.pdf is 307.75 × 216.35 mm; round a book of 100 pages goes 308.35 × 216.35 mm "
        "(12.140 × 8.518 in)."
    ]


def on_the_spine(book: Book, pages: int, *, across: float = 0.0) -> Book:
    """Words that run down the spine, so many points to the right of its middle."""
    x = wrap(pages).spine.centre * PT - 2 + across
    book.draw(1, type_at("title", 0, 0, 8).replace("1 0 0 1 0 0", f"0 -1 1 0 {x:.2f} 400"))
    return book


def test_words_stand_on_a_spine_only_where_the_printer_prints_any() -> None:
    thick, thin = on_the_spine(cover(), 100), on_the_spine(cover(of=70), 70)

    assert told(thick, cover_asked()) == []
    assert told(thin, cover_asked(70)) == [
        "F973 The spine has words (“title”); Trial & Sons prints none on a book of fewer than 80 pages."
    ]


def test_words_on_a_spine_keep_clear_of_its_folds() -> None:
    found = told(on_the_spine(cover(), 100, across=7), cover_asked())

    assert [each[:45] for each in found] == ["F973 The words on the spine (“title”) come 2."]


def test_type_near_the_edge_of_a_cover_is_told_of() -> None:
    book = cover()
    book.draw(1, type_at("edge", 12, 300, 10))

    assert told(book, cover_asked()) == ["F963 guide-cover.pdf has type within 3.2 mm of its edges: “e”."]


def test_a_barcode_must_scan_and_be_the_books_own() -> None:
    smeared = cover()
    smeared.draw(1, f"{20 * PT} {35 * PT} {60 * PT} {40 * PT} re f")

    assert told(cover(isbn="9780306406157"), cover_asked()) == [
        "F974 The barcode on guide-cover.pdf reads 9780306406157; the book's ISBN is 9781402894626."
    ]
    assert told(smeared, cover_asked()) == [
        "F974 No scanner reads a barcode on guide-cover.pdf; it should say 9781402894626."
    ]
    assert told(cover(), cover_asked(isbn="")) == [
        "F974 The barcode on guide-cover.pdf reads 9781402894626, and the printed book has no ISBN."
    ]


# ------------------------------------------------------------------------------------------- report


def test_the_report_says_what_was_found_and_how_to_mend_it() -> None:
    book = Book()
    draw_a_hairline(book)
    report = looked(book)

    facts = json.loads(as_json("A Guide", [report]))
    page = as_html("A <Guide>", [report]).decode()

    assert (facts["title"], facts["passed"], facts["files"][0]["file"]) == (
        "A Guide",
        False,
        "guide-interior.pdf",
    )
    (lines,) = [look for look in facts["files"][0]["looks"] if look["name"] == "lines"]
    assert lines == {
        "name": "lines",
        "found": "the thinnest has 0.5 pt",
        "passed": False,
        "findings": [
            {
                "code": "F975",
                "severity": "error",
                "message": "guide-interior.pdf has lines of 0.5 pt on page 4; the printer wants 0.75 pt.",
                "hint": "Make them thicker in the theme's CSS, or in the drawing.",
            }
        ],
    }
    assert "A &lt;Guide&gt;" in page
    assert "Not to be sent as it is." in page
    assert "lines of 0.5 pt on page 4" in page
    assert as_html("A Guide", [looked(Book())]) == as_html("A Guide", [looked(Book())])
