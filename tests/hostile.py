"""Guides as nobody should have them: a small good one, and what strangers and accidents put into it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import book

GUIDE = '[guide]\ntitle = "A Guide"\nauthors = ["Ann Author"]\nslug = "a-guide"\n'
ENTRY = "---\ntitle: {title}\nyear: 1991\n{front}---\n{safe}\n\n# Spoilers\n\n## Plot\n\n{told}\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>'


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, and everything that it said."""

    code: int
    said: str

    def codes(self) -> set[str]:
        """The codes of the findings in its --json object."""
        return {finding["code"] for finding in self.told()["findings"]}

    def told(self) -> dict[str, Any]:
        """Its --json object."""
        found: dict[str, Any] = json.loads(self.said[self.said.index("{") :])
        return found

    def of(self, file: str) -> set[str]:
        """The codes of the findings that name a file."""
        return {finding["code"] for finding in self.told()["findings"] if finding["file"] == file}


def small_guide(root: Path) -> Path:
    """A guide of one good film."""
    (root / "entries").mkdir(parents=True)
    (root / "images").mkdir()
    (root / "guide.toml").write_text(GUIDE, "utf-8")
    put_entry(root, "one")
    return root


def put_entry(
    root: Path,
    name: str,
    *,
    title: str = "",
    front: str = "",
    safe: str = "A man walks into a city and forgets his own name there.",
    told: str = "The train arrives, and he remembers everything.",
) -> None:
    """A film of 1991."""
    text = ENTRY.format(title=title or name.title(), front=front, safe=safe, told=told)
    (root / "entries" / f"{name}-1991.md").write_text(text, "utf-8")


def put_drawing(root: Path, name: str, text: str) -> None:
    """A film that shows a drawing."""
    (root / "images" / f"{name}.svg").write_text(text, "utf-8")
    put_entry(root, name, front=f"image: {{file: images/{name}.svg, alt: A drawing}}\n")


def put_theme(root: Path, name: str = "borrowed", toml: str = "", **files: str) -> Path:
    """A theme of the guide's own, named in its guide.toml; in the names of files, __ is / and _ a dot."""
    folder = root / "styles" / name
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text(toml or 'title = "Borrowed"\nextends = "classic"\n', "utf-8")
    for key, content in files.items():
        file = folder / key.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    plan = f'{GUIDE}[print]\ntheme = "{name}"\n[ebook]\ntheme = "{name}"\n'
    (root / "guide.toml").write_text(plan, "utf-8")
    return folder


def without_powers() -> list[str]:
    """What stands before a command to which a closed folder is closed, even where the tests run as root."""
    if os.name == "nt":
        pytest.skip("folders are closed in another way here")
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("nothing is closed to root, and there is no setpriv")
    powers = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]


def command(
    *words: object, within: Path, seconds: float = 120, before: Sequence[str] = (), **env: str
) -> Ended:
    """A command as a writer types it; it fails the test where it shows a traceback or is never done."""
    typed = [*before, sys.executable, "-m", "book.cli", *map(str, words)]
    whole = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent), **env}
    ended = subprocess.run(
        typed,
        cwd=within,
        env=whole,
        capture_output=True,
        timeout=seconds,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    said = (ended.stdout + ended.stderr).decode("utf-8", "replace")
    assert "Traceback" not in said, said[-3000:]
    assert "a fault in filmguide" not in said, said[-3000:]
    assert ended.returncode in {0, 1, 2, 3}, (ended.returncode, said[-3000:])
    return Ended(ended.returncode, said)
