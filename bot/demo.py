"""``dalil demo``: the bot that runs on Telegram, beside a local Telegram where all is invented."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from aiohttp import ClientSession
from pydantic import SecretStr
from watchfiles import awatch

from bot import logs
from bot.app import Dalil, running
from bot.engine.values import Json
from bot.errors import DalilError
from bot.guide.direction import isolated
from bot.guide.load import find_guide, locales_of
from bot.in_service import GuideInService, GuideRefused
from bot.localtelegram import LocalTelegram
from bot.settings import Kind, Settings, read_settings
from bot.store import offices
from bot.store.sealing import new_key
from bot.store.store import lock, upgrade, utc_now

log = structlog.get_logger()

TOKEN = "1000:demo"
HEAD: Json = {"id": 2000001, "first_name": "سامر (موظف تجريبي)", "language_code": "ar"}
MEMBER: Json = {"id": 2000002, "first_name": "هالة (موظفة تجريبية)", "language_code": "ar"}
MARK = "(تجربة)"
"""Stands in the title of every invented group."""
PAGE = ("ar", "en")
"""The languages of the chat page."""
SECONDS_TO_BIND = 30

Play = Callable[[Dalil, ClientSession], AbstractAsyncContextManager[None]]
"""Who and what is there when the demo is ready, and goes on while it is played."""


def demo_settings(kind: type[Kind], directory: Path, **given: Any) -> Kind:
    """The settings of the demo: its own database and key, whatever the environment says."""
    key = SecretStr(_demo_key(directory))
    return read_settings(kind, data_dir=directory, database_url=None, key=key, **given)


def _demo_key(directory: Path) -> str:
    """The key of the demo's data, made once."""
    file = directory / "key"
    if not file.exists():
        directory.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(new_key())
    return file.read_text().strip()


@asynccontextmanager
async def empty(dalil: Dalil, people: ClientSession) -> AsyncIterator[None]:
    """Every office has a group, and nobody has asked it for anything yet."""
    await open_offices(dalil, people)
    yield


async def serve_demo(
    directory: Path, port: int, play: Play = empty, clock: Callable[[], datetime] = utc_now
) -> None:
    """Plays until it is told to end. Every start begins anew: the local Telegram forgets too."""
    logs.configure(for_people=True)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    telegram = LocalTelegram()
    try:
        await telegram.start(host="127.0.0.1", port=port)
    except OSError as error:
        raise DalilError(
            f"Port {port} is taken ({error.strerror}). Choose another: make demo PORT=8090"
        ) from error
    try:
        settings = demo_settings(
            Settings,
            directory,
            telegram_token=SecretStr(TOKEN),
            telegram_api=telegram.url,
            webhook_url=None,
            port=0,
        )
        _begin_anew(settings)
        async with (
            running(settings, clock) as dalil,
            ClientSession(telegram.url) as people,
            play(dalil, people),
            watching(dalil.guide, people, find_guide(settings.guide_dir)),
        ):
            print(f"\n  Dalil is ready: {telegram.url}\n  To end it, press Ctrl+C.\n", flush=True)
            await ended.wait()
    finally:
        await telegram.stop()


def _begin_anew(settings: Settings) -> None:
    file = settings.data_dir.absolute() / "dalil.db"
    with lock(settings.database):
        for suffix in ("", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        upgrade(settings.database)


async def open_offices(
    dalil: Dalil,
    people: ClientSession,
    names: Collection[str] | None = None,
    forums: Collection[str] = (),
) -> None:
    """Makes a group for these offices, or for all, and binds it as an officer would: by typing
    its code. The groups of ``forums`` have topics."""
    shelf = dalil.guide.shelf
    wanted = shelf.guide.offices if names is None else names
    for office in wanted:
        title = f"{shelf.words['ar'].offices[office]} {MARK}"
        group: Json = {"title": title, "members": [HEAD, MEMBER], "bot_admin": True}
        group["forum"] = office in forums
        chat = await as_people(people, "groups", group)
        code = await dalil.store.run(partial(offices.invite, office=office))
        bind = {"chat_id": chat["id"], "from": HEAD, "text": f"/bind {code}"}
        await as_people(people, "send", bind)
    async with asyncio.timeout(SECONDS_TO_BIND):
        # The bot itself binds them, from the other side of the local Telegram.
        while len(await dalil.store.run(offices.desks)) < len(wanted):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def as_people(people: ClientSession, what: str, body: Json) -> Json:
    """Does something in the local Telegram as its people do it; gives what came of it."""
    async with people.post(f"/client/{what}", json=body) as answer:
        said = await answer.json()
    if not said["ok"]:
        raise DalilError(f"The local Telegram refused {what}: {said['description']}")
    return said["result"]


@asynccontextmanager
async def watching(
    guide: GuideInService, people: ClientSession, directory: Path
) -> AsyncIterator[None]:
    """Serves the guide again when an editor saves a file; says on the page when it is broken."""
    task = asyncio.create_task(_watch(guide, people, directory))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch(guide: GuideInService, people: ClientSession, directory: Path) -> None:
    async for _ in awatch(directory / "flows", directory / "content", locales_of(directory)):
        banner: Json = {"text": None}
        try:
            await guide.reload()
        except GuideRefused as refusal:
            print(refusal, flush=True)
            banner = {"text": _broken(refusal), "level": "error"}
        except (DalilError, OSError) as error:
            # Such as a file that was gone between two looks: its next save brings us here again.
            print(error, flush=True)
            banner = {"text": dict.fromkeys(PAGE, str(error)), "level": "error"}
        else:
            print(f"The guide is served as it is now ({guide.shelf.revision}).", flush=True)
        await as_people(people, "banner", banner)


def _broken(refusal: GuideRefused) -> Json:
    first = {language: refusal.told(language)[0] for language in PAGE}
    return {
        "ar": f"في الدليل خطأ، وبقي الدليل السابق في الخدمة. {isolated(first['ar'])}",
        "en": f"The guide has a fault; the one before stays in service. {first['en']}",
    }
