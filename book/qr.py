"""Web addresses as QR codes: one shape each, for the printed page.

A code's modules are drawn as one path in the colour of the text around it, so that it is black ink alone
on paper. The quiet zone of four modules (ISO/IEC 18004) is part of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup

MODULE_MM = 0.42
"""The side of a module: a phone reads 0.33 mm, but newsprint and cheap cream paper spread the ink."""

QUIET = 4
"""Modules left white around a code."""

_LEVEL = "m"  # fifteen percent of a code may be lost to a crease or a thumb


@dataclass(frozen=True, slots=True)
class QrCode:
    """A named address with its code: rows of modules from the top, true where one is dark."""

    name: str
    url: str
    modules: tuple[tuple[bool, ...], ...]

    @property
    def side_mm(self) -> float:
        """The code's side with its quiet zone, in millimetres."""
        return (len(self.modules) + 2 * QUIET) * MODULE_MM

    @property
    def svg(self) -> Markup:
        """The code as an SVG element whose unit is a module; its title is what it leads to."""
        side = len(self.modules) + 2 * QUIET
        whole = Markup(
            '<svg class="code" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
            'width="{mm:.2f}mm" height="{mm:.2f}mm"><title>{title}</title>'
            '<path fill="currentColor" d="{path}"/></svg>'
        )
        path = "".join(_path(self.modules))
        return whole.format(side=side, mm=self.side_mm, title=self.name, path=path)


def qr_codes(links: Mapping[str, str]) -> tuple[QrCode, ...]:
    """A code for each address, all of one size; an address too long for any code has none."""
    made = [(name, url, code) for name, url in links.items() if (code := _made(url, None)) is not None]
    most = max((int(code.version) for _, _, code in made), default=1)
    # Codes of different sizes beside each other look like an accident.
    sized = [(name, url, _made(url, most)) for name, url, _ in made]
    return tuple(
        QrCode(name, url, tuple(tuple(map(bool, row)) for row in code.matrix))
        for name, url, code in sized
        if code is not None
    )


def _made(url: str, version: int | None) -> segno.QRCode | None:
    try:
        return segno.make(url, error=_LEVEL, version=version, micro=False, boost_error=False)
    except segno.DataOverflowError:
        return None


def _path(modules: Sequence[Sequence[bool]]) -> Iterator[str]:
    """Each run of dark modules in a row as a rectangle."""
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            wide = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if wide:
                yield f"M{x + QUIET} {y + QUIET}h{wide}v1h-{wide}z"
            x += max(wide, 1)
