import ctypes.util
from collections.abc import Callable

import pytest

from book.model import BookError, ExitCode
from book.pango import with_pango


def missing(told: str = "", said: str = "") -> Callable[[], None]:
    """A library that is not there."""

    def load() -> None:
        if said:
            print(said)
        raise OSError(told)

    return load


def test_a_missing_pango_is_a_sentence_that_says_how_to_install_it() -> None:
    with pytest.raises(BookError) as stopped:
        with_pango(missing("cannot load library 'libpango-1.0-0':\n  no such file"))
    assert stopped.value.message == (
        "filmguide needs the Pango library to set pages, and this machine has none "
        "(cannot load library 'libpango-1.0-0': no such file)."
    )
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0" in stopped.value.hint
    assert "brew install pango" in stopped.value.hint
    assert stopped.value.exit_code is ExitCode.STOPPED


def test_advice_that_others_print_does_not_reach_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BookError):
        with_pango(missing(said="Please carefully follow the installation steps"))
    assert capsys.readouterr() == ("", "")


def test_a_library_that_has_no_usual_file_name_is_looked_for_by_its_name() -> None:
    its, asked = ctypes.util.find_library, []

    def load() -> None:
        asked.append(ctypes.util.find_library is its)
        if not asked[-1]:
            raise OSError("no such file")

    with_pango(load)
    assert asked[-1]
    assert ctypes.util.find_library is its
