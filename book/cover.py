"""The front cover, drawn from the guide's title and the theme: an SVG, and the same as JPEG.

The theme's cover.svg is the drawing. Pillow paints it for the e-book, with the theme's own fonts and
only the few shapes that our covers are made of (rect, line, circle, polygon and text), so that an
e-book needs neither a browser nor the libraries that the PDF needs, and looks the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from itertools import pairwise

import jinja2
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image, ImageColor, ImageDraw, ImageFont, features

from book.ebook import Picture, direction, fit_for_xml
from book.findings import finding
from book.model import BookError, Finding, GuideInfo, Place
from book.pictures import COVER, COVER_PX, jpeg
from book.themes import Face, Theme, templates

WIDTH, HEIGHT = COVER_PX

_FINER = 2  # painted at twice the size and reduced, which smooths every edge


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: its baseline and size in units of the drawing, which is 1600 by 2560."""

    text: str
    y: int
    size: int


@dataclass(frozen=True, slots=True)
class Stage:
    """The front that is drawn on: always 1600 units wide, and as high as its shape wants it.

    `left` to `foot` say how far the drawing reaches beyond the front: over edges that are cut off, or over
    a whole wrap. `inset` is how far everything that must be seen keeps from the edges.
    """

    height: int = HEIGHT
    left: int = 0
    top: int = 0
    right: int = 0
    foot: int = 0
    inset: int = 70

    @property
    def measure(self) -> int:
        """Width that lines of type may fill."""
        return WIDTH - 2 * (self.inset + 110)


EBOOK = Stage()
"""The front of an e-book: 1600 by 2560, and nothing around it."""


def cover_svg(info: GuideInfo, theme: Theme, stage: Stage = EBOOK) -> str:
    """The front cover as a drawing 1600 units wide, from the theme's cover.svg or ours."""
    faces = lettering(theme)
    share = stage.height / HEIGHT
    top = round(470 * share)

    def lines(text: str, y: int, height: int, sizes: Sequence[int], style: str = "normal") -> list[Line]:
        return set_lines(
            text, faces, y=y, height=round(height * share), sizes=sizes, style=style, measure=stage.measure
        )

    title = lines(info.title, top, 930, range(230, 60, -6))
    rule_y = (title[-1].y if title else top) + round(130 * share)
    subtitle = lines(info.subtitle, rule_y + 70, 380, range(84, 40, -4), "italic")
    line = lines(info.cover_line, round(1880 * share), 170, range(80, 40, -4))
    authors = lines(", ".join(info.authors), stage.height - 285 + 70 - stage.inset, 150, range(72, 28, -4))
    drawings = templates(theme, NullTranslations())
    drawings.undefined = jinja2.StrictUndefined
    drawing = drawings.get_template("cover.svg")
    family = faces.faces[0].family
    svg = drawing.render(
        info=info,
        stage=stage,
        family=family,
        title=title,
        rule_y=rule_y,
        subtitle=subtitle,
        cover_line=line,
        authors=authors,
    )
    return fit_for_xml(svg)


def front_cover(info: GuideInfo, theme: Theme) -> tuple[Picture, tuple[Finding, ...]]:
    """The front cover as JPEG, 1600 by 2560 pixels; letters that no font of the theme has are a finding."""
    faces = lettering(theme)
    words = fit_for_xml("".join((info.title, info.subtitle, info.cover_line, *info.authors)))
    missing = "".join(dict.fromkeys(c for c in words if not c.isspace() and not faces.have(c)))
    findings: tuple[Finding, ...] = ()
    if missing:
        message = f"no font of the theme {theme.name} has {missing}, so the cover goes without"
        hint = 'bring a cover of your own: [ebook] cover = "images/cover.jpg"'
        findings = (finding("F781", Place("guide.toml"), message, hint),)
    try:
        picture = _paint(etree.fromstring(cover_svg(info, theme).encode()), faces)
    except (etree.XMLSyntaxError, LookupError, TypeError, ValueError) as error:
        if theme.path("templates/cover.svg") is None:
            raise  # the drawing is ours
        raise BookError(
            f"The drawing cover.svg of the theme {theme.name} cannot be painted: {error}.",
            "Mend it, or take it away: the theme's parent has one.",
        ) from error
    return Picture(COVER, "image/jpeg", jpeg(picture)), findings


