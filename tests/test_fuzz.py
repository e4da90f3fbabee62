"""Whatever is typed into an entry or guide.toml: findings or a film, and no spoiler where none may be.

The quick suite tries a few hundred; FILMGUIDE_FUZZ says how many times as many, as the session `fuzz` does.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

pytest.importorskip("hypothesis", reason="hypothesis is not installed")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import entries, guides, letters, settings_files

from book.build import build_guide, check_guide
from book.check import check
from book.config import read_project
from book.entry import read_entry, write_entry
from book.importers import read_films
from book.importers.jsonl import JsonLines
from book.importers.page import PageText
from book.model import BookError, Film, Finding, Severity
from book.prose import to_html

TIMES = int(os.environ.get("FILMGUIDE_FUZZ", "1"))
CORPUS = Path(__file__).parent / "corpus"
_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def tries(count: int) -> settings:
    """So many examples, the same ones every time in the quick suite."""
    return settings(
        max_examples=count * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        suppress_health_check=_CALM,
        database=None,
    )


@given(entries())
@tries(150)
def test_an_entry_is_a_film_or_has_findings(entry: str) -> None:
    one, found = read_entry(entry, file="entries/one-1991.md")
    assert one is not None or found
    if one is not None:
        check([one], read_project('[guide]\ntitle = "A"\n', Path("nowhere"))[0], this_year=2026)
        written = write_entry(one)
        again, _ = read_entry(written, file="entries/one-1991.md")
        assert again is not None
        assert write_entry(again) == written


@given(settings_files)
@tries(100)
def test_a_guide_file_is_a_project_with_findings_at_most(content: str) -> None:
    project, found = read_project(content, Path("nowhere"))
    assert project.info.title or found


@given(st.text(letters, max_size=300))
@tries(100)
def test_any_text_is_markup_that_a_browser_cannot_run(typed: str) -> None:
    shown = to_html(typed).lower()
    assert "<script" not in shown and "javascript:" not in shown.replace("&", "")


@given(st.binary(max_size=400))
@tries(60)
def test_importers_answer_with_films_and_findings(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as away:
        for importer, suffix in ((JsonLines(), "jsonl"), (PageText(), "txt")):
            file = Path(away, f"films.{suffix}")
            file.write_bytes(content)
            assert all(isinstance(each, Film | Finding) for each in importer.read(file))


@pytest.mark.parametrize("seed", sorted(CORPUS.rglob("*.*")), ids=lambda seed: seed.name)
def test_what_was_found_once_stays_mended(seed: Path) -> None:
    content = seed.read_bytes()
    read_entry(content.decode("utf-8", "replace"), file="entries/one-1991.md")
    read_project(content.decode("utf-8", "replace"), Path("nowhere"))
    list(read_films([seed]))


@given(guides)
@tries(3)
def test_a_made_up_guide_keeps_the_promise(texts: list[str]) -> None:
    """The oracle is `verify`: every spoiler that it seeks is where it may be, and nowhere else."""
    with tempfile.TemporaryDirectory() as away:
        root = Path(away)
        (root / "entries").mkdir()
        (root / "guide.toml").write_text('[guide]\ntitle = "Made up"\n[indexes]\ninclude = ["title"]\n')
        for number, text in enumerate(texts):
            (root / "entries" / f"film-{number}-1991.md").write_text(text, "utf-8")
        wrong = [each for each in check_guide(root).findings if each.severity is Severity.ERROR]
        if wrong:
            return  # such as one sentence on both sides of the fence
        try:
            report = build_guide(root, jobs=1)
        except BookError as error:
            raise AssertionError(f"{error}: {texts}") from error
        assert [each for each in report.findings if each.severity is Severity.ERROR] == []
        assert [verdict.kept for verdict in report.verdicts] == [True, True]
