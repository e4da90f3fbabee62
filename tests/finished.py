"""Finished books for tests to open, made once as a writer makes them: through the commands."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import book
from book.index_plan import INDEXES

PROJECT = Path(__file__).parent.parent
REAL_FILMS = PROJECT.parent / "shared" / "data"


@dataclass(frozen=True)
class Books:
    """What one build came to: the guide's folder, the command's --json object, the files by suffix."""

    guide: Path
    told: dict[str, Any]
    files: dict[str, Path]


def filmguide(*words: object, within: Path) -> dict[str, Any]:
    """The --json object of a command that ends well, typed outside of the checkout."""
    command = [sys.executable, "-m", "book.cli", *map(str, words), "--json"]
    # The same book package as the tests', wherever the command is typed.
    env = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent)}
    ended = subprocess.run(command, cwd=within, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def sample_guide(away: Path) -> Books:
    """The sample guide, built into a folder of its own."""
    return _built(PROJECT, away)


def real_guide(name: str, away: Path) -> Books:
    """A built guide of real films from one of the JSON Lines files."""
    return _built(imported(name, away), away)


def imported(name: str, away: Path) -> Path:
    """The folder of a guide of real films with every index; skips, saying so, where they are absent."""
    source = REAL_FILMS / name
    if not source.exists():
        pytest.skip(f"the real films are not at hand: {source}")
    guide = away / "guide"
    filmguide("new", guide, within=away)
    for example in (guide / "entries").iterdir():
        example.unlink()
    filmguide("-C", guide, "import", source, within=away)
    with (guide / "guide.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[indexes]\ninclude = {json.dumps(INDEXES)}\n")
    return guide


def _built(guide: Path, away: Path) -> Books:
    told = filmguide("-C", guide, "build", "--out", away / "out", within=away)
    return Books(guide, told, {Path(file).suffix: Path(file) for file in told["files"]})
