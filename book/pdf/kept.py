"""What a sheet depends on, spelt as a key: a shard is painted again when any of it changed, and only then."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from book.cache import Cache, engine, key_of, pack, unpack
from book.model import Setting, Shard
from book.pango import pango_version
from book.pdf.studio import Studio
from book.reach import leads_out
from book.themes import Face

_PICTURE = re.compile(r'\bsrc="([^"]+)"')

Job = tuple[Shard, Setting]


@dataclass
class PaintedBefore:
    """The sheets in a cache, and how long each shard was when it was last painted."""

    cache: Cache
    studio: Studio
    _counts: dict[str, int] = field(init=False)
    _names: dict[Shard, str] = field(default_factory=dict, init=False)
    _common: str = field(init=False)

    def __post_init__(self) -> None:
        faces = [(_face(row), row.family) for row in self.studio.faces]
        figures = [(row.family, _face(row.face), row.weight, row.features) for row in self.studio.figures]
        self._common = key_of("sheet", engine(), pango_version(), faces, figures)
        self._counts = _counts_in(self.cache.get(self._counts_key))

    def key(self, job: Job) -> str:
        """The key of a shard's sheet in a setting."""
        shard, setting = job
        return key_of(self._shard_key(shard), setting.side, setting.first, setting.digits, setting.romans)

    def page_count(self, shard: Shard) -> int | None:
        """How many pages the shard had; None where nobody has painted it."""
        return self._counts.get(self._shard_key(shard)[:24])

    def remember(self, lengths: Iterable[tuple[Shard, int]]) -> None:
        """Keep the page counts of a finished book, in place of those of the last one."""
        counts = {self._shard_key(shard)[:24]: count for shard, count in lengths}
        if counts != self._counts:
            self.cache.put(self._counts_key, pack(counts))

    @property
    def _counts_key(self) -> str:
        # Not what went into it: the last book's counts are a good guess for the next one's.
        return key_of("page counts", engine())

    def _shard_key(self, shard: Shard) -> str:
        if shard not in self._names:
            pictures = [self._picture(unquote(unescape(src))) for src in _PICTURE.findall(shard.html)]
            parts = (shard.name, shard.html, _css(shard.css), shard.slots, shard.numbering, shard.place)
            kind = (shard.carried, shard.measured)
            self._names[shard] = key_of(self._common, *parts, *kind, pictures)
        return self._names[shard]

    def _picture(self, name: str) -> str:
        """A picture's digest; empty for one that the painter does not read either."""
        path = self.studio.root / name
        return "" if leads_out(path, self.studio.root) or not path.is_file() else _digest(path)


def _counts_in(content: bytes | None) -> dict[str, int]:
    counts = unpack(content) if content else None
    return counts if isinstance(counts, dict) else {}


@lru_cache(maxsize=8)
def _css(sheets: tuple[str, ...]) -> str:
    return key_of(sheets)


def _face(face: Face) -> tuple[object, ...]:
    return _digest(face.path), face.family, face.weight, face.style


def _digest(path: Path) -> str:
    """A file's SHA-256; empty where there is none, as with a picture of a web address."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
