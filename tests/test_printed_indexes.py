"""The indexes of finished books, read back line by line: every number, every reference, every film."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from finished import Books
from test_every_word import Finished, letters

from book.locators import spans
from book.model import Film, Guide, Index, IndexEntry, Target
from book.prose import to_text
from book.reading import read_guide

pytestmark = pytest.mark.slow

HOLDS: Mapping[str, Callable[[Film], object]] = {
    "title": lambda film: True,
    "similar": lambda film: True,
    "checklist": lambda film: True,
    "director": lambda film: film.directors,
    "writer": lambda film: film.writers,
    "cinematographer": lambda film: film.cinematographers,
    "composer": lambda film: film.composers,
    "cast": lambda film: [part for part in film.cast if not part.spoiler],
    "genre": lambda film: film.genres,
    "theme": lambda film: film.themes,
    "year": lambda film: film.year,
    "decade": lambda film: film.year,
    "country": lambda film: film.countries,
    "language": lambda film: film.languages,
    "series": lambda film: film.series,
    "certificate": lambda film: film.certificate,
    "rating": lambda film: film.rating,
}
"""Which films each index must have."""


@pytest.fixture(scope="session")
def finished(books: Books) -> Finished:
    return Finished(books)


@cache
def guide_in(folder: Path) -> Guide:
    guide = read_guide(folder).guide
    assert guide is not None
    return guide


def indexes(guide: Guide) -> list[Index]:
    return [matter.index for matter in guide.back if matter.index]


def entries(index: Index) -> list[IndexEntry]:
    return [entry for group in index.groups for entry in group.entries]


def targets(entry: IndexEntry) -> Iterator[Target]:
    yield from entry.targets
    for sub in entry.sub:
        yield from targets(sub)


def misprinted(finished: Finished) -> list[str]:
    """For each printed index the first place where it does not say what it should, numbers included."""
    guide = guide_in(finished.books.guide)
    facts = finished.manifest["pages"]
    label = {film["slug"]: facts[film["safe"][0] - 1]["label"] for film in finished.manifest["films"]}
    faults = []
    for matter in guide.back:
        if matter.index:
            printed = "".join(pages_of(finished, matter.slug, facts))
            fault = first_fault(printed, list(lines(matter.index, guide, label)))
            faults += [f"{matter.slug}: {fault}"] if fault else []
    return faults


def lines(index: Index, guide: Guide, label: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The letters and digits of every line in order, each with the heading that may be repeated above it."""
    order = {film.slug: place for place, film in enumerate(guide.films)}

    def line(entry: IndexEntry) -> str:
        notes = (entry.note, *(target.note for target in entry.targets))
        named = spans(entry.targets, order)
        numbers = "".join(label[span.first] + (label[span.last] if span.last else "") for span in named)
        return letters(entry.heading + "".join(map(to_text, notes))) + numbers

    yield letters(index.title + index.note), ""
    for group in index.groups:
        yield letters(group.letter), ""
        for entry in group.entries:
            yield line(entry) + (letters(f"see {entry.see}") if entry.see else ""), ""
            for sub in entry.sub:
                yield line(sub), letters(entry.heading)
            if entry.also:
                yield letters(f"see also {' '.join(entry.also)}"), letters(entry.heading)


def first_fault(printed: str, wanted: list[tuple[str, str]]) -> str:
    """What is printed in place of what is wanted; empty where all is there, in order, and nothing else.

    A line with Arabic or Hebrew in it is passed over: a PDF has its words in the order they are drawn in.
    """
    place, passed_over = 0, 0
    for line, parent in wanted:
        if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in line):
            passed_over += len(line) + 20  # some letters are drawn with signs of their own
            continue
        repeated = f"{parent}continued"
        if parent and not printed.startswith(line, place) and printed.startswith(repeated, place):
            place += len(repeated)
        found = printed.find(line, place, place + passed_over + len(line))
        if found < 0:
            return f"{printed[place : place + 60]!r} in place of {line[:60]!r}"
        place, passed_over = found + len(line), 0
    return f"{printed[place : place + 60]!r} at its end" if place + passed_over < len(printed) else ""


def pages_of(finished: Finished, anchor: str, facts: list[dict[str, object]]) -> list[str]:
    """The text of a piece of back matter: from its anchor to the next one's, or to the end."""
    starts = sorted(finished.manifest["anchors"][slug] for slug in back_matter(finished))
    first = finished.manifest["anchors"][anchor]
    after = next((start for start in starts if start > first), len(facts) + 1)
    return finished.pages[first - 1 : after - 1]


def back_matter(finished: Finished) -> list[str]:
    return [matter.slug for matter in guide_in(finished.books.guide).back]


def unlisted(guide: Guide) -> list[str]:
    """Films that an index misses, or that it has without reason."""
    return [
        f"{index.name}: {film.slug}"
        for index in indexes(guide)
        for film in guide.films
        if bool(HOLDS[index.name](film))
        != (film.slug in {to.film for entry in entries(index) for to in targets(entry) if to.own})
    ]


def leading_nowhere(guide: Guide) -> list[str]:
    """References to headings that are not in their index."""
    return [
        f"{index.name}: {entry.heading}, see {see}"
        for index in indexes(guide)
        for headings in [{entry.heading for entry in entries(index) if not entry.see}]
        for entry in entries(index)
        for see in (entry.see, *entry.also)
        if see and see not in headings
    ]


def test_every_line_of_every_index_is_printed_with_the_page_on_which_its_film_begins(
    finished: Finished,
) -> None:
    assert misprinted(finished) == []


def test_no_index_misses_a_film(finished: Finished) -> None:
    assert unlisted(guide_in(finished.books.guide)) == []


def test_every_reference_leads_to_a_heading_of_its_index(finished: Finished) -> None:
    assert leading_nowhere(guide_in(finished.books.guide)) == []


def test_the_real_films_are_tried_with_every_index_that_has_anything_to_say(finished: Finished) -> None:
    guide = guide_in(finished.books.guide)
    if len(guide.films) < 60:
        pytest.skip("the sample guide has the indexes that its writers chose")
    wanted = [name for name, holds in HOLDS.items() if any(map(holds, guide.films))]
    assert sorted(index.name for index in indexes(guide)) == sorted(wanted)
