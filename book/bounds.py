"""So much time and memory for a piece of work, and no more: what a stranger wrote may have no end."""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LONGEST_S = 600.0
"""A film takes a tenth of a second, the longest index some minutes; what takes longer will not end."""

MOST_BYTES = 6_000_000_000
"""Memory for one piece of work: the index of the largest book that we know of takes a third of it."""

_AGAIN_S = 1.0


class OutOfTimeError(BaseException):
    """A piece of work was taken off; no `except Exception` of a library in between may keep it."""


def longest_s() -> float:
    """Seconds that a shard may take; whoever builds strangers' guides may want fewer."""
    return _asked("FILMGUIDE_SHARD_SECONDS", LONGEST_S)


def most_bytes() -> int:
    """Bytes that a shard may need."""
    return int(_asked("FILMGUIDE_SHARD_MB", MOST_BYTES / 1e6) * 1e6)


def _asked(name: str, usual: float) -> float:
    with suppress(ValueError):
        asked = float(os.environ.get(name, ""))
        if 0 < asked < 1e9:
            return asked
    return usual


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Raises OutOfTimeError within, in this thread, when the time is over.

    Between two steps of Python's own, that is: one call into a library in C is waited for.
    """
    thread = threading.get_ident()
    over, lock, open_, thrown = threading.Event(), threading.RLock(), [True], [False]

    def watch() -> None:
        wait = seconds
        # Once more and once more, for a callback from C may swallow it.
        while not over.wait(wait):
            with lock:
                if open_[0]:
                    thrown[0] = True
                    _throw(thread, OutOfTimeError)
            wait = _AGAIN_S

    watcher = threading.Thread(target=watch, daemon=True, name="deadline")
    watcher.start()
    try:
        yield
    finally:
        while open_[0]:
            with suppress(OutOfTimeError):  # which may arrive here as anywhere
                over.set()
                with lock:
                    open_[0] = False
                    if thrown[0]:  # never for nothing: cProfile comes to a stand at it (CPython 3.11)
                        _throw(thread, None)  # takes back what was thrown and has not arrived


def _throw(thread: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error) if error else None
    )


@contextmanager
def in_memory(more: int) -> Iterator[None]:
    """Raises MemoryError within, where the system can: for more than so many bytes above what is in use."""
    try:
        import resource

        in_use = int(_status("VmData")) * 1024
        before, most = resource.getrlimit(resource.RLIMIT_DATA)
    except (ImportError, AttributeError, OSError, ValueError):  # Windows, macOS
        yield
        return
    limit = in_use + more
    if 0 <= before < limit or 0 <= most < limit:
        yield
        return
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def _status(name: str) -> str:
    """A figure of this process in kB, as Linux tells it."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123
        rows = dict(row.split(":", 1) for row in status if ":" in row)
    return rows[name].split()[0] if name in rows else ""
