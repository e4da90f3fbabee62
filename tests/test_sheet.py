"""PDF objects cut at their references, and holes filled with digits."""

import numpy as np
import pytest

from book.model import BookError
from book.pdf.holes import characters, filling, room_for, runs_for
from book.pdf.sheet import FIELD, Run, block_of, cut, key_field, write_numbers


def moved(body: bytes) -> bytes:
    return cut(body).moved(lambda number: number + 100)


def test_references_move() -> None:
    assert moved(b"<</Parent 1 0 R/Kids [2 0 R 13 0 R]>>") == b"<</Parent 101 0 R/Kids [102 0 R 113 0 R]>>"


def test_text_that_looks_like_a_reference_stays() -> None:
    for body in (b"<</Title (Take 5 0 R)>>", rb"<</Title (a \) 5 0 R \( b)>>", b"<</Title <FEFF0035 0030>>>"):
        assert moved(body) == body


def test_numbers_that_are_no_references_stay() -> None:
    assert moved(b"[0 0 0.5 0 432 648]") == b"[0 0 0.5 0 432 648]"


def test_a_block_leaves_room_for_every_number_and_says_where() -> None:
    block = block_of([(4, b"<</P 17 0 R/T (see 2 0 R)>>"), (9, b"[" + key_field(3) + b" 4 0 R]")])
    numbers, starts, places, targets = block.columns()
    room = b" " * FIELD
    assert block.text == b"<</P " + room + b" 0 R/T (see 2 0 R)>>\n[" + room + b" " + room + b" 0 R]\n"
    assert (numbers.tolist(), starts.tolist()) == ([4, 9], [0, 33])
    assert targets.tolist() == [17, -4, 4]
    text = np.frombuffer(block.text, np.uint8).copy()
    write_numbers(text, places, np.array([1_234_567, 30, 8], np.int32))
    assert text.tobytes() == b"<</P 1234567 0 R/T (see 2 0 R)>>\n[     30       8 0 R]\n"


def test_runs_stand_side_by_side() -> None:
    runs = runs_for(["b", "a"], {"a": 3, "b": 1}, [2, 2])
    assert runs == (Run(1, 2, page=0), Run(3, 2, page=1), Run(5, 1, "b"), Run(6, 3, "a"))
    assert [len(characters(run)) for run in runs] == [2, 2, 1, 3]


def test_folios_and_references_are_filled_in() -> None:
    runs = (Run(1, 2, page=0), Run(3, 2, page=1), Run(5, 3, "vertigo-1958"))
    assert filling(runs, {"vertigo-1958": 214}, 41) == {1: 4, 2: 1, 3: 4, 4: 2, 5: 2, 6: 1, 7: 4}


def test_a_short_number_is_set_flush_right() -> None:
    assert filling((Run(1, 3, "m-1931"),), {"m-1931": 7}, 1) == {3: 7}


def test_a_number_too_long_for_its_holes_is_refused() -> None:
    with pytest.raises(ValueError, match="100 does not fit into 2 holes"):
        filling((Run(1, 2, page=0),), {}, 100)


def test_a_number_that_is_not_in_the_book_leaves_its_holes_blank() -> None:
    assert filling((Run(1, 3, "lost"),), {}, 1) == {}


def test_the_hole_font_has_room_for_every_run() -> None:
    assert [room_for([Run(1, 4)]), room_for([Run(2_046, 4)]), room_for([Run(20_000, 4)])] == [
        2_048,
        16_384,
        65_000,
    ]


def test_more_numbers_than_a_font_can_hold_stop_the_build_with_a_sentence() -> None:
    with pytest.raises(BookError, match="more page numbers than a font can hold"):
        room_for([Run(1, 65_000)])
