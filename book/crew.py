"""Worker processes, each with a line of its own to this one: the executor behind --jobs.

In the pools of the standard library and of Pebble all workers share one queue, and a worker that is killed
while it reads or writes there takes the others with it. Here nothing is shared: a thread waits for each
worker, and sees at once, and at which job, that its worker is gone.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from book import bounds

Result = TypeVar("Result")

LONGEST_JOB_S = bounds.LONGEST_S

JOBS_A_WORKER = 200
"""Then a new one takes its place: what libraries hold on to is given back, for 2% of the time."""

_MEMORY = 71  # the exit code of a worker that asked for memory and was given none


class JobLostError(Exception):
    """A job that a worker died of, or was taken off; the message says how, as part of a sentence."""


class Crew(Executor):
    """Runs jobs in up to `lanes` processes, which begin when there is something to do.

    `preload` are modules that a worker should find imported. A job whose worker dies is given to a fresh
    one; if that dies too, or if the job takes more than `longest_s` seconds, its future raises JobLostError.
    0 is what a shard may take.
    """

    def __init__(
        self,
        lanes: int,
        *,
        preload: Sequence[str] = (),
        longest_s: float = 0,
        jobs_a_worker: int = JOBS_A_WORKER,
    ) -> None:
        self.lanes = lanes
        self._preload, self._jobs_a_worker = list(preload), jobs_a_worker
        self._longest_s = longest_s or bounds.longest_s()
        self._threads = ThreadPoolExecutor(lanes, thread_name_prefix="crew")
        self._lock = threading.Lock()
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._folder = ""  # of the workers' passing files
        self._called_off = False

    @property
    def started(self) -> bool:
        """Whether there is a worker yet."""
        return bool(self._folder)

    def submit(self, task: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have the task done in a worker. It must pickle, and so must what it takes and gives."""
        return self._threads.submit(self._do, task, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers go: when all is done, or at once with `cancel_futures`."""
        if cancel_futures:
            self._dismiss()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        self._dismiss()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _dismiss(self) -> None:
        with self._lock:
            self._called_off = True
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def _do(self, task: Callable[..., Result], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Result:
        message = pickle.dumps((task, args, kwargs), 5)
        try:
            answer = self._ask(self._idle_worker(), message)
        except _WorkerDiedError:
            try:
                answer = self._ask(self._new_worker(), message)
            except _WorkerDiedError as death:
                raise JobLostError(f"two workers died at it, one after the other ({death})") from None
        result, error, told = pickle.loads(answer)
        if error is not None:
            error.__cause__ = _ThereError(told)
            raise error
        return result  # type: ignore[no-any-return]

    def _ask(self, worker: _Worker, message: bytes) -> bytes:
        """The worker's answer; a worker that gives none is let go."""
        try:
            answer = worker.ask(message, self._longest_s)
        except BaseException:
            self._let_go(worker)
            raise
        if worker.jobs < self._jobs_a_worker:
            with self._lock:
                self._idle.append(worker)
        else:
            self._let_go(worker)
        return answer

    def _idle_worker(self) -> _Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._new_worker()

    def _new_worker(self) -> _Worker:
        with self._lock:
            if self._called_off:
                raise JobLostError("the work was called off")
            self._folder = self._folder or tempfile.mkdtemp(prefix="filmguide-")
            worker = _Worker(self._preload, self._folder)
            self._workers.add(worker)
            return worker

    def _let_go(self, worker: _Worker) -> None:
        with self._lock:
            self._workers.discard(worker)
            worker.end()


class _WorkerDiedError(Exception):
    """A worker's end before its answer; the message says of what."""


class _ThereError(Exception):
    """A traceback of another process, as text: what an error of a task says it was caused by."""

    def __str__(self) -> str:
        return "\n" + str(self.args[0])


class _Worker:
    """One process, and the line to it; `jobs` are those that it was given."""

    def __init__(self, preload: list[str], folder: str) -> None:
        self.jobs = 0
        # Never a plain fork: Pango and fontconfig keep state and locks that a forked copy would share.
        way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(way)
        if way == "forkserver":
            context.set_forkserver_preload(preload)
        self._line, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, folder), name="filmguide worker", daemon=True
        )
        with theirs, _sheltered():
            self._process.start()

    def ask(self, message: bytes, longest_s: float) -> bytes:
        """The answer to a message. Raises _WorkerDiedError, and JobLostError where there is none in time."""
        self.jobs += 1
        try:
            self._line.send_bytes(message)
            if self._line.poll(longest_s):
                return self._line.recv_bytes()
        except (EOFError, OSError):
            self._process.join(5)
            raise _WorkerDiedError(_ended(self._process.exitcode)) from None
        raise JobLostError(f"it was not done after {longest_s / 60:.3g} minutes")

    def end(self) -> None:
        """Stop the process, whatever it does: everything of worth has been sent."""
        self._process.kill()
        self._process.join()
        self._line.close()


def _ended(code: int | None) -> str:
    """What an exit code tells of a death, as a part of a sentence."""
    if code == _MEMORY or code == -getattr(signal, "SIGKILL", 9):
        return "most often memory runs out"
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


@contextmanager
def _sheltered() -> Iterator[None]:
    """Stands around the start of a process of Python's own making.

    Such a process would import from the folder that the command was typed in, which may be a stranger's
    guide. And Ctrl-C would meet it before it knows what to do about it.
    """
    before = os.environ.get("PYTHONSAFEPATH")
    mask = None
    if hasattr(signal, "pthread_sigmask"):
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


# ------------------------------------------------------------------------------------- in a worker


def _work(line: Connection, folder: str) -> None:
    """Answer one message after another until the line is closed."""
    _settle(folder)
    with suppress(EOFError, OSError):
        while True:
            line.send_bytes(_answer(line.recv_bytes()))


def _answer(message: bytes) -> bytes:
    try:
        task, args, kwargs = pickle.loads(message)
        with bounds.in_memory(bounds.most_bytes()):
            result = task(*args, **kwargs)
        return pickle.dumps((result, None, ""), 5)
    except MemoryError:
        os._exit(_MEMORY)  # a fresh worker has more of it
    except BaseException as error:  # noqa: BLE001  # raised again in the process that asked
        told = traceback.format_exc()
        try:
            answer = pickle.dumps((None, error, told), 5)
            pickle.loads(answer)
        except Exception:  # noqa: BLE001  # whatever an error of a library has in it that does not pickle
            return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}"), told), 5)
        return answer


def _settle(folder: str) -> None:
    """Run once in every new worker; what it writes to disk goes into `folder`."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # as in the command itself
    # WeasyPrint writes every font there, and a process that is ended has no time to tidy up.
    tempfile.tempdir = folder
    # Laying out pages makes many small objects that live long; looking for dead ones rarely gains 7%.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    # Ctrl-C reaches the workers as well. They leave it to the command, which says its sentence and ends
    # them; if they died of it themselves, it would look like a fault.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, args=(folder,), daemon=True).start()


def _leave_with_parent(folder: str) -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
