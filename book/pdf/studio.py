"""What a worker lays pages out with: WeasyPrint, a theme's faces, and style sheets parsed once.

WeasyPrint is imported here and nowhere else.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from book.pango import with_pango
from book.pdf import holes
from book.pdf.gate import GUIDE, Gate
from book.themes import Face, Figures


@dataclass(frozen=True, slots=True)
class Studio:
    """What all shards of a book share: the project's folder, and the faces and figures of its theme."""

    root: Path
    faces: tuple[Face, ...]
    figures: tuple[Figures, ...]


@lru_cache(maxsize=1)
def imported_weasyprint() -> Any:
    """WeasyPrint, told to look at no font of this machine."""
    # Without this, fontconfig fills gaps from whatever is installed here, and the book looks
    # different on every machine. It is read whenever a FontConfiguration is made.
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("no-system-fonts.conf"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "No fonts configured": just so
        with_pango(_load)
    return sys.modules["weasyprint"]


def _load() -> None:
    import weasyprint
    import weasyprint.css.properties
    import weasyprint.draw.text
    import weasyprint.layout.inline
    import weasyprint.layout.percent
    import weasyprint.layout.table
    import weasyprint.pdf
    import weasyprint.pdf.fonts
    import weasyprint.text.ffi
    import weasyprint.urls  # noqa: F401


@dataclass(frozen=True)
class Press:
    """Parsed style sheets with their fonts: dear to make, so one is kept for each style of a worker."""

    fonts: Any  # weasyprint FontConfiguration
    css: tuple[Any, ...]  # weasyprint CSS
    fetcher: Any  # with its `gate`
    refused: Mapping[str, str]  # what the style sheets asked for in vain
    files: dict[int, tuple[Any, bytes]] = field(default_factory=dict)

    def file_of(self, face: Any) -> bytes:
        """The font file behind a HarfBuzz face: the same bytes for each document, where WeasyPrint copies."""
        weasyprint = imported_weasyprint()
        address = int(weasyprint.text.ffi.ffi.cast("uintptr_t", face))
        if address not in self.files:
            # The face is kept as well, so that no other can come to stand at its address.
            self.files[address] = face, weasyprint.text.fonts.get_hb_object_data(face)
        return self.files[address][1]


@lru_cache(maxsize=4)
def press_for(css: tuple[str, ...], studio: Studio, room: int, literal: bool) -> Press:
    """The press for these style sheets, with `room` for so many holes in each face of figures.

    A `literal` one has the theme's own figures in place of holes.
    """
    weasyprint = imported_weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = _fetcher(studio, room)
    faces = "".join(_font_face(face.family, face.path.as_uri(), face) for face in studio.faces)
    if literal:
        figures = "".join(
            _font_face(row.family, row.face.path.as_uri(), row.face, row.features) for row in studio.figures
        )
    else:
        figures = "".join(
            f'@font-face{{font-family:"{row.family}";src:url("holes:{number}")}}'
            for number, row in enumerate(studio.figures)
        )
    sheets = tuple(
        weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher, base_url=GUIDE)
        for text in (faces + figures, *css)
    )
    return Press(fonts, sheets, fetcher, dict(fetcher.gate.refused))


def _font_face(family: str, url: str, face: Face, features: tuple[str, ...] = ()) -> str:
    settings = ",".join(f'"{tag}"' for tag in features)
    return (
        f'@font-face{{font-family:"{family}";src:url("{url}");'
        f"font-style:{face.style};"
        + (f"font-weight:{face.weight};" if face.weight else "")
        + (f"font-feature-settings:{settings};" if settings else "")
        + "}"
    )


def _fetcher(studio: Studio, room: int) -> Any:
    """Reads what the gate lets in, and nothing else anywhere; makes the fonts of holes."""
    weasyprint = imported_weasyprint()

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        gate = Gate(studio.root, studio.faces)

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "holes":
                body = holes.hole_font(studio.figures[int(parts.path)], room)
                return weasyprint.urls.URLFetcherResponse(url, body)
            return weasyprint.urls.URLFetcherResponse(*self.gate.open(url))

    return Fetcher()


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect what WeasyPrint only logs: missing pictures, glyphs and targets."""
    logged: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield logged
    finally:
        logger.removeHandler(listener)


@contextmanager
def replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """A name of a module stands for something else for a while."""
    original = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, original)
