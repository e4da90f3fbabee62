"""A book for Kindle is made where calibre is, and asked for in vain, but kindly, where it is not."""

import shutil
import subprocess
from pathlib import Path

import pytest
from checkers import missing, own_settings
from finished import filmguide

from book.build import build_guide
from book.kindle import CONVERTER, convert
from book.model import BookError


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide of the one film that every guide begins with."""
    away = tmp_path_factory.mktemp("one")
    filmguide("new", away / "guide", within=away)
    return away / "guide"


def test_without_calibre_one_sentence_says_what_to_install(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    report = build_guide(guide, formats=("epub", "azw3"), out=tmp_path)
    (found,) = (one for one in report.findings if one.code == "F787")
    assert found.message == "An AZW3 is made by calibre, and its ebook-convert is not to be found."
    assert (report.stopped, report.files, list(tmp_path.iterdir())) == (True, (), [])


def test_what_calibre_says_last_is_why_there_is_no_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    converter = tmp_path / CONVERTER
    converter.write_text("#!/bin/sh\necho reading >&2\necho 'no room left' >&2\nexit 1\n", "utf-8")
    converter.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(BookError, match=r"^calibre could not make an AZW3 of the e-book: no room left$"):
        convert(b"an e-book")


def test_calibre_is_not_lent_the_libraries_of_our_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    converter = tmp_path / CONVERTER
    converter.write_text('#!/bin/sh\nenv | grep ^PYTHON > "$2" || echo none > "$2"\n', "utf-8")
    converter.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("PYTHONPATH", "site-packages")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    assert convert(b"an e-book") == b"none\n"


@pytest.mark.slow
def test_an_azw3_holds_the_book_with_its_spoilers_at_the_very_end(guide: Path, tmp_path: Path) -> None:
    if not shutil.which(CONVERTER):
        missing("calibre", "apt-get install --no-install-recommends calibre calibre-bin")
    told = filmguide("-C", guide, "build", "azw3", "--out", tmp_path, within=tmp_path)
    files = {Path(file).suffix: Path(file) for file in told["files"]}
    assert files.keys() == {".epub", ".azw3"}
    assert files[".azw3"].read_bytes()[60:68] == b"BOOKMOBI"

    text = tmp_path / "read-back.txt"
    again = [CONVERTER, str(files[".azw3"]), str(text)]
    subprocess.run(again, env=own_settings(tmp_path), check=True, capture_output=True)
    lines = [line for line in text.read_text("utf-8").splitlines() if line.strip()]
    spoilers = next(place for place, line in enumerate(lines) if line.startswith("Spoilers: "))
    assert [line for line in lines[spoilers:] if line == "Plot"] == ["Plot"]
    assert "Plot" not in lines[:spoilers]
    assert not [line for line in lines[spoilers:] if line in {"Contents", "Table of Contents"}]
