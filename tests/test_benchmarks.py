"""The benchmarks compare like with like: the others are given the whole book, and edits are what they say."""

import json
import re
import sys
from pathlib import Path

import pytest
from conftest import film

from book.arrange import arrange
from book.config import Project
from book.importers.jsonl import JsonLines
from book.indexes import build_indexes
from book.model import Film, Guide, GuideInfo, SeeAlso
from book.words import words_of

PROJECT = Path(__file__).parent.parent
sys.path.append(str(PROJECT / "benchmarks"))

import edits  # noqa: E402
import made_films  # noqa: E402
import rivals  # noqa: E402
import speed_table  # noqa: E402
from figures import Row, Run, Scale, Size, Whole  # noqa: E402

AWKWARD = "*batteries // not_included* #1 = $9.99 @ [the <movie>]"

ENTRY = """---
title: Vertigo
year: 1958
---

A detective follows somebody through the quiet streets.

# Spoilers

## Plot

The detective falls for the woman whom he follows.

She dies, or seems to have died.

## Characters

- Judy: from Kansas
"""


def a_guide() -> Guide:
    films = [film("Alien", 1979), film("Aliens", 1986), film(AWKWARD, 1986, directors=("A. $ Person",))]
    like = {"alien-1979": (SeeAlso(films[1].slug, "Aliens", 1986, reason="the same ship"),)}
    project = Project(Path("somewhere"), GuideInfo("A Guide"))
    see_also = {film.slug: like.get(film.slug, ()) for film in films}
    indexes = build_indexes(films, see_also, project.index_plan, words_of(project.info))
    return arrange(films, see_also, project, {}, indexes)


# ---------------------------------------------------------------------------------- equivalents


def test_typst_is_given_every_film_with_its_warning_plot_and_page_references() -> None:
    source = rivals.typst_source(a_guide())
    assert re.findall(r'^#film\("([^"]+)"', source, re.MULTILINE) == [each.slug for each in a_guide().films]
    assert source.count("How Aliens ends") == 1
    assert '("aliens-1986", [#emph[Aliens] \\(1986\\)' in source
    assert re.findall(r'#index\("[^"]+", \[(.+?)\]', source) == [
        "Similar films", "Index of titles", "Index of directors",
    ]  # fmt: skip


def test_typst_prints_what_the_writer_wrote_whatever_the_signs(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    pypdfium2 = pytest.importorskip("pypdfium2")
    (tmp_path / "guide.typ").write_text(rivals.typst_source(a_guide()), "utf-8")
    rivals.typst(tmp_path / "guide.typ", tmp_path / "guide.pdf", [])
    printed = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "guide.pdf")
    )
    assert AWKWARD in re.sub(r"\s+", " ", printed)
    assert "A. $ Person" in printed


def test_pandoc_is_given_every_film_with_its_plot_and_links() -> None:
    source = rivals.pandoc_source(a_guide())
    for each in a_guide().films:
        assert f"{{#{each.slug}}}" in source
        assert f"{{#{each.slug}--spoilers .unlisted}}" in source
    assert "- [*Aliens* (1986)](#aliens-1986) the same ship" in source


# ---------------------------------------------------------------------------------------- edits


@pytest.mark.parametrize("section", [edits.PLOT, edits.SYNOPSIS])
def test_rewording_keeps_the_length_and_every_other_section(section: str) -> None:
    reworded = edits.reworded(ENTRY, section, 1)
    changed = [
        number
        for number, lines in enumerate(zip(ENTRY.splitlines(), reworded.splitlines(), strict=True))
        if lines[0] != lines[1]
    ]
    within = {edits.PLOT: {11, 13}, edits.SYNOPSIS: {5}}[section]
    assert len(reworded) == len(ENTRY)
    assert changed and within.issuperset(changed)


def test_no_two_rewordings_are_the_same() -> None:
    assert len({edits.reworded(ENTRY, edits.PLOT, seed) for seed in range(20)}) == 20


def test_a_plot_grows_behind_its_first_paragraph_and_nothing_else_changes() -> None:
    longer = edits.lengthened(ENTRY, 200, 1)
    head, tail = ENTRY.split("She dies")
    assert longer.startswith(head)
    assert longer.endswith(f"\n\nShe dies{tail}")
    assert 200 <= len(longer.split()) - len(ENTRY.split()) < 230


def test_an_entry_without_a_plot_cannot_be_edited_there() -> None:
    with pytest.raises(ValueError, match="the entry has no plot"):
        edits.reworded("---\ntitle: Vertigo\n---\n\nA synopsis.\n", edits.PLOT, 1)


# ----------------------------------------------------------------------------------- made films


