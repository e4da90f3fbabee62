"""What a sentence above the fence gives away: the same words as the ending, a phrase that tells, a late name.

A sentence is compared with what the plot tells late. A phrase that gives away a death, a culprit, a twist
or an ending counts where the plot bears it out, and not where the plot opens with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import fsum, log2

from book.leak_words import LEAK_WORDS, pattern
from book.model import Film, Place
from book.story import LAST_THIRD, OPENING, WORD, Sentence, Story, bare

SHORTEST = 6
"""Sentences that a plot must have for its last third to be its end; a shorter one is a longer synopsis."""

SHARE = 0.45
"""How much of a sentence, by weight, the plot's end must have for the two to say the same."""

FRESH = 2.0
"""How much weight must lie in words that the opening of the plot does not have: about two rare words."""

CLAUSE_SHARE, CLAUSE_FRESH = 0.6, 2.5
"""The same for a part of a sentence, which has fewer words to go by."""

COPIED_LETTERS = 16
"""From here on a sentence that stands in the plot as well is no chance, in Japanese too."""

CLOSE = 40
"""How many letters may lie between a name and what is said of it."""

_PARTS = re.compile(r"[;:,、。—–]|\b(?:until|but|while|so that|because|and)\b")
_CLEFT = re.compile(r"\bit (?:is|was) (?:\w+ ){1,3}who\b")  # it was Tobias who
_CODES = {"death": "F205", "culprit": "F206", "twist": "F207", "ending": "F208"}


@dataclass(frozen=True, slots=True)
class Leak:
    """Words that tell too much, and the sentence of the plot that bears them out (None for a marked role).

    `what` and `where` are the text above the fence and its place.
    """

    code: str
    words: str
    sentence: Sentence
    told: Sentence | None
    what: str = ""
    where: Place = field(default_factory=Place)


def leak_in(sentence: Sentence, film: Film, story: Story) -> Leak | None:
    """What a sentence above the fence gives away of the story; the plainest of several leaks."""
    return (
        _marked_role(sentence, film)
        or _phrase(sentence, film, story)
        or _copied(sentence, story)
        or _shared(sentence, story)
        or _late_name(sentence, film, story)
    )


# ------------------------------------------------------------------------------------- sentences


def _copied(sentence: Sentence, story: Story) -> Leak | None:
    """A sentence of the last third word for word, however common its words are."""
    words = _words(sentence)
    if len(words) < COPIED_LETTERS:
        return None
    alike = [told for told in story.sentences if words in _words(told)]
    if not alike or any(told.at is None or told.at < LAST_THIRD for told in alike):
        return None
    return Leak("F204", sentence.text, sentence, alike[0])


def _words(sentence: Sentence) -> str:
    return "".join(WORD.findall(sentence.low))


def _shared(sentence: Sentence, story: Story) -> Leak | None:
    """A sentence, or a part of one, that says what the last third of the plot says."""
    choice = pattern(story.language, "choice")
    if story.length < SHORTEST or (choice and choice.search(sentence.low)):
        return None
    for part in _parts(sentence, story):
        whole = part is sentence
        told = _same(
            part, story, share=SHARE if whole else CLAUSE_SHARE, fresh=FRESH if whole else CLAUSE_FRESH
        )
        if told:
            return Leak("F204", part.text, sentence, told)
    return None


def _parts(sentence: Sentence, story: Story) -> Iterator[Sentence]:
    """The sentence, its clauses, and neighbouring clauses together."""
    yield sentence
    cuts = [0, *(match.start() for match in _PARTS.finditer(sentence.text)), len(sentence.text)]
    for width in (2, 1):
        if len(cuts) - 1 > width:
            for first, last in zip(cuts, cuts[width:], strict=False):
                text = sentence.text[first:last].strip(" ,;:—–、。")
                if text:
                    yield story.part(text, sentence.line)


