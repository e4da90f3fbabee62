"""Guide -> a site: a page a film, its spoilers on another, and whatever else the guide has, as plain files.

The e-book's documents are composed and set into the frame of a site, so that both say the same. Links are
relative and nothing is loaded from elsewhere, so the folder works wherever it lies: on a server, on a stick,
opened from a disk.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import jinja2
from markupsafe import Markup

from book.cache import Cache
from book.compose_ebook import compose_ebook
from book.config import Project
from book.ebook import Document, Line, Picture, contents, file_stems, fit_for_xml, isolate
from book.ebook_fonts import ebook_fonts
from book.languages import language_direction
from book.model import Film, Finding, Guide, Zone
from book.movies import CONTEXT, in_a_page, movie
from book.pictures import read_pictures
from book.prose import to_text
from book.themes import Theme, templates
from book.titles import fold
from book.web_pages import HOME, WebPage, body_of, file_of
from book.wording import enumerated
from book.words import words_of
from book.workers import ALONE, Hands

SEARCH = "search.html"
STYLE, SCRIPT, FILMS = "style.css", "search.js", "search-index.js"
LONGEST_DESCRIPTION = 200  # letters: search engines and shared links show no more
_OF_A_BOOK = {"cover", "titlepage", "toc"}  # landmarks of documents that the home page takes the place of


def render_site(
    guide: Guide,
    project: Project,
    theme: Theme,
    *,
    cover: Picture | None = None,
    cache: Cache | None = None,
    hands: Hands = ALONE,
    track: Callable[[str], None] | None = None,
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The site's files by their names from its root, and what could not go into it as the writer has it.

    Spoilers stand on pages of their own unless the guide's e-book omits them; then they are nowhere. The same
    guide, theme and pictures give the same bytes. `track` is told each film's title as its turn comes.
    """
    mode = "omit" if project.spoilers.epub == "omit" else "linked"
    project = replace(project, spoilers=replace(project.spoilers, epub=mode))
    pictures, findings = read_pictures(guide, project.root, theme, cache=cache)
    documents = compose_ebook(
        guide, project, theme, pictures=pictures, track=track, kind="web", cache=cache, hands=hands
    )
    site = _Site(guide, theme, documents, cover)
    pages = {page.name: site.framed(page) for page in site.pages()}
    style = "\n".join((*theme.style("ebook", guide.info.language), *theme.style("web", guide.info.language)))
    shown = "\n".join(pages.values())
    framed = [Document(name, "", fit_for_xml(text), Zone.FRONT) for name, text in pages.items()]
    fonts = ebook_fonts(theme, framed, style, guide.info.slug, cache=cache)
    files = {name: text.encode() for name, text in pages.items()}
    # Words are shown at once, in a face that the reader has, until the theme's has come.
    faces = fonts.css.replace(" src: url(", " font-display: swap; src: url(")
    files |= {STYLE: (faces + style).encode(), SCRIPT: _script(), FILMS: site.films_to_search()}
    files |= {font.name: font.content for font in fonts.files if not font.hidden}
    files |= {"fonts/licences.txt": fonts.licences.encode()} if fonts.licences else {}
    files |= {
        picture.name: picture.content
        for picture in pictures.values()
        if f'src="../{picture.name}"' in shown  # those of spoilers that are left out stay away as well
    }
    files |= {cover.name: cover.content} if cover else {}
    return dict(sorted(files.items())), (*findings, *fonts.findings)


def _script() -> bytes:
    return Path(__file__).with_name("templates").joinpath("web", SCRIPT).read_bytes()


