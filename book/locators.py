"""How a printed index names pages: a film's own first, neighbours as ranges; and what running heads say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from book.model import Slug, Target
from book.subjects import SUBJECTS

SHORTEST_RUN = 3
"""Films side by side in the book whose pages become a range; two are as short as two numbers."""

LONGEST_HEAD = 28  # characters; two such heads with a dash fit over a column pair at 6 × 9 inches


@dataclass(frozen=True, slots=True)
class Span:
    """A page number, or a range when `last` is a film too; both are pages on which films begin."""

    first: Slug
    last: Slug | None = None
    own: bool = True


def spans(targets: Sequence[Target], order: Mapping[Slug, int]) -> tuple[Span, ...]:
    """The pages of an index entry in the order in which they are printed.

    `order` counts films as they stand in the book; targets that are not the entry's own ascend by it.
    """
    own = [Span(target.film) for target in targets if target.own]
    films = sorted(
        {target.film for target in targets if not target.own}, key=lambda slug: order.get(slug, len(order))
    )
    runs: list[list[Slug]] = []
    for film in films:
        if runs and order.get(film, -1) == order.get(runs[-1][-1], -2) + 1:
            runs[-1].append(film)
        else:
            runs.append([film])
    named: list[Span] = []
    for run in runs:
        if len(run) >= SHORTEST_RUN:
            named.append(Span(run[0], run[-1], own=False))
        else:
            named += [Span(film, own=False) for film in run]
    return (*own, *named)


def headword(heading: str, index: str) -> str:
    """The words that a running head takes from a heading: a surname, a title without its brackets."""
    subject = SUBJECTS.get(index)
    of_people = subject is not None and subject.of_people
    words = re.split(r",\s+" if of_people else r",\s+\S{1,3}$|\s+[(\[]", heading, maxsplit=1)[0]
    if len(words) <= LONGEST_HEAD:
        return words
    cut = words[:LONGEST_HEAD].rpartition(" ")[0] or words[:LONGEST_HEAD]
    return cut.rstrip(" ,;:–-") + "…"
