"""When in its story an event takes place, in the writer's own words: "day 3, noon", "late May", "1968".

Only order is read, never duration. What says no time that can be put in order, such as "dream", is no
moment. A vague time is taken to go on where the film has just been, if it may: "June" after "June 15" is
that day or a later one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from book.figures.time_words import (
    COUNTED,
    COUNTED_SIGNS,
    EARLY,
    FEASTS,
    FUTURE_WORDS,
    LATE,
    MIDDLE,
    ORDINALS,
    PARTS_OF_DAY,
    SEASONS,
)
from book.languages import primary
from book.titles import fold
from book.words import locale_of

Moment = tuple[int, int, int, int]
"""Year, ordinal (of days, nights or weeks that are counted), day of the year, minute of the day."""

FUTURE = 9_999  # the year of "the future", later than every other

ENOUGH = 2 / 3
"""Of the events with a time of the story, this share must be moments, or their order is not known."""

_YEAR = re.compile(r"(?<![\d:.])(\d{4})(?![\d:])")
_SHORT_DATE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d])(\d{1,2})[:.h](\d\d)(?!\d)\s*(am|pm|a\.m\.|p\.m\.)?|(?<![\d])(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.)"
)
_NUMBER = re.compile(r"(?<![\d:.])(\d{1,3})(?![\d:])")
_AGO = re.compile(r"\b(ago|earlier|later|before that|after that)\b")


@dataclass(frozen=True, slots=True)
class _Said:
    """For each level of a moment the earliest and the latest value that the words allow, None for any."""

    year: tuple[int, int] | None = None
    ordinal: tuple[int, int] | None = None
    day: tuple[int, int] | None = None
    minute: tuple[int, int] | None = None

    @property
    def levels(self) -> tuple[tuple[int, int] | None, ...]:
        return self.year, self.ordinal, self.day, self.minute


def moments(times: Sequence[str], language: str = "en") -> tuple[Moment | None, ...]:
    """A moment for each of the story's times in the order on screen; None for one that says none.

    All are None where fewer than ENOUGH of them say one, or all say the same.
    """
    said = [_read(time, language) if time.strip() else None for time in times]
    told = sum(bool(time.strip()) for time in times)
    if sum(each is not None for each in said) < max(2, ENOUGH * told):
        return (None,) * len(times)
    # What an event does not say is as it was before; before anything was said, as it is said first.
    before = [next((each.levels[n] for each in said if each and each.levels[n]), None) for n in range(4)]
    last: Moment = (before[0][0] if before[0] else 0, before[1][0] if before[1] else 0, 0, 0)
    found: list[Moment | None] = []
    for each in said:
        if each is None:
            found.append(None)
            continue
        last = _placed(each, last)
        found.append(last)
    return tuple(found) if len(set(found) - {None}) > 1 else (None,) * len(times)


def _placed(said: _Said, last: Moment) -> Moment:
    """The moment that fits the words and is nearest to where the film has just been, no earlier if it may."""
    values: list[int] = []
    for level, bounds in enumerate(said.levels):
        low, high = bounds or (0, last[level])
        goes_on = values == list(last[:level])
        values.append(min(max(last[level], low), high) if goes_on else low)
    year, ordinal, day, minute = values
    return year, ordinal, day, minute


def _read(text: str, language: str) -> _Said | None:
    """What the words say, or None where they say no time."""
    plain = " ".join(fold(text.replace("’", "'")).split())
    if _AGO.search(plain):
        return None
    year, day = _year(plain), None
    if match := _SHORT_DATE.search(plain):
        number = int(match[2]) * 31 + int(match[3])
        day = (number, number)
        plain = plain.replace(match[0], " ")
    rest = _YEAR.sub(" ", plain)
    minute, rest = _minute(rest)
    if day is None:
        day, rest = _day(rest, primary(language))
    ordinal = _ordinal(rest)
    found = _Said(year, ordinal, day, minute)
    return found if any(found.levels) else None


def _year(plain: str) -> tuple[int, int] | None:
    if set(re.findall(r"\w+", plain)) & FUTURE_WORDS:
        return FUTURE, FUTURE
    match = _YEAR.search(plain)
    return (int(match[1]), int(match[1])) if match else None


def _minute(plain: str) -> tuple[tuple[int, int] | None, str]:
    if match := _CLOCK.search(plain):
        hour, minute = int(match[1] or match[4]), int(match[2] or 0)
        half = (match[3] or match[5] or "").replace(".", "")
        hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
        if hour < 25 and minute < 60:
            at = hour * 60 + minute
            return (at, at), plain[: match.start()] + plain[match.end() :]
    for name in sorted(PARTS_OF_DAY, key=lambda name: (-len(name), name)):
        if re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", plain):
            return (PARTS_OF_DAY[name], PARTS_OF_DAY[name]), plain  # it may be counted too: the third evening
    return None, plain


def _day(plain: str, language: str) -> tuple[tuple[int, int] | None, str]:
    """A day as month × 31 + day; a month, a season or a part of one is from its first day to its last."""
    for name in sorted(FEASTS, key=lambda name: (-len(name), name)):
        if name in plain:
            month, day = FEASTS[name]
            return (month * 31 + day, month * 31 + day), plain.replace(name, " ")
    words = re.findall(r"\w+", plain)
    for name, month in _months(language).items():
        if name not in words:
            continue
        first, last = month * 31 + 1, month * 31 + 31
        rest = re.sub(rf"\b{re.escape(name)}\b", " ", plain)
        if (number := _NUMBER.search(rest)) and 0 < int(number[1]) < 32:
            day = month * 31 + int(number[1])
            return (day, day), rest[: number.start()] + rest[number.end() :]
        return _part_of(words, first, last), rest
    for name, month in SEASONS.items():
        if name in words:
            return _part_of(words, month * 31 + 1, month * 31 + 93), plain.replace(name, " ")
    if set(words) & (EARLY | LATE | MIDDLE):
        return _part_of(words, 32, 12 * 31 + 31), plain  # of the year
    return None, plain


def _part_of(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    third = (last - first) // 3
    if set(words) & EARLY:
        return first, first + third
    if set(words) & LATE:
        return last - third, last
    if set(words) & MIDDLE:
        return first + third, last - third
    return first, last


def _ordinal(plain: str) -> tuple[int, int] | None:
    if match := COUNTED_SIGNS.search(plain):
        return int(match[1]), int(match[1])
    words = set(re.findall(r"\w+", plain))
    if not words & COUNTED:
        return None
    for number, names in enumerate(ORDINALS, start=1):
        if words & set(names):
            return number, number
    match = _NUMBER.search(plain)
    return (int(match[1]), int(match[1])) if match else None


@lru_cache(maxsize=16)
def _months(language: str) -> dict[str, int]:
    """Names of months in the language and in English, whole and short, without accents."""
    names: dict[str, int] = {}
    for tag in dict.fromkeys((language, "en")):
        for kind in ("wide", "abbreviated"):
            for number, name in sorted(locale_of(tag).months["format"][kind].items()):
                plain = fold(name).rstrip(".")
                if len(plain) > 2:
                    names.setdefault(plain, number)
    return names
