"""The wrap as a page of HTML: the front's drawing over the whole sheet, and type set upon it.

Shapes come from the theme's cover.svg. Its words are taken out of the drawing and set as lines of HTML at the
same baselines, because WeasyPrint's SVG joins no Arabic letters and turns no line round.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from lxml import etree
from markupsafe import Markup

from book.cover import WIDTH, Stage, cover_svg, lettering
from book.covers.barcode import Barcode
from book.covers.guides import GuideLine
from book.covers.plan import CoverPlan
from book.covers.spine import SpinePlan, plan_spine
from book.ebook import direction, fit_for_xml
from book.model import GuideInfo
from book.printers import Box, Printer, Wrap, allows_spine_text
from book.prose import to_html
from book.themes import Theme, templates

LEAST_BLURB_PT, MOST_BLURB_PT = 8.0, 15.0
_PAPER_MM = 1.2  # white around the barcode's own quiet zones
ISBN_HIGH_MM = 3.6
"""Room in the barcode's field for the ISBN as people read it."""

_OFF_THE_LINE_MM = 0.5
"""What a picture keeps from the safety line: where its ground ends is known to half a millimetre."""

_OFF_THE_FIELD_MM, _LEAST_IMPRINT_MM = 4.0, 20.0

_PANEL = 0.115
"""Margin of the back, in parts of its width: type that begins at the safety line looks cut off."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A cover of the writer's own on the front: its address, its shape, and the colour around it.

    `ratio` is height by width. With a `ground` the picture stands whole on that colour; without, it fills the
    front and what hangs over is cut off. `dark` says which ink shows on it. `reach` is how much of its width
    and of its height, to either side of the middle, has anything but the ground: at most 0.5.
    """

    file: str
    ratio: float
    ground: str = ""
    dark: bool = True
    reach: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a wrap shows, apart from where."""

    info: GuideInfo
    plan: CoverPlan
    barcode: Barcode | None
    picture: Picture | None = None


def stage_of(wrap: Wrap, printer: Printer) -> Stage:
    """The front as the drawing sees it: 1600 units wide, with the whole sheet around it."""
    unit = wrap.front.width / WIDTH
    front = wrap.front
    return Stage(
        height=round(front.height / unit),
        left=math.ceil(front.x / unit) + 1,
        top=math.ceil(front.y / unit) + 1,
        right=math.ceil((wrap.width - front.right) / unit) + 1,
        foot=math.ceil((wrap.height - front.foot) / unit) + 1,
        inset=max(70, math.ceil(printer.wrap.safety_mm / unit) + 6),
    )


@dataclass(frozen=True, slots=True)
class Front:
    """The drawing over the whole sheet, without its words; none where the writer brings a picture.

    `head_mm` and `foot_mm` are how much of the sheet's height it fills with ornament, from the trim.
    """

    drawing: Markup | None = None
    box: Box | None = None  # of the drawing, a hair larger than the sheet
    lines: tuple[Lettered, ...] = ()
    head_mm: float = 0.0
    foot_mm: float = 0.0


def front_of(shown: Shown, wrap: Wrap, printer: Printer, theme: Theme) -> Front:
    """The theme's drawing for this wrap, taken apart."""
    if shown.picture:
        return Front()
    stage = stage_of(wrap, printer)
    return _parted(cover_svg(shown.info, theme, stage), stage, wrap)


def barcode_zone(wrap: Wrap, printer: Printer, front: Front) -> Box:
    """The field for the barcode, on the back beside the spine and above any ornament at the foot."""
    field = printer.barcode
    clear = max(field.clear_mm, printer.wrap.safety_mm)
    x = wrap.back.x + clear if wrap.bound_right else wrap.back.right - clear - field.width_mm
    foot = front.foot_mm + field.clear_mm if front.foot_mm else clear
    return Box(x, wrap.back.foot - max(foot, clear) - field.height_mm, field.width_mm, field.height_mm)


