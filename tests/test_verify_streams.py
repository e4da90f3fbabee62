"""A page that was in the last file is known by its stream's bytes and by all that it leads to elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest

from book.cache import Cache
from book.pdf.assemble import Assembly
from book.pdf.sheet import block_of
from book.verify_objects import sayings
from book.verify_streams import Streams
from book.verify_texts import page_texts
from book.verify_walk import PageSeen, Walk

CATALOG, PAGES, FACE = 1, 2, 4


def a_book(
    *lines: str, room: int = 0, box: str = "[0 0 400 100]", face: str = "Helvetica", note: str = "A note"
) -> bytes:
    """A file with a page for each line, all packed in one stream; face, drawings and box lie elsewhere.

    `room` is how many numbers the pages are moved by.
    """
    assembly = Assembly()
    for body in (
        b"<</Type /Catalog/Pages 2 0 R>>",
        b"<</Type /Pages/Kids [3 0 R]/Count %d>>" % len(lines),
    ):
        assembly.add(body)
    branch = assembly.take()
    assembly.add(b"<</Type /Font/Subtype /Type1/BaseFont /%s>>" % face.encode())
    drawings = [assembly.add_stream(f"BT /F 12 Tf 10 50 Td ({line}) Tj ET".encode()) for line in lines]
    assembly.take(room)
    first = assembly.take(2 * len(lines))
    pages = range(first, first + 2 * len(lines), 2)
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    handed_down = b"<</Type /Pages/Parent %d 0 R/MediaBox %s/Kids [%s]/Count %d>>"
    assembly.put(branch, handed_down % (PAGES, box.encode(), kids, len(lines)))
    bodies: list[tuple[int, bytes]] = []
    places = [0, branch, FACE, *drawings]
    annotation = b"<</Type /Annot/Subtype /Text/Contents (%s)>>" % note.encode()
    for number, page in enumerate(pages):
        own = len(places)
        places += [page, page + 1]
        entries = (3 + number, own + 1, annotation)
        bodies += [
            (own, b"<</Type /Page/Parent 1 0 R/Contents %d 0 R/Resources %d 0 R/Annots [%s]>>" % entries),
            (own + 1, b"<</Font <</F 2 0 R>>>>"),
        ]
    assembly.put_block(block_of(bodies), np.array(places, np.int32), 0)
    return assembly.file(CATALOG, assembly.add(b"<</Title (A guide of films)>>"))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that were taken apart."""
    from book.verify_walk import Digests

    numbers: list[int] = []
    its = Digests.row_of

    def noted(self: Digests, page: pikepdf.Object) -> object:
        numbers.append(page.objgen[0])
        return its(self, page)

    monkeypatch.setattr(Digests, "row_of", noted)
    return numbers


def seen(content: bytes, cache: Cache) -> list[PageSeen]:
    """The file's pages, after which everything about it is kept."""
    with Walk(content) as walk:
        streams = Streams.of(content, cache)
        pages = walk.pages_seen(streams)
        list(sayings(walk, streams))
        return pages


def read(content: bytes, cache: Cache) -> list[str]:
    with Walk(content) as walk:
        streams = Streams.of(content, cache)
        pages = walk.pages_seen(streams)
        texts = page_texts(walk, pages, [False] * len(pages), cache)
        list(sayings(walk, streams))
        return [text.words for text in texts]


def test_pages_that_were_in_the_last_file_are_not_taken_apart_again(cache: Cache, met: list[int]) -> None:
    content = a_book("Alien", "Brazil")
    first = seen(content, cache)
    assert met == [page.name[0] for page in first]
    met.clear()
    assert seen(content, cache) == first
    assert met == []
    assert [page.said for page in first] == [(("/Contents", "A note"),)] * 2


def test_what_is_kept_of_a_page_says_what_taking_it_apart_says(cache: Cache, tmp_path: Path) -> None:
    seen(a_book("Alien", "Brazil"), cache)
    changed = a_book("Alien", "Casablanca", face="Courier", box="[0 0 400 90]")
    assert seen(changed, cache) == seen(changed, Cache(tmp_path / "another"))


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        ({}, [True, True]),
        ({"lines": ("Alien", "Casablanca")}, [True, False]),
        ({"face": "Courier"}, [False, False]),
        ({"box": "[0 0 400 90]"}, [False, False]),
        ({"room": 7}, [True, True]),
    ],
    ids=["nothing", "a drawing", "a face", "a box handed down", "numbers alone"],
)
def test_a_page_is_the_same_while_all_that_it_leads_to_is(
    change: dict[str, object], alike: list[bool], cache: Cache
) -> None:
    told = {"lines": ("Alien", "Brazil"), **change}
    before = seen(a_book("Alien", "Brazil"), cache)
    after = seen(a_book(*told.pop("lines"), **told), cache)  # type: ignore[misc, arg-type]
    assert [one.digest == other.digest for one, other in zip(before, after, strict=True)] == alike


def test_words_that_changed_under_a_page_that_did_not_are_read(cache: Cache) -> None:
    assert read(a_book("Alien", "Brazil"), cache) == ["alien", "brazil"]
    assert read(a_book("Alien", "The butler did it"), cache) == ["alien", "the butler did it"]


def test_a_note_that_changed_is_read(cache: Cache) -> None:
    seen(a_book("Alien"), cache)
    (page,) = seen(a_book("Alien", note="The butler did it"), cache)
    assert page.said == (("/Contents", "The butler did it"),)


def with_another(content: bytes, number: int) -> bytes:
    """The file with one more stream in front of its end, which has an object of this number as well."""
    assembly = Assembly()
    assembly.take(number)
    assembly.put_block(block_of([(1, b"<</Alt (The butler did it)>>")]), np.array([0, number], np.int32), 0)
    other = assembly.file(number, number)
    start = other.index(b"%d 0 obj" % (number + 1))
    stream = other[start : other.index(b"endobj\n", start) + 7]
    return content.replace(b"startxref", stream + b"startxref")


def test_a_stream_of_which_a_number_stands_elsewhere_too_is_read_each_time(
    cache: Cache, met: list[int]
) -> None:
    """The fonts of the first page are that number: the page may be another than it was."""
    content = a_book("Alien", "Brazil")
    numbers = [page.name[0] for page in seen(content, cache)]
    met.clear()
    spoilt = with_another(content, numbers[0] + 1)
    homes = [Streams.of(spoilt, cache).home_of(number) for number in (numbers[0], numbers[0] + 1)]
    assert homes == [Streams.of(content, cache).home_of(numbers[0]), -1]
    seen(spoilt, cache)
    assert met == numbers
    assert [page.said for page in seen(content, cache)] == [(("/Contents", "A note"),)] * 2
    assert met == numbers * 2  # nothing was kept of what might be another's


def test_of_a_file_that_was_added_to_nothing_is_known(cache: Cache, met: list[int]) -> None:
    content = a_book("Alien", "Brazil")
    seen(content, cache)
    met.clear()
    start = int(content.rsplit(b"startxref\n")[1].split()[0])
    again = b"startxref\n%d\n%%%%EOF\n" % start
    assert len(seen(content + again, cache)) == len(met) == 2


def test_of_a_file_with_streams_that_are_not_ours_nothing_is_known(cache: Cache) -> None:
    content = a_book("Alien")
    seen(content, cache)
    foreign = content.replace(b"%\xe2\xe3\xcf\xd3\n", b"%\xe2\xe3\xcf\xd3\n% /Type/ObjStm\n")
    streams = Streams.of(foreign, cache)
    assert (dict(streams.numbers), dict(streams.pages), streams.home_of(7)) == ({}, {}, -1)
