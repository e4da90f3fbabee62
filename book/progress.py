"""What a stage says while it works: one Step after another, sent down as a plain callback."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


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


@dataclass
class Clock:
    """A Track that hands on every step, and knows how long each stage took."""

    track: Track = untold
    now: Callable[[], float] = time.perf_counter
    _stage: str = ""
    _since: float = 0.0
    _seconds: dict[str, float] = field(default_factory=dict)

    def __call__(self, step: Step) -> None:
        """A step of the stage that was at work, or of the next one."""
        if step.stage != self._stage:
            self._turn_to(step.stage)
        self.track(step)

    def stop(self) -> Mapping[str, float]:
        """Seconds of every stage in the order of their beginnings; a stage that came twice has both."""
        self._turn_to("")
        return self._seconds

    def _turn_to(self, stage: str) -> None:
        now = self.now()
        if self._stage:
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now
