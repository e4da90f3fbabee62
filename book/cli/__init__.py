"""The commands: options in, one call, the result shown. Heavy imports stand inside the commands.

Every command ends in an exit code of `book.model.ExitCode`; docs/commands.md says what each means.
"""

from __future__ import annotations

import io
import os
import sys
import warnings

import click

from book.cli import equipping, handing_on, looking, making, previewing, selling, writing  # noqa: F401  (each brings its commands to the group)
from book.cli.frame import cli
from book.model import ExitCode

__all__ = ["cli", "main"]


def main() -> None:
    """The console script."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's words to programmers mean nothing to a writer
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot write an accent shows a question mark instead of failing.
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(prog_name="filmguide", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except click.Abort:
        code = ExitCode.STOPPED
    except BrokenPipeError:
        # Python flushes once more at its end; what is left goes nowhere, and in silence.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.STOPPED
    sys.exit(code)
