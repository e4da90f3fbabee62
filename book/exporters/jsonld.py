"""JSON-LD: the guide's films as a graph of schema.org's Movies, to be read by programs or put into a page."""

from __future__ import annotations

from collections.abc import Sequence

from book.exporters.csv_table import prose
from book.model import Film, Finding, GuideInfo
from book.movies import CONTEXT, in_a_page, movie


class JsonLd:
    """One document with a graph. Themes are its keywords, a tagline is a headline."""

    name = "jsonld"
    label = "JSON-LD, films in the words of schema.org"
    texts = frozenset({"synopsis", "tagline"})
    spoilers = False

    def write(self, films: Sequence[Film], info: GuideInfo) -> tuple[bytes, tuple[Finding, ...]]:
        """In UTF-8 without a mark at its beginning, which RFC 8259 forbids."""
        graph = [
            {
                "@id": f"#{film.slug}",
                **movie(film, prose(film.synopsis)),
                **({"headline": film.tagline} if film.tagline else {}),
                **({"keywords": list(film.themes)} if film.themes else {}),
            }
            for film in films
        ]
        return (in_a_page({"@context": CONTEXT, "@graph": graph}, indent=1) + "\n").encode(), ()
