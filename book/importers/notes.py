"""Notes in Markdown: Obsidian vaults, and the pages of Hugo, Jekyll, Zola, Eleventy and Astro.

Facts stand in front matter (YAML between ---, TOML between +++) or in lines such as `director:: [[Name]]`.
The note itself is the writer's own text, and may tell everything: it goes below the fence, as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import yaml

from book.findings import finding
from book.importers.columns import fact_named
from book.importers.opening import decoded, text_of
from book.importers.record import Told, films_of
from book.importers.text import clean_line
from book.importers.values import mark_of, names_in, title_and_year, without_tags, year_of
from book.model import Film, Finding, Place

LARGEST_BYTES = 2_000_000

_FRONT = re.compile(r"\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<front>.*?\n)?(?P=mark)[ \t]*(?:\n|$)", re.DOTALL)
_INLINE = re.compile(r"^(?:[-*]\s+)?(?P<key>[^\W\d_][\w ]{0,30})::[ \t]*(?P<value>.*)$", re.MULTILINE)
_WIKI_LINK = re.compile(r"!?\[\[(?P<target>[^\[\]|#]*)(?:#[^\[\]|]*)?(?:\|(?P<shown>[^\[\]]*))?\]\]")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\n]*\)")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->|%%[^%]*%%", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[<%](?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_TITLE_LINE = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+)\n?")
_RULE = re.compile(r"^[ \t]*(?:---+|\*\*\*+|___+)\s*$", re.MULTILINE)
_SLUG = re.compile(r"(?P<words>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<year>\d{4})")
_LISTS = frozenset(
    {
        "aka",
        "languages",
        "countries",
        "directors",
        "writers",
        "cinematographers",
        "composers",
        "cast",
        "genres",
    }
    | {"themes", "keywords"}
)
_JOBS = {
    "regie": "directors", "director": "directors", "drehbuch": "writers", "writer": "writers",
    "screenplay": "writers", "kamera": "cinematographers", "cinematography": "cinematographers",
    "musik": "composers", "music": "composers", "composer": "composers",
}  # fmt: skip
_NO_THEMES = frozenset({"movie", "movies", "film", "films", "review", "reviews", "watched", "media"})


class Notes:
    """Notes and posts, one film each."""

    name = "notes"
    label = "notes in Markdown with front matter (Obsidian, Hugo, Jekyll, Zola)"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By front matter, or by lines with ::, in a file of text or Markdown."""
        if path.suffix.casefold() not in {".md", ".markdown", ".mdx", ".txt", ""}:
            return False
        text = (decoded(head) or "").replace("\r\n", "\n").lstrip("\ufeff")
        front = re.match(r"\s*(---|\+\+\+)[ \t]*\n", text)
        return (front is not None and re.search(r"^[\"\w].*[:=]", text, re.MULTILINE) is not None) or (
            len(_INLINE.findall(text)) >= 2
        )

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """The film of the note, or why it is none."""
        return films_of(_told(path), self.name, path)


def _told(path: Path) -> Iterator[Told | Finding]:
    text = text_of(path, LARGEST_BYTES)
    if isinstance(text, Finding):
        yield text
        return
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    place = Place(path.as_posix(), 1)
    found = _FRONT.match(text)
    front = _front(found["mark"], found["front"] or "", place) if found else {}
    if isinstance(front, Finding):
        yield front
        return
    body = text[found.end() :] if found else text
    facts = _facts(front)
    for line in _INLINE.finditer(body):
        _take(facts, line["key"], line["value"])
    body = _INLINE.sub("", body)
    record, guessed = _record(facts, body, path)
    if guessed:
        yield finding(
            "F811",
            place,
            f"{path.name} does not say what its film is called; by its name it is {record['title']}.",
            "Write title: … into the note, or put the entry right.",
        )
    yield Told(record, 1)


def _front(mark: str, text: str, place: Place) -> dict[str, object] | Finding:
    """The front matter's keys; of a broken one the finding says the line."""
    name = Path(place.file).name
    try:
        front = tomllib.loads(text) if mark == "+++" else yaml.safe_load(text)
    except tomllib.TOMLDecodeError as error:
        return finding("F804", place, f"The front matter of {name} is not TOML: {error}.")
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        what = error.problem or "it is broken"
        return finding(
            "F804",
            Place(place.file, line),
            f"The front matter of {name} is not YAML from line {line} on: {what}.",
            "A text with a colon or a quotation mark in it stands in quotation marks.",
        )
    except (yaml.YAMLError, ValueError, RecursionError):
        return finding("F804", place, f"The front matter of {name} cannot be read.")
    return {str(key): value for key, value in front.items()} if isinstance(front, dict) else {}