def _same(
    part: Sentence, story: Story, *, share: float, fresh: float, since: float = LAST_THIRD
) -> Sentence | None:
    """The sentence of the plot, after `since`, that tells what the part tells; alone or with the next."""
    whole = fsum(_weight(stem, story) for stem in part.stems)
    if whole < fresh:
        return None
    best, told, early = 0.0, None, 0.0
    for number, one in enumerate(story.sentences):
        if one.at is None:
            continue
        following = story.sentences[number + 1 : number + 2]
        here = one.stems.union(*(two.stems for two in following if two.at is not None and two.at > one.at))
        common = part.stems & here
        likeness = fsum(_weight(stem, story) for stem in common) / whole
        if one.at < OPENING:
            early = max(early, fsum(_weight(stem, story) for stem in part.stems & one.stems) / whole)
        elif one.at >= since and likeness > best:
            new = _news(common, story)
            if likeness >= share and new >= fresh:
                best, told = likeness, one
    return told if best > early else None


def _news(stems: frozenset[str], story: Story) -> float:
    """The weight of words that the opening of the plot does not have; those of its middle count half."""
    new = stems - story.opening - story.names
    return fsum(_weight(stem, story) * (0.5 if stem in story.middle else 1) for stem in new)


def _weight(stem: str, story: Story) -> float:
    """How much a word says: much where it is rare in this story, little where it is common or a name."""
    words = LEAK_WORDS.get(story.language)
    if words and stem in words.common:
        return 0.4
    weight = 1 / (1 + log2(max(story.count[stem], 1)) / 4)
    return weight / 2 if stem in story.names else weight


# --------------------------------------------------------------------------------------- phrases


def _phrase(sentence: Sentence, film: Film, story: Story) -> Leak | None:
    """A phrase of deaths, culprits, twists or endings by a character's name, which the plot bears out."""
    for sort in ("culprit", "death", "twist", "ending"):
        wanted = pattern(story.language, sort)
        for match in wanted.finditer(sentence.low) if wanted else ():
            if _is_unreal(sentence, match, story.language) or _in_title(sentence, match, film):
                continue
            told = _borne_out(sort, sentence, match, story)
            if told:
                return Leak(_CODES[sort], _around(sentence, match), sentence, told)
    return None


def _is_unreal(sentence: Sentence, match: re.Match[str], language: str) -> bool:
    """Whether the words just before make it a fear, a wish or a plan."""
    unreal = pattern(language, "unreal")
    if unreal is None:
        return False
    if language == "ja":
        return unreal.search(sentence.low, match.end(), match.end() + 8) is not None
    clause = _CLEFT.sub("", re.split(r"[,;:—]", sentence.low[: match.start()])[-1])
    return unreal.search(" ".join(clause.split()[-4:])) is not None


def _in_title(sentence: Sentence, match: re.Match[str], film: Film) -> bool:
    """Whether the match is but a word of the film's title, as in Evil Dead."""
    title = film.title.casefold()
    at = sentence.low.find(title) if match.group() in title else -1
    return 0 <= at <= match.start() and match.end() <= at + len(title)


def _borne_out(sort: str, sentence: Sentence, match: re.Match[str], story: Story) -> Sentence | None:
    names = _near(sentence, match, story, reach=CLOSE if sort == "death" else 90)
    if sort in {"death", "culprit"} and not names:
        return None
    match sort:
        case "death":
            return says_too(("death",), names, sentence, story)
        case "culprit":
            told = says_too(("guilt", "culprit"), names, sentence, story)
            if told and _news(sentence.stems & told.stems, story) >= 0.8:
                return told
            return _same(sentence, story, share=0.25, fresh=1.5, since=OPENING)
        case "twist":
            told = says_too(("twist",), names, sentence, story)
            if told and _news(sentence.stems & told.stems, story) >= 0.8:
                return told
            if told and _shared_weight(sentence, told, story) >= 1.2:
                return told  # "Abel is the missing girl": only the joining of the two is new
            return _same(sentence, story, share=0.25, fresh=1.3)
    return _same(sentence, story, share=0.3, fresh=1.5)


def says_too(
    sorts: Iterable[str], names: frozenset[str], sentence: Sentence, story: Story
) -> Sentence | None:
    """Where the plot says such a thing of one of the names, unless it opens with it: the likest place."""
    wanted = [found for sort in sorts if (found := pattern(story.language, sort))]
    late: list[Sentence] = []
    before: frozenset[str] = frozenset()
    for told in story.sentences:
        of = told.names or before
        before = of
        if not names & of:
            continue
        for match in (match for each in wanted for match in each.finditer(told.low)):
            if told.at is None or told.at >= OPENING:
                late.append(told)
            elif not told.names or names & _near(told, match, story, reach=CLOSE):
                return None
    return max(late, key=lambda told: _shared_weight(sentence, told, story), default=None)


