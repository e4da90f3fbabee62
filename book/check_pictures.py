"""Rules about pictures: there, inside the guide, of a size and kind that a book can hold, in words too."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from lxml import etree
from PIL import Image

from book import prose
from book.desk import brief
from book.findings import finding
from book.model import Film, Finding, Place, Section
from book.proofs import Proofs

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
KINDS = ("JPEG", "PNG", "GIF", "WEBP")

_ADDRESS = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]+:")  # one letter alone is a Windows drive


def pictures_can_be_printed(film: Film, proofs: Proofs) -> Iterator[Finding]:
    """The film's own picture and those in its text."""
    root = proofs.project.root
    if film.image is not None:
        yield from _faults(film.image.file, film.image.alt, film.source.at("image"), root)
    for section in (film.synopsis, *film.safe, *film.spoilers):
        for file, alt, line in _shown_in(section):
            yield from _faults(file, alt, Place(film.source.file, line), root)


def _shown_in(section: Section) -> Iterator[tuple[str, str, int]]:
    """The pictures that a section names, inside the guide or not: file, alt text and line."""
    searched = 0
    for file, alt in prose.named_pictures(section.body):
        found = max(section.body.find(typed, searched) for typed in (file, quote(file), "!["))
        searched = max(found, searched)
        yield file, alt, section.body_line + section.body.count("\n", 0, searched)


def cover_can_be_printed(proofs: Proofs) -> Iterator[Finding]:
    """The e-book's cover; its words are the guide's title."""
    project = proofs.project
    if project.ebook.cover:
        where = project.source.at("ebook.cover")
        yield from _faults(project.ebook.cover, project.info.title, where, project.root)


def _faults(file: str, alt: str, where: Place, root: Path) -> Iterator[Finding]:
    fault = _fault(file, where, root)
    if fault is not None:
        yield fault
    if not alt.strip():
        yield finding(
            "F405",
            where,
            f"{brief(file) or 'The picture'} has no alt text.",
            "Say in a sentence what can be seen, for readers who cannot see it.",
        )


def _fault(file: str, where: Place, root: Path) -> Finding | None:
    if not file:
        return finding("F401", where, "A picture is named here without its file.", _NAME_IT)
    try:
        # resolve() follows symbolic links, so that none of them can lead out of the guide either.
        path = (root / file).resolve()
        size = path.stat().st_size if path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # no name for a file; links that go round in a circle
        return finding("F401", where, f"{brief(file)} is not there.", _NAME_IT)
    portable, file = prose.safe_picture(quote(file)), brief(file)
    if _ADDRESS.match(file) or not path.is_relative_to(root.resolve()):
        return finding(
            "F402",
            where,
            f"{file} lies outside the guide's folder.",
            "Copy the picture into the guide, e.g. into images/, and name that copy.",
        )
    if size is None:
        return finding("F401", where, f"{file} is not there.", _same_but_for_capitals(path, root))
    if not portable:
        within = path.relative_to(root.resolve()).as_posix()
        return finding(
            "F402", where, f"{file} is a path that another machine would not find.", f"Write {within}"
        )
    if size > LARGEST_BYTES:
        return finding("F403", where, f"{file} is {size / 2**20:.0f} MB large; 20 MB is the most.", _SMALLER)
    try:
        pixels = _pixels(path)
    except (OSError, etree.XMLSyntaxError):
        return finding(
            "F404",
            where,
            f"{file} is not a picture that a book can hold.",
            "Save it as JPEG, PNG, GIF, WebP or SVG.",
        )
    except Image.DecompressionBombError:
        return finding("F403", where, f"{file} has far more than 60 million pixels.", _SMALLER)
    if pixels > LARGEST_PIXELS:
        return finding(
            "F403", where, f"{file} has {pixels // 10**6} million pixels; 60 million is the most.", _SMALLER
        )
    return None


_NAME_IT = "Mend the path, which counts from the guide's folder, or take the picture out."
_SMALLER = "Save it smaller: 3000 pixels on the long side fill any page."


def _pixels(path: Path) -> int:
    """Pixels by the file's header, which is all that is read; 0 for a drawing in SVG.

    Raises OSError or XMLSyntaxError for what is no picture, DecompressionBombError for a monstrous one.
    """
    if path.suffix.casefold() == ".svg":
        root = next(
            element
            for _, element in etree.iterparse(
                str(path), events=("start",), resolve_entities=False, no_network=True
            )
        )
        if etree.QName(root).localname != "svg":
            raise OSError("not SVG")
        return 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        with Image.open(path, formats=KINDS) as picture:
            return picture.width * picture.height


def _same_but_for_capitals(path: Path, root: Path) -> str:
    """A hint at a file whose name differs only in capitals, which some systems forgive and others not."""
    if path.parent.is_dir():
        for other in sorted(path.parent.iterdir()):
            if other.name.casefold() == path.name.casefold():
                return f"Did you mean {other.relative_to(root.resolve()).as_posix()}?"
    return _NAME_IT
