"""The Tab key: driven as a shell drives it, and without a library that would make anybody wait."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import book
from book import themes
from book.choices import PROFILES, edition_names, film_slugs, importer_names, printer_names, theme_names
from book.importers import importers

GUIDE = """
[guide]
title = "A Guide"

[[edition]]
name = "Whole"

[[edition]]
name = "Spoiler-free sampler"
slug = "sampler"
"""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    for name in ("vertigo-1958", "rear-window-1954", "rebecca-1940"):
        (tmp_path / "entries").mkdir(exist_ok=True)
        (tmp_path / "entries" / f"{name}.md").write_text("", "utf-8")
    (tmp_path / "styles" / "evening").mkdir(parents=True)
    (tmp_path / "styles" / "evening" / "theme.toml").write_text('extends = "classic"\n', "utf-8")
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "corner-shop.toml").write_text('extends = "home"\n', "utf-8")
    (tmp_path / "guide.toml").write_text(GUIDE, "utf-8")
    return tmp_path


def asked(words: str, within: Path, code: str = "import book.cli; book.cli.main()") -> str:
    """What completing prints when the Tab key is pressed behind the words, a space at the end included."""
    typed = words.split(" ")
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(book.__file__).parent.parent),
        "_FILMGUIDE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(typed) - 1),
    }
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=within, env=env, capture_output=True, text=True, check=False
    )
    assert ended.stderr == ""
    return ended.stdout


def offered(words: str, within: Path) -> list[str]:
    """What is offered at the Tab key: words, without click's note on their kind."""
    return [line.partition(",")[2] for line in asked(words, within).split("\n") if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("filmguide mv re", ["rear-window-1954", "rebecca-1940"]),
        ("filmguide similar ver", ["vertigo-1958"]),
        ("filmguide similar --explain rebecca-1940 v", ["vertigo-1958"]),
        ("filmguide todo ", ["rear-window-1954", "rebecca-1940", "vertigo-1958"]),
        ("filmguide package --for k", ["kdp", "kdp-hardcover", "kdp-paperback"]),
        ("filmguide package --for c", ["corner-shop"]),
        ("filmguide cover --printer lulu-", ["lulu-case", "lulu-jacket"]),
        ("filmguide build --printer h", ["home"]),
        ("filmguide build --theme ", ["classic", "evening", "large-print", "modern"]),
        ("filmguide preview --theme ev", ["evening"]),
        ("filmguide new somewhere --theme m", ["modern"]),
        ("filmguide build --edition ", ["Whole", "Spoiler-free sampler", "sampler"]),
        ("filmguide build --spoilers o", ["overleaf", "omit"]),
        ("filmguide build ep", ["epub"]),
        ("filmguide import --from letter", ["letterboxd"]),
        ("filmguide comp", ["completion"]),
        ("filmguide completion ", ["bash", "zsh", "fish"]),
        ("filmguide schema g", ["guide"]),
        ("filmguide mv --dr", ["--dry-run"]),
    ],
)
def test_the_tab_key_offers_what_fits(words: str, expected: list[str], guide: Path) -> None:
    assert offered(words, guide) == expected


def test_names_are_those_of_the_guide_that_is_meant(
    guide: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert offered(f"filmguide -C {guide} mv v", elsewhere) == ["vertigo-1958"]
    assert offered("filmguide mv v", elsewhere) == []


@pytest.mark.parametrize("text", ["[guide", "edition = 1", "[[edition]]\nname = 1\n", "\xff"])
def test_a_guide_that_cannot_be_read_offers_no_editions(text: str, tmp_path: Path) -> None:
    (tmp_path / "guide.toml").write_bytes(text.encode("latin-1"))
    assert offered("filmguide build --edition ", tmp_path) == []


IMPORTS = """
import sys, book.cli
try:
    book.cli.main()
finally:
    print(*sorted({name.split(".")[0] for name in sys.modules}))
"""

HEAVY = {
    "weasyprint", "ebooklib", "lxml", "rich", "jinja2", "yaml", "markdown_it", "PIL", "fontTools",
    "rapidfuzz", "pycountry", "langcodes", "uharfbuzz", "numpy", "scipy", "sklearn", "babel", "starlette",
    "uvicorn", "watchfiles", "pikepdf", "openpyxl", "extruct", "pypdfium2", "distributed",
}  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "filmguide ",
        "filmguide mv ",
        "filmguide package --for ",
        "filmguide build --theme ",
        "filmguide build --edition ",
        "filmguide import --from ",
    ],
)
def test_completing_brings_in_nothing_heavy(words: str, guide: Path) -> None:
    loaded = asked(words, guide, IMPORTS).splitlines()[-1].split()
    assert "click" in loaded
    assert HEAVY & set(loaded) == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str) -> None:
    command = [sys.executable, "-m", "book.cli", "completion", shell]
    script = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(book.__file__).parent.parent
    )
    assert f"_FILMGUIDE_COMPLETE={shell}_complete" in script.stdout
    assert "complete" in script.stdout


def test_bash_takes_the_script_and_completes_by_it(guide: Path, tmp_path: Path) -> None:
    """A shell of its own, in which the script is read and its function called as bash calls it."""
    command = tmp_path / "bin" / "filmguide"
    command.parent.mkdir()
    root = Path(book.__file__).parent.parent
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m book.cli "$@"\n')
    command.chmod(0o755)
    steps = """
    set -e
    eval "$(filmguide completion bash)"
    COMP_WORDS=(filmguide mv v); COMP_CWORD=2
    _filmguide_completion filmguide v mv
    echo "${COMPREPLY[@]}"
    """
    env = {**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}"}
    shell = subprocess.run(
        ["bash", "-c", steps], cwd=guide, env=env, capture_output=True, text=True, check=False
    )
    assert (shell.stdout, shell.stderr) == ("vertigo-1958\n", "")


def test_what_is_offered_is_what_there_is(guide: Path) -> None:
    assert film_slugs(guide) == ("rear-window-1954", "rebecca-1940", "vertigo-1958")
    assert edition_names(guide) == ("Whole", "Spoiler-free sampler", "sampler")
    assert importer_names() == tuple(sorted(each.name for each in importers()[0]))
    assert [themes.find_theme(name, guide).name for name in theme_names(guide)] == list(theme_names(guide))
    assert set(printer_names(guide)) == {"corner-shop", *(file.stem for file in PROFILES.glob("*.toml"))}
