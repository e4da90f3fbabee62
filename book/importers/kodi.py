"""Kodi, Jellyfin, Emby and Plex: NFO files, which are XML more or less, perhaps an address behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

from lxml import etree

from book.findings import finding
from book.importers.opening import bytes_of, decoded
from book.importers.record import Told, films_of
from book.importers.values import day_of, mark_of, names_in, without_tags, year_of
from book.model import Film, Finding, Place

LARGEST_BYTES = 4_000_000
"""An NFO with the addresses of two hundred pictures has fifty thousand."""

_ROOT = re.compile(r"<(?P<root>movie|tvshow|episodedetails|musicvideo|artist|album)\b", re.IGNORECASE)
_NOT_FILMS = {
    "tvshow": "a series",
    "episodedetails": "an episode of a series",
    "musicvideo": "a music video",
    "artist": "a musician",
    "album": "an album",
}
_ADDRESS = re.compile(
    r"https?://\S{0,200}?(?:(?P<imdb>tt\d{7,9})|themoviedb\.org/movie/(?P<tmdb>\d+))\S{0,200}", re.IGNORECASE
)
_IDS = {"imdb": "imdb", "tmdb": "tmdb", "themoviedb": "tmdb", "wikidata": "wikidata"}
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_RATED = re.compile(r"(?:Rated\s+|[A-Za-z .]{2,}:\s*(?:Rated\s+)?)(?P<mark>\S.*)", re.IGNORECASE)


_SIGN = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:(?P<word>[A-Za-z]\w{1,30});)?"
)
"""An ampersand as people type it, or a sign that HTML names and XML does not know."""


class Kodi:
    """The NFO file beside a film in a media library."""

    name = "kodi"
    label = "Kodi NFO"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By its first element; or by the suffix .nfo and the address of a film."""
        text = decoded(head) or ""
        found = _ROOT.search(text)
        if found and not re.search(r"<(?:html|body|rss|svg)\b", text[: found.start()], re.IGNORECASE):
            return True
        return path.suffix.casefold() == ".nfo" and _ADDRESS.search(text) is not None

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """The films of the file, mostly one; a file that is not well-formed is read as far as it can be."""
        return films_of(_told(path), self.name, path)


def _told(path: Path) -> Iterator[Told | Finding]:
    raw = bytes_of(path, LARGEST_BYTES)
    if isinstance(raw, Finding):
        yield raw
        return
    place = Place(path.as_posix())
    text = decoded(raw)
    if text is None:
        yield finding("F802", place, f"{path.name} is not text.", "An NFO is XML in UTF-8.")
        return
    if _ENTITY.search(text):
        yield finding(
            "F809", place, f"{path.name} defines words of its own (<!ENTITY), which no library writes."
        )
        return
    root = _ROOT.search(text)
    if root is None:
        yield _only_an_address(text, path)
        return
    yield from _films(text, place, path)


def _sign(found: re.Match[str]) -> str:
    letter = unescape(found[0]) if found["word"] else found[0]
    return escape(letter)


def _only_an_address(text: str, path: Path) -> Finding:
    found = _ADDRESS.search(text)
    what = f"only the address {found[0]}" if found else "no film"
    return finding(
        "F805",
        Place(path.as_posix(), 1),
        f"{path.name} holds {what}, and so no title and no year.",
        "Let the library save its NFO files with all details, and import them again.",
    )


def _films(text: str, place: Place, path: Path) -> Iterator[Told | Finding]:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # its encoding is not that of the text any more
    bare = _SIGN.sub(_sign, bare)
    begin = _ROOT.search(bare)
    if begin is None:
        return
    try:
        tree = etree.fromstring(f"<nfo>{bare[begin.start() :]}".encode(), parser)
    except etree.XMLSyntaxError as error:
        yield finding("F804", place, f"{path.name} cannot be read as XML: {error.msg}.", "Save it again.")
        return
    above = text.count("\n", 0, len(text) - len(bare) + begin.start())
    # Our own element is never closed, and behind the film anything may stand.
    faults = [
        each for each in parser.error_log if "nfo" not in each.message and "PrematureEnd" not in str(each)
    ]
    films = [each for each in tree if isinstance(each.tag, str)]
    for film in films:
        kind = film.tag.casefold()
        line = (film.sourceline if isinstance(film.sourceline, int) else 1) + above
        if kind == "movie":
            yield Told(_record(film, text), line)
        elif kind in _NOT_FILMS:
            title = (film.findtext("title") or path.name).strip()
            yield finding(
                "F810", Place(place.file, line), f"{title} is {_NOT_FILMS[kind]}, and was left out."
            )
    if faults and films:
        first = faults[0]
        yield finding(
            "F811",
            Place(place.file, first.line + above),
            f"{path.name} is not well-formed XML: {first.message.strip()}.",
            "It was read as far as it can be; see whether the entry has everything.",
        )


