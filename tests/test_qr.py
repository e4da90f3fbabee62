"""QR codes for a film's links in the printed book, read back as a phone reads them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from finished import filmguide

from book.qr import MODULE_MM, QUIET, qr_codes

LINKS = {
    "Archive": "https://archive.example.org/films/harbour-1931?copy=2",
    "Étude": "https://example.org/été",
    "Notes": "https://example.org/notes/on/a/very/long/road/that/leads/to/the/harbour",
}
GUIDE = """[guide]
title = "One Night"
[print]
qr = true
[chapters]
by = "decade"
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the e-book of a guide of one film that has links, and its interior for a printer."""
    away = tmp_path_factory.mktemp("qr")
    (away / "guide" / "entries").mkdir(parents=True)
    (away / "guide" / "guide.toml").write_text(GUIDE, "utf-8")
    links = "".join(f'  {name}: "{url}"\n' for name, url in LINKS.items())
    (away / "guide" / "entries" / "harbour-1931.md").write_text(
        f"---\ntitle: Harbour\nyear: 1931\nlinks:\n{links}---\n\nA harbour, at night.\n\n# Spoilers\n\n"
        "## Plot\n\nWhoever left comes home in the end.\n",
        "utf-8",
    )
    for form in (("pdf", "--printer", "ingramspark"), ("epub",)):
        filmguide("-C", away / "guide", "build", *form, "--out", away, "--jobs", 1, within=away)
    return away


def interior(printed: Path) -> Path:
    return next(printed.rglob("*-interior.pdf"))


def test_every_link_of_a_film_is_read_from_the_rendered_page(printed: Path) -> None:
    read: dict[int, list[str]] = {}
    with pypdfium2.PdfDocument(interior(printed)) as book:
        for number, page in enumerate(book, 1):
            codes = zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())
            if codes:
                read[number] = sorted(code.text for code in codes)
        words = book[min(read) - 1].get_textpage().get_text_bounded()

    assert list(read.values()) == [sorted(LINKS.values())]
    assert "archive.example.org/films/harbour-1931" in re.sub(r"\s", "", words)
    assert "the ending of Harbour included." in words  # the warning: all of this is safe


def test_codes_are_shapes_in_black_ink_alone(printed: Path) -> None:
    with pikepdf.open(interior(printed)) as book:
        colours, pictures = set(), 0
        for page in book.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                pictures += str(operator) == "Do" and "/Image" in str(page.images)
                if str(operator) in {"rg", "RG", "k", "K", "sc", "scn", "SC", "SCN"}:
                    colours.add((str(operator), *map(str, operands)))

    assert (colours, pictures) == (set(), 0)  # grey is all that is left


def test_an_ebook_has_links_instead(printed: Path) -> None:
    with zipfile.ZipFile(next(printed.glob("*.epub"))) as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]

    assert [page for page in pages if 'class="code"' in page] == []
    assert any(LINKS["Archive"].replace("&", "&amp;") in page for page in pages)


def test_codes_beside_each_other_are_of_one_size_and_print_large_enough() -> None:
    codes = qr_codes(LINKS)

    assert [code.name for code in codes] == list(LINKS)
    assert len({code.side_mm for code in codes}) == 1
    assert MODULE_MM >= 0.4
    assert codes[0].side_mm == pytest.approx((len(codes[0].modules) + 8) * 0.42)


def test_four_modules_around_a_code_stay_white() -> None:
    (code,) = qr_codes({"Archive": LINKS["Archive"]})
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", str(code.svg))]
    side = len(code.modules)

    assert min(x for x, _, _ in runs) == min(y for _, y, _ in runs) == QUIET == 4
    assert max(x + wide for x, _, wide in runs) == max(y for _, y, _ in runs) + 1 == side + QUIET
    assert f'viewBox="0 0 {side + 8} {side + 8}"' in code.svg


def test_an_address_too_long_for_any_code_has_none() -> None:
    assert qr_codes({"Endless": "https://example.org/" + "a" * 3000}) == ()
