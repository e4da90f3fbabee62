"""Waits for changes in a guide's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

OUTPUT = "build"


def changes(root: Path) -> Iterator[frozenset[Path]]:
    """The files that changed, time after time; what we build ourselves and hidden files do not count.

    Ends with Ctrl-C.
    """
    from watchfiles import DefaultFilter, watch

    root = root.resolve()
    besides = DefaultFilter(ignore_paths=[root / OUTPUT])
    for changed in watch(root, watch_filter=besides, raise_interrupt=False):
        files = frozenset(Path(path) for _, path in changed)
        if any(not _is_hidden(file, root) for file in files):
            yield files


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)
