"""Text of every script read back from a finished PDF, letter by letter in the order in which it is read."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from scripts import TALES

from book.config import PrintPlan
from book.directions import directed
from book.model import GuideInfo, Shard, Side, Zone
from book.page_plan import page_css
from book.pdf import paint
from book.pdf.bind import bind
from book.pdf.layout import lay_out
from book.sentences import words_of
from book.themes import find_theme
from book.verify_lines import readings
from book.workers import weave

PROJECT = Path(__file__).parent.parent
STORIES = [text for tale in TALES.values() for text in (tale.safe, tale.told)]
CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def bound(*stories: str, language: str = "en") -> bytes:
    """A finished PDF of one sheet, a paragraph for each story."""
    theme = find_theme("classic", PROJECT)
    css = (page_css(PrintPlan(), theme), *theme.cascade("print.css"))
    body = directed("".join(f"<p>{text}</p>" for text in stories), "ltr")
    html = (
        f'<!DOCTYPE html><html lang="{language}"><head><title>Tales</title></head><body>{body}</body></html>'
    )
    studio = paint.Studio(PROJECT, theme.faces, theme.figures)
    shard = Shard("tales", html, css, (), Zone.FRONT, opens=Side.RECTO)
    laid = lay_out([shard], lambda strands, _: weave(partial(paint.layout_job, studio), strands))
    info = GuideInfo("Tales", language=language)
    return bind(laid.shards, laid.sheets, laid.standings, info, theme.faces, theme.figures).file


@pytest.fixture(scope="module")
def tales() -> bytes:
    return bound(*STORIES)


def poppler(file: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    told = subprocess.run(["pdftotext", "-", "-"], input=file, capture_output=True, check=True)
    assert told.stderr == b""
    return solid(told.stdout.decode())


def pdfium(file: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))


def solid(text: str) -> str:
    """The text without its blanks and marks of direction, its letters and marks composed."""
    return unicodedata.normalize("NFC", "".join(CONTROLS.sub("", text).split()))


def bare(text: str) -> str:
    """Letters, marks and figures alone: where points stand beside figures, PDFium has them at either end."""
    return "".join(sign for sign in solid(text) if unicodedata.category(sign)[0] in "LMN")


def maps_of(file: bytes) -> Iterator[dict[bytes, bytes]]:
    """What every font object of a file says to be written by each of its codes, in UTF-16."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                yield dict(
                    re.findall(rb"<(\w+)> <(\w*)>", thing.ToUnicode.read_bytes().split(b"endcodespace")[1])
                )


@pytest.mark.parametrize("name", TALES)
def test_poppler_reads_what_was_written(name: str) -> None:
    tale = TALES[name]
    assert poppler(bound(tale.safe, tale.told)).startswith(solid(tale.safe + tale.told))


@pytest.mark.parametrize("name", TALES)
def test_pdfium_reads_what_was_written(name: str, tales: bytes) -> None:
    read = [bare(reading) for reading in readings(pdfium(tales))]
    texts = (TALES[name].safe, TALES[name].told)
    assert [text for text in texts if not any(bare(text) in each for each in read)] == []


def test_every_code_says_some_letter(tales: bytes) -> None:
    said = list(maps_of(tales))
    assert len(said) > 6
    assert [code for map_ in said for code, text in map_.items() if not text] == []


def test_a_code_of_a_leftward_line_says_one_letter(tales: bytes) -> None:
    several = {
        text
        for map_ in maps_of(tales)
        for text in (bytes.fromhex(said.decode()).decode("utf-16-be") for said in map_.values())
        if len(text) > 1 and unicodedata.bidirectional(text[0]) in {"R", "AL"}
    }
    assert several == set()


def test_nothing_stands_in_for_what_is_drawn(tales: bytes) -> None:
    with pikepdf.open(io.BytesIO(tales)) as pdf:
        assert b"ActualText" not in b"".join(page.Contents.read_bytes() for page in pdf.pages)


def test_left_to_weasyprint_the_stories_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paint, "spelt_out", lambda draw, ffi: draw)
    read = [bare(reading) for reading in readings(pdfium(bound(*STORIES)))]
    missed = {name for name, tale in TALES.items() if not any(bare(tale.told) in each for each in read)}
    assert missed == set(TALES)


def test_what_is_spelt_looks_as_it_did(tales: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the eye: WeasyPrint rounds wherever it sets a mark, and is off by a third of a point in a line."""
    monkeypatch.setattr(paint, "spelt_out", lambda draw, ffi: draw)
    ours, theirs = (
        np.asarray(pypdfium2.PdfDocument(file)[0].render(scale=1, grayscale=True).to_pil()) < 128
        for file in (tales, bound(*STORIES))
    )
    spread = np.lib.stride_tricks.sliding_window_view(np.pad(theirs, 1), (3, 3)).any(axis=(2, 3))
    assert ours.sum() > 5_000
    assert (ours & ~spread).sum() < ours.sum() / 200


def test_pages_without_such_letters_use_the_book_s_own_fonts() -> None:
    """One for each face, and one for the folio."""
    assert len(list(maps_of(bound("A man walks into a fine office, où il voit Ґедзь и 羅生門.")))) == 3


def test_a_glyph_for_several_letters_says_the_one_that_was_meant() -> None:
    """A stem without its dots is five letters, and a sheet's own font says which it is each time."""
    texts = ["ثبت نبت بيت يبث تنبت", "یک می‌شود که گفت", "ﻻ إله إلّا الله"]
    read = [words_of(reading) for reading in readings(pdfium(bound(*texts)))]
    assert [text for text in texts if not any(words_of(text) in each for each in read)] == []
