"""The bot's queue of updates: kept until confirmed, as Telegram keeps them."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.localtelegram.errors import conflict

Json = dict[str, Any]

#: Kinds that a bot receives only if it asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_LIFETIME = 24 * 60 * 60
_FIRST_ID = 731_000_000
_MOST = 100


@dataclass(frozen=True)
class Update:
    """One update; `lane` is the chat or person within which order is kept by a webhook."""

    id: int
    lane: int
    body: Json
    made: float


class UpdateQueue:
    """Updates in order, with long polling and the semantics of `offset`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pending: dict[int, Update] = {}
        self._last_id = _FIRST_ID
        self._poller: asyncio.Future[None] | None = None
        self._more = asyncio.Event()
        self.allowed: list[str] | None = None

    def put(self, kind: str, lane: int, payload: Json) -> None:
        """Queues an update unless its kind was not asked for."""
        if not self._wanted(kind):
            return
        self._last_id += 1
        body = {"update_id": self._last_id, kind: payload}
        self._pending[self._last_id] = Update(self._last_id, lane, body, self._clock())
        self._more.set()
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def pending(self) -> list[Update]:
        """What is not confirmed yet and younger than a day, oldest first."""
        oldest = self._clock() - _LIFETIME
        for update in list(self._pending.values()):
            if update.made < oldest:
                del self._pending[update.id]
        return list(self._pending.values())

    def forget(self, update_ids: Iterable[int] | None = None) -> None:
        """Confirms these updates, or all there are."""
        for update_id in list(self._pending) if update_ids is None else update_ids:
            self._pending.pop(update_id, None)

    async def poll(self, offset: int, limit: int, wait: float) -> list[Json]:
        """What getUpdates answers; waits up to `wait` seconds for the first update.

        A positive offset confirms everything below it; a negative one keeps only the last ones.
        A poll that is still waiting when another begins fails with a conflict.
        """
        self.end_poll(
            conflict(
                "terminated by other getUpdates request; make sure that only one bot"
                " instance is running"
            )
        )
        waiting = self.pending()
        if offset < 0:
            self.forget(update.id for update in waiting[:offset])
        else:
            self.forget(update.id for update in waiting if update.id < offset)
        if not self._pending and wait > 0:
            await self._wait(wait)
        size = limit if 1 <= limit <= _MOST else _MOST
        return [update.body for update in self.pending()[:size]]

    async def _wait(self, seconds: float) -> None:
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            return
        finally:
            if self._poller is poller:
                self._poller = None

    def end_poll(self, reason: Exception | None = None) -> None:
        """Ends a poll that is waiting: with nothing, or with an error."""
        if self._poller and not self._poller.done():
            if reason:
                self._poller.set_exception(reason)
            else:
                self._poller.set_result(None)

    async def more(self) -> None:
        """Waits until something was queued since the last time."""
        await self._more.wait()
        self._more.clear()
