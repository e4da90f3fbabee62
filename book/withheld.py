"""A film less all that may give it away: what leaves the guide in other people's files.

A book says where its spoilers begin; a table says nothing, and goes on to wherever it is sent. So there is
less trust here than in a book: the texts of an unreviewed entry, and what `check` doubts, stay behind.
A foundation: whoever writes films for others is handed them so, and cannot tell what it was not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from book.findings import finding
from book.model import CastMember, Film, Finding, Kind, Section
from book.sentences import Reach, Spoiler, plain, spoilers_of, words_of

DOUBTS = frozenset({"F204", "F205", "F206", "F207", "F208", "F209"})
"""Findings which say that a text above the fence tells the story; an answer in leaks_ok silences them."""

TEXTS = frozenset({"synopsis", "tagline", "roles", "reasons"})
"""What stands above the fence in somebody's words and not as a bare fact."""

_NOTHING = Section(Kind.SYNOPSIS, "", "")


def doubts_of(findings: Iterable[Finding]) -> Mapping[str, Finding]:
    """By entry file, the first finding that doubts its text."""
    found: dict[str, Finding] = {}
    for each in findings:
        if each.code in DOUBTS:
            found.setdefault(each.where.file, each)
    return found


def open_film(
    film: Film, doubt: Finding | None = None, texts: Set[str] = TEXTS
) -> tuple[Film, tuple[Finding, ...]]:
    """The film as anybody may meet it, and a finding where one of the `texts` stays behind.

    Gone in any case: everything below the fence, spoiler themes, performers marked as spoilers, what the
    writer answered for in leaks_ok (it quotes the story), a picture, keys that we do not know, and sections
    other than the synopsis. Synopsis, tagline, reasons and roles go along only if a writer has reviewed them
    and there is no `doubt`; and none but a role if a sentence in it stands below the fence as well.
    """
    roles = {words_of(member.role) for member in film.cast if not member.spoiler}
    secret = [each for each in spoilers_of(film) if each.words not in roles]
    themes = {words_of(theme) for theme in film.spoiler_themes}
    trusted = film.origin.reviewed and doubt is None
    left: list[str] = []

    def kept(text: str, called: str) -> str:
        if not text or (trusted and (called == "roles" or not _tells(text, secret))):
            return text
        left.append(called)
        return ""

    synopsis = film.synopsis if kept(film.synopsis.body, "synopsis") else _NOTHING
    shown = replace(
        film,
        synopsis=synopsis,
        tagline=kept(film.tagline, "tagline"),
        cast=tuple(
            CastMember(member.name, kept(member.role, "roles")) for member in film.cast if not member.spoiler
        ),
        similar=tuple(replace(link, why=kept(link.why, "reasons")) for link in film.similar),
        themes=tuple(theme for theme in film.themes if words_of(theme) not in themes),
        spoiler_themes=(),
        post_credits="",
        image=None,
        leaks_ok={},
        extra={},
        safe=(),
        spoilers=(),
    )
    return shown, tuple(_told(film, doubt, [each for each in dict.fromkeys(left) if each in texts]))


def whole_film(film: Film) -> Film:
    """The film with what stands below its fence, for files that keep the two apart.

    Performers marked as spoilers stay behind even so: no such file can mark them.
    """
    cast = tuple(member for member in film.cast if not member.spoiler)
    return replace(film, cast=cast, leaks_ok={}, extra={})


def _tells(text: str, secret: Sequence[Spoiler]) -> bool:
    """Whether one of the spoilers stands in the text, or is all of it; a short one within proves nothing."""
    words = words_of(plain(text)) if text and secret else ""
    letters = words.replace(" ", "")
    return any(
        spoiler.letters in letters if spoiler.reach is Reach.LETTERS else spoiler.words == words
        for spoiler in secret
    )


def _told(film: Film, doubt: Finding | None, left: Sequence[str]) -> Iterator[Finding]:
    """Why texts that the entry has are not handed on."""
    if not left:
        return
    *others, last = left
    message = (
        f"Not handed on of {film.title} ({film.year}): {', '.join(others)}{' and ' if others else ''}{last}"
    )
    where = film.source.at("title")
    if doubt is not None:
        why, hint = f"{doubt.code} doubts line {doubt.where.line}", doubt.hint
    elif not film.origin.reviewed:
        why, hint = "nobody has reviewed the entry", "Read it, and write reviewed: true under source."
    else:
        why, hint = "a sentence stands below the fence as well", "Say it otherwise above the fence."
    yield finding("F860", where, f"{message}; {why}.", hint)
