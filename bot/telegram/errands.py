"""Work that runs beside its caller and is not cut off half-way at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

from bot.errors import named

log = structlog.get_logger()

T = TypeVar("T")


class Errands:
    """Tasks that nobody waits for, until the end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs the work beside the caller; a fault in it is logged and stops nothing else."""
        task = asyncio.create_task(_watched(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Returns when all work is done."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, seconds: float) -> None:
        """Gives the work some seconds, then cancels what is left of it."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _watched(work: Coroutine[Any, Any, None]) -> None:
    # Nobody waits for it: asyncio itself would print the error whole, with what a person wrote.
    try:
        await work
    except Exception as error:
        log.error("errand.bug", error=named(error))


async def finishing(work: Coroutine[Any, Any, T]) -> T:
    """Does the work; a caller who is cancelled meanwhile goes only after it is done."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
