"""Guide + Theme -> Shards: the book's pages as HTML, before anyone knows how many there are.

A shard is a film, a chapter's opening, the front matter, or a piece of the back matter. Templates are
Jinja2 with autoescape on; a theme may bring its own under `templates/`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from markupsafe import Markup, escape

from book import prose
from book.cache import Cache, Kept, engine, key_of, pack
from book.config import Project
from book.directions import directed
from book.ebook import direction, isolate
from book.figures.drawing import plain, svg
from book.figures.easel import printed_easel
from book.film_links import set_links, targets
from book.languages import language_direction
from book.locators import Span, headword, spans
from book.matter import DRAWN, how_to_use
from book.model import Chapter, Film, Guide, Matter, Place, Shard, Side, Slug, Target, Zone, slots_in
from book.page_plan import mirrored, page_css, page_plan, scaled
from book.qr import qr_codes
from book.themes import Theme, templates
from book.tracks import ORDER_WORDS
from book.wording import (
    cited,
    credits,
    enumerated,
    facts,
    heading,
    heading_of,
    listed,
    short_address,
    worded,
)
from book.words import words_of


def compose(guide: Guide, project: Project, theme: Theme, cache: Cache | None = None) -> tuple[Shard, ...]:
    """Every shard of the printed book in reading order; `[spoilers] pdf` says where spoilers stand.

    page: behind the warning, on a page of their own. overleaf: behind a turn of the page, and the next
    film behind another. back: in a closing part of the book. omit: nowhere. The pages of a film that is in
    the cache are not composed again.
    """
    pages = _Pages(guide, project, theme, cache)
    overleaf, apart = (project.spoilers.pdf == mode for mode in ("overleaf", "back"))
    shards, turn = pages.front(), False
    closing: list[Shard] = []
    for chapter in guide.chapters:
        notice = pages.next_chapter() if turn else ""
        shards.append(replace(pages.opening(chapter), turn=turn, notice=notice))
        turn = False
        for film in chapter.films:
            safe, told = pages.film(film, chapter)
            shards.append(replace(safe, turn=turn, notice=pages.next_film() if turn else ""))
            turn = overleaf and told is not None
            if told is not None:
                (closing if apart else shards).append(told)
    if closing:
        shards += [pages.closing_part(), *closing]
    back = [pages.back(matter) for matter in guide.back]
    whole = (*shards, *(replace(shard, turn=turn) for shard in back[:1]), *back[1:])
    return tuple(replace(shard, css=pages.css) for shard in whole)


FilmPages = tuple[Shard, Shard | None]


class FilmComposer:
    """Composes one film after the other of a guide that is being written; its templates are read once.

    `guide` may be another from film to film, but not its info. Not for several threads at once.
    """

    def __init__(self, guide: Guide, project: Project, theme: Theme, cache: Cache | None = None) -> None:
        self._pages = _Pages(guide, project, theme, cache)

    def film(self, guide: Guide, slug: Slug) -> FilmPages:
        """A film's pages as they stand in the book, its spoilers where they are a shard of their own.

        Raises KeyError for a film that no chapter has.
        """
        pages = self._pages
        pages.turn_to(guide)
        for chapter in guide.chapters:
            for film in chapter.films:
                if film.slug == slug:
                    safe, told = pages.film(film, chapter)
                    return replace(safe, css=pages.css), told and replace(told, css=pages.css)
        raise KeyError(slug)


CLOSING_PART = "the-stories-told"

_SPREAD = re.compile(r'class="plate (?:front|back) spread"')
"""The mark of a verso that is looked at together with the recto beside it."""


def _begins_with_a_spread(body: str) -> bool:
    return _SPREAD.search(body.partition("</section>")[0]) is not None


class _Pages:
    """The templates of a theme, with what every page of a guide needs."""

    def __init__(self, guide: Guide, project: Project, theme: Theme, cache: Cache | None) -> None:
        self._guide, self._language = guide, guide.info.language
        self._base = language_direction(self._language)
        self._cache = cache
        # All that a film's page shows or hangs on, but for the film and its place in the book.
        self._common = key_of(
            "film pages", engine(), theme.key, guide.info, project.print, project.spoilers.pdf
        )
        scale = page_plan(project.print, theme).scale
        sheets = theme.style("print", self._language)
        if self._base == "rtl":
            sheets = tuple(map(mirrored, sheets))
        self.css = (page_css(project.print, theme), *(scaled(sheet, scale) for sheet in sheets))
        self._mode = project.spoilers.pdf
        self._words = words_of(guide.info)
        self._comma = self._words.pgettext("between the parts of a line", ", ")
        self._order = {film.slug: place for place, film in enumerate(guide.films)}
        self._environment = templates(theme, self._words)
        self._environment.filters |= {
            "cited": lambda title: cited(title, self._words),
            "enumerated": lambda names: enumerated(names, self._words),
            "headword": headword,
            "heading_apart": lambda heading: year_apart(heading, self._base),
            "isolate": lambda text: isolate(text, self._base),
            "length_of": plain,
            "listed": lambda names: listed(names, self._words),
            "short_address": short_address,
            "svg": svg,
            "unparted": unparted,
            "url_path": quote,
        }
        self._easel = printed_easel(guide, project.print, theme)
        self._environment.globals.update(
            info=guide.info,
            easel=self._easel,
            plate_head=self._easel.head,
            order_words=lambda by: self._words.gettext(ORDER_WORDS[by]),
            rtl=self._base == "rtl",
            way=lambda text: way_of(text, self._base),
            prose=self._prose,
            qr_codes=qr_codes if project.print.qr else lambda links: (),
            inline=self._inline,
            events=prose.events,
            figures=prose.figures,
            heading=lambda section: heading(section, self._words),
            heading_of=lambda kind: heading_of(kind, self._words),
            worded=lambda title: worded(guide.info.warning, title, self._language),
            facts=lambda film: facts(film, self._words),
            credits=self._credits,
            language_of=language_attributes,
            comma=self._comma,
            colon=self._words.pgettext("between a name and what is said of it", ": "),
            spans=self._spans,
        )

    def turn_to(self, guide: Guide) -> None:
        """Compose of another state of the same guide from now on."""
        if guide is not self._guide:
            self._guide = guide
            self._order = {film.slug: place for place, film in enumerate(guide.films)}

    def front(self) -> list[Shard]:
        """What stands before the contents, the contents, and what stands behind them."""
        front = tuple(map(self._filled, self._guide.front))
        at = next((place for place, matter in enumerate(front) if matter.kind == "toc"), len(front))
        parts = {"front": front[:at], "front+contents": front[at : at + 1], "front+texts": front[at + 1 :]}
        return [self._front(name, front, part) for name, part in parts.items() if part]

    def _front(self, name: str, front: Sequence[Matter], shown: Sequence[Matter]) -> Shard:
        closing = self._mode == "back" and any(map(self._has_spoilers, self._guide.films))
        body = self._render(
            "front.html",
            front=front,
            shown=shown,
            chapters=self._guide.chapters,
            back=self._guide.back,
            closing=CLOSING_PART if closing else "",
            closing_title=self._words.gettext("Spoilers"),
        )
        opens: Side | None = Side.RECTO
        if name == "front+texts" and shown[0].kind in DRAWN:
            opens = Side.VERSO if _begins_with_a_spread(body) else None
        return replace(self._shard(name, body), zone=Zone.FRONT, opens=opens, numbering="roman")

    def opening(self, chapter: Chapter) -> Shard:
        body = self._render("chapter.html", chapter=chapter)
        return replace(self._shard(chapter.slug, body), zone=Zone.CHAPTER, opens=Side.RECTO)

    def film(self, film: Film, chapter: Chapter) -> FilmPages:
        """A film's safe part and its spoilers; both in one shard where they follow page on page."""
        kept = Kept[Film, FilmPages](
            self._cache if film.source.digest else None,
            lambda film: key_of(
                self._common,
                (film.source.file, film.source.digest),
                (chapter.slug, chapter.title, chapter.number),
                self._guide.see_also.get(film.slug, ()),
                [(slug, slug in self._order, text) for slug, text in targets(film)],
            ),
        )
        return kept.do(lambda film: self._composed(film, chapter), film)

    def _composed(self, film: Film, chapter: Chapter) -> FilmPages:
        told, place = self._has_spoilers(film), Place(film.source.file, 1)
        apart = self._mode == "back"
        see_also = self._guide.see_also.get(film.slug, ())
        safe = self._render(
            "film.html",
            film=film,
            chapter=chapter,
            see_also=see_also,
            told=told,
            apart=apart,
            overleaf=self._mode == "overleaf",
        )
        spoilers = self._render("spoilers.html", film=film, chapter=chapter, apart=apart) if told else ""
        if self._mode == "page":
            shard = self._shard(film.slug, safe + spoilers)
            return replace(shard, zone=Zone.SAFE, film=film.slug, place=place), None
        first = replace(self._shard(film.slug, safe), zone=Zone.SAFE, film=film.slug, place=place)
        if not told:
            return first, None
        behind = replace(
            self._shard(f"{film.slug}--spoilers", spoilers),
            zone=Zone.SPOILER,
            film=film.slug,
            place=place,
            opens=Side.VERSO if self._mode == "overleaf" else None,
            notice=self._story_overleaf() if self._mode == "overleaf" else "",
        )
        return first, behind

    def closing_part(self) -> Shard:
        """The opening of the part that holds every film's spoilers."""
        body = self._render("part.html", slug=CLOSING_PART, title=self._words.gettext("Spoilers"))
        return replace(self._shard(CLOSING_PART, body), zone=Zone.CHAPTER, opens=Side.RECTO)

    def next_chapter(self) -> str:
        """The page, otherwise blank, that says what lies overleaf; so do the next two."""
        return self._notice(self._words.gettext("The next chapter begins overleaf."))

    def next_film(self) -> str:
        return self._notice(self._words.gettext("The next film begins overleaf."))

    def _story_overleaf(self) -> str:
        return self._notice(self._words.gettext("The story continues overleaf. It tells the ending."))

    def _notice(self, words: str) -> str:
        return self._page(self._render("notice.html", words=words))

    def _filled(self, matter: Matter) -> Matter:
        """The matter with our own words on how to use the book, where the writer has none."""
        if matter.kind != "how-to-use" or matter.text:
            return matter
        return replace(matter, text=how_to_use(self._words, self._mode))

    def _has_spoilers(self, film: Film) -> bool:
        return self._mode != "omit" and any(section.body for section in film.spoilers)

    def back(self, matter: Matter) -> Shard:
        first = matter is self._guide.back[0]
        if matter.index:
            body = self._index(matter, first)
        else:
            template = f"{matter.kind}.html" if matter.kind in DRAWN else "text.html"
            body = self._render(template, matter=self._filled(matter), index=None, opens=first, place="back")
        opens = Side.RECTO if first else None
        if _begins_with_a_spread(body):
            opens = Side.VERSO
        return replace(self._shard(matter.slug, body), zone=Zone.BACK, opens=opens)

    def _index(self, matter: Matter, first: bool) -> str:
        """An index's pages: thousands of lines, which go by the films' order as well, as it joins pages."""

        def composed(matter: Matter) -> str:
            return self._render("index.html", matter=matter, index=matter.index, opens=first, place="back")

        kept = Kept[Matter, str](
            self._cache, lambda matter: key_of(self._common, "index", pack(matter), first, tuple(self._order))
        )
        return kept.do(composed, matter)

    def _spans(self, targets: Sequence[Target]) -> tuple[Span, ...]:
        return spans(targets, self._order)

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(f"print/{template}").render(**values)

    def _shard(self, name: str, body: str) -> Shard:
        html = self._page(body)
        return Shard(name=name, html=html, css=(), slots=slots_in(html))

    def _page(self, body: str) -> str:
        return self._render("base.html", body=Markup(body))

    def _prose(self, text: str, top: int, prefix: str) -> Markup:
        html = prose.to_html(text, language=self._language, top=top, prefix=prefix)
        return self._linked(directed(html, self._base))

    def _inline(self, text: str) -> Markup:
        return self._linked(prose.inline_html(text, self._language))

    def _linked(self, html: str) -> Markup:
        """The text with the page behind each link to a film; of a film beyond this book, its words alone."""

        def link(slug: Slug, words: str, is_title: bool) -> str:
            shown = cited(Markup(words), self._words) if is_title else Markup(words)
            if slug not in self._order:
                return shown
            number = Markup('<a class="number" href="#{0}"><span class="slot" data-to="{0}"></span></a>')
            page = Markup(escape(self._words.gettext("p.\N{NO-BREAK SPACE}%(page)s"))) % {
                "page": number.format(slug)
            }
            located = Markup('<a href="#{}">{}</a><span class="at-page">{}{}</span>')
            return located.format(slug, shown, self._comma, page)

        return Markup(set_links(html, link))

    def _credits(self, film: Film) -> list[tuple[str, str]]:
        """Label and names of every credit, less what stands under the title and on the first line."""
        rows = credits(
            film,
            self._guide.info.rating_scale,
            self._words,
            after_credits=self._mode != "omit",
            less=("director", "genre"),
        )
        return [(label, enumerated(names, self._words)) for label, names in rows]


def unparted(html: str) -> Markup:
    """The same with a space that does not break before every page number."""
    return Markup(str(html).replace(' <a class="number"', '\N{NO-BREAK SPACE}<a class="number"'))


_YEAR = re.compile(r"(.*\S)(\s\([^()]*\))")


def way_of(text: str, base: str) -> Markup:
    """An attribute for what holds a writer's line: which way it runs, where that has to be said."""
    way = direction(text)
    return Markup(' dir="{}"').format(way) if way == "rtl" or way not in {"", base} else Markup("")


def year_apart(heading: str, base: str) -> Markup:
    """A heading whose title runs against the book, with the year behind it where the book has it."""
    parts = _YEAR.fullmatch(heading)
    return isolate(parts[1], base) + parts[2] if parts else isolate(heading, base)


def language_attributes(film: Film) -> Markup:
    """Attributes for an original title: its language, and its direction where that differs."""
    if not film.languages:
        return Markup("")
    direction = ' dir="rtl"' if language_direction(film.languages[0]) == "rtl" else ""
    return Markup(' lang="{}"{}').format(film.languages[0], Markup(direction))
