import os
from pathlib import Path

import pytest

from book.model import BookError
from book.shelf import put, put_all


def test_a_file_is_put_in_its_place_and_its_folder_made(tmp_path: Path) -> None:
    put(tmp_path / "build" / "guide.pdf", b"pages")
    assert names(tmp_path) == {"build/guide.pdf": b"pages"}


def test_a_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(b"the old pages, which were many")
    put(tmp_path / "guide.pdf", b"pages", lasting=False)
    assert names(tmp_path) == {"guide.pdf": b"pages"}


def test_files_that_belong_together_all_stay_old_when_one_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(b"old")
    (tmp_path / "guide.epub").mkdir()
    with pytest.raises(
        BookError, match=r"guide\.epub could not be written: there is a folder of that name\."
    ):
        put_all({tmp_path / "guide.pdf": b"new", tmp_path / "guide.epub": b"new"})
    assert names(tmp_path) == {"guide.pdf": b"old"}


def test_a_folder_that_is_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"")
    with pytest.raises(BookError, match="could not be written"):
        put(tmp_path / "build" / "guide.pdf", b"pages")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_finished_file_may_be_read_by_whoever_may_read_other_new_files(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    put(tmp_path / "guide.pdf", b"pages")
    assert (tmp_path / "guide.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


def names(folder: Path) -> dict[str, bytes]:
    """Every file in the folder by its path, with what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
