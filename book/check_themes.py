"""The rule about themes: those that guide.toml names are there, and a book can be set in them."""

from __future__ import annotations

from collections.abc import Iterator

from book.findings import finding
from book.model import BookError, Finding
from book.proofs import Proofs
from book.themes import find_theme


def themes_can_be_used(proofs: Proofs) -> Iterator[Finding]:
    """The theme of each format, said before hours are spent on a book that it cannot set."""
    project = proofs.project
    named = {project.ebook.theme: "ebook.theme", project.print.theme: "print.theme"}
    for name, key in named.items():
        try:
            find_theme(name, project.root)
        except BookError as error:
            yield finding("F508", project.source.at(key), error.message, error.hint)
