"""What happens by the clock: the outbox, screens not shown, cards of a new day, forgetting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Protocol

import structlog

from bot.conversation.events import Reply
from bot.errors import StoreUnavailable, named
from bot.referrals.case.relay import EDITABLE
from bot.referrals.ground import local_day
from bot.referrals.referrals import Referrals
from bot.store import (
    citizens,
    crossings,
    marks,
    outbox,
    prompts,
    remarks,
    reports,
    retention,
    updates,
)
from bot.store.store import Store, Transaction

log = structlog.get_logger()

REMEMBERED = timedelta(hours=48)
"""Telegram brings an update again for a day at most; twice as long is beyond doubt."""
SETTLED_KEPT = timedelta(days=30)
SET_ASIDE_KEPT = timedelta(days=90)
"""How long an update that was set aside is kept: settled by another try, or in any case."""
REMARKS_KEPT = timedelta(days=365)
"""How long editors have to read what citizens and officers wrote for them."""
CLOSED_LEADS_KEPT = timedelta(days=365)
PROMPTS_KEPT = timedelta(days=30)
"""A question to officers that nobody has answered by then is asked anew by a press."""
FORGET_EVERY = 3600.0
NEW_DAY_EVERY = 60.0
CLOCK_EVERY = 60.0
RETRY_EVERY = 20.0
LONGEST_REST = 30.0
"""Seconds after which the outbox is looked at anyway: commands of other processes put rows too."""
SHORTEST_REST = 0.05
AFTER_FAILURE = 5.0


class Talk(Protocol):
    """What knows a citizen's screen of today."""

    def current(self, tx: Transaction, citizen: int) -> Reply | None:
        """The screen, to be posted anew."""


class Jobs:
    """Everything that nobody's message starts, as tasks that end when they are cancelled."""

    def __init__(
        self,
        store: Store,
        conversation: Talk,
        *,
        drain: Callable[[], Awaitable[None]],
        show: Callable[[Reply], None],
    ) -> None:
        """``drain`` sends what is due in the outbox; ``show`` takes a screen and does not wait."""
        self._store = store
        self._conversation = conversation
        self._drain = drain
        self._show = show
        self._work = asyncio.Event()

    def wake(self) -> None:
        """Something was committed: rows may wait to be sent."""
        self._work.set()

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            self._work.clear()
            try:
                await self._drain()
                rest = await self._store.run(_rest)
            except StoreUnavailable as error:
                log.warning("jobs.outbox-waits", error=str(error))
                rest = AFTER_FAILURE
            try:
                async with asyncio.timeout(rest):
                    await self._work.wait()
            except TimeoutError:
                continue

    async def catch_up(self) -> int:
        """Shows each citizen whose newest screen was never sent that screen, once.

        To be called after a start, before updates are received. Returns how many there were.
        """
        behind = await self._store.run(citizens.behind)
        for number in behind:
            try:
                reply = await self._store.run(partial(self._conversation.current, citizen=number))
            except StoreUnavailable:
                raise
            except Exception as error:
                log.error("jobs.no-screen", citizen=number, error=named(error))
                continue
            if reply is not None:
                self._show(reply)
        if behind:
            log.info("jobs.caught-up", citizens=len(behind))
        return len(behind)


class Housekeeping:
    """What the hour and the date bring, beside the outbox."""

    def __init__(
        self,
        store: Store,
        referrals: Referrals,
        *,
        retry: Callable[[], Awaitable[object]],
        committed: Callable[[], None],
        look_at_groups: Callable[[], Awaitable[None]] | None = None,
        keep_closed: timedelta = CLOSED_LEADS_KEPT,
    ) -> None:
        """``retry`` handles once more what was set aside and asked for; ``committed`` is called
        when rows may wait to be sent; ``look_at_groups`` sees once a day whether offices' groups
        are still fit for it; ``keep_closed``: how long a closed lead names its person."""
        self._store = store
        self._referrals = referrals
        self._retry = retry
        self._committed = committed
        self._look_at_groups = look_at_groups
        self._keep_closed = keep_closed

    async def run(self) -> None:
        """Works until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_every(RETRY_EVERY, self._retry))
            tasks.create_task(_every(NEW_DAY_EVERY, self.new_day))
            tasks.create_task(_every(CLOCK_EVERY, self.tick))
            tasks.create_task(_every(FORGET_EVERY, self.forget))

    async def new_day(self) -> None:
        """Once on each day of Syria, also after a restart: cards tell the age of their leads."""

        def work(tx: Transaction) -> bool:
            today = local_day(tx.now).isoformat()
            if marks.get(tx, marks.CARDS_DAY) == today:
                return False
            self._referrals.new_day(tx)
            marks.put(tx, marks.CARDS_DAY, today)
            return True

        if await self._store.run(work):
            self._committed()
            if self._look_at_groups is not None:
                await self._look_at_groups()

    async def tick(self) -> None:
        """Reminds of what is owed to citizens, and makes the morning's digests."""
        if await self._store.run(self._referrals.tick):
            self._committed()

    async def forget(self) -> None:
        """Forgets updates that cannot come again, and personal data whose time is over."""
        await self._store.run(lambda tx: updates.forget_seen(tx, tx.now - REMEMBERED))
        await self._store.run(lambda tx: prompts.forget(tx, tx.now - PROMPTS_KEPT))
        aside = await self._store.run(
            lambda tx: retention.forget_set_aside(
                tx, settled=tx.now - SETTLED_KEPT, any_state=tx.now - SET_ASIDE_KEPT
            )
        )
        leads = 0
        while emptied := await self._store.run(self._empty_leads):
            leads += emptied
            self._committed()
        told = await self._store.run(lambda tx: remarks.forget(tx, tx.now - REMARKS_KEPT))
        told += await self._store.run(lambda tx: reports.forget(tx, tx.now - REMARKS_KEPT))
        crossed = await self._store.run(lambda tx: crossings.empty(tx, tx.now - EDITABLE))
        if aside or leads or told or crossed:
            counts = {"set_aside": aside, "leads": leads, "remarks": told, "crossed": crossed}
            log.info("housekeeping.forgotten", **counts)

    def _empty_leads(self, tx: Transaction) -> int:
        emptied = retention.empty_closed_leads(tx, tx.now - self._keep_closed)
        self._referrals.withdrawn_by_erasure(tx, emptied)
        return len(emptied)


async def _every(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    """Does it now and then; a fault in it is logged and stops nothing else."""
    while True:
        try:
            await work()
        except StoreUnavailable as error:
            log.warning("housekeeping.waits", error=str(error))
        except Exception as error:
            log.error("housekeeping.bug", error=named(error))
        await asyncio.sleep(seconds)


def _rest(tx: Transaction) -> float:
    """Seconds until the outbox has something to send."""
    due = outbox.next_due(tx)
    if due is None:
        return LONGEST_REST
    seconds = (due - tx.now).total_seconds()
    return min(max(seconds, SHORTEST_REST), LONGEST_REST)
