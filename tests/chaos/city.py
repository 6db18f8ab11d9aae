"""A city: a local Telegram that lives on, and a bot that dies and is born again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.localtelegram import LocalTelegram, groups, people
from bot.store import offices
from bot.store.sealing import new_key, parse_key
from bot.store.store import Store, upgrade
from tests.chaos.guide import short_guide
from tests.chaos.points import Points
from tests.town import free_port

Json = dict[str, Any]

TOKEN = "1000:city"
CHECKOUT = Path(__file__).resolve().parents[2]
OFFICER: Json = {"id": 900, "first_name": "سامر", "language_code": "ar"}
LONGEST_IMPORT = 120.0
"""Seconds that the nursery may take to import the bot; aiogram is large."""
EVERYWHERE = 0
"""Stands for no chat in particular."""
OFFICES = ("head-office", "homs", "damascus")


@dataclass
class City:
    """What outlives the bot: Telegram, the database, and the people."""

    telegram: LocalTelegram
    store: Store
    points: Points
    directory: Path
    listening: web.AppRunner
    """Telegram's own side of it: nobody but the bot is connected there."""
    patience: float
    """Seconds after which waiting for something has failed."""
    deaths: int = 0
    passed: list[str] = field(default_factory=list)
    """The points that the bot has passed."""
    last_words: str = ""
    """The point at which it died last."""
    deeds: int = 0
    """What people have done so far: texts and presses, an update each."""
    pressed: list[str] = field(default_factory=list)
    """The presses of all, by their query."""
    answered: dict[str, str] = field(default_factory=dict)
    """What presses were answered with, by their query."""
    after_death: Callable[[], Awaitable[None]] | None = None
    next_death: Callable[[], int] = lambda: 0
    """Asked at each birth: at which point this life is to end; 0: it may live."""
    groups: dict[str, int] = field(default_factory=dict)
    """The group of each office."""
    _bells: dict[int, asyncio.Event] = field(default_factory=dict)

    # What people do

    def types(self, who: Json, text: str, chat: int | None = None) -> None:
        wish = {"chat_id": chat or who["id"], "from": who, "text": text}
        people.send(self.telegram.world, wish)
        self.deeds += 1

    def presses(self, who: Json, message: Json, data: str) -> str:
        """Presses a button; the number of the press."""
        wish = {
            "chat_id": message["chat"]["id"],
            "from": who,
            "message_id": message["message_id"],
            "data": data,
        }
        query = str(people.press(self.telegram.world, wish)["callback_query_id"])
        self.pressed.append(query)
        self.deeds += 1
        return query

    def messages(self, chat: int) -> list[Json]:
        """What the bot has written in a chat, as it stands now."""
        posts = self.telegram.world.chats[chat].posts.values()
        return [post.message for post in posts if post.by_bot]

    def with_button(self, chat: int, data: str) -> list[Json]:
        """The bot's messages that have this button, the oldest first."""
        return [message for message in self.messages(chat) if data in presses_of(message)]

    @property
    def unanswered(self) -> int:
        """How many presses the bot never answered: their buttons wait until Telegram gives up."""
        return len(set(self.pressed) - self.answered.keys())

    # Waiting

    async def until(self, holds: Callable[[], Any], chat: int = EVERYWHERE) -> Any:
        """Returns what holds, looked at again whenever something happens there."""

        async def look() -> Any:
            return holds()

        return await self.until_known(look, chat)

    async def until_known(self, look: Callable[[], Awaitable[Any]], chat: int = EVERYWHERE) -> Any:
        """The same, where looking takes a while."""
        async with asyncio.timeout(self.patience):
            while True:
                bell = self._bells.setdefault(chat, asyncio.Event())
                if found := await look():
                    return found
                await bell.wait()

    async def death_after(self, deaths: int) -> None:
        """Returns when the bot has died once more than so often."""
        await self.until(lambda: self.deaths > deaths)

    def _ring(self, chat: int) -> None:
        for each in {chat, EVERYWHERE}:
            if bell := self._bells.pop(each, None):
                bell.set()

    async def _listen(self, happened: asyncio.Queue[Json | None]) -> None:
        while (event := await happened.get()) is not None:
            self._take(event)

    def _take(self, event: Json) -> None:
        if event["kind"] == "callback_answer":
            self.answered[event["callback_query_id"]] = event.get("text") or ""
        self._ring(event.get("chat_id", EVERYWHERE))

    # Lives

    async def _keep_alive(self, nursery: asyncio.subprocess.Process) -> None:
        """Gives birth to a bot whenever there is none."""
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        while True:
            # A story may have ordered the next death already, while this life was being buried.
            if point := self.next_death():
                self.points.die_at(point)
            nursery.stdin.write(b"a life\n")
            code = await self._live(nursery.stdout)
            if code != -signal.SIGKILL:
                raise RuntimeError(f"The bot ended by itself ({code}); see {self.log}.")
            self.deaths += 1
            self.last_words = self.passed[-1]
            await self._silence()
            if self.after_death is not None:
                await self.after_death()

    async def _silence(self) -> None:
        """What the dead bot had sent has come to Telegram when its connections have ended."""
        assert self.listening.server is not None
        # aiohttp tells nobody when a connection ends.
        while self.listening.server.connections:  # noqa: ASYNC110
            await asyncio.sleep(0)

    async def _live(self, told: asyncio.StreamReader) -> int:
        """Listens to one life until it ends; how it ended."""
        async for line in told:
            what, _, rest = line.decode().strip().partition(" ")
            if what == "died":
                return int(rest)
            if what != "born":
                self.passed.append(f"{what} {rest}")
            self._ring(EVERYWHERE)
        raise RuntimeError("The nursery has ended.")

    @property
    def log(self) -> Path:
        """Where the bots' logs are."""
        return self.directory / "bot.log"

    def alarms(self) -> list[Json]:
        """What the bots logged as errors."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in lines if line["level"] in ("error", "critical")]

    async def open_offices(self) -> None:
        """Founds a group for each office and connects it as an officer does."""
        for office in OFFICES:
            founding = {"title": office, "members": [OFFICER], "bot_admin": True}
            chat = groups.create(self.telegram.world, founding)["id"]
            code = await self.store.run(partial(offices.invite, office=office))
            self.types(OFFICER, f"/bind {code}", chat)
            await self.until(partial(self.messages, chat), chat)
            self.groups[office] = chat


def presses_of(message: Json) -> list[str]:
    """The data of the buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]


