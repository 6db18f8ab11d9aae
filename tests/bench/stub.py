"""A Telegram that does next to nothing, in a process of its own: the bot's cost is what counts.

It plays citizens: whoever has been shown a screen takes the next turn, at once (``closed``) or at
a given rate over all (``paced``), and it notes how long each waited for the screen.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.bench.walk import FIRST_CHAT, update

Json = dict[str, Any]
TEXTS = ("name", "description", "short_description")
SHOWN = ("sendMessage", "editMessageText")


@dataclass
class Crowd:
    """The citizens of one measurement."""

    citizens: int
    turns: int
    together: int
    """How many walk at the same time."""
    rate: float | None = None
    """Turns a second over all; ``None``: each as soon as the last was answered."""


@dataclass
class Stub:
    """The state of the stub; one crowd at a time."""

    waits: list[float] = field(default_factory=list)
    waiting: deque[Json] = field(default_factory=deque)
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    turn: dict[int, int] = field(default_factory=dict)
    shown: dict[int, int] = field(default_factory=dict)
    asked_at: dict[int, float] = field(default_factory=dict)
    ready: deque[int] = field(default_factory=deque)
    number: int = 1000
    next_chat: int = FIRST_CHAT
    crowd: Crowd = field(default_factory=lambda: Crowd(0, 0, 0))
    left: int = 0
    answered: int = 0

    def begin(self, crowd: Crowd) -> None:
        self.crowd, self.left, self.answered = crowd, crowd.citizens, 0
        self.waits.clear()
        self.done.clear()
        for _ in range(min(crowd.together, crowd.citizens)):
            self._newcomer()
        if crowd.rate:
            self.pacing = asyncio.create_task(self._pace(crowd.rate))

    def _newcomer(self) -> None:
        if self.left:
            self.left -= 1
            self.next_chat += 1
            self._turn_of(self.next_chat, 0)

    def _turn_of(self, chat: int, turn: int) -> None:
        self.turn[chat] = turn
        if self.crowd.rate:
            self.ready.append(chat)
        else:
            self._ask(chat)

    def _ask(self, chat: int) -> None:
        self.number += 1
        self.asked_at[chat] = time.perf_counter()
        self.waiting.append(update(self.number, chat, self.turn[chat], self.shown.get(chat, 0)))
        self.wanted.set()

    async def _pace(self, rate: float) -> None:
        due = time.perf_counter()
        while not self.done.is_set():
            if self.ready:
                self._ask(self.ready.popleft())
            due += 1 / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    def was_shown(self, chat: int, message: int) -> None:
        """A citizen sees a screen: notes how long it took, and lets them go on."""
        self.shown[chat] = message
        asked = self.asked_at.pop(chat, None)
        if asked is None:
            return
        self.waits.append(time.perf_counter() - asked)
        self.answered += 1
        if (turn := self.turn[chat] + 1) < self.crowd.turns:
            self._turn_of(chat, turn)
            return
        del self.turn[chat]
        self._newcomer()
        if not self.turn:
            self.done.set()

    async def call(self, request: web.Request) -> web.Response:
        method, body = request.match_info["method"], await request.read()
        if method == "getUpdates":
            return await self._updates()
        fields = json.loads(body) if request.content_type == "application/json" else {}
        fields = fields or dict(await request.post())
        result: object = True
        if method == "getMe":
            result = {"id": 1000, "is_bot": True, "first_name": "Dalil", "username": "dalil_bot"}
        elif method in SHOWN:
            chat = int(fields["chat_id"])
            message = int(fields.get("message_id") or self.shown.get(chat, 0) + 2)
            private = {"id": chat, "type": "private", "first_name": "سلمى"}
            result = {"message_id": message, "date": 1_795_000_000, "chat": private, "text": "…"}
            self.was_shown(chat, message)
        elif method.startswith("getMy"):
            result = [] if method == "getMyCommands" else dict.fromkeys(TEXTS, "")
        return _said(result)

    async def _updates(self) -> web.Response:
        if not self.waiting:
            self.wanted.clear()
            try:
                async with asyncio.timeout(10):
                    await self.wanted.wait()
            except TimeoutError:
                return _said([])
        batch = [self.waiting.popleft() for _ in range(min(100, len(self.waiting)))]
        return _said(batch)

    async def measure(self, request: web.Request) -> web.Response:
        """Plays a crowd to its end; gives how long they waited and what passed."""
        began = time.perf_counter()
        self.begin(Crowd(**await request.json()))
        await self.done.wait()
        seconds = time.perf_counter() - began
        waits = sorted(self.waits)
        at = {f"p{p}": waits[min(len(waits) - 1, len(waits) * p // 100)] for p in (50, 99)}
        return web.json_response({"updates": self.answered, "seconds": seconds, **at})


def _said(result: object) -> web.Response:
    return web.Response(
        text=json.dumps({"ok": True, "result": result}, ensure_ascii=False),
        content_type="application/json",
    )


async def main() -> None:
    """Serves on a free port, which it prints."""
    stub = Stub()
    app = web.Application(client_max_size=10**7)
    app.router.add_post("/measure", stub.measure)
    app.router.add_route("*", "/bot{token}/{method}", stub.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
