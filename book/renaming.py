"""Renaming a film: its file, and every link to it in entries, texts and guide.toml, or nothing at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from book.config import load_project
from book.entries import LARGEST, is_entry
from book.entry import BYTE_ORDER_MARK, raw_lines
from book.film_links import with_slug
from book.frontmatter import Items, Node, Pairs, Scalar, Trouble, parse, split
from book.model import BookError, UsageError
from book.reach import LARGEST_TEXT, leads_out, whole_file
from book.sections import read_body
from book.shelf import put_all
from book.slugs import ascii_words
from book.texts import read_texts

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TABLES = ("chapter", "edition", "track")


@dataclass(frozen=True, slots=True)
class Renaming:
    """What renaming a film changes: its new file, the files with links to it, and what wants a look."""

    entry: Path
    files: tuple[Path, ...]
    told: tuple[str, ...]


def rename_film(root: Path, old: str, new: str, *, dry: bool = False) -> Renaming:
    """Give a film another slug, and change every link to it. Nothing is written with `dry`.

    Raises UsageError where there is no such film, or the new slug is none or taken; BookError where a
    file that must change cannot be read or written, or not without a doubt. Then all stays as it was.
    """
    project, _ = load_project(root)
    source, target = _places(root, old, new)
    before: dict[Path, bytes] = {}
    after: dict[Path, bytes] = {}
    entries = sorted(filter(is_entry, project.entries_dir.iterdir()))
    texts, _ = read_texts(project)
    for path in [*entries, *(root / file for file in texts), root / "guide.toml"]:
        if leads_out(path, root):
            continue  # it is not ours to write to, and check says so
        content = _content(path)
        text = _text(content, path, old)
        if path.name == "guide.toml" and path.parent == root:
            changed = _plan(text, old, new)
        elif path in entries:
            changed = _entry(text, path, old, new)
        else:
            changed = with_slug(text, old, new)
        if changed != text or path == source:
            before[path] = content
            after[target if path == source else path] = changed.encode()
    if not dry:
        _put(before, after, source, target)
    linked = tuple(path for path in after if path != target)
    return Renaming(target, linked, tuple(_left_behind(root, old, new)))


def _places(root: Path, old: str, new: str) -> tuple[Path, Path]:
    source, target = root / "entries" / f"{old}.md", root / "entries" / f"{new}.md"
    if not _SLUG.fullmatch(old) or not source.is_file():
        raise UsageError(
            f"No entry is called {old}.", "A slug is the name of a file in entries/, without .md."
        )
    if not _SLUG.fullmatch(new):
        raise UsageError(f"{new} is not a name for an entry.", f"Call it {ascii_words(new) or 'title-1995'}.")
    if new == old or target.exists():
        raise UsageError(f"There is an entry of that name: entries/{new}.md", "Choose another slug.")
    return source, target


def _content(path: Path) -> bytes:
    try:
        return whole_file(path, max(LARGEST, LARGEST_TEXT))
    except OSError as error:
        raise BookError(
            f"{path} cannot be opened: {error.strerror or error}.", "Nothing was renamed."
        ) from error


def _text(content: bytes, path: Path, old: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if old.encode() not in content:
            return content.decode("utf-8", "replace")
        raise BookError(
            f"{path} is no text in UTF-8.", "Save it as plain text; nothing was renamed."
        ) from error


def _put(before: dict[Path, bytes], after: dict[Path, bytes], source: Path, target: Path) -> None:
    """Write all of it, or bring back what was there."""
    try:
        put_all(after)
        try:
            source.unlink()
        except OSError as error:
            raise BookError(
                f"{source} could not be renamed: {error.strerror}.", "Look at its folder."
            ) from error
    except BookError:
        with suppress(BookError):
            put_all(before)
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


# -------------------------------------------------------------------------------------- entries


def _entry(text: str, path: Path, old: str, new: str) -> str:
    """The entry with its links to the film changed; every other sign stays."""
    if old not in text.casefold():
        return text
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    raw = raw_lines(text.removeprefix(mark))
    lines = [line.rstrip("\r\n") for line in raw]
    ends = [line[len(bare) :] for line, bare in zip(raw, lines, strict=True)]
    place = split(lines)
    if isinstance(place, Trouble):
        raise BookError(f"{path}: {place.message}", "Mend it first; nothing was renamed.")
    closing, start = place
    lines[1:closing] = _similar(lines[1:closing], path, old, new)
    for piece in read_body(lines, start, "").pieces:
        if piece.section and piece.section.body:
            first = piece.section.body_line - 1
            body = with_slug(piece.section.body, old, new).split("\n")
            lines[first : first + len(body)] = body
    return mark + "".join(line + end for line, end in zip(lines, ends, strict=True))


def _similar(lines: Sequence[str], path: Path, old: str, new: str) -> list[str]:
    """The lines between the marks, with the film's slug changed wherever similar names it."""
    front = parse(lines)
    if any(trouble.fatal for trouble in front.troubles):
        raise BookError(f"{path}: {front.troubles[0].message}", "Mend it first; nothing was renamed.")
    text = "\n".join(lines)
    named = [slug for key, value in front.root.pairs if key.text == "similar" for slug in _slugs(value)]
    for slug in sorted(named, key=lambda each: each.stop, reverse=True):
        if slug.text.strip().casefold() != old:
            continue
        found = list(re.finditer(re.escape(old), text[: slug.stop], re.IGNORECASE | re.ASCII))
        at = found[-1].start() if found else -1
        if at < 0 or text[at + len(old) : slug.stop].strip(" '\""):
            raise BookError(
                f"{path}:{slug.line}: {old} is written in a way that cannot be changed with certainty.",
                "Write it plainly; nothing was renamed.",
            )
        text = text[:at] + new + text[at + len(old) :]
    return text.split("\n")


