"""`filmguide similar`: a list, a sum, or everything for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import film

import book
from book.cli import cli
from book.entries import write_entry
from book.model import CastMember, Film, SimilarLink

PROJECT = Path(__file__).parent.parent

ROCKY = film("Rocky", 1976, cast=(CastMember("Sylvester Stallone"),), genres=("Drama",))
SECOND = film("Rocky II", 1979, cast=(CastMember("Sylvester Stallone"),), genres=("Drama",))
CRASH = film("Crash", 1996, genres=("Drama",))
OTHER = film("Crash", 2004, similar=(SimilarLink(title="Barfly", year=1987), SimilarLink(to="rocky-1976")))


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return laid_out(tmp_path, ROCKY, SECOND, CRASH, OTHER)


def laid_out(root: Path, *films: Film) -> Path:
    (root / "entries").mkdir()
    (root / "guide.toml").write_text('[guide]\ntitle = "A Guide"\n[similar]\nlimit = 2\n', "utf-8")
    for each in films:
        (root / "entries" / f"{each.slug}.md").write_text(write_entry(each), "utf-8")
    return root


def similar(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "similar", *words])


def test_a_film_is_listed_with_scores_reasons_and_whose_link_it_is(guide: Path) -> None:
    lines = similar(guide, "rocky-1976", "--plain").stdout.splitlines()

    assert lines[0] == "Rocky (1976)"
    assert [line.split("  ", 3)[2:] for line in lines[1:]] == [
        ["Crash (2004)", "leads back here  [leads here]"],
        ["Rocky II (1979)", "its sequel; also with Sylvester Stallone"],
    ]


def test_a_film_beyond_the_guide_is_listed_as_such(guide: Path) -> None:
    assert "    -   Barfly (1987)  [beyond this guide]" in similar(guide, "crash-2004", "--plain").stdout


def test_a_film_is_found_by_its_title_however_typed(guide: Path) -> None:
    titles = ("rocky ii", "ROCKY II (1979)", "Rocky II", "rocky-ii-1979")

    assert {similar(guide, title, "--plain").stdout.splitlines()[0] for title in titles} == {
        "Rocky II (1979)"
    }


def test_an_unknown_film_is_a_sentence_with_what_was_probably_meant(guide: Path) -> None:
    ended = similar(guide, "rokcy-1976")

    assert ended.exit_code == 2
    assert ended.stderr.splitlines()[-2:] == [
        "filmguide: rokcy-1976 is not in the guide.",
        "           Did you mean rocky-1976?",
    ]


def test_a_title_of_two_films_is_answered_with_both(guide: Path) -> None:
    ended = similar(guide, "Crash")

    assert ended.exit_code == 2
    assert "Write which one is meant: crash-1996 or crash-2004." in ended.stderr


def test_explain_shows_every_term_and_what_they_come_to(guide: Path) -> None:
    told = similar(guide, "--explain", "rocky-1976", "Rocky II", "--plain").stdout.splitlines()
    whole = json.loads(similar(guide, "--explain", "rocky-1976", "Rocky II", "--json").stdout)

    assert told[0] == f"Rocky (1976) and Rocky II (1979): {whole['score']:.4f}"
    assert told[-1] == "In words: its sequel; also with Sylvester Stallone"
    assert [line.split()[4] for line in told[2:-2]] == [term["kind"] for term in whole["terms"]]
    kinds = {term["kind"] for term in whole["terms"]}
    assert kinds == {"series", "title", "cast", "genre", "synopsis", "year"}
    assert told[-2].endswith(f"a score of {whole['score']:.4f}")


def test_all_as_json_is_the_whole_guide_and_nothing_else(guide: Path) -> None:
    whole = json.loads(similar(guide, "--all", "--json", "--limit", "1").stdout)

    assert list(whole) == ["crash-1996", "crash-2004", "rocky-1976", "rocky-ii-1979"]
    assert whole["crash-2004"] == [
        {"to": "rocky-1976", "score": whole["crash-2004"][0]["score"], "reason": ""}
    ]  # its own link is never cut, and Barfly has no slug
    assert [each["to"] for each in whole["rocky-ii-1979"]] == ["rocky-1976"]
    assert all(set(each) == {"to", "score", "reason"} for found in whole.values() for each in found)
    assert all(0 <= each["score"] <= 1 for found in whole.values() for each in found)


def test_a_limit_overrides_the_guides_own(guide: Path) -> None:
    lengths = [
        len(json.loads(similar(guide, "rocky-1976", "--json", *more).stdout)["similar"]["rocky-1976"])
        for more in ((), ("--limit", "1"), ("--limit", "9"))
    ]

    assert lengths == [2, 1, 3]


@pytest.mark.parametrize(
    "words", [(), ("rocky-1976", "--all"), ("--explain", "rocky-1976"), ("--all", "--limit", "-1")]
)
def test_what_cannot_be_meant_ends_with_2(words: tuple[str, ...], guide: Path) -> None:
    assert similar(guide, *words).exit_code == 2


def test_the_answer_does_not_depend_on_pythons_hashes() -> None:
    command = [sys.executable, "-m", "book.cli", "-C", str(PROJECT), "similar", "--all", "--json"]
    whole = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent)}

    def answer(seed: str) -> bytes:
        environment = {**whole, "PYTHONHASHSEED": seed}
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    assert answer("1") == answer("2") != b""
