"""A change of the guide is seen, and a book that was built is none."""

import threading
import time
from pathlib import Path

import pytest

from book.watching import changes


def test_an_entry_that_was_saved_is_seen_and_what_we_wrote_ourselves_is_not(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "build").mkdir()
    entry = tmp_path / "entries" / "vertigo-1958.md"

    def write() -> None:
        time.sleep(0.5)
        (tmp_path / "build" / "guide.pdf").write_bytes(b"%PDF")
        (tmp_path / ".hidden").write_text("x")
        time.sleep(0.5)
        entry.write_text("---\ntitle: Vertigo\n---\n")

    writer = threading.Thread(target=write)
    writer.start()
    seen = next(changes(tmp_path))
    writer.join()
    assert seen == {entry.resolve()}


def test_a_guide_that_is_not_there_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(changes(tmp_path / "nowhere"))
