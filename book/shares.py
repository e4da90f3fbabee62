"""What is to be done to each of very many things, shared out over processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from typing import TypeVar

from book.cache import Cache, Kept, pack
from book.workers import Hands, run_all

Thing = TypeVar("Thing")
Result = TypeVar("Result")

MANY = 100
"""So many things are worth beginning processes for: a film takes some ten milliseconds, a process a
second."""

_SHARES_A_LANE, _LARGEST = 3, 2000
"""Small enough that none is waited for long at the end, and never so large that they look like a hang."""


def shared_out(
    task: Callable[[Sequence[Thing]], Sequence[Result]],
    things: Sequence[Thing],
    hands: Hands,
    *,
    many: int = 0,
) -> list[Result]:
    """The result for each thing, in order, from a task that takes some things and gives as many results.

    Where there are `many`, or MANY, the task is done in processes: it must pickle, and so must what it takes
    and gives. Raises JobsLostError where those die of it.
    """
    if len(things) < (many or MANY):
        return list(task(things))
    with hands.pool() as executor:
        parts = max(_SHARES_A_LANE * (executor.lanes if executor else 0), ceil(len(things) / _LARGEST))
        size = ceil(len(things) / parts)
        shares = [tuple(things[start : start + size]) for start in range(0, len(things), size)]
        # Alone, without the bounds of a job: whoever asked waits for all of it, however long that takes.
        done = run_all(task, shares, executor=executor) if executor else map(task, shares)
        return [result for share in done for result in share]


def kept_or_shared(
    kept: Kept[Thing, Result], task: Callable[[Thing], Result], things: Sequence[Thing], hands: Hands
) -> list[Result]:
    """The result for each thing, in order: what is kept or, of others, what the task makes of it."""
    results = {place: kept.get(thing) for place, thing in enumerate(things)}
    left = [place for place, known in results.items() if known is None]
    new = [(kept.key(things[place]) if kept.cache else "", things[place]) for place in left]
    made = shared_out(partial(_made_and_kept, task, kept.cache), new, hands)
    whole = results | dict(zip(left, made, strict=True))
    return [result for result in whole.values() if result is not None]


def _made_and_kept(
    task: Callable[[Thing], Result], cache: Cache | None, things: Sequence[tuple[str, Thing]]
) -> list[Result]:
    """Results of some things; whoever makes one keeps it under its key, for that takes time as well."""
    results = []
    for key, thing in things:
        results.append(task(thing))
        if cache:
            cache.put(key, pack(results[-1]))
    return results
