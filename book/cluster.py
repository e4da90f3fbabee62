"""Jobs on a Dask cluster, whose workers share no disk with us and have no file of the guide.

A worker is sent a job and the hashes of the files that go with it. What it lacks it asks for, and keeps by
hash for as long as it lives, so that no file travels to it twice. Nothing is sent ahead: a worker that joins
late, or takes the place of one that died, asks in the same way.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache as once
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol, TypeVar, runtime_checkable
from uuid import uuid4

from book import __version__
from book.crew import LONGEST_JOB_S, JobLostError
from book.model import BookError, UsageError
from book.pango import pango_version
from book.shelf import put

Result = TypeVar("Result")

REACHED_IN_S = 5
"""A scheduler on the other side of the world answers in one second."""

WORKERS_IN_S = 10
"""How long we wait for a first worker: one begins in three seconds."""

BACK_IN_S = 60
"""How long we wait for another worker when the last is gone, or for a scheduler that does not answer."""

SETTERS = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools", "uharfbuzz")
"""The libraries that decide, with Pango and ourselves, where a line ends and what a page's bytes are."""

Versions = Mapping[str, str]


@runtime_checkable
class Portable(Protocol):
    """A task whose files can be brought to it: all that it reads, and the task where they lie elsewhere."""

    def files(self, job: Any, /) -> Mapping[str, Path]:
        """The files that a job needs, by their paths below another root."""

    def at(self, root: Path, /) -> Callable[[Any], Any]:
        """The task with those files below `root`."""


@dataclass(frozen=True)
class _Errand:
    """A job on its way: its files' hashes by path, which book it is of, and what must do it."""

    task: Callable[..., Any]
    args: tuple[Any, ...]
    files: Mapping[str, str]
    book: str
    versions: Versions


@dataclass(frozen=True)
class _Done:
    result: Any


@dataclass(frozen=True)
class _Lacking:
    """A worker has not all files: who it is, its life among those at its address, and the hashes it lacks."""

    worker: str
    life: str
    hashes: tuple[str, ...]


@dataclass(frozen=True)
class _Unlike:
    """A worker would set other pages."""

    worker: str
    versions: Versions


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The workers of the Dask scheduler at `address`, such as tcp://host:8786.

    BookError where Dask is not installed, the scheduler does not answer, it has no worker, or one of them
    would set other pages than we.
    """
    dask = _dask()
    with _in_silence():
        # A client that cannot begin cannot end either, and would take its time and print a traceback.
        _be_scheduler(address)
        with dask.Client(address, timeout=REACHED_IN_S, set_as_default=False) as client:
            hired = Cluster(client, address)
            try:
                yield hired
            except BaseException:
                hired.shutdown(wait=False, cancel_futures=True)
                raise
            hired.shutdown()


def _dask() -> Any:
    """Dask's module for clusters; it is imported only where one is asked for."""
    try:
        import distributed
    except ImportError as error:
        raise BookError(
            "--scheduler needs Dask, which is not installed.", "pip install 'filmguide[cluster]'"
        ) from error
    return distributed


def _be_scheduler(address: str) -> None:
    """Raises BookError unless a scheduler answers at the address."""

    async def who() -> str:
        async with _dask().rpc(address) as there:
            told = await asyncio.wait_for(there.identity(), REACHED_IN_S)
            return str(told["type"])

    try:
        found = asyncio.run(who())
    except ValueError as error:
        raise UsageError(
            f"{address} is no address of a Dask scheduler ({error}).", "Write it like tcp://host:8786"
        ) from error
    except (OSError, MemoryError):  # the second where something else answers, and its words are read as sizes
        found = ""
    if found != "Scheduler":
        raise BookError(
            f"No Dask scheduler answers at {address}.",
            "Is it running, and no firewall between? docs/cluster.md begins one in two commands.",
        )


