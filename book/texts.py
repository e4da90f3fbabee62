"""Reading the texts beside the films: chapter introductions, forewords, the page on how to use the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from book import prose
from book.config import Project
from book.desk import brief
from book.findings import finding
from book.matter import HOW_TO_USE, is_text
from book.model import Finding, Place

LARGEST_BYTES = 1_000_000


def read_texts(project: Project) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Every Markdown text that guide.toml names, by its path as written there; faults are findings.

    Line ends become newlines. A text with a fault is left out.
    """
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for file, where in dict(reversed([*_named(project)])).items():
        read = _read(file, where, project.root)
        if isinstance(read, str):
            texts[file] = read
            findings += prose.check_text(read, file=file)
        else:
            findings.append(read)
    return texts, tuple(sorted(findings, key=lambda found: found.order))


def _named(project: Project) -> Iterator[tuple[str, Place]]:
    """Every text that is wanted, with the place that names it."""
    for plan in project.chapters:
        if plan.intro:
            yield plan.intro, Place(project.source.file, plan.line)
    for key, words in (("matter.front", project.matter.front), ("matter.back", project.matter.back)):
        for word in filter(is_text, words):
            yield word, project.source.at(key)
    if (project.root / HOW_TO_USE).exists():
        yield HOW_TO_USE, Place(HOW_TO_USE)


def _read(file: str, where: Place, root: Path) -> str | Finding:
    try:
        path = (root / file).resolve()
        size = path.stat().st_size if path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # no name for a file; links that go round in a circle
        return finding("F514", where, f"{brief(file)} is not there.", "Write the text, or mend the path.")
    if not path.is_relative_to(root.resolve()):
        return finding(
            "F515",
            where,
            f"{file} lies outside the guide's folder.",
            "Copy the text into the guide, e.g. into texts/, and name that copy.",
        )
    if size is None:
        return finding("F514", where, f"{file} is not there.", "Write the text, or mend the path.")
    if size > LARGEST_BYTES:
        return finding("F516", where, f"{file} is larger than a megabyte.", "Cut it to what a reader reads.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return finding(
            "F516",
            where,
            f"{file} is not UTF-8 text: byte {error.start + 1} cannot be read.",
            "Save it as plain text in UTF-8.",
        )
    except OSError as error:
        return finding(
            "F516", where, f"{file} cannot be opened: {error.strerror}.", "May you read the file at all?"
        )
