"""The local Telegram as a web server."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from bot.localtelegram.bot_api import BotApi
from bot.localtelegram.client_api import ClientApi
from bot.localtelegram.world import World

_PAGE = Path(__file__).parent / "page"
_MOST_BYTES = 50 * 1024 * 1024


class LocalTelegram:
    """A Telegram of one's own: a Bot API for one bot, and a page for everybody else.

    `clock` gives seconds since 1970; `first_retry` is the first pause, in seconds, before an
    update is brought to a webhook again; with `bot_token` the bot is known from the start.
    """

    def __init__(
        self,
        *,
        bot_token: str | None = None,
        clock: Callable[[], float] = time.time,
        first_retry: float = 1.0,
    ) -> None:
        self.url = ""
        self.world = World(clock)
        if bot_token:
            self.world.register_bot(bot_token)
        self._bot_api = BotApi(self.world, first_retry)
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> web.AppRunner:
        """Listens, on a free port if `port` is 0; `url` then says where."""
        app = web.Application(client_max_size=_MOST_BYTES)
        app.add_routes(self._bot_api.routes())
        app.add_routes(ClientApi(self.world).routes())
        app.add_routes([web.get("/", _index), web.get("/page/{name}", _asset)])
        app.on_shutdown.append(self._on_shutdown)
        # Who hangs up waits no longer: neither in a poll nor for a slow answer.
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        await site.start()
        address, bound = runner.addresses[0][:2]
        self.url = f"http://{address}:{bound}"
        self._runner = runner
        return runner

    async def stop(self) -> None:
        """Stops listening; waiting requests are answered first."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _on_shutdown(self, _: web.Application) -> None:
        self.world.events.close()
        await self._bot_api.stop()


async def serve(host: str, port: int) -> None:
    """Serves until cancelled."""
    telegram = LocalTelegram()
    await telegram.start(host, port)
    try:
        await asyncio.Event().wait()
    finally:
        await telegram.stop()


async def _index(_: web.Request) -> web.StreamResponse:
    return _page_file("index.html")


async def _asset(request: web.Request) -> web.StreamResponse:
    return _page_file(request.match_info["name"])


def _page_file(name: str) -> web.StreamResponse:
    path = _PAGE / name
    if path.parent != _PAGE or not path.is_file():
        return web.Response(status=404, text="Not Found")
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})
