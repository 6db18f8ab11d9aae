"""Sending what waits in the outbox: rendered and addressed at this moment, not before."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial

import structlog

from bot.errors import StoreUnavailable, named
from bot.referrals.calls import Call, Carry, OpenThread, React, SetThread, Show
from bot.referrals.dispatch import Dispatch
from bot.referrals.referrals import Referrals
from bot.referrals.rows import absence
from bot.store import outbox
from bot.store.outbox import Row
from bot.store.store import Store, Transaction
from bot.telegram.carrying import Carrier
from bot.telegram.errands import finishing
from bot.telegram.pace import Pace, Rank, Time, pause_after
from bot.telegram.writing import (
    Closed,
    Flooded,
    Moved,
    NotWritten,
    Refused,
    ThreadGone,
    Unreached,
    Writer,
)

log = structlog.get_logger()

MOST_TRIES = 10
"""Attempts at what Telegram refuses as it is; then a person must look."""
LONGEST_DELAY = 600.0
LONGEST_HOLD_UP = 1.0
"""Seconds that a round may wait for one chat's limit."""


class Post:
    """Takes rows to where they belong, in the order of each addressee, addressees side by side."""

    def __init__(
        self,
        store: Store,
        referrals: Referrals,
        dispatch: Dispatch,
        writer: Writer,
        carrier: Carrier,
        pace: Pace,
        time: Time | None = None,
    ) -> None:
        self._time = time or Time()
        self._store = store
        self._referrals = referrals
        self._dispatch = dispatch
        self._writer = writer
        self._carrier = carrier
        self._pace = pace

    async def drain(self) -> None:
        """Sends everything whose time has come, until nothing is left of it.

        A round is finished before the next is fetched: a row that changes while it is on its way
        must not be fetched again before that way has ended. Raises ``StoreUnavailable``.
        """
        while rows := await self._store.run(outbox.due):
            outcomes = await finishing(self._send_all(rows))
            for outcome in outcomes:
                if outcome is not None:
                    raise outcome

    async def _send_all(self, rows: list[Row]) -> list[BaseException | None]:
        return await asyncio.gather(*map(self._send, rows), return_exceptions=True)

    async def _send(self, row: Row) -> None:
        try:
            await self._carry(row)
        except StoreUnavailable:
            raise
        except Exception as error:
            reason = named(error)
            log.error("post.bug", row=row.id, what=row.what, error=reason)
            await self._store.run(lambda tx: self._again(tx, row, reason))

    async def _carry(self, row: Row) -> None:
        done: set[str] = set()
        call = await self._store.run(lambda tx: self._next(tx, row, done))
        while call is not None:
            # A thumb is no message: it need not wait for the room of one.
            wait = 0.0 if isinstance(call, React) else self._pace.wait(call.chat)
            if wait > LONGEST_HOLD_UP:
                # Others go on meanwhile: a round ends only when all of it has been sent.
                await self._store.run(partial(outbox.postpone, id=row.id, seconds=wait))
                return
            try:
                number = await self._make(row, call)
            except NotWritten as error:
                await self._failed(row, call, error)
                return
            call = await self._note(row, call, number, done)

    def _next(self, tx: Transaction, row: Row, done: Collection[str]) -> Call | None:
        """What is next for the row. If that is nothing, the row goes: it is finished, or there is
        nothing to say any more, since it was erased, unbound, or is no longer true."""
        call = self._dispatch.next_call(tx, row, done)
        if call is None:
            outbox.sent(tx, row.id)
        return call

    async def _note(self, row: Row, call: Call, number: int, done: set[str]) -> Call | None:
        """Notes what Telegram has taken, however long the database is away; gives what is next.

        Giving up would send it a second time. A try whose commit was stored without our hearing
        of it may have taken the row away: then nothing is noted twice.
        """
        done.add(call.part)

        def work(tx: Transaction) -> Call | None:
            if not outbox.holds(tx, row.id):
                return None
            self._dispatch.succeeded(tx, row, call, number)
            return self._next(tx, row, done)

        failures = 0
        while True:
            try:
                return await self._store.run(work)
            except StoreUnavailable as error:
                failures += 1
                log.warning("post.not-noted", row=row.id, error=str(error), failures=failures)
                await self._time.sleep(pause_after(failures))

    async def _make(self, row: Row, call: Call) -> int:
        """Makes a call; gives the number of the message or thread that it made, else 0."""
        rank = Rank.of_row(row.rank)
        match call:
            case Show(chat=chat, screen=screen, edit=edit, thread=thread, reply_to=reply_to):
                await self._pace.turn(chat, rank)
                return await self._writer.show(
                    chat, screen, edit=edit, thread=thread, reply_to=reply_to
                )
            case Carry():
                await self._pace.turn(call.chat, rank)
                return await self._carrier.carry(call)
            case OpenThread(chat=chat, title=title):
                await self._pace.turn(chat, rank)
                return await self._carrier.open_thread(chat, title)
            case SetThread(chat=chat, thread=thread, open=open):
                await self._pace.turn(chat, rank)
                await self._carrier.set_thread(chat, thread, open=open)
            case React(chat=chat, message=message):
                await self._carrier.react(chat, message)
        return 0

    async def _failed(self, row: Row, call: Call, error: NotWritten) -> None:
        log.warning("post.failed", row=row.id, what=row.what, to=row.to, error=type(error).__name__)
        chat = call.chat

        def work(tx: Transaction) -> None:
            match error:
                case Flooded():
                    outbox.later(tx, row.id, error.seconds, str(error))
                case ThreadGone() | Refused() if isinstance(call, OpenThread):
                    # No forum any more, or not ours to manage: a lead matters more than its place.
                    self._referrals.threads_changed(tx, chat, forum=False)
                    self._again(tx, row, str(error), at_once=True)
                case ThreadGone():
                    self._dispatch.thread_gone(tx, chat, getattr(call, "thread", None) or 0)
                    self._again(tx, row, str(error), at_once=not row.tries)
                case Unreached():
                    outbox.later(tx, row.id, _delay(row), str(error))
                case Moved():
                    self._referrals.migrated(tx, chat, error.chat)
                    outbox.later(tx, row.id, _delay(row) if row.tries else 0, str(error))
                case Closed() if row.to.startswith("citizen:"):
                    absence.left(tx, int(row.to.partition(":")[2]))
                    outbox.sent(tx, row.id)
                case Closed():
                    self._referrals.lost_group(tx, chat, "lost")
                    outbox.sent(tx, row.id)
                case _:
                    self._again(tx, row, str(error))

        await self._store.run(work)

    def _again(self, tx: Transaction, row: Row, error: str, *, at_once: bool = False) -> None:
        """What waiting hardly mends is tried some times nevertheless, then laid before a person."""
        if row.tries + 1 >= MOST_TRIES:
            outbox.dead(tx, row.id, error)
            self._dispatch.given_up(tx, row)
            log.error("post.dead", row=row.id, what=row.what, to=row.to)
        elif at_once:
            outbox.later(tx, row.id, 0, error)
        else:
            outbox.aside(tx, row.id, _delay(row), error)


def _delay(row: Row) -> float:
    """Seconds until the next attempt: 2, 4, 8 … up to ten minutes."""
    return min(2.0 ** min(row.tries + 1, 20), LONGEST_DELAY)
