"""How alike films are: what counts, what does not, and that the sum is the score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp
from pathlib import Path

import numpy as np
import pytest
from conftest import film

from book.likeness import START, WEIGHTS, Likeness, Term, likeness, score_of
from book.model import BoxOffice, CastMember, Film, Kind, Section
from book.nearness import read_meanings, read_texts, words_of

CROWD = [film(f"Crowd {n}", 1950 + n) for n in range(8)]


def terms(alike: Likeness, one: Film, other: Film) -> dict[str, Term]:
    return {term.kind: term for term in next(alike.terms([(alike.place[one.slug], alike.place[other.slug])]))}


def score(films: Sequence[Film], one: Film, other: Film) -> float:
    return score_of(terms(likeness(films), one, other).values())


def plotted(title: str, plot: str) -> Film:
    return film(title, 1990, synopsis="", spoilers=(Section(Kind.PLOT, "Plot", plot),))


def test_a_score_is_the_sum_of_its_terms_and_the_same_both_ways() -> None:
    a = film("A", 1990, directors=("Agnès Varda",), genres=("Drama", "War"), runtime_min=90)
    b = film("B", 1994, directors=("Agnes Varda",), genres=("Drama",), runtime_min=100)
    alike = likeness([*CROWD, a, b])

    there, back = terms(alike, a, b), terms(alike, b, a)

    total = START + sum(term.worth for term in there.values())
    assert score_of(there.values()) == score_of(back.values()) == round(1 / (1 + exp(-total)), 4)
    assert alike.sums(alike.place[a.slug], alike.place[a.slug] + 1)[0][alike.place[b.slug]] == pytest.approx(
        total, abs=1e-5
    )


def test_a_term_says_what_is_shared_as_the_first_film_spells_it() -> None:
    a, b = film("A", 1990, directors=("Agnès Varda",)), film("B", 1990, directors=("AGNES VARDA",))

    assert terms(likeness([a, b]), a, b)["director"] == Term(
        "director", 1.0, WEIGHTS["director"], ("Agnès Varda",)
    )


@pytest.mark.parametrize(
    "more",
    [
        {"directors": ("D",)},
        {"writers": ("W",)},
        {"cinematographers": ("P",)},
        {"composers": ("C",)},
        {"cast": (CastMember("A"),)},
        {"themes": ("exile",)},
        {"genres": ("Western",)},
        {"languages": ("ja",)},
        {"countries": ("JP",)},
        {"runtime_min": 90},
        {"certificate": "PG"},
        {"box_office": BoxOffice(1_000_000, None)},
        {"synopsis": "A clockmaker repairs an automaton."},
    ],
    ids=lambda more: next(iter(more)),
)
def test_whatever_films_share_makes_them_likelier(more: dict[str, object]) -> None:
    here, with_it, without = film("Here", 1990, **more), film("Kin", 1990, **more), film("Not", 1990)
    films = [*CROWD, here, with_it, without]

    assert score(films, here, with_it) > score(films, here, without)


def test_nearness_in_years_counts() -> None:
    here, near, far = film("Here", 1990), film("Near", 1992), film("Far", 1930)

    assert score([here, near, far], here, near) > score([here, near, far], here, far)


def test_leads_count_for_more_than_those_at_the_end_of_the_bill() -> None:
    lead, last = CastMember("Lead"), CastMember("Last")
    here = film("Here", 1990, cast=(lead, *(CastMember(f"H{n}") for n in range(6)), last))
    others = tuple(CastMember(f"O{n}") for n in range(6))
    with_lead = film("With Lead", 1990, cast=(lead, *others))
    with_last = film("With Last", 1990, cast=(*others, last))
    films = [here, with_lead, with_last]

    assert score(films, here, with_lead) > score(films, here, with_last)


def test_a_rare_theme_tells_more_than_a_common_one() -> None:
    crowd = [film(f"Crowd {n}", 1990, themes=("love",)) for n in range(8)]
    here = film("Here", 1990, themes=("love", "clockmaking"))
    rare, common = film("Rare", 1990, themes=("clockmaking",)), film("Common", 1990, themes=("love",))
    films = [*crowd, here, rare, common]

    assert score(films, here, rare) > score(films, here, common)


def test_certificates_are_near_by_age_and_what_is_not_rated_says_nothing() -> None:
    here = film("Here", 1990, certificate="PG")
    same, next_, far, none = (
        film(f"Other {n}", 1990, certificate=each) for n, each in enumerate(["PG", "PG-13", "NC-17", "NR"])
    )
    alike = likeness([here, same, next_, far, none])

    values = [
        terms(alike, here, other)["certificate"].value if "certificate" in terms(alike, here, other) else 0
        for other in (same, next_, far, none)
    ]
    assert values == [0.5, 0, -1.0, 0]


def test_budgets_in_other_currencies_are_not_compared() -> None:
    here, there = film("Here", 1990, box_office=BoxOffice(5)), film("There", 1990, box_office=BoxOffice(5))
    abroad = film("Abroad", 1990, box_office=BoxOffice(5, None, "JPY"))
    alike = likeness([here, there, abroad])

    assert terms(alike, here, there)["budget"].value == 0.5
    assert "budget" not in terms(alike, here, abroad)


def test_two_heroes_of_one_name_make_no_films_alike() -> None:
    people = [film(f"Crowd {n}", 1990, directors=(f"Danny {n}son",)) for n in range(3)]
    a = film("A", 1990, synopsis="Danny robs a casino.")
    b = film("B", 1990, synopsis="Danny fears the new husband of his mother.")

    assert "synopsis" not in terms(likeness([*people, a, b]), a, b)


def test_nothing_from_the_spoiler_side_counts() -> None:
    secret = {
        "spoiler_themes": ("it was a dream",),
        "cast": (CastMember("Surprise Guest", spoiler=True),),
        "spoilers": (Section(Kind.PLOT, "Plot", "The butler wakes beneath the glacier."),),
    }
    a, b = film("A", 1990, **secret), film("B", 1990, **secret)
    plain = [film("A", 1990), film("B", 1990)]

    assert terms(likeness([a, b]), a, b) == terms(likeness(plain), *plain)


def test_plots_count_where_the_guide_asks_for_it() -> None:
    a, b = (
        plotted("A", "The butler wakes beneath the glacier."),
        plotted("B", "Beneath the glacier, a butler."),
    )

    assert "plot" not in terms(likeness([a, b]), a, b)
    assert terms(likeness([a, b], use_plots=True), a, b)["plot"].value > 0.5


def test_weights_of_the_guide_override_ours() -> None:
    here = film("Here", 1990, directors=("A",), genres=("War",))
    by_director, by_genre = film("Director", 1990, directors=("A",)), film("Genre", 1990, genres=("War",))
    films = [here, by_director, by_genre]

    def likest(weights: dict[str, float]) -> str:
        alike = likeness(films, weights=weights)
        row = alike.place[here.slug]
        return alike.films[int(np.argmax(alike.sums(row, row + 1)[0]))].slug

    assert likest({"director": 9}) == by_director.slug
    assert likest({"genre": 9}) == by_genre.slug


def test_a_block_of_films_is_compared_like_one_after_the_other() -> None:
    films = [film(name, 1990 + n, genres=("War",), themes=(name, "rain")) for n, name in enumerate("ABCDE")]
    alike = likeness(films)

    assert np.array_equal(
        alike.sums(0, 5), np.vstack([alike.sums(number, number + 1) for number in range(5)])
    )


def test_words_are_read_without_addresses_and_in_any_script() -> None:
    assert words_of("A [café](https://x.org/y) in São Paulo, 1968") == ["cafe", "in", "sao", "paulo"]
    assert words_of("東京物語") == ["東京", "京物", "物語"]


def test_texts_without_words_are_near_nothing() -> None:
    assert read_texts(["", "the and of"], "en").rows.nnz == 0


def test_embeddings_find_the_same_in_other_words_and_fetch_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("wordllama", reason="the extra 'embeddings' is not installed")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    rows = read_meanings(
        ["A boxer trains for a prizefight", "An athlete fights in the ring", "Wine grows in a valley"], "en"
    )

    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_the_documentation_has_our_weights() -> None:
    page = (Path(__file__).parent.parent / "docs" / "similar.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z]+) \| (\d\.\d) \|", page, re.MULTILINE)

    assert {kind: float(weight) for kind, weight in rows} == WEIGHTS
    assert f"beginning sum of {START}" in " ".join(page.split())