def _shared_weight(one: Sentence, two: Sentence, story: Story) -> float:
    return fsum(_weight(stem, story) for stem in one.stems & two.stems)


def _near(sentence: Sentence, match: re.Match[str], story: Story, reach: int) -> frozenset[str]:
    """The names within so many letters of the match: "when his father dies, Ben" is not said of Ben."""
    low, start, end = sentence.low, match.start(), match.end()
    first, last = max(0, start - reach), end + reach
    past = pattern(story.language, "past")
    if past and story.language != "ja" and past.search(" ".join(low[:start].split()[-2:])):
        last = next((sign.start() for sign in re.finditer("[,;:—]", low) if sign.start() >= end), last)
    if story.language == "ja":
        return frozenset(name for name in sentence.names if name in low[first:last])
    return sentence.names & {bare(word) for word in WORD.findall(low[low.rfind(" ", 0, first) + 1 : last])}


def _around(sentence: Sentence, match: re.Match[str]) -> str:
    """The clause that the match stands in."""
    start = max(sentence.text.rfind(sign, 0, match.start()) for sign in ";:—") + 1
    return sentence.text[start:].strip()


# ----------------------------------------------------------------------------------------- names


def _marked_role(sentence: Sentence, film: Film) -> Leak | None:
    """A part that cast marks with spoiler: true, or who plays it."""
    for member in film.cast:
        for name in (member.role, member.name) if member.spoiler else ():
            if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence.text):
                return Leak("F209", name, sentence, None)
    return None


def _late_name(sentence: Sentence, film: Film, story: Story) -> Leak | None:
    """A person's name that is no part in the cast and comes up late in the plot."""
    late = sorted(name for name in sentence.names if story.first.get(name, 0) >= LAST_THIRD)
    known = _known_names(film) if late and story.length >= SHORTEST else frozenset[str]()
    for name in late if known else ():
        shown = re.search(rf"(?:([^\W\d_][\w’'-]*) )?{re.escape(name)}(?!\w)", sentence.text, re.IGNORECASE)
        if name in known or not shown:
            continue
        before = re.sub(r"['’]s$", "", (shown[1] or "").casefold())
        if before in known or story.first.get(before, 1) < LAST_THIRD:
            continue  # Taggart Transcontinental, where Taggart is a part
        told = [each for each in story.sentences if each.at is not None and name in each.names]
        if _is_person(name, told):
            words = shown.group() if shown.group()[0].isupper() else shown.group()[len(before) + 1 :]
            return Leak("F209", words, sentence, told[0])
    return None


def _known_names(film: Film) -> frozenset[str]:
    """What the title and the facts name, so that no reader learns it from the text."""
    people = (*film.directors, *film.writers, *film.cinematographers, *film.composers)
    cast = (text for member in film.cast for text in (member.name, "" if member.spoiler else member.role))
    series = (film.series.name,) if film.series else ()
    told = " ".join((film.title, film.original_title, *film.aka, *people, *cast, *series))
    return frozenset(map(bare, WORD.findall(told)))


def _is_person(name: str, told: Sequence[Sentence]) -> bool:
    """Whether the plot writes of the name as of somebody who does things, and not as of a place."""
    acts = re.compile(
        rf"(?:^|[.,;:—] |\b(?:and|that|when|but|which|who|whom) ){re.escape(name)} \w+(?:s|ed)\b"
    )
    whole = re.compile(rf"(?<![^\W\d_])[^\W\d_][\w’'-]+ {re.escape(name)}\b", re.IGNORECASE)
    place = re.compile(
        rf"\b(?:in|at|to|from|into|near|across|towards?) (?:the )?(?:\w+ )?{re.escape(name)}\b"
    )
    if any(place.search(each.low) for each in told):
        return False
    if re.search(rf"\b(?:an?|the) {re.escape(name)}\b", " ".join(each.low for each in told)):
        return False  # the Vikings
    return any(
        acts.search(each.low) or any(found.group()[0].isupper() for found in whole.finditer(each.text))
        for each in told
    )