def test_made_films_are_all_different_and_are_imported_without_a_finding(tmp_path: Path) -> None:
    (tmp_path / "films.jsonl").write_text(made_films.as_lines(50), "utf-8")
    read = list(JsonLines().read(tmp_path / "films.jsonl"))
    assert all(isinstance(each, Film) for each in read)
    named = set(map(made_films.title_and_year, range(20_000)))
    assert len(named) == 20_000


def test_made_films_are_the_same_everywhere() -> None:
    lines = made_films.as_lines(2).splitlines()
    assert json.loads(lines[0])["title"] == "The Quiet River of the River"
    assert made_films.as_lines(3).splitlines()[:2] == lines


# ---------------------------------------------------------------------------------------- table


def a_run(seconds: float, all_mb: float = 100) -> Run:
    return Run(seconds, seconds, all_mb, all_mb, all_mb)


def test_ratios_are_those_of_medians_and_of_the_highest_memory() -> None:
    runs = {
        Row.PDF_COLD: [a_run(10, 90), a_run(30, 100), a_run(11, 95)],
        Row.PDF_PLOT: [a_run(1)],
        Row.PDF_SAME: [a_run(0.5)],
        Row.WHOLE_TAGGED: [a_run(110, 500)],
        Row.WHOLE: [a_run(88, 400)],
        Row.TYPST: [a_run(4)],
        Row.EPUB_COLD: [a_run(2)],
        Row.PANDOC: [a_run(5)],
    }
    found = [(each.name, each.measured, each.wanted) for each in speed_table.ratios(Size(1000, runs, {}, {}))]
    assert found == [
        ("cold PDF: times as fast as one document", "10.0 (8.0)", "5 or more"),
        ("cold PDF: memory, of one document's", "1/5.0 (1/4.0)", "1/4 or less"),
        ("PDF, a few words of a plot: of one document's time", "1/110 (1/88)", "1/100 or less"),
        ("PDF, a few words of a plot: of Typst's time from cold", "1/4.0", "1/5 or less"),
        ("PDF, nothing changed: of one document's time", "1/220 (1/176)", "1/200 or less"),
        ("EPUB, cold", "2.0 s", "less than 10 s"),
        ("EPUB, cold: times as fast as pandoc", "2.5", "more than 1"),
    ]


def test_what_was_not_there_has_a_row_that_says_so() -> None:
    size = Size(100, {Row.EPUB_COLD: [a_run(2)]}, {}, {Row.PANDOC: "not there"})
    rows = list(speed_table.size_table(size))
    assert "| EPUB, pandoc | not there | | | | | | |" in rows
    assert "| PDF, Typst | not run | | | | | | |" in rows


def test_scale_compares_the_largest_guide_with_the_smallest() -> None:
    few = Whole(1000, 3200, pdf=Run(50, 90, 400, 300, 200), epub=Run(10, 15, 200, 150, 0))
    many = Whole(10_000, 32_000, pdf=Run(510, 900, 2500, 2000, 250), epub=Run(90, 150, 900, 800, 0))
    found = [(each.measured, each.wanted) for each in speed_table.scale_ratios(Scale((few, many)))]
    assert found == [
        ("10.2 times", "10.5 or less"), ("1.25 times", "1.5 or less"), ("2.00 GB", "less than 3 GB"),
        ("9.0 times", "10.5 or less"), ("0.80 GB", "less than 3 GB"),
    ]  # fmt: skip


def test_a_table_takes_the_place_between_the_marks_and_leaves_the_rest(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    page.write_text(f"# Speed\n\n{speed_table.BEGIN}\nold\n{speed_table.END}\n\nMore.\n", "utf-8")
    speed_table.put("new\n", page)
    assert page.read_text("utf-8") == f"# Speed\n\n{speed_table.BEGIN}\n\nnew\n\n{speed_table.END}\n\nMore.\n"


def test_the_page_on_speed_has_the_marks() -> None:
    page = (PROJECT / "docs" / "speed.md").read_text("utf-8")
    assert page.count(speed_table.BEGIN) == page.count(speed_table.END) == 1


# ------------------------------------------------------------------------------------- watching


def test_memory_of_a_process_that_a_command_starts_is_seen(tmp_path: Path) -> None:
    pytest.importorskip("psutil")
    from watched import run

    child = "import time; kept = bytearray(80_000_000); time.sleep(0.7)"
    command = [
        sys.executable,
        "-c",
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])",
    ]
    done = run(command, within=tmp_path)
    assert done.other_mb > 80 > done.first_mb
    assert done.all_mb > 80
    assert done.seconds > 0.7


def test_a_command_that_fails_ends_the_benchmark_with_what_it_said(tmp_path: Path) -> None:
    pytest.importorskip("psutil")
    from watched import run

    with pytest.raises(SystemExit, match="ended with 3:\nout of paper"):
        run([sys.executable, "-c", "print('out of paper'); raise SystemExit(3)"], within=tmp_path)
