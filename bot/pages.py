"""What the process says of itself over HTTP: ``/healthz`` and ``/metrics``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from aiohttp import web

from bot.errors import DalilError, StoreUnavailable
from bot.metrics import Metrics
from bot.store import leads, outbox
from bot.store.store import Store, Transaction


def about(
    store: Store, metrics: Metrics, revision: Callable[[], str], screens: Callable[[], int]
) -> web.Application:
    """Both pages. ``revision`` of the guide in service; ``screens``: how many wait to be sent."""

    async def health(_: web.Request) -> web.Response:
        return await _health(store, revision())

    async def numbers(_: web.Request) -> web.Response:
        return await metrics.page(store, revision(), screens())

    pages = web.Application()
    pages.router.add_get("/healthz", health)
    pages.router.add_get("/metrics", numbers)
    return pages


def standby(store: Store, metrics: Metrics, revision: str) -> web.Application:
    """Both pages of a process that waits for its turn: it is well (200), but does not serve."""

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "standby", "version": version("dalil")})

    async def numbers(_: web.Request) -> web.Response:
        return await metrics.page(store, revision, 0)

    pages = web.Application()
    pages.router.add_get("/healthz", health)
    pages.router.add_get("/metrics", numbers)
    return pages


async def not_yet(_: web.Request) -> web.Response:
    """An update came to a process that stands by: Telegram brings it again, to who serves then."""
    return web.Response(status=503)


@asynccontextmanager
async def served(pages: web.Application, port: int) -> AsyncIterator[int]:
    """Serves the pages; gives the port, which is chosen for 0. Raises ``DalilError``."""
    runner = web.AppRunner(pages, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "0.0.0.0", port)
        try:
            await site.start()
        except OSError as error:
            raise DalilError(
                f"DALIL_PORT: port {port} is taken ({error.strerror}). Choose another."
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _health(store: Store, revision: str) -> web.Response:
    """Whether the database answers, what is served, and who waits."""

    def work(tx: Transaction) -> dict[str, object]:
        waiting = len(leads.open_of_office(tx, None))
        return {"leads": leads.counts(tx), "without_office": waiting, "outbox": outbox.counts(tx)}

    try:
        found = await store.run(work)
    except StoreUnavailable as error:
        return web.json_response({"status": "database", "reason": str(error)}, status=503)
    served_now = {"version": version("dalil"), "revision": revision}
    return web.json_response({"status": "ok", **served_now, **found})
