"""Painting where no file of the guide is: what goes along with a shard, and the studio it makes there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from book.model import Setting, Shard
from book.pdf.columns import Measures
from book.pdf.gate import GUIDE, file_at
from book.pdf.paint import layout_job
from book.pdf.sheet import Sheet
from book.pdf.studio import Studio
from book.themes import Face

Job = tuple[Shard, Setting]

FACES = ".faces"  # begins with a dot, so that it is no folder of the guide's

# What a page, a style sheet or a drawing names as a file; more is found than is read, which does no harm.
_MENTIONED = re.compile(r"""\b(?:src|href)\s*=\s*["']([^"'#][^"']*)["']|\burl\(\s*["']?([^"')#][^"')]*)""")


@dataclass(frozen=True)
class Travelling:
    """`paint` with its studio, to be done here or on a machine to which files must be brought.

    `names` say what each font file is called there: by its content, since what is read from it is kept.
    """

    studio: Studio
    names: Mapping[Path, str]

    def __call__(self, job: Job) -> Sheet | Measures:
        """Paint or measure here."""
        return layout_job(self.studio, job)

    def files(self, job: Job) -> dict[str, Path]:
        """Every file that painting may read, by its path below another root, with forward slashes."""
        shard, _ = job
        root = self.studio.root.resolve()
        found = {name: path for path, name in self.names.items()}
        texts = [(GUIDE, text) for text in (shard.html, *shard.css)]
        while texts:
            base, text = texts.pop()
            for match in _MENTIONED.finditer(text):
                url = urljoin(base, unescape(match[1] or match[2]).strip())
                path = file_at(url, root)
                # What lies outside is not read here either; a link may look inside and lead outside.
                if not (url.startswith(GUIDE) and path.resolve().is_relative_to(root) and path.is_file()):
                    continue
                name = path.relative_to(root).as_posix()
                if name not in found and path.suffix.lower() == ".svg":
                    texts.append((url, path.read_text("utf-8", "replace")))
                found[name] = path
        return found

    def at(self, root: Path) -> partial[Sheet | Measures]:
        """The same job where those files lie below `root`."""
        there = {path: root / name for path, name in self.names.items()}

        def moved(face: Face) -> Face:
            return replace(face, path=there[face.path])

        faces = tuple(map(moved, self.studio.faces))
        figures = tuple(replace(row, face=moved(row.face)) for row in self.studio.figures)
        return partial(layout_job, Studio(root, faces, figures))


def travelling(studio: Studio) -> Travelling:
    """The studio's painting, ready to be done anywhere."""
    faces = (*studio.faces, *(row.face for row in studio.figures))
    return Travelling(
        studio, {face.path: f"{FACES}/{_digest(face.path)}{face.path.suffix}" for face in faces}
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
