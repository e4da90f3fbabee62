"""Finished books under the eyes of the checkers that shops and printers use, made as a writer makes them."""

import shutil
import subprocess
from pathlib import Path

import pytest
from checkers import ace, check_book, epubcheck, missing
from finished import Books
from reading import Publication

pytestmark = pytest.mark.slow

ASIDE = "warning EPUB/content.opf:0: Non-linear items in the spine"
"""Spoilers that only a link leads to are marked as standing aside, which EPUB is made for: readers that heed
the mark skip them. calibre's own reader does not, so it warns of the mark wherever it stands; for such
readers they come last in the book as well."""


def test_the_build_has_no_error_and_makes_both_books(books: Books) -> None:
    assert (books.told["errors"], books.told["error"]) == (0, None)
    assert {".pdf", ".epub"} <= books.files.keys()
    assert books.told["films"] >= 24
    assert books.told["pages"] >= 2 * books.told["films"]


def test_epubcheck_does_not_say_a_word(books: Books, tmp_path: Path) -> None:
    assert epubcheck(books.files[".epub"], tmp_path) == []


def test_printed_pages_are_listed_in_the_order_in_which_they_are_read(books: Books) -> None:
    publication = Publication(books.files[".epub"])
    assert any(b"doc-pagebreak" in room for room in publication.rooms.values())
    assert publication.pages_out_of_order() == []


def test_ace_finds_nothing_in_the_way_of_a_blind_reader(books: Books, tmp_path: Path) -> None:
    assert ace(books.files[".epub"], tmp_path) == []


def test_check_book_says_only_that_spoilers_stand_aside(books: Books, tmp_path: Path) -> None:
    assert check_book(books.files[".epub"], tmp_path) == [ASIDE]


def test_the_pdf_is_whole(books: Books) -> None:
    if not shutil.which("qpdf"):
        missing("qpdf", "apt-get install qpdf")
    command = ["qpdf", "--check", str(books.files[".pdf"])]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
