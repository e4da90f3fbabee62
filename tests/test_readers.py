"""The finished e-books in two real reading programs, on a phone: turned page by page, and every way followed.

Pictures of telling pages are left in build/readers/, or where FILMGUIDE_SCREENSHOTS says, to be looked at.
"""

import os
from pathlib import Path

import pytest
from finished import PROJECT, Books
from reading import PROGRAMS, Publication, Read, Shot, plain, read_in

pytestmark = pytest.mark.slow

TABLET = (768, 1024)


@pytest.fixture(scope="module", params=PROGRAMS)
def read(request: pytest.FixtureRequest, books: Books) -> Read:
    """A book, read in one of the programs."""
    book = books.files[".epub"]
    away = Path(os.environ.get("FILMGUIDE_SCREENSHOTS", PROJECT / "build" / "readers"))
    return read_in(request.param, book, away / request.param / book.stem, _shots(Publication(book)))


def _shots(book: Publication) -> list[Shot]:
    """A page of each kind, by day; the long and the awkward ones in large type or by night as well."""
    kinds: dict[str, str] = {}
    longest: dict[str, str] = {}
    for file, _ in book.spine:
        room = file.split("/")[-2]
        kinds.setdefault(room, file)
        longest[room] = max(longest.get(room, file), file, key=lambda file: len(book.rooms[file]))
    shots = [Shot(f"{room}-first", file, "day-100") for room, file in kinds.items()]
    shots += [Shot(f"{room}-longest-large", file, "day-200") for room, file in longest.items()]
    shots += [Shot(f"{room}-longest-night", file, "night-100", TABLET) for room, file in longest.items()]
    return shots


def test_turning_pages_leads_through_the_whole_book_and_into_no_spoilers(read: Read) -> None:
    linear = [file for file, turned_to in read.publication.spine if turned_to]
    assert read.passed == linear
    assert not [file for file in read.passed if "spoilers" in file]


def test_no_sentence_of_a_spoiler_comes_up_while_pages_are_turned(read: Read) -> None:
    spoilers = read.publication.paragraphs("spoilers")
    passed = " ".join(plain(each["text"]) for each in read.told["passed"])
    assert len(spoilers) > 100
    assert sorted(sentence for sentence in spoilers if sentence in passed) == []


def test_every_kind_of_link_leads_where_it_says(read: Read) -> None:
    followed = read.told["followed"]
    assert [each for each in followed if not each["there"]] == []
    rooms = {(each["from"].split("/")[-2], each["to"].split("/")[-2]) for each in followed}
    to_films = {(room, "films") for room in ("EPUB", "films", "spoilers", "indexes")}
    assert rooms >= {*to_films, ("films", "spoilers")}


def test_the_program_shows_our_contents(read: Read) -> None:
    files = {href.partition("#")[0] for href in read.told["contents"]}
    films = {file for file, _ in read.publication.spine if "/films/" in file}
    assert films <= files


def test_printed_pages_are_found_by_their_numbers(read: Read) -> None:
    if not read.told["pageList"]:
        pytest.skip("the book has no list of printed pages")
    assert [each for each in read.told["paged"] if not each["there"]] == []


def test_every_picture_comes_up(read: Read) -> None:
    assert read.seen_amiss("broken") == []


def test_nothing_leaves_its_column_in_any_size_of_type(read: Read) -> None:
    assert read.seen_amiss("overflow") == []


def test_everything_stands_out_from_the_paper_by_day_and_by_night(read: Read) -> None:
    assert read.seen_amiss("faint") == []


def test_the_program_has_nothing_to_complain_of(read: Read) -> None:
    assert read.told["console"] == []
