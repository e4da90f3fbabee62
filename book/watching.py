"""Waits for changes in a guide's folder."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import anyio
    from watchfiles import Change, DefaultFilter

OUTPUT = "build"


def changes(root: Path) -> Iterator[frozenset[Path]]:
    """The files that changed, time after time; what we build ourselves and hidden files do not count.

    Ends with Ctrl-C.
    """
    from watchfiles import watch

    root = root.resolve()
    for changed in watch(root, watch_filter=_besides(root), raise_interrupt=False):
        if files := _seen(changed, root):
            yield files


async def changes_until(stop: anyio.Event, root: Path) -> AsyncIterator[frozenset[Path]]:
    """The same for whoever has other things to do meanwhile; ends when `stop` is set."""
    from watchfiles import awatch

    root = root.resolve()
    async for changed in awatch(root, watch_filter=_besides(root), stop_event=stop):
        if files := _seen(changed, root):
            yield files


def _besides(root: Path) -> DefaultFilter:
    from watchfiles import DefaultFilter

    return DefaultFilter(ignore_paths=[root / OUTPUT])


def _seen(changed: Iterable[tuple[Change, str]], root: Path) -> frozenset[Path]:
    """The files of a change; none where all of them are hidden."""
    files = frozenset(Path(path) for _, path in changed)
    return files if any(not _is_hidden(file, root) for file in files) else frozenset()


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)
