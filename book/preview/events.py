"""What open pages are told while they are open, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping

MOST_WAITING = 100  # events for a page that does not listen; then it is asked to load everything anew
QUIET_S = 15.0  # after so long a remark is sent, so that a page which is gone is noticed


class Events:
    """A round of listeners. Used in the server's own loop only."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def tell(self, event: str, facts: Mapping[str, object]) -> None:
        """Tell every page."""
        said = f"event: {event}\ndata: {json.dumps(facts, ensure_ascii=False)}\n\n"
        for listener in tuple(self._listeners):
            if listener.full():
                while not listener.empty():
                    listener.get_nowait()
                listener.put_nowait("event: anew\ndata: {}\n\n")
            listener.put_nowait(said)

    def close(self) -> None:
        """Say goodbye to every page: the server ends."""
        self._closed = True
        for listener in self._listeners:
            if listener.full():
                listener.get_nowait()
            listener.put_nowait(None)

    async def listen(self, greeting: Mapping[str, object]) -> AsyncIterator[str]:
        """What one page is told from now on, begun with a greeting; ends when the server does."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING + 1)
        self._listeners.add(queue)
        try:
            yield f"retry: 1000\nevent: hello\ndata: {json.dumps(greeting, ensure_ascii=False)}\n\n"
            while not self._closed:
                try:
                    said = await asyncio.wait_for(queue.get(), QUIET_S)
                except TimeoutError:
                    said = ": still here\n\n"
                if said is None:
                    return
                yield said
        finally:
            self._listeners.discard(queue)
