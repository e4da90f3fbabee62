"""Guides that show a designer where a wrap folds and is cut. They are never sent to a printer."""

from __future__ import annotations

from dataclasses import dataclass

from book.printers import Box, Printer, Wrap


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A box to be outlined, or a fold where it has no width, in a colour of its own, with its name."""

    box: Box
    colour: str
    name: str = ""


def guides_of(wrap: Wrap, printer: Printer, zone: Box | None) -> tuple[GuideLine, ...]:
    """What is cut, folded and kept free; `zone` is the barcode's."""
    safety = printer.wrap.safety_mm
    panels = {
        "back": wrap.back,
        "front": wrap.front,
        "back flap": wrap.back_flap,
        "front flap": wrap.front_flap,
    }
    spine_clear = printer.spine.clear_mm
    found = [
        GuideLine(wrap.trim, "#e6007e", "trim"),
        GuideLine(Box(wrap.spine.x, 0, 0, wrap.height), "#009fe3"),
        GuideLine(Box(wrap.spine.right, 0, 0, wrap.height), "#009fe3"),
        *(GuideLine(box.inset(safety), "#3aaa35", f"{name}: safe") for name, box in panels.items() if box),
    ]
    if wrap.spine.width > 2 * spine_clear:
        found.append(GuideLine(wrap.spine.inset(spine_clear, safety), "#3aaa35"))
    for box in (wrap.back_flap, wrap.front_flap):
        if box:
            found += [GuideLine(Box(x, 0, 0, wrap.height), "#009fe3") for x in (box.x, box.right)]
    left, right = sorted((wrap.back, wrap.front), key=lambda box: box.x)
    if left.right < wrap.spine.x:  # the hinges of a case
        found += [GuideLine(Box(x, 0, 0, wrap.height), "#f39200") for x in (left.right, right.x)]
    if zone:
        found.append(GuideLine(zone, "#f39200", "barcode"))
    return tuple(found)
