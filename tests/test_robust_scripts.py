"""Guides whose stories are told in other scripts: built, proved, and set as their readers read."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hostile import GUIDE, Ended, command
from lxml import etree
from scripts import TALES, entry
from type_area import outside

import book

PDF, EPUB = Path("build", "a-guide.pdf"), Path("build", "a-guide.epub")


def guide(root: Path, *names: str, more: str = "") -> Path:
    """A guide of some of the tales, each a film of another year."""
    (root / "entries").mkdir(parents=True)
    (root / "guide.toml").write_text(GUIDE + more, "utf-8")
    for year, name in enumerate(names, start=1991):
        (root / "entries" / f"{name}-{year}.md").write_text(entry(TALES[name], year=year), "utf-8")
    return root


def built(root: Path, *words: str, **env: str) -> Ended:
    return command("-C", root, "build", *words, "--json", within=root, seconds=300, **env)


@pytest.fixture(scope="module", params=["classic", "modern", "large-print"])
def all_scripts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, Ended]:
    """A guide in English with a story in each script, its theme, and how its build ended."""
    root = guide(tmp_path_factory.mktemp("scripts") / "guide", *TALES)
    return root, request.param, built(root, "--theme", request.param)


@pytest.fixture(scope="module")
def leftward(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """A guide in Arabic, and how its build ended."""
    root = guide(
        tmp_path_factory.mktemp("leftward") / "guide", "arabic", "persian", "hebrew", more='language = "ar"\n'
    )
    return root, built(root)


def test_every_story_is_found_where_it_belongs(all_scripts: tuple[Path, str, Ended]) -> None:
    _, _, ended = all_scripts
    assert ended.code == 0, ended.said[-2000:]
    assert ended.codes() == set()


def test_a_story_spelt_by_weasyprint_alone_would_be_missed(tmp_path: Path) -> None:
    """What the proof is worth: with the spelling taken out, it refuses the book."""
    fault = "import book.pdf.paint\nbook.pdf.paint.spelt_out = lambda draw, ffi: draw\n"
    (tmp_path / "sitecustomize.py").write_text(fault, "utf-8")
    root = guide(tmp_path / "guide", "arabic", "thai")
    path = os.pathsep.join([str(tmp_path), str(Path(book.__file__).parent.parent)])
    ended = built(root, "pdf", PYTHONPATH=path)
    assert (ended.code, ended.codes()) == (1, {"F905"})
    assert not (root / PDF).exists()


def test_no_ink_leaves_the_type_area(all_scripts: tuple[Path, str, Ended]) -> None:
    root, theme, _ = all_scripts
    assert outside(root, theme) == []


def test_a_book_in_a_leftward_language_is_proved_too(leftward: tuple[Path, Ended]) -> None:
    _, ended = leftward
    assert ended.code == 0, ended.said[-2000:]
    assert ended.codes() == {"F521"}  # no words of its own in Arabic


def test_its_pages_go_from_right_to_left(leftward: tuple[Path, Ended]) -> None:
    root, _ = leftward
    with pikepdf.open(root / PDF) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
    with zipfile.ZipFile(root / EPUB) as archive:
        package = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".opf"))
    assert re.search(r"<spine[^>]* page-progression-direction=\"rtl\"", package)


def test_its_rectos_are_bound_at_the_right(leftward: tuple[Path, Ended]) -> None:
    root, _ = leftward
    assert outside(root, "classic", bound_right=True) == []
    folios = {}
    for number, page in enumerate(pypdfium2.PdfDocument(root / PDF), 1):
        text, middle = page.get_textpage(), page.get_width() / 2
        low = text.get_text_bounded(top=page.get_height() * 0.1).strip()
        left = text.get_text_bounded(top=page.get_height() * 0.1, right=middle).strip()
        if low.isdecimal():
            folios[number] = "left" if left else "right"
    assert folios == {number: "left" if number % 2 else "right" for number in folios}
    assert len(folios) > 8


def test_a_book_that_runs_rightward_says_nothing_of_it(all_scripts: tuple[Path, str, Ended]) -> None:
    root, _, _ = all_scripts
    with pikepdf.open(root / PDF) as pdf:
        assert "/Direction" not in pdf.Root.ViewerPreferences


def test_paragraphs_of_the_e_book_say_which_way_they_run(all_scripts: tuple[Path, str, Ended]) -> None:
    root, _, _ = all_scripts
    told = {}
    with zipfile.ZipFile(root / EPUB) as archive:
        for name in archive.namelist():
            if "/spoilers/" in name:
                tree = etree.fromstring(archive.read(name))
                plot = next(tree.iterfind(".//{*}section/{*}section/{*}p"))
                told[Path(name).stem.partition("-")[0]] = plot.get("dir")
    assert told == {name: "rtl" if name in {"arabic", "persian", "hebrew"} else None for name in TALES}
