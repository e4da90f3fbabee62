"""An object stream that was in the last file is not taken apart again, and nothing new hides behind that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from book.cache import Cache
from book.pdf.assemble import Assembly
from book.pdf.sheet import block_of
from book.verify_objects import sayings
from book.verify_streams import Row, Streams
from book.verify_walk import Walk

PAGE = 3


def a_file(*says: str, loose: bytes = b"", attached: str = "") -> bytes:
    """A file of one page; each of `says` is an element of that page in an object stream of its own."""
    assembly = Assembly()
    catalog, pages, page = assembly.take(), assembly.take(), assembly.take()
    assembly.put(catalog, b"<</Type /Catalog/Pages 2 0 R>>")
    assembly.put(pages, b"<</Type /Pages/Kids [3 0 R]/Count 1>>")
    assembly.put(page, b"<</Type /Page/Parent 2 0 R/MediaBox [0 0 9 9]/Resources <<>>>>")
    for text in says:
        number = assembly.take()
        block = block_of([(1, b"<</Type /StructElem/Pg 2 0 R/Alt (%s)>>" % text.encode())])
        assembly.put_block(block, np.array([0, number, PAGE], np.int32), 0)
    if attached:
        stream = assembly.add_stream(attached.encode())
        assembly.put_block(
            block_of([(1, b"<</Type /Filespec/EF <</F 2 0 R>>>>")]),
            np.array([0, assembly.take(), stream], np.int32),
            0,
        )
    content = assembly.file(catalog, assembly.add(b"<</Title (A guide of films)>>"))
    return content.replace(b"%PDF-1.7\n", b"%PDF-1.7\n" + loose)


def heard(content: bytes, cache: Cache | None) -> list[Row]:
    with Walk(content) as walk:
        # The file's identifier is a string as well, and says nothing.
        return sorted((row for row in sayings(walk, Streams.of(content, cache)) if row[2] != "/ID"), key=str)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


@pytest.fixture
def taken_apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read from objects, and not known from before."""
    from book import verify_objects

    read: list[str] = []

    def overheard(text: str) -> str:
        read.append(text)
        return text.lower()

    monkeypatch.setattr(verify_objects, "heard", overheard)
    return read


def element(number: int, words: str) -> Row:
    return ((number, 0), (PAGE, 0), "/Alt", words)


def title(number: int) -> Row:
    return ((number, 0), None, "/Title", "a guide of films")


def test_every_object_is_heard_with_the_page_that_it_names(cache: Cache) -> None:
    content = a_file("The harbour at dusk", "A hill")
    expected = [element(4, "the harbour at dusk"), element(5, "a hill"), title(6)]
    assert heard(content, None) == expected
    assert heard(content, cache) == expected
    assert heard(content, cache) == expected


def test_words_that_look_like_a_reference_are_words() -> None:
    assert element(4, "see 12 0 r and then 3 0 r") in heard(a_file("See 12 0 R and then \\(3 0 R\\)"), None)


def test_what_was_in_the_last_file_is_not_taken_apart_again(cache: Cache, taken_apart: list[str]) -> None:
    heard(a_file("The harbour at dusk", "A hill"), cache)
    taken_apart.clear()
    assert heard(a_file("The harbour at dusk", "The butler did it"), cache) == [
        element(4, "the harbour at dusk"),
        element(5, "the butler did it"),
        title(6),
    ]
    assert "The harbour at dusk" not in taken_apart
    assert "The butler did it" in taken_apart


def test_what_was_only_in_the_file_before_that_is_heard_again(cache: Cache, taken_apart: list[str]) -> None:
    for words in ("The harbour", "A hill", "The harbour"):
        taken_apart.clear()
        heard(a_file(words), cache)
    assert "The harbour" in taken_apart


def test_the_same_words_under_another_number_are_heard_as_that(cache: Cache) -> None:
    heard(a_file("The harbour at dusk", "A hill"), cache)
    assert heard(a_file("A hill", "The harbour at dusk"), cache) == [
        element(4, "a hill"),
        element(5, "the harbour at dusk"),
        title(6),
    ]


def test_a_number_that_stands_in_the_file_itself_as_well_is_read_each_time(
    cache: Cache,
) -> None:
    """Which of the two a reader shows is not ours to guess: qpdf says, and is asked."""
    heard(a_file("The harbour at dusk"), cache)
    twice = a_file("The harbour at dusk", loose=b"4 0 obj\n<</Alt (The butler did it)>>\nendobj\n")
    assert heard(twice, cache) == heard(twice, None)
    assert "the butler did it" in [words for _, _, _, words in heard(twice, cache)]


def test_what_leads_to_an_attached_file_is_followed_each_time(cache: Cache) -> None:
    for words in ("The butler did it", "The cook did it"):
        rows = heard(a_file("A hill", attached=words), cache)
        assert ("an attached file", words.lower()) in [(key, told) for _, _, key, told in rows]


def test_a_broken_cache_is_no_cache(cache: Cache, tmp_path: Path) -> None:
    content = a_file("The harbour at dusk")
    heard(content, cache)
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    kept.write_bytes(b"\0" * 100)
    assert heard(content, cache) == [element(4, "the harbour at dusk"), title(5)]
