"""Films and guides at the edge of what is allowed. Slow; `nox -s slow` runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import GUIDE, command, put_entry, small_guide
from test_bad_input import prose

pytestmark = pytest.mark.slow


def sentences(letters: int) -> str:
    """Paragraphs of a few sentences each."""
    words = prose(letters // 6).split()
    rows = [" ".join(words[start : start + 12]).capitalize() + "." for start in range(0, len(words), 12)]
    return "\n\n".join(" ".join(rows[start : start + 5]) for start in range(0, len(rows), 5))


def test_a_plot_of_two_megabytes_is_a_finding_and_one_just_below_the_limit_a_book(tmp_path: Path) -> None:
    root = small_guide(tmp_path / "guide")
    put_entry(root, "two", told=sentences(2_000_000))
    assert command("-C", root, "check", "--json", within=tmp_path).of("entries/two-1991.md") == {"F005"}
    put_entry(root, "two", told=sentences(800_000))
    built = command("-C", root, "build", "--json", within=tmp_path, seconds=1_800)
    assert built.code == 0, built.said[-2_000:]


def test_three_thousand_performers_and_five_hundred_similar_films_make_a_book(tmp_path: Path) -> None:
    root = small_guide(tmp_path / "guide")
    others = [f"film{number}" for number in range(500)]
    for name in others:
        put_entry(root, name)
    cast = "\n".join(f"  - {{name: Person {n}, role: Role {n}}}" for n in range(3_000))
    similar = "\n".join(f"  - {{to: {name}-1991, why: Also in a city}}" for name in others)
    put_entry(root, "crowd", front=f"cast:\n{cast}\nsimilar:\n{similar}\n")
    built = command("-C", root, "build", "--json", within=tmp_path, seconds=1_800)
    assert built.code == 0, built.said[-2_000:]


def test_a_guide_of_one_film_is_a_book_and_one_of_none_a_finding(tmp_path: Path) -> None:
    assert command("-C", small_guide(tmp_path / "one"), "build", "--json", within=tmp_path).code == 0
    none = tmp_path / "none"
    (none / "entries").mkdir(parents=True)
    (none / "guide.toml").write_text(GUIDE, "utf-8")
    ended = command("-C", none, "build", "--json", within=tmp_path)
    assert (ended.code, ended.codes()) == (1, {"F001"})
