"""What the writer, and the guide itself, give everybody to read: what stands in it is no spoiler there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from book.model import Film, Guide, GuideInfo, Index, IndexEntry, SeeAlso, Slug
from book.sentences import Spoiler, letters_of, plain, says, spelt, words_of
from book.wording import credits, day_in_words, facts
from book.words import words_in

_SHORT = 60  # letters around a word, within which any spoiler that is sought by its words has room
_FRAME = re.compile(r"([^%)]*)%\(title\)s")
_COMPOUND = re.compile(r"[^\W_]+(?:[\u2010-][^\W_]+)+")


@dataclass(frozen=True)
class OpenWords:
    """What the writer, and the guide itself, give everybody to read: `common` on any page.

    `names` are the titles and slugs of films, each as it stands by itself in most links; `common` has them.
    `frames` are words of our own that lead to a title; `ours` is `common` without the titles. Bars part texts
    that may come to stand together on a page, though nobody wrote them so.
    """

    common: str
    films: Mapping[Slug, str]
    names: Set[str] = frozenset()
    frames: Sequence[str] = ()
    ours: str = ""

    def parted(self, words: str) -> str:
        """The words of a passage with a bar on either side of each title that a sentence of ours leads to.

        In "On to the next film: Starman" nobody speaks of a film star.
        """
        for frame in self.frames:
            if f"{frame} " in words:
                before, *others = re.split(rf"(?<!\S){re.escape(frame)} ", words)
                words = before + "".join(f"{frame} {self._barred(each)}" for each in others)
        return words

    def _barred(self, words: str) -> str:
        """The words with bars around the longest title that they begin with."""
        first = words.partition(" | ")[0].split(" ")
        for count in range(len(first), 0, -1):
            title = " ".join(first[:count])
            if title in self.names:
                return f"| {title} |{words[len(title) :]}"
        return words

    def hold(self, spoiler: Spoiler, film: Slug | None) -> bool:
        """Whether the writer said it openly: on a film's pages of that film, elsewhere of any."""
        if spoiler not in self._in_common:
            self._in_common[spoiler] = says(self.common, self._common_letters, spoiler)
        if self._in_common[spoiler]:
            return True
        if film is not None:
            own = self.films.get(film, "")
            if says(own, self._letters.get(film, ""), spoiler):
                return True
            return any(_meet(spelling, f"| {own} | {self.ours} |") for spelling in spoiler.spellings)
        if spoiler not in self._said:
            self._said[spoiler] = says(*self._all, spoiler)
        return self._said[spoiler]

    @cached_property
    def _common_letters(self) -> str:
        return letters_of(self.common)

    @cached_property
    def _letters(self) -> Mapping[Slug, str]:
        return {film: letters_of(words) for film, words in self.films.items()}

    @cached_property
    def _all(self) -> tuple[str, str]:
        words = " | ".join(self.films.values())
        return words, letters_of(words)

    @cached_property
    def _in_common(self) -> dict[Spoiler, bool]:
        """What was asked before: the same theme is met on a hundred pages."""
        return {}

    @cached_property
    def _said(self) -> dict[Spoiler, bool]:
        return {}


def open_words(guide: Guide, films: Mapping[Slug, str]) -> OpenWords:
    """The texts above the fence, the matter around the films, and our own words in the guide's language.

    `films` are the `open_words_of` each film.
    """
    info = guide.info
    common = [
        info.title,
        info.subtitle,
        info.publisher,
        info.rights,
        info.edition,
        info.description,
        info.cover_line,
    ]
    common += [*info.authors, *info.subjects, info.rating_scale, plain(info.warning)]
    ours = words_in(info.language, info.own_words).all
    common += ours
    for chapter in guide.chapters:
        common += [chapter.title, plain(chapter.intro)]
    for matter in (*guide.front, *guide.back):
        common += [matter.title, plain(matter.text), *_of_index(matter.index)]
    names = {words_of(name) for film in guide.films for name in (film.title, film.slug)}
    frames = {words_of(found[1]) for found in map(_FRAME.search, ours) if found} - {""}
    said = _openly(common)
    # Any page may lead on to any film; its title and the name of its file are no secret.
    titles = _openly(name for film in guide.films for name in (film.title, film.slug))
    return OpenWords(f"{said} | {titles}", films, frozenset(names), sorted(frames), said)


def _meet(sought: str, texts: str) -> bool:
    """Whether words may come to stand together where texts that bars part follow one another.

    They begin with the end of one and end with the beginning of one, and what is between is one or none.
    """
    words = sought.split(" ")
    for first in range(1, len(words)):
        if f" {' '.join(words[:first])} |" not in texts:
            continue
        for last in range(first, len(words)):
            between, end = " ".join(words[first:last]), " ".join(words[last:])
            if f"| {end} " in texts and (not between or f"| {between} |" in texts):
                return True
    return False


def open_words_of(film: Film, others: Sequence[SeeAlso], info: GuideInfo) -> str:
    """What a film's own pages tell everybody; `others` are the films that they lead on to."""
    return _openly(_open_texts(film, others, info))


def _open_texts(film: Film, others: Sequence[SeeAlso], info: GuideInfo) -> Iterator[str]:
    words = words_in(info.language, info.own_words)
    yield from (film.title, film.original_title, film.tagline, plain(film.tagline), *film.aka)
    yield from facts(film, words)
    for label, values in credits(film, info.rating_scale, words, after_credits=True):
        yield " ".join([label, *values])
    for member in film.cast:
        if not member.spoiler:
            yield from (member.name, member.role)
    for section in (film.synopsis, *film.safe):
        yield from (section.heading, plain(section.body), section.body)
    for label, address in film.links.items():
        yield f"{label} {address}"
    if film.image:
        yield from (film.image.alt, film.image.credit, plain(film.image.credit), film.image.file)
    for also in others:
        yield f"{also.title} {also.year or ''} {plain(also.reason)}"
    if film.updated:
        yield day_in_words(film.updated, words)


def _of_index(index: Index | None) -> Iterator[str]:
    """An index's title and the words between its headings; the headings themselves come from films."""

    def notes(entries: Sequence[IndexEntry]) -> Iterator[str]:
        for entry in entries:
            yield entry.note
            yield from notes(entry.sub)

    if index is not None:
        yield index.title
        for group in index.groups:
            yield from notes(group.entries)


def _openly(texts: Iterable[str]) -> str:
    """The words of texts that everybody may read, however their lines break, with bars between."""
    return " | ".join(filter(None, (words for text in texts for words in (words_of(text), *_broken(text)))))


def _broken(text: str) -> Iterator[str]:
    """What is read of a text around each of its compounds where a line ends within that."""
    for found in _COMPOUND.finditer(text):
        start, end = found.span()
        before = text[max(start - _SHORT, 0) : start].partition(" ")[2] if start > _SHORT else text[:start]
        after = text[end : end + _SHORT].rpartition(" ")[0] if end + _SHORT < len(text) else text[end:]
        for words in spelt(found[0])[1:]:
            yield words_of(f"{before}{words}{after}")
