"""The guide's own words on a film, alike on paper and on screens: headings, facts, credits, money, dates.

What a language decides (how a day, a sum or a list is written) is asked of Unicode's tables through Babel.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from book import prose
from book.languages import country_name, language_name, primary
from book.model import BoxOffice, Film, Guide, IndexEntry, Kind, Matter, Section
from book.quotes import typeset
from book.warning import TITLE
from book.words import Words, locale_of, marked

if TYPE_CHECKING:
    from babel import Locale

_AFTER_CREDITS = {
    "mid": marked("a scene during the credits"),
    "end": marked("a scene after the credits"),
    "both": marked("scenes during and after the credits"),
}


def facts(film: Film, words: Words) -> list[str]:
    """What stands on one line below the title."""
    row = [str(film.year)]
    row.append(enumerated((country_name(code, words) for code in film.countries), words))
    row.append(enumerated((language_name(tag, words) for tag in film.languages), words))
    if film.runtime_min:
        minutes = words.ngettext("%(number)d minute", "%(number)d minutes", film.runtime_min)
        row.append(minutes % {"number": film.runtime_min})
    return [fact for fact in (*row, film.certificate) if fact]


def credits(
    film: Film, scale: str, words: Words, *, after_credits: bool, less: Collection[str] = ()
) -> list[tuple[str, tuple[str, ...]]]:
    """Labels with one or more values, in the order a film guide gives them; those without are left out.

    `scale` is what the guide rates films by, or empty. With `after_credits`, a reader is told whether to
    stay for a scene; what happens in it belongs to the spoiler part. `less` names keys of an entry that
    are said elsewhere.
    """
    _ = words.gettext
    # Of words that we do not know, none is shown: it might be the scene itself.
    stay = _AFTER_CREDITS.get(film.post_credits, "") if after_credits else ""
    rows = [
        ("director", _("Directed by"), film.directors),
        ("writer", _("Written by"), film.writers),
        ("cinematographer", _("Photographed by"), film.cinematographers),
        ("composer", _("Music by"), film.composers),
        ("genre", _("Genre"), film.genres),
        ("themes", _("Themes"), film.themes),
        ("aka", _("Also known as"), film.aka),
        ("series", _("Series"), (_place_in_series(film, words),)),
        ("premiered", _("Premiere"), (day_in_words(film.premiered, words) if film.premiered else "",)),
        ("box_office", _("Box office"), (_takings(film.box_office, words),)),
        ("rating", _("Our rating"), (_rating(film, scale, words),)),
        ("post_credits", _("Stay for"), (_(stay) if stay else "",)),
    ]
    return [(label, values) for key, label, values in rows if any(values) and key not in less]


def _place_in_series(film: Film, words: Words) -> str:
    if film.series and film.series.number:
        place = {"series": film.series.name, "number": film.series.number}
        return words.gettext("%(series)s, no. %(number)s") % place
    return film.series.name if film.series else ""


def _rating(film: Film, scale: str, words: Words) -> str:
    if film.rating and scale:
        return words.gettext("%(rating)s of %(scale)s") % {"rating": film.rating, "scale": scale}
    return film.rating


def _takings(takings: BoxOffice | None, words: Words) -> str:
    """What a film cost and took: $49,800,000 on a budget of $4,000,000."""
    if takings is None:
        return ""
    gross, budget = (_money(sum_, takings.currency, words) for sum_ in (takings.gross, takings.budget))
    if gross and budget:
        return words.gettext("%(gross)s on a budget of %(budget)s") % {"gross": gross, "budget": budget}
    return gross or (words.gettext("a budget of %(budget)s") % {"budget": budget} if budget else "")


# ------------------------------------------------------------------- what a language decides by itself


def day_in_words(day: date, words: Words) -> str:
    """The day in words: 27 October 1995, 27. Oktober 1995, 1995年10月27日."""
    from babel.dates import format_date

    return format_date(day, "long", locale=_of_the_world(words.locale))


def listed(names: Iterable[str], words: Words) -> str:
    """Names as a sentence lists them: A; A and B; A, B and C.

    Japanese has no "and" for names, and strokes between them, since many are in Latin letters.
    """
    from babel.lists import format_list

    if primary(words.language) == "ja":
        return enumerated(names, words)
    return format_list(list(names), locale=_of_the_world(words.locale))


def enumerated(names: Iterable[str], words: Words) -> str:
    """Names as a table lists them, with nothing before the last one."""
    return words.pgettext("between the names of a list", ", ").join(filter(None, names))


def _of_the_world(locale: Locale) -> Locale:
    """English of no country puts the day before the month, and no comma before a list's last name."""
    return locale_of("en-001") if str(locale) == "en" else locale


