"""A film's documents in an e-book: its page, and the one that tells everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from book import prose
from book.cache import Cache, Kept, key_of
from book.compose_desk import Desk, desk_of
from book.config import Project
from book.ebook import Document, Picture, web_address
from book.film_links import targets
from book.model import SPOILER_KINDS, Film, Guide, Kind, Section, Zone
from book.shares import kept_or_shared
from book.themes import Theme
from book.wording import credits, facts, heading
from book.workers import Hands

CONTENTS = "nav.xhtml"

Placed = tuple[Film, Film | None, Film | None]
"""A film with the one before it and the one behind it."""

FilmDocuments = tuple[Document, Document | None]
"""A film's page, and its spoilers where it has any and the book holds them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section as a document shows it; `ident` is its id there, counted from 1."""

    ident: str
    heading: str
    html: Markup


class FilmDesk:
    """Where films' documents are made; another process that is handed it sets up a desk of its own."""

    def __init__(
        self,
        guide: Guide,
        project: Project,
        theme: Theme,
        pictures: Mapping[str, Picture],
        kind: str = "ebook",
        cache: Cache | None = None,
    ) -> None:
        self._order = guide, project, theme, pictures, kind, cache

    @cached_property
    def desk(self) -> Desk:
        """The desk. BookError for a mode that no e-book has."""
        return desk_of(*self._order)

    def __getstate__(self) -> dict[str, object]:
        guide, project, theme, pictures, kind, _ = self._order
        # A document shows a picture by its name.
        named = {file: replace(picture, content=b"") for file, picture in pictures.items()}
        return {"_order": (guide, project, theme, named, kind, None)}

    def documents(self, films: Sequence[Placed], hands: Hands) -> list[FilmDocuments]:
        """The documents of each film, as they are kept or made anew."""
        known = all(film.source.digest for film, _, _ in films)
        kept = Kept[Placed, FilmDocuments](self.desk.cache if known else None, self._key)
        return kept_or_shared(kept, self._made, films, hands)

    def _key(self, placed: Placed) -> str:
        desk, film = self.desk, placed[0]
        see_also = desk.guide.see_also.get(film.slug, ())
        led_to = [(slug, text) for slug, text in targets(film)]
        return key_of(
            desk.common,
            [(each.source.file, each.source.digest) if each else None for each in placed],
            [desk.stems[each.slug] if each else "" for each in placed],
            see_also,
            led_to,
            [desk.stems.get(slug, "") for slug in (*(other.to or "" for other in see_also), *dict(led_to))],
        )

    def _made(self, placed: Placed) -> FilmDocuments:
        film, preceding, following = placed
        told = self.desk.mode != "omit" and _has_spoilers(film)
        page = _film(self.desk, film, preceding, following)
        return page, _spoilers(self.desk, film, following) if told else None


def _film(desk: Desk, film: Film, preceding: Film | None, following: Film | None) -> Document:
    """The part of a film that is safe to read before watching."""
    told = desk.mode != "omit" and _has_spoilers(film)
    # The sign above the warning is a drawing, which the manifest has to say of its page.
    properties = ("svg",) if told else ()
    name = f"films/{desk.stems[film.slug]}.xhtml"
    page = Document(name, film.title, "", Zone.SAFE, depth=2, properties=properties, part=film.slug)
    safe = [section for section in film.safe if section.kind not in SPOILER_KINDS]
    picture = desk.pictures.get(film.image.file) if film.image else None
    return desk.page(
        "film.xhtml",
        page,
        film=film,
        facts=facts(film, desk.words),
        credits=credits(film, desk.guide.info.rating_scale, desk.words, after_credits=desk.mode != "omit"),
        cast=[member for member in film.cast if not member.spoiler],
        picture=picture,
        credit=desk.line(film.image.credit) if film.image else "",
        tagline=desk.line(film.tagline),
        parts=_parts(desk, [film.synopsis, *safe]),
        similar=[
            (other, desk.stems.get(other.to or ""), desk.line(other.reason))
            for other in desk.guide.see_also.get(film.slug, ())
        ],
        links=[(label, web_address(address), address) for label, address in film.links.items()],
        spoilers=told,
        stem=desk.stems[film.slug],
        following=following,
        next_stem=desk.stems[following.slug] if following else "",
        preceding=preceding,
        previous_stem=desk.stems[preceding.slug] if preceding else "",
        contents=CONTENTS if desk.has_contents else "",
    )


def _spoilers(desk: Desk, film: Film, following: Film | None) -> Document:
    """The part that gives the film away; even its title says no more than that."""
    title = desk.words.gettext("Spoilers: %(title)s") % {"title": film.title}
    name = f"spoilers/{desk.stems[film.slug]}.xhtml"
    page = Document(name, title, "", Zone.SPOILER, part=f"{film.slug}--spoilers")
    parts = _parts(desk, _hidden(film), film.runtime_min)
    drawn = any("<svg" in part.html for part in parts)
    return desk.page(
        "spoilers.xhtml",
        replace(page, linear=desk.mode == "inline", properties=("svg",) if drawn else ()),
        film=film,
        cast=[member for member in film.cast if member.spoiler],
        parts=parts,
        stem=desk.stems[film.slug],
        following=following,
        next_stem=desk.stems[following.slug] if following else "",
    )


def _hidden(film: Film) -> list[Section]:
    """The sections that belong to the spoiler part, wherever the writer put them."""
    return [*(section for section in film.safe if section.kind in SPOILER_KINDS), *film.spoilers]


def _has_spoilers(film: Film) -> bool:
    return bool(
        film.spoiler_themes
        or any(member.spoiler for member in film.cast)
        or any(section.body.strip() for section in _hidden(film))
    )


def _parts(desk: Desk, sections: list[Section], runtime_min: int | None = None) -> list[Part]:
    """The sections that hold anything, with ids and headings; a timeline becomes a strip and a table."""
    parts = []
    for number, section in enumerate(sections, start=1):
        if not section.body.strip():
            continue
        ident = f"s{number}"
        title = heading(section, desk.words) or desk.words.gettext("Spoilers")
        if section.kind is Kind.TIMELINE:
            html = _timeline(desk, section, ident, runtime_min)
        else:
            html = desk.prose(section.body, top=3, prefix=f"{ident}-")
        parts.append(Part(ident, title, html))
    return parts


def _timeline(desk: Desk, section: Section, prefix: str, runtime_min: int | None) -> Markup:
    """The events as a table, between whatever stands around them; its two clocks are drawn first."""
    timeline = prose.events(section.body)
    rows = [(event.at, event.story, desk.line(event.text)) for event in timeline.events]
    before = desk.prose(timeline.before, top=3, prefix=f"{prefix}b-") if timeline.before else ""
    after = desk.prose(timeline.after, top=3, prefix=f"{prefix}a-") if timeline.after else ""
    template = desk.templates.get_template("ebook/timeline.xhtml")
    told = any(story for _, story, _ in rows)
    strip = desk.easel.strip(timeline.events, f"{prefix}-clocks", runtime_min)
    return Markup(template.render(rows=rows, told=told, before=before, after=after, strip=strip))
