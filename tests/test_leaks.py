"""What stands above the fence and tells what stands below it is found, and little else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import film
from labelled import HALVES, labelled, score

from book.check import check
from book.config import ChapterPlan, Project
from book.entry import read_entry, write_entry
from book.model import CastMember, Film, Finding, GuideInfo, Image, Kind, Section, SimilarLink, Source
from book.rewrite import rewrite_entry
from book.story import sentences

PLOT = """Ada Holm moves to an island to keep the light. Her cousin Bruno brings the oil in a small boat.
She hears a violin at night. The villagers say that there is no violin.

Ada follows the sound into a cave. Bruno plays there for his drowned wife. A storm puts the lamp out.
A stranger named Victor Salt wades ashore and asks for bread. Bruno dies on the rocks with the violin.
Ada burns the boat and leaves the island on a mail steamer."""


def lighthouse(synopsis: str, **facts: object) -> Film:
    """A film whose synopsis begins on line 6 and whose plot begins on line 12."""
    cast = (CastMember("Jo Ek", "Ada Holm"), CastMember("Tor Lie", "Bruno"))
    plot = Section(Kind.PLOT, "Plot", PLOT, 10, 12)
    lines = {"title": 2, "year": 3, "cast": 4, "tagline": 5, "image": 5}
    whole: dict[str, object] = {"cast": cast, "spoilers": (plot,), "synopsis": synopsis}
    source = Source("entries/the-light-1990.md", lines)
    return film("The Light", 1990, **(whole | {"source": source} | facts))


def found(*films: Film, texts: dict[str, str] | None = None, **parts: object) -> tuple[Finding, ...]:
    project = Project(Path("nowhere"), GuideInfo("A Guide"), **parts)  # type: ignore[arg-type]
    return tuple(it for it in check(films, project, texts, this_year=2026) if it.code.startswith("F20"))


def codes(*films: Film) -> list[str]:
    return [it.code for it in found(*films)]


# ---------------------------------------------------------------------------- the labelled set


def test_the_labelled_set_is_large_and_about_half_of_it_is_clean() -> None:
    every = [one for half in HALVES for one in labelled(half)]

    assert len(every) >= 120
    assert sum(one.leaks for one in every) * 2 == len(every)
    assert [one.film.title for one in every if one.words not in one.film.synopsis.body] == []


def test_no_film_is_in_both_halves() -> None:
    tuning, held_out = ({one.film.title for one in labelled(half)} for half in HALVES)

    assert tuning & held_out == set()


def test_leaks_are_found_without_crying_wolf() -> None:
    whole = score([one for half in HALVES for one in labelled(half)])

    assert whole.precision >= 0.9, whole
    assert whole.recall >= 0.7, whole


def test_what_was_never_tuned_on_is_told_apart_as_well() -> None:
    held_out = score(labelled("held-out"))

    assert held_out.precision >= 0.9, held_out
    assert held_out.recall >= 0.7, held_out


# ------------------------------------------------------------------------------------- findings


def test_a_finding_says_the_words_at_fault_and_where_the_plot_says_the_same() -> None:
    leaking = lighthouse("Ada Holm keeps the light.\n\nOne night Bruno dies with his violin.")

    assert [f"{it.code} {it.where} {it.severity.value}: {it.message} {it.hint}" for it in found(leaking)] == [
        "F205 entries/the-light-1990.md:8 warning: The synopsis tells of a death that the story keeps for "
        "later: “One night Bruno dies with his violin.” The plot, line 16: “Bruno dies on the rocks with the "
        'violin.” Say less, or say why it may stand: leaks_ok: {"One night Bruno dies": …}'
    ]


@pytest.mark.parametrize(
    ("synopsis", "code"),
    [
        ("Ada Holm keeps a light until she burns the boat and leaves on the mail steamer.", "F204"),
        ("In the end Ada sails away on the mail steamer.", "F208"),
        ("Ada Holm gives bread to Victor Salt.", "F209"),
        ("Ada Holm keeps the light, and her cousin Bruno brings the oil in a small boat.", ""),
        ("Ada Holm fears that Bruno may be killed on the rocks.", ""),
        ("Ada must choose: should she burn the boat and leave on the mail steamer?", ""),
    ],
)
def test_a_synopsis_may_tell_the_setup_and_what_is_feared_but_not_the_end(synopsis: str, code: str) -> None:
    assert codes(lighthouse(synopsis)) == ([code] if code else [])


def test_a_sentence_of_the_end_is_found_however_common_its_words_are() -> None:
    end = "He says that he does not love her any more."
    told = Section(Kind.PLOT, "Plot", f"{PLOT} {end} They go home.", 10, 12)

    assert codes(lighthouse(f"Ada Holm keeps the light. {end}", spoilers=(told,))) == ["F204"]
    # Said in the opening as well, it is no secret of the end.
    told = replace(told, body=f"{end} {PLOT} {end}")
    assert codes(lighthouse(f"Ada Holm keeps the light. {end}", spoilers=(told,))) == []


def test_tagline_alt_text_and_reasons_are_read_as_well() -> None:
    safe = "Ada Holm keeps the light."
    end = "Bruno dies on the rocks."
    leaking = lighthouse(
        safe, tagline=end, image=Image("a.png", end), similar=(SimilarLink(title="Barfly", why=end, line=5),)
    )

    assert [it.message.split(" tells")[0] for it in found(leaking) if it.code == "F205"] == [
        "The picture's alt text",
        "The reason for Barfly",
        "The tagline",
    ]


def test_a_role_does_not_name_the_culprit() -> None:
    plot = Section(Kind.PLOT, "Plot", PLOT.replace("Bruno dies", "Bruno, the murderer, dies"), 10, 12)
    leaking = lighthouse("Ada.", spoilers=(plot,), cast=(CastMember("Tor Lie", "Bruno, the murderer"),))

    assert [(it.code, it.where.line) for it in found(leaking)] == [("F206", 4)]


def test_a_part_that_is_marked_as_a_spoiler_is_named_nowhere_above() -> None:
    marked = (CastMember("Jo Ek", "Ada Holm"), CastMember("Per Dal", "The Violinist", spoiler=True))
    leaking = lighthouse("Ada Holm meets The Violinist.", cast=marked)

    assert [it.message for it in found(leaking)] == [
        "The synopsis names The Violinist, which cast marks with spoiler: true."
    ]


def test_an_introduction_gives_away_none_of_its_films() -> None:
    chapter = ChapterPlan("Islands", films=("the-light-1990",), intro="texts/islands.md", line=3)
    intro = "Water all around.\n\nIn The Light, poor Bruno dies on the rocks."

    told = found(lighthouse("Ada."), texts={"texts/islands.md": intro}, chapters=(chapter,))

    assert [(it.code, str(it.where)) for it in told] == [("F205", "texts/islands.md:3")]
    assert "line 16 of entries/the-light-1990.md" in told[0].message


def test_a_film_without_a_spoiler_part_gives_nothing_away() -> None:
    assert codes(replace(lighthouse("Bruno dies."), spoilers=())) == ["F203"]


def test_the_title_of_a_film_is_no_phrase() -> None:
    titled = lighthouse("Bruno Dies is a film of an island.")

    assert codes(titled) == ["F205"]
    assert codes(replace(titled, title="Bruno Dies")) == []


# -------------------------------------------------------------------------------- the last word


def test_a_writer_can_answer_a_finding_with_a_reason() -> None:
    leaking = lighthouse("One night Bruno *dies* with his violin.")

    assert codes(replace(leaking, leaks_ok={"Bruno dies": "the first scene is his funeral"})) == []
    assert codes(replace(leaking, leaks_ok={"Ada dies": "she does not"})) == ["F205"]


def test_an_answer_without_a_reason_does_not_count() -> None:
    text = 'title: A\nyear: 1990\nleaks_ok: {"Bruno dies": }'
    read, findings = read_entry(f"---\n{text}\n---\n\nBruno dies.\n", file="entries/a-1990.md")

    assert read is not None
    assert read.leaks_ok == {}
    assert [(it.code, it.where.line, it.message) for it in findings] == [
        ("F103", 4, "Bruno dies has no reason why it may stand.")
    ]


def test_answers_are_kept_when_an_entry_is_written() -> None:
    answered = lighthouse("Bruno dies.", leaks_ok={"Bruno dies": "it opens: with the funeral"})
    written = write_entry(answered)
    again, _ = read_entry(written, file=answered.source.file)

    assert again is not None
    assert again.leaks_ok == {"Bruno dies": "it opens: with the funeral"}
    assert rewrite_entry(written, again) == written


def test_sentences_know_their_lines_and_have_no_marks() -> None:
    text = "Mr. Grey *waits*. He [reads](https://example.org)\na letter.\n\nThen he goes."

    assert [*sentences(text, 7)] == [
        ("Mr. Grey waits.", 7),
        ("He reads a letter.", 7),
        ("Then he goes.", 10),
    ]
