"""The project's own chores: `nox` runs the three that a change must pass; `nox -l` lists all."""

import os
import shutil
from pathlib import Path

import nox

nox.options.sessions = ["tests", "lint", "conformance"]
nox.options.reuse_existing_virtualenvs = True

READERS = Path("tests", "readers")
FILMS = Path("..", "shared", "data", "films-60.jsonl").resolve()


@nox.session
def tests(session: nox.Session) -> None:
    """Everything that is quick, against filmguide as it is installed."""
    session.install("--quiet", ".[test]", silent=True)
    session.run("pytest", "-n", "2", "-m", "not slow", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and types."""
    session.install("--quiet", ".[lint]", silent=True)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")


@nox.session
def conformance(session: nox.Session) -> None:
    """The sample guide, and 60 real films where they are at hand, under the eyes of every checker there is.

    EPUBCheck, Ace, calibre's Check Book and two reading programs, and every word read back; and the preview
    and the web edition in a browser. What is not installed is skipped with its name, unless
    FILMGUIDE_DEMAND_CHECKERS is set.
    """
    session.install("--quiet", ".[test]", silent=True)
    _install_reading_programs(session)
    books = ["tests/test_conformance.py", "tests/test_readers.py", "tests/test_every_word.py"]
    books += ["tests/test_page_list.py", "tests/test_printed_indexes.py"]
    books += ["tests/test_preview_in_a_browser.py", "tests/test_web_in_a_browser.py"]
    session.run("pytest", "-rs", *books, "tests/test_checkers.py", "tests/test_kindle.py", *session.posargs)


def _install_reading_programs(session: nox.Session) -> None:
    """What tests/readers/package.json names, where npm is installed; once, and anew when that changes."""
    wanted, stamp = READERS / "package.json", READERS / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text("utf-8") == wanted.read_text("utf-8"):
        return
    if not shutil.which("npm"):
        session.warn("npm is not installed, so there are no reading programs and no Ace to try the books in.")
        return
    # Without scripts: one of them would fetch a browser, and the machine's own is used.
    quietly = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    session.run("npm", "install", "--prefix", str(READERS), *quietly, external=True, silent=True)
    stamp.write_text(wanted.read_text("utf-8"), "utf-8")


@nox.session
def slow(session: nox.Session) -> None:
    """Guides of hundreds of films."""
    session.install("--quiet", ".[test]", silent=True)
    _install_reading_programs(session)
    session.run("pytest", "-rs", "tests/test_thousand.py", "tests/test_every_mode.py", *session.posargs)
    session.run("pytest", "-rs", "-m", "slow", "tests/test_workers.py", "tests/test_cluster.py")


@nox.session
def bench(session: nox.Session) -> None:
    """How fast, beside Typst and pandoc; docs/speed.md tells what can be asked for behind `--`."""
    session.install("--quiet", ".[cluster]", "psutil", "pypandoc_binary", "typst", silent=True)
    session.run("python", "benchmarks/speed.py", *session.posargs)


@nox.session
def words(session: nox.Session) -> None:
    """Collect the guide's own words from code and templates, and bring every catalogue up to date."""
    session.install("--quiet", "Babel", "Jinja2", silent=True)
    template = "book/locale/filmguide.pot"
    extract = ["--mapping-file=pyproject.toml", "--keywords=marked", "--add-location=file"]
    extract += ["--project=filmguide", "--version=1", "--copyright-holder=the authors of filmguide"]
    session.run("pybabel", "extract", *extract, f"--output-file={template}", "book", "styles")
    update = ["--domain=filmguide", "--output-dir=book/locale", "--no-fuzzy-matching", "--ignore-obsolete"]
    session.run("pybabel", "update", f"--input-file={template}", *update, "--width=100")


@nox.session(reuse_venv=False)
def wheel(session: nox.Session) -> None:
    """The wheel alone, in an empty environment outside of the checkout: new, import, check, build."""
    away = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(away), ".")
    session.install("--quiet", *map(str, away.glob("filmguide-*.whl")), silent=True)
    session.chdir(away)
    # The checkout must not be found by accident.
    alone = {**os.environ, "PYTHONPATH": "", "PYTHONSAFEPATH": "1"}
    session.run("filmguide", "new", "guide", env=alone)
    if FILMS.exists():
        session.run("filmguide", "-C", "guide", "import", str(FILMS), env=alone)
    session.run("filmguide", "-C", "guide", "check", env=alone)
    session.run("filmguide", "-C", "guide", "build", env=alone)
