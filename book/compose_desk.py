"""The desk that an e-book's documents are made at: its templates, and what is the same for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import jinja2
from markupsafe import Markup, escape

from book import prose
from book.cache import Cache, engine, key_of
from book.config import Project
from book.directions import directed
from book.ebook import Document, Picture, file_stems, fit_for_xml, isolate, spoken
from book.ebook_prose import settle
from book.figures.drawing import svg
from book.figures.easel import Easel, ebook_easel
from book.film_links import set_links
from book.languages import language_direction
from book.model import BookError, CastMember, Guide, Slug
from book.themes import Theme, templates
from book.tracks import ORDER_WORDS
from book.wording import cited, day_in_words, enumerated, worded
from book.words import Words, words_of


@dataclass(frozen=True, slots=True)
class Desk:
    """What stays the same from one document to the next."""

    guide: Guide
    mode: str
    stems: Mapping[str, str]
    pictures: Mapping[str, Picture]
    templates: jinja2.Environment
    words: Words
    easel: Easel
    has_contents: bool
    kind: str
    cache: Cache | None
    common: str  # the key of all that a film's documents show, but for the film and its place in the book

    def page(self, template: str, document: Document, **words: object) -> Document:
        """The document with its XHTML made from a template; `up` leads from there to the book's root."""
        up = "../" * document.name.count("/")
        names = dict.fromkeys((f"{self.kind}/{template}", f"ebook/{template}"))
        html = self.templates.select_template(list(names)).render(doc=document, up=up, **words)
        base = language_direction(self.guide.info.language)
        return replace(document, xhtml=directed(fit_for_xml(html), base))

    def prose(self, text: str, *, top: int, prefix: str = "") -> Markup:
        """Markdown as XHTML for a document one folder down."""
        html = prose.to_html(text, language=self.guide.info.language, top=top, prefix=prefix)
        return self.settled(html, self.pictures)

    def line(self, text: str) -> Markup:
        """A line of the writer's, such as a tagline, with its emphasis and quotation marks."""
        return self.settled(prose.inline_html(text, self.guide.info.language), {})

    def settled(self, html: str, pictures: Mapping[str, Picture]) -> Markup:
        """A text for a document one folder down, its links to films leading to their pages."""

        def link(slug: Slug, words: str, is_title: bool) -> str:
            shown = cited(Markup(words), self.words) if is_title else Markup(words)
            stem = self.stems.get(slug)
            return Markup('<a href="../films/{}.xhtml">{}</a>').format(stem, shown) if stem else shown

        return Markup(set_links(settle(html, "../", pictures), link))


def desk_of(
    guide: Guide,
    project: Project,
    theme: Theme,
    pictures: Mapping[str, Picture],
    kind: str = "ebook",
    cache: Cache | None = None,
) -> Desk:
    """The desk that a guide's documents are made at. Raises BookError for a mode that no e-book has."""
    mode = project.spoilers.epub
    if mode not in {"linked", "inline", "omit"}:
        raise BookError(
            f'epub = "{mode}" under [spoilers] in guide.toml is no place that spoilers can go.',
            'Write "linked", "inline" or "omit".',
        )
    has_contents = any(matter.kind == "toc" for matter in guide.front)
    shown = sorted((file, picture.name) for file, picture in pictures.items())
    return Desk(
        guide=guide,
        mode=mode,
        stems=file_stems(film.slug for film in guide.films),
        pictures=pictures,
        templates=_templates(guide, theme, mode),
        words=words_of(guide.info),
        easel=ebook_easel(guide, theme),
        has_contents=has_contents,
        kind=kind,
        cache=cache,
        common=key_of("e-book pages", engine(), theme.key, guide.info, mode, kind, has_contents, shown),
    )


def _templates(guide: Guide, theme: Theme, mode: str) -> jinja2.Environment:
    """The e-book's templates, compiled once each, with what they all need."""
    language = guide.info.language
    base = language_direction(language)
    words = words_of(guide.info)
    made = templates(theme, words)
    made.undefined = jinja2.StrictUndefined
    made.filters |= {
        "isolate": partial(isolate, base=base),
        "spoken": partial(spoken, base=base),
        "cited": lambda title: cited(title, words),
        "day": lambda day: day_in_words(day, words),
        "enumerated": lambda names: enumerated(names, words),
        "part": lambda member: _part(member, words, base),
    }
    stems = file_stems(film.slug for film in guide.films)
    made.filters["svg"] = lambda drawing, up: svg(drawing, href=lambda slug: f"{up}films/{stems[slug]}.xhtml")
    made.filters["line"] = lambda text: settle(prose.inline_html(text, language), "../", {})
    made.globals |= {
        "info": guide.info,
        "base": base,
        "mode": mode,
        "stems": stems,
        "order_words": lambda by: words.gettext(ORDER_WORDS[by]),
        "between": words.pgettext("between the names of a list", ", "),
        "comma": words.pgettext("between the parts of a line", ", "),
        "colon": words.pgettext("between a name and what is said of it", ": "),
        "worded": lambda title: settle(worded(guide.info.warning, title, language), "../", {}),
    }
    return made


def _part(member: CastMember, words: Words, base: str) -> Markup:
    """A performer and the role."""
    name = isolate(member.name, base)
    if not member.role:
        return name
    role = Markup('<span class="role">{}</span>').format(isolate(member.role, base))
    said = words.gettext("%(name)s as %(role)s")
    return Markup(escape(said)) % {"name": name, "role": role}
