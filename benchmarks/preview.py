"""How long a save takes to come to the screen: the preview of a large guide in a real browser.

    python benchmarks/preview.py [--films FILE.jsonl] [--saves N]

Imports the films (those of ../shared/data/films-1000.jsonl, unless told otherwise) into a guide that is
thrown away, serves it, opens it in Chromium, and saves entries. The time runs from before a file is written
until the new picture of its page has been drawn. Chromium and what tests/readers/package.json lists must be
installed. Prints the milliseconds of every save, their median and the slowest.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parent.parent
FILMS = PROJECT.parent / "shared" / "data" / "films-1000.jsonl"
COMMAND = [sys.executable, "-m", "book.cli"]
SCRIPT = Path(__file__).with_suffix(".mjs")


def main() -> None:
    """Measure, and say what was measured."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--films", type=Path, default=FILMS, help="films as JSON Lines")
    asked.add_argument("--saves", type=int, default=10, help="how many entries are saved, in each view")
    options = asked.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    if not chromium or not shutil.which("node"):
        sys.exit("Chromium and Node.js are wanted for this.")
    if not options.films.exists():
        sys.exit(f"The films are not at hand: {options.films}")
    with tempfile.TemporaryDirectory() as away:
        guide = Path(away, "guide")
        _filmguide("new", str(guide))
        _filmguide("-C", str(guide), "import", str(options.films))
        wanted = {"guide": str(guide), "chromium": chromium, "saves": options.saves}
        measured = _measured(guide, wanted)
    films = len(options.films.read_text("utf-8").splitlines())
    print(f"{films} films, from saving an entry to the new picture on the screen, milliseconds")
    for view, times in measured.items():
        print(f"{view:6} {' '.join(f'{time:.0f}' for time in times)}")
        print(f"{view:6} median {statistics.median(times):.0f}, slowest {max(times):.0f}")


def _filmguide(*words: str) -> None:
    subprocess.run([*COMMAND, *words, "--quiet"], cwd=PROJECT, env=_own(), check=True)


def _own() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT)}


def _measured(guide: Path, wanted: dict[str, object]) -> dict[str, list[float]]:
    command = [*COMMAND, "-C", str(guide), "preview", "--plain"]
    with subprocess.Popen(command, cwd=PROJECT, env=_own(), stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = next(filter(None, (re.search(r"http://\S+", line) for line in server.stdout)))[0]
            plan = json.dumps({**wanted, "address": address})
            ended = subprocess.run(
                ["node", str(SCRIPT), plan], capture_output=True, text=True, check=False, timeout=1200
            )
            if ended.returncode:
                sys.exit(ended.stderr)
            measured: dict[str, list[float]] = json.loads(ended.stdout)
        finally:
            server.send_signal(signal.SIGINT)
    return measured


if __name__ == "__main__":
    main()
