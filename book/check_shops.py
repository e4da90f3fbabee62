"""Rules about what shops and their customers are told: no description, cover or keyword gives a film away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from book.cache import Kept, engine, key_of
from book.check_leaks import Passage, in_passage, speaks_of, told
from book.desk import brief
from book.findings import finding
from book.leaks import Leak
from book.model import Film, Finding, Place
from book.proofs import Proofs
from book.retail import spoiling_keywords
from book.story import sentences, story_of

_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # Thai, Lao, kana, Han


def shops_are_told_no_story(proofs: Proofs) -> Iterator[Finding]:
    """Whoever looks for a book has not asked for any spoiler, of whichever film."""
    passages = tuple(_passages(proofs))
    films = [film for film in proofs.films if film.spoilers or any(each.spoiler for each in film.cast)]
    language = proofs.project.info.language.partition("-")[0].casefold()
    known = all(film.source.digest for film in films)  # else there is no saying whether a film has changed
    kept = Kept[Sequence[Film], tuple[tuple[Leak, int], ...]](
        proofs.cache if known else None,
        lambda films: key_of("shops", engine(), passages, language, [film.source.digest for film in films]),
    )
    for leak, place in kept.do(lambda films: tuple(_leaks(passages, films, language)), films):
        yield from told(leak, films[place])


def _leaks(passages: Sequence[Passage], films: Sequence[Film], language: str) -> Iterator[tuple[Leak, int]]:
    """Every leak with its film's place among the films."""
    marks = [(said.casefold(), _marks(said)) for passage in passages for said, _ in sentences(passage.text)]
    for place, film in enumerate(films if passages else ()):
        if not _is_touched(film, marks):
            continue
        story = story_of(film, language)
        for passage in passages:
            for leak in in_passage(passage, film, story):
                # Of names and phrases, a sentence without the title may speak of another film.
                if leak.code == "F204" or speaks_of(leak.sentence, film):
                    yield leak, place


def _marks(sentence: str) -> frozenset[str]:
    """The beginnings of a sentence's long words; pieces of it where it has no spaces between words."""
    words = re.findall(r"[^\W\d_]{5,}", sentence.casefold())
    if _UNSPACED.search(sentence):
        return frozenset(word[at : at + 3] for word in words for at in range(0, len(word) - 2, 3))
    return frozenset(word[:5] for word in words)


def _is_touched(film: Film, marks: Sequence[tuple[str, frozenset[str]]]) -> bool:
    """Whether a sentence names the film, or has enough words of its story to be compared with it.

    Reading a story takes milliseconds, and a guide may have ten thousand; this takes a hundredth of that.
    """
    title = film.title.casefold()
    if any(title in low for low, _ in marks):
        return True
    body = "\n".join(section.body for section in film.spoilers).casefold()
    return any(sum(mark in body for mark in of_one) >= max(3, 0.4 * len(of_one)) for _, of_one in marks)


def _passages(proofs: Proofs) -> Iterator[Passage]:
    info, source = proofs.project.info, proofs.project.source
    texts = [
        Passage("The subtitle", info.subtitle, source.at("guide.subtitle")),
        Passage("The description", info.description, source.at("guide.description")),
    ]
    texts += [
        Passage("The cover line", plan.cover_line, Place(source.file, plan.line))
        for plan in proofs.project.editions
    ]
    cover = proofs.project.cover
    texts += [
        Passage("The headline on the cover", cover.headline, source.at("cover.headline")),
        Passage("The blurb", cover.blurb, source.at("cover.blurb")),
        Passage("The front flap", cover.front_flap, source.at("cover.front_flap")),
        Passage("The back flap", cover.back_flap, source.at("cover.back_flap")),
    ]
    yield from (passage for passage in texts if passage.text)


def keywords_keep_spoilers(proofs: Proofs) -> Iterator[Finding]:
    """No keyword is what a spoiler part keeps to itself."""
    source = proofs.project.source
    table = "subjects.keywords" if "subjects.keywords" in source.lines else "guide.subjects"
    for word, film in spoiling_keywords(proofs.project.info.keywords, proofs.films).items():
        yield finding(
            "F210",
            source.at(table),
            f"The keyword {brief(word)} is a spoiler_theme of {film.slug}; shops are not told of it.",
            "Take it out; if everybody may read it, move it to the film's themes.",
        )
