"""Guide + Theme -> Shards: the book's pages as HTML, before anyone knows how many there are.

A shard is a film, a chapter's opening, the front matter, or a piece of the back matter. Templates are
Jinja2 with autoescape on; a theme may bring its own under `templates/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import NullTranslations
from urllib.parse import quote

from markupsafe import Markup

from book import prose
from book.config import PrintPlan, Project
from book.languages import language_direction
from book.model import Chapter, Film, Guide, Matter, Place, Shard, Side, Zone
from book.themes import Theme, templates
from book.wording import credits, facts, heading_of, listed, short_address


def compose(guide: Guide, project: Project, theme: Theme) -> tuple[Shard, ...]:
    """Every shard of the printed book in reading order; `[spoilers] pdf` says where spoilers stand.

    page: behind the warning, on a page of their own. overleaf: behind a turn of the page, and the next
    film behind another. back: in a closing part of the book. omit: nowhere.
    """
    pages = _Pages(guide, project, theme)
    overleaf, apart = (project.spoilers.pdf == mode for mode in ("overleaf", "back"))
    shards, turn = [pages.front()], False
    closing: list[Shard] = []
    for chapter in guide.chapters:
        notice = pages.notice(NEXT_CHAPTER) if turn else ""
        shards.append(replace(pages.opening(chapter), turn=turn, notice=notice))
        turn = False
        for film in chapter.films:
            safe, told = pages.film(film, chapter)
            shards.append(replace(safe, turn=turn, notice=pages.notice(NEXT_FILM) if turn else ""))
            turn = overleaf and told is not None
            if told is not None:
                (closing if apart else shards).append(told)
    if closing:
        shards += [pages.closing_part(), *closing]
    back = [pages.back(matter) for matter in guide.back]
    return (*shards, *(replace(shard, turn=turn) for shard in back[:1]), *back[1:])


CLOSING_PART = "the-stories-told"
STORY_OVERLEAF = "The story continues overleaf. It tells the ending."
NEXT_FILM = "The next film begins overleaf."
NEXT_CHAPTER = "The next chapter begins overleaf."


def compose_whole(shards: Sequence[Shard], *, first_arabic: int) -> Shard:
    """The same book as one shard, for a layout in one go.

    `first_arabic` is the page on which arabic numbering begins, counted from 1 through the file.
    """
    head, _, _ = shards[0].html.partition("<body>")
    bodies = [shard.html.partition("<body>")[2].partition("</body>")[0] for shard in shards]
    restart = f"@page :nth({first_arabic}){{counter-reset:page 1}}"
    return replace(
        shards[0],
        name="whole",
        html=f"{head}<body>{''.join(bodies)}</body></html>",
        css=(*shards[0].css, restart),
    )


class _Pages:
    """The templates of a theme, with what every page of a guide needs."""

    def __init__(self, guide: Guide, project: Project, theme: Theme) -> None:
        self._guide, self._language = guide, guide.info.language
        self._css = (page_css(project.print, theme), *theme.cascade("print.css"))
        self._mode = project.spoilers.pdf
        self._words = NullTranslations()
        self._environment = templates(theme, self._words)
        self._environment.filters |= {"listed": listed, "url_path": quote, "short_address": short_address}
        self._environment.globals.update(
            info=guide.info,
            rtl=language_direction(self._language) == "rtl",
            prose=self._prose,
            inline=lambda text: Markup(prose.inline_html(text, self._language)),
            events=prose.events,
            figures=prose.figures,
            heading_of=heading_of,
            facts=facts,
            credits=self._credits,
            language_of=language_attributes,
        )

    def front(self) -> Shard:
        guide = self._guide
        closing = CLOSING_PART if self._mode == "back" and any(map(self._has_spoilers, guide.films)) else ""
        body = self._render(
            "front.html",
            front=guide.front,
            chapters=guide.chapters,
            back=guide.back,
            closing=closing,
            closing_title=self._words.gettext("Spoilers"),
        )
        return replace(self._shard("front", body), zone=Zone.FRONT, opens=Side.RECTO, numbering="roman")

    def opening(self, chapter: Chapter) -> Shard:
        body = self._render("chapter.html", chapter=chapter)
        return replace(self._shard(chapter.slug, body), zone=Zone.CHAPTER, opens=Side.RECTO)

    def film(self, film: Film, chapter: Chapter) -> tuple[Shard, Shard | None]:
        """A film's safe part and its spoilers; both in one shard where they follow page on page."""
        told, place = self._has_spoilers(film), Place(film.source.file, 1)
        apart = self._mode == "back"
        see_also = self._guide.see_also.get(film.slug, ())
        safe = self._render(
            "film.html", film=film, chapter=chapter, see_also=see_also, told=told, apart=apart
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
            notice=self.notice(STORY_OVERLEAF) if self._mode == "overleaf" else "",
        )
        return first, behind

    def closing_part(self) -> Shard:
        """The opening of the part that holds every film's spoilers."""
        body = self._render("part.html", slug=CLOSING_PART, title=self._words.gettext("Spoilers"))
        return replace(self._shard(CLOSING_PART, body), zone=Zone.CHAPTER, opens=Side.RECTO)

    def notice(self, words: str) -> str:
        """The page, otherwise blank, that says what lies overleaf."""
        return self._page(self._render("notice.html", words=self._words.gettext(words)))

    def _has_spoilers(self, film: Film) -> bool:
        return self._mode != "omit" and any(section.body for section in film.spoilers)

    def back(self, matter: Matter) -> Shard:
        template = "index.html" if matter.index else "text.html"
        opens = matter is self._guide.back[0]
        body = self._render(template, matter=matter, index=matter.index, opens=opens)
        return replace(self._shard(matter.slug, body), zone=Zone.BACK, opens=Side.RECTO if opens else None)

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(f"print/{template}").render(**values)

    def _shard(self, name: str, body: str) -> Shard:
        html = self._page(body)
        return Shard(name=name, html=html, css=self._css, slots=slots_in(html))

    def _page(self, body: str) -> str:
        return self._render("base.html", body=Markup(body))

    def _prose(self, text: str, top: int, prefix: str) -> Markup:
        return Markup(prose.to_html(text, language=self._language, top=top, prefix=prefix))

    def _credits(self, film: Film) -> list[tuple[str, str]]:
        """Label and names of every credit, less what stands under the title and on the first line."""
        rows = credits(film, self._guide.info.rating_scale, after_credits=self._mode != "omit")
        said = {"Directed by", "Genre"}
        return [(label, ", ".join(filter(None, names))) for label, names in rows if label not in said]


