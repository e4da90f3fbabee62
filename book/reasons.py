"""Why a film leads on to another, in words: from the terms of their likeness, in the guide's language.

Every message is a whole phrase with named places, said of the film that is listed. Nothing is named but what
stands in the safe part of both films.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from babel.lists import format_list

from book.languages import primary
from book.likeness import Likeness, Term, score_of
from book.model import Film, SeeAlso
from book.titles import fold
from book.words import Words

REASON_LENGTH = 60
"""Characters that fit on a line beside a title, at most."""

_OF_A_KIND = 2
_TELLING = 8  # beside a shared director, what weighs an eighth as much goes without saying
_PEOPLE = ("director", "writer", "cast", "cinematographer", "composer")
_THINGS = ("theme", "genre")
_WORDS_NEAR = 0.1  # below this cosine, two synopses share words by chance
_AT_MOST = 3  # words of synopses
_LETTERS = 4  # of such a word; shorter ones seldom tell what a film is about


def _order(term: Term) -> tuple[bool, bool, float, str]:
    """Directors first, for they may have written the film as well; genres last, for they tell least."""
    return term.kind != "director", term.kind == "genre", -term.worth, term.kind


@dataclass(frozen=True)
class Reasons:
    """Puts the terms of a likeness into words."""

    likeness: Likeness
    words: Words

    def complete(self, film: Film, link: SeeAlso, terms: Sequence[Term]) -> SeeAlso:
        """The link with its score, and with a reason where the writer gave none."""
        other = self.likeness.films[self.likeness.place[link.to]] if link.to else film
        reason = link.reason or self.reason(film, other, terms)
        if link.back and not reason:
            reason = self.words.gettext("leads back here")
        return replace(link, reason=reason, score=score_of(terms))

    def reason(self, film: Film, other: Film, terms: Sequence[Term]) -> str:
        """Why `other` is listed at `film`, on one line; empty where words would tell nothing.

        `terms` are those of the two, the weightiest first.
        """
        kin = self._kinship(film, other)
        told: dict[str, list[str]] = {}
        reason = kin
        for kind, name in self._facts(terms):
            longer = {**told, kind: [*told.get(kind, ()), name]}
            said = self._joined(kin, longer)
            if len(said) <= REASON_LENGTH:
                told, reason = longer, said
        return reason or self._common_words(film, other, terms)

    # ---------------------------------------------------------------------------------- kinship

    def _kinship(self, film: Film, other: Film) -> str:
        """What the other film is to this one by birth; empty when they are not kin."""
        kin, _ = self.likeness.kin, self.words.gettext
        if (film.slug, other.slug) in kin.remakes:
            return _("a remake of this film")
        if (other.slug, film.slug) in kin.remakes:
            return _("this film is its remake")
        number = kin.series.get(film.slug)
        if number is not None and number == kin.series.get(other.slug):
            return self._series(film, other, kin.names.get(number, ""))
        if {(film.slug, other.slug), (other.slug, film.slug)} & kin.namesakes:
            return _("another film of this title")
        return ""

    def _series(self, film: Film, other: Film, name: str) -> str:
        _ = self.words.gettext
        here, there = (self.likeness.kin.parts.get(each.slug) for each in (film, other))
        if here is not None and there is not None and abs(here - there) == 1:
            return _("its sequel") if there > here else _("the film before this one")
        if name and len(said := _("also in the series %(series)s") % {"series": name}) <= REASON_LENGTH:
            return said
        if here is not None and there is not None and here != there:
            later = there > here
        elif other.year != film.year:
            later = other.year > film.year
        else:
            return _("of the same series")
        return _("a later film of the series") if later else _("an earlier film of the series")

    # ---------------------------------------------------------------------------------- facts

    def _facts(self, terms: Sequence[Term]) -> Iterator[tuple[str, str]]:
        """People and things to name, the weightiest first, each person once."""
        named: set[str] = set()
        telling = [term for term in terms if term.kind in (*_PEOPLE, *_THINGS) and term.worth > 0]
        strongest = max((term.worth for term in telling), default=0.0)
        for term in sorted(telling, key=_order):
            if term.worth * _TELLING < strongest:
                continue
            names = [name for name in term.shared if fold(name) not in named]
            if term.kind == "genre":
                names.sort(key=self._holders)
                if named:
                    names = [name for name in names if self._holders(name) <= self._many]
            named.update(map(fold, names[:_OF_A_KIND]))
            yield from ((term.kind, name) for name in names[:_OF_A_KIND])

    def _holders(self, genre: str) -> int:
        """How many films have the genre."""
        return self._genres[fold(genre)]

    @cached_property
    def _genres(self) -> Mapping[str, int]:
        return Counter(folded for film in self.likeness.names["genre"] for folded in film)

    @property
    def _many(self) -> float:
        """Of a genre that more films have nothing is said beside what tells more: half of all are dramas."""
        return max(_OF_A_KIND, len(self.likeness.films) / 4)

    def _joined(self, kin: str, told: Mapping[str, Sequence[str]]) -> str:
        """Kinship, people and things as one line."""
        parts = [kin, *self._people(told)]
        things = [name for kind in _THINGS for name in told.get(kind, ())]
        if things:
            parts.append(self.words.gettext("both: %(things)s") % {"things": ", ".join(things)})
        line = ""
        for part in filter(None, parts):
            both = self.words.gettext("%(one)s; %(other)s")
            line = both % {"one": line, "other": part} if line else part
        return line

    def _people(self, told: Mapping[str, Sequence[str]]) -> Iterator[str]:
        _ = self.words.gettext
        directors, players = (self._listed(told.get(kind, ())) for kind in ("director", "cast"))
        if directors and players:
            together = _("also by %(directors)s, with %(players)s")
            yield together % {"directors": directors, "players": players}
        elif directors:
            yield _("also by %(names)s") % {"names": directors}
        elif players:
            yield _("also with %(names)s") % {"names": players}
        for kind, phrase in (
            ("writer", _("also written by %(names)s")),
            ("cinematographer", _("also shot by %(names)s")),
            ("composer", _("also with music by %(names)s")),
        ):
            if told.get(kind):
                yield phrase % {"names": self._listed(told[kind])}

    def _listed(self, names: Sequence[str]) -> str:
        """Names as the language lists them: "A", "A and B"."""
        if len(names) < 2:
            return "".join(names)
        return str(format_list(list(names), locale=self.words.locale))

    # ---------------------------------------------------------------------------------- words

    def _common_words(self, film: Film, other: Film, terms: Sequence[Term]) -> str:
        """The words that bring two synopses near, where nothing else does; only those that read well."""
        near = next((term.value for term in terms if term.kind == "synopsis"), 0.0)
        if near < _WORDS_NEAR:
            return ""
        texts, place = self.likeness.texts, self.likeness.place
        common = texts.in_common(place[film.slug], place[other.slug], 6)
        told: list[str] = []
        for word, share in common:
            typed = self._as_typed(word, film, other)
            fits = len(told) < _AT_MOST and len(self._of_words([*told, typed])) <= REASON_LENGTH
            if typed and fits and share >= near / 8 and texts.is_rare(word):
                told.append(typed)
        return self._of_words(told) if told else ""

    def _of_words(self, told: Sequence[str]) -> str:
        return self.words.gettext("both: %(things)s") % {"things": ", ".join(told)}

    def _as_typed(self, word: str, film: Film, other: Film) -> str:
        """The word with its accents, in small letters unless nouns have capitals; empty for a name."""
        if len(word) < _LETTERS:
            return ""
        typed: list[set[str]] = [
            {each for each in re.findall(r"[^\W\d_]+", text.synopsis.body) if fold(each) == word}
            for text in (film, other)
        ]
        either = sorted(typed[0] | typed[1])
        if not typed[0] or not typed[1]:
            return ""
        small = [each for each in either if each == each.lower()]
        if primary(self.words.language) == "de":
            return either[0]
        return small[0] if small else ""
