"""Guide and theme -> the e-book's XHTML documents in spine order.

Every film has a document of its own, and its spoilers another. Where the spoilers go is the guide's
`[spoilers] epub`: *linked* sets them at the very end of the spine and marks them non-linear too, since
some readers do not heed the mark and page on into them; *inline* sets each behind its film; *omit*
leaves them out with everything that points to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from book.cache import Cache
from book.compose_desk import Desk
from book.compose_films import CONTENTS, FilmDesk, FilmDocuments
from book.config import Project
from book.ebook import (
    Document,
    Picture,
    contents,
    file_stems,
)
from book.ebook_index import IndexPage, index_pages
from book.matter import HOW_TO_USE_TITLE
from book.model import (
    Guide,
    Matter,
    PrintedPage,
    Slug,
    Zone,
)
from book.page_list import FRONT, page_breaks, with_page_breaks
from book.slugs import distinct
from book.themes import Theme
from book.workers import ALONE, Hands


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
    hands: Hands = ALONE,
) -> tuple[Document, ...]:
    """The documents in spine order, contents included. Those of a film in the cache are not made again.

    `pictures` go by the names that the guide gives them; one that is not there is left out of its page.
    `pages` are those of the printed book, if there is one: each is marked where it begins, and the contents
    list them. `track` is told each film's title as its turn comes. `kind` is the folder of templates that
    come before the e-book's own: web for the site, which says some things another way. Many films are made by
    all `hands`.
    """
    films_desk = FilmDesk(guide, project, theme, pictures, kind, cache)
    desk = films_desk.desk
    stems = _distinct(matter.slug for matter in (*guide.front, *guide.back))
    front = [page for matter in guide.front for page in _matter(desk, matter, next(stems), Zone.FRONT)]
    films, spoilers = _films(films_desk, hands, track or (lambda title: None))
    back = [page for matter in guide.back for page in _matter(desk, matter, next(stems), Zone.BACK)]
    documents = [_cover(desk), *front, *films, *back, *spoilers]
    return _with_page_list(desk, with_page_breaks(tuple(_with_contents(desk, documents)), pages))


def compose_film_documents(
    guide: Guide, project: Project, theme: Theme, slug: Slug, *, pictures: Mapping[str, Picture]
) -> FilmDocuments:
    """One film's documents as they stand in the e-book: its page, and its spoilers where it has any.

    Raises KeyError for a film that no chapter has.
    """
    order = list({film.slug: film for film in guide.films}.values())
    at = next((place for place, film in enumerate(order) if film.slug == slug), None)
    if at is None:
        raise KeyError(slug)
    desk = FilmDesk(guide, project, theme, pictures)
    placed = (order[at], order[at - 1] if at else None, ([*order, None])[at + 1])
    return desk.documents([placed], ALONE)[0]


# ---------------------------------------------------------------------------------------- films


def _films(
    made_at: FilmDesk, hands: Hands, track: Callable[[str], None]
) -> tuple[list[Document], list[Document]]:
    """Chapters with their films in reading order, and the spoilers that are kept apart from them."""
    desk = made_at.desk
    pages: list[Document] = []
    spoilers: list[Document] = []
    order = list({film.slug: film for film in desk.guide.films}.values())
    track(order[0].title if order else "")
    placed = list(zip(order, [None, *order[:-1]], [*order[1:], None], strict=True))
    made = dict(zip((film.slug for film in order), made_at.documents(placed, hands), strict=True))
    stems = _distinct(chapter.slug for chapter in desk.guide.chapters)
    for chapter in desk.guide.chapters:
        page = Document(f"chapters/{next(stems)}.xhtml", chapter.title, "", Zone.CHAPTER, depth=1)
        page = replace(page, landmark="" if pages else "bodymatter", part=chapter.slug)
        intro = desk.prose(chapter.intro, top=2) if chapter.intro.strip() else ""
        pages.append(desk.page("chapter.xhtml", page, chapter=chapter, intro=intro, stems=desk.stems))
        for film in chapter.films:
            if film.slug not in made:  # it stood in an earlier chapter already
                continue
            page, told = made.pop(film.slug)
            track(film.title)
            pages.append(page)
            if told is not None:
                (pages if desk.mode == "inline" else spoilers).append(told)
    return pages, spoilers


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