@asynccontextmanager
async def city(
    directory: Path, *, webhook: bool = False, database: str | None = None, patience: float = 60.0
) -> AsyncIterator[City]:
    """A city with offices, where a bot lives until the end of the ``with``.

    ``database``: the address of an empty one; a SQLite file without it.
    """
    key = new_key()
    address = database or f"sqlite:///{directory / 'dalil.db'}"
    upgrade(address)
    telegram = LocalTelegram(bot_token=TOKEN, first_retry=0.01)
    listening = await telegram.start()
    _write_settings(directory, telegram.url, address, key, webhook)
    store = Store.open(address, parse_key(key))
    place = City(telegram, store, Points(directory / "points"), directory, listening, patience)
    try:
        async with _inhabited(place):
            await place.open_offices()
            yield place
    finally:
        await store.close()
        await telegram.stop()


def _write_settings(directory: Path, api: str, database: str, key: str, webhook: bool) -> None:
    port = free_port() if webhook else 0
    settings = {
        "telegram_token": TOKEN,
        "telegram_api": api,
        "database_url": database,
        "guide_dir": str(short_guide(directory / "guide")),
        "key": key,
        "port": port,
        "webhook_url": f"http://127.0.0.1:{port}" if webhook else None,
    }
    (directory / "settings.json").write_text(json.dumps(settings))


@asynccontextmanager
async def _inhabited(place: City) -> AsyncIterator[None]:
    nursery = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.chaos.nursery", str(place.directory)),
        cwd=CHECKOUT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )
    assert nursery.stdout is not None
    try:
        async with asyncio.timeout(LONGEST_IMPORT):
            await nursery.stdout.readline()
        with place.telegram.world.events.listening() as happened:
            async with asyncio.TaskGroup() as tasks:
                at_work = [
                    tasks.create_task(place._listen(happened)),
                    tasks.create_task(place._keep_alive(nursery)),
                ]
                yield
                for task in at_work:
                    task.cancel()
    finally:
        # Its child dies with it.
        nursery.kill()
        await nursery.wait()
