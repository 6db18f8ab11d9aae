"""The way to Telegram's servers: aiogram's client with a lean session.

The usual session validates and copies every method and every result. What we send is built by
ourselves as plain dicts, so this one posts the fields that were set as JSON and returns the plain
result; not even the method is built unless it fails. Errors are aiogram's own.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, cast

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe, GetUpdates, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

PRODUCTION = "https://api.telegram.org"
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0
"""How long an answer may take, unless the call says otherwise (as a long poll does)."""

JSON = {"Content-Type": "application/json"}


class LeanSession(AiohttpSession):
    """Posts what was set, returns the plain result; uploads and ``getMe`` go the usual way."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> TelegramType:
        """Calls the method; raises aiogram's errors, ``TelegramNetworkError`` without an answer."""
        fields = {name: getattr(method, name) for name in method.model_fields_set}
        if isinstance(method, GetMe) or any(isinstance(v, InputFile) for v in fields.values()):
            return await super().make_request(bot, method, timeout)
        seconds = ANSWER_SECONDS if timeout is None else float(timeout)
        return cast(TelegramType, await self.call(bot, type(method), fields, seconds))

    async def call(
        self,
        bot: Bot,
        kind: type[TelegramMethod[Any]],
        fields: dict[str, Any],
        seconds: float = ANSWER_SECONDS,
    ) -> Any:
        """Calls a method that is not built, with fields of plain JSON; otherwise the same."""
        try:
            status, content = await self._post(bot, kind, fields, seconds)
        except TimeoutError as error:
            method = kind.model_construct(**fields)
            raise TelegramNetworkError(method, "no answer in time") from error
        except (ClientError, OSError) as error:
            method = kind.model_construct(**fields)
            raise TelegramNetworkError(method, type(error).__name__) from error
        result = _result(kind, content)
        if status == 200 and result is not None:
            return result
        method = kind.model_construct(**fields)
        text = content.decode(errors="replace")
        return self.check_response(bot, method, status, text).result

    async def create_session(self) -> ClientSession:
        """The connections to Telegram, which sets no cookies: none are looked for at each call."""
        if self._session is None or self._session.closed:
            connector = self._connector_type(**self._connector_init)
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Closes the connections at once; aiogram would wait for a quarter of a second."""
        if self._session is not None and not self._session.closed:
            await self._session.close()

    async def _post(
        self, bot: Bot, kind: type[TelegramMethod[Any]], fields: dict[str, Any], seconds: float
    ) -> tuple[int, bytes]:
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=kind.__api_method__)
        body = _encoded(fields)
        async with session.post(url, data=body, headers=JSON, timeout=_within(seconds)) as answer:
            return answer.status, await answer.read()


async def call(bot: Bot, kind: type[TelegramMethod[Any]], **fields: Any) -> Any:
    """The plain result of a method of a bot that was made by ``connect``; raises as it does."""
    session = cast(LeanSession, bot.session)
    return await session.call(bot, kind, fields)


def connect(token: str, api: str = PRODUCTION) -> Bot:
    """The client of one bot; ``api`` is the address of Telegram's servers, or of a local one.

    Raises aiogram's ``TokenValidationError`` for what is no token. Close it with
    ``bot.session.close()``.
    """
    return Bot(token, session=LeanSession(api=TelegramAPIServer.from_base(api)))


def _encoded(fields: dict[str, Any]) -> bytes:
    """The fields as JSON; half a surrogate pair, which nobody could read, as a question mark."""
    try:
        return orjson.dumps(fields)
    except TypeError:
        return json.dumps(fields, ensure_ascii=False).encode(errors="replace")


@lru_cache(maxsize=8)
def _within(seconds: float) -> ClientTimeout:
    return ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)


def _result(kind: type[TelegramMethod[Any]], content: bytes) -> Any:
    """The result of a call that went well, else ``None``."""
    # orjson rounds what is beyond 64 bits, as it may be in what people send.
    read = json.loads if kind is GetUpdates else orjson.loads
    try:
        body = read(content)
    except (ValueError, RecursionError):
        return None
    return body.get("result") if isinstance(body, dict) and body.get("ok") is True else None
