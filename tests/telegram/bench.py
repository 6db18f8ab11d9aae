"""The real bot on a local Telegram, and people who use it. Nothing here waits for a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiogram import Bot

from bot.conversation.events import Reply
from bot.guide.screen import Button, Screen
from bot.guide.shelf import Shelf
from bot.jobs import Housekeeping, Jobs
from bot.localtelegram import LocalTelegram
from bot.referrals.dispatch import Dispatch
from bot.referrals.referrals import Referrals
from bot.store import citizens
from bot.store.citizens import Shown
from bot.store.store import Store
from bot.telegram.carrying import Carrier
from bot.telegram.pace import Pace, Time
from bot.telegram.polling import Poller
from bot.telegram.posting import Post
from bot.telegram.receiving import Receiver
from bot.telegram.retrying import Retrying
from bot.telegram.sending import Sender
from bot.telegram.session import connect
from bot.telegram.staff import Staff
from bot.telegram.writing import Writer
from tests.telegram.echo import Echo

Json = dict[str, Any]

TOKEN = "4200:local"
BOT = 4200
LAYLA: Json = {"id": 71, "first_name": "ليلى", "language_code": "ar"}
OMAR: Json = {"id": 72, "first_name": "Omar", "last_name": "Haddad", "language_code": "en"}
RIMA: Json = {"id": 73, "first_name": "Rima"}


@dataclass
class Clock:
    """The store's clock; it stands still until a story moves it."""

    now: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Patience:
    """A time in which waiting is over at once, and remembered."""

    moment: float = 0.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += seconds
        await asyncio.sleep(0)

    @property
    def time(self) -> Time:
        return Time(lambda: self.moment, self.sleep)


async def until(true: Callable[[], object]) -> None:
    """Lets everything else run until this holds."""
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110 (what is waited for knows of no event)
            await asyncio.sleep(0)


class People:
    """The people's side of the local Telegram."""

    def __init__(self, local: LocalTelegram, session: aiohttp.ClientSession) -> None:
        self.local = local
        self._session = session

    async def post(self, path: str, **wish: Any) -> Any:
        async with self._session.post(f"{self.local.url}/client/{path}", json=wish) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def say(self, who: Json, text: str, chat: int | None = None, **more: Any) -> Json:
        return await self.send(who, chat, text=text, **more)

    async def send(self, who: Json, chat: int | None = None, **content: Any) -> Json:
        wish = {"chat_id": chat or who["id"], "from": who}
        message: Json = await self.post("send", **wish, **content)
        return message

    async def press(self, who: Json, data: str, chat: int | None = None, message: int = 0) -> None:
        chat = chat or who["id"]
        number = message or self.screens(chat)[-1]["message_id"]
        wish = {"chat_id": chat, "from": who, "message_id": number, "data": data}
        await self.post("press", **wish)

    async def group(self, *members: Json, **more: Any) -> int:
        wish: Json = {"title": "Office", "members": list(members), "bot_admin": True}
        return int((await self.post("groups", **wish | more))["id"])

    async def member(self, chat: int, who: Json, deed: str) -> None:
        await self.post("members", chat_id=chat, user=who, do=deed)

    async def fault(self, method: str, kind: str, **more: Any) -> None:
        await self.post("faults", method=method, kind=kind, **more)

    def screens(self, chat: int) -> list[Json]:
        """The bot's messages in a chat, as they stand now."""
        posts = self.local.world.chats[chat].posts.values()
        return [post.message for post in posts if post.by_bot and "text" in post.message]

    def texts(self, chat: int) -> list[str]:
        return [message["text"] for message in self.screens(chat)]

    def calls(self, method: str) -> list[Json]:
        """The parameters of the bot's calls of a method, refused ones too."""
        return [c["params"] for c in self.local.world.calls if c["method"] == method]


class House:
    """The bot, put together by hand as the application does it."""

    def __init__(self, store: Store, shelf: Shelf, bot: Bot, patience: Patience) -> None:
        time = patience.time
        self.store, self.bot = store, bot
        self.conversation = Echo()
        self.referrals = Referrals(lambda: shelf)
        self.writer, self.pace = Writer(bot), Pace(time)
        self.sender = Sender(store, self.writer, self.pace, time)
        self.carrier = Carrier(bot)
        self.post = Post(
            store,
            self.referrals,
            Dispatch(lambda: shelf),
            self.writer,
            self.carrier,
            self.pace,
            time,
        )
        self.jobs = Jobs(store, self.conversation, drain=self.post.drain, show=self.sender.show)
        self.staff = Staff(
            store,
            self.referrals,
            lambda: shelf.voices["ar"],
            bot,
            self.writer,
            self.pace,
            username="dalil_demo_bot",
        )
        self.receiver = Receiver(
            store,
            self.conversation,
            self.staff,
            self.sender,
            bot=BOT,
        )
        store.queued = self.jobs.wake
        self.housekeeping = Housekeeping(
            store,
            self.referrals,
            retry=Retrying(store, self.receiver.settle, bot=BOT).work_off,
            committed=self.jobs.wake,
        )
        self.poller = Poller(bot, self.receiver.accept, time)

    async def work(self) -> bool:
        """Takes one batch of updates and sends everything that follows from it."""
        settled = await self.poller.once()
        await self.sender.finish()
        await self.staff.finish()
        await self.post.drain()
        return settled

    async def close(self) -> None:
        await self.sender.close()
        await self.staff.close()


@dataclass
class Bench:
    """Everything that a story needs."""

    people: People
    house: House
    store: Store
    shelf: Shelf
    clock: Clock
    patience: Patience

    def restart(self, store: Store | None = None) -> House:
        """The process dies and another begins."""
        self.house = House(store or self.store, self.shelf, self.house.bot, self.patience)
        return self.house

    @property
    def world(self) -> Any:
        return self.people.local.world


def open_bot(local: LocalTelegram) -> Bot:
    return connect(TOKEN, local.url)


async def shown(bench: Bench, number: int = 1) -> Shown | None:
    return await bench.store.run(lambda tx: citizens.shown(tx, number))


def buttons(message: Json) -> list[Json]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


async def reply(bench: Bench, text: str, edit: int | None = None) -> Reply:
    """A screen of Layla's as a conversation would hand it over."""
    number = await bench.store.run(lambda tx: citizens.next_screen(tx, citizens.get(tx, 1)))
    return Reply(1, LAYLA["id"], Screen(text, ((Button("x", press="1:x"),),)), number, edit)