def _money(amount: int | None, currency: str, words: Words) -> str:
    """A sum in whole units, such as $4,000,000 or FRF 9,000,000; empty when it is not known."""
    from babel.numbers import format_currency

    if amount is None:
        return ""
    whole = re.sub(r"0\.0+", "0", words.locale.currency_formats["standard"].pattern)
    said = format_currency(amount, currency, whole, locale=words.locale, currency_digits=False)
    return re.sub(r"(?<=[A-Za-z])(?=\d)", "\N{NO-BREAK SPACE}", said)


_TITLE_MARKS = {"ja": ("『", "』"), "ko": ("《", "》"), "zh": ("《", "》"), "yue": ("《", "》")}
"""Scripts without italics put marks around the title of a work."""


def cited(title: str, words: Words) -> Markup:
    """A film's title as a sentence names it: for italics, or in the marks that a language has for titles."""
    marks = _TITLE_MARKS.get(primary(words.language), ("", ""))
    return Markup("<cite>{}{}{}</cite>").format(marks[0], title, marks[1])


def worded(warning: str, title: Markup, language: str) -> Markup:
    """The writer's own warning with its marks, and the title set into it."""
    return Markup(prose.inline_html(warning, language).replace(TITLE, title))


# --------------------------------------------------------------------------------------- headings


def heading_of(kind: Kind, words: Words) -> str:
    """What a section is headed where the writer gave no words of their own."""
    return words.gettext(_HEADINGS[kind]) if _HEADINGS[kind] else ""


def heading(section: Section, words: Words) -> str:
    """A section's heading: the writer's own words, or ours where there are none.

    The English headings that entries are taken apart by are ours as well, in a guide of another language.
    """
    typed = section.heading.strip()
    plain = typed.casefold().replace("-", " ")
    if not typed or (primary(words.language) != "en" and plain in _ENGLISH.get(section.kind, ())):
        return heading_of(section.kind, words)
    return typed


_HEADINGS: Mapping[Kind, str] = {
    Kind.SYNOPSIS: marked("Synopsis"),
    Kind.MORE: marked("More about the film"),
    Kind.PLOT: marked("The plot"),
    Kind.ENDING: marked("The ending explained"),
    Kind.TIMELINE: marked("Timeline"),
    Kind.CHARACTERS: marked("Characters"),
    Kind.SETTINGS: marked("Settings"),
    Kind.THEMES: marked("Themes"),
    Kind.POST_CREDITS: marked("After the credits"),
    Kind.OTHER: "",
}
_ENGLISH: Mapping[Kind, tuple[str, ...]] = {
    Kind.SYNOPSIS: ("synopsis",),
    Kind.MORE: ("more", "more about", "more about the film"),
    Kind.PLOT: ("plot", "the plot"),
    Kind.ENDING: ("ending", "the ending", "ending explained", "the ending explained"),
    Kind.TIMELINE: ("timeline",),
    Kind.CHARACTERS: ("characters",),
    Kind.SETTINGS: ("setting", "settings"),
    Kind.THEMES: ("themes",),
    Kind.POST_CREDITS: ("post credits", "after the credits"),
}


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
            also=all_of(raw.also),
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
