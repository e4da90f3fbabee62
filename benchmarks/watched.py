"""Run a command like a user does, and look at the memory of its processes while it runs.

What looks is to stay small and seldom: it shares the processors with what it looks at.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

import psutil  # type: ignore[import-untyped, unused-ignore]
from figures import Run

SHARE_OF_TIME = 1 / 40
"""How much of the time may go into looking, which is dear where a process is large."""

OFTEN_S, SELDOM_S = 0.02, 0.3


@dataclass
class _Peaks:
    together: int = 0
    each: dict[int, int] = field(default_factory=dict)
    busy: dict[int, float] = field(default_factory=dict)


def run(command: Sequence[object], *, within: Path, env: Mapping[str, str] | None = None) -> Run:
    """The command's time and memory. SystemExit with what it said, where it does not end well."""
    words = list(map(str, command))
    # Files instead of pipes: nothing has to be read while the command runs.
    with TemporaryFile() as out, TemporaryFile() as errors:
        waited_for, began = _waited_for_s(), time.perf_counter()
        process = subprocess.Popen(words, cwd=within, env=env, stdout=out, stderr=errors)
        peaks, over = _Peaks(), threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks, over))
        watcher.start()
        try:
            code = process.wait()
            seconds = time.perf_counter() - began
        finally:
            over.set()
            watcher.join()
        out.seek(0), errors.seek(0)
        said, wrong = (file.read().decode(errors="replace") for file in (out, errors))
    if code:
        sys.exit(f"{' '.join(words)} ended with {code}:\n{said[-3000:]}\n{wrong[-3000:]}")
    others = [peak for pid, peak in peaks.each.items() if pid != process.pid]
    return Run(
        seconds=seconds,
        # The first counts those that were waited for, to the last; the second what nobody waited for as well.
        busy_s=max(_waited_for_s() - waited_for, sum(peaks.busy.values())),
        all_mb=peaks.together / 1e6,
        first_mb=peaks.each.get(process.pid, 0) / 1e6,
        other_mb=max(others, default=0) / 1e6,
        said=said,
    )


def _waited_for_s() -> float:
    """Processor time of all commands that have been run until now, and of those that they waited for."""
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)


def _watch(pid: int, peaks: _Peaks, over: threading.Event) -> None:
    pause = 0.0
    while not over.wait(pause):
        began = time.perf_counter()
        _look(pid, peaks)
        pause = min(max((time.perf_counter() - began) / SHARE_OF_TIME, OFTEN_S), SELDOM_S)


def _look(pid: int, peaks: _Peaks) -> None:
    try:
        first = psutil.Process(pid)
        family = [first, *first.children(recursive=True)]
    except psutil.Error:
        return
    together = 0
    for process in family:
        try:
            times = process.cpu_times()
            peaks.busy[process.pid] = times.user + times.system
            resident = int(process.memory_info().rss)
            peaks.each[process.pid] = max(peaks.each.get(process.pid, 0), resident)
            together += _share(process, resident)
        except psutil.Error:  # it ended while we looked
            continue
    peaks.together = max(peaks.together, together)


def _share(process: psutil.Process, resident: int) -> int:
    """The process's memory, each page divided by how many hold it; `resident` where nobody knows."""
    try:
        return int(getattr(process.memory_full_info(), "pss", 0)) or resident
    except psutil.AccessDenied:
        return resident
