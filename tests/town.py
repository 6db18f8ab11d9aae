"""A whole Dalil in one process: the real bot over HTTP beside a local Telegram, and its people.

Nobody sleeps here: whoever waits looks again whenever the local Telegram says that something
happened in it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from itertools import count
from pathlib import Path
from socket import socket
from typing import Any

from aiohttp import ClientSession

from bot.app import Dalil, running
from bot.demo import open_offices
from bot.in_service import proof_of, sound
from bot.localtelegram import LocalTelegram
from bot.search.catalogue import of_guide
from bot.settings import Settings
from bot.store import outbox, updates
from bot.store.sealing import new_key
from bot.telegram.pace import Pace, Time
from tests.prepared import prepared
from tests.telegram.reading_back import problems

Json = dict[str, Any]
TAG = re.compile(r"<[^>]*>")
BOT = 1000
TOKEN = f"{BOT}:town"
NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)
NOTICE = "1:n:roadmap"
"""What a button carries that every notice to a citizen has, and nothing else."""
LOOK_AGAIN = 0.2
PATIENCE = 60.0
"""Seconds after which waiting for something has failed."""


@dataclass
class Town:
    """The local Telegram, the bot, and the way to both."""

    telegram: LocalTelegram
    dalil: Dalil
    people: ClientSession
    settings: Settings

    async def ask(self, what: str, **query: Any) -> Any:
        async with self.people.get(f"/client/{what}", params=query) as answer:
            return _result(await answer.json())

    async def tell(self, what: str, **wish: Any) -> Any:
        async with self.people.post(f"/client/{what}", json=wish) as answer:
            return _result(await answer.json())

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Returns when it holds; looked at again after everything that happens.

        And now and then: what happens in the bot's database last is heard of by nobody.
        """
        with self.telegram.world.events.listening() as happened:
            async with asyncio.timeout(PATIENCE):
                while not await holds():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(happened.get(), LOOK_AGAIN)

    def voice(self, id: str, language: str = "ar", **values: Any) -> str:
        """What the bot says with this message of its catalogs, as a person reads it."""
        said = self.dalil.guide.shelf.voices[language].say(id, **values)
        return unescape(TAG.sub("", said))

    async def health(self) -> Json:
        async with self.people.get(f"http://127.0.0.1:{self.dalil.port}/healthz") as answer:
            found: Json = await answer.json()
            return found | {"http": answer.status}

    async def settles(self) -> None:
        """Returns when nothing waits to be sent."""

        async def nothing_waits() -> bool:
            return (await self.dalil.store.run(outbox.counts))["waiting"] == 0

        await self.until(nothing_waits)

    async def group(self, office_title: str) -> Json:
        """The group whose title has these words."""
        chats = (await self.ask("chats"))["chats"]
        return next(chat for chat in chats if office_title in chat.get("title", ""))

    async def messages(self, chat: int) -> list[Json]:
        found: list[Json] = await self.ask("messages", chat_id=chat)
        return found


@dataclass
class Person:
    """Somebody in a chat with the bot: their own, or a group's."""

    town: Town
    user: Json
    group: int | None = None
    seen: list[Json] = field(default_factory=list)
    toast: str = ""
    """What the last press was answered with."""
    pressed: str = ""
    """The label of the last button pressed."""
    _answered: Json | None = None

    @property
    def chat(self) -> int:
        return self.group or int(self.user["id"])

    async def types(self, text: str) -> None:
        await self._does("send", {"message", "edited"}, text=text)

    async def shares_contact(self, phone: str) -> None:
        names = {"first_name": self.user["first_name"], "user_id": self.user["id"]}
        await self._does("send", {"message"}, contact={"phone_number": phone, **names})

    async def sends_sticker(self) -> None:
        await self._does("send", {"message"}, sticker={"emoji": "🙂"})

    async def presses(self, label: str, until: str = "callback_answer") -> None:
        """Presses the newest button with this label; ``until`` names the event to wait for."""
        await self._presses("text", label, until)

    async def taps(self, *data: str) -> None:
        """Presses the newest buttons that carry these, one after the other, whatever their words."""
        for each in data:
            await self._presses("callback_data", each, "callback_answer")

    async def _presses(self, what: str, wanted: str, until: str) -> None:
        await self.look()
        for message in reversed(self.seen):
            for button in buttons(message):
                if button.get(what) == wanted:
                    wish = {"message_id": message["message_id"], "data": button["callback_data"]}
                    self.pressed = button["text"]
                    await self._does("press", {until}, **wish)
                    return
        raise AssertionError(f"no button {wanted!r} among {[labels(m) for m in self.seen]}")

    async def offered(self, data: str, times: int = 1) -> Json:
        """Waits until so many messages have a button that carries this; gives the newest."""
        found: list[Json] = []

        async def there() -> bool:
            await self.look()
            found[:] = [m for m in self.seen if data in carried(m)]
            return len(found) >= times

        await self.town.until(there)
        return found[-1]

    async def hears(self, words: str) -> Json:
        """Waits for a message of the bot with these words, and gives it."""
        found: list[Json] = []

        async def heard() -> bool:
            await self.look()
            found[:] = [m for m in self.seen if _by_the_bot(m) and words in m.get("text", "")]
            return bool(found)

        await self.town.until(heard)
        return found[-1]

    async def _does(self, what: str, awaited: set[str], **wish: Any) -> None:
        """Does it, and returns when the bot has answered with all that it has to say."""
        self.toast = ""
        if self.chat in self.town.telegram.world.chats:
            await self.look()
        before = {m["message_id"]: m for m in self.seen}
        with self.town.telegram.world.events.listening() as happened:
            deed = await self.town.tell(what, chat_id=self.chat, **{"from": self.user}, **wish)
            press = deed.get("callback_query_id")
            async with asyncio.timeout(PATIENCE):
                while not self._is_answer(await happened.get(), awaited, press):
                    pass
        await self.town.dalil.sender.finish()
        await self.look()
        changed = [m for m in self.seen if _by_the_bot(m) and _is_new(m, before)]
        with_buttons = [m for m in changed if "reply_markup" in m]
        self._answered = next(reversed(with_buttons or changed), None)

    def _is_answer(self, event: Json | None, awaited: set[str], press: str | None) -> bool:
        assert event is not None, "the local Telegram has closed"
        if event["kind"] == "callback_answer":
            # A bot that starts answers again what nobody acknowledged: that is not ours.
            if event["callback_query_id"] != press:
                return False
            self.toast = event.get("text") or ""
        elif event.get("chat_id") != self.chat or not _by_the_bot(event.get("message")):
            return False
        return event["kind"] in awaited

    async def look(self) -> None:
        """Looks at the chat as it stands."""
        self.seen = await self.town.messages(self.chat)

    @property
    def screen(self) -> Json:
        """What answered the last deed; else the newest message of the bot that has buttons."""
        if self._answered is not None:
            return self._answered
        from_bot = [m for m in self.seen if _by_the_bot(m)]
        with_buttons = [m for m in from_bot if "reply_markup" in m]
        return (with_buttons or from_bot)[-1]


