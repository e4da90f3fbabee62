"""The tutorial is walked through as it stands: every command typed, every file written."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import book
from book.cli import cli

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"

EXPORT = {
    "profile.csv": "Date Joined,Username,Favorite Films\n2019-05-04,ann,\n",
    "diary.csv": "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    '2026-01-03,Vertigo,1958,https://boxd.it/aa1,5,,"obsession, heights",2026-01-02\n'
    "2026-02-11,Rear Window,1954,https://boxd.it/aa2,4.5,Yes,,2026-02-10\n",
    "ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n"
    "2026-01-03,Vertigo,1958,https://boxd.it/bb1,5\n"
    "2026-02-11,Rear Window,1954,https://boxd.it/bb2,4.5\n"
    "2026-03-01,Double Indemnity,1944,https://boxd.it/bb3,4\n",
    "reviews.csv": "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
    '2026-02-11,Rear Window,1954,https://boxd.it/cc2,4.5,Yes,"He sees all.\n\nAnd is seen.",,2026-02-10\n',
    "watchlist.csv": "Date,Name,Year,Letterboxd URI\n"
    "2026-04-01,Sunset Boulevard,1950,https://boxd.it/bb4\n"
    "2026-04-02,The Third Man,1949,https://boxd.it/bb5\n"
    "2026-04-02,Gaslight,1944,https://boxd.it/bb6\n",
}
"""A diary of six films, in the form that Letterboxd's export has."""


@dataclass(frozen=True)
class Step:
    """A block of the page: its language, its text, and the sentence before it."""

    kind: str
    text: str
    before: str


def steps(page: str) -> Iterator[Step]:
    end = 0
    for block in re.finditer(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        yield Step(block[1], block[2], page[end : block.start()].strip().rpartition("\n\n")[2])
        end = block.end()


@dataclass
class Walk:
    """Somebody who does what the page says: where they are, and what each command came to."""

    folder: Path
    told: dict[str, str] = field(default_factory=dict)

    def do(self, step: Step) -> None:
        if step.kind == "sh":
            for line in step.text.splitlines():
                self._type(line)
        elif step.kind in {"toml", "markdown"}:
            file = self.folder / re.findall(r"`([\w./-]+\.(?:toml|md))`", step.before)[-1]
            assert file.is_file(), f"{file} is to be changed and is not there"
            standing = file.read_text("utf-8") if "At the end of" in step.before else ""
            file.write_text(f"{standing}\n{step.text}" if standing else step.text, "utf-8")

    def _type(self, line: str) -> None:
        command, *words = shlex.split(line)
        if command == "cd":
            self.folder = self.folder / words[0]
        elif command == "rm":
            (self.folder / words[0]).unlink()
        else:
            assert command == "filmguide"
            self.told[line] = self._preview() if words == ["preview"] else self._run(words)

    def _run(self, words: list[str]) -> str:
        ended = subprocess.run(
            self._command(words),
            cwd=self.folder,
            env=self._env(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, f"{words}\n{ended.stdout}{ended.stderr}"
        return ended.stdout

    def _preview(self) -> str:
        """Its first line; then Ctrl-C."""
        begun = subprocess.Popen(
            self._command(["preview"]), cwd=self.folder, env=self._env(), stdout=subprocess.PIPE, text=True
        )
        assert begun.stdout
        said = begun.stdout.readline()
        begun.send_signal(signal.SIGINT)
        begun.communicate(timeout=60)
        return said

    def _command(self, words: list[str]) -> list[str]:
        return [sys.executable, "-m", "book.cli", *words]

    def _env(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent), "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The whole page, walked through."""
    folder = tmp_path_factory.mktemp("tutorial")
    with zipfile.ZipFile(folder / "letterboxd.zip", "w") as export:
        for name, text in EXPORT.items():
            export.writestr(name, text)
    walk = Walk(folder)
    for step in steps(PAGE.read_text("utf-8")):
        walk.do(step)
    return walk


def test_the_dry_run_says_what_the_page_says(walk: Walk) -> None:
    shown = next(
        step.text for step in steps(PAGE.read_text("utf-8")) if step.kind == "text" and "6 new" in step.text
    )
    assert walk.told["filmguide import ../letterboxd.zip --dry-run"].endswith(shown)


def test_the_guide_has_the_films_of_the_diary_and_the_one_by_hand(walk: Walk) -> None:
    assert sorted(file.stem for file in (walk.folder / "entries").glob("*.md")) == [
        "double-indemnity-1944",
        "gaslight-1944",
        "rear-window-1954",
        "sunset-boulevard-1950",
        "the-lady-vanishes-1938",
        "the-third-man-1949",
        "vertigo-1958",
    ]


def test_the_entry_of_the_page_leaves_nothing_to_mend(walk: Walk) -> None:
    assert "rear-window-1954" not in walk.told["filmguide check"]
    assert "characters, settings, themes" in walk.told["filmguide todo rear-window-1954"]


def test_the_preview_tells_its_address(walk: Walk) -> None:
    assert re.match(r"The preview is at http://127\.0\.0\.1:\d+", walk.told["filmguide preview"])


def test_the_similar_films_begin_with_the_writers_own(walk: Walk) -> None:
    first = walk.told["filmguide similar rear-window-1954"].splitlines()[1]
    assert ("Vertigo (1958)" in first, "your own link" in first) == (True, True)


def test_every_file_that_the_page_promises_is_there(walk: Walk) -> None:
    build = walk.folder / "build"
    promised = re.findall(r"`(build/[\w./-]+)`", PAGE.read_text("utf-8"))
    assert {"build/looking-in-booklet.pdf", "build/kdp-paperback/"} <= set(promised)
    assert [path for path in promised if not (walk.folder / path).exists()] == []
    there = {file.name for file in (build / "kdp-paperback").iterdir()}
    assert {"looking-in-preflight.html", "looking-in-interior.pdf", "looking-in-cover.pdf"} <= there


def test_nothing_is_typed_on_the_page_that_was_not_tried(walk: Walk) -> None:
    """Commands within sentences are commands that there are."""
    within = re.findall(r"`filmguide (\w+)[^`]*`", PAGE.read_text("utf-8"))
    assert set(within) <= set(cli.commands)
    assert len(walk.told) > 12
