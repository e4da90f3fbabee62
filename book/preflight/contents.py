"""What the contents of a page draw: type, colours, lines and pictures, as they stand on the finished page.

Contents are read operator by operator, by the rules of ISO 32000-1, through forms and with every change of
scale, so that a size is the one that is printed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from book.preflight.fonts import FontFacts, font_facts

Matrix = tuple[float, float, float, float, float, float]

WHOLE: Matrix = (1, 0, 0, 1, 0, 0)
MOST_DEEP = 12  # forms within forms; deeper ones draw themselves for ever
_READ = (
    "q Q cm BT ET Tf Tm Td TD T* TL Tr Tj TJ ' \" w S s B b B* b* f F f* n re m l c v y g G rg RG k K "
    "cs CS sc scn SC SCN gs Do sh BI ID EI"
)


@dataclass(frozen=True, slots=True)
class Colour:
    """`kind` is grey, rgb, cmyk, lab, spot or pattern; parts are from 0 to 1."""

    kind: str
    parts: tuple[float, ...] = ()

    @property
    def inks(self) -> tuple[float, float, float, float]:
        """How much of cyan, magenta, yellow and black; nothing where that cannot be known."""
        match self.kind, self.parts:
            case "grey", (white,):
                return 0, 0, 0, 1 - white
            case "cmyk", (cyan, magenta, yellow, black):
                return cyan, magenta, yellow, black
        return 0, 0, 0, 0


BLACK = Colour("grey", (0.0,))

_FIRST = {"grey": (0.0,), "rgb": (0.0, 0.0, 0.0), "cmyk": (0.0, 0.0, 0.0, 1.0)}
"""What a space of colours begins with when it is chosen."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page: its object, its pixels, and the corners of its place in points from below."""

    picture: Any
    pixels: tuple[int, int]
    box: tuple[float, float, float, float]
    sides: tuple[float, float]  # before it was turned

    @property
    def ppi(self) -> float:
        """The lesser of its two resolutions."""
        lengths = zip(self.pixels, self.sides, strict=True)
        return min((count / (side / 72) for count, side in lengths if side), default=math.inf)


@dataclass(slots=True)
class Drawn:
    """All that a page draws. Sizes and widths are in points; `type` has the sizes of each colour.

    `lines` are drawn as such, `rules` as rectangles, by the shorter side of each. `empty`
    counts numbers that were left out; `codes` are those of the characters shown, by font. `veils` name what
    can be seen through.
    """

    number: int
    type: dict[Colour, set[float]] = field(default_factory=lambda: defaultdict(set))
    areas: set[Colour] = field(default_factory=set)
    lines: dict[float, set[Colour]] = field(default_factory=lambda: defaultdict(set))
    rules: dict[float, set[Colour]] = field(default_factory=lambda: defaultdict(set))
    pictures: list[Placed] = field(default_factory=list)
    codes: dict[FontFacts, set[int]] = field(default_factory=lambda: defaultdict(set))
    empty: int = 0
    veils: set[str] = field(default_factory=set)

    @property
    def colours(self) -> Iterator[Colour]:
        """Every colour, some of them several times."""
        yield from self.type
        yield from self.areas
        for colours in self.lines.values():
            yield from colours


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state, as far as we look."""

    ctm: Matrix = WHOLE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_space: str = "grey"
    stroke_space: str = "grey"
    width: float = 1.0
    font: FontFacts | None = None
    size: float = 0.0
    mode: int = 0


class Reader:
    """Reads the pages of one file; fonts are looked at once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], FontFacts] = {}

    def page(self, page: pikepdf.Page, number: int) -> Drawn:
        """What a page draws. Raises pikepdf.PdfError where its contents are none."""
        drawn = Drawn(number)
        resources = page.obj.get("/Resources", page.resources if "/Parent" in page.obj else None)
        _Walk(self, drawn).run(page, resources, _State(), 0)
        if "/Group" in page.obj and str(page.obj.Group.get("/S")) == "/Transparency":
            drawn.veils.add("a transparency group")
        return drawn

    def font(self, font: Any) -> FontFacts:
        """What is known of a font."""
        key = font.objgen
        if key == (0, 0):
            return font_facts(font)
        if key not in self._fonts:
            self._fonts[key] = font_facts(font)
        return self._fonts[key]