@contextmanager
def _in_silence() -> Iterator[None]:
    """What is worth saying of a cluster, we say: Dask logs with tracebacks what it then mends by itself."""
    loggers = [logging.getLogger(f"distributed{room}") for room in ("", ".client", ".comm", ".core")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


class Cluster(Executor):
    """Runs jobs on a Dask cluster; `lanes` at a time, so that every worker has one and the next.

    Dask gives a job whose worker died to another one; after the fourth its future raises JobLostError.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._away = client.get_executor(pure=False)
        self._book = uuid4().hex
        self._files: dict[str, Path] = {}
        self._hashes: dict[Path, str] = {}
        self._sending = threading.Lock()
        self._sent: set[tuple[str, str]] = set()
        self._called_off = False
        self.lanes = 2 * len(self._like_us())
        self._threads = ThreadPoolExecutor(self.lanes, thread_name_prefix="cluster")

    def submit(self, task: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have the task done by a worker; one that is Portable has its files brought there."""
        return self._threads.submit(self._do, partial(task, **kwargs) if kwargs else task, args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster: when all is done, or at once with `cancel_futures`."""
        self._called_off = cancel_futures
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if not cancel_futures:
            self._client.run(_tidy, self._book, on_error="ignore")

    def _like_us(self) -> list[str]:
        """The workers that there are."""
        try:
            self._client.wait_for_workers(1, timeout=WORKERS_IN_S)
        except TimeoutError as error:
            raise self._deserted() from error
        told = self._client.run(_versions, on_error="return")
        for worker, versions in told.items():
            if isinstance(versions, BaseException):
                raise BookError(
                    f"The worker {worker} cannot do the work of filmguide {__version__} ({versions}).",
                    f"pip install 'filmguide[cluster]=={__version__}' there, and begin it again.",
                ) from versions
            if versions != _versions():
                raise _unlike(worker, versions)
        return list(told)

    def _deserted(self) -> BookError:
        return BookError(
            f"The Dask scheduler at {self._address} has no worker.",
            f"Begin one on each machine: dask worker {self._address} --nworkers -1 --nthreads 1",
        )

    def _do(self, task: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        files: Mapping[str, Path] = task.files(*args) if isinstance(task, Portable) else {}
        hashes = {name: self._hash(path) for name, path in files.items()}
        errand = _Errand(task, args, hashes, self._book, _versions())
        while True:
            answer = self._answer(errand)
            match answer:
                case _Done(result):
                    return result
                case _Lacking(worker, life, wanted):
                    self._send(worker, life, wanted)
                case _Unlike(worker, versions):
                    raise _unlike(worker, versions)

    def _answer(self, errand: _Errand) -> object:
        future = self._away.submit(_run_errand, errand)
        began = seen = time.monotonic()
        while not wait([future], timeout=1).done:
            now = time.monotonic()
            if self._called_off:
                raise JobLostError("the work was called off")
            if now - began > 2 * LONGEST_JOB_S:  # it may have waited for the one before it
                future.cancel()
                raise JobLostError(f"it was not done after {2 * LONGEST_JOB_S / 60:.3g} minutes")
            if self._client.status == "running" and self._client.nthreads():
                seen = now
            elif now - seen > BACK_IN_S:
                raise self._deserted()
        try:
            return future.result()
        except _dask().KilledWorker as error:
            raise JobLostError("every worker died that took it on; most often memory runs out") from error
        except CancelledError as error:
            raise BookError(
                f"The Dask scheduler at {self._address} is gone.", "What was laid out is kept; build again."
            ) from error

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            self._files[found] = path
            self._hashes[path] = found
        return self._hashes[path]

    def _send(self, worker: str, life: str, wanted: tuple[str, ...]) -> None:
        """Bring a worker what it lacks. One that has died meanwhile needs nothing."""
        with self._sending:
            for name in wanted:
                if (life, name) in self._sent or worker not in self._client.nthreads():
                    continue
                content = self._files[name].read_bytes()
                told = self._client.run(_keep, name, content, workers=[worker], on_error="return")
                if isinstance(told.get(worker), BookError):
                    raise told[worker]
                self._sent.add((life, name))


def _unlike(worker: str, versions: Versions) -> BookError:
    """The sentence for a worker that would set other pages."""
    ours = _versions()
    other = [
        f"{name} {versions.get(name, 'none')} instead of {ours.get(name, 'none')}"
        for name in {**ours, **versions}
        if versions.get(name) != ours.get(name)
    ]
    return BookError(
        f"The worker {worker} would set other pages: it has {', '.join(other[:3])}.",
        "Install the same releases there as here, and begin it again; docs/cluster.md says how.",
    )


@once
def _versions() -> Versions:
    """What decides how a page comes out, by name: equal here and there, or the book would be patched."""
    found = {"filmguide": __version__, "Pango": pango_version()}
    for name in SETTERS:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    code = hashlib.sha256()
    package = Path(__file__).parent
    for file in sorted(package.rglob("*.py")):
        code.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return found | {"filmguide's code": code.hexdigest()[:12]}


# --------------------------------------------------------------------------------- on a worker

_TURN = threading.Lock()
"""Painting exchanges functions of WeasyPrint while it lasts: one job at a time, however many threads."""


def _run_errand(errand: _Errand) -> _Done | _Lacking | _Unlike:
    """Do a job, or say what stands in the way of it."""
    worker = _dask().get_worker()
    if errand.versions != _versions():
        return _Unlike(worker.address, _versions())
    house = _house(worker)
    lacking = tuple({name: None for name in errand.files.values() if not (house / name).is_file()})
    if lacking:
        return _Lacking(worker.address, worker.id, lacking)
    if not isinstance(errand.task, Portable):
        return _Done(errand.task(*errand.args))
    root = house / errand.book
    with _TURN, _passing_files_in(house):
        for name, kept in errand.files.items():
            _lay(house / kept, root / name)
        return _Done(errand.task.at(root)(*errand.args))


def _keep(name: str, content: bytes, dask_worker: Any = None) -> None:
    """Keep a file by its hash for as long as this worker lives."""
    put(_house(dask_worker) / name, content, lasting=False)


def _tidy(book: str, dask_worker: Any = None) -> None:
    """Forget a finished book's own folder; its files stay, by hash."""
    shutil.rmtree(_house(dask_worker) / book, ignore_errors=True)


def _house(worker: Any) -> Path:
    """Our folder among a worker's own, which Dask takes away with the worker."""
    return Path(worker.local_directory, "filmguide")


def _lay(kept: Path, path: Path) -> None:
    """Give a kept file the name that a job knows it by."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(kept, path)
        except OSError:  # a disk without hard links
            shutil.copyfile(kept, path)


@contextmanager
def _passing_files_in(folder: Path) -> Iterator[None]:
    """WeasyPrint writes out every font; a worker that is killed would leave them behind."""
    folder.mkdir(parents=True, exist_ok=True)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
