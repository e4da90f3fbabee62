"""One film as the e-book shows it: its documents, its style sheet, its pictures."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

from book.cache import Cache
from book.compose_ebook import compose_film_documents
from book.config import Project
from book.ebook import Document, Picture
from book.model import Chapter, Guide, Slug
from book.pictures import read_pictures
from book.themes import Theme

MOST_KEPT = 400  # pictures in memory

READER = """
:root { color-scheme: light dark; }
html { background: Canvas; box-sizing: border-box; color: CanvasText;
  font: 1.06rem/1.5 Georgia, "Noto Serif", serif; margin: 0 auto; max-width: 41rem;
  padding: 1rem 2.4rem 4rem; }
@media (max-width: 30rem) { html { padding-inline: 1.2rem; } }
"""
"""What a reading program brings along: type and colours, which the book's style sheet leaves to it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A film's documents; `told` is None where the film has no spoilers, or the e-book omits them."""

    safe: Document
    told: Document | None


class Reader:
    """Composes films of one guide as its e-book would, and keeps the pictures that they show."""

    def __init__(self, project: Project, theme: Theme, cache: Cache) -> None:
        self._project, self._theme, self._cache = project, theme, cache
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._lock = Lock()

    def film(self, guide: Guide, slug: Slug) -> Shown:
        """A film's documents. KeyError for a film that no chapter has."""
        pictures = self._pictures_of(guide, slug)
        safe, told = compose_film_documents(guide, self._project, self._theme, slug, pictures=pictures)
        return Shown(safe, told)

    def style(self) -> str:
        """The theme's style sheet, over what a reading program would have of its own."""
        return READER + "\n".join(self._theme.style("ebook", self._project.info.language))

    def picture(self, name: str) -> Picture | None:
        """A picture that a document shows, by its name in it; None for any other name."""
        return self._pictures.get(name)

    def _pictures_of(self, guide: Guide, slug: Slug) -> Mapping[str, Picture]:
        """The pictures of one film by the names that it gives them, under names that no other picture has."""
        film = next(film for film in guide.films if film.slug == slug)
        alone = replace(guide, front=(), back=(), chapters=(Chapter("alone", "", (film,)),))
        found, _ = read_pictures(alone, self._project.root, self._theme, cache=self._cache)
        named = {}
        with self._lock:
            for file, picture in found.items():
                mark = hashlib.sha256(picture.content).hexdigest()[:16]
                suffix = picture.name.rpartition(".")[2]
                named[file] = replace(picture, name=f"images/{mark}.{suffix}")
                self._pictures[named[file].name] = named[file]
                self._pictures.move_to_end(named[file].name)
            while len(self._pictures) > MOST_KEPT:
                self._pictures.popitem(last=False)
        return named
