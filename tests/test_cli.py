import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import book
from book import build as pipeline
from book import watching
from book.cli import cli
from book.model import BookError, Finding, Place, Severity, UsageError
from book.outcome import Report
from book.press_plan import Imposition
from book.progress import Step, Track

PROJECT = Path(__file__).parent.parent
WARNING = Finding("F004", Place("entries/alien-1979.md", 4), "no such key", severity=Severity.WARNING)
ERROR = Finding("F111", Place("entries/alien-1979.md", 1), "the film has no year")


def said(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, words)))


def typed(*words: str | Path, within: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """What a shell would see of the command."""
    whole = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent), **env}
    command = [sys.executable, "-m", "book.cli", *map(str, words)]
    return subprocess.run(command, cwd=within, env=whole, capture_output=True, check=False)


def report(*findings: Finding, stopped: bool = False) -> Report:
    return Report(1, 1, None, findings, (), 0.1, stopped)


@pytest.fixture
def checking(monkeypatch: pytest.MonkeyPatch) -> Callable[[Report | BaseException], None]:
    """Lets `check` come to this, whatever the folder holds."""

    def let(outcome: Report | BaseException) -> None:
        def check_guide(root: Path, *, strict: bool, track: Track) -> Report:
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(pipeline, "check_guide", check_guide)

    return let


Checking = Callable[[Report | BaseException], None]


def test_a_guide_without_faults_ends_with_0(checking: Checking) -> None:
    checking(report(WARNING))
    assert said("check").exit_code == 0


def test_an_error_among_the_findings_ends_with_1(checking: Checking) -> None:
    checking(report(WARNING, ERROR))
    assert said("check").exit_code == 1


def test_a_build_that_strict_stopped_ends_with_1(checking: Checking) -> None:
    checking(report(WARNING, stopped=True))
    assert said("check", "--strict").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("chek",),
        ("check", "--what"),
        ("build", "docx"),
        ("build", "--jobs", "-1"),
        ("add", "Alien"),
        ("add", "Alien", "--year", "soon"),
        ("import",),
        ("-C", "nowhere", "check"),
    ],
)
def test_a_command_typed_wrongly_ends_with_2(words: tuple[str, ...]) -> None:
    assert said(*words).exit_code == 2


def test_what_stops_the_command_is_said_on_standard_error_and_ends_with_3(checking: Checking) -> None:
    checking(BookError("There is no Pango.", "Install it."))
    ended = said("check")
    assert (ended.exit_code, ended.stdout) == (3, "")
    assert ended.stderr == "filmguide: There is no Pango.\n           Install it.\n"


def test_an_error_brings_its_own_exit_code(checking: Checking) -> None:
    checking(UsageError("There is no theme of that name."))
    assert said("check").exit_code == 2


def test_ctrl_c_is_a_sentence_and_ends_with_3(checking: Checking) -> None:
    checking(KeyboardInterrupt())
    ended = said("check")
    assert (ended.exit_code, ended.stderr.startswith("filmguide: Stopped, as you asked")) == (3, True)


def test_a_fault_of_ours_is_a_sentence_without_a_traceback(checking: Checking) -> None:
    fault = ZeroDivisionError("division by zero")
    fault.add_note("at work on Vertigo")
    checking(fault)
    ended = said("check")
    assert ended.exit_code == 3
    assert "fault in filmguide" in ended.stderr
    assert "(ZeroDivisionError: division by zero; at work on Vertigo)" in ended.stderr
    assert "Traceback" not in ended.output


def test_verbose_shows_the_details_of_a_fault(checking: Checking) -> None:
    checking(ZeroDivisionError())
    assert "Traceback" in said("check", "-v").stderr


def test_json_is_the_only_thing_on_standard_output_even_when_the_command_is_stopped(
    checking: Checking,
) -> None:
    checking(BookError("There is no Pango.", "Install it."))
    ended = said("check", "--json")
    assert json.loads(ended.stdout)["error"] == {"message": "There is no Pango.", "hint": "Install it."}
    assert (ended.exit_code, ended.stderr) == (3, "")


