"""Packages for every printer of ours, held to what other programs than ours say of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from finished import PROJECT, filmguide, imported
from pikepdf import pdfa

from book.printers import Printer, find_printer, printer_names

PROGRAMS = ("qpdf", "pdffonts", "pdfimages", "gs")
GUIDES = ("the sample guide", "films-60.jsonl")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, PROGRAMS)), reason=f"these look at the files: {', '.join(PROGRAMS)}"
    ),
]


@pytest.fixture(scope="module", params=GUIDES)
def guide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide's folder: the sample's, or one of real films."""
    if request.param == GUIDES[0]:
        return PROJECT
    return imported(request.param, tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module", params=printer_names(PROJECT))
def packed(
    request: pytest.FixtureRequest, guide: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Printer, Path, Path]:
    """The printer, and the interior and the cover that passed its preflight."""
    printer, _ = find_printer(request.param, PROJECT)
    away = tmp_path_factory.mktemp("packed")
    told = filmguide("-C", guide, "package", "--for", printer.name, "--out", away, within=away)
    assert (told["packed"], {look["passed"] for look in told["looks"]}) == ([printer.name], {True})
    (inside,), (outside,) = (sorted(away.rglob(f"*-{part}.pdf")) for part in ("interior", "cover"))
    return printer, inside, outside


def said(*words: object) -> str:
    """What a program says, both ways, after it ended well."""
    ended = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def rows(*words: object) -> list[list[str]]:
    """The table that a program prints, without its head."""
    return [line.split() for line in said(*words).splitlines()[2:]]


def test_qpdf_finds_nothing_wrong(packed: tuple[Printer, Path, Path]) -> None:
    for file in packed[1:]:
        assert "No syntax or stream encoding errors found" in said("qpdf", "--check", file)


def test_every_font_is_in_the_file(packed: tuple[Printer, Path, Path]) -> None:
    for file in packed[1:]:
        # The columns from behind: generation, object, uni, sub, emb.
        fonts = rows("pdffonts", file)
        assert fonts
        assert [font for font in fonts if font[-5] != "yes"] == []


def test_pictures_have_the_pixels_and_the_colours_that_the_printer_wants(
    packed: tuple[Printer, Path, Path],
) -> None:
    printer, inside, outside = packed
    for file, colour in ((inside, printer.file.colour), (outside, printer.file.cover_colour)):
        for picture in rows("pdfimages", "-list", file):
            space, across, down = picture[5], int(picture[12]), int(picture[13])
            assert min(across, down) >= printer.file.picture_ppi
            assert space in {"grey": {"gray"}, "cmyk": {"gray", "cmyk"}}.get(colour, {space})


def test_a_book_in_black_has_no_other_ink(packed: tuple[Printer, Path, Path]) -> None:
    printer, inside, _ = packed
    if printer.file.colour != "grey":
        pytest.skip(f"{printer.name} prints the inside as it comes")
    inks = re.findall(
        r"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) CMYK", gs("inkcov", "-", inside), re.MULTILINE
    )

    assert inks
    assert [page for page in inks if any(map(float, page[:3]))] == []


def test_ghostscript_makes_pdf_x_of_it_without_a_warning(
    packed: tuple[Printer, Path, Path], tmp_path: Path
) -> None:
    printer, *files = packed
    # A home printer's file may keep its links, which PDF/X may not; it is converted without that.
    wanted = ["-dPDFX"] if "annotations" in printer.file.forbidden else []
    for file in files:
        told = gs("pdfwrite", tmp_path / "again.pdf", file, *wanted, "-sColorConversionStrategy=CMYK", "-q")
        assert told == ""


OF_PDF_A = re.compile(r"OutputIntent|/Metadata|XMP|pdfaid|LinkAnnot")
"""What PDF/A asks for its own sake, in place of what PDF/X has there."""


def test_an_archive_would_ask_for_nothing_but_its_own_marks(packed: tuple[Printer, Path, Path]) -> None:
    """Fonts that say what they hold, objects that are what they should be: PDF/A asks where PDF/X trusts."""
    for file in packed[1:]:
        with pikepdf.open(file) as pdf:
            violations = list(map(str, pdfa.check(pdf, "2b").violations))
        assert [found for found in violations if not OF_PDF_A.search(found)] == []


def gs(device: str, out: object, file: Path, *more: str) -> str:
    """What Ghostscript says of a file."""
    return said(
        "gs", "-dBATCH", "-dNOPAUSE", "-dSAFER", f"-sDEVICE={device}", f"-sOutputFile={out}", *more, file
    )
