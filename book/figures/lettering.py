"""How wide words are in the faces of a theme, shaped as the page will shape them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import fsum
from pathlib import Path

import uharfbuzz as hb

from book.themes import Face

SIGNS, TEXT = "Sign", "Text"
"""Families by name: figures are lettered in the face for signs, where a theme has one."""

SLACK = 1.02  # digits are lining or old style as the style sheet likes, and differ by so much


@dataclass(frozen=True, slots=True)
class Lettering:
    """The faces that words in figures are set in, the first that has a letter taking it.

    `stretch` makes every word count as wider, where faces are the reader's choice and not ours.
    """

    upright: tuple[Face, ...]
    italic: tuple[Face, ...]
    stretch: float = 1.0

    def width(self, text: str, size: float, style: str = "") -> float:
        """The length of a line of words in points, with a little to spare."""
        faces = self.italic if style == "italic" else self.upright
        weight = 700 if style == "strong" else 400
        runs = ((face, "".join(run)) for face, run in _runs(text, faces))
        ems = fsum(_ems(face.path, weight, run) for face, run in runs)
        return ems * size * SLACK * self.stretch

    def wrapped(
        self, text: str, size: float, most: float, lines: int = 2, style: str = ""
    ) -> tuple[str, ...]:
        """The words over a few lines that are at most so wide; what has no room is left out with an ellipsis.

        Of two lines the widest is as short as can be, so that a title is no long line and one word.
        """
        words = text.split()
        if self.width(text, size, style) <= most or len(words) == 1:
            return (self._cut(text, size, most, style),)
        if lines == 2:
            halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
            best = min(halves, key=lambda pair: max(self.width(half, size, style) for half in pair))
            if all(self.width(half, size, style) <= most for half in best):
                return best
        rows: list[str] = []
        while words and len(rows) < lines:
            count = len(words)
            while count > 1 and self.width(" ".join(words[:count]), size, style) > most:
                count -= 1
            rows.append(" ".join(words[:count]))
            words = words[count:]
        if words:
            rows[-1] = f"{rows[-1]} {' '.join(words)}"
        return tuple(self._cut(row, size, most, style) for row in rows)

    def _cut(self, text: str, size: float, most: float, style: str) -> str:
        if self.width(text, size, style) <= most:
            return text
        kept = text
        while len(kept) > 1 and self.width(f"{kept}…", size, style) > most:
            kept = kept[:-1]
        whole = kept.rpartition(" ")[0].rstrip(" ,;:–-") if " " in kept[len(kept) // 2 :] else kept.rstrip()
        return f"{whole}…"


def lettering(faces: tuple[Face, ...]) -> Lettering:
    """How a printed book letters its figures."""
    families = [face.family for face in faces]
    first = SIGNS if SIGNS in families else TEXT

    def ordered(style: str) -> tuple[Face, ...]:
        own = [face for face in faces if face.family == first]
        rest = [face for face in faces if face.family != first]
        slanted = [face for face in (*own, *rest) if face.style == style]
        return (*slanted, *(face for face in (*own, *rest) if face.style != style))

    return Lettering(ordered("normal"), ordered("italic"))


def readers_lettering(faces: tuple[Face, ...]) -> Lettering:
    """How an e-book does, in a face that we do not know: as wide as the widest that people read in."""
    wide = [face for face in faces if face.family == "More"] or list(faces)
    rest = [face for face in faces if face not in wide]
    return Lettering((*wide, *rest), (*wide, *rest), stretch=1.04)


def _runs(text: str, faces: tuple[Face, ...]) -> Iterator[tuple[Face, Iterator[str]]]:
    def face_of(sign: str) -> Face:
        return next((face for face in faces if ord(sign) in _signs(face.path)), faces[0])

    return groupby(text, key=face_of)


@lru_cache(maxsize=64)
def _signs(path: Path) -> frozenset[int]:
    return frozenset(_face(path).unicodes)


@lru_cache(maxsize=64)
def _face(path: Path) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(path)))


@lru_cache(maxsize=4096)
def _ems(path: Path, weight: int, text: str) -> float:
    face = _face(path)
    font = hb.Font(face)
    font.set_variations({"wght": weight})
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {})
    advance: int = sum(place.x_advance for place in buffer.glyph_positions)
    return advance / int(face.upem)