def test_build_hands_on_what_was_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    heard: list[object] = []

    def build_guide(
        root: Path,
        *,
        formats: Sequence[str],
        out: Path | None,
        theme: str,
        spoilers: str,
        editions: Sequence[str],
        strict: bool,
        verified: bool,
        jobs: int,
        scheduler: str,
        printer: str,
        imposition: Imposition | None,
        track: Track,
    ) -> Report:
        track(Step("paint", "Alien", 0, 1))
        heard.append((root, tuple(formats), out, theme, spoilers, tuple(editions), strict, verified))
        heard.append((jobs, scheduler, printer, imposition))
        return report()

    monkeypatch.setattr(pipeline, "build_guide", build_guide)
    said("-C", tmp_path, "build")
    options = ["--out", "away", "--theme", "modern", "--spoilers", "omit", "--strict", "--jobs", "3"]
    options += ["--edition", "A", "--edition", "B", "--no-verify", "--scheduler", "tcp://host:8786"]
    options += ["--printer", "lulu", "--imposition", "2-up", "--sheet", "letter"]
    ended = said("build", "epub", *options)
    assert heard == [
        (tmp_path, ("pdf", "epub"), None, "", "", (), False, True),
        (0, "", "", None),
        (Path(), ("epub",), Path("away"), "modern", "omit", ("A", "B"), True, False),
        (3, "tcp://host:8786", "lulu", Imposition("2-up", "letter")),
    ]
    assert (ended.stdout, ended.stderr) == ("1 film in 1 chapter, nothing to mend, 0.1 s\n", "paint: 1\n")


