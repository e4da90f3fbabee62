import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from book import __version__
from book.console import Screen
from book.console_findings import counted, tame
from book.model import BookError, ExitCode, Finding, Place, Severity
from book.outcome import Report
from book.progress import Step, untold
from book.verify import Verdict

YEAR = Finding("F101", Place("entries/vertigo.md", 3), "the year is 'soon'", "write four digits")
LINK = Finding("F301", Place("entries/alien-1979.md", 12), "aliens is not in the guide")
KEY = Finding("F004", Place("entries/alien-1979.md", 4), "no such key", severity=Severity.WARNING)
EMPTY = Finding("F501", Place(), "no chapter holds a film")


def report(*findings: Finding, files: tuple[Path, ...] = (), stopped: bool = False) -> Report:
    return Report(
        films=24,
        chapters=6,
        pages=188 if files else None,
        findings=findings,
        files=files,
        seconds=1.24,
        stopped=stopped,
    )


def unreviewed(count: int) -> list[Finding]:
    return [
        Finding("F004", Place(f"entries/film-{n:04}.md", 1), "not read", severity=Severity.WARNING)
        for n in range(count)
    ]


def test_findings_stand_by_file_and_line_with_their_hints_and_a_count(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert Screen("check").close(report(YEAR, LINK, EMPTY, KEY)) is ExitCode.FINDINGS
    assert capsys.readouterr().out == (
        "the guide as a whole\n"
        "       error    F501  no chapter holds a film\n"
        "entries/alien-1979.md\n"
        "    4  warning  F004  no such key\n"
        "   12  error    F301  aliens is not in the guide\n"
        "entries/vertigo.md\n"
        "    3  error    F101  the year is 'soon'\n"
        "                      write four digits\n"
        "\n"
        "24 films in 6 chapters, 3 errors, 1 warning in 2 files, 1.2 s\n"
    )


def test_a_guide_with_nothing_to_mend_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert Screen("check").close(report()) is ExitCode.DONE
    assert capsys.readouterr().out == "24 films in 6 chapters, nothing to mend, 1.2 s\n"


def test_a_build_closes_with_its_pages_and_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = (tmp_path / "a.pdf", tmp_path / "book.epub")
    files[0].write_bytes(bytes(1_250_000))
    files[1].write_bytes(bytes(31_000))
    verdict = Verdict("a.pdf", "page", 24, 1200, 1200, ())
    Screen("build").close(replace(report(KEY, files=files), verdicts=(verdict,)))
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "24 films in 6 chapters, 188 pages, 1 warning in 1 file, 1.2 s",
        "a.pdf: 1,200 spoiler sentences of 24 films sought, all found where they belong, and nowhere else",
        "a.pdf      1.2 MB",
        "book.epub  31.0 kB",
    ]


def test_a_build_that_nobody_verified_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"pages")
    Screen("build").close(report(files=(tmp_path / "a.pdf",)))
    assert "Not verified: nobody has looked" in capsys.readouterr().out


def test_a_build_stopped_by_findings_says_that_nothing_was_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert Screen("build").close(report(YEAR, stopped=True)) is ExitCode.FINDINGS
    assert "Nothing was written" in capsys.readouterr().out


def test_ten_warnings_of_a_code_are_shown_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    Screen("check").close(report(*unreviewed(1000)))
    out = capsys.readouterr().out
    assert out.count("not read") == 10
    assert "... and 990 more like it: F004, unknown key (-v shows them all)\n" in out
    assert "1,000 warnings in 1,000 files" in out


def test_errors_are_all_shown(capsys: pytest.CaptureFixture[str]) -> None:
    Screen("check").close(report(*[YEAR] * 30))
    assert capsys.readouterr().out.count("F101") == 30


def test_verbose_shows_every_warning(capsys: pytest.CaptureFixture[str]) -> None:
    Screen("check", verbose=True).close(report(*unreviewed(30)))
    out = capsys.readouterr().out
    assert (out.count("not read"), "more like it" in out) == (30, False)


def test_quiet_is_silent_when_all_went_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert Screen("build", quiet=True).close(report(KEY)) is ExitCode.DONE
    assert capsys.readouterr() == ("", "")


def test_quiet_says_what_made_the_command_fail(capsys: pytest.CaptureFixture[str]) -> None:
    Screen("build", quiet=True).close(report(KEY, LINK, stopped=True))
    out = capsys.readouterr().out
    assert ("F301" in out, "F004" in out) == (True, False)


def test_quiet_shows_warnings_where_strict_made_them_fatal(capsys: pytest.CaptureFixture[str]) -> None:
    assert Screen("build", quiet=True).close(report(KEY, stopped=True)) is ExitCode.FINDINGS
    assert "F004" in capsys.readouterr().out


