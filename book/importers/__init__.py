"""Foreign formats -> films: one module per format, each an entry point of the group `book.importers`.

A package of anyone's adds a format by naming a class of the shape `Importer` in its metadata:

    [project.entry-points."book.importers"]
    letterboxd = "their_package.letterboxd:Letterboxd"

The class is called without arguments. Our own formats come in by the same door.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, runtime_checkable

from book.doors import installed
from book.findings import finding
from book.importers.opening import LARGEST_BYTES, too_large
from book.importers.walk import Found, gather, passed_over, told_of
from book.model import Film, Finding, Place, UsageError

GROUP = "book.importers"
HEAD_BYTES = 65_536
"""How much of a file importers see when they are asked whether it is theirs."""


@runtime_checkable
class Importer(Protocol):
    """Reads one format.

    `name` is one word, used on the command line and kept in entries as their origin; `label` names the
    format to people.
    """

    name: str
    label: str

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the file is in this format; `head` is its first HEAD_BYTES bytes or fewer.

        Decide by the content wherever it is telling; a suffix such as .json belongs to many formats.
        """

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """The films of the file in order, and a finding for each thing amiss, with its line.

        One bad record never stops the rest, nor does it raise. A film's text is Markdown (see
        `book.importers.text`), its slug `book.slugs.slug_of`, its origin "NAME FILE" and unreviewed.
        What is not known to be safe goes below the fence.
        """


@runtime_checkable
class Joining(Importer, Protocol):
    """An importer whose files only make sense together, whichever folder they are in."""

    def read_together(self, paths: Sequence[Path]) -> Iterator[Film | Finding]:
        """As `read`, for all files of this format at once."""


def importers() -> tuple[tuple[Importer, ...], tuple[Finding, ...]]:
    """All that are installed, in the order in which they are asked, and those that cannot be loaded.

    Other people's come before ours: whoever installed one means it to be used.
    """
    return installed(GROUP, Importer, called="importer", code="F808")  # type: ignore[type-abstract]


def read_films(
    paths: Iterable[Path], known: Sequence[Importer] | None = None, *, wanted: str = ""
) -> Iterator[Film | Finding]:
    """The films of all the files, file by file, and whatever is to be said about them.

    Folders and archives are walked. Each file is read by the first importer that recognises it, or by the
    one whose name is `wanted`; files that belong together are read together. `known` is who is asked, by
    default all that are installed. Raises UsageError for a name nobody has.
    """
    if known is None:
        known, missing = importers()
        yield from missing
    if wanted and wanted not in [each.name for each in known]:
        names = ", ".join(each.name for each in known)
        raise UsageError(f"No importer is called {wanted}.", f"There are {names}." if names else "")
    asked = [each for each in known if wanted in ("", each.name)]
    with ExitStack() as stack:
        found, findings = gather(paths, stack)
        yield from findings
        together: dict[str, list[Found]] = {}
        passed: dict[str, list[Found]] = {}
        for each in found:
            chosen = choose(each.path, asked, sniff=not wanted or each.within != "")
            if isinstance(chosen, Finding) and each.within and chosen.code in {"F801", "F802", "F803"}:
                passed.setdefault(each.within, []).append(each)
            elif isinstance(chosen, Finding):
                yield told_of(chosen, [each])
            elif isinstance(chosen, Joining):
                together.setdefault(chosen.name, []).append(each)
            else:
                yield from _counted(chosen.read(each.path), [each])
        for importer in known:
            if isinstance(importer, Joining) and (group := together.get(importer.name)):
                yield from _counted(importer.read_together([each.path for each in group]), group)
        for within, files in passed.items():
            yield passed_over(within, files)


def _counted(read: Iterable[Film | Finding], files: Sequence[Found]) -> Iterator[Film | Finding]:
    """All that was read, under the names that people know; a file that holds nothing is a finding."""
    nothing = True
    for each in read:
        nothing = False
        yield told_of(each, files)
    if nothing:
        names = " and ".join(each.path.name for each in files)
        yield finding("F811", Place(files[0].shown), f"{names} holds no films.")


def choose(path: Path, known: Sequence[Importer], *, sniff: bool = True) -> Importer | Finding:
    """The importer for a file, or why there is none; without sniffing simply the first that is known."""
    place = Place(path.as_posix())
    if path.is_dir():
        return finding(
            "F801", place, f"{path.name} is a folder.", f"Name its files: filmguide import {path}/*"
        )
    try:
        if path.exists() and not path.is_file():
            return finding("F801", place, f"{path.name} is no file.")
        if path.exists() and path.stat().st_size > LARGEST_BYTES:
            return too_large(path, LARGEST_BYTES)
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        return finding("F801", place, f"{path.name} cannot be read: {error.strerror}.")
    if not head.strip():
        return finding("F801", place, f"{path.name} is empty.", "Save or download it again.")
    for importer in known:
        if not sniff or importer.recognises(path, head):
            return importer
    if b"\0" in head:
        return finding("F802", place, f"{path.name} is not text, and no importer knows what else it is.")
    formats = ", ".join(each.label for each in known) or "none, as filmguide is not installed completely"
    return finding(
        "F803", place, f"No importer recognises {path.name}.", f"These formats are known: {formats}."
    )
