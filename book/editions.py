"""Editions of one guide: their films, the place of their spoilers, their names, ISBNs and cover lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book.guide_file import LONGEST_TITLE, Table, quoted
from book.slugs import ascii_words

PDF_PLACES = ("page", "overleaf", "back", "omit")
EPUB_PLACES = ("linked", "inline", "omit")
FORMATS = ("pdf", "epub")


@dataclass(frozen=True, slots=True)
class SpoilerPlan:
    """Where the spoiler part stands in each format."""

    pdf: str = "page"
    epub: str = "linked"

    def with_place(self, place: str) -> SpoilerPlan:
        """The plan with a place put into every format that has it, as omit is in both."""
        return SpoilerPlan(
            place if place in PDF_PLACES else self.pdf, place if place in EPUB_PLACES else self.epub
        )


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """An `[[edition]]` table. `films` are slugs or globs, none of them meaning all films.

    `slug` names the files in build/. `line` is the table's, from 1.
    """

    name: str
    slug: str
    spoilers: SpoilerPlan
    isbn_print: str = ""
    isbn_ebook: str = ""
    cover_line: str = ""
    cover: str = ""  # a picture for the e-book, relative to the project; empty for the guide's
    films: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    line: int = 0


def read_edition(table: Table, guide_slug: str, spoilers: SpoilerPlan) -> EditionPlan:
    """An edition from its table, but for its ISBN; where it is silent, the guide's own plan holds."""
    name = table.text("name", longest=LONGEST_TITLE)
    if not name and isinstance(table.values.get("name", ""), str):
        table.say("F506", "", "An edition has no name.", 'Write name = "…" under [[edition]].')
    return EditionPlan(
        name=name,
        slug=_slug(table, name, guide_slug),
        spoilers=_spoilers(table, spoilers),
        cover_line=table.text("cover_line", longest=LONGEST_TITLE),
        cover=table.text("cover"),
        films=table.texts("films"),
        formats=_formats(table),
        line=table.line(),
    )


def _slug(table: Table, name: str, guide_slug: str) -> str:
    typed = table.text("slug")
    slug = ascii_words(typed)[:80].strip("-")
    if typed and slug != typed:
        message = f"The slug {quoted(typed)} is no name for a file everywhere."
        table.say("F502", "slug", message, f'Write slug = "{slug or guide_slug}"')
    return slug or "-".join(filter(None, (guide_slug, ascii_words(name)[:60].strip("-"))))


def _spoilers(table: Table, plan: SpoilerPlan) -> SpoilerPlan:
    """One place for both formats, or a table with one for each."""
    if isinstance(table.values.get("spoilers"), dict):
        each = table.table("spoilers")
        places = SpoilerPlan(
            each.word("pdf", PDF_PLACES, plan.pdf), each.word("epub", EPUB_PLACES, plan.epub)
        )
        each.close()
        return places
    return plan.with_place(table.word("spoilers", tuple(dict.fromkeys((*PDF_PLACES, *EPUB_PLACES)))))


def _formats(table: Table) -> tuple[str, ...]:
    wanted = table.texts("formats", FORMATS)
    for word in wanted:
        if word not in FORMATS:
            table.say_unknown_word("formats", word, FORMATS)
    return tuple(word for word in FORMATS if word in wanted) or FORMATS


def shared(edition: EditionPlan, others: Sequence[EditionPlan]) -> list[str]:
    """What an edition has in common with others though it must be its own, each with whose it is as well."""
    own = _own(edition)
    return [f"{own[key]} with {other.name}" for other in others for key in own if key in _own(other)]


def _own(edition: EditionPlan) -> dict[str, str]:
    """What is one edition's alone, in a form that compares, with words for it."""
    isbns = [isbn for isbn in (edition.isbn_print, edition.isbn_ebook) if isbn]
    return {isbn.replace("-", "").replace(" ", ""): f"the ISBN {isbn}" for isbn in isbns} | {
        edition.slug: f"the files' name {edition.slug}"
    }
