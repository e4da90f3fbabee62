"""Several editions of one guide in one run, each with its own name, ISBN, films and place for spoilers."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

from book.cli import cli
from book.config import read_project
from book.cover import cover_svg
from book.editions import EditionPlan, SpoilerPlan
from book.themes import find_theme

GUIDE = """
[guide]
title = "Two Films"
edition = "First edition"
isbn = { print = "978-1-4028-9462-6" }

[[edition]]
name = "Whole"
slug = "two-films"
spoilers = { pdf = "back", epub = "inline" }

[[edition]]
name = "Spoiler-free sampler"
spoilers = "omit"
cover_line = "To read before you watch"
films = ["kestrel-*"]
isbn = { ebook = "9783161484100" }
"""
ENTRY = """---
title: {title}
year: {year}
director: Ann Author
similar: [{other}]
---
Fog lies on the bay.

# Spoilers

## Plot

The keeper of {title} was his own brother all along.
"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide of two films, not built yet."""
    root = tmp_path_factory.mktemp("guide")
    (root / "entries").mkdir()
    (root / "guide.toml").write_text(GUIDE)
    for slug, title, year, other in (
        ("kestrel-bay-1961", "Kestrel Bay", 1961, "the-long-ferry-1972"),
        ("the-long-ferry-1972", "The Long Ferry", 1972, "kestrel-bay-1961"),
    ):
        (root / "entries" / f"{slug}.md").write_text(ENTRY.format(title=title, year=year, other=other))
    return root


def filmguide(guide: Path, *words: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(CliRunner().invoke(cli, ["-C", str(guide), *words, "--json"]).stdout)
    return told


@pytest.fixture(scope="module")
def build(guide: Path) -> dict[str, Any]:
    """What building all editions says."""
    return filmguide(guide, "build", "--jobs", "1")


def text_of(guide: Path, name: str) -> str:
    """All words of a book in build/."""
    file = guide / "build" / name
    if file.suffix == ".pdf":
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    with zipfile.ZipFile(file) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith("html"))


def test_every_edition_is_built_and_verified_under_its_own_name(build: dict[str, Any]) -> None:
    assert [(it["file"], it["mode"], it["films"], it["kept"]) for it in build["verdicts"]] == [
        ("two-films.pdf", "back", 2, True),
        ("two-films.epub", "inline", 2, True),
        ("two-films-spoiler-free-sampler.pdf", "omit", 1, True),
        ("two-films-spoiler-free-sampler.epub", "omit", 1, True),
    ]
    assert [Path(file).name for file in build["files"]] == [
        "two-films.pdf",
        "two-films.manifest.json",
        "two-films.epub",
        "two-films-spoiler-free-sampler.pdf",
        "two-films-spoiler-free-sampler.manifest.json",
        "two-films-spoiler-free-sampler.epub",
    ]


@pytest.mark.parametrize("suffix", ["pdf", "epub"])
def test_an_edition_has_its_own_films_name_cover_line_and_isbn(
    guide: Path, build: dict[str, Any], suffix: str
) -> None:
    whole = text_of(guide, f"two-films.{suffix}")
    sampler = text_of(guide, f"two-films-spoiler-free-sampler.{suffix}")
    assert "his own brother all along" in " ".join(whole.split())
    assert "his own brother all along" not in " ".join(sampler.split())
    assert ("Ferry begins" in whole, "Fog lies" in sampler) == (False, True)
    assert ("Whole · First edition" in whole, "Spoiler-free sampler · First edition" in sampler) == (
        True,
        True,
    )
    assert ("To read before you watch" in whole, "To read before you watch" in sampler) == (False, True)
    assert ("978-1-4028-9462-6" in whole, "978-1-4028-9462-6" in sampler) == (True, False)


def test_an_edition_links_to_none_of_the_films_that_it_leaves_out(guide: Path, build: dict[str, Any]) -> None:
    with zipfile.ZipFile(guide / "build" / "two-films-spoiler-free-sampler.epub") as book:
        assert [name for name in book.namelist() if "long-ferry" in name] == []


def test_the_drawn_cover_says_the_editions_line(guide: Path) -> None:
    project, _ = read_project(GUIDE, guide)
    covers = [
        cover_svg(project.as_edition(plan).info, find_theme("classic", guide)) for plan in project.editions
    ]
    assert ["To read before you watch" in cover for cover in covers] == [False, True]


def test_one_edition_is_built_alone_when_it_is_named(guide: Path, tmp_path: Path) -> None:
    told = filmguide(guide, "build", "epub", "--edition", "Spoiler-free sampler", "--out", str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["two-films-spoiler-free-sampler.epub"]
    assert told["exit_code"] == 0


def test_an_edition_that_is_not_there_is_said_by_name(guide: Path) -> None:
    told = filmguide(guide, "build", "--edition", "Sampler")
    assert told["exit_code"] == 2
    assert told["error"] == {
        "message": "guide.toml has no edition Sampler.",
        "hint": "It has Whole, Spoiler-free sampler.",
    }


def test_verify_knows_an_editions_file_by_its_name(guide: Path, build: dict[str, Any]) -> None:
    told = filmguide(guide, "verify", *(file for file in build["files"] if not file.endswith(".json")))
    assert told["verdicts"] == build["verdicts"]


def test_where_an_edition_is_silent_the_guides_own_plan_holds(tmp_path: Path) -> None:
    text = '[guide]\ntitle = "A"\n[spoilers]\npdf = "overleaf"\n[[edition]]\nname = "Plain"\n'
    project, findings = read_project(text, tmp_path)
    assert findings == ()
    assert project.editions == (EditionPlan("Plain", "a-plain", SpoilerPlan("overleaf", "linked"), line=5),)


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ("spoilers = 'omit'", "F506", 3),
        ("name = 'B'\nspoilers = 'never'", "F502", 5),
        ("name = 'B'\nspoilers = { pdf = 'linked' }", "F502", 5),
        ("name = 'B'\nformats = ['mobi']", "F502", 5),
        ("name = 'B'\nslug = 'a b'", "F502", 5),
        ("name = 'B'\nisbn = { print = '123' }", "F504", 5),
        ("name = 'B'\ncolour = 'red'", "F501", 5),
    ],
)
def test_a_slip_in_an_edition_is_a_finding(tmp_path: Path, table: str, code: str, line: int) -> None:
    _, findings = read_project(f"[guide]\ntitle = 'A'\n[[edition]]\n{table}\n", tmp_path)
    assert [(found.code, found.where.line) for found in findings] == [(code, line)]