# --------------------------------------------------------------------------------- setting type


@dataclass(frozen=True, slots=True)
class Lettering:
    """The theme's faces, in the order in which they are asked for a letter."""

    faces: tuple[Face, ...]

    def have(self, letter: str) -> bool:
        """Whether some face can show it."""
        return any(ord(letter) in _letters(face) for face in self.faces)

    def font(self, text: str, size: int, weight: int = 400, style: str = "normal") -> ImageFont.FreeTypeFont:
        """The first face that has every letter of the text, or else the one that has the most of them."""
        upright = [face for face in self.faces if face.style == "normal"]
        ranked = [face for face in self.faces if face.style == style] + upright
        letters = {ord(c) for c in text if not c.isspace()}
        best, most = ranked[0], -1
        for face in ranked:
            count = len(letters & _letters(face))
            if count > most:
                best, most = face, count
            if count == len(letters):
                break
        return _font(best, size, weight)

    def shown(self, text: str) -> str:
        """The text without letters that nobody has."""
        return "".join(c for c in text if c.isspace() or self.have(c))

    def width(self, text: str, size: int, style: str) -> float:
        """How far the line runs; bold enough for any title."""
        return self.font(text, size, 700, style).getlength(text)


def lettering(theme: Theme) -> Lettering:
    """The theme's faces as a cover asks for them: those for signs, if it has any, before its text faces."""
    signs = tuple(face for face in theme.faces if face.family == "Sign")
    return Lettering((*signs, *(face for face in theme.faces if face not in signs)))


