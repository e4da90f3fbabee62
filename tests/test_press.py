"""A bound PDF is put right for a printer, and what cannot be put right is told of."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from finished import Books
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from PIL import Image

from book.config import PrintPlan
from book.press import Ticket, kind_of, press
from book.press.contents import Terms, in_inks
from book.press.inks import Inks, from_lab, is_profile, limited, our_profile, printed, printed_picture
from book.printers import Bleed, FileRule, Printer, find_printer

A5 = (148.0, 210.0)
WIDTH, HEIGHT = 419.5276, 595.2756
FORBIDDEN = frozenset(
    {"annotations", "attachments", "encryption", "layers", "marks", "outline", "scripts", "transparency"}
)
GREY = Inks("grey", 0, our_profile())
FOUR = Inks("cmyk", 240, our_profile())


def printer(standard: str = "x-1a:2001", **rules: Any) -> Printer:
    return Printer(
        "trial",
        bleed=Bleed(3.175, frozenset({"top", "foot", "outside"})),
        file=FileRule(standard, forbidden=FORBIDDEN, **rules),
    )


def ticket(standard: str = "x-1a:2001", **more: Any) -> Ticket:
    rules = {key: more.pop(key) for key in ("ink_percent",) if key in more}
    given: dict[str, Any] = {"kind": "grey", "created": datetime(2026, 1, 31, tzinfo=UTC)}
    return Ticket(printer(standard, **rules), "trial.pdf", "A Trial", A5, **(given | more))


def book(
    *contents: bytes, resources: pikepdf.Dictionary | None = None, origin: float = 0.0
) -> tuple[pikepdf.Pdf, list[Any]]:
    """A PDF with a page for each content, and its pages."""
    pdf = pikepdf.new()
    pages = []
    for content in contents:
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=pikepdf.Array([-origin, -origin, WIDTH + origin, HEIGHT + origin]),
            TrimBox=pikepdf.Array([0, 0, WIDTH, HEIGHT]),
            Resources=resources if resources is not None else pikepdf.Dictionary(),
            Contents=pdf.make_stream(content),
        )
        pages.append(pdf.make_indirect(page))
        pdf.pages.append(pikepdf.Page(pages[-1]))
    return pdf, pages


def written(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def pressed(pdf: pikepdf.Pdf, wanted: Ticket) -> tuple[pikepdf.Pdf, list[str]]:
    """The pressed file, opened, and the findings as code and message."""
    file, findings = press(written(pdf), wanted)
    return pikepdf.open(BytesIO(file)), [f"{each.code} {each.message}" for each in findings]


def painted(pdf: pikepdf.Pdf, page: int = 0) -> str:
    return str(pdf.pages[page].Contents.read_bytes().decode().strip())


def picture(pdf: pikepdf.Pdf, image: Image.Image, *, jpeg: bool = False) -> pikepdf.Stream:
    spaces = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
    out = BytesIO()
    if jpeg:
        image.save(out, "JPEG", quality=95)
    stream = pdf.make_stream(out.getvalue() if jpeg else image.tobytes())
    if jpeg:
        stream.Filter = pikepdf.Name.DCTDecode
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
    stream.ColorSpace = pikepdf.Name(spaces[image.mode])
    return pdf.make_indirect(stream)


def with_picture(image: Image.Image, *, jpeg: bool = False, mask: Image.Image | None = None) -> pikepdf.Pdf:
    pdf, pages = book(b"/I Do")
    stream = picture(pdf, image, jpeg=jpeg)
    if mask is not None:
        stream.SMask = picture(pdf, mask)
    pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
    return pdf


def seen(pdf: pikepdf.Pdf) -> Image.Image:
    return pikepdf.PdfImage(pdf.pages[0].Resources.XObject.I).as_pil_image()


# ----------------------------------------------------------------------------------------- colours


@pytest.mark.parametrize(
    ("colour", "inks", "comes_out"),
    [
        ((0.0, 0.0, 0.0), GREY, (0.0,)),
        ((0.0, 0.0, 0.0), FOUR, (0.0,)),  # text is black ink alone, never four
        ((0.4667, 0.4667, 0.4667), FOUR, (0.4667,)),
        ((0.0, 0.0, 0.0, 1.0), FOUR, (0.0,)),
        ((0.0, 0.0, 0.0, 0.2), GREY, (0.8,)),
        ((0.5,), GREY, (0.5,)),
        ((1.0, 0.0, 0.0), Inks("rgb"), (1.0, 0.0, 0.0)),
        ((0.0, 0.0, 0.0), Inks("rgb"), (0.0,)),
    ],
)
def test_a_colour_is_printed_with_the_inks_there_are(
    colour: tuple[float, ...], inks: Inks, comes_out: tuple[float, ...]
) -> None:
    assert printed(colour, inks) == comes_out


def test_a_colour_becomes_a_grey_as_light_as_itself() -> None:
    red, green, blue = (printed(each, GREY)[0] for each in ((1.0, 0, 0), (0, 1.0, 0), (0, 0, 1.0)))

    assert blue < red < green


def test_too_much_ink_is_taken_from_the_colours_and_not_from_the_black() -> None:
    assert limited((1.0, 1.0, 1.0, 0.9), Inks("cmyk", 240)) == pytest.approx((0.5, 0.5, 0.5, 0.9))
    assert limited((0.5, 0.5, 0.5, 0.9), Inks("cmyk", 240)) == (0.5, 0.5, 0.5, 0.9)


def test_lab_is_read_by_its_own_white() -> None:
    assert from_lab(100, 0, 0) == pytest.approx((1, 1, 1), abs=0.001)
    assert from_lab(53.24, 80.09, 67.2) == pytest.approx((1, 0, 0), abs=0.01)


def test_our_profile_never_asks_for_more_ink_than_it_promises() -> None:
    steps = np.arange(0, 256, 17, dtype=np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 1, 3)
    inked = printed_picture(Image.fromarray(cube), Inks("cmyk", 0, our_profile()))

    assert np.asarray(inked).astype(int).sum(axis=-1).max() / 2.55 <= 240


def test_only_a_profile_of_four_inks_will_do() -> None:
    assert is_profile(our_profile())
    assert not is_profile(our_profile()[:200])
    assert not is_profile(b"no profile at all" * 20)
    assert not is_profile(our_profile().replace(b"CMYK", b"RGB ", 1))


# ---------------------------------------------------------------------------------------- contents


def test_colours_in_a_pages_contents_become_ink() -> None:
    lines = b"q\n0 0 0 rg\nBT\n<0001> Tj\nET\n1 0 0 RG\n0 0 0 .5 k\nQ"

    assert in_inks(lines, Terms(), GREY).content == b"q\n0 g\nBT\n<0001> Tj\nET\n0.4984 G\n0.5 g\nQ"


def test_a_state_that_changes_nothing_goes_and_any_other_stays() -> None:
    lines = b"/a1.0 gs\n/a0.5 gs\n0 0 0 rg"

    done = in_inks(lines, Terms(idle=frozenset({"/a1.0"})), GREY).content

    assert done == b"/a0.5 gs\n0 g"


def test_words_in_a_string_are_no_colours() -> None:
    lines = b"BT (1 0 0 rg is red \\( 1 1 0 rg) Tj ET 1 0 0 rg"

    assert in_inks(lines, Terms(), GREY).content.split(b"\n") == [
        b"BT",
        b"(1 0 0 rg is red \\( 1 1 0 rg) Tj",
        b"ET",
        b"0.4984 g",
    ]


def test_a_colour_by_its_space_is_converted_and_the_space_forgotten_with_its_page() -> None:
    lines = b"/lab-d65 cs\n100 0 0 scn\n/DeviceCMYK CS\n0 0 0 1 SCN\nq /DeviceRGB cs Q\n50 0 0 sc"
    terms = Terms({"/lab-d65": "lab"})

    assert in_inks(lines, terms, GREY).content.decode().split("\n") == [
        "0 g", "1 g", "0 G", "0 G", "q", "0 g", "Q", "0.4663 g",
    ]  # fmt: skip


def test_both_ways_of_reading_contents_come_to_the_same() -> None:
    lines = b"q\n0.2 0.4 0.6 rg\n/a1.0 gs\n1 0 0 1 5 5 cm\n0 0 1 RG\n0.1 0.2 0.3 0.4 k\n0 0 10 10 re\nf\nQ"
    terms = Terms(idle=frozenset({"/a1.0"}))
    for inks in (GREY, FOUR):
        quick, slow = in_inks(lines, terms, inks), in_inks(lines + b" % a remark", terms, inks)

        assert quick.content.split() == slow.content.split()


def test_what_cannot_be_converted_is_told_with_its_pages() -> None:
    name = pikepdf.Name
    odd = pikepdf.Array([name.Separation, name.Gold, name.DeviceRGB, pikepdf.Dictionary()])
    resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(S=odd))
    pdf, _ = book(b"0 g", b"/S cs 1 scn", b"/S cs 1 scn", resources=resources)

    _, told = pressed(pdf, ticket())

    assert told == ["F721 trial.pdf has a colour of an unusual kind on pages 2, 3."]


def test_a_gradient_is_converted_at_both_its_ends() -> None:
    ends = pikepdf.Dictionary(
        FunctionType=2, Domain=pikepdf.Array([0, 1]), N=1,
        C0=pikepdf.Array([1, 1, 1]), C1=pikepdf.Array([1, 0, 0]),
    )  # fmt: skip
    shading = pikepdf.Dictionary(
        ShadingType=2, ColorSpace=pikepdf.Name.DeviceRGB, Coords=pikepdf.Array([0, 0, 1, 1]), Function=ends
    )
    pdf, _ = book(b"/S sh", resources=pikepdf.Dictionary(Shading=pikepdf.Dictionary(S=shading)))

    done, told = pressed(pdf, ticket())
    gradient = done.pages[0].Resources.Shading.S

    assert (str(gradient.ColorSpace), told) == ("/DeviceGray", [])
    assert [float(gradient.Function.C0[0]), float(gradient.Function.C1[0])] == pytest.approx([1, 0.4984])


# ------------------------------------------------------------------------------------------- boxes


def boxes(page: Any) -> dict[str, list[float]]:
    names = [name for name in dict(page) if name.endswith("Box")]
    return {name: [round(float(side), 2) for side in page[name]] for name in names}


def test_without_bleed_a_page_is_its_trim_and_begins_at_zero() -> None:
    pdf, _ = book(b"0 g", origin=9)

    done, _ = pressed(pdf, ticket())

    trim = [0.0, 0.0, 419.53, 595.28]
    assert boxes(done.pages[0].obj) == {"/MediaBox": trim, "/BleedBox": trim, "/TrimBox": trim}
    assert painted(done) == "0 g"


def test_bleed_lies_outside_and_the_contents_move_with_the_trim() -> None:
    pdf, _ = book(b"0 g", b"0 g", origin=9)

    done, _ = pressed(pdf, ticket(bleeds=True))

    sheet = [0.0, 0.0, 428.53, 613.28]
    recto, verso = (boxes(page.obj) for page in done.pages)
    assert recto == {"/MediaBox": sheet, "/BleedBox": sheet, "/TrimBox": [0.0, 9.0, 419.53, 604.28]}
    assert verso == {"/MediaBox": sheet, "/BleedBox": sheet, "/TrimBox": [9.0, 9.0, 428.53, 604.28]}
    assert [painted(done, page) for page in (0, 1)] == ["1 0 0 1 0 9 cm\n0 g", "1 0 0 1 9 9 cm\n0 g"]


def test_a_named_place_moves_with_its_page() -> None:
    pdf, pages = book(b"0 g", origin=9)
    place = pikepdf.Array([pages[0], pikepdf.Name.XYZ, 10, 20, 0])
    names = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("here"), place]))
    pdf.Root.Names = pikepdf.Dictionary(Dests=pdf.make_indirect(names))

    done, _ = pressed(pdf, ticket(bleeds=True))

    found: Any = pikepdf.NameTree(done.Root.Names.Dests)["here"]
    assert [float(found[2]), float(found[3])] == [10, 29]


def test_blank_pages_follow_the_last() -> None:
    pdf, _ = book(b"0 g")

    done, _ = pressed(pdf, ticket(blanks=2))

    assert [page.obj.get("/Contents") is None for page in done.pages] == [False, True, True]
    assert boxes(done.pages[2].obj)["/TrimBox"] == [0.0, 0.0, 419.53, 595.28]


# ---------------------------------------------------------------------------------------- pictures


def test_a_picture_in_colour_is_printed_in_greys_as_light_as_it_was() -> None:
    done, told = pressed(with_picture(Image.new("RGB", (4, 4), (255, 0, 0))), ticket())

    assert (seen(done).mode, seen(done).getpixel((0, 0)), told) == ("L", 127, [])


def test_greys_given_as_colour_keep_their_numbers() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)

    assert list(printed_picture(Image.fromarray(ramp), GREY).tobytes()) == list(range(256))


def test_a_photograph_stays_a_photograph_within_the_limit_of_ink() -> None:
    shades = np.random.default_rng(1).integers(0, 90, (64, 64, 3), dtype=np.uint8)
    pdf = with_picture(Image.fromarray(shades), jpeg=True)

    done, _ = pressed(pdf, ticket(kind="cmyk", ink_percent=240))

    stream = done.pages[0].Resources.XObject.I
    assert (str(stream.Filter), str(stream.ColorSpace)) == ("/DCTDecode", "/DeviceCMYK")
    opened = np.asarray(Image.open(BytesIO(stream.read_raw_bytes()))).astype(int)  # as ink, for it is Adobe's
    assert 150 < opened.sum(axis=-1).max() / 2.55 <= 240


def test_pictures_in_four_inks_are_held_to_the_limit_too() -> None:
    soot = with_picture(Image.new("CMYK", (4, 4), (255, 255, 255, 255)))

    done, _ = pressed(soot, ticket(kind="cmyk", ink_percent=240))

    assert seen(done).getpixel((0, 0)) == pytest.approx((116, 116, 116, 255), abs=1)


def test_what_is_seen_through_is_laid_on_white_paper() -> None:
    mask = Image.new("L", (2, 1), 255)
    mask.putpixel((1, 0), 0)

    done, told = pressed(with_picture(Image.new("RGB", (2, 1), "black"), mask=mask), ticket())

    assert (seen(done).tobytes(), told) == (b"\x00\xff", [])
    assert "/SMask" not in done.pages[0].Resources.XObject.I


def test_a_damaged_picture_is_told_of() -> None:
    pdf = with_picture(Image.new("RGB", (4, 4)), jpeg=True)
    stream = pdf.pages[0].Resources.XObject.I
    stream.write(b"no JPEG", filter=pikepdf.Name.DCTDecode)

    _, told = pressed(pdf, ticket())

    assert [each[:4] for each in told] == ["F722"]


# ------------------------------------------------------------------------------ what must not be there


def planted() -> pikepdf.Pdf:
    """A file with everything that a printer refuses."""
    pdf, pages = book(b"/G gs 0 0 0 rg")
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]))
    pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
    pages[0].StructParents = 0
    pages[0].Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
    pages[0].Resources = pikepdf.Dictionary(
        ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(ca=1)),
        ColorSpace=pikepdf.Dictionary(L=pikepdf.Array([pikepdf.Name.Lab, pikepdf.Dictionary()])),
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))
    pdf.attachments["secret.txt"] = b"secret"
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(
        Names=pikepdf.Array([pikepdf.String("a"), pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")])
    )
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pdf.Root.Metadata = pdf.make_stream(b"<x/>")
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r)]))
    return pdf


def test_nothing_that_a_printer_refuses_is_left_and_labels_stay() -> None:
    done, told = pressed(planted(), ticket())

    assert set(done.Root.keys()) == {"/Type", "/Pages", "/Names", "/PageLabels", "/OutputIntents"}
    assert set(done.Root.Names.keys()) <= {"/Dests"}
    page = done.pages[0].obj
    assert set(page.keys()) == {"/Type", "/Parent", "/Contents", "/Resources", *boxes(page)}
    assert (list(page.Resources.keys()), painted(done), told) == ([], "0 g", [])
    assert [each.label for each in done.pages] == ["i"]


def test_a_printer_who_forbids_nothing_gets_links_and_outline() -> None:
    lenient = replace(ticket(""), printer=Printer("home"))

    done, _ = pressed(planted(), lenient)

    assert len(done.pages[0].Annots) == 1
    assert {"/Outlines", "/Names"} <= set(done.Root.keys())


@pytest.mark.parametrize(
    "state",
    [
        pikepdf.Dictionary(ca=0.5),
        pikepdf.Dictionary(BM=pikepdf.Name.Multiply),
        pikepdf.Dictionary(SMask=pikepdf.Dictionary(S=pikepdf.Name.Luminosity)),
    ],
)
def test_what_can_be_seen_through_is_told_of(state: pikepdf.Dictionary) -> None:
    resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=state))
    pdf, _ = book(b"/G gs 0 g", resources=resources)

    assert pressed(pdf, ticket())[1] == ["F720 trial.pdf has something that can be seen through on page 1."]
    assert pressed(pdf, replace(ticket("x-4"), printer=Printer("lenient")))[1] == []


def test_drawings_within_a_page_are_put_right_like_the_page() -> None:
    pdf, pages = book(b"/F Do")
    form = pdf.make_stream(b"/A gs\n1 0 0 rg\n0 0 9 9 re\nf")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 9, 9])
    form.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
    form.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(A=pikepdf.Dictionary(CA=1)))
    pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=pdf.make_indirect(form)))

    done, told = pressed(pdf, ticket())
    within = done.pages[0].Resources.XObject.F

    assert within.read_bytes() == b"0.4984 g\n0 0 9 9 re\nf"
    assert ("/Group" in within, list(within.Resources.keys()), told) == (False, [], [])


# ---------------------------------------------------------------------------------------- standards


@pytest.mark.parametrize(
    ("standard", "version", "conformance"),
    [
        ("x-1a:2001", "1.3", ("PDF/X-1:2001", "PDF/X-1a:2001")),
        ("x-3:2002", "1.3", ("PDF/X-3:2002", None)),
        ("x-4", "1.6", ("PDF/X-4", None)),
        ("", "1.7", (None, None)),
    ],
)
def test_a_file_says_which_standard_it_keeps(
    standard: str, version: str, conformance: tuple[str | None, str | None]
) -> None:
    pdf, _ = book(b"0 g")

    done, _ = pressed(pdf, ticket(standard))

    def said(key: str) -> str | None:
        return str(done.docinfo[key]) if key in done.docinfo else None

    assert done.pdf_version == version
    assert (said("/GTS_PDFXVersion"), said("/GTS_PDFXConformance")) == conformance
    assert [said(key) for key in ("/Title", "/CreationDate", "/Trapped")] == [
        "A Trial",
        "D:20260131000000Z",
        "/False",
    ]
    assert ("/OutputIntents" in done.Root) is bool(standard)
    assert ("/Metadata" in done.Root) is (standard == "x-4")


def test_a_press_that_the_registry_knows_is_named_and_one_of_the_writers_own_embedded() -> None:
    pdf, _ = book(b"0 g")
    by_name, _ = pressed(pdf, ticket())
    embedding, _ = pressed(pdf, ticket(profile=our_profile()))
    known, own = by_name.Root.OutputIntents[0], embedding.Root.OutputIntents[0]

    assert (str(known.OutputConditionIdentifier), "/DestOutputProfile" in known) == ("FOGRA39", False)
    assert (own.DestOutputProfile.read_bytes(), int(own.DestOutputProfile.N)) == (our_profile(), 4)


def test_pdf_1_3_has_no_object_streams() -> None:
    pdf, _ = book(b"0 g")

    old, new = (press(written(pdf), ticket(each))[0] for each in ("x-1a:2001", "x-4"))

    assert (b"/ObjStm" in old, b"/XRef" in old, b"/ObjStm" in new) == (False, False, True)


def test_the_same_book_gives_the_same_bytes_and_another_another_name() -> None:
    one, other = (written(book(content)[0]) for content in (b"0 g", b"1 g"))

    assert press(one, ticket())[0] == press(one, ticket())[0]
    names = [pikepdf.open(BytesIO(press(each, ticket())[0])).trailer.ID[0] for each in (one, other)]
    assert bytes(names[0]) != bytes(names[1])


def opentype() -> bytes:
    """A font of one empty glyph with CFF outlines."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    nothing = T2CharStringPen(500, None).getCharString()
    builder.setupCFF("Trial", {"FullName": "Trial"}, {".notdef": nothing}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Trial", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("standard", "kind", "begins"),
    [("x-1a:2001", "/CIDFontType0C", b"\x01\x00\x04"), ("x-4", "/OpenType", b"OTTO")],
)
def test_pdf_1_3_has_outlines_where_later_ones_have_opentype(standard: str, kind: str, begins: bytes) -> None:
    pdf, pages = book(b"0 g")
    file = pdf.make_stream(opentype(), Subtype=pikepdf.Name.OpenType)
    inner = pikepdf.Dictionary(FontDescriptor=pikepdf.Dictionary(FontFile3=pdf.make_indirect(file)))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, DescendantFonts=pikepdf.Array([inner]))
    pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))

    done, _ = pressed(pdf, ticket(standard))
    embedded = done.pages[0].Resources.Font.F.DescendantFonts[0].FontDescriptor.FontFile3

    assert (str(embedded.Subtype), embedded.read_bytes()[: len(begins)]) == (kind, begins)