def test_json_is_one_object_with_everything(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    finished = tmp_path / "guide.pdf"
    finished.write_bytes(b"pages")
    assert Screen("build", as_json=True).close(report(YEAR, KEY, files=(finished,))) is ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert (json.loads(out), err) == (
        {
            "filmguide": __version__,
            "command": "build",
            "exit_code": 1,
            "films": 24,
            "chapters": 6,
            "pages": 188,
            "seconds": 1.24,
            "unchanged": False,
            "verdicts": [],
            "told": [],
            "errors": 1,
            "warnings": 1,
            "findings": [
                {
                    "code": "F004",
                    "severity": "warning",
                    "file": "entries/alien-1979.md",
                    "line": 4,
                    "message": "no such key",
                    "hint": "",
                },
                {
                    "code": "F101",
                    "severity": "error",
                    "file": "entries/vertigo.md",
                    "line": 3,
                    "message": "the year is 'soon'",
                    "hint": "write four digits",
                },
            ],
            "files": [str(finished)],
            "error": None,
        },
        "",
    )


def test_what_stopped_the_command_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    error = BookError("There is no Pango.", "Install it.")
    error.add_note("at work on Vertigo")
    assert Screen("build").stop(error) is ExitCode.STOPPED
    assert capsys.readouterr() == (
        "",
        "filmguide: There is no Pango. (at work on Vertigo)\n           Install it.\n",
    )


def test_what_stopped_the_command_is_in_the_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    Screen("build", as_json=True).stop(BookError("There is no Pango.", "Install it."))
    out, err = capsys.readouterr()
    whole = json.loads(out)
    assert (whole["exit_code"], whole["error"], err) == (
        3,
        {"message": "There is no Pango.", "hint": "Install it."},
        "",
    )


def test_nothing_in_a_message_can_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    title = "\x1b]0;owned\x07\x1b[2J [bold]Vertigo[/bold] :smile:\r\n\u202e\x9b31m"
    Screen("check").close(report(Finding("F101", Place("entries/\x1b[31m.md", 1), title)))
    out = capsys.readouterr().out
    assert not set(out) & set("\x1b\x07\r\u202e\x9b")
    assert "\\x1b]0;owned\\x07\\x1b[2J [bold]Vertigo[/bold] :smile:  \\u202e\\x9b31m" in out


def test_letters_of_every_script_are_left_as_they_are() -> None:
    assert (
        tame("Amélie, Восхождение, 東京物語, जलसाघर, קדוש") == "Amélie, Восхождение, 東京物語, जलसाघर, קדוש"
    )


def test_plain_has_our_signs_in_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    Screen("check", plain=True).close(report(Finding("F101", Place("a.md"), "“soon” – that’s no year…")))
    assert '"soon" - that\'s no year...' in capsys.readouterr().out


def test_a_terminal_that_cannot_write_a_letter_shows_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii", errors="replace"))
    Screen("check").close(report(Finding("F101", Place("a.md", 1), "Amélie")))
    sys.stdout.flush()
    assert b"Am?lie" in written.getvalue()


@pytest.mark.parametrize(
    ("findings", "count"),
    [
        ((), "nothing to mend"),
        ((YEAR,), "1 error in 1 file"),
        ((EMPTY,), "1 error"),
        ((KEY, LINK), "1 error, 1 warning in 1 file"),
        ((YEAR, LINK, KEY, EMPTY), "3 errors, 1 warning in 2 files"),
    ],
)
def test_findings_are_counted(findings: tuple[Finding, ...], count: str) -> None:
    assert counted(findings) == count


def test_progress_that_may_not_move_is_a_line_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with Screen("build", plain=True).watching() as track:
        for step in (Step("read"), Step("paint", "Vertigo", 0, 2), Step("paint", "Alien", 1, 2)):
            track(step)
    assert capsys.readouterr() == ("", "read\npaint: 2\n")


def test_verbose_progress_names_each_film(capsys: pytest.CaptureFixture[str]) -> None:
    with Screen("build", verbose=True).watching() as track:
        track(Step("paint", "Vertigo", 0, 2))
        track(Step("paint", "Alien", 1, 2))
    assert capsys.readouterr().err == "paint: 2\n  Vertigo\n  Alien\n"


def test_progress_in_a_terminal_names_the_film_at_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with Screen("build").watching() as track:
        track(Step("paint", "Vertigo \x1b[2J", 3, 24))
    out, err = capsys.readouterr()
    assert out == ""
    assert "paint" in err
    assert "3/24 Vertigo \\x1b[2J" in err


@pytest.mark.parametrize("screen", [Screen("build", quiet=True), Screen("build", as_json=True)])
def test_quiet_and_json_show_no_progress(screen: Screen) -> None:
    with screen.watching() as track:
        assert track is untold
