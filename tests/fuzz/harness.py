"""Coverage-guided fuzzing with Atheris: entries, guide.toml, drawings and every importer.

    python tests/fuzz/harness.py entry|guide|drawing|IMPORTER [FOLDER OF SEEDS] [options of libFuzzer]

What is found is written beside as crash-…; a small piece of it belongs into tests/corpus with the mending.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["book"]):
    from lxml import etree

    from book.config import read_project
    from book.drawings import drawing_fault, reaches
    from book.entry import read_entry, write_entry
    from book.importers import importers
    from book.model import Film, Finding
    from book.prose import to_html


def entry(content: bytes) -> None:
    """An entry is a film or has findings; a film is written as an entry that is read again."""
    film, found = read_entry(content.decode("utf-8", "replace"), file="entries/one-1991.md")
    assert film is not None or found
    if film is not None:
        for section in (film.synopsis, *film.safe, *film.spoilers):
            to_html(section.body)
        assert read_entry(write_entry(film), file="entries/one-1991.md")[0] is not None


def guide(content: bytes) -> None:
    """A guide.toml is a project, with findings where it is none."""
    project, found = read_project(content.decode("utf-8", "replace"), Path("nowhere"))
    assert project.info.title or found


def drawing(content: bytes) -> None:
    """A drawing has a fault or has none."""
    with suppress(etree.XMLSyntaxError):
        drawing_fault(content)
    with suppress(RecursionError):
        reaches(content.decode("utf-8", "replace"))


def importing(name: str) -> Callable[[bytes], None]:
    """Any file gives films and findings."""
    importer = next(each for each in importers()[0] if each.name == name)
    file = Path(tempfile.mkdtemp(), "films")

    def read(content: bytes) -> None:
        file.write_bytes(content)
        assert all(isinstance(each, Film | Finding) for each in importer.read(file))

    return read


def main() -> None:
    """Fuzz what the first word names."""
    wanted = sys.argv.pop(1)
    known = {"entry": entry, "guide": guide, "drawing": drawing}
    atheris.Setup(sys.argv, known[wanted] if wanted in known else importing(wanted))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
