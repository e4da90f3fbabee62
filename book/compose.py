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
    """Every shard of the printed book in reading order."""
    pages = _Pages(guide, project, theme)
    shards = [pages.front()]
    for chapter in guide.chapters:
        shards.append(pages.opening(chapter))
        shards += [pages.film(film, chapter) for film in chapter.films]
    return (*shards, *(pages.back(matter) for matter in guide.back))


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
        self._films = {film.slug: film for film in guide.films}
        self._css = (page_css(project.print, theme), *theme.cascade("print.css"))
        self._told = project.spoilers.pdf != "omit"
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
        body = self._render("front.html", front=guide.front, chapters=guide.chapters, back=guide.back)
        return replace(self._shard("front", body), zone=Zone.FRONT, opens=Side.RECTO, numbering="roman")

    def opening(self, chapter: Chapter) -> Shard:
        body = self._render("chapter.html", chapter=chapter)
        return replace(self._shard(chapter.slug, body), zone=Zone.CHAPTER, opens=Side.RECTO)

    def film(self, film: Film, chapter: Chapter) -> Shard:
        body = self._render(
            "film.html",
            film=film,
            chapter=chapter,
            see_also=self._guide.see_also.get(film.slug, ()),
            told=self._told and any(section.body for section in film.spoilers),
        )
        place = Place(film.source.file, 1)
        return replace(self._shard(film.slug, body), zone=Zone.SAFE, film=film.slug, place=place)

    def back(self, matter: Matter) -> Shard:
        template = "index.html" if matter.index else "text.html"
        opens = matter is self._guide.back[0]
        body = self._render(template, matter=matter, index=matter.index, opens=opens)
        return replace(self._shard(matter.slug, body), zone=Zone.BACK, opens=Side.RECTO if opens else None)

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(f"print/{template}").render(**values)

    def _shard(self, name: str, body: str) -> Shard:
        html = self._render("base.html", body=Markup(body))
        return Shard(name=name, html=html, css=self._css, slots=slots_in(html))

    def _prose(self, text: str, top: int, prefix: str) -> Markup:
        return Markup(prose.to_html(text, language=self._language, top=top, prefix=prefix))

    def _credits(self, film: Film) -> list[tuple[str, str]]:
        """Label and names of every credit, less what stands under the title and on the first line."""
        rows = credits(film, self._guide.info.rating_scale, after_credits=self._told)
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
