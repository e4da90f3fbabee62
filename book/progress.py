"""What a stage says while it works: one Step after another, sent down as a plain callback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """How far a stage has come.

    `stage` is its verb (read, paint, bind); `subject` what is at work now, such as a film's title, or
    empty; `done` of `total` subjects are finished, and a total of 0 is unknown.
    """

    stage: str
    subject: str = ""
    done: int = 0
    total: int = 0


Track = Callable[[Step], None]
"""Called in the process that the command runs in, never in a worker."""


def untold(step: Step) -> None:
    """A Track for when nobody watches."""
