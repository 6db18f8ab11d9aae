"""Asking Telegram for updates, our own way: nothing is acknowledged before it is settled."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, cast

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetUpdates

from bot.errors import DalilError
from bot.telegram.errands import finishing
from bot.telegram.pace import Time, pause_after
from bot.telegram.parsing import ALLOWED, lane, update_id
from bot.telegram.receiving import NotSettled

log = structlog.get_logger()

LONG_POLL_SECONDS = 25
GRACE_SECONDS = 15
"""How much longer than the poll its answer may take to arrive."""


CONFLICT_PAUSE = 2.0
CONFLICT_SECONDS = 60.0
"""How long another process may go on asking: one that has just died leaves its last question."""


class PollingRefused(DalilError):
    """Telegram will not give us updates, and waiting would not change that."""


class Conflict(PollingRefused):
    """Somebody else asks for this bot's updates, perhaps only for a little while yet."""


@contextmanager
def _clearly() -> Iterator[None]:
    """Says in a sentence what only a person can mend."""
    try:
        yield
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise PollingRefused(
            "Telegram does not know this bot: is DALIL_TELEGRAM_TOKEN right?"
        ) from error
    except TelegramConflictError as error:
        raise Conflict(
            "Another process receives the updates of this bot. Stop it, then start again."
        ) from error


class Poller:
    """Fetches updates in batches; one chat in order, chats side by side."""

    def __init__(
        self, bot: Bot, accept: Callable[[object], Awaitable[None]], time: Time | None = None
    ) -> None:
        """``accept`` settles an update or raises ``NotSettled``."""
        self._bot = bot
        self._accept = accept
        self._time = time or Time()
        self._offset: int | None = None
        self._quarrel: tuple[float, float] | None = None
        """When somebody else began to ask for these updates, and when they were last noticed."""

    async def run(self) -> None:
        """Polls until cancelled; what is in hand then is finished first.

        Raises ``PollingRefused`` when the token is wrong, or when another process has polled for
        this bot for a minute: one whose place was taken is still heard for a while.
        """
        failures = 0
        while True:
            before = self._offset
            try:
                if await self.once(LONG_POLL_SECONDS):
                    failures, wait = 0, 0.0
                else:
                    # What was settled of it is progress: the database works, if not always.
                    failures = failures + 1 if self._offset == before else 1
                    wait = pause_after(failures)
            except Conflict as conflict:
                wait = self._yield_to(conflict)
            except TelegramRetryAfter as flooded:
                wait = float(flooded.retry_after)
            except AiogramError as error:
                failures += 1
                wait = pause_after(failures)
                log.warning("polling.no-answer", error=type(error).__name__, failures=failures)
            if wait:
                await self._time.sleep(wait)

    def _yield_to(self, conflict: Conflict) -> float:
        """Seconds to wait for somebody else to stop asking; who does not, is told of."""
        now = self._time.now()
        if self._quarrel is None or now - self._quarrel[1] > CONFLICT_SECONDS:
            log.warning("polling.conflict", seconds=CONFLICT_SECONDS)
            self._quarrel = (now, now)
        since = self._quarrel[0]
        if now - since >= CONFLICT_SECONDS:
            raise conflict
        self._quarrel = (since, now)
        return CONFLICT_PAUSE

    async def once(self, seconds: int = 0) -> bool:
        """Fetches and settles one batch, waiting up to ``seconds`` for its first update.

        True when all of it is settled. The next call asks for what comes after it, or from the
        first on that is not settled. Raises ``PollingRefused``, and aiogram's errors when Telegram
        cannot be reached.
        """
        batch = await self._fetch(seconds)
        held = await finishing(self._settle(batch))
        self._offset = _next(batch, held) or self._offset
        return not held and None not in map(update_id, batch)

    async def start(self) -> None:
        """Takes a webhook away that an earlier run may have left: with it there is no polling."""
        with _clearly():
            await self._bot(DeleteWebhook.model_construct())

    async def _fetch(self, seconds: int) -> list[Any]:
        fields: dict[str, Any] = {"timeout": seconds, "allowed_updates": ALLOWED}
        if self._offset is not None:
            fields["offset"] = self._offset
        method = GetUpdates.model_construct(**fields)
        with _clearly():
            return cast(list[Any], await self._bot(method, seconds + GRACE_SECONDS))

    async def _settle(self, batch: list[Any]) -> list[Any]:
        """What of it cannot be settled now."""
        lanes: dict[int, list[Any]] = defaultdict(list)
        for raw in batch:
            lanes[lane(raw)].append(raw)
        return [*chain(*await asyncio.gather(*map(self._settle_lane, lanes.values())))]

    async def _settle_lane(self, updates: list[Any]) -> list[Any]:
        """One chat's updates in order; those from the first on that cannot be settled now."""
        for index, raw in enumerate(updates):
            try:
                await self._accept(raw)
            except NotSettled as error:
                log.warning("polling.not-settled", error=str(error))
                return updates[index:]
        return []


def _next(batch: list[Any], held: list[Any]) -> int | None:
    """The first update that Telegram is to bring next; ``None``: the same as before.

    ``held``: what of the batch is not settled; without its number nothing may be forgotten.
    """
    numbers = [number for number in map(update_id, held or batch) if number is not None]
    if not numbers or (held and len(numbers) < len(held)):
        return None
    return min(numbers) if held else max(numbers) + 1