# ------------------------------------------------------------------------------------------ tickets


@pytest.mark.parametrize(
    ("rule", "ink", "kind"),
    [
        (FileRule(colour="grey", cover_colour="cmyk"), "black", "grey"),
        (FileRule(colour="grey", cover_colour="cmyk"), "color", "cmyk"),
        (FileRule(colour="rgb", cover_colour="rgb"), "black", "rgb"),
        (FileRule("x-1a:2001", cover_colour="rgb"), "color", "cmyk"),
        (FileRule("x-4", cover_colour="rgb"), "color", "rgb"),
    ],
)
def test_the_ink_of_the_paper_decides_on_the_colours(rule: FileRule, ink: str, kind: str) -> None:
    assert kind_of(Printer("trial", file=rule), PrintPlan(ink=ink)) == kind


# ------------------------------------------------------------------------------------- finished books


RGB = re.compile(rb"[ \n](?:rg|RG|cs|CS|gs)(?=\s)")


@pytest.mark.parametrize("name", ["kdp-paperback", "ingramspark", "lulu"])
def test_a_finished_book_is_sound_has_black_ink_alone_and_looks_as_before(books: Books, name: str) -> None:
    asked, _ = find_printer(name, books.guide)
    before = books.files[".pdf"].read_bytes()
    order = Ticket(asked, "book.pdf", "A Book", (152.4, 228.6), "grey", blanks=1)

    file, findings = press(before, order)

    assert findings == ()
    with pikepdf.open(BytesIO(file)) as pdf, pikepdf.open(BytesIO(before)) as screen:
        assert pdf.check_pdf_syntax() == []
        coloured = [
            page.index for page in pdf.pages if "/Contents" in page and RGB.search(page.Contents.read_bytes())
        ]
        assert coloured == []
        assert [page.label for page in pdf.pages][:-1] == [page.label for page in screen.pages]
        assert {str(box) for page in pdf.pages for box in [page.mediabox.unparse()]} == {"b'[ 0 0 432 648 ]'"}
    pages = pypdfium2.PdfDocument(file), pypdfium2.PdfDocument(before)
    for number in range(0, len(pages[1]), 23):
        pressed_page, page = (one[number].render(scale=0.7).to_numpy() for one in pages)
        assert np.array_equal(pressed_page, page), number


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_ghostscript_finds_no_ink_but_black(books: Books, tmp_path: Path) -> None:
    asked, _ = find_printer("ingramspark", books.guide)
    order = Ticket(asked, "book.pdf", "A Book", (152.4, 228.6), "grey")
    (tmp_path / "book.pdf").write_bytes(press(books.files[".pdf"].read_bytes(), order)[0])

    command = ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", "-r30", str(tmp_path / "book.pdf")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    inks = np.array([list(map(float, line.split()[:4])) for line in told.splitlines() if "CMYK" in line])

    assert inks[:, :3].max() == 0 < inks[:, 3].max()
