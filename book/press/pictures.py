"""Pictures in a PDF, converted to the inks that there are.

A photograph stays a photograph (JPEG), a drawing stays without loss. The file is read and written in one
thread, as it must be, and pictures are converted in several.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, UnidentifiedImageError

from book.press.inks import Inks, printed_picture
from book.workers import processors

PAPER: Mapping[str, int | tuple[int, ...]] = {"L": 255, "RGB": (255, 255, 255), "CMYK": (0, 0, 0, 0)}

QUALITY = 95  # of a JPEG written anew: below 90 a second loss shows on paper


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture as it will stand in the file: `photograph` is JPEG, else the pixels one after the other."""

    width: int
    height: int
    mode: str  # L, RGB or CMYK
    photograph: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class _Given:
    """A picture as it was found: pixels, or a JPEG still closed; `mask` is what may be seen through it."""

    jpeg: bytes
    pixels: Image.Image | None
    profile: bytes
    mask: Image.Image | None
    inverted: bool


def convert_pictures(pictures: Iterable[pikepdf.Stream], inks: Inks, *, opaque: bool) -> tuple[str, ...]:
    """Convert pictures in their places; words for those that could not be.

    With `opaque`, those that can be seen through are laid on white paper.
    """
    given: list[tuple[pikepdf.Stream, _Given]] = []
    failed: list[str] = []
    for picture in pictures:
        if not _needs(picture, inks, opaque):
            continue
        try:
            given.append((picture, _read(picture, opaque)))
        except (pikepdf.PdfError, NotImplementedError, ValueError, UnidentifiedImageError, OSError) as error:
            failed.append(f"{picture.get('/Width')} × {picture.get('/Height')} pixels: {error}")
    with ThreadPoolExecutor(processors()) as threads:
        plates = threads.map(lambda each: _plate(each[1], inks), given)
        for (picture, _), plate in zip(given, plates, strict=True):
            if isinstance(plate, str):
                failed.append(f"{picture.get('/Width')} × {picture.get('/Height')} pixels: {plate}")
            else:
                _put(picture, plate)
    return tuple(failed)


def _needs(picture: pikepdf.Stream, inks: Inks, opaque: bool) -> bool:
    """Whether a picture is not yet as it must be."""
    if picture.get("/ImageMask", False):
        return False  # a stencil, painted in the colour of the page
    if opaque and ("/SMask" in picture or "/SMaskInData" in picture):
        return True
    filters = picture.get("/Filter")
    names = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if "/JPXDecode" in names:  # newer than the standards for the press
        return True
    space = picture.get("/ColorSpace")
    if isinstance(space, pikepdf.Name):
        if str(space) == "/DeviceGray":
            return False
        if str(space) == "/DeviceRGB":
            return inks.kind != "rgb"
    return inks.kind != "rgb" or inks.limit_percent > 0


def _read(picture: pikepdf.Stream, opaque: bool) -> _Given:
    stored = pikepdf.PdfImage(picture)
    mask = picture.get("/SMask") if opaque else None
    veil = pikepdf.PdfImage(mask).as_pil_image().convert("L") if isinstance(mask, pikepdf.Stream) else None
    decode = [float(each) for each in picture.get("/Decode", [])]
    inverted = decode[:2] == [1.0, 0.0]
    icc = stored.icc.tobytes() if stored.icc is not None else b""
    if stored.filters == ["/DCTDecode"]:
        return _Given(picture.read_raw_bytes(), None, icc, veil, inverted)
    return _Given(b"", stored.as_pil_image(), icc, veil, False)


def _plate(given: _Given, inks: Inks) -> Plate | str:
    """The picture converted, or words why not."""
    try:
        picture = Image.open(BytesIO(given.jpeg)) if given.pixels is None else given.pixels
        profile = given.profile or picture.info.get("icc_profile") or b""
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError) as error:
        return str(error)
    if given.jpeg and picture.mode == "CMYK" and not given.inverted:
        # Pillow takes every JPEG of four inks for Adobe's, whose numbers say how much ink there is not.
        picture = picture.point(lambda value: 255 - value)
    if given.mask is not None:
        picture = _seen_through(picture, given.mask)
    done = printed_picture(picture, inks, profile)
    return Plate(done.width, done.height, done.mode, bool(given.jpeg), _packed(done, bool(given.jpeg)))


def _seen_through(picture: Image.Image, mask: Image.Image) -> Image.Image:
    """The picture on white paper, as far as its mask lets it be seen."""
    if mask.size != picture.size:
        mask = mask.resize(picture.size, Image.Resampling.BICUBIC)
    if picture.mode not in {"L", "RGB", "CMYK"}:
        picture = picture.convert("RGB")
    paper = Image.new(picture.mode, picture.size, PAPER[picture.mode])
    return Image.composite(picture, paper, mask)


def _packed(picture: Image.Image, photograph: bool) -> bytes:
    if not photograph:
        return zlib.compress(picture.tobytes(), 6)
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def _put(picture: pikepdf.Stream, plate: Plate) -> None:
    name = pikepdf.Name
    for entry in ("/SMask", "/SMaskInData", "/Decode", "/DecodeParms", "/Intent"):
        if entry in picture:
            del picture[entry]
    spaces: dict[str, Any] = {"L": name.DeviceGray, "RGB": name.DeviceRGB, "CMYK": name.DeviceCMYK}
    picture.Width, picture.Height, picture.BitsPerComponent = plate.width, plate.height, 8
    picture.ColorSpace = spaces[plate.mode]
    if plate.photograph and plate.mode == "CMYK":
        picture.Decode = pikepdf.Array([1, 0] * 4)  # Pillow writes them as Adobe does, upside down
    picture.write(plate.content, filter=name.DCTDecode if plate.photograph else name.FlateDecode)
