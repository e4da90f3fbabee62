"""An index in columns: what stands at their heads and feet, and that no line is lost."""

from __future__ import annotations

import re

import pytest

from book.pdf.columns import (
    Height,
    Measures,
    Room,
    has_columns,
    in_pieces,
    joined,
    put_together,
    stretches,
    to_be_measured,
)

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
    done = laid(html, Measures(room, heights))
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


def laid(html: str, measures: Measures, most: int = 1_000) -> str:
    return put_together([piece for piece, _ in in_pieces(html, measures, most)])


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
        return re.findall(r'class="column" style="([^"]*)"', laid(html, Measures(room, heights)))

    column = "display:inline-block;vertical-align:top;white-space:normal;width:150.000px"
    assert placed(leftward=False) == [f"{column};margin-right:20.000px", column]
    assert placed(leftward=True) == [f"{column};margin-left:20.000px", column]


def test_what_is_not_in_columns_is_left_alone() -> None:
    html = "<p>Alien</p>"
    assert (has_columns(html), to_be_measured(html, Room(2, 100, 100))) == (False, html)


# -------------------------------------------------------------------------------- stretches and pieces


LONG = index(
    "\n".join(f"Director {n}\n- Film {n}a\n- Film {n}b" if n % 3 else f"Film {n}" for n in range(900))
)
ROOM = Room(2, 300.6, 400.6, width=150, gap=20)


def marked(html: str) -> list[tuple[str, str]]:
    """Every marked line with its words."""
    found = re.findall(r'<(?:p|h2) data-line="([^"]+)"[^>]*>(.*?)</', to_be_measured(html, ROOM))
    return [(mark, _words(line)) for mark, line in found]


def height_of(words: str) -> Height:
    """A height that is another for every line."""
    return Height(0.0, 10 + len(words) / 7 + sum(map(ord, words)) % 97 / 97, 0.0)


def measured(html: str) -> Measures:
    return Measures(ROOM, {mark: height_of(words) for mark, words in marked(html)})


def test_lines_measured_in_stretches_are_as_high_as_those_measured_together() -> None:
    parts = stretches(LONG)
    assert len(parts) > 3
    assert joined([(part, measured(part.html)) for part in parts]) == measured(LONG)


def test_a_line_of_a_stretch_stands_below_the_one_that_it_follows_in_the_index() -> None:
    whole = [words for mark, words in marked(LONG) if mark.isdigit()]
    for part in stretches(LONG)[1:]:
        first = [words for mark, words in marked(part.html) if mark.isdigit()][:2]
        assert first == whole[part.first - 1 : part.first + 1]


def test_a_new_line_leaves_all_stretches_but_its_own_as_they_are() -> None:
    before = [part.html for part in stretches(LONG)]
    line = '<p class="entry" data-head="Film 600">'
    after = [
        part.html for part in stretches(LONG.replace(line, f'<p class="entry">Film 599 and a half</p>{line}'))
    ]
    assert len(set(after) - set(before)) == 1


@pytest.mark.parametrize("most", [1, 3, 1_000])
def test_pieces_have_the_pages_of_the_whole_in_order(most: int) -> None:
    [(whole, count_of_all)] = in_pieces(LONG, measured(LONG), 1_000)
    pieces = in_pieces(LONG, measured(LONG), most)

    def pages(html: str) -> list[str]:
        return re.split(r'(?=<div class="columns")', html)[1:]

    assert [len(pages(html)) - (number > 0) for number, (html, _) in enumerate(pieces)] == [
        count for _, count in pieces
    ]
    assert all(count == most for _, count in pieces[:-1])
    taken = [page for number, (html, _) in enumerate(pieces) for page in pages(html)[number > 0 :]]
    assert taken == pages(whole)
    assert len(taken) == count_of_all
    assert laid(LONG, measured(LONG), most) == whole


def test_a_piece_begins_with_the_heading_and_a_line_that_stands_for_all_before() -> None:
    (_, _), (second, _), *_ = in_pieces(LONG, measured(LONG), 2)
    before, _, after = second.partition('<p class="entry" data-head="">.</p></div>')
    assert before == '<h1>Index</h1><div class="columns" data-continued="continued">'
    assert "break-before:page" in after.split(">")[0]


def test_an_index_without_a_line_is_one_piece() -> None:
    assert in_pieces('<h1>Index</h1><div class="columns"></div>', Measures(ROOM, {}), 8) == [
        ("<h1>Index</h1>", 1)
    ]
