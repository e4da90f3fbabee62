"""What the benchmarks measure, as values: a command that was run, a row of a table, a guide of one size."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class Run:
    """What a command came to: wall time from before its interpreter starts, and peaks of memory in MB.

    `busy_s` is what its processes together asked of the processors; on a machine that does other things as
    well it swings less than wall time. Of workers, what they do after the last look at them is missing.
    `all_mb` is the most that all its processes held at one time, shared pages counted once where the system
    tells (Linux), and otherwise once for each process. `first_mb` is the peak of the process that was
    started, `other_mb` that of the largest of those that it started; both count shared pages.
    """

    seconds: float
    busy_s: float
    all_mb: float
    first_mb: float
    other_mb: float
    said: str = ""

    @property
    def largest_mb(self) -> float:
        """The peak of the largest single process."""
        return max(self.first_mb, self.other_mb)


class Row(Enum):
    """What is measured, in the order of the table."""

    PDF_COLD = "PDF, cold"
    PDF_SAME = "PDF, nothing changed"
    PDF_PLOT = "PDF, a few words of a plot"
    PDF_SYNOPSIS = "PDF, a few words of a synopsis"
    PDF_LONGER = "PDF, two pages more in the middle"
    WHOLE_TAGGED = "PDF, WeasyPrint in one document, tagged"
    WHOLE = "PDF, WeasyPrint in one document, untagged"
    TYPST = "PDF, Typst"
    DASK_ONE = "PDF, cold, one Dask worker"
    DASK_TWO = "PDF, cold, two Dask workers"
    EPUB_COLD = "EPUB, cold"
    EPUB_SAME = "EPUB, nothing changed"
    EPUB_PLOT = "EPUB, a few words of a plot"
    EPUB_SYNOPSIS = "EPUB, a few words of a synopsis"
    EPUB_LONGER = "EPUB, two pages more in the middle"
    PANDOC = "EPUB, pandoc"

    @property
    def words(self) -> str:
        """The row's name."""
        return self.value

    @classmethod
    def of(cls, format_: str, name: str) -> Row:
        """A row of ours: cold, same, plot, synopsis or longer in a format."""
        return cls[f"{format_}_{name}".upper()]


@dataclass(frozen=True)
class Size:
    """All that was measured of a guide of so many films; `absent` says why a row has no figures.

    `phases` are the seconds of each stage of our own builds, one mapping a run.
    """

    films: int
    runs: Mapping[Row, Sequence[Run]]
    pages: Mapping[Row, int]
    absent: Mapping[Row, str]
    phases: Mapping[Row, Sequence[Mapping[str, float]]] = field(default_factory=dict)

    def seconds(self, row: Row) -> float | None:
        """The median; None where the row was not measured."""
        runs = self.runs.get(row)
        return statistics.median(one.seconds for one in runs) if runs else None

    def all_mb(self, row: Row) -> float | None:
        """The most memory that all processes together held in any run."""
        runs = self.runs.get(row)
        return max(one.all_mb for one in runs) if runs else None


@dataclass(frozen=True)
class Whole:
    """A guide built whole from nothing: its films, the pages of its PDF, and a run for each format."""

    films: int
    pages: int
    pdf: Run
    epub: Run


@dataclass(frozen=True)
class Scale:
    """Guides of several sizes, the smallest first."""

    guides: tuple[Whole, ...]