def slots_in(html: str) -> tuple[str, ...]:
    """The anchors whose page numbers a page prints, in order of first use."""
    marker = '<span class="slot" data-to="'
    return tuple(dict.fromkeys(piece.partition('"')[0] for piece in html.split(marker)[1:]))


def language_attributes(film: Film) -> Markup:
    """Attributes for an original title: its language, and its direction where that differs."""
    if not film.languages:
        return Markup("")
    direction = ' dir="rtl"' if language_direction(film.languages[0]) == "rtl" else ""
    return Markup(' lang="{}"{}').format(film.languages[0], Markup(direction))


def page_css(plan: PrintPlan, theme: Theme) -> str:
    """The page's size and margins: the theme's proportions on the guide's trim, mirrored."""
    width, height, page = plan.trim_width_mm, plan.trim_height_mm, theme.page
    top, foot = page.top * height, page.foot * height
    inner, outer = page.inner * width, page.outer * width
    return (
        f"@page{{size:{width:.2f}mm {height:.2f}mm}}"
        f"@page:right{{margin:{top:.2f}mm {outer:.2f}mm {foot:.2f}mm {inner:.2f}mm}}"
        f"@page:left{{margin:{top:.2f}mm {inner:.2f}mm {foot:.2f}mm {outer:.2f}mm}}"
    )
