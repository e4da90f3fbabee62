"""Values as other programs write them -> values of ours: lengths, days, years, sums, lists, texts in HTML."""

from __future__ import annotations

import re
from datetime import date, datetime

from book.importers.text import clean_line

_DAY_FORMS = (
    "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%b-%Y", "%d %B, %Y",
)  # fmt: skip
_LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,2})\s*(?:h|hrs?|hours?|std\.?|heures?)\.?)?\s*"
    r"(?:(?P<minutes>\d{1,3})\s*(?:m|mins?|minutes?|minuten|minuti|minutos|['’′])?\.?)?",
    re.IGNORECASE,
)
_ISO_LENGTH = re.compile(r"P(?:0D)?T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:\d+(?:\.\d+)?S)?")
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?::[0-5]\d)?")
_WHOLE = re.compile(r"(?P<minutes>\d{1,3})[.,]0*")
_YEAR = re.compile(r"(?<!\d)(?:18[7-9]\d|19\d\d|20\d\d)(?!\d)")
_YEAR_IN_TITLE = re.compile(r"(?P<title>.+?)\s*[(\[](?P<year>\d{4})[)\]]")
_BETWEEN = re.compile(r"\s*[,;|]\s*(?!(?:Jr|Sr|II|III|IV)\b)|\s+/\s+")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>a|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre"
    r"|q|s|small|span|strike|strong|sub|sup|tt|u|ul)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BREAKS = frozenset(
    [
        "blockquote",
        "br",
        "center",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "ul",
    ]
)


def minutes_of(text: str) -> int | None:
    """Minutes of "117 min", "1h 57", PT1H57M, "1:57", "117,0" or 117; None when the text says nothing."""
    bare = text.strip()
    for form in (_ISO_LENGTH, _CLOCK, _WHOLE, _LENGTH):
        if bare and (found := form.fullmatch(bare)):
            said = found.groupdict()
            return int(said.get("hours") or 0) * 60 + int(said.get("minutes") or 0) or None
    return None


def day_of(text: str) -> date | None:
    """The day of 1979-05-25 (a time may follow), "25 May 1979", "May 25, 1979" or 25.05.1979; else None."""
    bare = text.strip()
    try:
        return date.fromisoformat(bare[:10])
    except ValueError:
        pass
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(bare, form).date()
        except ValueError:
            continue
    return None


def year_of(text: str) -> int | None:
    """The first year that the text names, as in "25 May 1979" or "2005–2010"; None where it names none."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def title_and_year(text: str) -> tuple[str, int | None]:
    """ "Alien (1979)" in its parts; a title without a year in brackets stays as it is."""
    found = _YEAR_IN_TITLE.fullmatch(clean_line(text))
    return (found["title"], int(found["year"])) if found else (clean_line(text), None)


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list in one text, "A, B" or "A / B"; "Sammy Davis, Jr." stays one name."""
    return tuple(
        dict.fromkeys(name for part in _BETWEEN.split(text) if (name := clean_line(part).strip(",;")))
    )


def sum_of(text: str) -> int | None:
    """Whole dollars of "$623,357,910"; None where the text holds anything else."""
    bare = re.sub(r"[\s,$]|US", "", text)
    return int(bare) or None if re.fullmatch(r"[0-9]{1,15}", bare) else None


def mark_of(text: str) -> str:
    """A rating without idle decimals: "7,50" is "7.5", 0 is none, and any other text stays as typed."""
    bare = clean_line(text).replace(",", ".")
    if re.fullmatch(r"\d+\.\d+", bare):
        bare = bare.rstrip("0").rstrip(".")
    return (
        ""
        if re.fullmatch(r"0(?:\.0*)?", bare)
        else bare
        if re.fullmatch(r"[\d.]+", bare)
        else clean_line(text)
    )


def without_tags(text: str) -> str:
    """A text in HTML as bare text: tags that break a line do so, all others leave only what they hold."""
    if "<" not in text:
        return text
    return _TAG.sub(lambda tag: "\n" if tag["name"].lower() in _BREAKS else "", text)
