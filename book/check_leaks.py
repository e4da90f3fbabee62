"""Rules about what is told too early: the safe part is held against the story below the fence.

All of it is a guess by word, so each finding is a warning, and a writer may answer it in `leaks_ok`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from book.cache import Kept, engine, key_of
from book.config import Project
from book.desk import brief
from book.findings import finding
from book.leak_words import pattern
from book.leaks import Leak, leak_in, says_too
from book.model import Film, Finding, Place
from book.proofs import Proofs
from book.selection import select
from book.shares import kept_or_shared
from book.story import Sentence, Story, story_of

_SAYS = {
    "F204": "tells what the end of the plot tells",
    "F205": "tells of a death that the story keeps for later",
    "F206": "tells who did it",
    "F207": "tells what the story reveals",
    "F208": "tells how the story ends",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that every reader meets: what it is called, its words, and where they stand."""

    what: str
    text: str
    place: Place


def stories_are_not_given_away(proofs: Proofs) -> Iterator[Finding]:
    """Synopsis, tagline, roles, alt text and reasons keep the film's own ending to themselves."""
    language = _language(proofs.project)
    kept = Kept[Film, tuple[Leak, ...]](
        proofs.cache if all(film.source.digest for film in proofs.films) else None,
        lambda film: key_of("leaks", engine(), film.source.file, film.source.digest, language),
    )
    given_away = kept_or_shared(kept, partial(_all_leaks_of, language=language), proofs.films, proofs.hands)
    for film, leaks in zip(proofs.films, given_away, strict=True):
        for leak in leaks:
            yield from told(leak, film)


def _all_leaks_of(film: Film, language: str) -> tuple[Leak, ...]:
    return tuple(leaks_of(film, language))


def intros_give_nothing_away(proofs: Proofs) -> Iterator[Finding]:
    """An introduction to a chapter keeps the endings of the chapter's films to itself."""
    language = _language(proofs.project)
    for plan in proofs.project.chapters:
        intro = Passage("The introduction", proofs.texts.get(plan.intro, ""), Place(plan.intro, 1))
        for film in select(plan, proofs.films, language) if intro.text else ():
            story = story_of(film, language)
            for leak in in_passage(intro, film, story):
                # A sentence that does not say the title may speak of another film with such a name in it.
                if leak.code == "F204" or speaks_of(leak.sentence, film):
                    yield from told(leak, film)


def leaks_of(film: Film, language: str) -> Iterator[Leak]:
    """Everything above a film's fence that tells what stands below it; `language` is a primary subtag."""
    if not film.spoilers and not any(member.spoiler for member in film.cast):
        return
    story = story_of(film, language)
    for passage in _passages(film):
        yield from in_passage(passage, film, story)
    yield from _roles(film, story)


def in_passage(passage: Passage, film: Film, story: Story) -> Iterator[Leak]:
    """What a text gives away of a film's story, with the places of the text."""
    for sentence in story.read(passage.text, passage.place.line):
        leak = leak_in(sentence, film, story)
        if leak:
            yield replace(leak, what=passage.what, where=Place(passage.place.file, sentence.line))


# ------------------------------------------------------------------------------ what is looked at


def _passages(film: Film) -> Iterator[Passage]:
    file = film.source.file
    yield Passage("The synopsis", film.synopsis.body, Place(file, film.synopsis.body_line or 1))
    yield Passage("The tagline", film.tagline, film.source.at("tagline"))
    if film.image:
        yield Passage("The picture's alt text", film.image.alt, film.source.at("image"))
    for link in film.similar:
        name = link.to or link.title
        yield Passage(
            f"The reason for {name}", link.why, Place(file, link.line or film.source.at("similar").line)
        )


def _language(project: Project) -> str:
    return project.info.language.partition("-")[0].casefold()


def speaks_of(sentence: Sentence, film: Film) -> bool:
    """Whether a sentence names the film."""
    return film.title.casefold() in sentence.low


# ----------------------------------------------------------------------------------------- roles


def _roles(film: Film, story: Story) -> Iterator[Leak]:
    """A role that names the culprit, as in "Tom, the killer", where the plot does so late."""
    guilt = pattern(story.language, "guilt")
    for member in film.cast:
        if member.spoiler or not member.role:
            continue
        role = story.part(member.role, film.source.at("cast").line)
        proof = None
        if guilt and role.names and guilt.search(role.low):
            proof = says_too(("guilt",), role.names, role, story)
        if proof:
            yield Leak("F206", member.role, role, proof, f"The role of {member.name}", film.source.at("cast"))


# -------------------------------------------------------------------------------------- findings


def told(leak: Leak, film: Film) -> Iterator[Finding]:
    """The finding, unless the writer has answered it."""
    if any(_is_about(words, leak) for words in film.leaks_ok):
        return
    what, where = leak.what, leak.where
    line = f"line {leak.told.line}" if leak.told else ""
    if where.file != film.source.file:
        line += f" of {film.source.file}"
    answer = f'say why it may stand: leaks_ok: {{"{_first_words(leak.words)}": …}}'
    if leak.told is None:
        message = f"{what} names {leak.words}, which cast marks with spoiler: true."
        yield finding("F209", where, message, f"Leave the name out, or {answer}")
    elif leak.code == "F209":
        message = f"{what} names {leak.words}, whom the plot brings up on {line}: “{brief(leak.told.text)}”"
        yield finding("F209", where, message, f"Leave the name out, or {answer}")
    else:
        message = (
            f"{what} {_SAYS[leak.code]}: “{brief(leak.words)}” The plot, {line}: “{brief(leak.told.text)}”"
        )
        yield finding(leak.code, where, message, f"Say less, or {answer}")


def _first_words(text: str) -> str:
    return " ".join(text.replace('"', "").split()[:4]).rstrip(",.;:")


def _is_about(words: str, leak: Leak) -> bool:
    """Whether the words that a writer has answered for stand in the sentence at fault; marks do not count."""
    told, meant = (" ".join(re.findall(r"\w+", text.casefold())) for text in (leak.sentence.text, words))
    return bool(meant) and meant in told
