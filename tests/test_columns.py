"""An index in columns: what stands at their heads and feet, and that no line is lost."""

from __future__ import annotations

import re

import pytest

from book.pdf.columns import Height, Room, has_columns, set_in_columns, to_be_measured

LINE = Height(0.0, 10.0, 0.0)
LETTER = Height(10.0, 10.0, 0.0)


def index(text: str) -> str:
    """An index as HTML from a drawing: letters alone, headings flush left, their films behind a dash."""
    lines = text.strip().splitlines()
    html = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("- "):
            html.append(f'<p class="sub">{line[2:]}, <b>1</b></p>')
        elif len(line) == 1:
            html.append(f"<h2>{line}</h2>")
        else:
            kind = "entry parent" if after.startswith("- ") else "entry"
            html.append(f'<p class="{kind}" data-head="{line}">{line}, <b>1</b></p>')
    return f'<h1>Index</h1><div class="columns" data-continued="continued">{"".join(html)}</div>'


def set_on(html: str, *, first: float, full: float, columns: int = 2) -> list[list[list[str]]]:
    """The words of every line by page and column, every line a tenth of a hundred high."""
    room = Room(columns, first, full, width=150, gap=20)
    heights = {
        mark: LETTER if tag == "h2" else LINE
        for tag, mark in re.findall(r'<(p|h2) data-line="([^"]+)"', to_be_measured(html, room))
    }
    done = set_in_columns(html, heights, room)
    return [
        [
            [
                re.sub(r"<[^>]+>|, <b>1</b>", "", line)
                for line in re.findall(r"<(?:p|h2)\b.*?</(?:p|h2)>", column)
            ]
            for column in re.findall(r'<div class="column" .*?</div>', page, re.DOTALL)
        ]
        for page in done.split('<div class="columns"')[1:]
    ]


def _words(line: str) -> str:
    return re.sub(r"<[^>]+>|, <b>1</b>", "", line)


def test_a_heading_whose_films_run_over_is_repeated_at_the_head_of_the_next_column() -> None:
    films = "\n".join(f"- Film {number}" for number in range(1, 9))

    assert set_on(index(f"Figgis, Mike\n{films}"), first=50.6, full=60.6) == [
        [
            ["Figgis, Mike", "Film 1", "Film 2", "Film 3", "Film 4"],
            ["Figgis, Mike continued", "Film 5", "Film 6", "Film 7", "Film 8"],
        ]
    ]


def test_a_heading_is_repeated_on_the_next_page_as_well() -> None:
    films = "\n".join(f"- Film {number}" for number in range(1, 8))
    pages = set_on(index(f"Figgis, Mike\n{films}"), first=40.6, full=60.6, columns=1)

    assert pages == [
        [["Figgis, Mike", "Film 1", "Film 2", "Film 3"]],
        [["Figgis, Mike continued", "Film 4", "Film 5", "Film 6", "Film 7"]],
    ]


def test_a_letter_never_stands_alone_at_the_foot_of_a_column() -> None:
    pages = set_on(index("A\nAlien\nAliens\nB\nBarfly\nBrazil\nC\nCube"), first=50.6, full=50.6)

    assert pages == [
        [["A", "Alien", "Aliens"], ["B", "Barfly", "Brazil"]],
        [["C", "Cube"]],
    ]


def test_a_heading_is_not_parted_from_its_first_films_nor_a_last_one_from_the_others() -> None:
    text = "A\nAbel\nAda\nFiggis, Mike\n- One\n- Two\n- Three"

    assert set_on(index(text), first=50.6, full=90.6) == [
        [["A", "Abel", "Ada"], ["Figgis, Mike", "One", "Two", "Three"]]
    ]


def test_the_columns_of_the_last_page_are_even() -> None:
    text = "\n".join(f"Film {number}" for number in range(1, 11))
    pages = set_on(index(text), first=30.6, full=200.6)

    assert [[len(column) for column in page] for page in pages] == [[3, 3], [2, 2]]


def test_a_line_higher_than_a_page_is_set_all_the_same() -> None:
    assert set_on(index("Film 1\nFilm 2"), first=5, full=5, columns=1) == [[["Film 1"]], [["Film 2"]]]


@pytest.mark.parametrize("room", range(20, 300, 13))
def test_no_line_is_lost_or_moved_whatever_the_room(room: int) -> None:
    text = "\n".join(
        line
        for letter in "ABCDEFG"
        for line in (
            letter,
            f"{letter}a, Ann",
            *(f"- {letter}{n}" for n in range(ord(letter) % 5)),
            f"{letter}b",
        )
    )
    pages = set_on(index(text), first=room, full=room + 40)
    lines = [line for page in pages for column in page for line in column]

    assert [line for line in lines if not line.endswith(" continued")] == [
        line.removeprefix("- ") for line in text.splitlines()
    ]


def test_columns_stand_side_by_side_from_the_side_where_reading_begins() -> None:
    html = index("Film 1\nFilm 2")
    heights = dict.fromkeys(("0", "1"), LINE)

    def placed(*, leftward: bool) -> list[str]:
        room = Room(2, 30.6, 30.6, width=150, gap=20, leftward=leftward)
        return re.findall(r'class="column" style="([^"]*)"', set_in_columns(html, heights, room))

    column = "display:inline-block;vertical-align:top;white-space:normal;width:150.000px"
    assert placed(leftward=False) == [f"{column};margin-right:20.000px", column]
    assert placed(leftward=True) == [f"{column};margin-left:20.000px", column]


def test_what_is_not_in_columns_is_left_alone() -> None:
    html, room = "<p>Alien</p>", Room(2, 100, 100)
    assert (has_columns(html), to_be_measured(html, room), set_in_columns(html, {}, room)) == (
        False,
        html,
        html,
    )
