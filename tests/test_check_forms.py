"""`check --format`: the same findings for people, for programs and for GitHub."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book import __version__
from book.cli import cli
from book.console_findings import document, notes, stopping_note
from book.model import ExitCode, Finding, Place, Severity

YEAR = Finding("F102", Place("entries/vertigo.md", 3), "year is soon.", "Write four digits.")
KEY = Finding("F004", Place("entries/alien-1979.md", 4), "no such key", severity=Severity.WARNING)
WHOLE = Finding("F501", Place(), "no chapter holds a film")


@pytest.fixture(autouse=True)
def outside_of_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def test_the_document_has_every_key_always() -> None:
    assert document("check", ExitCode.FINDINGS, [WHOLE, KEY]) == {
        "shape": 1,
        "filmguide": __version__,
        "command": "check",
        "exit_code": 1,
        "counts": {"errors": 1, "warnings": 1, "files": 1},
        "findings": [
            {
                "code": "F501",
                "name": "unknown key in guide.toml",
                "level": "error",
                "file": None,
                "line": None,
                "column": None,
                "message": "no chapter holds a film",
                "hint": None,
            },
            {
                "code": "F004",
                "name": "unknown key",
                "level": "warning",
                "file": "entries/alien-1979.md",
                "line": 4,
                "column": None,
                "message": "no such key",
                "hint": None,
            },
        ],
        "error": None,
    }


def test_a_note_stands_beside_its_line_with_its_hint_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert list(notes([YEAR, KEY, WHOLE], Path("guide"))) == [
        "::error file=guide/entries/vertigo.md,line=3,title=F102 unreadable year::"
        "year is soon.%0AWrite four digits.",
        "::warning file=guide/entries/alien-1979.md,line=4,title=F004 unknown key::no such key",
        "::error title=F501 unknown key in guide.toml::no chapter holds a film",
    ]


def test_files_are_named_from_where_the_repository_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    (note,) = notes([KEY], tmp_path / "books" / "noir")
    assert note.startswith("::warning file=books/noir/entries/alien-1979.md,line=4,")


def test_nothing_in_a_finding_ends_a_note_or_begins_another() -> None:
    evil = "100% of it\r\n::set-env name=PATH::/evil\x1b[2J"
    (note,) = notes([Finding("F102", Place("entries/a,b:c%.md\n::x", 1), evil, evil)], Path())
    assert note == (
        "::error file=entries/a%2Cb%3Ac%25.md %3A%3Ax,line=1,title=F102 unreadable year::"
        "100%25 of it  ::set-env name=PATH::/evil\\x1b[2J%0A100%25 of it  ::set-env name=PATH::/evil\\x1b[2J"
    )
    assert stopping_note("No guide.", "Begin one.") == "::error title=filmguide::No guide.%0ABegin one."


# ------------------------------------------------------------------------------------ the command

FAULTY = "---\ntitle: Odd\nyear: 1990\n---\nA.\n\n## Plot\n\nThe keeper did it in the end, as nobody knew.\n"


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "One"\n', "utf-8")
    (tmp_path / "entries" / "odd-1990.md").write_text(FAULTY, "utf-8")
    return tmp_path


def check(guide: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(guide), "check", *words])


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_every_form_ends_with_the_same_code(guide: Path, form: str) -> None:
    assert check(guide, "--format", form).exit_code == 1
    (guide / "entries" / "odd-1990.md").write_text(FAULTY.replace("## Plot", "# Spoilers\n\n## Plot"))
    assert check(guide, "--format", form).exit_code == 0
    (guide / "guide.toml").unlink()
    assert check(guide, "--format", form).exit_code == 2


def test_every_form_tells_the_same_findings(guide: Path) -> None:
    text, github = (check(guide, "--format", form).stdout for form in ("text", "github"))
    listed = json.loads(check(guide, "--format", "json").stdout)["findings"]
    codes = [each["code"] for each in listed]
    assert codes
    assert re.findall(r" (F\d{3}) ", text) == re.findall(r"title=(F\d{3}) ", github) == codes


def test_no_form_says_more_of_the_story_than_the_text_does(guide: Path) -> None:
    (guide / "entries" / "odd-1990.md").write_text(
        FAULTY.replace("A.\n", "The keeper did it in the end, as nobody knew.\n\n# Spoilers\n"), "utf-8"
    )
    text = " ".join(check(guide, "-v").stdout.split())
    for each in json.loads(check(guide, "--format", "json").stdout)["findings"]:
        assert " ".join(each["message"].split()) in text
    for line in check(guide, "--format", "github").stdout.splitlines():
        for sentence in line.rpartition("::")[2].split("%0A") if line.startswith("::") else ():
            assert sentence.replace("%25", "%") in text


def test_what_stops_the_command_is_in_the_document_and_in_a_note(guide: Path) -> None:
    (guide / "guide.toml").unlink()
    told = json.loads(check(guide, "--format", "json").stdout)
    assert (told["exit_code"], told["findings"], told["error"]["message"][:22]) == (
        2,
        [],
        "There is no guide.toml",
    )
    assert check(guide, "--format", "github").stdout.startswith(
        "::error title=filmguide::There is no guide.toml"
    )


def test_a_document_is_all_that_is_said(guide: Path) -> None:
    ended = check(guide, "--format", "json")
    assert ended.stderr == ""
    assert json.loads(ended.stdout)["shape"] == 1


def test_json_and_another_form_are_not_to_be_had_together(guide: Path) -> None:
    assert check(guide, "--json", "--format", "github").exit_code == 2
