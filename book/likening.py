"""What `filmguide similar` answers: a film's list, the sum of two films, or the lists of the whole guide.

It reads and relates, and no more. What in a guide wants mending `filmguide check` says; here a film that
cannot be read is only missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from book.config import Project, load_project
from book.entries import read_entries
from book.fact_records import similar_link
from book.model import Film, SeeAlso, SimilarLink, Slug, UsageError
from book.progress import Step, Track, untold
from book.reading import cache_of
from book.relating import related
from book.selection import catalogue, nearest_slug
from book.slugs import ascii_words
from book.words import words_of

if TYPE_CHECKING:
    from book.relate import Comparison


@dataclass(frozen=True, slots=True)
class Lists:
    """Films in the order asked for, each with the films to see next."""

    films: tuple[Film, ...]
    see_also: Mapping[Slug, tuple[SeeAlso, ...]]


def similar_films(root: Path, name: str = "", *, limit: int | None = None, track: Track = untold) -> Lists:
    """The list of a film, by slug or title, or of every film by slug where no name is given.

    `limit` overrides guide.toml. UsageError for a name that means no film of the guide, or several.
    """
    project, films = _read(root, track)
    asked = (_meant(name, films),) if name else tuple(sorted(films, key=lambda film: film.slug))
    if limit is not None:
        project = replace(project, similar=replace(project.similar, limit=limit))
    return Lists(asked, related(films, project, cache_of(project.root), track))


def compare_films(root: Path, one: str, other: str, *, track: Track = untold) -> Comparison:
    """The likeness of two films, by slug or title, term by term. UsageError as above."""
    from book.relate import compare

    project, films = _read(root, track)
    plan = project.similar
    track(Step("relate", total=len(films)))
    return compare(
        films,
        _meant(one, films),
        _meant(other, films),
        weights=plan.weights,
        words=words_of(project.info),
        use_plots=plan.use_plots,
        embeddings=plan.embeddings,
    )


# --------------------------------------------------------------------------------------- answers


def listed(lists: Lists) -> list[str]:
    """The lists as lines: score, film, and why; under a heading each where there are several."""
    lines: list[str] = []
    for film in lists.films:
        links = lists.see_also[film.slug]
        # A blank line between films, none before the first.
        lines += ["", _dated(film)] if lines else [_dated(film)]
        lines += map(_line, links)
        if not links:
            lines.append("      nothing in the guide is like it")
    return lines


def _line(link: SeeAlso) -> str:
    score = f"{link.score:.2f}" if link.to else "  - "
    named = f"{link.title} ({link.year})" if link.year else link.title
    marks = [
        words
        for marked, words in (
            (link.to is None, "beyond this guide"),
            (link.own and link.to is not None, "your own link"),
            (link.one_way, "one way"),
            (link.back, "leads here"),
        )
        if marked
    ]
    about = [f"[{', '.join(marks)}]"] if marks else []
    return "  ".join([f"  {score}", named, *filter(None, [link.reason]), *about])


def summed(sum_: Comparison) -> list[str]:
    """The sum of two films, a line for each term: its worth, value times weight, its kind, what is shared."""
    lines = [f"{_dated(sum_.one)} and {_dated(sum_.other)}: {sum_.score:.4f}"]
    lines += [f"  {sum_.start:+6.2f}{'':15}  to begin with"]
    for term in sum_.terms:
        product = f"{term.value:+.3f} x {term.weight:.1f}"
        lines.append(f"  {term.worth:+6.2f} {product:>14}  {term.kind:15} {', '.join(term.shared)}".rstrip())
    total = sum_.start + sum(term.worth for term in sum_.terms)
    lines.append(f"  {total:+6.2f}{'':15}  together, which makes a score of {sum_.score:.4f}")
    return [*lines, f"In words: {sum_.reason}" if sum_.reason else "In words: nothing to tell a reader"]


def as_list(links: Sequence[SeeAlso]) -> list[dict[str, object]]:
    """A film's list as programs read it, films beyond the guide left out: they have no slug."""
    return [{"to": link.to, "score": link.score, "reason": link.reason} for link in links if link.to]


def as_facts(sum_: Comparison) -> dict[str, object]:
    """The sum of two films as programs read it."""
    terms = [
        {
            "kind": term.kind,
            "value": term.value,
            "weight": term.weight,
            "worth": round(term.worth, 6),
            "shared": list(term.shared),
        }
        for term in sum_.terms
    ]
    return {
        "one": sum_.one.slug,
        "other": sum_.other.slug,
        "score": sum_.score,
        "reason": sum_.reason,
        "start": sum_.start,
        "terms": terms,
    }


def _dated(film: Film) -> str:
    return f"{film.title} ({film.year})"


# --------------------------------------------------------------------------------------- reading


def _read(root: Path, track: Track) -> tuple[Project, tuple[Film, ...]]:
    track(Step("read"))
    project, _ = load_project(root)
    films, _ = read_entries(project)
    return project, films


def _meant(name: str, films: Sequence[Film]) -> Film:
    """The film that somebody at the keyboard means: a slug, a title, or a title with its year."""
    shelf = catalogue(films)
    meant = shelf.meant_by(similar_link(name)) or shelf.meant_by(SimilarLink(title=name))
    if len(meant) > 1:
        choice = " or ".join(film.slug for film in meant)
        raise UsageError(
            f"{name} is the title of {len(meant)} films.", f"Write which one is meant: {choice}."
        )
    if not meant:
        guess = nearest_slug(ascii_words(name), shelf.by_slug)
        hint = f"Did you mean {guess}?" if guess else "Films go by slug, or by title: filmguide similar --all"
        raise UsageError(f"{name} is not in the guide.", hint)
    return meant[0]
