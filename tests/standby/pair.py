"""A city with two bots: one serves, the other stands by and takes its place."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bot.localtelegram import LocalTelegram
from bot.store.sealing import new_key, parse_key
from bot.store.store import Store
from tests.chaos.city import CHECKOUT, EVERYWHERE, LONGEST_IMPORT, TOKEN, City
from tests.chaos.guide import short_guide
from tests.chaos.points import Points
from tests.town import free_port

TAKEN_OVER_WITHIN = 10.0
"""Seconds; it is a promise to operators."""
LOOK_EVERY = 0.2
OF_PROCESS = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE %s"


@dataclass
class Pair(City):
    """Tells who serves, and kills who does."""

    settings: dict[str, Any] = field(default_factory=dict)
    webhook: bool = False
    nursery: asyncio.subprocess.Process | None = None
    serving: int = 0
    """The process that serves; 0 while nobody does."""
    heard: int = 0
    """How much has happened in Telegram."""

    def bear(self) -> None:
        """Another bot comes to life. It serves, if nobody does, or stands by."""
        port = free_port()
        url = f"http://127.0.0.1:{port}" if self.webhook else None
        settings = self.settings | {"port": port, "webhook_url": url}
        assert self.nursery is not None
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(json.dumps(settings).encode() + b"\n")

    async def kill(self) -> None:
        """The one that serves dies; the other takes over, and a third one stands by."""
        victim, self.serving = self.serving, 0
        os.kill(victim, signal.SIGKILL)
        self.deaths += 1
        await self._wait_for_the_server_to_know(victim)
        if self.after_death is not None:
            await self.after_death()
        self.bear()
        async with asyncio.timeout(TAKEN_OVER_WITHIN):
            await self.until(lambda: self.serving)

    async def _wait_for_the_server_to_know(self, victim: int) -> None:
        """What it had asked of the database just before it died is done or undone then."""
        url = self.settings["database_url"]
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as database:
            while True:
                found = await database.execute(OF_PROCESS, [f"Dalil, process {victim} on %"])
                if await found.fetchone() == (0,):
                    return

    async def until_known(self, look: Callable[[], Awaitable[Any]], chat: int = EVERYWHERE) -> Any:
        """Looks again also when nothing happens: what the bot notes after it has sent something
        stands in the database a moment after Telegram's last event."""
        async with asyncio.timeout(self.patience):
            while True:
                bell = self._bells.setdefault(chat, asyncio.Event())
                if found := await look():
                    return found
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await bell.wait()

    async def listen(self, happened: asyncio.Queue[dict[str, Any] | None]) -> None:
        """Hears all that happens in Telegram."""
        while (event := await happened.get()) is not None:
            self.heard += 1
            self._take(event)

    async def follow(self, told: asyncio.StreamReader) -> None:
        """Hears who serves."""
        async for line in told:
            what, _, process = line.decode().strip().partition(" ")
            if what == "serving":
                self.serving = int(process)
                self._ring(EVERYWHERE)


@asynccontextmanager
async def pair(directory: Path, database: str, *, webhook: bool) -> AsyncIterator[Pair]:
    """A city with offices and two bots on a PostgreSQL database."""
    key = new_key()
    telegram = LocalTelegram(bot_token=TOKEN, first_retry=0.01)
    listening = await telegram.start()
    settings = {
        "telegram_token": TOKEN,
        "telegram_api": telegram.url,
        "database_url": database,
        "guide_dir": str(short_guide(directory / "guide")),
        "key": key,
    }
    store = Store.open(database, parse_key(key))
    place = Pair(
        telegram, store, Points(directory / "points"), directory, listening, 60.0, webhook=webhook
    )
    place.settings = settings
    try:
        async with _inhabited(place):
            await place.open_offices()
            yield place
    finally:
        await store.close()
        await telegram.stop()


@asynccontextmanager
async def _inhabited(place: Pair) -> AsyncIterator[None]:
    nursery = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.standby.nursery", str(place.log)),
        cwd=CHECKOUT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )
    assert nursery.stdout is not None
    place.nursery = nursery
    try:
        async with asyncio.timeout(LONGEST_IMPORT):
            await nursery.stdout.readline()
        with place.telegram.world.events.listening() as happened:
            async with asyncio.TaskGroup() as tasks:
                ears = [
                    tasks.create_task(place.listen(happened)),
                    tasks.create_task(place.follow(nursery.stdout)),
                ]
                place.bear()
                await place.until(lambda: place.serving)
                place.bear()
                yield
                for ear in ears:
                    ear.cancel()
    finally:
        # Both bots die with it.
        nursery.kill()
        await nursery.wait()
