"""The bot's side over HTTP: /bot<token>/<method> and the files."""

import asyncio
import inspect
import json
from typing import Any

from aiohttp import web

from bot.localtelegram.errors import ApiError, flood
from bot.localtelegram.faults import Fault, Kind
from bot.localtelegram.methods import METHODS
from bot.localtelegram.webhook import Courier, Webhook
from bot.localtelegram.wire import Params, read_params
from bot.localtelegram.world import World

Json = dict[str, Any]


class BotApi:
    """Answers a bot's calls, with the trouble that was ordered, and notes each of them."""

    def __init__(self, world: World, first_retry: float) -> None:
        self._world = world
        self._first_retry = first_retry
        self._courier: Courier | None = None
        self._calls = 0

    def routes(self) -> list[web.RouteDef]:
        """What an application adds to its router."""
        return [
            web.get("/bot{token}/{method}", self._call),
            web.post("/bot{token}/{method}", self._call),
            web.get("/file/bot{token}/{path:.+}", self._download),
        ]

    async def stop(self) -> None:
        """Ends waiting polls and the delivery to a webhook."""
        self._world.updates.end_poll()
        if self._courier:
            await self._courier.stop()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = Params({})
        fault: Fault | None = None
        try:
            self._world.register_bot(request.match_info["token"])
            params = await read_params(request)
            fault = self._world.faults.strike(method, params.text("chat_id"))
            await _before(fault)
            result = await self._run(method, params)
            await self._follow_webhook()
        except _Dropped:
            self._note(method, params, "connection dropped before the call")
            return _hang_up(request)
        except ApiError as error:
            self._note(method, params, error.description)
            answer = _json(error.as_json(), error.status)
        else:
            self._note(method, params)
            answer = _json({"ok": True, "result": result}, 200)
        dropped = fault is not None and fault.kind is Kind.DROP_AFTER
        return _hang_up(request) if dropped else answer

    async def _run(self, name: str, params: Params) -> object:
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        result = method(self._world, params)
        return await result if inspect.isawaitable(result) else result

    async def _follow_webhook(self) -> None:
        """Sends the courier where the webhook points now."""
        wanted = self._world.webhook
        current = self._courier
        if (current.webhook if current else None) is wanted:
            return
        # Put in its place before anything is waited for: another call may come meanwhile.
        self._courier = self._new_courier(wanted) if wanted else None
        if current:
            await current.stop()

    def _new_courier(self, webhook: Webhook) -> Courier:
        world = self._world
        return Courier(webhook, world.updates, self._first_retry, world.clock, self._reply)

    async def _reply(self, call: Json) -> None:
        """Runs the call in a webhook's answer; as on Telegram, nobody hears how it went."""
        name = str(call.pop("method"))
        params = Params(call)
        try:
            await self._run(name, params)
        except ApiError as error:
            self._note(name, params, error.description)
        else:
            self._note(name, params)

    def _note(self, method: str, params: Params, error: str | None = None) -> None:
        self._calls += 1
        call: Json = {
            "n": self._calls,
            "method": method,
            "params": params.recorded(),
            "ok": error is None,
        }
        self._world.calls.append(call | ({"description": error} if error else {}))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        bot, file = self._world.bot, self._world.files.by_path(request.match_info["path"])
        if bot is None or bot.token != request.match_info["token"] or file is None:
            return _json(ApiError(404, "Not Found").as_json(), 404)
        return web.Response(body=file.upload.data, content_type="application/octet-stream")


class _Dropped(Exception):
    """The connection ends before the call has any effect."""


async def _before(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.kind is Kind.FLOOD:
        raise flood(fault.retry_after)
    if fault.kind is Kind.ERROR500:
        raise ApiError(500, "Internal Server Error")
    if fault.kind is Kind.DROP_BEFORE:
        raise _Dropped
    if fault.kind is Kind.SLOW:
        await asyncio.sleep(fault.seconds)


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _json(body: Json, status: int) -> web.Response:
    return web.json_response(body, status=status, dumps=lambda v: json.dumps(v, ensure_ascii=False))
