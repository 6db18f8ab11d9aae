"""Bringing updates to the bot's own address, again and again until it says 2xx."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.localtelegram.updates import Update, UpdateQueue

_PATIENCE = aiohttp.ClientTimeout(total=60)
_LONGEST_DELAY = 60.0
_MOST_CONNECTIONS = 100
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Json = dict[str, Any]


@dataclass
class Webhook:
    """Where updates go, and the last thing that went wrong there."""

    url: str
    secret: str
    max_connections: int
    last_error: str | None = None
    last_error_date: int = 0

    def as_json(self) -> Json:
        """What getWebhookInfo says of it."""
        info: Json = {
            "url": self.url,
            "max_connections": self.max_connections,
            "ip_address": "127.0.0.1",
        }
        if self.last_error is not None:
            info |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error}
        return info


class Courier:
    """Delivers the queue to one webhook: in order within a chat, chats side by side.

    `first_delay` is the pause in seconds after a first failure; it doubles up to a minute.
    `reply` runs the method call that a bot may put into its answer.
    """

    def __init__(
        self,
        webhook: Webhook,
        queue: UpdateQueue,
        first_delay: float,
        clock: Callable[[], float],
        reply: Callable[[Json], Awaitable[None]],
    ) -> None:
        self.webhook = webhook
        self._queue = queue
        self._first_delay = first_delay
        self._clock = clock
        self._reply = reply
        self._slots = asyncio.Semaphore(min(max(webhook.max_connections, 1), _MOST_CONNECTIONS))
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._main = asyncio.create_task(self._run())

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
            try:
                while True:
                    for lane in {update.lane for update in self._queue.pending()}:
                        if lane not in self._lanes:
                            self._lanes[lane] = asyncio.create_task(self._drain(session, lane))
                    await self._queue.more()
            finally:
                for task in self._lanes.values():
                    task.cancel()
                await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    async def _drain(self, session: aiohttp.ClientSession, lane: int) -> None:
        while update := next((u for u in self._queue.pending() if u.lane == lane), None):
            delay = self._first_delay
            while not await self._deliver(session, update):
                await asyncio.sleep(delay)
                delay = min(delay * 2, _LONGEST_DELAY)
            self._queue.forget([update.id])
        del self._lanes[lane]

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> bool:
        """One attempt; whether the bot took the update."""
        headers = {SECRET_HEADER: self.webhook.secret} if self.webhook.secret else {}
        try:
            async with (
                self._slots,
                session.post(
                    self.webhook.url, json=update.body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                if answer.status // 100 != 2:
                    self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                    return False
                call = await answer.json() if answer.content_type == "application/json" else None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            self._note(str(error) or "Connection timed out")
            return False
        if isinstance(call, dict) and "method" in call:
            await self._reply(call)
        return True

    def _note(self, error: str) -> None:
        self.webhook.last_error = error
        self.webhook.last_error_date = int(self._clock())

    async def stop(self) -> None:
        """Ends delivery; what was not taken stays in the queue."""
        self._main.cancel()
        await asyncio.gather(self._main, return_exceptions=True)
