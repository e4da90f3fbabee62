"""How good the ranking of similar films is, how its weights are learnt, and how long it takes.

Run it with the interpreter that has filmguide; it wants real films beside the project, in ../shared/data.

    python benchmarks/similar.py            the table of docs/similar.md
    python benchmarks/similar.py --learn    weights learnt anew on the choosing half
    python benchmarks/similar.py --time     seconds and memory for ten thousand films

Two views of likeness are at hand, and neither is the truth. *Viewers*: the ten films that were rated by most
of those who rated a film (MovieLens); it knows taste, but also what was in the cinemas that year. *Keywords*:
pairs whose keywords agree (TMDb); it knows what films are about. Keywords and plots may spoil: they judge
here, and take no part in a score.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

PROJECT = Path(__file__).parent.parent
sys.path.insert(0, str(PROJECT))

from book.importers.jsonl import JsonLines  # noqa: E402
from book.likeness import START, WEIGHTS, Likeness, likeness  # noqa: E402
from book.model import Film  # noqa: E402
from book.nearness import read_texts  # noqa: E402
from book.relate import relate  # noqa: E402

SHARED = PROJECT.parent / "shared" / "data"
FILMS = SHARED / "films-10000.jsonl.gz"
JUDGED = SHARED / "similar-movielens.tsv"

TOP = 10
CHOOSING, HELD_OUT = 0, 1
UNSEEN = ("cinematographer", "composer")  # the films at hand do not name them
STILL = 0.3  # how strongly weights are held to 0, as the precision of a normal prior for each thousand pairs
KEYWORDS_AGREE = 0.3

Pair = tuple[int, int]
Pairs = tuple[Sequence[Pair], Sequence[Pair]]
"""Alike, and not."""


def half(film: Film) -> int:
    """The half that a film is in, whatever else is there: one bit of its slug's SHA-256."""
    return hashlib.sha256(film.slug.encode()).digest()[0] % 2


def films_at_hand() -> list[Film]:
    """The ten thousand films, by slug, as `filmguide import` reads them."""
    read = {film.slug: film for film in JsonLines().read(FILMS) if isinstance(film, Film)}
    return [read[slug] for slug in sorted(read)]


def seen_together(films: Sequence[Film]) -> dict[int, dict[int, float]]:
    """For each film that viewers judge, the places of its ten with their shares of common viewers."""
    places = {film.ids.get("wikipedia"): place for place, film in enumerate(films)}
    together: dict[int, dict[int, float]] = {}
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            one, other = places.get(row["wikipedia_page_id"]), places.get(row["similar_page_id"])
            if one is not None and other is not None and one != other:
                together.setdefault(one, {})[other] = float(row["score"])
    return together


# --------------------------------------------------------------------------------------- ranking


@dataclass(frozen=True)
class Standing:
    """Means over the films asked about: how near their best ten are to the viewers' ten, from 0 to 1."""

    ndcg: float
    hit_rate: float


def standing(
    rows: Callable[[int], NDArray[np.float64]],
    together: Mapping[int, Mapping[int, float]],
    asked: Sequence[int],
    candidates: Sequence[int],
) -> Standing:
    """How a ranking does. `rows` gives a film's values with all films; ties go by slug."""
    gains, hits = [], []
    columns = np.array(candidates)
    for film in asked:
        values = rows(film)[columns].copy()
        values[columns == film] = -np.inf
        best = columns[np.argsort(-values, kind="stable")[:TOP]]
        got = [together[film].get(int(other), 0.0) for other in best]
        ideal = sorted(together[film].values(), reverse=True)[:TOP]
        gains.append(_discounted(got) / _discounted(ideal))
        hits.append(any(got))
    return Standing(float(np.mean(gains)), float(np.mean(hits)))


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def of_one_kind(alike: Likeness, kind: str) -> Callable[[int], NDArray[np.float64]]:
    """The ranking by one kind of likeness alone."""
    rows = alike.shares[kind]
    return lambda film: np.asarray((rows[[film]] @ rows.T).toarray()).ravel()


def of_all(alike: Likeness) -> Callable[[int], NDArray[np.float64]]:
    """Our ranking."""
    return lambda film: alike.sums(film, film + 1)[0]


# --------------------------------------------------------------------------------------- pairs


