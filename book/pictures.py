"""The guide's pictures made fit for e-readers: JPEG or PNG, RGB, no larger than a screen can show."""

from __future__ import annotations

import warnings
from collections.abc import Container, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from PIL import Image, ImageOps, UnidentifiedImageError

from book.ebook import LONGEST_STEM, Picture
from book.findings import finding
from book.model import BookError, Finding, Guide, Place
from book.prose import pictures
from book.slugs import ascii_words
from book.themes import Theme

COVER = "images/cover.jpg"
LONGEST_SIDE_PX = 1600
COVER_PX = (1600, 2560)
SMALLEST_COVER_PX = (625, 1000)
"""Below this, shops refuse a cover."""


class UnfitPictureError(BookError):
    """A picture cannot be used; the message says why, as the end of a sentence."""


def read_pictures(guide: Guide, root: Path) -> tuple[Mapping[str, Picture], tuple[Finding, ...]]:
    """Every picture that the guide names, by the name it goes by there; those that fail are findings."""
    found: dict[str, Picture] = {}
    findings: list[Finding] = []
    wanted: dict[str, Place] = {}
    for file, place in _named(guide):
        wanted.setdefault(file, place)
    taken: set[str] = set()
    for file, place in wanted.items():
        try:
            content, suffix = _fit(open_picture(file, root))
        except UnfitPictureError as error:
            message = f"the picture {file} {error.message}, so the e-book goes without it"
            findings.append(finding("F782", place, message, error.hint))
            continue
        name = _name(file, suffix, taken)
        taken.add(name)
        found[file] = Picture(name, "image/png" if suffix == ".png" else "image/jpeg", content)
    return found, tuple(findings)


def read_drawn_cover(file: str, root: Path, theme: Theme) -> tuple[Picture | None, tuple[Finding, ...]]:
    """The writer's own cover from an SVG, lettered in the theme's faces; None where it cannot be used."""
    # Only here: an e-book whose cover is a picture, or drawn from the theme, needs no Pango.
    import pypdfium2

    from book.pdf.paint import Studio, paint_drawing

    studio = Studio(root.resolve(), theme.faces, theme.figures)
    page = paint_drawing(file, *COVER_PX, studio)
    if page is None:
        message = f"the cover {file} cannot be drawn; a cover is drawn from the theme instead"
        hint = "open it in a drawing program and save it anew as SVG, or as JPEG of 1600 by 2560 pixels"
        return None, (finding("F780", Place("guide.toml"), message, hint),)
    pixels = pypdfium2.PdfDocument(page)[0].render(scale=96 / 72).to_pil()
    return Picture(COVER, "image/jpeg", jpeg(pixels)), ()


def read_cover(file: str, root: Path) -> tuple[Picture | None, tuple[Finding, ...]]:
    """The writer's own cover as JPEG of at most 1600 by 2560 pixels; None where it cannot be used."""
    place = Place("guide.toml")
    try:
        picture = open_picture(file, root)
    except UnfitPictureError as error:
        message = f"the cover {file} {error.message}; a cover is drawn from the theme instead"
        return None, (finding("F780", place, message, error.hint),)
    findings: tuple[Finding, ...] = ()
    if picture.width < SMALLEST_COVER_PX[0] or picture.height < SMALLEST_COVER_PX[1]:
        size = f"{picture.width} by {picture.height} pixels"
        hint = "bring one of 1600 by 2560 pixels; shops refuse less than 625 by 1000"
        findings = (finding("F783", place, f"the cover {file} has only {size}", hint),)
    picture.thumbnail(COVER_PX, Image.Resampling.LANCZOS)
    return Picture(COVER, "image/jpeg", jpeg(picture)), findings


def open_picture(file: str, root: Path) -> Image.Image:
    """The picture upright and in full; an UnfitPictureError says why there is none."""
    try:
        path = (root / file).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # no name; links that go round in a circle
        raise UnfitPictureError("is not there", "mend its name, or take the line out") from error
    if not path.is_relative_to(root.resolve()):
        raise UnfitPictureError(
            "lies outside the guide's folder", "copy it into the guide, e.g. into images/"
        )
    try:
        with warnings.catch_warnings(), Image.open(path) as opened:
            warnings.simplefilter("ignore")  # a broken note of the camera's harms no page
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


def jpeg(picture: Image.Image) -> bytes:
    """The picture as JPEG in RGB, whatever it was, laid on white where it let the paper through."""
    if "transparency" in picture.info or "A" in picture.getbands():
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        picture = Image.alpha_composite(ground, clear)
    out = BytesIO()
    # Full colour resolution: fine red or blue lettering frays without it.
    picture.convert("RGB").save(out, "JPEG", quality=88, optimize=True, subsampling=0)
    return out.getvalue()


def _fit(picture: Image.Image) -> tuple[bytes, str]:
    """The picture for an e-book, and its suffix: photographs as JPEG, drawings and clear ones as PNG."""
    photograph = picture.format in {"JPEG", "MPO"}
    clear = "transparency" in picture.info or "A" in picture.getbands()
    if picture.mode not in {"RGB", "L", "RGBA"}:
        picture = picture.convert("RGBA" if clear else "RGB")
    picture.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    if photograph:
        return jpeg(picture), ".jpg"
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    png = out.getvalue()
    if clear:
        return png, ".png"
    # A drawing is smaller as PNG and a photograph as JPEG, which is as good a way to tell them apart as any.
    return min((png, ".png"), (jpeg(picture), ".jpg"), key=lambda kept: len(kept[0]))


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
        yield from ((file, Place()) for file, _ in pictures(matter.text))
    for chapter in guide.chapters:
        yield from ((file, Place()) for file, _ in pictures(chapter.intro))
        for film in chapter.films:
            if film.image is not None and film.image.file:
                yield film.image.file, film.source.at("image")
            for section in (film.synopsis, *film.safe, *film.spoilers):
                place = Place(film.source.file, section.line)
                yield from ((file, place) for file, _ in pictures(section.body))
