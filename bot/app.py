"""Builds one Dalil by hand, runs it, and ends it without dropping what is in hand."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot import logs
from bot.conversation.conversation import Conversation
from bot.guide.load import find_guide
from bot.guide.shelf import Shelf
from bot.in_service import GuideInService, sound
from bot.jobs import Housekeeping, Jobs
from bot.metrics import Metrics
from bot.pages import about, not_yet, served, standby
from bot.referrals.dispatch import Dispatch
from bot.referrals.referrals import Referrals
from bot.settings import WEBHOOK_PATH, Settings
from bot.store import marks
from bot.store.active import active
from bot.store.sealing import parse_key
from bot.store.store import Store, utc_now
from bot.telegram.carrying import Carrier
from bot.telegram.identity import identify
from bot.telegram.introduction import introduce
from bot.telegram.pace import Pace
from bot.telegram.polling import Poller
from bot.telegram.posting import Post
from bot.telegram.receiving import Receiver
from bot.telegram.retrying import Retrying
from bot.telegram.sending import Sender
from bot.telegram.session import connect
from bot.telegram.staff import Staff
from bot.telegram.webhook import Webhook
from bot.telegram.writing import Writer

log = structlog.get_logger()

SECONDS_TO_FINISH = 10.0
"""What is being sent when the process is told to end may take this long."""
YOUNG = 10_000
"""Objects made and not gone yet that are looked through for garbage; Python's own number is 700."""


@dataclass(frozen=True)
class Dalil:
    """One Dalil that is running."""

    guide: GuideInService
    store: Store
    referrals: Referrals
    receiver: Receiver
    sender: Sender
    port: int
    """Where its own pages are served."""


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    pace: Pace | None = None,
    metrics: Metrics | None = None,
) -> AsyncIterator[Dalil]:
    """A Dalil at work, from the first update to the last message in hand.

    While another one serves a PostgreSQL database, this one stands by and waits for its turn.
    ``pace``: how fast it may write; without it, as fast as Telegram lets a bot. ``metrics``:
    where it counts. Raises ``DalilError`` when it cannot start: guide, database, key, token or
    port.
    """
    metrics = metrics or Metrics()
    standing_by = partial(_standing_by, settings, metrics)
    async with active(settings.database, standing_by=standing_by, lost=_end_at_once):
        seal = parse_key(settings.key.get_secret_value())
        store = Store.open(settings.database, seal, clock)
        try:
            guide = GuideInService(find_guide(settings.guide_dir), store)
            await guide.reload()
            await store.run(lambda tx: marks.put(tx, marks.SERVING_KEY, seal.current))
            async with _at_work(settings, store, guide, pace or Pace(), metrics) as dalil:
                yield dalil
        finally:
            await store.close()


@asynccontextmanager
async def _standing_by(settings: Settings, metrics: Metrics, serving: str) -> AsyncIterator[None]:
    """Proves that this process could serve, and tells who asks that it does not yet."""
    loaded = sound(find_guide(settings.guide_dir))
    store = Store.open(settings.database, parse_key(settings.key.get_secret_value()))
    try:
        metrics.active(False)
        pages = standby(store, metrics, loaded.revision)
        if settings.webhook_url:
            pages.router.add_post(WEBHOOK_PATH, not_yet)
        async with served(pages, settings.port) as port:
            log.info("dalil.standing-by", port=port, serving=serving)
            yield
    finally:
        await store.close()


def _end_at_once(reason: str) -> None:
    """Another process may serve from now on: nothing in hand is finished, as in a sudden death."""
    log.critical("dalil.turn-lost", reason=reason)
    os._exit(1)


