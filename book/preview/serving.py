"""The preview's server: on this machine only, with an ear on the guide's folder."""

from __future__ import annotations

import asyncio
import errno
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import anyio
import uvicorn
from starlette.applications import Starlette

from book.crew import Crew, JobLostError
from book.formats import IMPORTED_IN_WORKERS
from book.model import BookError, Setting, Shard, UsageError
from book.pdf.paint import paint_job
from book.pdf.sheet import Sheet
from book.pdf.studio import Studio
from book.preview.bench import Bench, Change
from book.preview.events import Events
from book.preview.routes import application
from book.progress import Track, untold
from book.watching import changes_until

Result = TypeVar("Result")

HOST = "127.0.0.1"
PORT = 8420
"""Where a preview is found unless it is told otherwise, so that a page left open finds it again tomorrow."""

LONGEST_PAINTING_S = 120.0
FIRST_THE_PAGE_S = 0.6  # of the one processor that Python gives us, before the rules are asked again
QUIET_S = 1.5  # without a save, before similar films are sought again: it takes seconds in a large guide


@dataclass(frozen=True)
class Preview:
    """A server that is ready; `address` is where it listens already."""

    address: str
    _socket: socket.socket
    _server: uvicorn.Server
    _painters: Crew
    _others: Crew

    def serve(self) -> None:
        """Answer until somebody presses Ctrl-C. Raises KeyboardInterrupt then."""
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self.close()

    def close(self) -> None:
        """Give up the address, and let the workers go."""
        self._socket.close()
        for crew in (self._painters, self._others):
            crew.shutdown(wait=False, cancel_futures=True)


def preview(
    root: Path,
    *,
    port: int | None = None,
    theme: str = "",
    opened: bool = False,
    track: Track = untold,
) -> Preview:
    """A preview of the guide in a folder, ready to be served; with `opened` a browser is shown it then.

    Without a `port` it is PORT, or any that is free. BookError where there is no guide.
    """
    listening = _listening(port)
    number = int(listening.getsockname()[1])
    address = f"http://{HOST}:{number}/"
    # Apart, so that a save never finds the painter, who is warm, at work on something else.
    painters = Crew(1, preload=IMPORTED_IN_WORKERS, longest_s=LONGEST_PAINTING_S)
    others = Crew(1, preload=IMPORTED_IN_WORKERS)
    try:
        bench = Bench(root, theme=theme, paint=partial(painted_by, painters), track=track)
    except BaseException:
        listening.close()
        painters.shutdown(wait=False, cancel_futures=True)
        raise
    events = Events()
    on_start = partial(webbrowser.open, address) if opened else None
    app = application(bench, events, port=number, lifespan=_listening_to(bench, events, others, on_start))
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            ws="none",
        )
    )
    server.events = events
    return Preview(address, listening, server, painters, others)


class _Server(uvicorn.Server):
    """Tells open pages that it ends before it waits for them."""

    events: Events

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self.events.close()
        await super().shutdown(sockets)


def painted_by(executor: Executor, studio: Studio, job: tuple[Shard, Setting]) -> Sheet:
    """A sheet painted by a worker. BookError where the worker is lost over it."""
    try:
        return executor.submit(paint_job, studio, job).result()
    except JobLostError as loss:
        raise BookError(
            f"{job[0].name} could not be laid out: {loss}.", "Is there anything enormous in it?"
        ) from loss


def _listening(port: int | None) -> socket.socket:
    """A socket on this machine's own address; UsageError where the port is taken."""
    try:
        return socket.create_server((HOST, PORT if port is None else port))
    except OSError as error:
        if port is None and error.errno == errno.EADDRINUSE:
            return socket.create_server((HOST, 0))
        raise UsageError(
            f"Nothing can listen at {HOST}:{port}: {error.strerror or error}.",
            "Leave --port out, or choose another one from 1024 to 65535.",
        ) from error


def _listening_to(
    bench: Bench, events: Events, others: Crew, on_start: Callable[[], object] | None
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """What runs while the server does: the ear on the folder."""

    @asynccontextmanager
    async def while_serving(_: Starlette) -> AsyncIterator[None]:
        stop = anyio.Event()
        ear = asyncio.create_task(listen(bench, events, others, stop))
        warming = asyncio.create_task(
            _attempt(events, lambda: bench.easel.warm_up(bench.table.guide, bench.table.places))
        )
        if on_start is not None:
            await asyncio.to_thread(on_start)
        try:
            yield
        finally:
            stop.set()
            for task in (ear, warming):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    return while_serving


async def listen(bench: Bench, events: Events, executor: Executor, stop: anyio.Event) -> None:
    """Take in what is saved and tell open pages of it: first the film's pages, then what else follows."""
    afterwards: asyncio.Task[None] | None = None
    async for files in changes_until(stop, bench.root):
        if afterwards is not None:
            afterwards.cancel()
        change = await _attempt(events, partial(bench.take_in, files))
        if change is None:
            continue
        _tell(events, bench, change)
        afterwards = asyncio.create_task(_follow_up(bench, events, executor))


async def _follow_up(bench: Bench, events: Events, executor: Executor) -> None:
    """What may wait until a film is on the screen: findings, and similar films when it is quiet."""
    await asyncio.sleep(FIRST_THE_PAGE_S)
    found = await _attempt(events, bench.check)
    if found:
        _tell(events, bench, Change(found), what="findings")
    await asyncio.sleep(QUIET_S)
    moved = await _attempt(events, partial(bench.relate, executor))
    if moved:
        _tell(events, bench, Change(moved))


def _tell(events: Events, bench: Bench, change: Change, *, what: str = "pages") -> None:
    if change.everything:
        events.tell("anew", {"revision": bench.table.revision})
    else:
        events.tell(what, {"revision": bench.table.revision, "films": sorted(change.films)})


async def _attempt(events: Events, work: Callable[[], Result]) -> Result | None:
    """The work's result; None where it failed, which open pages are told."""
    try:
        return await asyncio.to_thread(work)
    except BookError as error:
        events.tell("trouble", {"message": f"{error.message} {error.hint}".strip()})
    except Exception as error:  # noqa: BLE001  # a fault of ours must not end the preview, nor be lost
        why = f"This is a fault in filmguide, not in your guide ({type(error).__name__}: {error})."
        events.tell("trouble", {"message": why})
    return None
