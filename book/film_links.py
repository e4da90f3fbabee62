"""Links to films within a text: [[vertigo-1958]], or [[vertigo-1958|the Hitchcock]] in words of the writer's.

A foundation: check says which of them lead nowhere, and before a guide is arranged each becomes a link of
Markdown's to an address that only we know. Print and screens make of it what suits them. It leads to the
page of a film and never to its spoilers, for which there is no such address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape

from book.model import Film, Section, Slug

SCHEME = "film:"
"""What the address of a film's page begins with, between Markdown and the finished page."""

OWN_TITLE = "its own title"
"""The link's title where its words are the film's title, which is set as titles are."""

_CODE = r"(?<!`)(?P<fence>`{3,}+).*?(?P=fence)|(?<!`)(?P<ticks>`{1,2}+)(?:(?!\n[ \t]*\n).)+?(?P=ticks)(?!`)"
_WRITTEN = re.compile(
    rf"{_CODE}|(?P<bang>!?)(?<!\\)\[\[(?P<slug>[^\[\]|\n]+?)(?:\\?\|(?P<words>[^\[\]\n]*))?\]\]", re.DOTALL
)
_RESOLVED = re.compile(rf"\]\({SCHEME}([a-z0-9-]+)(?: \"[^\"]*\")?\)")
_SET = re.compile(rf'<a href="{SCHEME}([^"]*)" class="film( title)?">(.*?)</a>', re.DOTALL)
_SIGNS = re.compile(r"([\\`*_\[\]<>&~{}|!])")


@dataclass(frozen=True, slots=True)
class FilmLink:
    """A link as it was typed; `line` counts from 1 in its text; `words` are empty for the film's title."""

    slug: str
    words: str
    line: int


def film_links(text: str) -> Iterator[FilmLink]:
    """The links of a text, in its order; what stands in code is none."""
    if "[[" not in text:
        return
    for found in _WRITTEN.finditer(text):
        if found["slug"]:
            line = text.count("\n", 0, found.start()) + 1
            yield FilmLink(found["slug"].strip(), (found["words"] or "").strip(), line)


def with_links(text: str, films: Mapping[str, Film]) -> str:
    """The text with Markdown's own links in place of those to films, which go by their slugs in lower case.

    A link that leads nowhere leaves its words.
    """

    def resolved(found: re.Match[str]) -> str:
        if not found["slug"]:
            return found[0]
        film = films.get(found["slug"].strip().casefold())
        words = (found["words"] or "").strip()
        bang = r"\!" if found["bang"] else ""  # or it would be a picture
        if film is None:
            return bang + (words or _escaped(found["slug"].strip()))
        if words:
            return f"{bang}[{words}]({SCHEME}{film.slug})"
        return f'{bang}[{_escaped(film.title)}]({SCHEME}{film.slug} "{OWN_TITLE}")'

    return _WRITTEN.sub(resolved, text) if "[[" in text else text


def with_slug(text: str, old: str, new: str) -> str:
    """The text with its links to one film leading to another slug; their words stay."""

    def renamed(found: re.Match[str]) -> str:
        if not found["slug"] or found["slug"].strip().casefold() != old:
            return found[0]
        start, end = (at - found.start() for at in found.span("slug"))
        return f"{found[0][:start]}{new}{found[0][end:]}"

    return _WRITTEN.sub(renamed, text) if "[[" in text else text


def _escaped(words: str) -> str:
    """The words without any of Markdown's marks."""
    return _SIGNS.sub(r"\\\1", words)


def linked_films(films: Iterable[Film], shelf: Mapping[str, Film]) -> tuple[Film, ...]:
    """The films with the links of all their texts resolved; `shelf` are all that there are."""

    def linked(film: Film) -> Film:
        sections = (film.synopsis, *film.safe, *film.spoilers)
        if not any("[[" in section.body for section in sections):
            return film
        return replace(
            film,
            synopsis=section_with_links(film.synopsis, shelf),
            safe=tuple(section_with_links(section, shelf) for section in film.safe),
            spoilers=tuple(section_with_links(section, shelf) for section in film.spoilers),
        )

    return tuple(map(linked, films))


def section_with_links(section: Section, shelf: Mapping[str, Film]) -> Section:
    """The section with its links resolved; its lines stay where they were."""
    return replace(section, body=with_links(section.body, shelf))


def targets(film: Film) -> tuple[tuple[str, str], ...]:
    """The films that a film's texts lead to once links are resolved, each with the text that does."""
    sections = (film.synopsis, *film.safe, *film.spoilers)
    bodies = [section.body for section in sections if f"]({SCHEME}" in section.body]
    return tuple((found[1], body) for body in bodies for found in _RESOLVED.finditer(body))


def parted_at_links(text: str, mark: str) -> str:
    """The text with a mark behind each link, where print says the film's page between two words."""
    return _RESOLVED.sub(lambda found: found[0] + mark, text)


def set_links(html: str, setting: Callable[[Slug, str, bool], str]) -> str:
    """The HTML of a text with every link to a film set by `setting`.

    It is given the slug, the words as HTML, and whether these are the film's own title.
    """
    if f'"{SCHEME}' not in html:
        return html
    return _SET.sub(lambda found: setting(Slug(unescape(found[1])), found[3], bool(found[2])), html)
