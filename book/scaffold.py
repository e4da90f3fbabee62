"""Beginning a guide, and beginning an entry. Nothing that stands in a folder is ever overwritten."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from book.canon import canonical
from book.config import PrintPlan
from book.desk import brief
from book.languages import language_tag
from book.model import GuideInfo, UsageError
from book.schema import schema_files
from book.shelf import put_all
from book.slugs import YEARS, slug_of
from book.themes import find_theme
from book.trims import TRIMS, book_trim

STARTER = Path(__file__).parent / "starter"
EXAMPLE = "the-lamplighters-daughter-1957"
TITLE = "My Film Guide"

_LEFT_OUT_OF_GIT = "build/*\n!build/.gitkeep\n"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new guide is like unless its writer says otherwise. `trim` is as guide.toml has it."""

    title: str = TITLE
    author: str = ""
    language: str = GuideInfo("").language
    trim: str = "6x9in"
    theme: str = PrintPlan().theme


def sound_language(typed: str) -> str:
    """The tag of a language by tag or English name. Raises UsageError."""
    tag = language_tag(typed)
    if tag is None:
        raise UsageError(
            f"{brief(typed)} is no language that filmguide knows.", "Write its tag, e.g. en or pt-BR."
        )
    return tag


def sound_trim(typed: str) -> str:
    """A size of page as it was typed. Raises UsageError where no press makes a book of it."""
    if book_trim(typed) is None:
        names = ", ".join(TRIMS)
        hint = f"Write width and height, e.g. 6x9in or 152x229mm, or {names}."
        raise UsageError(f"{brief(typed)} is no size of a book.", hint)
    return typed.strip()


def sound_theme(typed: str, folder: Path) -> str:
    """The name of a theme that a guide in the folder can have. UsageError where there is none."""
    return find_theme(typed, folder).name


def new_guide(
    folder: Path,
    *,
    title: str = "",
    author: str = "",
    language: str = "",
    trim: str = "",
    theme: str = "",
) -> tuple[Path, ...]:
    """Begin a guide: guide.toml, one entry to learn from, an empty build/. The files that were written.

    What is empty is as in Beginning. Files that are there already stay as they are. Raises UsageError where a
    guide stands already, and for a language, a trim or a theme that is none.
    """
    stands_free(folder)
    plan = _filled(
        "guide.toml",
        title=_quoted(title or Beginning().title),
        authors=_list(author),
        language=_quoted(sound_language(language or Beginning().language)),
        trim=_quoted(sound_trim(trim or Beginning().trim)),
        theme=_quoted(sound_theme(theme or Beginning().theme, folder)),
    )
    wanted = {
        folder / "guide.toml": plan,
        folder / "entries" / f"{EXAMPLE}.md": _filled("example.md"),
        folder / "build" / ".gitkeep": "",
        folder / ".gitignore": _LEFT_OUT_OF_GIT,
        **_schemas(folder),
    }
    files = {path: text.encode() for path, text in wanted.items() if not path.exists()}
    put_all(files)
    return tuple(files)


def stands_free(folder: Path) -> None:
    """Raises UsageError where no guide can begin in the folder."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder.", "Name a folder, new or empty.")
    if (folder / "guide.toml").exists():
        raise UsageError(
            f"{folder} has a guide already.",
            "Name another folder, or add a film to this guide: filmguide add",
        )


def renew_schemas(root: Path) -> tuple[Path, ...]:
    """Put the schemas of this release where the guide's editors look for them, and return their files.

    Raises UsageError where there is no guide.
    """
    _must_be_a_guide(root)
    files = {path: text.encode() for path, text in _schemas(root).items()}
    put_all(files)
    return tuple(files)


def _schemas(root: Path) -> dict[Path, str]:
    return {root / place: text for place, text in schema_files().items()}


def add_entry(root: Path, title: str, year: int) -> Path:
    """Begin a film's entry with every heading of an entry, and return its file.

    Raises UsageError where there is no guide, no title, no possible year, or an entry of that name.
    """
    _must_be_a_guide(root)
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
    entry = _filled("entry.md", title=_quoted(title), year=str(year))
    written = {path: canonical(entry, file=f"entries/{path.name}").text}
    # A guide from before there were schemas gets them with its next film.
    written |= {place: text for place, text in _schemas(root).items() if not place.exists()}
    put_all({place: text.encode() for place, text in written.items()})
    return path


def _must_be_a_guide(root: Path) -> None:
    if not (root / "guide.toml").is_file():
        raise UsageError(
            f"There is no guide.toml in {root.resolve()}.",
            "Begin a guide with filmguide new, or name its folder with -C.",
        )


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
