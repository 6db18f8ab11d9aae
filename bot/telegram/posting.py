"""Sending what waits in the outbox: rendered and addressed at this moment, not before."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import structlog

from bot.errors import StoreUnavailable, named
from bot.referrals.referrals import Outgoing, Referrals
from bot.store import citizens, outbox
from bot.store.outbox import Row
from bot.store.store import Store, Transaction
from bot.telegram.errands import finishing
from bot.telegram.pace import Pace, Rank, Time, pause_after
from bot.telegram.writing import Closed, Flooded, Moved, NotWritten, Unreached, Writer

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
        writer: Writer,
        pace: Pace,
        time: Time | None = None,
    ) -> None:
        self._time = time or Time()
        self._store = store
        self._referrals = referrals
        self._writer = writer
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
            await self._store.run(lambda tx: _again(tx, row, reason))

    async def _carry(self, row: Row) -> None:
        outgoing = await self._store.run(lambda tx: self._referrals.outgoing(tx, row))
        if outgoing is None:
            # Nothing to say any more: erased, unbound, no longer true.
            return await self._store.run(lambda tx: outbox.sent(tx, row.id))
        wait = self._pace.wait(outgoing.chat)
        if wait > LONGEST_HOLD_UP:
            # Others go on meanwhile: a round ends only when all of it has been sent.
            return await self._store.run(lambda tx: outbox.postpone(tx, row.id, wait))
        try:
            message = await self._write(outgoing)
        except NotWritten as error:
            return await self._failed(row, outgoing, error)

        return await self._note_sent(row, outgoing.chat, message)

    async def _note_sent(self, row: Row, chat: int, message: int) -> None:
        """Notes what Telegram has taken, however long the database is away.

        Giving up would send it a second time. A try whose commit was stored without our hearing
        of it has taken the row away: then nothing is noted twice.
        """

        def work(tx: Transaction) -> None:
            if outbox.holds(tx, row.id):
                self._referrals.arrived(tx, row, chat, message)
                outbox.sent(tx, row.id)

        failures = 0
        while True:
            try:
                return await self._store.run(work)
            except StoreUnavailable as error:
                failures += 1
                log.warning("post.not-noted", row=row.id, error=str(error), failures=failures)
                await self._time.sleep(pause_after(failures))

    async def _write(self, outgoing: Outgoing) -> int:
        await self._pace.turn(outgoing.chat, Rank.ROW)
        return await self._writer.show(
            outgoing.chat, outgoing.screen, edit=outgoing.edit, thread=outgoing.thread
        )

    async def _failed(self, row: Row, outgoing: Outgoing, error: NotWritten) -> None:
        log.warning("post.failed", row=row.id, what=row.what, to=row.to, error=type(error).__name__)
        chat = outgoing.chat

        def work(tx: Transaction) -> None:
            match error:
                case Flooded():
                    outbox.later(tx, row.id, error.seconds, str(error))
                case Unreached():
                    outbox.later(tx, row.id, _delay(row), str(error))
                case Moved():
                    self._referrals.migrated(tx, chat, error.chat)
                    outbox.later(tx, row.id, _delay(row) if row.tries else 0, str(error))
                case Closed() if row.to.startswith("citizen:"):
                    _block(tx, int(row.to.partition(":")[2]))
                    outbox.sent(tx, row.id)
                case Closed():
                    self._referrals.lost_group(tx, chat, "lost")
                    outbox.sent(tx, row.id)
                case _:
                    _again(tx, row, str(error))

        await self._store.run(work)


def _again(tx: Transaction, row: Row, error: str) -> None:
    """What waiting hardly mends is tried some times nevertheless, then laid before a person."""
    if row.tries + 1 < MOST_TRIES:
        outbox.later(tx, row.id, _delay(row), error)
        return
    outbox.dead(tx, row.id, error)
    log.error("post.dead", row=row.id, what=row.what, to=row.to)


def _delay(row: Row) -> float:
    """Seconds until the next attempt: 2, 4, 8 … up to ten minutes."""
    return min(2.0 ** min(row.tries + 1, 20), LONGEST_DELAY)


def _block(tx: Transaction, number: int) -> None:
    citizen = citizens.get(tx, number)
    if citizen is not None:
        citizens.update(tx, replace(citizen, blocked=True))
