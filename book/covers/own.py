"""A cover of the writer's own on the printed front: its shape, and whether it stands on one colour."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from book.covers.design import Picture
from book.findings import finding
from book.model import Finding, Place
from book.pictures import COVER_PX, UnfitPictureError, open_picture
from book.printers import Wrap
from book.themes import Theme

SAME = 12
"""Of 255: parts of a colour that differ by less along the edge are one colour, as JPEG and paper have it."""

MOST_CUT = 0.08
"""Of a picture's height or width: what hangs over without harm."""

_EDGE_PX = 200


def own_front(file: str, root: Path, theme: Theme, wrap: Wrap) -> tuple[Picture | None, tuple[Finding, ...]]:
    """The picture for the front, and what is lost of it; None, with the reason, where it cannot be used."""
    try:
        seen = _drawn(file, root, theme) if file.casefold().endswith(".svg") else open_picture(file, root)
    except UnfitPictureError as error:
        message = f"the cover {file} {error.message}; the front is drawn from the theme instead"
        return None, (finding("F780", Place("guide.toml"), message, error.hint),)
    ratio = seen.height / seen.width
    small = seen.convert("RGB").resize((_EDGE_PX, _EDGE_PX), Image.Resampling.BOX)
    colour = _edge_colour(small)
    middle = small.convert("L").resize((1, 1), Image.Resampling.BOX).tobytes()[0]
    dark = (sum(colour) / 3 if colour else middle) < 128
    if colour:
        ground = "#{:02x}{:02x}{:02x}".format(*colour)
        return Picture(file, ratio, ground, dark, _reach(seen.convert("RGB"), colour)), ()
    # Only a picture that fills the front loses something to its shape.
    front = (wrap.height) / (wrap.width - wrap.front.x)
    cut = 1 - min(ratio, front) / max(ratio, front)
    if cut <= MOST_CUT:
        return Picture(file, ratio, "", dark), ()
    message = f"the cover {file} is 1 to {ratio:.2f} and the front 1 to {front:.2f}, so {cut:.0%} is cut off"
    hint = "bring one in the shape of the trim, or one whose edges have one colour"
    return Picture(file, ratio, "", dark), (finding("F796", Place("guide.toml"), message, hint),)


def _drawn(file: str, root: Path, theme: Theme) -> Image.Image:
    """An SVG as it is seen, in the shape that it has itself."""
    import pypdfium2

    from book.pdf.paint import paint_drawing
    from book.pdf.studio import Studio

    page = paint_drawing(file, *COVER_PX, Studio(root.resolve(), theme.faces, theme.figures))
    if page is None:
        raise UnfitPictureError("cannot be drawn", "save it anew as SVG, or as JPEG of 1600 by 2560 pixels")
    picture: Image.Image = pypdfium2.PdfDocument(BytesIO(page))[0].render(scale=0.2).to_pil()
    return picture


def _reach(picture: Image.Image, ground: tuple[int, int, int]) -> tuple[float, float]:
    """How far what is not the ground goes from the middle, in parts of width and height; a pixel to spare."""
    picture.thumbnail((2 * _EDGE_PX, 2 * _EDGE_PX), Image.Resampling.BOX)
    apart = ImageChops.difference(picture, Image.new("RGB", picture.size, ground))
    box = apart.convert("L").point(lambda value: 255 * (value > SAME)).getbbox()
    if box is None:
        return 0.5, 0.5
    left, top, right, foot = box
    width, height = picture.size
    across = max(width / 2 - left, right - width / 2) + 1
    down = max(height / 2 - top, foot - height / 2) + 1
    return min(across / width, 0.5), min(down / height, 0.5)


def _edge_colour(picture: Image.Image) -> tuple[int, int, int] | None:
    """The one colour all round, or None where there are several."""
    width, height = picture.size
    edges = [(x, y) for x in range(width) for y in (1, height - 2)]
    edges += [(x, y) for y in range(height) for x in (1, width - 2)]
    colours = [picture.getpixel(spot) for spot in edges]
    first = colours[0]
    assert isinstance(first, tuple), "the picture is in RGB"
    bands = zip(*(colour for colour in colours if isinstance(colour, tuple)), strict=True)
    if any(max(band) - min(band) > SAME for band in bands):
        return None
    return int(first[0]), int(first[1]), int(first[2])
