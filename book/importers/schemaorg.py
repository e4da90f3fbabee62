"""schema.org: what a saved web page says of a film, as JSON-LD or as microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path

from lxml import etree, html

from book.findings import finding
from book.importers.opening import decoded, text_of
from book.importers.record import Told, films_of
from book.importers.text import clean_line
from book.importers.values import day_of, names_in, title_and_year, without_tags, year_of
from book.model import Film, Finding, Place

LARGEST_BYTES = 32_000_000

_MOVIE = re.compile(r"[\"'/:]Movie[\"'\s]")
_NUMBERED = re.compile(r"\s+\([IVX]+\)$")
_ID = re.compile(
    r"imdb\.com/title/(?P<imdb>tt\d{7,9})|themoviedb\.org/movie/(?P<tmdb>\d+)|wikidata\.org/wiki/(?P<wikidata>Q\d+)"
)
_DEEPEST = 12
_SIMILAR_MOST = 6


class SchemaOrg:
    """Saved pages of film sites, and JSON-LD by itself."""

    name = "schemaorg"
    label = "schema.org in saved web pages or JSON-LD"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By schema.org's word for a film. A page may say it far down, so that all of a page is looked at."""
        text = decoded(head)
        if text is None or not text.lstrip().startswith(("<", "{", "[", "TYPES:")):
            return False
        if "schema.org" in text and _MOVIE.search(text):
            return True
        if not re.search(r"<(?:!doctype\s+html|html)\b", text[:2000], re.IGNORECASE):
            return False
        whole = text_of(path, LARGEST_BYTES)
        return isinstance(whole, str) and "schema.org" in whole and _MOVIE.search(whole) is not None

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """A film for each that the page describes; one that it describes twice over comes twice."""
        return films_of(_told(path), self.name, path)


def _told(path: Path) -> Iterator[Told | Finding]:
    text = text_of(path, LARGEST_BYTES)
    if isinstance(text, Finding):
        yield text
        return
    place = Place(path.as_posix())
    if text.lstrip("\ufeff \n\r\t").startswith(("{", "[")):
        try:
            found: object = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            yield finding("F804", place, f"{path.name} is not valid JSON.", "Save it again.")
            return
        page_title = ""
    else:
        read = _page(text, place)
        if isinstance(read, Finding):
            yield read
            return
        found, page_title, faults = read
        yield from faults
    films = list(_films(found))
    if not films:
        yield finding("F811", place, f"{path.name} describes no film in the words of schema.org.")
    for film in films:
        yield Told(_record(film, page_title))


def _page(text: str, place: Place) -> tuple[object, str, list[Finding]] | Finding:
    """All items of the page, the page's own title, and what could not be read."""
    from extruct import JsonLdExtractor
    from extruct.w3cmicrodata import MicrodataExtractor

    name = Path(place.file).name
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        return finding("F804", place, f"{name} cannot be read as a web page: {error}.", "Save it again.")
    items: list[object] = []
    faults: list[Finding] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        alone = etree.Element("html")  # so that a broken script keeps none of the others out
        alone.append(deepcopy(script))
        try:
            items += JsonLdExtractor().extract_items(alone)
        except (ValueError, RecursionError, AttributeError):
            line = script.sourceline if isinstance(script.sourceline, int) else 0
            faults.append(
                finding("F804", Place(place.file, line), f"The JSON-LD on line {line} of {name} is broken.")
            )
    try:
        items += MicrodataExtractor().extract_items(tree, None)
    except (ValueError, RecursionError, AttributeError) as error:
        faults.append(finding("F804", place, f"The microdata of {name} cannot be read: {error}."))
    title = tree.findtext("head/title") or ""
    return items, title, faults


