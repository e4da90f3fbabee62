"""Rules about themes: those that guide.toml names are there, can set a book, and keep to the guide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from book.desk import brief
from book.drawings import comes_along, reaches_by_line
from book.findings import finding
from book.model import BookError, Finding, Place
from book.proofs import Proofs
from book.reach import LARGEST_TEXT, leads_out, whole_file
from book.themes import Theme, find_theme

_MARKUP = re.compile(
    r"""<\s*(?P<script>script|iframe|object|embed|base|link)\b|\s(?P<event>on[a-z]+)\s*=\s*["']"""
    r"""|\b(?:src|href|poster|srcset|data)\s*=\s*["']?\s*(?P<address>(?:[a-z][a-z0-9+.-]*:)?//[^"'\s>]*"""
    r"""|(?:file|javascript|ftp):[^"'\s>]*)""",
    re.IGNORECASE,
)


def themes_can_be_used(proofs: Proofs) -> Iterator[Finding]:
    """The theme of each format, said before hours are spent on a book that it cannot set."""
    project = proofs.project
    named = {project.ebook.theme: "ebook.theme", project.print.theme: "print.theme"}
    for name, key in named.items():
        try:
            theme = find_theme(name, project.root)
            yield from _reaching(theme, project.root)
        except BookError as error:
            yield finding("F508", project.source.at(key), error.message, error.hint)


def _reaching(theme: Theme, root: Path) -> Iterator[Finding]:
    """What a stranger's style sheets and templates ask for beyond the guide. Raises BookError."""
    for layer in theme.strange:
        for file in sorted(layer.rglob("*")):
            suffix = file.suffix.casefold()
            if suffix not in {".css", ".html", ".xhtml", ".svg"} or not file.is_file():
                continue
            shown = file.relative_to(layer.parent).as_posix()
            where = f"styles/{shown}" if not leads_out(file, root) else shown
            try:
                text = whole_file(file, LARGEST_TEXT).decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise BookError(
                    f"{shown} cannot be read as a text in UTF-8.", "Save it as plain text."
                ) from error
            if suffix == ".css":
                # What an e-book's style sheet names, or a site's, would have to lie within it.
                within = file.name.startswith(("ebook", "web"))
                yield from _in_style(text, where, None if within else root)
            else:
                yield from _in_template(text, where)


def _in_style(css: str, file: str, beside: Path | None) -> Iterator[Finding]:
    """Addresses beyond the sheet; files of the guide at `beside` may be named, none where that is None."""
    try:
        asked = [(address, line) for address, line in reaches_by_line(css) if not comes_along(address)]
    except RecursionError:
        message = f"{file} is nested too deeply to be read."
        yield finding("F509", Place(file), message, "Take the brackets within brackets out of it.")
        return
    for address, line in asked:
        if not (beside and _is_beside(address, beside)):
            yield _found(file, line, address)


def _is_beside(address: str, root: Path) -> bool:
    plain = not re.match(r"[a-z][a-z0-9+.-]*:|//|/", address.strip(), re.IGNORECASE)
    return plain and not leads_out(root / address.strip(), root)


def _in_template(text: str, file: str) -> Iterator[Finding]:
    for match in _MARKUP.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        kind = (match["script"] or match["event"] or "").casefold()
        if kind == "link" or not kind:
            link = match["address"] or ""
            if link and _leads_a_reader(text, match):
                continue
            if link:
                yield _found(file, line, link)
            continue
        message = (
            f"{file} puts {'a script' if kind == 'script' or match['event'] else f'an {kind}'} into pages."
        )
        yield finding("F509", Place(file, line), message, "Take it out; a book is read, not run.")


def _leads_a_reader(text: str, match: re.Match[str]) -> bool:
    """Whether an address is that of a link, which leads out of a book when somebody follows it."""
    tag = text.rfind("<", 0, match.start())
    opened = re.match(r"<a\b", text[tag : tag + 3]) if tag >= 0 else None
    return opened is not None and match["address"].casefold().startswith(("http:", "https:"))


def _found(file: str, line: int, address: str) -> Finding:
    return finding(
        "F509",
        Place(file, line),
        f"{file} asks for {brief(address)}, which lies outside of the guide.",
        "Copy it into the guide, and name that copy; or take the line out.",
    )