def viewed(films: Sequence[Film], together: Mapping[int, Mapping[int, float]], which: int) -> Pairs:
    """Pairs within one half that viewers see together, and five times as many that they do not.

    The latter have the same films in other pairs: a film does not gain by being seen by everybody.
    """
    halves = [half(film) for film in films]
    alike = [(a, b) for a, found in sorted(together.items()) for b in sorted(found)]
    alike = [(a, b) for a, b in alike if halves[a] == halves[b] == which]
    return alike, list(
        _shuffled(alike, which, lambda a, b: b in together.get(a, {}) or a in together.get(b, {}))
    )


def keyed(films: Sequence[Film], keywords: Likeness, which: int, at_most: int = 4000) -> Pairs:
    """Pairs within one half whose keywords agree, and five times as many that have none in common."""
    rows = keywords.shares["theme"]
    members = np.array(
        [place for place, film in enumerate(films) if half(film) == which and len(film.spoiler_themes) > 2]
    )
    cosines = (rows[members] @ rows[members].T).tocoo()
    agree = sorted(
        (int(members[a]), int(members[b]))
        for a, b, value in zip(cosines.row, cosines.col, cosines.data, strict=True)
        if a < b and value >= KEYWORDS_AGREE
    )
    chosen = np.random.default_rng(which).permutation(len(agree))[:at_most]
    alike = [agree[number] for number in sorted(chosen)]
    return alike, list(_shuffled(alike, which, lambda a, b: rows[[a]].multiply(rows[[b]]).sum() > 0.01))


def _shuffled(alike: Sequence[Pair], seed: int, are_alike: Callable[[int, int], bool]) -> Iterator[Pair]:
    others = np.array([b for _, b in alike])
    dice = np.random.default_rng(seed)
    for _ in range(5):
        for (a, _), b in zip(alike, dice.permutation(others).tolist(), strict=True):
            if a != b and not are_alike(a, b):
                yield a, b


