"""Films -> foreign formats: one module per format, each an entry point of the group `book.exporters`.

A package of anyone's adds a format by naming a class of the shape `Exporter` in its metadata:

    [project.entry-points."book.exporters"]
    diary = "their_package.diary:Diary"

The class is called without arguments. Our own formats come in by the same door.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from book.doors import installed
from book.model import Film, Finding, GuideInfo

GROUP = "book.exporters"


@runtime_checkable
class Exporter(Protocol):
    """Writes one format.

    `name` is one word, used on the command line; `label` names the format to people. `texts` are those of
    `book.withheld.TEXTS` that it writes. `spoilers`: the format keeps what stands below the fence apart, so
    that reading it again puts it there again.
    """

    name: str
    label: str
    texts: frozenset[str]
    spoilers: bool

    def write(self, films: Sequence[Film], info: GuideInfo) -> tuple[bytes, tuple[Finding, ...]]:
        """The whole file, the films in their order, and a finding for each fact that it cannot carry.

        What may give a film away is not in the films, unless `spoilers` is True and somebody asked for it.
        Their similar links have titles, and years where they are known. The same films give the same bytes.
        """


def exporters() -> tuple[tuple[Exporter, ...], tuple[Finding, ...]]:
    """All that are installed, other people's first, and those that cannot be loaded."""
    return installed(GROUP, Exporter, called="exporter", code="F861")  # type: ignore[type-abstract]
