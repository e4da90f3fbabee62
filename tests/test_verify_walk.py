"""A file that is walked through in several goes is read as in one, and nothing hides from the walk."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from test_verify_texts import pages

from book import verify_walk
from book.verify_objects import sayings
from book.verify_streams import Streams
from book.verify_texts import page_texts
from book.verify_walk import Walk

LINES = [f"Film {number} has an end" for number in range(24)]


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = BytesIO()
    pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def a_book() -> bytes:
    """Pages on branches of two levels, with notes, and with a page box that the branches hand down."""
    pdf = pages(*LINES)
    for number, page in enumerate(pdf.pages):
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=f"A note on {number}")
        page.Annots = [note if number % 2 else pdf.make_indirect(note)]
        del page.MediaBox
    leaves = list(pdf.Root.Pages.Kids)
    branches = []
    for start in range(0, len(leaves), 6):
        kids = leaves[start : start + 6]
        branch = pdf.make_indirect(
            Dictionary(
                Type=Name.Pages, Kids=Array(kids), Count=len(kids), MediaBox=Array([0, 0, 400, 100 + start])
            )
        )
        branch.Parent = pdf.Root.Pages
        for kid in kids:
            kid.Parent = branch
        branches.append(branch)
    pdf.Root.Pages.Kids = Array(branches)
    return saved(pdf)


def learnt(content: bytes) -> object:
    """All that a walk gives, in plain values."""
    with Walk(content) as walk:
        seen = walk.pages_seen()
        texts = page_texts(walk, seen, [False] * len(seen), None)
        return seen, texts, sorted(sayings(walk, Streams()), key=str)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for each time that qpdf opens a file."""
    times: list[int] = []
    its = pikepdf.open

    def counted(*words: object, **options: object) -> pikepdf.Pdf:
        times.append(1)
        return its(*words, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pikepdf, "open", counted)
    return times


def test_a_file_is_read_in_several_goes_as_in_one(monkeypatch: pytest.MonkeyPatch, opened: list[int]) -> None:
    content = a_book()
    at_once = learnt(content)
    assert len(opened) == 1
    opened.clear()
    monkeypatch.setattr(verify_walk, "MOST_OBJECTS", 10)
    assert learnt(content) == at_once
    assert len(opened) > 10


def test_pages_come_in_their_order_with_their_notes_and_what_branches_hand_down() -> None:
    with Walk(a_book()) as walk:
        seen = walk.pages_seen()
        texts = page_texts(walk, seen, [False] * len(seen), None)
    assert [text.words for text in texts] == [line.lower() for line in LINES]
    assert [bool(page.notes) for page in seen] == [True, False] * 12
    assert [page.said for page in seen[1::2]] == [
        (("/Contents", f"A note on {number}"),) for number in range(1, 24, 2)
    ]
    assert len({page.digest for page in seen}) == 24


def test_another_page_box_on_a_branch_is_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def digests(height: int) -> list[bytes]:
        pdf = pikepdf.open(BytesIO(a_book()), inherit_page_attributes=False)
        pdf.Root.Pages.Kids[0].MediaBox = Array([0, 0, 400, height])
        with Walk(saved(pdf)) as walk:
            return [page.digest for page in walk.pages_seen()]

    low, high = digests(100), digests(101)
    assert [one == other for one, other in zip(low, high, strict=True)] == [False] * 6 + [True] * 18


def test_what_an_object_of_a_later_generation_says_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_walk, "MOST_OBJECTS", 4)
    plain = BytesIO()
    pages("Alien").save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = plain.getvalue()
    with pikepdf.open(BytesIO(content)) as pdf:
        number, root = len(pdf.objects) + 1, pdf.Root.objgen[0]
    before = int(content.rsplit(b"startxref\n")[1].split()[0])
    added = b"%d 3 obj\n<</Alt (The butler did it)>>\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00003 n \n" % (number, len(content))
    trailer = b"trailer\n<</Size %d/Prev %d/Root %d 0 R>>\n" % (number + 1, before, root)
    end = b"startxref\n%d\n%%%%EOF\n" % (len(content) + len(added))
    with Walk(content + added + table + trailer + end) as walk:
        assert "the butler did it" in [words for _, _, _, words in sayings(walk, Streams())]


def in_a_circle(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def nowhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.make_indirect(pikepdf.Array([])))


@pytest.mark.parametrize("spoilt", [in_a_circle, nowhere])
def test_pages_that_lead_nowhere_or_in_circles_are_no_book(spoilt: object) -> None:
    pdf = pages("Alien", "Brazil")
    spoilt(pdf)  # type: ignore[operator]
    with Walk(saved(pdf)) as walk, pytest.raises(ValueError, match="page"):
        walk.pages_seen()