def test_a_profile_says_how_long_each_stage_took(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def build_guide(root: Path, *, track: Track, **options: object) -> Report:
        for stage in ("read", "paint", "paint", "bind"):
            track(Step(stage))
        return report()

    monkeypatch.setattr(pipeline, "build_guide", build_guide)
    told = json.loads(said("-C", tmp_path, "build", "--profile", "--json").stdout)
    assert list(told["phases"]) == ["read", "paint", "bind"]
    assert "phases" not in json.loads(said("-C", tmp_path, "build", "--json").stdout)


def test_a_watch_builds_again_for_every_change_and_goes_on_after_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tried: list[Path] = []

    def build_guide(root: Path, **options: object) -> Report:
        tried.append(root)
        if len(tried) == 2:
            raise BookError("The theme is gone.")
        return report()

    monkeypatch.setattr(pipeline, "build_guide", build_guide)
    monkeypatch.setattr(watching, "changes", lambda root: iter([frozenset([root / "guide.toml"])] * 2))
    ended = said("-C", tmp_path, "build", "--watch")
    assert (len(tried), ended.exit_code) == (3, 3)
    assert "The theme is gone." in ended.stderr


def test_new_asks_nothing_where_there_is_no_terminal_and_the_guide_has_no_faults(tmp_path: Path) -> None:
    begun = typed("new", "guide", within=tmp_path)
    assert (begun.returncode, begun.stderr) == (0, b"")
    assert (tmp_path / "guide" / "guide.toml").is_file()
    assert said("-C", tmp_path / "guide", "check", "--quiet").output == ""


@pytest.fixture
def at_a_terminal(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Types a command in a terminal and answers what it asks: its exit code, and all that was to be seen."""
    pty = pytest.importorskip("pty")

    def type_there(*words: str, answers: str = "") -> tuple[int, str]:
        ours, theirs = pty.openpty()
        os.write(ours, answers.encode())
        command = [sys.executable, "-m", "book.cli", *words]
        env = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent)}
        ended = subprocess.run(
            command,
            cwd=tmp_path,
            env=env,
            stdin=theirs,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        os.close(ours)
        os.close(theirs)
        return ended.returncode, ended.stdout + ended.stderr

    return type_there


Typed = Callable[..., tuple[int, str]]


def begun(folder: Path) -> dict[str, str]:
    """What a new guide says of itself: the answers to the five questions, in their order."""
    plan = tomllib.loads((folder / "guide.toml").read_text("utf-8"))
    return {
        "title": plan["guide"]["title"],
        "author": ", ".join(plan["guide"]["authors"]),
        "language": plan["guide"]["language"],
        "trim": plan["print"]["trim"],
        "theme": plan["print"]["theme"],
    }


USUAL = {"title": "My Film Guide", "author": "", "language": "en", "trim": "6x9in", "theme": "classic"}


def test_new_asks_in_a_terminal_and_asks_again_where_an_answer_makes_no_sense(
    at_a_terminal: Typed, tmp_path: Path
) -> None:
    code, seen = at_a_terminal(
        "new", "guide", answers="Winter Films\nAnn Author\nQuenyish\nFrench\nhuge\nA5\nclasic\nmodern\n"
    )
    assert code == 0
    assert begun(tmp_path / "guide") == {
        "title": "Winter Films", "author": "Ann Author", "language": "fr", "trim": "A5", "theme": "modern",
    }  # fmt: skip
    for sentence in ("Quenyish is no language", "huge is no size of a book", "Did you mean classic?"):
        assert sentence in " ".join(seen.split())


def test_new_takes_no_answer_for_the_usual_one(at_a_terminal: Typed, tmp_path: Path) -> None:
    assert at_a_terminal("new", "guide", answers="\n\n\n\n\n")[0] == 0
    assert begun(tmp_path / "guide") == USUAL


def test_new_asks_only_for_what_was_not_given(at_a_terminal: Typed, tmp_path: Path) -> None:
    given = ("--title", "T", "--author", "A", "--language", "de", "--trim", "A4")
    code, seen = at_a_terminal("new", "guide", *given, answers="modern\n")
    assert (code, seen.count("[")) == (0, 1)
    assert begun(tmp_path / "guide") == {
        "title": "T", "author": "A", "language": "de", "trim": "A4", "theme": "modern",
    }  # fmt: skip


@pytest.mark.parametrize("silence", ["--yes", "--no-input", "--quiet", "--json"])
def test_new_asks_nothing_where_it_shall_be_silent(
    silence: str, at_a_terminal: Typed, tmp_path: Path
) -> None:
    code, seen = at_a_terminal("new", "guide", silence)
    assert (code, "Author" in seen) == (0, False)
    assert begun(tmp_path / "guide") == USUAL


def test_new_asks_nobody_about_a_folder_that_has_a_guide(at_a_terminal: Typed, tmp_path: Path) -> None:
    said("new", tmp_path / "guide")
    code, seen = at_a_terminal("new", "guide")
    assert (code, "Title" in seen, "has a guide already" in seen) == (2, False, True)


@pytest.mark.parametrize(
    "wish", [("--language", "Quenyish"), ("--trim", "huge"), ("--theme", "clasic")], ids=lambda wish: wish[0]
)
def test_a_wish_that_cannot_be_had_is_a_wrong_usage(wish: tuple[str, str], tmp_path: Path) -> None:
    assert said("new", tmp_path / "guide", *wish).exit_code == 2
    assert not (tmp_path / "guide").exists()


def test_new_takes_the_words_that_were_typed(tmp_path: Path) -> None:
    said("-C", tmp_path, "new", "guide", "--title", "Films for Long Winters", "--author", "A. Writer")
    plan = tomllib.loads((tmp_path / "guide" / "guide.toml").read_text("utf-8"))
    assert (plan["guide"]["title"], plan["guide"]["authors"]) == ("Films for Long Winters", ["A. Writer"])


def test_a_second_guide_in_a_folder_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    said("new", tmp_path, "--title", "First")
    refused = said("new", tmp_path, "--title", "Second")
    assert refused.exit_code == 2
    assert "First" in (tmp_path / "guide.toml").read_text("utf-8")


def test_add_says_where_to_write_on(tmp_path: Path) -> None:
    said("new", tmp_path)
    added = said("-C", tmp_path, "add", "Leaving Las Vegas", "--year", "1995")
    file = tmp_path / "entries" / "leaving-las-vegas-1995.md"
    assert (added.exit_code, added.output, file.is_file()) == (0, f"Write on in {file}\n", True)


def test_add_outside_of_a_guide_is_a_wrong_usage(tmp_path: Path) -> None:
    assert said("-C", tmp_path, "add", "Vertigo", "--year", "1958").exit_code == 2


RECORD = {"title": "Vertigo", "year": 1958, "synopsis": "He follows her.", "plot": "She falls."}


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """A guide in guide/ and, beside it, a file with one film."""
    said("new", tmp_path / "guide")
    (tmp_path / "films.jsonl").write_text(json.dumps(RECORD) + "\n", "utf-8")
    return tmp_path


def test_import_brings_films_in_and_counts_them(films: Path) -> None:
    ended = said("-C", films / "guide", "import", films / "films.jsonl", "--plain")
    assert (ended.exit_code, ended.stdout) == (0, "1 film: 1 new\n")
    assert (films / "guide" / "entries" / "vertigo-1958.md").is_file()


def test_a_dry_run_writes_nothing(films: Path) -> None:
    ended = said("-C", films / "guide", "import", films / "films.jsonl", "--dry-run")
    assert ended.stdout == "1 film: 1 new\nNothing was written. Without --dry-run it will be.\n"
    assert not (films / "guide" / "entries" / "vertigo-1958.md").exists()


def test_import_leaves_a_writers_entry_alone_and_says_what_it_would_have_changed(films: Path) -> None:
    mine = films / "guide" / "entries" / "vertigo-1958.md"
    mine.write_text("---\ntitle: Vertigo\nyear: 1958\n---\nMine.\n\n# Spoilers\n\n## Plot\n\nShe falls.\n")
    before = mine.read_bytes()
    ended = said("-C", films / "guide", "import", films / "films.jsonl")
    assert ended.stdout == (
        "1 film: 1 yours and left alone\nentries/vertigo-1958.md stays as you wrote it; not taken: Synopsis\n"
    )
    assert mine.read_bytes() == before


def test_import_tells_each_films_fate_to_programs(films: Path) -> None:
    ended = said("-C", films / "guide", "import", films / "films.jsonl", "--json")
    told = json.loads(ended.stdout)
    assert told["changes"] == [
        {"fate": "new", "slug": "vertigo-1958", "title": "Vertigo", "year": 1958, "differs": []}
    ]
    assert told["files"] == [str(films / "guide" / "entries" / "vertigo-1958.md")]


def test_a_file_that_is_not_there_does_not_keep_the_others_out(films: Path) -> None:
    ended = said("-C", films / "guide", "import", films / "nowhere.jsonl", films / "films.jsonl")
    assert ended.exit_code == 1
    assert "F801" in ended.stdout
    assert (films / "guide" / "entries" / "vertigo-1958.md").is_file()


def test_help_names_every_command() -> None:
    assert {"new", "add", "import", "check", "build"} <= set(said("--help").output.split())


def test_the_version_is_told() -> None:
    assert said("--version").output == f"filmguide, version {book.__version__}\n"


def test_a_reader_that_has_seen_enough_hears_no_complaint(tmp_path: Path) -> None:
    command = (
        f'"{sys.executable}" -m book.cli --help | true; "{sys.executable}" -m book.cli check --json | true'
    )
    env = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent)}
    piped = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=env, capture_output=True, check=False)
    assert piped.stderr == b""


def test_a_terminal_that_lacks_a_script_is_no_obstacle(tmp_path: Path) -> None:
    ended = typed("-C", "Amélie 東京", "check", within=tmp_path, PYTHONIOENCODING="latin-1")
    assert ended.returncode == 2
    assert "Amélie ??".encode("latin-1") in ended.stderr


def commands() -> list[tuple[str, click.Command]]:
    return [("filmguide", cli), *((f"filmguide {name}", cli.commands[name]) for name in sorted(cli.commands))]


@pytest.mark.parametrize(("name", "command"), commands())
def test_the_documentation_says_what_help_says(name: str, command: click.Command) -> None:
    words = name.split()[1:]
    told = CliRunner().invoke(cli, [*words, "--help"], prog_name="filmguide", terminal_width=80).output
    page = (PROJECT / "docs" / "commands.md").read_text("utf-8")
    assert f"\n```text\n{told}```\n" in page, f"paste the output of {name} --help into docs/commands.md"
