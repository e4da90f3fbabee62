"""The films of a guide counted: by decade, by genre and decade, by runtime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low, quantiles
from typing import TYPE_CHECKING

from book.figures.drawing import FINE, Bar, Cell, Drawing, Label, Line, Mark, Spot
from book.model import Film
from book.selection import decade
from book.titles import sort_key
from book.wording import listed
from book.words import Words

if TYPE_CHECKING:
    from book.figures.lettering import Lettering

FEWEST = 5
"""Films without which there is nothing to count."""

MOST_GENRES, ENOUGH_GENRES = 10, 5
"""Rows of genres at the most; where so many have several films, those of a single film are left out."""

_PITCHES = (6.6, 5.8, 5.0, 4.2)
"""From the middle of one film's spot to the next, the first of them at which a stack is not too tall."""

_SPOT = 0.39  # of the pitch: a spot's radius
_TALLEST, _TALLEST_RUNTIME = (
    62.0,
    48.0,
)  # points that stacks may rise to: three charts fill a page of 6 × 9 inches
_BAR = 6.6
_NAMED = 3  # decades that share a first place, at the most
_BROADEST = 5  # spots side by side: a broader stack is no column any more


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart is drawn on: its width and the size of its letters in points."""

    width: float
    size: float
    letters: Lettering
    words: Words

    def number(self, number: int) -> str:
        """A number as the guide's language writes it: 1,204 or 1 204."""
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=self.words.locale))

    def decade(self, first: int) -> str:
        """A decade as short as an axis wants it."""
        return self.words.pgettext("a decade, as short as can be, on an axis", "%(decade)ds") % {
            "decade": first
        }


def charts(films: Sequence[Film], on: Chart) -> tuple[Drawing, ...]:
    """Every chart that the films have enough to show for."""
    drawn = (by_decade(films, on), genres_by_decade(films, on), runtimes(films, on))
    return tuple(filter(None, drawn))


def is_counted(films: Sequence[Film]) -> bool:
    """Whether there is any chart to draw."""
    enough = len(films) >= FEWEST and len({decade(film.year) for film in films}) > 1
    timed = [film.runtime_min for film in films if film.runtime_min]
    return enough or (len(timed) >= FEWEST and len(set(timed)) > 1)


def _decades(films: Sequence[Film]) -> list[int]:
    """Every decade from the first to the last, those without a film too."""
    found = [decade(film.year) for film in films]
    return list(range(min(found), max(found) + 1, 10))


# -------------------------------------------------------------------------------------------- decades


