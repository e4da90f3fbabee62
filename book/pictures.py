"""The guide's pictures made fit for e-readers: JPEG or PNG in sRGB, no larger than a screen can show.

Whatever a camera or a program has written into a file beside the picture, such as where it was taken, stays
behind.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from book.cache import Cache, Kept, engine, key_of
from book.ebook import LONGEST_STEM, Picture
from book.findings import finding
from book.model import NOWHERE, BookError, Finding, Guide, Place
from book.prose import pictures
from book.slugs import ascii_words
from book.themes import Theme

COVER = "images/cover.jpg"
COVER_PX = (1600, 2560)
SMALLEST_COVER_PX = (625, 1000)
"""Below this, shops refuse a cover."""

COVER_SHAPES = (1.4, 1.8)
"""Height by width: from what the squarest shops still show whole to the tallest; 1.6 is ideal."""

KINDS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")
MOST_PIXELS = 60_000_000
MOST_BYTES_OF_A_COVER = 2_000_000
MOST_BYTES_OF_A_PICTURE = 2_000_000
MOST_BYTES = 100_000_000
"""Of all pictures together: with the text, what shops take and an e-reader still opens at once."""


@dataclass(frozen=True, slots=True)
class Grade:
    """How good pictures are: their longest side in pixels, and JPEG's quality from 1 to 95."""

    side_px: int
    quality: int


GRADES = (Grade(1600, 88), Grade(1200, 82), Grade(900, 76), Grade(640, 70))
"""From the best down: the first with which all pictures together stay within MOST_BYTES."""


class UnfitPictureError(BookError):
    """A picture cannot be used; the message says why, as the end of a sentence."""


def read_pictures(
    guide: Guide, root: Path, theme: Theme | None = None, *, cache: Cache | None = None
) -> tuple[Mapping[str, Picture], tuple[Finding, ...]]:
    """Every picture that the guide names, by the name it goes by there; those that fail are findings.

    With a `theme`, drawings in SVG are painted with its faces.
    """
    wanted: dict[str, Place] = {}
    for file, place in _named(guide):
        wanted.setdefault(file, place)
    for grade in GRADES:
        shown, findings = _graded(wanted, grade, root, theme, cache)
        if sum(len(picture.content) for picture in shown.values()) <= MOST_BYTES:
            break
    return shown, findings


def _graded(
    wanted: Mapping[str, Place], grade: Grade, root: Path, theme: Theme | None, cache: Cache | None
) -> tuple[dict[str, Picture], tuple[Finding, ...]]:
    """The pictures at one grade."""
    found: dict[str, Picture] = {}
    findings: list[Finding] = []
    taken: set[str] = set()
    for file, place in wanted.items():
        try:
            content, suffix = _fit_file(file, grade, root, theme, cache)
        except UnfitPictureError as error:
            message = f"the picture {file} {error.message}, so the e-book goes without it"
            findings.append(finding("F782", place, message, error.hint))
            continue
        name = _name(file, suffix, taken)
        taken.add(name)
        found[file] = Picture(name, "image/png" if suffix == ".png" else "image/jpeg", content)
    return found, tuple(findings)


def _fit_file(
    file: str, grade: Grade, root: Path, theme: Theme | None, cache: Cache | None
) -> tuple[bytes, str]:
    """A picture for the e-book and its suffix, from an earlier build if nothing of it has changed."""
    path = _inside(file, root)

    def fit(_: str) -> tuple[bytes, str]:
        if theme is not None and path.suffix.casefold() == ".svg":
            return _fit(_painted(file, path, grade, root, theme), grade)
        return _fit(open_picture(file, root), grade)

    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return fit(file)  # which says what is wrong
    # A drawing may name other files, and so is known by more than its own content.
    kept = cache if path.suffix.casefold() != ".svg" else None
    key = Kept[str, tuple[bytes, str]](kept, lambda digest: key_of("picture", engine(), grade, digest))
    return key.do(fit, digest)


def read_drawn_cover(
    file: str, root: Path, theme: Theme, *, cache: Cache | None = None
) -> tuple[Picture | None, tuple[Finding, ...]]:
    """The writer's own cover from an SVG, lettered in the theme's faces; None where it cannot be used."""

    def draw(_: bytes) -> Picture | None:
        pixels = _drawn(file, COVER_PX, root, theme)
        return cover_of(pixels) if pixels else None

    def key(content: bytes) -> str:
        return key_of("drawn cover", engine(), theme.name, theme.key, content)

    content = _whole(file, root)
    cover = Kept[bytes, Picture | None](cache if content else None, key).do(draw, content)
    if cover is None:
        message = f"the cover {file} cannot be drawn; a cover is drawn from the theme instead"
        hint = "open it in a drawing program and save it anew as SVG, or as JPEG of 1600 by 2560 pixels"
        return None, (finding("F780", Place("guide.toml"), message, hint),)
    return cover, ()


