"""A local Telegram, the people in it, and a bot driven by somebody else's library."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
import telegram
from telegram.request import HTTPXRequest

from bot.localtelegram import LocalTelegram

Json = dict[str, Any]

TOKEN = "4200:local"
LAYLA: Json = {"id": 71, "first_name": "ليلى", "username": "layla", "language_code": "ar"}
OMAR: Json = {"id": 72, "first_name": "Omar", "last_name": "Haddad", "language_code": "en"}
RIMA: Json = {"id": 73, "first_name": "ريما", "language_code": "ar"}


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


class People:
    """The people's side, as a page or a terminal would use it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str, **query: Any) -> Any:
        async with self.session.get(f"/client/{path}", params=query) as answer:
            return _result(await answer.json())

    async def post(self, path: str, **wish: Any) -> Any:
        async with self.session.post(f"/client/{path}", json=wish) as answer:
            return _result(await answer.json())

    async def say(self, user: Json, text: str, chat_id: int | None = None, **more: Any) -> Json:
        return await self.send(user, chat_id, text=text, **more)

    async def send(self, user: Json, chat_id: int | None = None, **content: Any) -> Json:
        wish = {"chat_id": chat_id or user["id"], "from": user, **content}
        message: Json = await self.post("send", **wish)
        return message

    async def press(self, user: Json, message: telegram.Message, data: str) -> str:
        wish = {"chat_id": message.chat_id, "from": user, "message_id": message.message_id}
        return str((await self.post("press", **wish, data=data))["callback_query_id"])

    async def group(self, title: str = "مكتب حلب", **more: Any) -> Json:
        chat: Json = await self.post("groups", **{"title": title, "members": [LAYLA, OMAR]} | more)
        return chat

    async def member(self, chat: Json, deed: str, user: Json | None = None) -> Json:
        member: Json = await self.post("members", chat_id=chat["id"], user=user, do=deed)
        return member

    async def chat(self, chat_id: int) -> Json:
        chats = (await self.get("chats"))["chats"]
        return next(chat for chat in chats if chat["id"] == chat_id)


class Refused(Exception):
    """The people's side said no."""


def _result(body: Json) -> Any:
    if not body["ok"]:
        raise Refused(body["description"])
    return body["result"]


class Raw:
    """The bot's side without any library: exact bodies, exact errors."""

    def __init__(self, session: aiohttp.ClientSession, token: str = TOKEN) -> None:
        self._session = session
        self._token = token

    async def __call__(self, method: str, **params: Any) -> Json:
        async with self._session.post(f"/bot{self._token}/{method}", json=params) as answer:
            body: Json = await answer.json()
            assert body["ok"] == (answer.status == 200)
            assert body.get("error_code", 200) == answer.status
            return body

    async def updates(self, **params: Any) -> list[Json]:
        result: list[Json] = (await self("getUpdates", **params))["result"]
        return result


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One loop for all stories of this folder: the browser, which is started once, lives on one."""
    for item in items:
        if item.path.parent == Path(__file__).parent and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(autouse=True)
def newer_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns about durations in seconds unless told to use timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture(loop_scope="session")
async def server(clock: Clock) -> AsyncIterator[LocalTelegram]:
    server = LocalTelegram(bot_token=TOKEN, clock=clock, first_retry=0.001)
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def session(server: LocalTelegram) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.url) as session:
        yield session


@pytest.fixture
def people(session: aiohttp.ClientSession) -> People:
    return People(session)


@pytest.fixture
def raw(session: aiohttp.ClientSession) -> Raw:
    return Raw(session)


@pytest_asyncio.fixture(loop_scope="session")
async def bot(server: LocalTelegram) -> AsyncIterator[telegram.Bot]:
    bot = telegram.Bot(
        TOKEN,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=HTTPXRequest(read_timeout=20),
    )
    async with bot:
        yield bot