def _slugs(node: Node) -> Iterator[Scalar]:
    """Where a value of similar names films: texts, `to`, and slugs that stand before a reason."""
    match node:
        case Scalar():
            yield node
        case Items(items=items):
            for item in items:
                yield from _slugs(item)
        case Pairs(pairs=pairs):
            named = [value for key, value in pairs if key.text == "to"]
            yield from (value for value in named if isinstance(value, Scalar))
            if len(pairs) == 1 and not named:
                yield pairs[0][0]


# ----------------------------------------------------------------------------------- guide.toml


def _plan(text: str, old: str, new: str) -> str:
    """guide.toml with the slug changed where a chapter, an edition or a track lists films."""
    try:
        values = tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except tomllib.TOMLDecodeError as error:
        raise BookError("guide.toml cannot be read.", "Mend it first; nothing was renamed.") from error
    wanted = {key: _listed(value, old, new, "") if key in _TABLES else value for key, value in values.items()}
    if wanted == values:
        return text
    changed = re.sub(rf"([\"']){re.escape(old)}\1", lambda found: f"{found[1]}{new}{found[1]}", text)
    if tomllib.loads(changed.removeprefix(BYTE_ORDER_MARK)) != wanted:
        raise BookError(
            f"guide.toml has {old} in a place that names no film as well.",
            "Change it there by hand; nothing was renamed.",
        )
    return changed


def _listed(value: object, old: str, new: str, key: str) -> object:
    match value:
        case dict():
            return {name: _listed(each, old, new, name) for name, each in value.items()}
        case list():
            return [_listed(each, old, new, key) for each in value]
    return new if value == old and key in {"films", "film"} else value


def _left_behind(root: Path, old: str, new: str) -> Iterator[str]:
    """Patterns of guide.toml that took the film under its old slug, and do not under the new one."""
    project, _ = load_project(root)
    listed = [plan.films for plan in project.chapters] + [plan.films for plan in project.editions]
    for pattern in dict.fromkeys(pattern for films in listed for pattern in films):
        if pattern not in {old, new} and fnmatchcase(old, pattern) and not fnmatchcase(new, pattern):
            yield f"guide.toml has {pattern}, which takes {old} and does not take {new}."
