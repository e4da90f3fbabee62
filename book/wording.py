"""The guide's own words on a film, alike on paper and on screens: headings, facts, credits, money, dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from book.languages import country_name, language_name
from book.model import BoxOffice, Film, Guide, IndexEntry, Kind, Matter
from book.quotes import typeset

_AFTER_CREDITS = {
    "mid": "a scene during the credits",
    "end": "a scene after the credits",
    "both": "scenes during and after the credits",
}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}


def facts(film: Film) -> list[str]:
    """What stands on one line below the title."""
    row = [str(film.year), ", ".join(map(country_name, film.countries))]
    row.append(", ".join(map(language_name, film.languages)))
    row.append(f"{film.runtime_min} minutes" if film.runtime_min else "")
    return [fact for fact in (*row, film.certificate) if fact]


def credits(film: Film, scale: str, *, after_credits: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Labels with one or more values, in the order a film guide gives them; those without are left out.

    `scale` is what the guide rates films by, or empty. With `after_credits`, a reader is told whether to
    stay for a scene; what happens in it belongs to the spoiler part.
    """
    series = film.series.name if film.series else ""
    if film.series and film.series.number:
        series += f", no. {film.series.number}"
    rating = f"{film.rating} of {scale}" if film.rating and scale else film.rating
    # Of words that we do not know, none is shown: it might be the scene itself.
    stay = _AFTER_CREDITS.get(film.post_credits, "") if after_credits else ""
    rows = [
        ("Directed by", film.directors),
        ("Written by", film.writers),
        ("Photographed by", film.cinematographers),
        ("Music by", film.composers),
        ("Genre", film.genres),
        ("Themes", film.themes),
        ("Also known as", film.aka),
        ("Series", (series,)),
        ("Premiere", (day_in_words(film.premiered) if film.premiered else "",)),
        ("Box office", (_takings(film.box_office),)),
        ("Our rating", (rating,)),
        ("Stay for", (stay,)),
    ]
    return [(label, values) for label, values in rows if any(values)]


def day_in_words(day: date) -> str:
    """The day in words, without help from the machine's locale: 27 October 1995."""
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def _takings(takings: BoxOffice | None) -> str:
    """What a film cost and took: $49,800,000 on a budget of $4,000,000."""
    if takings is None:
        return ""
    gross, budget = (_money(sum_, takings.currency) for sum_ in (takings.gross, takings.budget))
    if gross and budget:
        return f"{gross} on a budget of {budget}"
    return gross or (f"a budget of {budget}" if budget else "")


def _money(amount: int | None, currency: str) -> str:
    """A sum in whole units, such as $4,000,000 or FRF 9,000,000; empty when it is not known."""
    if amount is None:
        return ""
    sign = _SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    return f"{sign}{amount:,}"


def heading_of(kind: Kind) -> str:
    """What a section is headed where the writer gave no words of their own."""
    return _HEADINGS[kind]


_HEADINGS: Mapping[Kind, str] = {
    Kind.SYNOPSIS: "Synopsis",
    Kind.MORE: "More about the film",
    Kind.PLOT: "The plot",
    Kind.ENDING: "The ending explained",
    Kind.TIMELINE: "Timeline",
    Kind.CHARACTERS: "Characters",
    Kind.SETTINGS: "Settings",
    Kind.THEMES: "Themes",
    Kind.POST_CREDITS: "After the credits",
    Kind.OTHER: "",
}


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: A; A and B; A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def short_address(url: str) -> str:
    """A web address as paper shows it: no scheme, no www, no closing slash."""
    parts = urlsplit(url)
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/") or url


# ---------------------------------------------------------------------- quotation marks in short texts


def typeset_guide(guide: Guide) -> Guide:
    """The guide with the apostrophes and quotation marks of titles, names and headings curled.

    Texts are set when Markdown is; this does the same for what never goes through it. Done once all is
    sorted and linked, for a curled apostrophe files and compares like another sign.
    """

    def curled(text: str) -> str:
        return typeset(text, guide.info.language)

    def all_of(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(curled, texts))

    def film(raw: Film) -> Film:
        return replace(
            raw,
            title=curled(raw.title),
            tagline=curled(raw.tagline),
            aka=all_of(raw.aka),
            directors=all_of(raw.directors),
            writers=all_of(raw.writers),
            cinematographers=all_of(raw.cinematographers),
            composers=all_of(raw.composers),
            cast=tuple(replace(one, name=curled(one.name), role=curled(one.role)) for one in raw.cast),
            genres=all_of(raw.genres),
            themes=all_of(raw.themes),
            spoiler_themes=all_of(raw.spoiler_themes),
            series=replace(raw.series, name=curled(raw.series.name)) if raw.series else None,
        )

    def entry(raw: IndexEntry) -> IndexEntry:
        targets = tuple(replace(target, label=curled(target.label)) for target in raw.targets)
        sub = tuple(map(entry, raw.sub))
        return replace(
            raw,
            heading=curled(raw.heading),
            see=curled(raw.see),
            note=curled(raw.note),
            targets=targets,
            sub=sub,
        )

    def matter(raw: Matter) -> Matter:
        if raw.index is None:
            return replace(raw, title=curled(raw.title))
        groups = tuple(replace(group, entries=tuple(map(entry, group.entries))) for group in raw.index.groups)
        return replace(raw, title=curled(raw.title), index=replace(raw.index, groups=groups))

    return replace(
        guide,
        front=tuple(map(matter, guide.front)),
        chapters=tuple(
            replace(chapter, title=curled(chapter.title), films=tuple(map(film, chapter.films)))
            for chapter in guide.chapters
        ),
        back=tuple(map(matter, guide.back)),
        see_also={
            slug: tuple(replace(also, title=curled(also.title)) for also in links)
            for slug, links in guide.see_also.items()
        },
    )