class _Walk:
    """A walk through the contents of a page and of the forms that it draws."""

    def __init__(self, reader: Reader, drawn: Drawn) -> None:
        self.reader, self.drawn = reader, drawn

    def run(self, source: Any, resources: Any, state: _State, depth: int) -> None:
        names: Any = resources if resources is not None else pikepdf.Dictionary()

        def named(table: str, name: Any) -> Any:
            found = names.get(table)
            return found.get(str(name)) if found is not None else None

        kept: list[_State] = []
        text = line = WHOLE
        leading = 0.0
        thin: list[float] = []  # rectangles of the path so far: the shorter side of each
        bent = False  # whether the path has anything but rectangles
        for instruction in pikepdf.parse_content_stream(source, _READ):
            operator, given = str(instruction.operator), instruction.operands
            match operator:
                case "q":
                    kept.append(state)
                case "Q":
                    state = kept.pop() if kept else state
                case "cm":
                    state = replace(state, ctm=product(_matrix(given), state.ctm))
                case "BT":
                    text = line = WHOLE
                case "Tm":
                    text = line = _matrix(given)
                case "Td" | "TD":
                    line = product((1, 0, 0, 1, float(given[0]), float(given[1])), line)
                    leading = -float(given[1]) if operator == "TD" else leading
                    text = line
                case "TL":
                    leading = float(given[0])
                case "T*":
                    text = line = product((1, 0, 0, 1, 0, -leading), line)
                case "Tf":
                    font = named("/Font", given[0])
                    facts = self.reader.font(font) if font is not None else None
                    state = replace(state, font=facts, size=float(given[1]))
                case "Tr":
                    state = replace(state, mode=int(given[0]))
                case "Tj" | "TJ" | "'" | '"':
                    self._show(given, state, product(text, state.ctm))
                case "w":
                    state = replace(state, width=float(given[0]))
                case "re":
                    scale = _scales(state.ctm)
                    thin.append(min(abs(float(given[2])) * scale[0], abs(float(given[3])) * scale[1]))
                case "m" | "l" | "c" | "v" | "y":
                    bent = True
                case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n":
                    self._paint(operator, state, [] if bent else thin)
                    thin, bent = [], False
                case "g" | "rg" | "k" | "G" | "RG" | "K":
                    kind = {"g": "grey", "rg": "rgb", "k": "cmyk"}[operator.lower()]
                    colour = Colour(kind, tuple(round(float(part), 4) for part in given))
                    state = _coloured(state, colour, kind, stroke=operator.isupper())
                case "cs" | "CS":
                    kind = space_kind(given[0], names)
                    first = Colour(kind, _FIRST.get(kind, ()))
                    state = _coloured(state, first, kind, stroke=operator == "CS")
                case "sc" | "scn" | "SC" | "SCN":
                    stroke = operator.isupper()
                    kind = state.stroke_space if stroke else state.fill_space
                    parts = () if kind == "pattern" else tuple(round(float(part), 4) for part in given)
                    state = _coloured(state, Colour(kind, parts), kind, stroke=stroke)
                    if kind == "pattern" and given:
                        self._pattern(named("/Pattern", given[-1]), state, depth)
                case "gs":
                    self._veiled(named("/ExtGState", given[0]))
                case "sh":
                    self._shading(named("/Shading", given[0]))
                case "Do":
                    self._thing(named("/XObject", given[0]), names, state, depth)
                case "INLINE IMAGE":
                    self._inline(instruction, state, names)

    def _show(self, given: Any, state: _State, matrix: Matrix) -> None:
        font = state.font
        if font is None or state.mode in {3, 7}:  # neither fills nor strokes: nothing to be seen
            return
        strings = given[0] if isinstance(given[0], pikepdf.Array) else given[-1:]
        codes = [
            code for part in strings if isinstance(part, pikepdf.String) for code in font.codes(bytes(part))
        ]
        if not codes:
            return
        self.drawn.codes[font].update(codes)
        if font.is_empty(codes):
            self.drawn.empty += 1
        if font.is_blank(codes):
            return
        size = abs(state.size) * _scales(matrix)[1]
        self.drawn.type[state.fill if state.mode in {0, 2, 4, 6} else state.stroke].add(round(size, 2))

    def _paint(self, operator: str, state: _State, rectangles: Sequence[float]) -> None:
        if operator in {"f", "F", "f*", "B", "B*", "b", "b*"}:
            self.drawn.areas.add(state.fill)
            # A rule is often drawn as a rectangle that is as high as it should be thick.
            if operator in {"f", "F", "f*"}:
                for side in rectangles:
                    if side:
                        self.drawn.rules[round(side, 3)].add(state.fill)
        if operator in {"S", "s", "B", "B*", "b", "b*"}:
            across, up = _scales(state.ctm)
            self.drawn.lines[round(state.width * math.sqrt(across * up), 3)].add(state.stroke)

    def _veiled(self, state: Any) -> None:
        """What in a graphics state lets something shine through."""
        if state is None:
            return
        if any(float(state.get(key, 1)) < 1 for key in ("/ca", "/CA")):
            self.drawn.veils.add("something that is not opaque")
        modes = state.get("/BM", pikepdf.Name.Normal)
        if str(modes[0] if isinstance(modes, pikepdf.Array) else modes) not in {"/Normal", "/Compatible"}:
            self.drawn.veils.add("colours that are blended")
        if str(state.get("/SMask", "/None")) != "/None":
            self.drawn.veils.add("a soft mask")

    def _pattern(self, pattern: Any, state: _State, depth: int) -> None:
        if pattern is None:
            return
        if "/Shading" in pattern:
            self._shading(pattern.Shading)
        elif isinstance(pattern, pikepdf.Stream) and depth < MOST_DEEP:
            matrix = _matrix(pattern.get("/Matrix", WHOLE))
            self.run(pattern, pattern.get("/Resources"), replace(state, ctm=matrix), depth + 1)

    def _shading(self, shading: Any) -> None:
        if shading is not None:
            kind = space_kind(shading.ColorSpace, None)
            self.drawn.areas.update(Colour(kind, parts) for parts in _ends(shading.get("/Function")))
            self.drawn.areas.add(Colour(kind))

    def _thing(self, thing: Any, names: Any, state: _State, depth: int) -> None:
        if thing is None:
            return
        if str(thing.get("/Subtype")) == "/Form" and depth < MOST_DEEP:
            matrix = product(_matrix(thing.get("/Matrix", WHOLE)), state.ctm)
            group = thing.get("/Group")
            if group is not None and str(group.get("/S")) == "/Transparency":
                self.drawn.veils.add("a transparency group")
            self.run(thing, thing.get("/Resources", names), replace(state, ctm=matrix), depth + 1)
        elif str(thing.get("/Subtype")) == "/Image":
            self._place(thing, (int(thing.Width), int(thing.Height)), state)
            if "/SMask" in thing:
                self.drawn.veils.add("a picture with a soft mask")
            if thing.get("/ImageMask", False):
                self.drawn.areas.add(state.fill)

    def _inline(self, instruction: Any, state: _State, names: Any) -> None:
        picture = instruction.iimage
        self._place(picture, (int(picture.width), int(picture.height)), state)

    def _place(self, picture: Any, pixels: tuple[int, int], state: _State) -> None:
        a, b, c, d, e, f = state.ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        box = (min(xs), min(ys), max(xs), max(ys))
        self.drawn.pictures.append(Placed(picture, pixels, box, (math.hypot(a, b), math.hypot(c, d))))


