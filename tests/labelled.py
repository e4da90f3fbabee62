"""The labelled synopses of tests/leaks, and how well the leak rules tell them apart."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from book.check_leaks import leaks_of
from book.model import CastMember, Film, Kind, Section, Slug, Source
from book.slugs import slug_of

FOLDER = Path(__file__).parent / "leaks"
HALVES = ("tuning", "held-out")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A synopsis with its story. `words` are those that leak, if any; `kind` says of what kind it is."""

    film: Film
    language: str
    kind: str
    words: str

    @property
    def leaks(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of synopses: leaks found in the words at fault, false alarms, leaks missed."""

    found: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def labelled(half: str) -> list[Labelled]:
    """Two synopses of every film of a half: first the clean one, then the one that leaks."""
    films = tomllib.loads((FOLDER / f"{half}.toml").read_text("utf-8"))["film"]
    return [
        each
        for told in films
        for each in (
            Labelled(_film(told, "clean"), told.get("language", "en"), told["hard"], ""),
            Labelled(_film(told, "leak"), told.get("language", "en"), told["kind"], told["words"]),
        )
    ]


def _film(told: dict[str, str], which: str) -> Film:
    slug = Slug(slug_of(told["title"], 2020))
    return Film(
        slug=slug,
        title=told["title"],
        year=2020,
        cast=tuple(CastMember(f"Player {number}", role) for number, role in enumerate(told["roles"], 1)),
        synopsis=Section(Kind.SYNOPSIS, "", told[which], 5, 5),
        spoilers=(Section(Kind.PLOT, "Plot", told["plot"], 9, 11),),
        fence_line=7,
        source=Source(f"entries/{slug}.md", {"title": 2, "year": 3, "cast": 4}),
    )


def accused(one: Labelled) -> list[str]:
    """The sentences of a synopsis that the rules take for leaks."""
    return [leak.sentence.text for leak in leaks_of(one.film, one.language)]


def verdict(one: Labelled) -> str:
    """`found`, `missed`, `false` or `quiet`. A leak that is accused only in other words counts as false."""
    sentences = accused(one)
    if not sentences:
        return "missed" if one.leaks else "quiet"
    return "found" if one.leaks and any(one.words in text for text in sentences) else "false"


def score(some: Sequence[Labelled]) -> Score:
    """How the rules fare with these; a leak accused in the wrong words is a false alarm, and missed too."""
    verdicts = [(one, verdict(one)) for one in some]
    return Score(
        sum(said == "found" for _, said in verdicts),
        sum(said == "false" for _, said in verdicts),
        sum(one.leaks and said != "found" for one, said in verdicts),
    )