def _facts(front: Mapping[str, object], depth: int = 3) -> dict[str, object]:
    """What the keys mean; keys within keys as well, as in extra.movie.year, but the outer ones first."""
    facts: dict[str, object] = {}
    for key, value in front.items():
        if not isinstance(value, dict):
            _take(facts, key, value)
    for value in front.values():
        if isinstance(value, dict) and depth:
            inner = _facts({str(key): each for key, each in value.items()}, depth - 1)
            facts = {**inner, **facts}
    if isinstance(crew := front.get("crew"), list):
        for each in crew:
            if isinstance(each, dict) and (job := _JOBS.get(str(each.get("role", "")).casefold())):
                facts.setdefault(job, list(names_in(str(each.get("name") or ""))))
    return facts


def _take(facts: dict[str, object], key: str, value: object) -> None:
    fact = fact_named(key.strip().rstrip(":"))
    if fact and value not in (None, "", []) and not (facts.get(fact)):
        facts[fact] = value


def _record(facts: Mapping[str, object], body: str, path: Path) -> tuple[dict[str, object], bool]:
    """The record, and whether its title was only guessed by the file's name."""
    record: dict[str, object] = {}
    for fact, value in facts.items():
        if fact in _LISTS:
            record[fact] = [name for each in _values(value) for name in names_in(_plain(each))]
        else:
            record[fact] = _plain(" ".join(_values(value)))
    heading = _TITLE_LINE.match(body)
    body = body[heading.end() :] if heading else body
    title = str(record.get("title") or (_plain(heading["title"]) if heading else ""))
    slug = _SLUG.fullmatch(path.stem) or _SLUG.fullmatch(path.stem.rpartition("__")[2])
    guessed = not title and slug is not None
    if not title:
        title = slug["words"].replace("-", " ").title() if slug else path.stem
    title, in_title = title_and_year(title)
    written = str(record.get("year") or "")
    released = str(record.get("release_date") or "")
    record |= {
        "title": title,
        "year": year_of(written) or written or year_of(released) or in_title or (slug and slug["year"]),
        "rating": mark_of(str(record.get("rating") or "")),
        "themes": [each for each in _texts(record.get("themes")) if each.casefold() not in _NO_THEMES],
        "ids": {key: str(record[key]) for key in ("imdb", "tmdb") if record.get(key)},
        "notes": _markdown("\n\n".join(filter(None, [str(record.get("notes") or ""), body]))),
    }
    # What a note calls its plot is OMDb's, which plug-ins fetch: a blurb, as a description is.
    record["synopsis"] = without_tags(str(record.get("synopsis") or record.pop("plot", "")))
    if len(released) == 4:
        record["release_date"] = ""
    return record, guessed


def _values(value: object) -> list[str]:
    """The texts of a value: a list of one, or of many; days as they are written in ISO 8601."""
    each = value if isinstance(value, list) else [value]
    told = (one.get("name") or one.get("title") if isinstance(one, dict) else one for one in each)
    return [
        one.isoformat()[:10] if isinstance(one, date | datetime) else str(one)
        for one in told
        if one is not None and not isinstance(one, list)
    ]


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _plain(text: str) -> str:
    """A value without the brackets of a link to another note, and without what Markdown adds."""
    return clean_line(_WIKI_LINK.sub(_shown, text)).strip().strip('"')


def _shown(link: re.Match[str]) -> str:
    if link[0].startswith("!"):
        return ""
    return link["shown"] or link["target"].rpartition("/")[2]


def _markdown(body: str) -> str:
    """The note's own text, with headings below those of an entry, and without pictures and what is hidden."""
    for hidden in (_COMMENT, _SHORTCODE, _PICTURE, _RULE):
        body = hidden.sub("", body)
    body = without_tags(_WIKI_LINK.sub(_shown, body))
    lines = [line.rstrip() for line in _HEADING.sub("### ", body).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
