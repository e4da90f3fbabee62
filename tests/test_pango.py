import pytest

from book.model import BookError, ExitCode
from book.pango import pango_needed


def test_a_missing_pango_is_a_sentence_that_says_how_to_install_it() -> None:
    with pytest.raises(BookError) as stopped, pango_needed():
        raise OSError("cannot load library 'libpango-1.0-0':\n  no such file")
    assert stopped.value.message == (
        "filmguide needs the Pango library to set pages, and this machine has none "
        "(cannot load library 'libpango-1.0-0': no such file)."
    )
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0" in stopped.value.hint
    assert "brew install pango" in stopped.value.hint
    assert stopped.value.exit_code is ExitCode.STOPPED


def test_advice_that_others_print_does_not_reach_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BookError), pango_needed():
        print("Please carefully follow the installation steps")
        raise OSError
    assert capsys.readouterr() == ("", "")
