"""The project's own chores: `nox` runs the three that a change must pass; `nox -l` lists all."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import nox

nox.options.sessions = ["tests", "lint", "conformance"]
nox.options.reuse_existing_virtualenvs = True

READERS = Path("tests", "readers")
PINNED = ("--constraint", str(Path("constraints.txt").resolve()))
"""What we develop with, so that a new release of somebody's does not fail an old change."""

FILMS = Path("..", "shared", "data", "films-60.jsonl").resolve()


@nox.session
def tests(session: nox.Session) -> None:
    """Everything that is quick, against filmguide as it is installed."""
    session.install("--quiet", *PINNED, ".[test]", silent=True)
    session.run("pytest", "-n", "2", "-m", "not slow", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and types."""
    session.install("--quiet", *PINNED, ".[lint]", silent=True)
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
    session.run("pytest", "-rs", "-m", "slow", "tests/test_heavy.py")
    session.run("pytest", "-rs", "tests/test_package_every_printer.py")
    session.run("pytest", "-rs", "tests/test_nothing_lost.py", env={"FILMGUIDE_KILLS": "100"})


@nox.session
def fuzz(session: nox.Session) -> None:
    """Made-up entries and guides for as long as is asked for: `-- 40` for forty times the quick suite's."""
    session.install("--quiet", *PINNED, ".[test]", silent=True)
    times = session.posargs[0] if session.posargs else "20"
    session.run("pytest", "-rs", "tests/test_fuzz.py", env={"FILMGUIDE_FUZZ": times})
    try:
        session.install("--quiet", ".[fuzz]", silent=True)
    except nox.command.CommandFailed:
        session.warn("Atheris has no wheel for this Python, so that nothing was led by what the code does.")
        return
    away = Path(session.create_tmp()).resolve()
    harness, seeds = Path("tests", "fuzz", "harness.py").resolve(), Path("tests", "corpus").resolve()
    session.chdir(away)
    for what in ("entry", "guide", "drawing", "jsonl", "page"):
        (away / what).mkdir(exist_ok=True)
        limits = [f"-max_total_time={15 * int(times)}", "-rss_limit_mb=4000", "-timeout=20"]
        session.run("python", str(harness), what, *limits, str(away / what), str(seeds))


@nox.session
def audit(session: nox.Session) -> None:
    """Whether anybody knows of a hole in what we lean on. Asks the web, and says so where there is none."""
    session.install("--quiet", "pip-audit", silent=True)
    told = session.run(
        "pip-audit", "--requirement", "constraints.txt", "--no-deps", "--disable-pip",
        success_codes=[0, 1], silent=True,
    )  # fmt: skip
    session.log(str(told))
    if "Traceback" in str(told) or "ConnectionError" in str(told):
        session.error("pip-audit reached nobody: it wants the web. Nothing is known of holes, good or bad.")
    if "Found " in str(told):
        session.error("There are holes in what we lean on; see above.")


@nox.session(reuse_venv=False)
def release(session: nox.Session) -> None:
    """From this commit's tag: wheel, source and a list of all that comes with them, tried by installing."""
    tag = subprocess.run(
        ["git", "describe", "--exact-match", "--tags"], capture_output=True, text=True, check=False
    ).stdout.strip()
    version = re.search(r'__version__ = "(.+)"', Path("book", "__init__.py").read_text("utf-8"))
    if version is None or tag != f"v{version[1]}":
        wanted = version[1] if version else "1.0"
        session.error(f"A release is built from a tag like v{wanted}; here is {tag or 'none'}.")
    assert version is not None
    session.install("--quiet", "build", "cyclonedx-bom", silent=True)
    out = Path("dist").resolve()
    session.run("python", "-m", "build", "--outdir", str(out))
    # The list names what a fresh environment gets: that of the wheel alone.
    alone = Path(session.create_tmp()).resolve()
    for kind in ("*.whl", "*.tar.gz"):
        file = max(out.glob(kind), key=lambda each: each.stat().st_mtime)
        session.run("python", "-m", "venv", "--clear", str(alone / "env"))
        scripts = alone / "env" / ("Scripts" if os.name == "nt" else "bin")
        session.run(
            str(scripts / "python"), "-m", "pip", "install", "--quiet", *PINNED, str(file), external=True
        )
        session.run(str(scripts / "filmguide"), "--version", external=True)
        session.run(str(scripts / "filmguide"), "new", str(alone / f"guide-{file.suffix[1:]}"), external=True)
        guide = str(alone / f"guide-{file.suffix[1:]}")
        session.run(str(scripts / "filmguide"), "-C", guide, "build", "--quiet", external=True)
    listed = str(out / f"filmguide-{version[1]}.cdx.json")
    session.run("cyclonedx-py", "environment", "--output-reproducible", "-o", listed, str(alone / "env"))


@nox.session
def bench(session: nox.Session) -> None:
    """How fast, beside Typst and pandoc; docs/speed.md tells what can be asked for behind `--`."""
    session.install("--quiet", ".[cluster]", "psutil", "pypandoc_binary", "typst", silent=True)
    session.run("python", "benchmarks/speed.py", *session.posargs)


@nox.session
def nightly(session: nox.Session) -> None:
    """Ten thousand films as PDF and as EPUB, whole and looked through, with time and memory: an hour."""
    session.install("--quiet", ".", "psutil", silent=True)
    session.run("python", "benchmarks/speed.py", "--films", "--scale", *session.posargs)


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
