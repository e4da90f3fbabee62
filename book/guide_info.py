"""The book that guide.toml makes known: its title, people, language, numbers and editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from book.editions import EditionPlan, SpoilerPlan, read_edition, shared
from book.guide_file import LONGEST_TITLE, Table, quoted
from book.languages import language_tag
from book.model import GuideInfo
from book.retail import (
    AUDIENCES,
    STATUSES,
    is_isbn,
    isbn13,
    read_contributors,
    read_series,
    read_subjects,
    with_authors,
)
from book.slugs import ascii_words


def read_info(guide: Table, top: Table) -> GuideInfo:
    """What is said in [guide], in [[contributor]] and in [subjects]; `top` is the whole of the file."""
    title = guide.text("title", longest=LONGEST_TITLE)
    if not title and isinstance(guide.values.get("title", ""), str):
        guide.say("F506", "title", "The guide has no title.", 'Write title = "…" under [guide].')
    isbn = guide.table("isbn")
    contributors = read_contributors(top.tables("contributor"))
    subjects, keywords = read_subjects(guide, top.table("subjects"))
    info = GuideInfo(
        title=title,
        subtitle=guide.text("subtitle", longest=LONGEST_TITLE),
        authors=with_authors(guide.texts("authors"), contributors),
        publisher=guide.text("publisher"),
        language=_language(guide),
        rights=guide.text("rights"),
        edition=guide.text("edition"),
        isbn_print=_isbn(isbn, "print"),
        isbn_ebook=_isbn(isbn, "ebook"),
        description=guide.text("description"),
        subjects=subjects,
        published=guide.day("published"),
        rating_scale=guide.text("rating_scale"),
        slug=_slug(guide, title),
        contributors=contributors,
        series=read_series(guide),
        keywords=keywords,
        audience=guide.word("audience", tuple(AUDIENCES), GuideInfo("").audience),
        status=guide.word("status", STATUSES),
    )
    _one_format_each(isbn, info.isbn_print, info.isbn_ebook)
    isbn.close()
    return info


def read_editions(tables: Sequence[Table], info: GuideInfo, spoilers: SpoilerPlan) -> tuple[EditionPlan, ...]:
    """The editions. The first has the guide's ISBNs if it names none, for a number is one edition's alone."""
    editions: list[EditionPlan] = []
    for table in tables:
        isbn = table.table("isbn")
        first = not editions
        edition = replace(
            read_edition(table, info.slug, spoilers),
            isbn_print=_isbn(isbn, "print") or (info.isbn_print if first else ""),
            isbn_ebook=_isbn(isbn, "ebook") or (info.isbn_ebook if first else ""),
        )
        _one_format_each(isbn, edition.isbn_print, edition.isbn_ebook)
        isbn.close()
        table.close()
        for words in shared(edition, editions):
            table.say("F517", "", f"{edition.name} shares {words}.", "Give each edition its own.")
        editions.append(edition)
    return tuple(editions)


def _language(guide: Table) -> str:
    typed = guide.text("language", "en")
    tag = language_tag(typed)
    if tag is None:
        guide.say(
            "F505",
            "language",
            f"The guide's language is {quoted(typed)}.",
            'Write its tag, e.g. "en" or "pt-BR".',
        )
    return tag or "en"


def _slug(guide: Table, title: str) -> str:
    """The name of the files in build/, from the title where the writer gives none."""
    typed = guide.text("slug")
    slug = ascii_words(typed or title)[:80].strip("-")
    if typed and slug != typed:
        hint = f'Write slug = "{slug or "guide"}"'
        guide.say(
            "F502", "slug", f"guide.slug is {quoted(typed)}, which is no name for a file everywhere.", hint
        )
    return slug or "guide"


def _isbn(isbn: Table, key: str) -> str:
    """The number as typed; one whose last digit does not fit the others is reported."""
    typed = isbn.text(key)
    if typed and not is_isbn(typed):
        message = f"{typed} is no ISBN: its digits do not fit each other."
        isbn.say("F504", key, message, "Compare it with the letter of your ISBN agency.")
    return typed


def _one_format_each(isbn: Table, in_print: str, ebook: str) -> None:
    """A number belongs to one format: a shop that sees it twice drops one of the two."""
    if in_print and isbn13(in_print) == isbn13(ebook) != "":
        message = f"{in_print} is the ISBN of the printed book and of the e-book as well."
        isbn.say("F541", "ebook", message, "Give each format a number of its own, or leave one out.")