def _whole(file: str, root: Path) -> bytes:
    """A drawing's content where that says all of it; empty where it shows other files, or is not there."""
    try:
        content = _inside(file, root).read_bytes()
    except (OSError, UnfitPictureError):
        return b""
    elsewhere = re.search(
        rb"""href\s*=\s*["'](?!\#|data:)|url\(\s*["']?(?!\#|data:)|@import|<!ENTITY""", content
    )
    return b"" if elsewhere else content


def _drawn(file: str, size_px: tuple[int, int], root: Path, theme: Theme) -> Image.Image | None:
    """An SVG painted in the theme's faces, on white; None where it cannot be."""
    # Only here: an e-book without drawings needs no Pango.
    import pypdfium2

    from book.pdf.paint import paint_drawing
    from book.pdf.studio import Studio

    page = paint_drawing(file, *size_px, Studio(root.resolve(), theme.faces, theme.figures))
    if page is None:
        return None
    painted: Image.Image = pypdfium2.PdfDocument(page)[0].render(scale=96 / 72).to_pil()
    return painted


def _painted(file: str, path: Path, grade: Grade, root: Path, theme: Theme) -> Image.Image:
    """A drawing of an entry in the shape that it has; UnfitPictureError where it cannot be painted."""
    text = path.read_text("utf-8", "replace")
    box = re.search(r"""viewBox\s*=\s*["']\s*([-\d.eE\s,+]+)["']""", text)
    width, height = 1.0, 1.0
    with suppress(ValueError, IndexError):
        sides = [float(number) for number in re.split(r"[\s,]+", box[1].strip())] if box else []
        width, height = sides[2], sides[3]
    if not (width > 0 and height > 0):
        raise UnfitPictureError("has no size", "give its svg element a viewBox")
    scale = grade.side_px / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    painted = _drawn(file, size, root, theme)
    if painted is None:
        raise UnfitPictureError("cannot be drawn", "open it in a drawing program and save it anew")
    return painted


def read_cover(file: str, root: Path) -> tuple[Picture | None, tuple[Finding, ...]]:
    """The writer's own cover as JPEG of at most 1600 by 2560 pixels; None where it cannot be used."""
    place = Place("guide.toml")
    try:
        picture = open_picture(file, root)
    except UnfitPictureError as error:
        message = f"the cover {file} {error.message}; a cover is drawn from the theme instead"
        return None, (finding("F780", place, message, error.hint),)
    findings = []
    size = f"{picture.width} by {picture.height} pixels"
    if picture.width < SMALLEST_COVER_PX[0] or picture.height < SMALLEST_COVER_PX[1]:
        hint = "bring one of 1600 by 2560 pixels; shops refuse less than 625 by 1000"
        findings.append(finding("F783", place, f"the cover {file} has only {size}", hint))
    if not COVER_SHAPES[0] <= picture.height / picture.width <= COVER_SHAPES[1]:
        shape = "wide" if picture.height / picture.width < COVER_SHAPES[0] else "narrow"
        hint = "bring one of 1600 by 2560 pixels; shops show covers as 1 to 1.6"
        findings.append(finding("F784", place, f"the cover {file} is too {shape}: {size}", hint))
    return cover_of(picture), tuple(findings)


def cover_of(picture: Image.Image) -> Picture:
    """A picture as the e-book's cover: within COVER_PX and MOST_BYTES_OF_A_COVER."""
    plain = _within(picture, COVER_PX)
    return Picture(COVER, "image/jpeg", jpeg(plain, most=MOST_BYTES_OF_A_COVER))


def open_picture(file: str, root: Path) -> Image.Image:
    """The picture upright and in full; an UnfitPictureError says why there is none."""
    path = _inside(file, root)
    try:
        # No other kinds: for PostScript, Pillow would start another program.
        with warnings.catch_warnings(), Image.open(path, formats=KINDS) as opened:
            warnings.simplefilter("ignore")  # a broken note of the camera's harms no page
            if opened.width * opened.height > MOST_PIXELS:
                raise UnfitPictureError("is far too large", "save it with 3000 pixels on the long side")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            upright.format = opened.format  # turning a picture loses it
            return upright
    except FileNotFoundError as error:
        raise UnfitPictureError("is not there", "mend its name, or take the line out") from error
    except UnidentifiedImageError as error:
        raise UnfitPictureError("is not a picture that can be read", "save it as JPEG or PNG") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnfitPictureError("is damaged or far too large", "save it again as JPEG or PNG") from error


def _inside(file: str, root: Path) -> Path:
    try:
        path = (root / file).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # no name; links that go round in a circle
        raise UnfitPictureError("is not there", "mend its name, or take the line out") from error
    if not path.is_relative_to(root.resolve()):
        raise UnfitPictureError(
            "lies outside the guide's folder", "copy it into the guide, e.g. into images/"
        )
    return path


