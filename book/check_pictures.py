"""Rules about pictures: there, inside the guide, of a size and kind that a book can hold, in words too."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from urllib.parse import quote

from lxml import etree
from PIL import Image

from book import prose
from book.desk import brief
from book.drawings import drawing_fault
from book.findings import finding
from book.model import Film, Finding, Place
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
        for file, alt, line in _shown_in(section.body, section.body_line):
            yield from _faults(file, alt, Place(film.source.file, line), root)


def pictures_of_texts_can_be_printed(proofs: Proofs) -> Iterator[Finding]:
    """The pictures in the texts beside the films."""
    for name, text in proofs.texts.items():
        for file, alt, line in _shown_in(text, 1):
            yield from _faults(file, alt, Place(name, line), proofs.project.root)


def _shown_in(body: str, first_line: int) -> Iterator[tuple[str, str, int]]:
    """The pictures that a text names, inside the guide or not: file, alt text and line."""
    searched = 0
    for file, alt in prose.named_pictures(body):
        # As it was typed, or escaped; one that is named by a reference stands further up or down.
        places = (body.find(typed, start) for start in (searched, 0) for typed in (file or "![", quote(file)))
        found = next((place for place in places if place >= 0), searched)
        searched = found + 1
        yield file, alt, first_line + body.count("\n", 0, found)


def cover_can_be_printed(proofs: Proofs) -> Iterator[Finding]:
    """The covers of the e-book and of its editions; their words are the guide's title."""
    project = proofs.project
    covers = [(project.ebook.cover, project.source.at("ebook.cover"))]
    covers += [(plan.cover, Place("guide.toml", plan.line)) for plan in project.editions]
    for cover, where in covers:
        if cover:
            yield from _faults(cover, project.info.title, where, project.root)


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
    outside = finding(
        "F402",
        where,
        f"{brief(file)} lies outside the guide's folder.",
        "Copy the picture into the guide, e.g. into images/, and name that copy.",
    )
    if _ADDRESS.match(file):
        return outside
    try:
        # resolve() follows symbolic links, so that none of them can lead out of the guide either.
        path = (root / file).resolve()
        size = path.stat().st_size if path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # no name for a file; links that go round in a circle
        return finding("F401", where, f"{brief(file)} is not there.", _NAME_IT)
    if not path.is_relative_to(root.resolve()):
        return outside
    portable, file = prose.safe_picture(quote(file)), brief(file)
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
        fault = drawing_fault(path.read_bytes()) if path.suffix.casefold() == ".svg" else ""
    except (OSError, ValueError, etree.XMLSyntaxError):
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
    if fault:
        return finding(
            "F406",
            where,
            f"{file} {fault}, and a drawing in a book may only draw.",
            "Save it as plain SVG, with all its pictures in it, or as PNG.",
        )
    return None


_NAME_IT = "Mend the path, which counts from the guide's folder, or take the picture out."
_SMALLER = "Save it smaller: 3000 pixels on the long side fill any page."


def _pixels(path: Path) -> int:
    """Pixels by the file's header; 0 for a drawing in SVG.

    Raises OSError, ValueError or XMLSyntaxError for what is no picture, DecompressionBombError for a
    monstrous one.
    """
    if path.suffix.casefold() == ".svg":
        _look_at_drawing(path)
        return 0
    with warnings.catch_warnings():
        # Our own limit is lower than Pillow's, and a broken note of the camera's harms no page.
        warnings.simplefilter("ignore")
        with Image.open(path, formats=KINDS) as picture:
            pixels = picture.width * picture.height
            if pixels <= LARGEST_PIXELS:
                _look_at_the_end(picture)
            return pixels


def _look_at_the_end(picture: Image.Image) -> None:
    """Read all of a picture, as fast as can be, since one that breaks off breaks the book. Raises OSError."""
    try:
        if picture.format == "PNG":
            picture.verify()
        else:
            picture.draft("L", (1, 1))  # a JPEG at an eighth of its size, which is ten times as fast
            picture.load()
    except (SyntaxError, ValueError) as error:
        raise OSError("damaged") from error


def _look_at_drawing(path: Path) -> None:
    """Whether an SVG is whole and has a size. Raises OSError, ValueError or XMLSyntaxError."""
    outermost: etree._Element | None = None
    for _, element in etree.iterparse(str(path), events=("start",), resolve_entities=False, no_network=True):
        if outermost is None:
            outermost = element
            if etree.QName(element).localname != "svg":
                raise OSError("not SVG")
    box = outermost.get("viewBox", "0 0 1 1") if outermost is not None else ""
    if not all(isfinite(float(number)) for number in re.split(r"[\s,]+", box.strip())):
        raise ValueError("no size")


def _same_but_for_capitals(path: Path, root: Path) -> str:
    """A hint at a file whose name differs only in capitals, which some systems forgive and others not."""
    if path.parent.is_dir():
        for other in sorted(path.parent.iterdir()):
            if other.name != path.name and other.name.casefold() == path.name.casefold():
                return f"Did you mean {other.relative_to(root.resolve()).as_posix()}?"
    return _NAME_IT
