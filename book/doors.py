"""What installed packages bring in through a group of entry points: importers, exporters.

A foundation. Our own come in by the same door as everybody else's.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from book.findings import finding
from book.model import NOWHERE, Finding

Guest = TypeVar("Guest")


def installed(
    group: str, shape: type[Guest], *, called: str, code: str
) -> tuple[tuple[Guest, ...], tuple[Finding, ...]]:
    """All of a group that have the shape, other people's first, and a finding for each that cannot be loaded.

    Each is a class that is called without arguments. `called` is what one of the group is called.
    """
    loaded: list[Guest] = []
    findings: list[Finding] = []
    for point in sorted(
        entry_points(group=group), key=lambda each: (each.value.startswith("book."), each.name)
    ):
        guest = _load(point, called, code)
        if isinstance(guest, Finding):
            findings.append(guest)
        elif isinstance(guest, shape):
            loaded.append(guest)
        else:
            message = f"The {called} {point.name} of {_package(point)} is not made for this filmguide."
            findings.append(finding(code, NOWHERE, message))
    return tuple(loaded), tuple(findings)


def _load(point: EntryPoint, called: str, code: str) -> object:
    try:
        return point.load()()
    except (ImportError, AttributeError, TypeError) as error:
        message = f"The {called} {point.name} of {_package(point)} cannot be loaded: {error}."
        return finding(code, NOWHERE, message)


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value
