"""Who may work at the same time: a few side by side, or one alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """Lets some pass side by side. Who has to be alone waits for them and holds back all others."""

    def __init__(self, at_once: int) -> None:
        """``at_once``: how many side by side."""
        self._places = asyncio.Semaphore(at_once)
        self._closed = asyncio.Lock()
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()

    @asynccontextmanager
    async def beside_others(self) -> AsyncIterator[None]:
        """Waits for a place, and for whoever is alone."""
        async with self._places:
            async with self._closed:
                self._inside += 1
                self._empty.clear()
            try:
                yield
            finally:
                self._inside -= 1
                if not self._inside:
                    self._empty.set()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Waits until nobody else is inside."""
        async with self._closed:
            await self._empty.wait()
            yield