# ----------------------------------------------------------------------------------------- colours


def in_srgb(picture: Image.Image) -> Image.Image:
    """A copy in the colours of a screen, RGB, grey or RGBA, with nothing but pixels in it.

    A profile within the file is heeded: without that, a photograph in a wide colour space looks dull, and
    one for a press too loud.
    """
    clear = "transparency" in picture.info or "A" in picture.getbands()
    profile = picture.info.get("icc_profile")
    deep = picture.mode.startswith("I") or picture.mode == "F"
    plain = _of_eight_bits(picture) if deep else picture
    if profile and plain.mode in {"RGB", "RGBA", "CMYK", "L"}:
        plain = _by_profile(plain, profile)
    if clear and plain.mode != "RGBA":
        plain = plain.convert("RGBA")
    elif plain.mode not in {"RGB", "L", "RGBA"}:
        plain = plain.convert("RGB")
    bare = plain.copy()
    bare.info = {}
    return bare


def _within(picture: Image.Image, size_px: tuple[int, int]) -> Image.Image:
    """A copy in sRGB, no wider and no higher than that."""
    if picture.mode in {"RGB", "L", "RGBA", "CMYK"} and max(picture.size) > max(size_px):
        profile = picture.info.get("icc_profile")
        picture = picture.copy()
        picture.thumbnail(size_px, Image.Resampling.LANCZOS)  # first, for then there is less to convert
        picture.info["icc_profile"] = profile
    plain = in_srgb(picture)
    plain.thumbnail(size_px, Image.Resampling.LANCZOS)
    return plain


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    """Through the profile to sRGB; as it is where the profile is broken or is for another kind of picture."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        turned = ImageCms.profileToProfile(
            picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
        )
        return turned if turned is not None else picture
    return picture


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey as eight; Pillow by itself would cut off all that is not nearly black."""
    tones = np.asarray(picture).astype(np.float64)
    most = 65535.0 if tones.max(initial=0) > 255 else 255.0
    return Image.fromarray((tones.clip(0, most) * (255 / most)).round().astype(np.uint8))


def jpeg(picture: Image.Image, *, quality: int = 88, most: int = 0) -> bytes:
    """The picture as JPEG in sRGB, whatever it was, laid on white where it let the paper through.

    With `most` bytes, it is made worse until it has no more, though never past telling what it shows.
    """
    picture = in_srgb(picture)
    if picture.mode == "RGBA":
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    picture = picture.convert("RGB")
    for worse in range(quality, 39, -8):
        out = BytesIO()
        # Full colour resolution: fine red or blue lettering frays without it.
        picture.save(out, "JPEG", quality=worse, optimize=True, subsampling=0)
        if not most or out.tell() <= most:
            break
    return out.getvalue()


def _fit(picture: Image.Image, grade: Grade) -> tuple[bytes, str]:
    """The picture for an e-book, and its suffix: photographs as JPEG, drawings and clear ones as PNG."""
    photograph = picture.format in {"JPEG", "MPO"}
    plain = _within(picture, (grade.side_px, grade.side_px))
    if not photograph:
        png = _png(plain)
        if plain.mode == "RGBA" and len(png) <= MOST_BYTES_OF_A_PICTURE:
            return png, ".png"
    as_jpeg = jpeg(plain, quality=grade.quality, most=MOST_BYTES_OF_A_PICTURE)
    # A drawing is smaller as PNG and a photograph as JPEG, which is as good a way to tell them apart as any.
    return (as_jpeg, ".jpg") if photograph or len(as_jpeg) < len(png) else (png, ".png")


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _name(file: str, suffix: str, taken: Container[str]) -> str:
    """A name in the e-book close to the picture's own; a.png and a.webp may both have become a.png."""
    stem = ascii_words(PurePosixPath(file).stem)[:LONGEST_STEM].strip("-") or "picture"
    name, number = f"images/{stem}{suffix}", 1
    while name in taken or name == COVER:
        number += 1
        name = f"images/{stem}-{number}{suffix}"
    return name


def _named(guide: Guide) -> Iterator[tuple[str, Place]]:
    """Every picture the guide names, in reading order, with the place that names it."""
    for matter in (*guide.front, *guide.back):
        yield from ((file, NOWHERE) for file, _ in pictures(matter.text))
    for chapter in guide.chapters:
        yield from ((file, NOWHERE) for file, _ in pictures(chapter.intro))
        for film in chapter.films:
            if film.image is not None and film.image.file:
                yield film.image.file, film.source.at("image")
            for section in (film.synopsis, *film.safe, *film.spoilers):
                place = Place(film.source.file, section.line)
                yield from ((file, place) for file, _ in pictures(section.body))
