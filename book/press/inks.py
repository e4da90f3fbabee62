"""Colours and pictures as a press prints them: black ink alone, or four inks under a limit.

A colour is a tuple of parts from 0 to 1: one for grey (1 is paper), three for sRGB, four for cyan, magenta,
yellow and black (1 is all of the ink).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

Colour = tuple[float, ...]
Kind = Literal["grey", "cmyk", "rgb"]

NEUTRAL = 1 / 510
"""Parts of red, green and blue that differ by less are one grey: half a step of eight bits."""

FOUR_INKS = Path(__file__).parent / "profiles" / "coated-240.icc"
"""Our own profile of four inks; profiles/README.md says what it was made from."""


@dataclass(frozen=True, slots=True)
class Inks:
    """What a file may be printed with. `limit_percent` is the most of all four inks together, 0 for any.

    `profile` is the press's ICC profile for four inks.
    """

    kind: Kind
    limit_percent: int = 0
    profile: bytes = b""


SLACK_PERCENT = 3
"""Kept below the limit in pictures, since a JPEG is not what it was by a percent or so of each ink."""


def printed(colour: Colour, inks: Inks) -> Colour:
    """The colour in the inks that there are. Neutral colours are black ink alone, whatever they were."""
    if len(colour) == 1:
        return colour
    if len(colour) == 3:
        if max(colour) - min(colour) < NEUTRAL:
            return (colour[1],)
        if inks.kind == "grey":
            return (_grey(colour),)
        return limited(_to_cmyk(colour, inks.profile), inks) if inks.kind == "cmyk" else colour
    cyan, magenta, yellow, black = colour
    if cyan == magenta == yellow == 0:
        return (round(1 - black, 6),)
    if inks.kind == "grey":
        return (_grey(_to_rgb(colour, inks.profile)),)
    return limited(colour, inks)


def limited(colour: Colour, inks: Inks) -> Colour:
    """Four inks within the limit: what is too much is taken from the three colours, never from the black."""
    cyan, magenta, yellow, black = colour
    three, most = cyan + magenta + yellow, inks.limit_percent / 100
    if not most or three + black <= most or not three:
        return colour
    share = max(most - black, 0.0) / three
    return (cyan * share, magenta * share, yellow * share, black)


def from_lab(lightness: float, a: float, b: float) -> Colour:
    """CIE Lab, by the white of its own space, as sRGB; what no screen can show is cut to what it can."""
    y = (lightness + 16) / 116
    x, z = y + a / 500, y - b / 200
    # D65, sRGB's own white: neutral stays neutral, whichever white it was neutral by.
    white = (0.950456, 1.0, 1.089058)
    xyz = [
        w * (t**3 if t**3 > 0.008856 else (t - 16 / 116) / 7.787)
        for w, t in zip(white, (x, y, z), strict=True)
    ]
    linear = _FROM_XYZ @ np.array(xyz)
    return tuple(float(part) for part in _encoded(np.clip(linear, 0, 1)).round(6))


_FROM_XYZ = np.array(
    [
        [3.2404542, -1.5371385, -0.4985314],
        [-0.9692660, 1.8760108, 0.0415560],
        [0.0556434, -0.2040259, 1.0572252],
    ]
)  # IEC 61966-2-1
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def _decoded(parts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """sRGB's parts as amounts of light (IEC 61966-2-1)."""
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _encoded(light: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def _grey(colour: Colour) -> float:
    """The grey that is as light as the colour."""
    light = np.array([float(_decoded(np.array(colour)) @ _LUMINANCE)])
    return round(float(_encoded(light)[0]), 6)


def _to_cmyk(colour: Colour, profile: bytes) -> Colour:
    pixel = Image.new("RGB", (1, 1), _bytes(colour))
    return _parts(_apply(pixel, _transform(None, "RGB", profile, "CMYK")))


def _to_rgb(colour: Colour, profile: bytes) -> Colour:
    pixel = Image.new("CMYK", (1, 1), _bytes(colour))
    return _parts(_apply(pixel, _transform(profile, "CMYK", None, "RGB")))


def _bytes(colour: Colour) -> tuple[int, ...]:
    return tuple(round(min(max(part, 0.0), 1.0) * 255) for part in colour)


def _parts(pixel: Image.Image) -> Colour:
    values: Any = pixel.getpixel((0, 0))
    return tuple(round(value / 255, 4) for value in values)


# ------------------------------------------------------------------------------------------ pictures


def printed_picture(picture: Image.Image, inks: Inks, profile: bytes = b"") -> Image.Image:
    """A picture in the inks that there are, as mode L or CMYK, or as RGB where inks are the printer's affair.

    Transparent parts are laid on white paper. `profile` is the picture's own; without one it is sRGB.
    """
    picture = _on_paper(picture)
    if picture.mode == "L" or (picture.mode == "RGB" and inks.kind == "rgb"):
        return picture
    if picture.mode == "CMYK":
        if inks.kind != "grey":
            return _picture_limited(picture, inks)
        picture = _apply(picture, _transform(profile or inks.profile, "CMYK", None, "RGB"))
    elif profile:
        picture = _apply(picture, _transform(profile, "RGB", None, "RGB"))
    if inks.kind == "grey" or _is_neutral(picture):
        return _picture_grey(picture)
    return _picture_limited(_apply(picture, _transform(None, "RGB", inks.profile, "CMYK")), inks)


def _on_paper(picture: Image.Image) -> Image.Image:
    """Modes L, RGB or CMYK, with nothing to see through."""
    if picture.mode in {"1", "L", "I", "I;16", "F"}:
        return picture.convert("L")
    if picture.mode in {"RGB", "CMYK"}:
        return picture
    if picture.mode in {"LA", "RGBA", "PA", "P", "La", "RGBa"}:
        solid = picture.convert("RGBA")
        paper = Image.new("RGBA", solid.size, "white")
        flat = Image.alpha_composite(paper, solid).convert("RGB")
        return flat.convert("L") if picture.mode in {"LA", "La"} else flat
    return picture.convert("RGB")


def _is_neutral(picture: Image.Image) -> bool:
    red, green, blue = (np.asarray(band) for band in picture.split())
    return bool(np.array_equal(red, green) and np.array_equal(green, blue))


def _picture_grey(picture: Image.Image) -> Image.Image:
    """As light as it was, pixel by pixel; pixels that are grey already keep their number."""
    decoded, encoded = _tables()
    red, green, blue = (decoded[share][np.asarray(band)] for share, band in enumerate(picture.split()))
    return Image.fromarray(encoded[red + green + blue])


@lru_cache(maxsize=1)
def _tables() -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
    """Each band's share of the light by its number, in 65,535ths, and the grey for each sum of light."""
    light = _decoded(np.arange(256) / 255)
    shares = np.floor(light[None, :] * _LUMINANCE[:, None] * 65_532 + 0.5).astype(np.uint16)
    grey = np.floor(_encoded(np.arange(65_536) / 65_535) * 255 + 0.5).astype(np.uint8)
    # The sum of three rounded shares misses by a step or two, which near black is another grey.
    sums = shares.astype(np.int64).sum(axis=0)
    grey[sums] = np.arange(256)
    return shares, grey


def _picture_limited(picture: Image.Image, inks: Inks) -> Image.Image:
    if not inks.limit_percent:
        return picture
    values = np.asarray(picture).astype(np.float32)
    most = (inks.limit_percent - SLACK_PERCENT) * 2.55
    three, black = values[..., :3].sum(axis=-1), values[..., 3]
    over = three + black > most
    if not over.any():
        return picture
    share = np.where(over, np.maximum(most - black, 0) / np.maximum(three, 1), 1)
    values[..., :3] *= share[..., None]
    return Image.frombytes("CMYK", picture.size, np.floor(values).astype(np.uint8).tobytes())


def most_ink_percent(picture: Image.Image) -> float:
    """The most ink that any pixel of a picture in four inks takes."""
    return float(np.asarray(picture).astype(np.int32).sum(axis=-1).max()) / 2.55


# ----------------------------------------------------------------------------------------- profiles


def our_profile() -> bytes:
    """The profile of four inks that comes with filmguide."""
    return FOUR_INKS.read_bytes()


def is_profile(content: bytes, space: str = "CMYK") -> bool:
    """Whether this is an ICC profile of that colour space, whole enough to be used."""
    if content[36:40] != b"acsp" or content[16:20] != space.encode().ljust(4):
        return False
    try:
        _transform(None, "RGB", content, "CMYK") if space == "CMYK" else _open(content)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return False
    return True


def profile_name(content: bytes) -> str:
    """What a profile calls itself."""
    return ImageCms.getProfileDescription(_open(content)).strip()


def _open(content: bytes | None) -> ImageCms.ImageCmsProfile:
    if content is None:
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return ImageCms.ImageCmsProfile(BytesIO(content))


@lru_cache(maxsize=16)
def _transform(source: bytes | None, source_mode: str, target: bytes | None, target_mode: str) -> Any:
    """From one profile to another, None being sRGB. Black is fitted to black, as presses are used to."""
    return ImageCms.buildTransform(
        _open(source),
        _open(target),
        source_mode,
        target_mode,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _apply(picture: Image.Image, transform: Any) -> Image.Image:
    changed = ImageCms.applyTransform(picture, transform)
    assert changed is not None, "only a change in place gives nothing back"
    return changed
