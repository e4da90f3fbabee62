"""The e-book for Kindle (AZW3), made of the finished EPUB by calibre's ebook-convert, a program of its own.

Kindle's shop takes the EPUB as it is; an AZW3 is for those who carry a book to their own device.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from book.findings import finding
from book.model import BookError, Finding, Place

CONVERTER = "ebook-convert"
LONGEST_S = 3600
"""Seconds, after which calibre is taken to have lost its way."""

_OPTIONS = (
    # The book has a page of contents, chapters and page breaks of its own; calibre would add others.
    "--no-inline-toc",
    *("--chapter", "/"),
    *("--chapter-mark", "none"),
    *("--page-breaks-before", "/"),
    # Type grows with the reader's own size, in the proportions of the style sheet.
    "--disable-font-rescaling",
)


def converter_missing() -> tuple[Finding, ...]:
    """What to mend where calibre is not installed; empty where it is."""
    if shutil.which(CONVERTER):
        return ()
    message = f"An AZW3 is made by calibre, and its {CONVERTER} is not to be found."
    hint = "Install calibre, and see that its commands are on the PATH; or build the EPUB alone."
    return (finding("F787", Place("guide.toml"), message, hint),)


def convert(epub: bytes) -> bytes:
    """An EPUB as AZW3. BookError where calibre fails.

    No two conversions are alike to the byte: calibre puts its clock and random names into the file.
    """
    with TemporaryDirectory(prefix="filmguide-") as folder:
        source, target = Path(folder, "book.epub"), Path(folder, "book.azw3")
        source.write_bytes(epub)
        # calibre's own Python must not be lent our libraries, which it was not built with, nor the setting
        # that hides the machine's fonts from a book.
        ours = ("PYTHON", "FONTCONFIG_")
        around = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        settings = {
            # Away from what the writer has set up in calibre for other books.
            "CALIBRE_CONFIG_DIRECTORY": str(Path(folder, "settings")),
            "CALIBRE_TEMP_DIR": folder,
            "QT_QPA_PLATFORM": "offscreen",
        }
        try:
            ended = subprocess.run(
                [CONVERTER, str(source), str(target), *_OPTIONS],
                env=around | settings,
                capture_output=True,
                text=True,
                check=False,
                timeout=LONGEST_S,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failure(str(error)) from error
        if ended.returncode or not target.exists():
            lines = (ended.stderr or ended.stdout).strip().splitlines()
            raise _failure(lines[-1] if lines else f"it ended with {ended.returncode}")
        return target.read_bytes()


def _failure(words: str) -> BookError:
    return BookError(
        f"calibre could not make an AZW3 of the e-book: {words}",
        "Try a newer calibre; the EPUB can be built without it.",
    )
