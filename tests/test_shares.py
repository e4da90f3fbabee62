"""What is done to each of many things comes out as if one process had done it all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from book import shares
from book.build import build_guide, check_guide
from book.cache import Cache, Kept, key_of
from book.check import check
from book.config import load_project
from book.entries import read_entries
from book.shares import MANY, kept_or_shared, shared_out
from book.workers import ALONE, Hands

TWO = Hands(2)


def doubled(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(2 * number, os.getpid()) for number in numbers]


def squared(number: int) -> int:
    if number == 1_000:
        raise ValueError("a thousand is too much")
    return number**2


def kept_in(folder: Path) -> Kept[int, int]:
    return Kept(Cache(folder), key_of)


@pytest.mark.parametrize("count", [0, 1, MANY - 1, MANY, MANY + 1, 5 * MANY + 3])
@pytest.mark.parametrize("hands", [ALONE, TWO], ids=["one process", "two processes"])
def test_results_come_in_the_order_of_what_they_are_of(count: int, hands: Hands) -> None:
    assert [number for number, _ in shared_out(doubled, range(count), hands)] == [*range(0, 2 * count, 2)]


def test_many_things_are_done_elsewhere_and_few_here() -> None:
    def places(count: int, hands: Hands) -> set[bool]:
        return {place == os.getpid() for _, place in shared_out(doubled, range(count), hands)}

    assert places(MANY - 1, TWO) == {True}
    assert places(MANY, ALONE) == {True}
    assert places(MANY, TWO) == {False}


def test_what_is_kept_is_not_done_again_and_what_is_done_is_kept(tmp_path: Path) -> None:
    numbers = range(3 * MANY)
    kept_in(tmp_path).put(7, -7)
    for _ in range(2):
        results = kept_or_shared(kept_in(tmp_path), squared, numbers, TWO)
        assert results == [-7 if number == 7 else number**2 for number in numbers]
    assert kept_in(tmp_path).get(3 * MANY - 1) == (3 * MANY - 1) ** 2


def test_without_a_cache_everything_is_done() -> None:
    assert kept_or_shared(Kept[int, int](None, key_of), squared, [4, 5], TWO) == [16, 25]


def test_what_goes_wrong_in_another_process_is_heard_of_here() -> None:
    with pytest.raises(ValueError, match="a thousand is too much"):
        kept_or_shared(Kept[int, int](None, key_of), squared, range(1_001), TWO)


ENTRY = """---
title: Film {number}
year: {year}
runtime: {minutes}
cast: [{{name: Ann Author, role: The keeper}}]
---
A keeper of a lighthouse hears somebody at the door in the {number}th night of his watch.

# Spoilers

## Plot

The keeper drowned his brother, and in the {number}th night the sea gives him back. He goes to meet him.
"""


def guide_of(count: int, root: Path) -> Path:
    """So many films, each fourth with a mistake, and two files that are no entries."""
    (root / "entries").mkdir(parents=True)
    (root / "guide.toml").write_text('[guide]\ntitle = "Lighthouses"\n[chapters]\nby = "decade"\n')
    for number in range(count):
        entry = ENTRY.format(number=number, year=1930 + number % 80, minutes=90 if number % 4 else "short")
        (root / "entries" / f"film-{number}-{1930 + number % 80}.md").write_text(entry)
    return root


def test_a_guide_is_read_and_checked_by_many_as_by_one(tmp_path: Path) -> None:
    root = guide_of(MANY + 20, tmp_path)
    (root / "entries" / "noise-1999.md").write_bytes(b"\xff\xfe\x00")
    (root / "entries" / "long-1999.md").write_bytes(b"-" * 2_000_000)
    project, _ = load_project(root)

    def found(hands: Hands, cache: Cache | None) -> object:
        films, findings = read_entries(project, cache, hands)
        return films, findings, check(films, project, this_year=2026, cache=cache, hands=hands)

    alone = found(ALONE, None)
    assert len(alone[0]) == MANY + 20  # type: ignore[index]
    assert found(TWO, None) == alone
    assert found(TWO, Cache(root / "kept")) == alone
    assert found(TWO, Cache(root / "kept")) == alone, "as they were kept"


def test_books_are_the_same_to_the_byte_however_many_make_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "MANY", 2)
    formats = ("pdf", "epub", "web")
    made = []
    for jobs in (1, 2):
        root = guide_of(12, tmp_path / str(jobs))
        for entry in (root / "entries").iterdir():
            entry.write_text(entry.read_text().replace("short", "80"))
        report = build_guide(root, formats=formats, jobs=jobs)
        assert [verdict.kept for verdict in report.verdicts] == [True, True, True]
        made.append({path.relative_to(root): path.read_bytes() for path in report.files})
    assert made[0] == made[1]


def test_a_check_of_very_many_films_says_the_same_the_second_time(tmp_path: Path) -> None:
    root = guide_of(4 * MANY, tmp_path)
    first, second = check_guide(root), check_guide(root)
    assert first.findings == second.findings
    assert sum("runtime" in found.message for found in first.findings) == MANY
