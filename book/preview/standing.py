"""How far a film's entry is, and what of its findings may be read by somebody who does not know the story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from book.findings.spoilers import CODES as OF_SPOILERS
from book.model import SPOILER_KINDS, Film, Finding, Section, Severity, Slug
from book.sentences import Reach, Spoiler, spoilers_of, words_of

STEPS = 4
"""What makes an entry whole: a synopsis, a director, the story, and that somebody has read it."""

_SHORTEST = 4  # letters: a shorter name or word stands in any sentence


@dataclass(frozen=True, slots=True)
class Row:
    """A film's line in the list. `missing` says what is still to be written, in words for the writer.

    `words` are those of its texts, the story included. `errors` and `warnings` count its findings.
    """

    slug: Slug
    title: str
    year: int
    file: str
    chapter: str
    words: int
    missing: tuple[str, ...]
    errors: int
    warnings: int

    @property
    def done(self) -> int:
        """How many of the STEPS are taken."""
        return STEPS - len(self.missing)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as the page shows it; `veiled`: its words are kept back, for they may tell the story."""

    code: str
    severity: str
    line: int
    message: str
    hint: str
    veiled: bool = False


def fail_closed(film: Film) -> Film:
    """The film with every section that tells the story below the fence, wherever its entry has it.

    A build stops at such an entry; a preview shows it all the same, and must not show that.
    """
    strayed = tuple(section for section in film.safe if section.kind in SPOILER_KINDS)
    if not strayed:
        return film
    safe = tuple(section for section in film.safe if section.kind not in SPOILER_KINDS)
    return replace(film, safe=safe, spoilers=(*strayed, *film.spoilers))


def row_of(film: Film, chapter: str, findings: Iterable[Finding]) -> Row:
    """A film's line in the list."""
    errors, warnings = _counted(findings)
    return Row(
        slug=film.slug,
        title=film.title,
        year=film.year,
        file=film.source.file,
        chapter=chapter,
        words=sum(_words(section) for section in (film.synopsis, *film.safe, *film.spoilers)),
        missing=tuple(_missing(film)),
        errors=errors,
        warnings=warnings,
    )


def unread_row(slug: Slug, file: str, findings: Iterable[Finding]) -> Row:
    """The line of an entry that is no film yet."""
    errors, warnings = _counted(findings)
    missing = ("an entry that can be read", "a synopsis", "the story", "your reading of it")
    return Row(slug, slug, 0, file, "", 0, missing, errors, warnings)


def _counted(findings: Iterable[Finding]) -> tuple[int, int]:
    severities = [finding.severity for finding in findings]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


def _words(section: Section) -> int:
    return len(section.body.split())


def _missing(film: Film) -> Iterable[str]:
    if not film.synopsis.body.strip():
        yield "a synopsis"
    if not film.directors:
        yield "a director"
    if not any(section.body.strip() for section in film.spoilers):
        yield "the story"
    if not film.origin.reviewed:
        yield "your reading of it"


# ------------------------------------------------------------------------------- what may be read


def told_of(findings: Iterable[Finding], film: Film | None, *, spoilers: bool) -> tuple[Told, ...]:
    """The findings of an entry; without `spoilers`, those that may tell the story keep their words back.

    Of an entry that is no film yet nobody knows where its story begins, so all that quotes it is kept back.
    """
    hidden = () if spoilers or film is None else spoilers_of(film)
    return tuple(_told(finding, veil=not spoilers and _tells(finding, film, hidden)) for finding in findings)


def told_elsewhere(finding: Finding, *, spoilers: bool) -> Told:
    """A finding in guide.toml or in a text, of which several films' stories may be spoken."""
    return _told(finding, veil=not spoilers and finding.code in _QUOTING)


def _told(finding: Finding, *, veil: bool) -> Told:
    severity, line = finding.severity.value, finding.where.line
    if veil:
        return Told(finding.code, severity, line, "", "", veiled=True)
    return Told(finding.code, severity, line, finding.message, finding.hint)


def _tells(finding: Finding, film: Film | None, hidden: Sequence[Spoiler]) -> bool:
    """Whether a finding's words may give something away: by its subject, its place, or what they say."""
    if finding.code in _QUOTING:
        return True
    if film is None:
        return '"' in finding.message or "“" in finding.message
    if film.fence_line is not None and finding.where.line > film.fence_line:
        return True
    words = words_of(f"{finding.message} {finding.hint}")
    return any(_stands_in(words, spoiler) for spoiler in hidden)


_QUOTING = frozenset(OF_SPOILERS) - {"F201", "F202", "F203"}
"""Findings on what is told too early say where the story tells it, in its own words."""


def _stands_in(words: str, spoiler: Spoiler) -> bool:
    letters = spoiler.letters
    if len(letters) < _SHORTEST:
        return False
    if spoiler.reach is Reach.LETTERS or not spoiler.spaced:
        return letters in words.replace(" ", "")
    return f" {spoiler.words} " in f" {words} "
