"""How a librarian files a film: under its title without the article, in the alphabet of the guide.

Whether a first word is an article depends on the language of the title, which an entry does not always tell.
A foundation: check, arrange and indexes all file by it.
"""

from __future__ import annotations

import re

from book.alphabets import alphabet_of
from book.filing import (
    ARTICLES,
    Filing,
    SortKey,
    fold,
    letter,
    letters_of,
    sort_key,
    split_article,
    transposed,
)
from book.languages import primary
from book.model import Film
from book.people import surname_first
from book.scripts import romanised

__all__ = [
    "ARTICLES",
    "Filing",
    "SortKey",
    "file_under",
    "fold",
    "heading",
    "letter",
    "letters_of",
    "reading",
    "sort_key",
    "split_article",
    "surname_first",
    "title_key",
    "title_languages",
    "transposed",
]
# Whoever files films files words and people as well; one import serves for all.

_TELLTALES: dict[str, tuple[str, ...]] = {
    "es": ("de", "del", "que", "mi"),
    "fr": ("de", "du", "des", "et", "nous", "aux", "au"),
    "it": ("di", "del", "della", "nel"),
    "pt": ("de", "do", "da", "que"),
}
# "A nous la liberté" opens with a French preposition, not an English article; "A Man Escaped", also a
# French film, does not. A small word of the film's own language further on tells the two apart.

_OPENING_VERBS = {"en": ("die", "den")}
# An English film in a German or Swedish guide: Die Hard, Den of Thieves.


def title_languages(film: Film, title: str, guide_language: str) -> tuple[str, ...]:
    """The languages that a title of this film may be in, so that its article can be told.

    An original title is in the film's own language. Any other may be in that or in the guide's, and
    only the first of a film's languages counts: a line of German spoken in it makes no German title.
    A title under which it went elsewhere may be in any language that its small words give away.
    """
    own = primary(film.languages[0]) if film.languages else primary(guide_language)
    words = fold(title).split() or [""]
    if own != primary(guide_language) and (
        title == film.original_title or words[0] in _OPENING_VERBS.get(own, ())
    ):
        return (own,)
    went_elsewhere = title in film.aka and title != film.title
    spoken = tuple(
        tag for tag in _TELLTALES if (went_elsewhere or tag == own) and _sounds_like(tag, words[1:])
    )
    # A lone letter is an article in one language and a preposition in the next.
    return spoken if spoken and len(words[0]) == 1 else (own, guide_language, *spoken)


def _sounds_like(tag: str, words: list[str]) -> bool:
    """Whether a small word of the language stands among these."""
    small = {*_TELLTALES[tag], *(article for article in ARTICLES[tag] if len(article) > 1)}
    return not small.isdisjoint(words)


def reading(film: Film, title: str, guide_language: str = "en") -> str:
    """A title in another script in Latin letters, its article behind; empty where it needs no reading.

    Only guides in Latin letters need one. The writer's own goes first: a sort title of the film's title.
    """
    if alphabet_of(guide_language).script != "LATIN" or primary(guide_language) in {"zh", "cmn", "yue"}:
        return ""
    if title == film.title and film.sort_title:
        return film.sort_title if romanised(title, _own(film, guide_language)) else ""
    return romanised(
        transposed(title, title_languages(film, title, guide_language)), _own(film, guide_language)
    )


def _own(film: Film, guide_language: str) -> str:
    return film.languages[0] if film.languages else guide_language


def file_under(film: Film, guide_language: str = "en") -> str:
    """The words that the film is filed by: the writer's sort title, or the title with its article behind."""
    if film.sort_title:
        return film.sort_title
    plain = transposed(film.title, title_languages(film, film.title, guide_language))
    return reading(film, film.title, guide_language) or plain


def heading(film: Film, guide_language: str = "en") -> str:
    """What an index prints for the film, which may stand elsewhere: "8½" filed as "Eight and a Half".

    A sort title in the film's own words, such as "Third Man, The", is printed as the writer gave it. A
    title in another script stands behind its reading: "Shichinin no samurai (七人の侍)".
    """
    plain = transposed(film.title, title_languages(film, film.title, guide_language))
    if read := reading(film, film.title, guide_language):
        return f"{read} ({film.title})"
    same_words = sorted(re.findall(r"\w+", fold(film.sort_title))) == sorted(re.findall(r"\w+", fold(plain)))
    return film.sort_title if same_words else plain


def title_key(
    film: Film, guide_language: str = "en", filing: Filing | None = None
) -> tuple[SortKey, int, str]:
    """Sort key of a film by title, remakes by year; in the guide's own alphabet, or as `filing` says."""
    said_in = (
        title_languages(film, film.title, guide_language)[0] if film.title == film.original_title else ""
    )
    key = sort_key(file_under(film, guide_language), filing or Filing(guide_language), said_in)
    return key, film.year, film.slug