def blurb_box(wrap: Wrap, printer: Printer, front: Front) -> Box:
    """Where the words on the back stand: within its margins, above the barcode's field."""
    margin = max(printer.wrap.safety_mm, _PANEL * wrap.back.width)
    top = wrap.back.y + max(margin * 1.15, front.head_mm + margin * 0.6 if front.head_mm else 0)
    height = barcode_zone(wrap, printer, front).y - top - 5
    return Box(wrap.back.x + margin, top, wrap.back.width - 2 * margin, height)


def blurb_html(shown: Shown, size_pt: float) -> Markup:
    """The words on the back as an `<article>`, in a type size."""
    plan, language = shown.plan, shown.info.language
    parts = []
    if plan.headline:
        parts.append(f'<div class="headline">{to_html(plan.headline, language=language)}</div>')
    parts.append(to_html(plan.blurb or shown.info.description, language=language))
    if plan.author:
        parts.append(f'<div class="author">{to_html(plan.author, language=language)}</div>')
    way = direction(plan.blurb or shown.info.description or plan.headline) or "ltr"
    return Markup(f'<article dir="{way}" style="font-size:{size_pt:g}pt">{"".join(parts)}</article>')


def article_page(article: Markup, language: str) -> str:
    """A page with the article alone, to be measured."""
    return f'<!DOCTYPE html><html lang="{language}"><body class="cover">{article}</body></html>'


def wrap_html(
    shown: Shown,
    wrap: Wrap,
    printer: Printer,
    theme: Theme,
    front: Front,
    article: Markup,
    *,
    spine: SpinePlan | None,
    guides: tuple[GuideLine, ...] = (),
) -> str:
    """The whole sheet, in millimetres from its top left corner."""
    info = shown.info
    zone = barcode_zone(wrap, printer, front)
    white = _white(shown.barcode, zone, wrap) if shown.barcode else None
    box = blurb_box(wrap, printer, front)
    stage_page = templates(theme, NullTranslations()).get_template("cover/wrap.html")
    return stage_page.render(
        info=info,
        wrap=wrap,
        front=front,
        picture=shown.picture,
        picture_box=box_of(shown.picture, wrap, printer) if shown.picture else None,
        article=article,
        box=box,
        imprint_box=_beside(zone, box, wrap),
        imprint=[fit_for_xml(text) for text in (info.publisher, shown.plan.shelf) if text],
        zone=zone,
        symbol=shown.barcode,
        white=white,
        symbol_at=_within(shown.barcode, white) if shown.barcode and white else None,
        spine=spine,
        spine_end=spine_end(wrap, printer, front),
        flaps=_flaps(shown, wrap, printer, front),
        guides=guides,
        direction=direction,
    )


def spine_words(
    shown: Shown, wrap: Wrap, printer: Printer, theme: Theme, front: Front, pages: int
) -> SpinePlan | None:
    """What stands on the spine; None where the printer allows no words, or none would be large enough."""
    if not allows_spine_text(printer, pages):
        return None
    return plan_spine(
        shown.info,
        lettering(theme),
        width_mm=wrap.spine.width,
        clear_mm=printer.spine.clear_mm,
        length_mm=wrap.spine.height - 2 * spine_end(wrap, printer, front),
        reads=shown.plan.spine_reads,
    )


def spine_end(wrap: Wrap, printer: Printer, front: Front) -> float:
    """How far words on the spine keep from head and foot."""
    ornament = max(front.head_mm, front.foot_mm)
    return max(printer.wrap.safety_mm, wrap.spine.height * 0.055, ornament + 5 if ornament else 0)


def _beside(zone: Box, box: Box, wrap: Wrap) -> Box:
    """Where the imprint stands: below the words on the back, beside the field for the barcode."""
    if wrap.bound_right:
        width = max(box.right - zone.right - _OFF_THE_FIELD_MM, _LEAST_IMPRINT_MM)
        return Box(box.right - width, zone.y, width, zone.height)
    return Box(box.x, zone.y, max(zone.x - box.x - _OFF_THE_FIELD_MM, _LEAST_IMPRINT_MM), zone.height)


