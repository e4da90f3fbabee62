"""Renaming a film: every link follows, or nothing moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.model import BookError, UsageError
from book.renaming import rename_film

FERRY = "---\ntitle: Ferry\nyear: 1961\n---\nAll aboard, as in [[ferry-1960]].\n"
BRIDGE = (
    "---\r\ntitle: Bridge\r\nyear: 1962\r\nsimilar:\r\n"
    "  - 'ferry-1960'   # ferry-1960 first\r\n  - {to: ferry-1960, why: As in ferry-1960}\r\n"
    "  - ferry-1960: again\r\n  - ferry-1960-2\r\n---\r\n"
    "See [[Ferry-1960|the ferry]] and `[[ferry-1960]]`.\r\n\r\n# Spoilers\r\n\r\nAs in [[ferry-1960]].\r\n"
)
PLAN = (
    '[guide]\ntitle = "Boats"\n\n[[chapter]]\ntitle = "All"\nintro = "texts/all.md"\n'
    'films = ["ferry-1960", "ferry-1960*"]  # ferry-1960\n\n'
    "[[track]]\ntitle = 'T'\nfilms = [{film = 'ferry-1960', why = \"x\"}, \"bridge-1962\"]\n"
)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    for name, text in {
        "guide.toml": PLAN,
        "texts/all.md": "Begin with [[ferry-1960]].\n",
        "entries/ferry-1960.md": FERRY,
        "entries/bridge-1962.md": BRIDGE,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_every_link_follows_and_all_else_keeps_its_bytes(guide: Path) -> None:
    renaming = rename_film(guide, "ferry-1960", "ferry-1961")
    assert files(guide) == {
        "entries/ferry-1961.md": FERRY.replace("ferry-1960", "ferry-1961").encode(),
        "entries/bridge-1962.md": BRIDGE.replace("'ferry-1960'", "'ferry-1961'")
        .replace("to: ferry-1960", "to: ferry-1961")
        .replace("ferry-1960: again", "ferry-1961: again")
        .replace("[[Ferry-1960|", "[[ferry-1961|")
        .replace("As in [[ferry-1960", "As in [[ferry-1961")
        .encode(),
        "texts/all.md": b"Begin with [[ferry-1961]].\n",
        "guide.toml": PLAN.replace('"ferry-1960",', '"ferry-1961",')
        .replace("'ferry-1960'", "'ferry-1961'")
        .encode(),
    }
    assert renaming.told == (
        "guide.toml has ferry-1960*, which takes ferry-1960 and does not take ferry-1961.",
    )


def test_a_dry_run_names_the_files_and_leaves_them(guide: Path) -> None:
    before = files(guide)
    renaming = rename_film(guide, "ferry-1960", "ferry-1961", dry=True)
    assert files(guide) == before
    assert {path.name for path in renaming.files} == {"bridge-1962.md", "all.md", "guide.toml"}


def test_nothing_moves_where_one_file_cannot_be_changed(guide: Path) -> None:
    (guide / "entries" / "bad-1960.md").write_text("---\ntitle: [\n---\n[[ferry-1960]]\n", "utf-8")
    before = files(guide)
    with pytest.raises(BookError, match="bad-1960"):
        rename_film(guide, "ferry-1960", "ferry-1961")
    assert files(guide) == before


def test_nothing_moves_where_a_file_cannot_be_written(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(guide)

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr("book.renaming.Path.unlink", refuse)
    with pytest.raises(BookError, match="could not be renamed"):
        rename_film(guide, "ferry-1960", "ferry-1961")
    monkeypatch.undo()
    (guide / "entries" / "ferry-1961.md").unlink()  # it could not be taken away either
    assert files(guide) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nothing-1960", "x-1960", "No entry is called nothing-1960"),
        ("ferry-1960", "../x", "is not a name for an entry"),
        ("ferry-1960", "bridge-1962", "There is an entry of that name"),
    ],
)
def test_a_film_wants_a_slug_of_its_own(guide: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        rename_film(guide, old, new)