@asynccontextmanager
async def _at_work(
    settings: Settings, store: Store, guide: GuideInService, pace: Pace, metrics: Metrics
) -> AsyncIterator[Dalil]:
    bot = connect(settings.telegram_token.get_secret_value(), settings.telegram_api)
    try:
        me = await identify(bot)
        await store.run(lambda tx: marks.put(tx, marks.BOT_NAME, me.username or ""))
        writer = Writer(bot)

        def shelf_of() -> Shelf:
            return guide.shelf

        referrals = Referrals(shelf_of)
        conversation = Conversation(shelf_of, referrals, lambda: guide.index)
        sender = Sender(store, writer, pace)
        post = Post(store, referrals, Dispatch(shelf_of), writer, Carrier(bot), pace)
        jobs = Jobs(store, conversation, drain=post.drain, show=sender.show)
        staff = Staff(store, referrals, guide.voice, bot, writer, pace, username=me.username or "")
        store.queued = jobs.wake
        receiver = Receiver(store, conversation, staff, sender, bot=me.id, measure=metrics.update)
        retry = Retrying(store, receiver.settle, bot=me.id).work_off
        house = _house(settings, store, referrals, retry, jobs.wake, staff.watch.look)
        webhook = Webhook(receiver.accept, _secret(settings))
        poller = Poller(bot, receiver.accept)
        pages = about(store, metrics, lambda: guide.shelf.revision, sender.waiting)
        if settings.webhook_url:
            pages.router.add_post(WEBHOOK_PATH, webhook.handle)
        async with served(pages, settings.port) as port:
            metrics.active(True)
            await jobs.catch_up()
            receiving = await _open_inbox(settings, partial(webhook.register, bot), poller)
            try:
                beside = (jobs.run(), house.run(), introduce(bot, guide.shelf.voices))
                async with _beside(*beside, *receiving):
                    yield Dalil(guide, store, referrals, receiver, sender, port)
            finally:
                await staff.close(SECONDS_TO_FINISH)
                await sender.close(SECONDS_TO_FINISH)
    finally:
        await bot.session.close()


def _house(
    settings: Settings,
    store: Store,
    referrals: Referrals,
    retry: Callable[[], Awaitable[int]],
    committed: Callable[[], None],
    look: Callable[[], Awaitable[None]],
) -> Housekeeping:
    keep = timedelta(days=settings.keep_closed_leads_days)
    return Housekeeping(
        store,
        referrals,
        retry=retry,
        committed=committed,
        look_at_groups=look,
        keep_closed=keep,
    )


def _secret(settings: Settings) -> str:
    """What Telegram says with each update that it brings."""
    return parse_key(settings.key.get_secret_value()).blind("webhook")


async def _open_inbox(
    settings: Settings, register: Callable[[str], Awaitable[None]], poller: Poller
) -> tuple[Coroutine[None, None, None], ...]:
    """Tells Telegram how updates come to us. Gives what has to run then, if they are polled."""
    if settings.webhook:
        await register(settings.webhook)
        return ()
    await poller.start()
    return (poller.run(),)


@asynccontextmanager
async def _beside(*work: Coroutine[None, None, object]) -> AsyncIterator[None]:
    """Does this work beside the body and ends it afterwards; if it fails, so does the body."""
    async with asyncio.TaskGroup() as tasks:
        at_work = [tasks.create_task(each) for each in work]
        try:
            yield
        finally:
            for task in at_work:
                task.cancel()
            await asyncio.wait(at_work)


def settle_memory() -> None:
    """What was built at the start stays: looking through it for garbage would take 50 ms a time.

    What an update leaves goes without being looked for, so that it is looked for more rarely.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


async def serve(settings: Settings) -> None:
    """``dalil run``: until SIGTERM or SIGINT."""
    metrics = Metrics()
    logs.configure(for_people=False, also=(metrics.logged,))
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    told, serving = map(asyncio.create_task, (ended.wait(), _until_cancelled(settings, metrics)))
    await asyncio.wait({told, serving}, return_when=asyncio.FIRST_COMPLETED)
    # Once, however often it is told to end; it may not even have had its turn.
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def _until_cancelled(settings: Settings, metrics: Metrics) -> None:
    async with running(settings, metrics=metrics) as dalil:
        settle_memory()
        log.info("dalil.started", port=dalil.port, revision=dalil.guide.shelf.revision)
        try:
            await asyncio.Event().wait()
        finally:
            log.info("dalil.ending")
