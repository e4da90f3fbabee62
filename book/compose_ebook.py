"""Guide and theme -> the e-book's XHTML documents in spine order.

Every film has a document of its own, and its spoilers another. Where the spoilers go is the guide's
`[spoilers] epub`: *linked* sets them at the very end of the spine and marks them non-linear too, since
some readers do not heed the mark and page on into them; *inline* sets each behind its film; *omit*
leaves them out with everything that points to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from book import prose
from book.cache import Cache, Kept, key_of
from book.compose_desk import Desk, desk_of
from book.config import Project
from book.ebook import (
    Document,
    Picture,
    contents,
    file_stems,
    web_address,
)
from book.ebook_index import IndexPage, index_pages
from book.film_links import targets
from book.matter import HOW_TO_USE_TITLE
from book.model import (
    SPOILER_KINDS,
    Film,
    Guide,
    Kind,
    Matter,
    PrintedPage,
    Section,
    Slug,
    Zone,
)
from book.page_list import FRONT, page_breaks, with_page_breaks
from book.slugs import distinct
from book.themes import Theme
from book.wording import credits, facts, heading

CONTENTS = "nav.xhtml"


@dataclass(frozen=True, slots=True)
class Part:
    """A section as a document shows it; `ident` is its id there, counted from 1."""

    ident: str
    heading: str
    html: Markup


def compose_ebook(
    guide: Guide,
    project: Project,
    theme: Theme,
    *,
    pictures: Mapping[str, Picture],
    pages: Sequence[PrintedPage] = (),
    track: Callable[[str], None] | None = None,
    kind: str = "ebook",
    cache: Cache | None = None,
) -> tuple[Document, ...]:
    """The documents in spine order, contents included. Those of a film in the cache are not made again.

    `pictures` go by the names that the guide gives them; one that is not there is left out of its page.
    `pages` are those of the printed book, if there is one: each is marked where it begins, and the contents
    list them. `track` is told each film's title as its turn comes. `kind` is the folder of templates that
    come before the e-book's own: web for the site, which says some things another way.
    """
    desk = desk_of(guide, project, theme, pictures, kind, cache)
    stems = _distinct(matter.slug for matter in (*guide.front, *guide.back))
    front = [page for matter in guide.front for page in _matter(desk, matter, next(stems), Zone.FRONT)]
    films, spoilers = _films(desk, track or (lambda title: None))
    back = [page for matter in guide.back for page in _matter(desk, matter, next(stems), Zone.BACK)]
    documents = [_cover(desk), *front, *films, *back, *spoilers]
    return _with_page_list(desk, with_page_breaks(tuple(_with_contents(desk, documents)), pages))


def compose_film_documents(
    guide: Guide, project: Project, theme: Theme, slug: Slug, *, pictures: Mapping[str, Picture]
) -> tuple[Document, Document | None]:
    """One film's documents as they stand in the e-book: its page, and its spoilers where it has any.

    Raises KeyError for a film that no chapter has.
    """
    order = list({film.slug: film for film in guide.films}.values())
    at = next((place for place, film in enumerate(order) if film.slug == slug), None)
    if at is None:
        raise KeyError(slug)
    desk = desk_of(guide, project, theme, pictures)
    film, before, after = order[at], order[at - 1] if at else None, ([*order, None])[at + 1]
    return _film_documents(desk, film, before, after)


# ---------------------------------------------------------------------------------------- films


def _films(desk: Desk, track: Callable[[str], None]) -> tuple[list[Document], list[Document]]:
    """Chapters with their films in reading order, and the spoilers that are kept apart from them."""
    pages: list[Document] = []
    spoilers: list[Document] = []
    order = list({film.slug: film for film in desk.guide.films}.values())
    following = {film.slug: after for film, after in zip(order, [*order[1:], None], strict=True)}
    preceding = {film.slug: before for film, before in zip(order, [None, *order[:-1]], strict=True)}
    stems = _distinct(chapter.slug for chapter in desk.guide.chapters)
    for chapter in desk.guide.chapters:
        page = Document(f"chapters/{next(stems)}.xhtml", chapter.title, "", Zone.CHAPTER, depth=1)
        page = replace(page, landmark="" if pages else "bodymatter", part=chapter.slug)
        intro = desk.prose(chapter.intro, top=2) if chapter.intro.strip() else ""
        pages.append(desk.page("chapter.xhtml", page, chapter=chapter, intro=intro, stems=desk.stems))
        for film in chapter.films:
            if film.slug not in following:  # it stood in an earlier chapter already
                continue
            after = following.pop(film.slug)
            track(film.title)
            page, told = _film_documents(desk, film, preceding[film.slug], after)
            pages.append(page)
            if told is not None:
                (pages if desk.mode == "inline" else spoilers).append(told)
    return pages, spoilers


_Pair = tuple[Document, Document | None]


def _film_documents(desk: Desk, film: Film, preceding: Film | None, following: Film | None) -> _Pair:
    """A film's page, and its spoilers where it has any and the book holds them."""
    see_also = desk.guide.see_also.get(film.slug, ())
    led_to = [(slug, text) for slug, text in targets(film)]
    kept = Kept[Film, _Pair](
        desk.cache if film.source.digest else None,
        lambda film: key_of(
            desk.common,
            [
                (each.source.file, each.source.digest) if each else None
                for each in (film, preceding, following)
            ],
            [desk.stems[each.slug] if each else "" for each in (film, preceding, following)],
            see_also,
            led_to,
            [desk.stems.get(slug, "") for slug in (*(other.to or "" for other in see_also), *dict(led_to))],
        ),
    )

    def made(film: Film) -> _Pair:
        told = desk.mode != "omit" and _has_spoilers(film)
        page = _film(desk, film, preceding, following)
        return page, _spoilers(desk, film, following) if told else None

    return kept.do(made, film)


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