def by_decade(films: Sequence[Film], on: Chart) -> Drawing | None:
    """Every film a spot over its decade, or a column where they are too many."""
    if len(films) < FEWEST or len({decade(film.year) for film in films}) < 2:
        return None
    decades = _decades(films)
    stacks = {first: sorted((f for f in films if decade(f.year) == first), key=_by_year) for first in decades}
    step = on.width / len(decades)
    abreast, pitch = _abreast(max(map(len, stacks.values())), step)
    top = on.size * 1.7
    foot = top + (_rows(stacks, abreast) * pitch if abreast else _TALLEST)
    marks: list[Mark] = [Line(0, round(foot + 2, 2), round(on.width, 2), round(foot + 2, 2), FINE)]
    labels: list[Label] = []
    most = max(map(len, stacks.values()))
    for column, stack in enumerate(stacks.values()):
        middle = (column + 0.5) * step
        if abreast:
            wide = min(abreast, len(stack))
            for number in range(len(stack)):
                row, place = divmod(number, wide)
                x, y = middle + (place - (wide - 1) / 2) * pitch, foot - (row + 0.5) * pitch
                marks.append(Spot(round(x, 2), round(y, 2), round(pitch * _SPOT, 2)))
            high = -(-len(stack) // wide) * pitch if stack else 0.0
        else:
            high = len(stack) / most * _TALLEST
            wide_pt = min(step * 0.7, 26.0)
            if stack:
                marks.append(
                    Bar(
                        round(middle - wide_pt / 2, 2),
                        round(foot - high, 2),
                        round(wide_pt, 2),
                        round(high, 2),
                    )
                )
        if stack:
            labels.append(
                Label(round(middle, 2), round(foot - high - 3, 2), on.number(len(stack)), on.size, "middle")
            )
    labels += _axis(decades, step, foot + 2 + on.size * 1.25, on)
    said = _of_decades(stacks, on)
    _ = on.words.gettext
    return Drawing(
        name="decades",
        title=_("Films by decade"),
        description=said,
        width=on.width,
        height=round(foot + 2 + on.size * 1.8, 2),
        marks=tuple(marks),
        labels=tuple(labels),
        caption=said,
        rows=(
            ((Cell(_("Decade")),), (Cell(_("Films")),)),
            *(((Cell(on.decade(first)),), (Cell(on.number(len(stack))),)) for first, stack in stacks.items()),
        ),
    )


def _of_decades(stacks: Mapping[int, Sequence[Film]], on: Chart) -> str:
    """How many films, from when to when, and the decades that have the most, where they are few."""
    years = [film.year for stack in stacks.values() for film in stack]
    most = max(map(len, stacks.values()))
    fullest = [on.decade(first) for first, stack in stacks.items() if len(stack) == most]
    facts = {
        "films": on.number(len(years)),
        "first": min(years),
        "last": max(years),
        "most": on.number(most),
        "decades": listed(fullest, on.words),
    }
    if len(fullest) > _NAMED:
        return on.words.gettext("%(films)s films from %(first)d to %(last)d.") % facts
    said = on.words.ngettext(
        "%(films)s films from %(first)d to %(last)d; the fullest decade is the %(decades)s with %(most)s.",
        "%(films)s films from %(first)d to %(last)d; the fullest decades are the %(decades)s with %(most)s "
        "each.",
        len(fullest),
    )
    return said % facts


def _by_year(film: Film) -> tuple[int, str]:
    return film.year, film.slug


def _abreast(tallest: int, step: float) -> tuple[int, float]:
    """How many spots stand side by side, and how far apart, so that no stack is too tall; else none."""
    for pitch in _PITCHES:
        for abreast in range(1, max(1, min(_BROADEST, int((step - 5) / pitch))) + 1):
            if -(-tallest // abreast) * pitch <= _TALLEST:
                return abreast, pitch
    return 0, 0.0


def _rows(stacks: Mapping[int, Sequence[Film]], abreast: int) -> int:
    return max(-(-len(stack) // min(abreast, len(stack))) for stack in stacks.values() if stack)


def _axis(decades: Sequence[int], step: float, baseline: float, on: Chart, left: float = 0.0) -> list[Label]:
    """Names of decades below their columns, so many of them as there is room for."""
    widest = max(on.letters.width(on.decade(first), on.size) for first in decades) + 3
    every = max(1, -(-int(widest * 100) // int(step * 100)))
    return [
        Label(round(left + (column + 0.5) * step, 2), round(baseline, 2), on.decade(first), on.size, "middle")
        for column, first in enumerate(decades)
        if column % every == 0
    ]


# --------------------------------------------------------------------------------------------- genres


def genres_by_decade(films: Sequence[Film], on: Chart) -> Drawing | None:
    """A row for each genre, a spot for each decade: the more films, the larger."""
    named = [film for film in films if film.genres]
    totals = Counter(genre for film in named for genre in dict.fromkeys(film.genres))
    if len(named) < FEWEST or len(totals) < 2 or len({decade(film.year) for film in named}) < 2:
        return None
    genres = sorted(totals, key=lambda genre: (-totals[genre], sort_key(genre)))[:MOST_GENRES]
    several = [genre for genre in genres if totals[genre] > 1]
    genres = several if len(several) >= ENOUGH_GENRES else genres
    counts = Counter((genre, decade(film.year)) for film in named for genre in dict.fromkeys(film.genres))
    decades = _decades(named)
    aside = min(max(on.letters.width(genre, on.size) for genre in genres) + 8, on.width * 0.3)
    total = on.letters.width(on.number(max(totals.values())), on.size) + 8
    step = (on.width - aside - total) / len(decades)
    pitch = on.size * 1.55
    largest = min(step, pitch) / 2 - 0.6
    most = max(counts[genre, first] for genre in genres for first in decades)
    marks: list[Mark] = []
    labels: list[Label] = []
    for row, genre in enumerate(genres):
        y = round((row + 0.5) * pitch, 2)
        marks.append(Line(round(aside, 2), y, round(on.width - total, 2), y, FINE))
        shown = on.letters.wrapped(genre, on.size, aside - 6, lines=1)[0]
        labels.append(Label(0, round(y + on.size * 0.32, 2), shown, on.size))
        number = on.number(totals[genre])
        labels.append(Label(round(on.width, 2), round(y + on.size * 0.32, 2), number, on.size, "end"))
        for column, first in enumerate(decades):
            if count := counts[genre, first]:
                # Areas are compared, so a radius grows with the root; a single film must still be seen.
                r = max((count / most) ** 0.5 * largest, 1.3)
                marks.append(Spot(round(aside + (column + 0.5) * step, 2), y, round(r, 2)))
    foot = len(genres) * pitch
    labels += _axis(decades, step, foot + on.size * 1.2, on, aside)
    _ = on.words.gettext
    said = _("The larger the spot, the more films; a film of two genres counts for both.")
    if totals[genres[0]] > totals[genres[1]]:
        leads = _("%(genre)s leads with %(number)s of %(films)s films.")
        number = on.number(totals[genres[0]])
        said += " " + leads % {"genre": genres[0], "number": number, "films": on.number(len(named))}
    by_decades = {
        genre: ", ".join(
            f"{on.decade(first)}: {on.number(counts[genre, first])}"
            for first in decades
            if counts[genre, first]
        )
        for genre in genres
    }
    return Drawing(
        name="genres",
        title=_("Genres across the decades"),
        description=said,
        width=on.width,
        height=round(foot + on.size * 1.7, 2),
        marks=tuple(marks),
        labels=tuple(labels),
        caption=said,
        rows=(
            ((Cell(_("Genre")),), (Cell(_("Films")),), (Cell(_("By decade")),)),
            *(
                ((Cell(genre),), (Cell(on.number(totals[genre])),), (Cell(by_decades[genre]),))
                for genre in genres
            ),
        ),
    )


# ------------------------------------------------------------------------------------------- runtimes


def runtimes(films: Sequence[Film], on: Chart) -> Drawing | None:
    """Every film a spot over its minutes, the shortest and the longest named; columns where they are many."""
    timed = sorted(
        (film for film in films if film.runtime_min), key=lambda film: (_minutes(film), _by_year(film))
    )
    if len(timed) < FEWEST or _minutes(timed[0]) == _minutes(timed[-1]):
        return None
    low, high = _minutes(timed[0]) // 10 * 10, -(-_minutes(timed[-1]) // 10) * 10
    # Room for half of the number under either end.
    inset = max(4.0, on.letters.width(str(high), on.size) / 2)
    room = on.width - 2 * inset
    for pitch in (*_PITCHES, 0.0):
        bins = max(1, int(room / (pitch or _BAR)))
        stacks: dict[int, list[Film]] = {}
        for film in timed:
            stacks.setdefault(min(int((_minutes(film) - low) * bins / (high - low)), bins - 1), []).append(
                film
            )
        tallest = max(map(len, stacks.values()))
        if tallest * pitch <= _TALLEST_RUNTIME:
            break
    rise = pitch or _TALLEST_RUNTIME / tallest
    top = on.size * 2.4
    foot = top + tallest * rise
    marks: list[Mark] = [Line(0, round(foot + 2, 2), round(on.width, 2), round(foot + 2, 2), FINE)]
    heights = {}
    for number, stack in sorted(stacks.items()):
        x = round(inset + (number + 0.5) * room / bins, 2)
        heights[number] = foot - len(stack) * rise
        if pitch:
            for place in range(len(stack)):
                y = round(foot - (place + 0.5) * pitch, 2)
                marks.append(Spot(x, y, round(pitch * _SPOT, 2)))
        else:
            wide = room / bins * 0.8
            marks.append(
                Bar(
                    round(x - wide / 2, 2),
                    round(heights[number], 2),
                    round(wide, 2),
                    round(foot - heights[number], 2),
                )
            )
    labels: list[Label] = []
    ends = (
        (timed[0], min(stacks), "start", top - on.size * 0.6),
        (timed[-1], max(stacks), "end", top - on.size * 0.6),
    )
    _ = on.words.gettext
    for film, number, anchor, level in ends:
        x = round(inset + (number + 0.5) * room / bins, 2)
        named = _("%(title)s, %(minutes)d minutes") % {"title": film.title, "minutes": _minutes(film)}
        shown = on.letters.wrapped(named, on.size, on.width * 0.47, lines=1, style="italic")[0]
        edge = x - 2.6 if anchor == "start" else x + 2.6
        labels.append(Label(round(edge, 2), round(level, 2), shown, on.size, anchor, "italic", film.slug))
        marks.append(Line(x, round(level + 3, 2), x, round(heights[number] - 1.5, 2), FINE))
    for minutes in _ticks(low, high):
        x = round(inset + (minutes - low) / (high - low) * room, 2)
        marks.append(Line(x, round(foot + 2, 2), x, round(foot + 5, 2), FINE))
        labels.append(Label(x, round(foot + 5 + on.size * 1.1, 2), str(minutes), on.size, "middle"))
    said = _spread(timed, on)
    return Drawing(
        name="runtimes",
        title=_("Runtimes in minutes"),
        description=said,
        width=on.width,
        height=round(foot + 5 + on.size * 1.6, 2),
        marks=tuple(marks),
        labels=tuple(labels),
        caption=said,
        rows=tuple(_by_half_hours(timed, on)),
    )


def _minutes(film: Film) -> int:
    return film.runtime_min or 0


def _ticks(low: int, high: int) -> range:
    every = next((each for each in (10, 20, 30, 60, 120) if (high - low) / each <= 9), 240)
    return range(-(-low // every) * every, high + 1, every)


def _spread(timed: Sequence[Film], on: Chart) -> str:
    minutes = [_minutes(film) for film in timed]
    low, _, high = quantiles(minutes, n=4, method="inclusive")
    said = on.words.gettext(
        "From %(shortest)d to %(longest)d minutes; half of the films run from %(low)d to %(high)d, and the "
        "one in the middle runs %(middle)d."
    )
    return said % {
        "shortest": minutes[0],
        "longest": minutes[-1],
        "low": round(low),
        "high": round(high),
        "middle": median_low(minutes),
    }


def _by_half_hours(timed: Sequence[Film], on: Chart) -> Iterator[tuple[tuple[Cell, ...], ...]]:
    _ = on.words.gettext
    yield (Cell(_("Minutes")),), (Cell(_("Films")),)
    counts = Counter(_minutes(film) // 30 * 30 for film in timed)
    for first in range(min(counts), max(counts) + 1, 30):
        yield (Cell(f"{first}–{first + 29}"),), (Cell(on.number(counts[first])),)
