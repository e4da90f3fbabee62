"""Many jobs of one kind, done side by side or one after the other, with results in the jobs' order."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from queue import SimpleQueue
from typing import Generic, TypeVar

from book import bounds
from book.cache import Kept
from book.crew import Crew, JobLostError
from book.findings import finding
from book.model import NOWHERE, BookError, Finding, Place
from book.progress import Step, Track, untold

Job = TypeVar("Job")
Result = TypeVar("Result")

MOST_WORKERS = 61
"""Windows cannot wait for more child processes than this at once."""

FEW = 4
"""So many jobs are done here before two workers would be ready: each has half a second of things to import
and read, and a film takes a tenth."""

_FULL = 1.25
"""So many jobs a lane, and one, are under way or wait for a lane."""

Strand = Generator[Job, Result, None]
"""Jobs of which each is known only when the result of the one before is: yields a job, is sent its result.

A strand whose job is lost is thrown JobLostError, and may go on with jobs that can do without that result.
"""


class JobsLostError(BookError):
    """Some jobs could not be done, though all others were; `findings` name them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(each.message for each in findings), findings[0].hint)
        self.findings = tuple(findings)


def weave(
    task: Callable[[Job], Result],
    strands: Sequence[Strand[Job, Result]],
    *,
    executor: Executor | None = None,
    kept: Kept[Job, Result] | None = None,
    track: Track = untold,
    stage: str = "",
    total: int = 0,
) -> None:
    """Do the jobs of many strands side by side, those of each strand one after the other.

    `total` is how many jobs they have together; 0 is unknown. What a task raises comes out of
    here, with a note that names the job. Where workers died of a job, or ran out of time, JobsLostError comes
    out when all else is done.

    Processes are begun only when there is something to do for them: FEW jobs or less that were not done
    before are done here, and so is a strand that is alone, whose jobs would wait for each other anywhere.
    """
    loom = _Loom(task, kept, track, stage, total)
    if executor is None:
        for strand, job in loom.begun(strands):
            loom.do_here(strand, job)
    else:
        ready = loom.begun(strands)
        if isinstance(executor, Crew) and not executor.started:
            ready = loom.few_here(ready)
        loom.side_by_side(executor, ready)
    if loom.lost:
        raise JobsLostError(loom.lost)
    loom.told()


@dataclass
class _Loom(Generic[Job, Result]):
    """The jobs of one weaving; `done` are those finished or known."""

    task: Callable[[Job], Result]
    kept: Kept[Job, Result] | None
    track: Track
    stage: str
    total: int
    done: int = 0
    lost: list[Finding] = field(default_factory=list)

    def begun(self, strands: Iterable[Strand[Job, Result]]) -> Iterator[tuple[Strand[Job, Result], Job]]:
        """Every strand that has something to do, with its first job that was not done before."""
        for strand in strands:
            job = self.next_unknown(strand, next(strand, None))
            if job is not None:
                yield strand, job

    def next_unknown(self, strand: Strand[Job, Result], job: Job | None) -> Job | None:
        """The job, or the strand's first after it that was not done before; None at the strand's end."""
        try:
            while job is not None and self.kept and (known := self.kept.get(job)) is not None:
                self.done += 1
                job = strand.send(known)
        except StopIteration:
            return None
        if job is not None:
            self.told(_name(job))
        return job

    def after(self, strand: Strand[Job, Result], job: Job, result: Result) -> Job | None:
        """The strand's job after one that is finished; None at its end."""
        self.done += 1
        if self.kept:
            self.kept.put(job, result)
        try:
            return self.next_unknown(strand, strand.send(result))
        except StopIteration:
            return None

    def after_loss(self, strand: Strand[Job, Result], loss: JobLostError) -> Job | None:
        """The job that a strand goes on with where it can do without a result; else None."""
        try:
            return self.next_unknown(strand, strand.throw(loss))
        except (JobLostError, StopIteration):
            return None

    def do_here(self, strand: Strand[Job, Result], job: Job | None, most: float = math.inf) -> Job | None:
        """Do so many jobs of a strand in this process; the one after them, or None at its end."""
        while job is not None and most > 0:
            try:
                with _naming(_name(job)), _bounded():
                    result = self.task(job)
            except JobLostError as loss:
                job = self.lose(strand, job, loss)
            else:
                job = self.after(strand, job, result)
            most -= 1
        return job

    def lose(self, strand: Strand[Job, Result], job: Job, loss: JobLostError) -> Job | None:
        """Note that a job could not be done; the one that its strand goes on with."""
        self.lost.append(_given_up(job, loss))
        return self.after_loss(strand, loss)

    def few_here(
        self, ready: Iterator[tuple[Strand[Job, Result], Job]]
    ) -> Iterator[tuple[Strand[Job, Result], Job]]:
        """Do what is not worth beginning workers for, and hand on the rest."""
        waiting = deque(islice(ready, FEW + 1))
        left = 0 if self.total > FEW and not self.done else FEW  # a book of which nothing is known has many
        while len(waiting) == 1 or 0 < len(waiting) <= left:
            strand, job = waiting.popleft()
            onward = self.do_here(strand, job, 1)
            left -= 1
            if onward is not None:
                waiting.append((strand, onward))
        return chain(waiting, ready)

    def side_by_side(self, executor: Executor, ready: Iterable[tuple[Strand[Job, Result], Job]]) -> None:
        """One job of every strand at a time is with the executor, and hardly more jobs than it has lanes.

        So no lane waits for this process, and strands that were begun get on: the longest should be first.
        """
        most = getattr(executor, "lanes", math.inf) * _FULL + 1
        at_work: dict[Future[Result], tuple[Strand[Job, Result], Job]] = {}
        # Waiting for thousands of futures together would go through all of them for each that is done.
        finished: SimpleQueue[Future[Result]] = SimpleQueue()

        def submit(strand: Strand[Job, Result], job: Job | None) -> None:
            if job is not None:
                future = executor.submit(self.task, job)
                at_work[future] = strand, job
                future.add_done_callback(finished.put)

        def fill() -> None:
            while len(at_work) + 1 <= most and (begun := next(waiting, None)):
                submit(*begun)

        waiting = iter(ready)
        try:
            fill()
            while at_work:
                future = finished.get()
                strand, job = at_work.pop(future)
                try:
                    with _naming(_name(job)), _losing():
                        result = future.result()
                except JobLostError as loss:
                    submit(strand, self.lose(strand, job, loss))
                else:
                    submit(strand, self.after(strand, job, result))
                fill()
        finally:
            for future in at_work:
                future.cancel()

    def told(self, subject: str = "") -> None:
        """Tell those who watch."""
        self.track(Step(self.stage, subject, self.done, self.total))