_KINDS = {
    "/DeviceGray": "grey", "/G": "grey", "/CalGray": "grey", "/DeviceRGB": "rgb", "/RGB": "rgb",
    "/CalRGB": "rgb", "/DeviceCMYK": "cmyk", "/CMYK": "cmyk", "/Lab": "lab", "/Pattern": "pattern",
    "/Separation": "spot", "/DeviceN": "spot",
}  # fmt: skip


def space_kind(space: Any, names: Any) -> str:
    """What a colour space is; `names` are the resources, for one that goes by name."""
    if isinstance(space, pikepdf.Name):
        known = _KINDS.get(str(space))
        spaces = names.get("/ColorSpace") if names is not None and known is None else None
        own = spaces.get(str(space)) if spaces is not None else None
        return known or (space_kind(own, None) if own is not None else "spot")
    if isinstance(space, pikepdf.Array) and len(space):
        head = str(space[0])
        if head == "/ICCBased":
            return {1: "grey", 3: "rgb", 4: "cmyk"}.get(int(space[1].get("/N", 0)), "spot")
        if head in {"/Indexed", "/I"}:
            return space_kind(space[1], names)
        return _KINDS.get(head, "spot")
    return "spot"


def _coloured(state: _State, colour: Colour, space: str, *, stroke: bool) -> _State:
    if stroke:
        return replace(state, stroke=colour, stroke_space=space)
    return replace(state, fill=colour, fill_space=space)


def _ends(function: Any) -> Iterator[tuple[float, ...]]:
    """The colours at both ends of a gradient, where its function tells them."""
    if not isinstance(function, pikepdf.Dictionary):
        return
    for part in function.get("/Functions", [function]):
        for key in ("/C0", "/C1"):
            if isinstance(part, pikepdf.Dictionary) and key in part:
                yield tuple(round(float(each), 4) for each in part[key])


def _matrix(given: Any) -> Matrix:
    a, b, c, d, e, f = (float(part) for part in given)
    return a, b, c, d, e, f


def product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does what `first` does and after it what `then` does."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _scales(matrix: Matrix) -> tuple[float, float]:
    """How much longer lengths across and up become."""
    a, b, c, d, _, _ = matrix
    return math.hypot(a, b), math.hypot(c, d)