def _white(symbol: Barcode, zone: Box, wrap: Wrap) -> Box:
    """The white paper under the symbol and its ISBN, in the corner of the field next to the spine."""
    width = min(zone.width, symbol.width + 2 * _PAPER_MM)
    height = min(zone.height, symbol.height + ISBN_HIGH_MM + 2 * _PAPER_MM)
    x = zone.x if wrap.bound_right else zone.right - width
    return Box(x, zone.foot - height, width, height)


def _within(symbol: Barcode, white: Box) -> tuple[float, float]:
    """Where the symbol stands on its paper: the number goes above it in words."""
    x = white.x + (white.width - symbol.width) / 2
    return x, white.y + ISBN_HIGH_MM + (white.height - ISBN_HIGH_MM - symbol.height) / 2


def box_of(picture: Picture, wrap: Wrap, printer: Printer) -> Box:
    """The picture on the front: what it shows within the safe area, or over the front and its bleed."""
    front = wrap.front
    if picture.ground:
        safe = front.inset(printer.wrap.safety_mm + _OFF_THE_LINE_MM)
        across, down = picture.reach
        # Its edges have one colour, and the sheet has the same: nobody sees where it ends.
        width = min(
            front.width,
            front.height / picture.ratio,
            safe.width / 2 / across,
            safe.height / 2 / down / picture.ratio,
        )
        height = width * picture.ratio
        return Box(front.centre - width / 2, front.y + (front.height - height) / 2, width, height)
    if wrap.front_flap:
        return Box(front.x, 0, front.width, wrap.height)
    return (
        Box(0, 0, front.right, wrap.height)
        if wrap.bound_right
        else Box(front.x, 0, wrap.width - front.x, wrap.height)
    )


def _flaps(shown: Shown, wrap: Wrap, printer: Printer, front: Front) -> list[tuple[Box, Markup]]:
    if not wrap.front_flap or not wrap.back_flap:
        return []
    told = []
    for box, text in ((wrap.front_flap, shown.plan.front_flap), (wrap.back_flap, shown.plan.back_flap)):
        if text:
            html = to_html(text, language=shown.info.language)
            across, down = max(8.0, printer.wrap.safety_mm / 2 + 4), max(20.0, front.head_mm + 10)
            told.append((box.inset(across, down), Markup(html)))
    return told


# ------------------------------------------------------------------------------- parting a drawing


@dataclass(frozen=True, slots=True)
class Lettered:
    """A line of a drawing's words: its anchor in millimetres, its size, and its style as CSS."""

    text: str
    x: float
    y: float
    size: float
    anchor: str
    css: str
    way: str


def _parted(svg: str, stage: Stage, wrap: Wrap) -> Front:
    """The drawing without its words, and the words."""
    root = etree.fromstring(svg.encode())
    unit = wrap.front.width / WIDTH
    lines = []
    for text in list(root.iter("{*}text")):
        content = "".join(map(str, text.itertext()))
        lines.append(
            Lettered(
                content,
                wrap.front.x + float(text.get("x", "0")) * unit,
                wrap.front.y + float(text.get("y", "0")) * unit,
                float(text.get("font-size", "16")) * unit,
                text.get("text-anchor", "start"),
                _css({str(key): str(value) for key, value in text.items()}),
                direction(content) or "ltr",
            )
        )
        parent = text.getparent()
        assert parent is not None
        parent.remove(text)
    for title in list(root.iter("{*}title")):
        root.remove(title)
    root.set("preserveAspectRatio", "none")
    head, foot = (float(root.get(key, "0")) * unit for key in ("data-head", "data-foot"))
    box = Box(
        wrap.front.x - stage.left * unit,
        wrap.front.y - stage.top * unit,
        (WIDTH + stage.left + stage.right) * unit,
        (stage.height + stage.top + stage.foot) * unit,
    )
    return Front(Markup(etree.tostring(root, encoding="unicode")), box, tuple(lines), head, foot)


def _css(attributes: Mapping[str, str]) -> str:
    known = {"fill": "color", "font-family": "font-family", "font-weight": "font-weight"}
    known |= {"font-style": "font-style", "letter-spacing": "letter-spacing"}
    return ";".join(f"{css}:{attributes[key]}" for key, css in known.items() if key in attributes)
