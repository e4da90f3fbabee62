"""Where the panels of a wrap lie: back, spine and front, with flaps on a jacket and hinges on a case."""

from __future__ import annotations

from dataclasses import dataclass, replace

from book.printers.figures import spine_mm
from book.printers.profile import Binding, Paper, Printer


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres; x and y are its corner at the top left, counted from the sheet's."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends to the right."""
        return self.x + self.width

    @property
    def foot(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    @property
    def centre(self) -> float:
        """The middle of its width."""
        return self.x + self.width / 2

    def inset(self, across: float, down: float | None = None) -> Box:
        """The same, narrower by `across` on either side and lower by `down` at either end."""
        down = across if down is None else down
        return Box(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)


@dataclass(frozen=True, slots=True)
class Wrap:
    """The sheet that goes round a book, seen from outside, in millimetres.

    `trim` is what is cut to, or for a case what is seen; the sheet is larger by `edge_mm` all round. Front
    and back of a case leave their hinges out. Flaps are None where there are none. Where a book is bound at
    the right, its front lies left of the spine.
    """

    width: float
    height: float
    edge_mm: float
    trim: Box
    back: Box
    spine: Box
    front: Box
    back_flap: Box | None = None
    front_flap: Box | None = None

    @property
    def bound_right(self) -> bool:
        """Whether the book's pages go from right to left."""
        return self.front.x < self.spine.x


def wrap_of(
    printer: Printer,
    paper: Paper,
    trim_mm: tuple[float, float],
    pages: int,
    *,
    spine_width_mm: float = 0.0,
    bound_right: bool = False,
) -> Wrap:
    """The wrap of a book; `spine_width_mm` is the printer's own word on the spine, where a writer has it."""
    rule = printer.wrap
    spine = spine_width_mm or spine_mm(printer, paper, pages)
    cover, height = trim_mm[0] + rule.board_wider_mm, trim_mm[1] + rule.board_taller_mm
    flaps = printer.binding is Binding.JACKET and rule.flap_mm > 0
    flap, fold = (rule.flap_mm, rule.fold_mm) if flaps else (0.0, 0.0)
    seen = 2 * (flap + fold + cover) + spine
    edge = rule.edge_mm
    at_back = edge + flap + fold
    at_spine = at_back + cover
    at_front = at_spine + spine
    wrap = Wrap(
        width=seen + 2 * edge,
        height=height + 2 * edge,
        edge_mm=edge,
        trim=Box(edge, edge, seen, height),
        back=Box(at_back, edge, cover - rule.hinge_mm, height),
        spine=Box(at_spine, edge, spine, height),
        front=Box(at_front + rule.hinge_mm, edge, cover - rule.hinge_mm, height),
        back_flap=Box(edge, edge, flap, height) if flaps else None,
        front_flap=Box(at_front + cover + fold, edge, flap, height) if flaps else None,
    )
    return _turned(wrap) if bound_right else wrap


def _turned(wrap: Wrap) -> Wrap:
    """The wrap with left and right exchanged."""

    def there(box: Box) -> Box:
        return replace(box, x=wrap.width - box.right)

    return replace(
        wrap,
        back=there(wrap.back),
        spine=there(wrap.spine),
        front=there(wrap.front),
        back_flap=there(wrap.back_flap) if wrap.back_flap else None,
        front_flap=there(wrap.front_flap) if wrap.front_flap else None,
    )