def _given_up(job: object, loss: JobLostError) -> Finding:
    return finding(
        "F704",
        _place(job),
        f"{_name(job)} could not be laid out: {loss}",
        "look for something enormous in it; then build with --jobs 1, and close what else is open",
    )


def run_all(
    task: Callable[[Job], Result],
    jobs: Sequence[Job],
    *,
    executor: Executor | None = None,
    kept: Kept[Job, Result] | None = None,
    track: Track = untold,
    stage: str = "",
) -> list[Result]:
    """Do jobs that do not wait for each other; the results in the order of the jobs."""
    results: dict[int, Result] = {}

    def one(index: int) -> Strand[Job, Result]:
        results[index] = yield jobs[index]

    strands = [one(index) for index in range(len(jobs))]
    weave(task, strands, executor=executor, kept=kept, track=track, stage=stage, total=len(jobs))
    return [results[index] for index in range(len(jobs))]


@contextmanager
def pool(jobs: int = 0, *, preload: Sequence[str] = ()) -> Iterator[Crew | None]:
    """Workers for `run_all`: as many processes as asked for, or one a processor where `jobs` is 0.

    One worker is None: the work is then done in this process, which is quicker than sending it away.
    `preload` are modules that workers find imported. Leaving in good order waits for the work; leaving by an
    exception, Ctrl-C among them, calls it off. No process is left either way.
    """
    lanes = min(jobs or processors(), MOST_WORKERS)
    if lanes < 2:
        yield None
        return
    crew = Crew(lanes, preload=preload)
    try:
        yield crew
    except BaseException:
        crew.shutdown(cancel_futures=True)
        raise
    crew.shutdown()


@dataclass(frozen=True, slots=True)
class Hands:
    """How many processes a command may use, 0 for one a processor, and what each of them finds imported."""

    jobs: int = 1
    preload: tuple[str, ...] = ()

    def pool(self) -> AbstractContextManager[Crew | None]:
        """So many workers; None where one does all."""
        return pool(self.jobs, preload=self.preload)


ALONE = Hands()
"""This process, and no other."""


def processors() -> int:
    """How many processors this program may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _bounded() -> Iterator[None]:
    """Raises JobLostError for a job that is not done in time, or that there is not memory enough for."""
    seconds = bounds.longest_s()
    try:
        with bounds.in_time(seconds), bounds.in_memory(bounds.most_bytes()), _losing():
            yield
    except bounds.OutOfTimeError:
        raise JobLostError(f"it was not done after {seconds / 60:.3g} minutes") from None
    except MemoryError:
        raise JobLostError("memory runs out") from None


@contextmanager
def _losing() -> Iterator[None]:
    """Raises JobLostError for a job that goes so deep that Python gives it up."""
    try:
        yield
    except RecursionError:
        raise JobLostError("something in it is nested too deeply") from None


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


def _place(job: object) -> Place:
    """Where a job comes from: its own place, or that of its first part where a job is a tuple."""
    if isinstance(job, tuple) and job:
        return _place(job[0])
    place = getattr(job, "place", None)
    return place if isinstance(place, Place) else NOWHERE
