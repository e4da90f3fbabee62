"""A drawing as a value, and as SVG.

Lengths are points (72 to the inch), y counts downwards. A drawing has no colours: what is drawn takes that
of the text around it, so that it can be read by night and printed in black. On paper the words are not part
of the SVG but laid over it by the page's own typesetting, which knows kerning, every script, links and page
numbers; in an e-book they are SVG text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from markupsafe import Markup

from book.model import Slug

FINE = 0.75
"""Points of the finest line: presses that print one book at a time lose what is finer."""

LEAST_TYPE = 7.0
"""Points of the smallest type that they take."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = FINE


class Form(Enum):
    """The forms of a spot that the eye tells apart without colour."""

    DISC = "disc"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark around a point; `r` is the radius of the disc that weighs as much on the eye.

    With `film` it belongs to the words that lead there.
    """

    x: float
    y: float
    r: float
    form: Form = Form.DISC
    filled: bool = True
    film: Slug | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """An upright rectangle, filled."""

    x: float
    y: float
    width: float
    height: float


Mark = Line | Spot | Bar


@dataclass(frozen=True, slots=True)
class Label:
    """A line of words; `y` is its baseline. `anchor` says which point of it stands at `x`.

    With `film` it leads there; with `paged` the film's page number follows on paper.
    """

    x: float
    y: float
    text: str
    size: float
    anchor: str = "start"  # start, middle, end
    style: str = ""  # italic, strong
    film: Slug | None = None
    paged: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in the table that says what a drawing shows; with `film` they lead there."""

    text: str
    film: Slug | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure. `description` says what it shows to somebody who cannot see it, and is never empty.

    `rows` say the same in full as a table, the first of them its headings; none where the page has such a
    table or list already. `caption` is printed; `name` is an id within its page.
    """

    name: str
    title: str
    description: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    caption: str = ""
    rows: tuple[tuple[tuple[Cell, ...], ...], ...] = ()

    @property
    def films(self) -> tuple[Slug, ...]:
        """Every film that the drawing leads to, each once."""
        leading = (*self.marks, *self.labels)
        named = (getattr(each, "film", None) for each in leading)
        return tuple(dict.fromkeys(slug for slug in named if slug))


# ------------------------------------------------------------------------------------------ as SVG

_SQUARE, _TRIANGLE, _DIAMOND = 0.89, 1.27, 1.22  # sizes at which the forms weigh as much as a disc


def svg(drawing: Drawing, *, href: Callable[[Slug], str] | None = None) -> Markup:
    """The drawing as an SVG element; with `href`, words are in it, and a film's spot and words are a link.

    Without, it holds marks alone. Its title is then the description: a tagged PDF reads it out in its stead.
    """
    box = f"0 0 {plain(drawing.width)} {plain(drawing.height)}"
    if href is None:
        marks = Markup("").join(map(mark_svg, drawing.marks))
        whole = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" width="{}pt" height="{}pt">'
            "<title>{}</title>{}</svg>"
        )
        return whole.format(box, plain(drawing.width), plain(drawing.height), drawing.description, marks)
    leading: dict[Slug, list[Markup]] = {}
    inside: list[Markup] = []
    for each in (*drawing.marks, *drawing.labels):
        drawn = _label_svg(each) if isinstance(each, Label) else mark_svg(each)
        film = getattr(each, "film", None)
        (leading.setdefault(film, []) if film else inside).append(drawn)
    for film, parts in leading.items():
        inside.append(Markup('<a href="{}">{}</a>').format(href(film), Markup("").join(parts)))
    named = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="group" '
        'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{title}</title>'
        '<desc id="{name}-d">{description}</desc>{inside}</svg>'
    )
    return named.format(
        box=box,
        name=drawing.name,
        title=drawing.title,
        description=drawing.description,
        inside=Markup("\n").join(inside),
    )


def mark_svg(mark: Mark) -> Markup:
    """One mark, in the colour of the text around it."""
    if isinstance(mark, Line):
        return Markup(
            '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="currentColor" stroke-width="{}"/>'
        ).format(plain(mark.x1), plain(mark.y1), plain(mark.x2), plain(mark.y2), plain(mark.weight))
    if isinstance(mark, Bar):
        return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="currentColor"/>').format(
            plain(mark.x), plain(mark.y), plain(mark.width), plain(mark.height)
        )
    return _spot_svg(mark)


def _spot_svg(spot: Spot) -> Markup:
    weight = FINE
    paint = (
        Markup('fill="currentColor"')
        if spot.filled
        else Markup('fill="none" stroke="currentColor" stroke-width="{}"').format(plain(weight))
    )
    r = spot.r if spot.filled else spot.r - weight / 2
    if spot.form is Form.DISC:
        return Markup('<circle cx="{}" cy="{}" r="{}" {}/>').format(
            plain(spot.x), plain(spot.y), plain(r), paint
        )
    if spot.form is Form.SQUARE:
        side = r * _SQUARE
        corners = [(-side, -side), (side, -side), (side, side), (-side, side)]
    elif spot.form is Form.TRIANGLE:
        reach = r * _TRIANGLE
        corners = [(0, -reach), (reach * 0.87, reach * 0.55), (-reach * 0.87, reach * 0.55)]
    else:
        reach = r * _DIAMOND
        corners = [(0, -reach), (reach, 0), (0, reach), (-reach, 0)]
    points = " ".join(f"{plain(spot.x + dx)},{plain(spot.y + dy)}" for dx, dy in corners)
    return Markup('<polygon points="{}" {}/>').format(points, paint)


def _label_svg(label: Label) -> Markup:
    style = {"italic": ' font-style="italic"', "strong": ' font-weight="bold"'}.get(label.style, "")
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    return Markup('<text x="{}" y="{}" font-size="{}" fill="currentColor"{}{}>{}</text>').format(
        plain(label.x), plain(label.y), plain(label.size), Markup(anchor), Markup(style), label.text
    )


def plain(number: float) -> str:
    """A length with two decimals at the most, and no zeros to spare."""
    shown = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in {"-0", ""} else shown
