"""Colours and inks: only what the press has, black type in black alone, and no more ink than dries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
from PIL import Image, UnidentifiedImageError

from book.preflight.asked import Asked, Look, on_pages
from book.preflight.contents import Colour, Drawn, Placed, space_kind

WITHIN: Mapping[str, frozenset[str]] = {
    "grey": frozenset({"grey", "pattern"}),
    "cmyk": frozenset({"grey", "cmyk", "pattern"}),
    "rgb": frozenset({"grey", "cmyk", "rgb", "lab", "pattern"}),
}
"""Kinds of colour that a file of each kind may have."""

_NAMES = {"rgb": "RGB", "cmyk": "four inks", "lab": "Lab", "spot": "a colour of an unusual kind"}
_LARGE_PT = 14.0  # type from here on shows no fringes when inks do not meet exactly
_TOLERATED_PERCENT = 1.0
_FEW = 0.001  # share of a picture's pixels that may be beyond the limit: JPEG is never exact


def colours(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """No colour, of type, drawings or pictures, that the pages may not have."""
    allowed = WITHIN[asked.kind] - ({"rgb"} if "rgb" in asked.printer.file.forbidden else set())
    pages: dict[tuple[str, str], list[int]] = defaultdict(list)
    for page in drawn:
        for what, kind in _used(page):
            if kind not in allowed:
                pages[what, kind].append(page.number)
    wants = {"grey": "black ink alone", "cmyk": "the four inks", "rgb": "plain RGB or grey"}[asked.kind]
    hint = (
        f"The file must be in {wants}: build it for this printer, or give the colour in the theme's CSS so."
    )
    findings = tuple(
        asked.wrong("F967", f"{asked.name} has {what} in {_NAMES[kind]} on {on_pages(numbers)}.", hint)
        for (what, kind), numbers in sorted(pages.items())
    )
    return Look("colours", wants, findings)


def _used(page: Drawn) -> Iterator[tuple[str, str]]:
    for colour in page.type:
        yield "type", _kind(colour)
    for colour in page.areas:
        yield "areas", _kind(colour)
    for line_colours in page.lines.values():
        for colour in line_colours:
            yield "lines", _kind(colour)
    for placed in page.pictures:
        yield "a picture", picture_kind(placed.picture)


def _kind(colour: Colour) -> str:
    """The kind of a colour; four inks of which there is only black are grey."""
    if colour.kind == "cmyk" and len(colour.parts) == 4 and not any(colour.parts[:3]):
        return "grey"
    return colour.kind


def picture_kind(picture: Any) -> str:
    """The kind of a picture's colours; a stencil has none of its own."""
    if isinstance(picture, pikepdf.PdfInlineImage):
        return "grey" if picture.image_mask else {"RGB": "rgb", "CMYK": "cmyk"}.get(picture.mode, "grey")
    if picture.get("/ImageMask", False):
        return "grey"
    space = picture.get("/ColorSpace")
    return space_kind(space, None) if space is not None else "spot"


def black_type(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """Black type in black ink alone: four inks never meet exactly, and small type gets coloured fringes."""
    mixed = [page.number for page in drawn if any(_is_mixed(*each) for each in page.type.items())]
    told = "black type is black ink alone"
    if not mixed:
        return Look("black type", told)
    message = f"{asked.name} has black type in several inks on {on_pages(mixed)}."
    hint = "Give its colour as black in the theme's CSS: #000, or device-cmyk(0 0 0 1)."
    return Look("black type", told, (asked.wrong("F967", message, hint),))


def _is_mixed(colour: Colour, sizes: set[float]) -> bool:
    cyan, magenta, yellow, black = colour.inks
    dark = black >= 0.6 or min(cyan, magenta, yellow) >= 0.5
    return dark and cyan + magenta + yellow > 0.1 and min(sizes) < _LARGE_PT


def ink(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """No place where more ink lies than dries: of colours by their parts, of pictures by their pixels."""
    limit = asked.printer.file.ink_percent
    sums = {page.number: _most_ink(page) for page in drawn}
    pictures = _Pictures()
    for page in drawn:
        of_pictures = (pictures.most_ink(placed) for placed in page.pictures)
        sums[page.number] = max([sums[page.number], *of_pictures])
    most = max(sums.values(), default=0.0)
    told = f"at most {most:.0f}%" + (f" of {limit}% allowed" if limit else ", without a limit")
    over = [number for number, percent in sums.items() if limit and percent > limit + _TOLERATED_PERCENT]
    if not over:
        return Look("ink", told)
    message = f"{asked.name} has {most:.0f}% of ink on {on_pages(over)}; the printer takes {limit}%."
    hint = "Choose lighter colours; building the file for this printer keeps pictures below the limit."
    return Look("ink", told, (asked.wrong("F968", message, hint),))


def _most_ink(page: Drawn) -> float:
    return max((100 * sum(colour.inks) for colour in page.colours), default=0.0)


class _Pictures:
    """The ink of pictures, each looked at once."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], float] = {}

    def most_ink(self, placed: Placed) -> float:
        """The most ink of a picture of four inks, in percent; 0 for all others."""
        picture = placed.picture
        if isinstance(picture, pikepdf.PdfInlineImage) or picture_kind(picture) != "cmyk":
            return 0.0
        key = picture.objgen
        if key not in self._sums:
            self._sums[key] = _picture_ink(picture)
        return self._sums[key]


def _picture_ink(picture: Any) -> float:
    """The sum of inks that all but a few pixels keep below, in percent; 0 where it cannot be read."""
    inverted = [float(each) for each in picture.get("/Decode", [])][:2] == [1.0, 0.0]
    try:
        stored = pikepdf.PdfImage(picture)
        if stored.filters == ["/DCTDecode"]:
            opened: Image.Image = Image.open(BytesIO(picture.read_raw_bytes()))
            # Pillow takes every JPEG of four inks for Adobe's, whose numbers say how much ink there is not.
            inverted = not inverted
        else:
            opened = stored.as_pil_image()
        if opened.mode != "CMYK":
            return 0.0
        parts = np.asarray(opened, dtype=np.uint16)
    except (pikepdf.PdfError, NotImplementedError, ValueError, UnidentifiedImageError, OSError):
        return 0.0
    sums = (255 - parts if inverted else parts).sum(axis=2)
    return float(np.quantile(sums, 1 - _FEW)) / 255 * 100
