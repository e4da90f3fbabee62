"""What WeasyPrint may read while it lays out: fonts of the theme, pictures and style sheets of the guide.

Every request goes through here, whoever makes it: an entry, a template, a style sheet, a drawing within a
drawing. Nothing is fetched from anywhere else, and what is read is looked at first.
"""

from __future__ import annotations

import warnings
from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from lxml import etree
from PIL import Image

from book.drawings import MOST_WITHIN, drawing_fault
from book.reach import leads_out, whole_file
from book.themes import Face, is_font

GUIDE = "file://guide/"
"""Where every page believes the guide to lie. A picture is named by its address, so that the same guide in
another folder would be another book."""

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
KINDS = ("JPEG", "PNG", "GIF", "WEBP")
_MEDIA = {".css": "text/css", ".svg": "image/svg+xml"}
_WRAPPED = (b"wOFF", b"wOF2")


class KeptOutError(ValueError):
    """An address that nothing of a guide may lead to; the message says why, as the end of a sentence."""


def file_at(url: str, root: Path) -> Path:
    """The file of the guide in `root`, or of this machine, that an address means."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    return root / path.relative_to(path.anchor) if url.startswith(GUIDE) else path


class Gate:
    """Opens files of the guide in `root` and of `faces`; `refused` are addresses not let in, and why."""

    def __init__(self, root: Path, faces: tuple[Face, ...]) -> None:
        self._root = root.resolve()
        self._fonts = {face.path.resolve() for face in faces}
        self.refused: dict[str, str] = {}

    def open(self, url: str) -> tuple[str, bytes, Mapping[str, str]]:
        """The address that it goes by, the content and the headers. Raises KeptOutError, or OSError."""
        try:
            return self._opened(url)
        except KeptOutError as error:
            self.refused.setdefault(url if len(url) <= 80 else f"{url[:79]}…", str(error))
            raise

    def _opened(self, url: str) -> tuple[str, bytes, Mapping[str, str]]:
        scheme = urlsplit(url).scheme
        if scheme == "data":
            return url, *_within(url)
        path = file_at(url, self._root)
        if scheme != "file" or (leads_out(path, self._root) and path.resolve() not in self._fonts):
            raise KeptOutError("lies outside of the guide")
        path = path.resolve()
        content = whole_file(path, max(MOST_BYTES, path.stat().st_size if path in self._fonts else 0))
        if path not in self._fonts:
            _look_at(content, path)
        suffix = path.suffix.casefold()
        return path.as_uri(), content, {"Content-Type": _MEDIA.get(suffix, "application/octet-stream")}


def _within(url: str) -> tuple[bytes, Mapping[str, str]]:
    """What a data: address holds."""
    head, _, body = url[5:].partition(",")
    if len(body) > MOST_WITHIN:
        raise KeptOutError(f"is larger than {MOST_WITHIN / 1e6:.3g} MB")
    content = unquote_to_bytes(body)
    if head.casefold().endswith(";base64"):
        try:
            content = b64decode(content)
        except ValueError as error:
            raise KeptOutError("cannot be read") from error
    kind = head.partition(";")[0].casefold()
    _look_at(
        content, Path("within.svg" if "svg" in kind else "within.css" if kind == "text/css" else "within")
    )
    return content, {"Content-Type": kind or "text/plain"}


def _look_at(content: bytes, path: Path) -> None:
    """Raises KeptOutError but for pictures within our limits, safe drawings, fonts and style sheets."""
    suffix = path.suffix.casefold()
    if suffix == ".css" or content[:4] in _WRAPPED:
        return
    if is_font(content):
        return
    if suffix == ".svg" or b"<svg" in content[:20_000]:
        try:
            fault = drawing_fault(content)
        except etree.XMLSyntaxError:
            return  # which the painter says for itself
        if fault:
            raise KeptOutError(fault)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=KINDS) as picture:
                pixels = picture.width * picture.height
    except Image.DecompressionBombError:
        pixels = MOST_PIXELS + 1
    except (OSError, SyntaxError, ValueError) as error:
        raise KeptOutError("is no picture that a book can hold") from error
    if pixels > MOST_PIXELS:
        raise KeptOutError(f"has more than {MOST_PIXELS // 10**6} million pixels")