@cache
def _letters(face: Face) -> frozenset[int]:
    with TTFont(face.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _font(face: Face, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(face.path, size)
    try:
        axes = font.get_variation_axes()
    except OSError:  # a font of one weight
        return font
    values: list[float] = []
    for axis in axes:
        least, usual, most = axis["minimum"] or 0, axis["default"] or 0, axis["maximum"] or 0
        values.append(min(max(weight, least), most) if axis["name"] in {b"Weight", "Weight"} else usual)
    font.set_variation_by_axes(values)
    return font


def set_lines(
    text: str,
    faces: Lettering,
    *,
    y: int,
    height: int,
    sizes: Sequence[int],
    style: str = "normal",
    measure: int = EBOOK.measure,
) -> list[Line]:
    """The text in the largest of the sizes at which it fits the measure and the height; `y` is the top."""
    text = " ".join(faces.shown(fit_for_xml(text)).split())
    if not text:
        return []
    cased = any(letter.lower() != letter.upper() for letter in text)
    typed, lines, size, joint = text, [text], sizes[0], " "
    for size in sizes:
        # Chinese and Japanese break between any two signs; one endless word is parted rather than set tiny.
        too_long = not _fits(typed.split(" "), faces, size, style, measure)
        joint = "" if too_long and not cased else " "
        if too_long and cased and 2 * size <= sizes[0] + sizes[-1]:
            text = " ".join(_parted(word, faces, size, style, measure) for word in typed.split(" "))
        lines = _filled(text, joint, faces, size, style, measure)
        if _fits(lines, faces, size, style, measure) and len(lines) * size * 1.2 <= height:
            break
    lines = _even(text, joint, faces, size, style, len(lines), measure)
    most = max(1, int(height / (size * 1.2)))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,.;:") + "…"]
    return [Line(line, round(y + size * (0.9 + 1.2 * number)), size) for number, line in enumerate(lines)]


def _parted(word: str, faces: Lettering, size: int, style: str, measure: int) -> str:
    """A word that no line holds in pieces of about one length, each but the last with a hyphen."""
    count = 1 + int(faces.width(word, size, style) / (0.95 * measure - faces.width("-", size, style)))
    cuts = [round(len(word) * part / count) for part in range(count + 1)]
    return "- ".join(word[start:end] for start, end in pairwise(cuts))


def _fits(lines: Sequence[str], faces: Lettering, size: int, style: str, measure: int) -> bool:
    return all(faces.width(line, size, style) <= measure for line in lines)


def _even(
    text: str, joint: str, faces: Lettering, size: int, style: str, count: int, measure: int
) -> list[str]:
    """The text in `count` lines of about one length: the narrowest measure that needs no more."""
    for share in range(max(30, 100 // count), 100, 4):
        lines = _filled(text, joint, faces, size, style, measure * share / 100)
        if len(lines) <= count:
            return lines
    return _filled(text, joint, faces, size, style, measure)


def _filled(text: str, joint: str, faces: Lettering, size: int, style: str, measure: float) -> list[str]:
    """The text in lines as long as the measure lets them be; a word that is longer stands alone."""
    words = text.split(joint) if joint else list(text)
    lines, line = [], words[0]
    for word in words[1:]:
        longer = f"{line}{joint}{word}"
        if faces.width(longer, size, style) <= measure:
            line = longer
        else:
            lines.append(line)
            line = word
    return [*lines, line]


# ------------------------------------------------------------------------------------- painting


def _paint(svg: etree._Element, faces: Lettering) -> Image.Image:
    """The drawing in colour; shapes other than those that our covers use are passed over."""
    picture = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), "white")
    for shape in svg:
        opacity = float(shape.get("fill-opacity", "1"))
        if opacity < 1:
            mask = Image.new("L", picture.size, 0)
            _draw(ImageDraw.Draw(mask), shape, faces, fill=round(255 * opacity))
            picture.paste(_colour(shape, "fill") or (0, 0, 0), mask=mask)
        else:
            _draw(ImageDraw.Draw(picture), shape, faces, fill=_colour(shape, "fill"))
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _draw(
    pen: ImageDraw.ImageDraw,
    shape: etree._Element,
    faces: Lettering,
    *,
    fill: tuple[int, ...] | int | None,
) -> None:
    stroke = _colour(shape, "stroke")
    line_width = round(_number(shape, "stroke-width"))
    match etree.QName(shape).localname:
        case "rect":
            x, y = _number(shape, "x"), _number(shape, "y")
            box = (x, y, x + _number(shape, "width") - 1, y + _number(shape, "height") - 1)
            pen.rectangle(box, fill=fill, outline=stroke, width=line_width)
        case "circle":
            middle = (_number(shape, "cx"), _number(shape, "cy"))
            pen.circle(middle, _number(shape, "r"), fill=fill, outline=stroke, width=line_width)
        case "line":
            ends = [_number(shape, key) for key in ("x1", "y1", "x2", "y2")]
            pen.line(ends, fill=stroke, width=line_width)
        case "polygon":
            numbers = [float(n) * _FINER for n in shape.get("points", "").replace(",", " ").split()]
            pen.polygon(numbers, fill=fill)
        case "text":
            _write(pen, shape, faces, fill)


def _write(
    pen: ImageDraw.ImageDraw, shape: etree._Element, faces: Lettering, fill: tuple[int, ...] | int | None
) -> None:
    text = shape.text or ""
    font = faces.font(
        text,
        round(_number(shape, "font-size")),
        int(shape.get("font-weight", "400")),
        shape.get("font-style", "normal"),
    )
    anchor = {"middle": "ms", "end": "rs"}.get(shape.get("text-anchor", "start"), "ls")
    # Without Raqm, Pillow cannot join Arabic letters or turn a line round; it then takes no direction.
    way = (direction(text) or "ltr") if features.check("raqm") else None
    spot = (_number(shape, "x"), _number(shape, "y"))
    pen.text(spot, text, fill=fill, font=font, anchor=anchor, direction=way)


def _number(shape: etree._Element, key: str) -> float:
    """A length of the drawing in painted pixels."""
    return float(shape.get(key, "0")) * _FINER


def _colour(shape: etree._Element, key: str) -> tuple[int, ...] | None:
    value = shape.get(key, "none")
    return None if value == "none" else ImageColor.getrgb(value)