# --------------------------------------------------------------------------------------- matter


def _cover(desk: Desk) -> Document:
    page = Document("cover.xhtml", desk.words.gettext("Cover"), "", Zone.FRONT, landmark="cover")
    return desk.page("cover.xhtml", page)


def _matter(desk: Desk, matter: Matter, stem: str, zone: Zone) -> Iterator[Document]:
    """The documents of a piece of front or back matter: none for a half-title, which only paper needs."""
    part = FRONT if zone is Zone.FRONT else matter.slug
    for document in _documents(desk, matter, stem, zone):
        yield replace(document, part=part)


def _documents(desk: Desk, matter: Matter, stem: str, zone: Zone) -> Iterator[Document]:
    name = f"matter/{stem}.xhtml"
    match matter.kind:
        case "title":
            page = Document(name, desk.guide.info.title, "", zone, landmark="titlepage")
            yield desk.page("title.xhtml", page)
        case "copyright":
            title = matter.title or desk.words.gettext("Copyright")
            page = Document(name, title, "", zone, landmark="copyright-page")
            text = desk.prose(matter.text, top=2) if matter.text.strip() else ""
            yield desk.page("copyright.xhtml", page, text=text)
        case "toc":
            title = matter.title or desk.words.gettext("Contents")
            yield Document(CONTENTS, title, "", zone, landmark="toc", properties=("nav",))
        case "index" if matter.index is not None:
            for page_of_index in index_pages(matter.index, stem, desk.guide, desk.stems):
                yield _index(desk, page_of_index)
        case "map" | "figures":
            page = Document(name, matter.title, "", zone, depth=1, properties=("svg",))
            drawn = {"plates": desk.easel.maps()} if matter.kind == "map" else {"charts": desk.easel.charts()}
            yield desk.page(f"{matter.kind}.xhtml", page, zone=zone.value, **drawn)
        case "tracks":
            page = Document(name, matter.title, "", zone, depth=1)
            yield desk.page("tracks.xhtml", page, zone=zone.value, paths=matter.paths)
        case "how-to-use" if not matter.text.strip():  # ours, not the writer's
            title = matter.title or desk.words.gettext(HOW_TO_USE_TITLE)
            yield desk.page("how-to-use.xhtml", Document(name, title, "", zone, depth=1))
        case _ if matter.text.strip():
            page = Document(name, matter.title or matter.slug, "", zone, depth=1)
            yield desk.page("text.xhtml", page, text=desk.prose(matter.text, top=2), zone=zone.value)


def _distinct(slugs: Iterable[str]) -> Iterator[str]:
    """A file name without suffix for each slug, in order and none twice, even where slugs repeat."""
    taken: set[str] = set()
    for slug in slugs:
        stem = distinct(Slug(file_stems([slug])[slug]), taken)
        taken.add(stem)
        yield stem


def _index(desk: Desk, page: IndexPage) -> Document:
    document = Document(page.name, page.title, "", Zone.BACK, depth=1 if page.first else 0)
    document = replace(document, landmark="index" if page.first else "")
    return desk.page("index.xhtml", document, page=page)


def _with_contents(desk: Desk, documents: list[Document]) -> Iterator[Document]:
    """The documents with the contents filled in.

    A guide that prints no contents still has them for the reader's own menu, outside the spine.
    """
    if not desk.has_contents:
        title = desk.words.gettext("Contents")
        nav = Document(CONTENTS, title, "", Zone.FRONT, in_spine=False, properties=("nav",))
        documents = [*documents, nav]
    landmarks: dict[str, Document] = {}
    for document in documents:
        landmarks.setdefault(document.landmark, document)
    landmarks.pop("", None)
    for document in documents:
        if "nav" in document.properties:
            lines = contents(documents)
            yield desk.page("nav.xhtml", document, lines=lines, landmarks=landmarks)
        else:
            yield document


def _with_page_list(desk: Desk, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents, and behind the contents a list of the printed pages where any is marked."""
    breaks = page_breaks(documents)
    if not breaks:
        return documents
    listed = desk.templates.get_template("ebook/page-list.xhtml").render(breaks=breaks)
    return tuple(
        replace(document, xhtml=f"{listed}</body>".join(document.xhtml.rsplit("</body>", 1)))
        if "nav" in document.properties
        else document
        for document in documents
    )
