"""One entry, from its text to a film and back.

A foundation without a disk: entries reads whole folders by it, and whoever makes entries writes by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from book import prose
from book.desk import Desk
from book.fact_sheet import fact_lines
from book.facts import Facts, read_facts
from book.frontmatter import EMPTY, FrontMatter, Trouble, parse, split
from book.model import Film, Finding, Kind, Section, Slug, Source
from book.sections import Body, read_body
from book.slugs import ascii_words, slug_of

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
BYTE_ORDER_MARK = "\ufeff"


def read_entry(text: str, *, file: str) -> tuple[Film | None, tuple[Finding, ...]]:
    """The film that an entry tells of, and everything in it that wants mending.

    `file` is relative to the project; its stem becomes the slug. There is no film when the front matter
    cannot be read at all; a film whose title or year cannot be read has "" or 0 there.
    """
    slug = PurePosixPath(file).stem
    lines = [line.rstrip("\r\n") for line in raw_lines(text.removeprefix(BYTE_ORDER_MARK))]
    place = split(lines)
    desk = Desk(file, slug)
    if isinstance(place, Trouble):
        desk.say("F003", place.line, place.message, place.hint)
        front, start = EMPTY, len(lines)
    else:
        front, start = parse(lines[1 : place[0]]), place[1]
    for trouble in front.troubles:
        desk.say("F003", trouble.line, trouble.message, trouble.hint)
    fatal = isinstance(place, Trouble) or any(trouble.fatal for trouble in front.troubles)
    facts = read_facts(front.root, desk)
    title_line = _hidden_title(front, lines, desk)
    _look_at_signs(lines[:start], desk)
    body = read_body(lines, start, file)
    desk.findings += body.findings
    for section in (body.synopsis, *body.safe, *body.spoilers):
        desk.findings += prose.check_text(section.body, file=file, line=section.body_line)
    film = None if fatal else _film(slug, facts, body, file, title_line)
    if not _SLUG.fullmatch(slug):
        desk.say(
            "F007", 0, f"{PurePosixPath(file).name} is not a name for an entry.", _better_name(slug, film)
        )
    return film, tuple(sorted(desk.findings, key=lambda each: each.order))


def write_entry(film: Film) -> str:
    """The text of an entry in its one canonical form; what is absent is left out.

    Sections that the writer gave no heading go without one; what stands below the fence stays there.
    """
    front = [line for lines in fact_lines(film).values() for line in lines]
    parts = ["\n".join(["---", *front, "---"])]
    parts += _side((film.synopsis, *film.safe), spoiler=False)
    if film.spoilers or film.fence_line is not None:
        parts += ["# Spoilers", *_side(film.spoilers, spoiler=True)]
    return "\n\n".join(part for part in parts if part) + "\n"


def raw_lines(text: str) -> list[str]:
    """The lines with their ends, which may be those of any system; nothing else divides lines."""
    return _LINE.findall(text)


# ------------------------------------------------------------------------------------- reading


def _film(slug: str, facts: Facts, body: Body, file: str, title_line: int) -> Film:
    lines = dict(facts.lines) | ({"title": title_line} if title_line else {})
    fields: dict[str, Any] = {"title": "", "year": 0} | dict(facts.fields)
    return Film(
        slug=Slug(slug if _SLUG.fullmatch(slug) else ascii_words(slug) or slug),
        **fields,
        extra=facts.extra,
        synopsis=body.synopsis,
        safe=body.safe,
        spoilers=body.spoilers,
        fence_line=body.fence_line,
        source=Source(file, lines),
    )


def _hidden_title(front: FrontMatter, lines: Sequence[str], desk: Desk) -> int:
    """The line of a title such as #Alive, which is a comment to YAML; 0 when there is none."""
    for key, value in front.root.pairs:
        rest = lines[key.line - 1].partition(":")[2].strip() if key.text == "title" else ""
        if rest.startswith("#") and getattr(value, "absent", False):
            desk.say(
                "F101",
                key.line,
                f"The title {rest[:60]} begins with #, where a comment begins in YAML.",
                f'Put it in quotation marks: title: "{rest[:60]}"',
            )
            return key.line
    return 0


def _look_at_signs(lines: Sequence[str], desk: Desk) -> None:
    for number, line in enumerate(lines, 1):
        if not line.isprintable() and prose.clean(line) != line:
            message = "There is a control character in this line that nobody can see."
            desk.say("F603", number, message, "Delete it; it was probably pasted in from somewhere.")


def _better_name(slug: str, film: Film | None) -> str:
    if film and film.title and film.year:
        return f"Call it {slug_of(film.title, film.year)}.md"
    return f"Call it {ascii_words(slug) or 'title-1995'}.md"


# ------------------------------------------------------------------------------------- writing

_HEADINGS = {
    Kind.SYNOPSIS: "Synopsis",
    Kind.MORE: "More about",
    Kind.PLOT: "Plot",
    Kind.ENDING: "Ending explained",
    Kind.TIMELINE: "Timeline",
    Kind.CHARACTERS: "Characters",
    Kind.SETTINGS: "Settings",
    Kind.THEMES: "Themes",
    Kind.POST_CREDITS: "Post-credits",
}


def section_text(section: Section, *, spoiler: bool, first: bool) -> str:
    """A section as Markdown. Only the first text of a side can do without a heading."""
    heading = section.heading or _HEADINGS.get(section.kind, "")
    if first and not section.heading and section.kind is (Kind.PLOT if spoiler else Kind.SYNOPSIS):
        return section.body
    return f"## {heading}".rstrip() + (f"\n\n{section.body}" if section.body else "")


def _side(sections: Sequence[Section], *, spoiler: bool) -> list[str]:
    return [
        section_text(section, spoiler=spoiler, first=not number) for number, section in enumerate(sections)
    ]