def values_of(alike: Likeness, kinds: Sequence[str], pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """The values of pairs: shape (pairs, kinds)."""
    ones, others = np.array(pairs, dtype=np.intp).T
    return np.stack([alike.values(kind, ones, others) for kind in kinds], axis=1)


def told_apart(alike: Likeness, pairs: Pairs) -> float:
    """How often a pair that is alike has the higher score of two: the area under the ROC curve."""
    kinds = list(alike.weights)
    sums = values_of(alike, kinds, [*pairs[0], *pairs[1]]) @ np.array(list(alike.weights.values()))
    return float(roc_auc_score([1] * len(pairs[0]) + [0] * len(pairs[1]), sums))


# --------------------------------------------------------------------------------------- learning


def learnt(
    alike: Likeness, kinds: Sequence[str], views: Sequence[Pairs], fixed: Mapping[str, float] = {}
) -> dict[str, float]:
    """Weights by logistic regression, none below 0. Each view counts the same, and so do its two sides."""
    values, signs, shares = [], [], []
    for pairs in views:
        for some, sign in zip(pairs, (1, -1), strict=True):
            values.append(values_of(alike, kinds, some))
            signs.append(np.full(len(some), sign))
            shares.append(np.full(len(some), 1 / (2 * len(some) * len(views))))
    x, y, share = np.vstack(values), np.concatenate(signs), np.concatenate(shares)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = y * (x @ weights[:-1] + weights[-1])
        slopes = -y * share / (1 + np.exp(margins))
        still = STILL / 1000 * weights[:-1]
        value = float(share @ np.logaddexp(0, -margins) + still @ weights[:-1] / 2)
        return value, np.append(slopes @ x + still, slopes.sum())

    bounds = [(fixed[kind], fixed[kind]) if kind in fixed else (0, None) for kind in kinds]
    begin = np.array([fixed.get(kind, 0.0) for kind in kinds] + [0.0])
    found = minimize(loss, begin, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    return dict(zip([*kinds, "START"], found.tolist(), strict=True))


def learn(films: Sequence[Film]) -> None:
    """Print the weights that the choosing half teaches."""
    together = seen_together(films)
    alike = likeness(films, use_plots=True, embeddings=True)
    keywords = with_keywords(films)
    views = [viewed(films, together, CHOOSING), keyed(films, keywords, CHOOSING)]
    kinds = [kind for kind in WEIGHTS if kind not in {*UNSEEN, "theme", "meaning", "plot"}]
    for name, some in (("viewers", views[:1]), ("keywords", views[1:]), ("both", views)):
        print(f"{name:9}", _told(learnt(alike, kinds, some)))
    weights = learnt(alike, kinds, views)
    # What most guides do not have is weighed on top of what they have.
    for kind in ("meaning", "plot"):
        print(f"{kind:9}", _told(learnt(alike, [*kinds, kind], views, weights)))
    # Keywords cannot be judged by keywords, so viewers alone weigh them.
    print("theme    ", _told(learnt(keywords, [*kinds, "theme"], views[:1])))


def _told(weights: Mapping[str, float]) -> str:
    return "  ".join(f"{kind} {weight:.2f}" for kind, weight in weights.items())


def with_keywords(films: Sequence[Film]) -> Likeness:
    """The likeness of the films if their keywords were all themes that spoil nothing."""
    return likeness([replace(film, themes=film.spoiler_themes) for film in films])


# --------------------------------------------------------------------------------------- tables


def report(films: Sequence[Film]) -> None:
    """Print the table of the documentation: the held-out half, two sets of candidates, two views."""
    together = seen_together(films)
    covered = sorted({*together, *(other for found in together.values() for other in found)})
    asked = [place for place in sorted(together) if half(films[place]) == HELD_OUT]
    ours = likeness(films)
    texts = [f"{film.synopsis.body}\n{film.tagline}" for film in films]
    plain = replace(ours, shares={**ours.shares, "synopsis": read_texts(texts, "en").rows})
    rankings: dict[str, tuple[Callable[[int], NDArray[np.float64]], Likeness]] = {
        "genre only": (of_one_kind(ours, "genre"), only(ours, "genre")),
        "TF-IDF only": (of_one_kind(plain, "synopsis"), only(plain, "synopsis")),
    }
    for name, alike in (
        ("ours", ours),
        ("ours, embeddings", likeness(films, embeddings=True)),
        ("ours, plots", likeness(films, use_plots=True)),
        ("ours, keywords", with_keywords(films)),
    ):
        rankings[name] = of_all(alike), alike
    viewers = viewed(films, together, HELD_OUT)
    keywords = keyed(films, with_keywords(films), HELD_OUT)
    print(f"{len(films):,} films; {len(together):,} judged by viewers, {len(asked):,} of them held out")
    print(f"pairs: viewers {len(viewers[0]):,} + {len(viewers[1]):,}, ", end="")
    print(f"keywords {len(keywords[0]):,} + {len(keywords[1]):,}")
    print(f"{'':18}{'among all':>18}{'among the judged':>18}{'AUC of pairs':>20}")
    print(f"{'':18}{'nDCG@10':>9}{'hits':>9}{'nDCG@10':>9}{'hits':>9}{'viewers':>10}{'keywords':>10}")
    for name, (rows, alike) in rankings.items():
        cells = []
        for candidates in (range(len(films)), covered):
            found = standing(rows, together, asked, candidates)
            cells += [f"{found.ndcg:9.4f}", f"{found.hit_rate:9.3f}"]
        cells += [f"{told_apart(alike, pairs):10.3f}" for pairs in (viewers, keywords)]
        print(f"{name:18}{''.join(cells)}", flush=True)


def only(alike: Likeness, kind: str) -> Likeness:
    """The same likeness with one kind alone."""
    return replace(alike, weights={each: float(each == kind) for each in alike.weights})


def timing(films: Sequence[Film]) -> None:
    """Print how long relating takes, and the most memory that was held."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for count in (30, 1000, len(films)):
        began = time.perf_counter()
        relate(films[:count])
        print(f"{count:6,} films: {time.perf_counter() - began:5.1f} s", flush=True)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {after:,.0f} MB at most, of which {before:,.0f} MB before the first")


def main() -> None:
    """Do what was asked."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--learn", action="store_true", help="learn the weights anew")
    options.add_argument("--time", action="store_true", help="measure seconds and memory")
    asked = options.parse_args()
    if not FILMS.exists():
        sys.exit("There are no films beside the project, in ../shared/data.")
    films = films_at_hand()
    if asked.learn:
        learn(films)
    elif asked.time:
        timing(films)
    else:
        print(f"START {START}")
        report(films)


if __name__ == "__main__":
    main()
