"""Telling everyone who watches what has just happened (server-sent events)."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Json = dict[str, Any]


class Events:
    """A loudspeaker: every listener hears what is said from then on."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    def tell(self, kind: str, chat_id: int | None = None, **details: Any) -> None:
        """Says that something happened, in its state of this moment."""
        event: Json = {"kind": kind}
        if chat_id is not None:
            event["chat_id"] = chat_id
        event |= details
        for listener in self._listeners:
            listener.put_nowait(event)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Json | None]]:
        """A queue that receives every event inside the `with`; None means no more will come."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """Ends every listener's stream."""
        for listener in self._listeners:
            listener.put_nowait(None)