def _is_new(message: Json, before: dict[int, Json]) -> bool:
    """Whether it came or changed, other than by losing its buttons; notices come by themselves."""
    known = before.get(message["message_id"], {})
    if NOTICE in carried(message):
        return False
    if message.get("text") != known.get("text"):
        return True
    return "reply_markup" in message and message["reply_markup"] != known.get("reply_markup")


def _by_the_bot(message: Json | None) -> bool:
    return message is not None and message["from"]["id"] == BOT


def buttons(message: Json) -> list[Json]:
    """The buttons under a message, row after row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def carried(message: Json) -> list[str]:
    """What the buttons under a message carry."""
    return [button.get("callback_data", "") for button in buttons(message)]


def labels(message: Json) -> list[list[str]]:
    """The labels under a message, by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def _result(body: Json) -> Any:
    assert body["ok"], body
    return body["result"]


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _at_once(_: float) -> None:
    """Nobody is made to wait for Telegram's limits here."""


def know_the_guide(directory: Path) -> None:
    """Reads, proves and indexes a guide: whoever is forked from here knows it already."""
    loaded = sound(directory)
    proof_of(loaded, directory)
    assert loaded.guide is not None
    of_guide(loaded.guide, loaded.words)


def unhurried() -> Pace:
    """Telegram's limits, out of reach: at each look at the clock another minute has passed."""
    minutes = count(0.0, 60.0)
    return Pace(Time(now=lambda: next(minutes), sleep=_at_once))


@asynccontextmanager
async def town(
    directory: Path,
    *,
    guide: Path | None = None,
    offices: Collection[str] | bool = True,
    forums: Collection[str] = (),
    clock: Callable[[], datetime] = lambda: NOON,
    telegram: LocalTelegram | None = None,
    webhook: bool = False,
) -> AsyncIterator[Town]:
    """A Dalil that runs until the end of the ``with``, its offices bound to groups; those of
    ``forums`` have topics.

    With a ``telegram`` of the caller's, all that was said there stays, and another town may come
    after this one. At the end no update may have been set aside, and whatever the bot asked of
    Telegram is read back by another library.
    """
    local = telegram or LocalTelegram(bot_token=TOKEN, first_retry=0.01)
    if not local.url:
        await local.start()
    key = directory / "key"
    if not key.exists():
        key.write_text(new_key())
    port = free_port() if webhook else 0
    settings = Settings(
        _env_file=None,
        telegram_token=TOKEN,
        telegram_api=local.url,
        data_dir=directory,
        guide_dir=guide,
        key=key.read_text(),
        port=port,
        webhook_url=f"http://127.0.0.1:{port}" if webhook else None,
    )
    if not (database := directory / "dalil.db").exists():
        prepared(database)
    try:
        async with (
            running(settings, clock, unhurried()) as dalil,
            ClientSession(local.url) as people,
        ):
            if offices:
                await open_offices(dalil, people, None if offices is True else offices, forums)
            yield Town(local, dalil, people, settings)
            assert await dalil.store.run(updates.list_set_aside) == []
        assert problems(local.world.calls) == []
    finally:
        if telegram is None:
            await local.stop()
