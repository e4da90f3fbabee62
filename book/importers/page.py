"""The text of a film page, as copied from a browser: facts, synopsis, a warning, the plot, advertising.

Of the page's own furniture (warnings, teasers, links to its other pages) nothing is taken over. Where
the page does not say that its plot begins, all its text is held to spoil.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from book.findings import finding
from book.importers.genres import guess_genres, split_genres
from book.importers.roles import cast_from
from book.importers.text import clean, clean_line, to_markdown
from book.languages import country_or_as_typed, language_or_as_typed
from book.model import Film, Finding, Kind, Origin, Place, Section, Source
from book.slugs import YEARS, slug_of

LONGEST_PAGE = 1_000_000

_FACT = re.compile(
    r"(?P<name>Year|Runtime|Languages?|Directors?|Writers?|Countr(?:y|ies)|Genres?)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_OTHER_FACT = re.compile(r"[A-Z][\w ]{1,24}:\s*\S.{0,80}(?<![.!?…”\"])")
_TITLE = re.compile(r"(?P<title>.+?)(?:\s*\((?P<year>\d{4})\))?")
_PLOT_HEADING = re.compile(
    r"(?P<title>.{1,400}?)\s*(?:\((?P<year>\d{4})\))?\s*[–—:-]\s*(?:Full\s+)?Plot\s+(?:Summary|Explained)\b.{0,80}",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"(?:Warning\s*[:!–—-]\s*)?(?:major\s+)?spoilers?\s+(?:below|ahead|alert)\W*"
    r"|Haven['’]?t (?:seen|watched) .*\bspoilers?\b.*",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:Read|Discover|Explore|Get) (?:the|a|our) .*\bplot (?:breakdown|summary)\b.*", re.IGNORECASE
)
_UPDATED = re.compile(r"Last\s+Updated\s*(?::|on)?\s*(?P<day>.+)", re.IGNORECASE)
_DAY_FORMS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%m/%d/%Y")
_TIME = re.compile(r"(?:\s+at\b|,?\s+\d{1,2}:\d\d|T\d\d:).*", re.IGNORECASE)

# What stands after the plot; {title} is the film's. A line must be one of these from end to end.
_AFTER_PLOT = (
    r"Unlock the Full Story\b.*",
    r"(?:{title}\s+)?Timeline",
    r"Characters, Settings (?:&|and) Themes\b.*",
    r"More About\s+{title}",
    r"(?:Similar Movies|Similar Films|Movies Like|Films Like)\b.*",
    r"(?:Visit )?What['’]?s After the Movie\b.*",
    r"Don['’]?t stop at just watching\b.*",
    r"Track the full timeline of\b.*",
    r"Discover (?:the characters, locations|movies like|films like)\b.*",
    r"(?:Where to Watch|Watch the Trailer|Box Office|User Reviews|Related Articles)(?:\s+{title})?",
    r"(?:You (?:may|might) also like|Recommended for you|Share this|Follow us|Subscribe to)\b.{0,80}",
    r"(?:©|\(c\)|Copyright)\s.{0,120}",
)
# What may stand anywhere; browsers copy the labels of advertisements and buttons along.
_ANYWHERE = re.compile(
    r"Advertisements?|Ads?|Sponsored(?: content)?|Promoted|Loading\W*|Share|Tweet|Pin it|Print|Save|Menu|"
    r"Close|Read more|Show more|Skip to (?:main )?content|Back to top|Watch (?:trailer|now)|"
    r"Accept(?: all)?(?: cookies)?",
    re.IGNORECASE,
)
_MARKS = (
    r"^\s*Year\s*:\s*\d{4}\s*$",
    r"^\s*Runtime\s*:",
    r"^\s*Directors?\s*:",
    r"^\s*Languages?\s*:",
    r"Plot Summary\b",
    r"^\s*Warning: spoilers",
    r"^\s*Unlock the Full Story of",
)


class PageText:
    """The text of one film page."""

    name = "page"
    label = "text of a film page, copied from a browser"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By three of a page's tell-tale lines; whatever opens like Markdown, JSON or HTML is not one."""
        text = head.decode("utf-8", errors="replace").lstrip("\ufeff").lstrip()
        if text.startswith(("---", "{", "[", "<", "+++")):
            return False
        lines = text.replace("\r", "\n")
        return sum(re.search(mark, lines, re.IGNORECASE | re.MULTILINE) is not None for mark in _MARKS) >= 3

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """The page's film, or why it is none."""
        place = Place(path.as_posix())
        try:
            raw = path.read_bytes()
        except OSError as error:
            yield finding("F801", place, f"{path.name} cannot be read: {error.strerror}.")
            return
        if len(raw) > LONGEST_PAGE:
            yield finding("F804", place, f"{path.name} is larger than a megabyte, which no film page is.")
            return
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            yield finding("F802", place, f"{path.name} is not UTF-8 text.", "Save it as plain text in UTF-8.")
            return
        yield from _film_of(_lines(text), place, Origin(imported=f"{self.name} {path.name}", reviewed=False))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page that is not blank: cleaned, on one line, with its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page by what they are for; `parted` says that the page itself parts them so."""

    head: Sequence[_Line]
    plot: Sequence[_Line]
    title: str
    year: str
    parted: bool
    updated: date | None


def _lines(text: str) -> tuple[_Line, ...]:
    raw = re.split(r"\r\n?|\n", text)
    cleaned = (_Line(number, clean_line(line)) for number, line in enumerate(raw, start=1))
    return tuple(line for line in cleaned if line.text and not _ANYWHERE.fullmatch(line.text))


def _film_of(lines: Sequence[_Line], place: Place, origin: Origin) -> Iterator[Film | Finding]:
    page = _part(lines)
    facts = _facts(page.head)
    digits = re.search(r"\b\d{4}\b", facts.get("year", "")) or re.search(r"\d{4}", page.year)
    year = int(digits[0]) if digits else 0
    if not page.title or year not in YEARS:
        wanted = f"{page.title} has no possible year." if page.title else "The page names no film."
        hint = "A page begins with the film's title and has a line such as Year: 1958"
        yield finding("F805", Place(place.file, 1), wanted, hint)
        return
    told = _paragraphs(page)
    plot = [line.text for line in page.plot]
    genres, told = _genres(facts, told)
    if not page.parted:
        plot, told = [*told, *plot], []
        where = Place(place.file, lines[0].number)
        yield finding("F807", where, f"The page of {page.title} has no heading over its plot.")
    for line in page.head:
        if _OTHER_FACT.fullmatch(line.text) and not _FACT.fullmatch(line.text):
            yield finding("F806", Place(place.file, line.number), f"“{line.text}” was left out.")
    minutes = runtime_min(facts.get("runtime", ""))
    if facts.get("runtime") and minutes is None:
        yield finding(
            "F806", place, f"Runtime is {facts['runtime']}, which was left out.", "Write e.g. 111 min"
        )
    yield Film(
        slug=slug_of(page.title, year),
        title=page.title,
        year=year,
        runtime_min=minutes,
        languages=tuple(dict.fromkeys(map(language_or_as_typed, _names(facts.get("language", ""))))),
        countries=tuple(dict.fromkeys(map(country_or_as_typed, _names(facts.get("country", ""))))),
        directors=_names(facts.get("director", "")),
        writers=_names(facts.get("writer", "")),
        cast=cast_from(plot),
        genres=genres,
        updated=page.updated,
        origin=origin,
        synopsis=Section(Kind.SYNOPSIS, "", _markdown(told)),
        spoilers=(Section(Kind.PLOT, "Plot", _markdown(plot)),) if plot else (),
        fence_line=0,  # every imported entry has a fence, and no line until it is written
        source=Source(place.file, {"title": lines[0].number}),
    )


def _part(lines: Sequence[_Line]) -> _Page:
    """The page in its parts; the heading over the plot is the surest witness of title and year."""
    heading = next((found for line in lines if (found := _PLOT_HEADING.fullmatch(line.text))), None)
    texts = [line.text for line in lines]
    twice = (text for text, following in pairwise(texts) if text == following)
    named = heading or _TITLE.fullmatch(next(twice, next(iter(texts), "")))
    title = named["title"] if named else ""
    start = texts.index(heading[0]) if heading else len(lines)
    warning = next((place for place, text in enumerate(texts) if _WARNING.fullmatch(text)), len(lines))
    after = _after_plot(title)
    begin = min(start, warning)
    end = next((place for place in range(begin, len(lines)) if after.fullmatch(texts[place])), len(lines))
    if begin == len(lines):  # nothing parts the page; its end may still be told
        begin = end = next(
            (place for place, text in enumerate(texts) if place and after.fullmatch(text)), len(lines)
        )
    days = (found for text in texts if (found := _UPDATED.fullmatch(text)))
    return _Page(
        head=lines[:begin],
        plot=[line for line in lines[begin:end] if not _furniture(line.text)],
        title=title,
        year=(named["year"] or "") if named else "",
        parted=heading is not None or warning < len(lines),
        updated=next((day for found in days if (day := _day(found["day"]))), None),
    )


def _after_plot(title: str) -> re.Pattern[str]:
    forms = [form.replace("{title}", re.escape(title)) for form in _AFTER_PLOT]
    return re.compile("|".join([*forms, _UPDATED.pattern.replace("?P<day>", "?:")]), re.IGNORECASE)


def _furniture(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_PLOT_HEADING, _WARNING, _TEASER, _UPDATED))


def _facts(lines: Sequence[_Line]) -> dict[str, str]:
    """The first value of each fact, by its name in the singular and in lower case."""
    facts: dict[str, str] = {}
    for found in (match for line in lines if (match := _FACT.fullmatch(line.text))):
        value = found["value"].strip()
        if value.casefold() not in {"", "n/a", "unknown", "-"}:
            name = found["name"].casefold().replace("countries", "country").removesuffix("s")
            facts.setdefault(name, value)
    return facts


def _paragraphs(page: _Page) -> list[str]:
    """What the head of the page tells besides its facts, from the last line that is just the title on."""
    names = {page.title, f"{page.title} ({page.year})"}
    titles = [place for place, line in enumerate(page.head) if line.text in names]
    facts = [place for place, line in enumerate(page.head) if _FACT.fullmatch(line.text)]
    first = max((place + 1 for place in titles if not facts or place < facts[-1]), default=0)
    return [
        line.text
        for line in page.head[first:]
        if line.text not in names and not _furniture(line.text) and not _is_fact(line.text)
    ]


def _is_fact(text: str) -> bool:
    return _FACT.fullmatch(text) is not None or _OTHER_FACT.fullmatch(text) is not None


def _genres(facts: dict[str, str], told: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The genres, and the paragraphs without the line that held them."""
    if "genre" in facts:
        return split_genres(facts["genre"]) or _names(facts["genre"]), list(told)
    for place, text in enumerate(told):
        if genres := split_genres(text) or guess_genres(text):
            return genres, [*told[:place], *told[place + 1 :]]
    return (), list(told)


def _names(value: str) -> tuple[str, ...]:
    names = (name.strip() for name in re.split(r"\s*[,;/|]\s*|\s+&\s+|\s+and\s+", value))
    return tuple(dict.fromkeys(name for name in names if name))


def _markdown(paragraphs: Sequence[str]) -> str:
    return to_markdown(clean("\n".join(paragraphs)))


def runtime_min(text: str) -> int | None:
    """Minutes of "111 min", "1h 51m", "1 hr 51 min" or "111"; None when it says nothing."""
    found = re.fullmatch(
        r"(?:(?P<hours>\d{1,2})\s*h(?:(?:ou)?rs?)?\.?)?\s*(?:(?P<minutes>\d{1,3})\s*(?:m(?:in(?:ute)?s?)?\.?)?)?",
        text.strip(),
        re.IGNORECASE,
    )
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0) if found else 0
    return minutes or None


def _day(text: str) -> date | None:
    bare = _TIME.sub("", text).strip().rstrip(".")
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(bare, form).date()
        except ValueError:
            continue
    return None
