"""Beginning a guide, and beginning an entry. Nothing that stands in a folder is ever overwritten."""

from __future__ import annotations

import json
from pathlib import Path

from book.model import UsageError
from book.shelf import put, put_all
from book.slugs import YEARS, slug_of

STARTER = Path(__file__).parent / "starter"
EXAMPLE = "the-lamplighters-daughter-1957"
TITLE = "My Film Guide"

_LEFT_OUT_OF_GIT = "build/*\n!build/.gitkeep\n"


def new_guide(folder: Path, *, title: str = "", author: str = "") -> tuple[Path, ...]:
    """Begin a guide: guide.toml, one entry to learn from, an empty build/. The files that were written.

    Files that are there already stay as they are. Raises UsageError where a guide stands already.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder.", "Name a folder, new or empty.")
    if (folder / "guide.toml").exists():
        raise UsageError(
            f"{folder} has a guide already.",
            "Name another folder, or add a film to this guide: filmguide add",
        )
    plan = _filled("guide.toml", title=_quoted(title or TITLE), authors=_list(author))
    wanted = {
        folder / "guide.toml": plan,
        folder / "entries" / f"{EXAMPLE}.md": _filled("example.md"),
        folder / "build" / ".gitkeep": "",
        folder / ".gitignore": _LEFT_OUT_OF_GIT,
    }
    files = {path: text.encode() for path, text in wanted.items() if not path.exists()}
    put_all(files)
    return tuple(files)


def add_entry(root: Path, title: str, year: int) -> Path:
    """Begin a film's entry with every heading of an entry, and return its file.

    Raises UsageError where there is no guide, no title, no possible year, or an entry of that name.
    """
    if not (root / "guide.toml").is_file():
        raise UsageError(
            f"There is no guide.toml in {root.resolve()}.",
            "Begin a guide with filmguide new, or name its folder with -C.",
        )
    if not _one_line(title):
        raise UsageError("A film needs a title.", "For instance: filmguide add Vertigo --year 1958")
    if year not in YEARS:
        raise UsageError(f"{year} is no year of a film.", f"Give a year from {YEARS[0]} to {YEARS[-1]}.")
    path = root / "entries" / f"{slug_of(_one_line(title), year)}.md"
    if path.exists():
        raise UsageError(
            f"{_one_line(title)} ({year}) has an entry already: entries/{path.name}",
            "For another film of that title and year, copy the file and put -2 at the end of its name.",
        )
    put(path, _filled("entry.md", title=_quoted(title), year=str(year)).encode())
    return path


def _filled(name: str, **words: str) -> str:
    text = (STARTER / name).read_text("utf-8")
    for key, value in words.items():
        text = text.replace("{{" + key + "}}", value)
    return text


def _one_line(text: str) -> str:
    """The text without line breaks, controls and other things that cannot be printed."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _quoted(text: str) -> str:
    """The text in quotation marks, as YAML and TOML both understand it."""
    return json.dumps(_one_line(text), ensure_ascii=False)


def _list(author: str) -> str:
    return f"[{_quoted(author)}]" if _one_line(author) else "[]"