def _record(film: etree._Element, whole: str) -> dict[str, object]:
    def text(*names: str) -> str:
        return next((said for name in names for each in film.findall(name) if (said := _said(each))), "")

    def texts(name: str) -> list[str]:
        return list(
            dict.fromkeys(part for each in film.findall(name) for part in names_in(_said(each)) if part)
        )

    outline, plot = (without_tags(text(name)).strip() for name in ("outline", "plot"))
    rated = text("mpaa").split(" / ")[0]
    found = _RATED.fullmatch(rated)
    premiered = text("premiered", "releasedate", "aired")
    certificate = found["mark"] if found else rated
    return {
        "title": text("title", "localtitle"),
        "original_title": text("originaltitle"),
        "sort_title": text("sorttitle") if text("sorttitle") != text("title") else "",
        "year": text("year") or year_of(premiered),
        "release_date": premiered if day_of(premiered) or not year_of(premiered) else "",
        "runtime_min": text("runtime"),
        "languages": texts("originallanguage") or texts("language"),
        "countries": texts("country"),
        "directors": texts("director"),
        "writers": list(dict.fromkeys([*texts("credits"), *texts("writer")])),
        "cast": _cast(film),
        "genres": texts("genre"),
        "keywords": [_said(each) for each in film.findall("tag")],
        "series": _series(film),
        "certificate": "" if certificate.casefold() in {"nr", "not rated", "unrated"} else certificate,
        "rating": mark_of(text("userrating")),
        "tagline": text("tagline"),
        "production_companies": [_said(each) for each in film.findall("studio")],
        "ids": _ids(film, whole),
        # A plot beside an outline is the longer telling, and may go to the end.
        "synopsis": outline or plot,
        "plot": plot if outline and plot != outline else "",
    }


def _said(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _cast(film: etree._Element) -> list[dict[str, str]]:
    def order(actor: etree._Element) -> float:
        found = re.fullmatch(r"\s*(\d{1,6})\s*", actor.findtext("order") or "")
        return int(found[1]) if found else float("inf")

    return [
        {"name": actor.findtext("name") or _said(actor), "role": actor.findtext("role") or ""}
        for actor in sorted(film.findall("actor"), key=order)
        if _said(actor) and (actor.findtext("type") or "Actor") in {"Actor", "GuestStar"}
    ]


def _series(film: etree._Element) -> dict[str, str]:
    """From <set><name>…, or <set>…</set> as older versions write it; "Alien Collection" is Alien."""
    found = film.find("set")
    if found is None:
        return {}
    name = (found.findtext("name") or found.text or "").strip()
    return {"name": re.sub(r"\s+Collection$", "", name)}


def _ids(film: etree._Element, whole: str) -> dict[str, str]:
    ids: dict[str, str] = {}
    for each in film.findall("uniqueid"):
        kind = (each.get("type") or "").casefold()
        if kind in _IDS:
            ids.setdefault(_IDS[kind], _said(each))
    bare = {
        name: (film.findtext(name) or "").strip() for name in ("id", "imdbid", "imdb_id", "tmdbid", "tmdbId")
    }
    for name, value in bare.items():
        if re.fullmatch(r"tt\d{7,9}", value):
            ids.setdefault("imdb", value)
        elif name.casefold() == "tmdbid" and value.isdecimal():
            ids.setdefault("tmdb", value)
    behind = whole[whole.rfind("</movie>") :] if "</movie>" in whole else ""
    for found in _ADDRESS.finditer(behind):
        for kind, value in found.groupdict().items():
            if value and whole.count("</movie>") == 1:
                ids.setdefault(kind, value)
    return {kind: value for kind, value in ids.items() if value}
