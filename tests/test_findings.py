"""Every code in use: a folder that triggers it and nothing else, and a page that explains it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from book import check_links
from book.check import check
from book.config import load_project
from book.entries import read_entries
from book.findings import CODES, findings_page
from book.texts import read_texts

FOLDERS = Path(__file__).parent / "findings"
PAGE = Path(__file__).parent.parent / "docs" / "findings.md"

CODES_WITH_FOLDERS = sorted(folder.name for folder in FOLDERS.iterdir() if folder.is_dir())
GROWN = {"F005": 5_000_000}
"""Entries that the test makes longer, in bytes, so that nobody has to check out megabytes of nothing."""


@pytest.fixture(autouse=True)
def nothing_beyond_the_usual_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_links, "embeddings_are_there", lambda: False)


def laid_out(code: str, root: Path) -> Path:
    """The folder of a code as a guide of its own, with the guide.toml that all of them share."""
    shutil.copytree(FOLDERS / code, root, dirs_exist_ok=True)
    if not (root / "guide.toml").exists():
        shutil.copy(FOLDERS / "guide.toml", root)
    if code in GROWN:
        for entry in (root / "entries").iterdir():
            text = entry.read_text("utf-8")
            last = text.splitlines()[-1] + "\n"
            entry.write_text(text + last * (GROWN[code] // len(last)), "utf-8")
    return root


@pytest.mark.parametrize("code", CODES_WITH_FOLDERS)
def test_a_folder_holds_the_fault_that_its_code_stands_for_and_no_other(code: str, tmp_path: Path) -> None:
    project, of_project = load_project(laid_out(code, tmp_path))
    films, of_entries = read_entries(project)
    _, of_texts = read_texts(project)
    found = (*of_project, *of_entries, *of_texts, *check(films, project, this_year=2026))

    assert {finding.code for finding in found} == {code}, [str(it.where) + " " + it.message for it in found]


def test_every_code_about_a_guides_files_has_its_folder() -> None:
    about_files = {code for code in CODES if code < "F7"}

    assert sorted(about_files - set(CODES_WITH_FOLDERS)) == []


def test_the_page_of_findings_lists_every_code() -> None:
    assert PAGE.read_text("utf-8") == findings_page(), (
        "docs/findings.md is out of date; write it anew with: python -c "
        "'import pathlib, book.findings as f; "
        'pathlib.Path("docs/findings.md").write_text(f.findings_page(), "utf-8")\''
    )


def test_every_code_is_on_the_page() -> None:
    assert [code for code in CODES if f"### {code} " not in findings_page()] == []