class _Site:
    """The frame of every page, and what stands in all of them."""

    def __init__(
        self, guide: Guide, theme: Theme, documents: Sequence[Document], cover: Picture | None
    ) -> None:
        self._guide, self._cover = guide, cover
        self._documents = [one for one in documents if one.landmark not in _OF_A_BOOK]
        self._documents = [one for one in self._documents if "nav" not in one.properties]
        self._files = {one.name: file_of(one) for one in self._documents}
        self._files |= {one.name: HOME for one in documents if "nav" in one.properties}
        self._words = words_of(guide.info)
        self._templates = self._environment(theme)
        self._stems = file_stems(film.slug for film in guide.films)
        self._films = {f"films/{self._stems[film.slug]}.html": film for film in guide.films}
        lines = contents(self._documents)
        chapters = {one.name for one in self._documents if one.zone is Zone.CHAPTER}
        self._chapters = [self._line(line) for line in lines if line.name in chapters]
        self._ways = [self._line(line) for line in lines if line.name not in chapters]
        # What the contents of a book leave out, because it is found by opening it.
        unlisted = [one for one in self._documents if one.landmark == "copyright-page"]
        self._foot = [*self._ways, *(Line(one.title, self._files[one.name]) for one in unlisted)]

    def _environment(self, theme: Theme) -> jinja2.Environment:
        made = templates(theme, self._words)
        made.undefined = jinja2.StrictUndefined
        base = language_direction(self._guide.info.language)
        made.filters |= {
            "isolate": lambda text: isolate(text, base),
            "enumerated": lambda names: enumerated(names, self._words),
        }
        made.globals |= {"info": self._guide.info, "base": base}
        return made

    def _line(self, line: Line) -> Line:
        below = tuple(self._line(entry) for entry in line.below)
        return Line(line.title, self._files[line.name], below)

    # --------------------------------------------------------------------------------------- pages

    def pages(self) -> Iterator[WebPage]:
        """Every page of the site."""
        info = self._guide.info
        years = {name: film.year for name, film in self._films.items()}
        home = self._render(
            "home.html", cover=self._cover, chapters=self._chapters, ways=self._ways, years=years
        )
        yield WebPage(HOME, info.title, home, "home", description=_brief(info.description))
        yield WebPage(
            SEARCH, self._words.gettext("Search"), self._render("search.html"), "finding", search=True
        )
        for document in self._documents:
            name = self._files[document.name]
            page = WebPage(name, document.title, body_of(document, self._files), document.zone.value)
            film = self._films.get(name)
            if document.zone is Zone.SPOILER:
                yield replace(page, noindex=True)
            elif film is not None:
                synopsis = _brief(to_text(film.synopsis.body, info.language))
                told = {"@context": CONTEXT, **movie(film, synopsis, self._words)}
                facts = Markup(in_a_page(told))
                yield replace(page, description=synopsis, og_type="video.movie", facts=facts)
            else:
                yield page

    def framed(self, page: WebPage) -> str:
        """A page in the site's frame, as HTML."""
        up = "../" * page.name.count("/")
        return str(self._render("page.html", page=page, up=up, ways=self._foot)) + "\n"

    def _render(self, template: str, **values: object) -> Markup:
        return Markup(self._templates.get_template(f"web/{template}").render(**values))

    # -------------------------------------------------------------------------------------- search

    def films_to_search(self) -> bytes:
        """A script that tells the search what there is: facts that everybody may read, as they compare."""
        rows = [
            [
                name,
                film.title,
                ", ".join(filter(None, (str(film.year or ""), enumerated(film.directors, self._words)))),
                fold(_spaced(film.title, film.original_title, *film.aka)),
                _once(fold(_spaced(*_sought(film)))),
            ]
            for name, film in self._films.items()
        ]
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        return f"window.filmguideFilms = [\n{lines}\n]\n".encode()


def _sought(film: Film) -> Iterator[str]:
    yield from (film.title, film.original_title, *film.aka, str(film.year or ""))
    yield from (*film.directors, *film.writers, *film.cinematographers, *film.composers)
    yield from (member.name for member in film.cast if not member.spoiler)
    yield from (*film.genres, *film.themes, film.series.name if film.series else "")


def _spaced(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _once(text: str) -> str:
    """The words of a text, each once."""
    return " ".join(dict.fromkeys(text.split()))


def _brief(text: str) -> str:
    """The beginning of a text on one line, cut between words."""
    whole = " ".join(text.split())
    if len(whole) <= LONGEST_DESCRIPTION:
        return whole
    return f"{whole[:LONGEST_DESCRIPTION].rpartition(' ')[0].rstrip(' ,;:.')}…"
