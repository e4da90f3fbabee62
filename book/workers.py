"""Many jobs of one kind, done side by side or one after the other, with results in the jobs' order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar, cast

from book.cache import Cache
from book.model import BookError
from book.progress import Step, Track, untold

Job = TypeVar("Job")
Result = TypeVar("Result")

# Windows cannot wait for more child processes than this at once.
MOST_WORKERS = 61


def run_all(
    task: Callable[[Job], Result],
    jobs: Sequence[Job],
    *,
    executor: Executor | None = None,
    cache: Cache | None = None,
    key: Callable[[Job], str] | None = None,
    pack: Callable[[Result], bytes] | None = None,
    unpack: Callable[[bytes], Result] | None = None,
    track: Track = untold,
    stage: str = "",
    name: Callable[[Job], str] | None = None,
) -> list[Result]:
    """Do every job and return the results in the order of the jobs.

    Without an executor the work is done here, one job after the other. With `cache` and `key`, a job
    whose result was kept is not done again; `pack` and `unpack` turn results into bytes and back, and
    may be left out where results are bytes. `name` says what a job is called; a job's own `name` is the
    default. What a task raises comes out of here, with a note that names the job; the rest is called off.
    """
    called = name or _name
    results: dict[int, Result] = {}
    keys: dict[int, str] = {}
    if cache is not None and key is not None:
        for index, job in enumerate(jobs):
            keys[index] = key(job)
            kept = cache.get(keys[index])
            if kept is not None:
                results[index] = unpack(kept) if unpack else cast(Result, kept)
    unfinished = dict.fromkeys(index for index in range(len(jobs)) if index not in results)

    def tell() -> None:
        # Jobs are begun in order, so that the first unfinished one is always at work.
        at_work = next((called(jobs[index]) for index in unfinished), "")
        track(Step(stage, at_work, len(results), len(jobs)))

    tell()
    for index, result in _each(task, jobs, tuple(unfinished), executor, called):
        results[index] = result
        del unfinished[index]
        if cache is not None and index in keys:
            cache.put(keys[index], pack(result) if pack else cast(bytes, result))
        tell()
    return [results[index] for index in range(len(jobs))]


@contextmanager
def pool(jobs: int = 0) -> Iterator[Executor | None]:
    """Workers for `run_all`: as many processes as asked for, or one a processor where `jobs` is 0.

    One worker is None: the work is then done in this process, which is quicker than sending it away.
    Leaving in good order waits for the work; leaving by an exception, Ctrl-C among them, calls it off.
    """
    count = min(jobs or processors(), MOST_WORKERS)
    if count < 2:
        yield None
        return
    others = set(multiprocessing.active_children())
    # Never a plain fork: Pango and fontconfig keep state and locks that a forked copy would share.
    way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    workers = ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context(way), initializer=_settle_in_worker
    )
    try:
        yield workers
        workers.shutdown()
    except BaseException:
        workers.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise


def processors() -> int:
    """How many processors this program may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _each(
    task: Callable[[Job], Result],
    jobs: Sequence[Job],
    wanted: Sequence[int],
    executor: Executor | None,
    called: Callable[[Job], str],
) -> Iterator[tuple[int, Result]]:
    """Index and result of each wanted job as it is finished."""
    if executor is None:
        for index in wanted:
            with _naming(called(jobs[index])):
                result = task(jobs[index])
            yield index, result
        return
    futures: dict[Future[Result], int] = {}
    try:
        for index in wanted:
            futures[executor.submit(task, jobs[index])] = index
        for future in as_completed(futures):
            with _naming(called(jobs[futures[future]])):
                result = future.result()
            yield futures.pop(future), result
    except BrokenProcessPool as error:
        suspect = called(jobs[min(futures.values(), default=wanted[0])])
        raise BookError(
            f"A worker died at {suspect} or a neighbour of it; most often the machine has run out of memory.",
            "Build with fewer workers, e.g. --jobs 1, and close what else is open.",
        ) from error
    finally:
        for future in futures:
            future.cancel()


@contextmanager
def _naming(job: str) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        error.add_note(f"at work on {job}")
        raise


def _name(job: object) -> str:
    """A job's own name; that of its first part where a job is a tuple."""
    if isinstance(job, tuple) and job:
        return _name(job[0])
    name = getattr(job, "name", None)
    return name if isinstance(name, str) else str(job)[:60]


def _settle_in_worker() -> None:
    """Run once in every new worker."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # as in the command itself
    # Laying out pages makes many small objects that live long; looking for dead ones rarely gains 7%.
    gc.set_threshold(50_000, 20, 100)
    # Ctrl-C reaches the workers as well. They leave it to the command, which says its sentence and ends
    # them; if they died of it themselves, it would look like a fault.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
