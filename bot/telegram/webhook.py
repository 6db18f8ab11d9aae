"""Telegram brings updates to us: 200 says that one is settled, anything else brings it again."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable

import structlog
from aiogram import Bot
from aiogram.methods import SetWebhook
from aiohttp import web

from bot.telegram.parsing import ALLOWED
from bot.telegram.receiving import NotSettled
from bot.telegram.writing import telling

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1_000_000


class Webhook:
    """The handler of one address."""

    def __init__(self, accept: Callable[[object], Awaitable[None]], secret: str) -> None:
        """``accept`` settles an update or raises ``NotSettled``; ``secret`` proves the sender."""
        self._accept = accept
        self._secret = secret.encode()

    async def handle(self, request: web.Request) -> web.Response:
        """401 without the secret, 413 over a megabyte, 200 when settled, 503 when not."""
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        body = await _read(request)
        if body is None:
            return web.Response(status=413)
        try:
            await self._accept(_decoded(body))
        except NotSettled as error:
            log.warning("webhook.not-settled", error=str(error))
            return web.Response(status=503)
        return web.Response(status=200)

    async def register(self, bot: Bot, url: str) -> None:
        """Asks Telegram to bring updates to this address. Raises ``NotWritten``."""
        method = SetWebhook.model_construct(
            url=url, secret_token=self._secret.decode(), allowed_updates=ALLOWED
        )
        with telling():
            await bot(method)


async def _read(request: web.Request) -> bytes | None:
    """The body, or ``None`` as soon as it is too long, whatever its header promised."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _decoded(body: bytes) -> object:
    """The JSON in it; what is none is handed on as text, to be set aside like any odd update."""
    text = body.decode(errors="replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