def _films(value: object, depth: int = _DEEPEST) -> Iterator[Mapping[str, object]]:
    """The films within, wherever they are; those that another film mentions are not looked for."""
    if isinstance(value, list) and depth:
        for each in value:
            yield from _films(each, depth - 1)
    elif isinstance(value, dict) and depth:
        if _is_film(value):
            properties = value.get("properties")
            yield properties if isinstance(properties, dict) else value
        else:
            for each in value.values():
                yield from _films(each, depth - 1)


def _is_film(item: Mapping[str, object]) -> bool:
    kinds = [
        str(each).rpartition("/")[2].rpartition(":")[2]
        for each in _list(item.get("@type") or item.get("type"))
    ]
    return "Movie" in kinds


def _record(film: Mapping[str, object], page_title: str) -> dict[str, object]:
    title, in_title = title_and_year(_text(film.get("name")))
    published = _text(film.get("datePublished")) or _text(film.get("dateCreated"))
    other = [_text(film.get(key)) for key in ("copyrightYear", "dateCreated")]
    other += [_text(_item(film.get("releasedEvent")).get("startDate")), page_title]
    addresses = " ".join([*_texts(film.get("sameAs")), *_texts(film.get("url")), str(film.get("@id") or "")])
    ids: dict[str, str] = {}
    for found in _ID.finditer(addresses):
        ids |= {kind: value for kind, value in found.groupdict().items() if value}
    certificate = film.get("contentRating")
    return {
        "title": title,
        "aka": _texts(film.get("alternateName")),
        "year": year_of(published) or in_title or next(filter(None, map(year_of, other)), None),
        "release_date": ""
        if re.fullmatch(r"\d{4}(-\d\d)?", published) or not day_of(published)
        else published,
        "runtime_min": _text(film.get("duration")),
        "languages": _spoken(film.get("inLanguage")),
        "countries": _texts(film.get("countryOfOrigin")),
        "directors": _people(film.get("director") or film.get("directors")),
        "writers": _people(film.get("author") or film.get("creator")),
        "composers": _people(film.get("musicBy")),
        "cast": _people(film.get("actor") or film.get("actors")),
        "genres": [name for each in _texts(film.get("genre")) for name in names_in(each)],
        "keywords": [name for each in _texts(film.get("keywords")) for name in names_in(each)],
        "series": {"name": _text(film.get("isPartOf"))},
        "certificate": _text(certificate),
        "tagline": _text(film.get("headline")) if film.get("headline") != film.get("name") else "",
        "production_companies": _texts(film.get("productionCompany")),
        "similar": [
            {"title": named[0], "year": named[1]}
            for each in _list(film.get("isSimilarTo"))[:_SIMILAR_MOST]
            if (named := title_and_year(_text(each)))[0]
        ],
        "ids": ids,
        "synopsis": without_tags(_text(film.get("description"), lines=True)).strip(),
    }


def _item(value: object) -> Mapping[str, object]:
    """A thing's properties; of several things the first's."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return {}
    inner = first.get("properties")
    return inner if isinstance(inner, dict) else first


def _text(value: object, *, lines: bool = False) -> str:
    """A text, or what a thing is called; of several the first. Line breaks are kept only with `lines`."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        item = _item(first)
        inner = next((item[key] for key in ("name", "@value", "ratingValue", "value") if item.get(key)), "")
        return _text(inner) if not isinstance(inner, dict) else ""
    if isinstance(first, str | int | float) and not isinstance(first, bool):
        return str(first).strip() if lines else clean_line(str(first))
    return ""


def _texts(value: object) -> list[str]:
    return [text for each in _list(value) if (text := _text(each))]


def _people(value: object) -> list[str]:
    """Names in order; a number that tells people of one name apart, as in "John Smith (II)", is dropped."""
    names = (_NUMBERED.sub("", text.strip(" ,")) for text in _texts(value))
    return list(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def _spoken(value: object) -> list[str]:
    codes = (
        _text(_item(each).get("alternateName")) if isinstance(each, dict) else "" for each in _list(value)
    )
    return [code or text for code, text in zip(codes, map(_text, _list(value)), strict=True) if code or text]


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
