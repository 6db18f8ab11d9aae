"""Telegram is our inbox: one function takes an update, settles it, and returns."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol

import structlog

from bot.conversation.events import Event, Person, Reply
from bot.errors import DalilError, StoreUnavailable, named
from bot.referrals.rows import absence
from bot.store import citizens, updates
from bot.store.store import Store, Transaction
from bot.telegram.inbound import Blocking, FromCitizen, Ignored, Inbound
from bot.telegram.parsing import Unparsable, kind_of, parse, sender, update_id
from bot.telegram.sending import Sender, note
from bot.telegram.staff import Staff

log = structlog.get_logger()

TOO_DEEP = "nested too deeply to be kept"
"""What is kept of such an update."""


class NotSettled(DalilError):
    """The update could not be stored: acknowledge nothing, and bring it again."""


Outcome = Literal["settled", "ignored", "set-aside", "not-settled"]
Failed = Callable[[object, Exception, str], Awaitable[None]]
"""What becomes of an update that cannot be handled: as it came, why, and the press to answer."""


class Talk(Protocol):
    """The citizen's side: what turns events into replies, inside a transaction."""

    def receive(self, tx: Transaction, person: Person, event: Event, message: int | None) -> Reply:
        """Answers an event."""

    def apology(self, tx: Transaction, person: Person, incident: str) -> Reply:
        """Says sorry for a fault of ours, with the screen where the person is."""


@dataclass
class _Turn:
    """The right to act in one chat; gone when nobody wants it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted: int = 0


class Receiver:
    """Settles updates, for polling and webhook alike."""

    def __init__(
        self,
        store: Store,
        conversation: Talk,
        staff: Staff,
        sender: Sender,
        *,
        bot: int,
        measure: Callable[[str, Outcome, float], None] = lambda *_: None,
    ) -> None:
        """``bot``: its id.

        ``measure`` is told of each update: its kind, what became of it, in how many seconds.
        """
        self._store = store
        self._conversation = conversation
        self._staff = staff
        self._sender = sender
        self._bot = bot
        self._measure = measure
        self._turns: dict[int, _Turn] = {}

    async def accept(self, raw: object) -> None:
        """Settles one update as it came: commits it, knows it already, or sets it aside.

        Sending is not waited for, but the disk is: Telegram forgets what is settled. Raises
        ``NotSettled`` when the database could not commit.
        """
        started = time.perf_counter()
        outcome: Outcome = "not-settled"
        try:
            outcome = await self.settle(raw, self._set_aside)
        finally:
            self._measure(kind_of(raw), outcome, time.perf_counter() - started)
        try:
            await self._store.secured()
        except StoreUnavailable as error:
            raise NotSettled(str(error)) from error

    async def settle(self, raw: object, failed: Failed) -> Outcome:
        """Handles one update in its chat's turn; one that cannot be handled goes to ``failed``.

        Raises ``NotSettled`` when the database could not commit.
        """
        try:
            inbound = parse(raw)
        except Unparsable as error:
            await failed(raw, error, "")
            return "set-aside"
        if isinstance(inbound, Ignored):
            return "ignored"
        async with self._turn(inbound.chat):
            try:
                await self._handle(inbound)
            except StoreUnavailable as error:
                raise NotSettled(str(error)) from error
            except Exception as error:
                callback = inbound.callback if isinstance(inbound, FromCitizen) else ""
                await failed(raw, error, callback)
                return "set-aside"
        return "settled"

    async def _handle(self, inbound: Inbound) -> None:
        match inbound:
            case FromCitizen():
                await self._answer(inbound)
            case Blocking():
                await self._store.run(lambda tx: self._block(tx, inbound))
            case Ignored():
                return
            case _:
                await self._staff.handle(inbound)

    async def _answer(self, inbound: FromCitizen) -> None:
        # What was sent before is noted along the way: a commit costs more than the notes do.
        notes = self._sender.take_notes()

        def ahead(tx: Transaction) -> None:
            note(notes, tx)
            updates.expect(tx, self._bot, inbound.update)
            citizens.expect(tx, inbound.person.telegram)

        def work(tx: Transaction) -> Reply | None:
            if updates.seen(tx, self._bot, inbound.update):
                return None
            return self._conversation.receive(tx, inbound.person, inbound.event, inbound.message)

        try:
            reply = await self._store.run(work, ahead)
        except BaseException:
            self._sender.note_again(notes)
            raise
        if reply is not None:
            log.info("update.settled", citizen=reply.citizen, kind=type(inbound.event).__name__)
            self._sender.show(reply, inbound.callback)
        elif inbound.callback:
            self._sender.answer(inbound.callback)

    def _block(self, tx: Transaction, inbound: Blocking) -> None:
        known = citizens.find(tx, inbound.chat)
        if known is None or updates.seen(tx, self._bot, inbound.update):
            return
        if inbound.blocked:
            absence.left(tx, known.number)
        else:
            absence.back(tx, known)

    async def _set_aside(self, raw: object, error: Exception, callback: str) -> None:
        """Keeps what cannot be handled for a person to look at; a citizen gets an apology.

        ``callback``: the press that is still to be answered, if it was one.
        """
        number = update_id(raw)
        person, chat = sender(raw) or (None, 0)
        report = "".join(traceback.format_exception(error))

        def work(tx: Transaction) -> str | None:
            if number is not None and updates.seen(tx, self._bot, number):
                return None
            telegram = None if person is None else person.telegram
            about = (report, telegram)
            try:
                return updates.set_aside(tx, self._bot, number or 0, raw, *about)
            except RecursionError:
                # JSON can be read a little deeper than it can be written.
                return updates.set_aside(tx, self._bot, number or 0, TOO_DEEP, *about)

        try:
            incident = await self._store.run(work)
        except StoreUnavailable as unavailable:
            raise NotSettled(str(unavailable)) from unavailable
        if incident is None:
            # Set aside before, or committed: then it is what came after the commit that failed.
            log.error("update.failed", error=named(error))
            return
        log.error("update.set-aside", incident=incident, error=named(error))
        if person is not None and person.telegram == chat:
            await self._apologise(person, incident, callback)

    async def _apologise(self, person: Person, incident: str, callback: str) -> None:
        """The update is settled by now: if even this fails, it is only logged."""
        try:
            reply = await self._store.run(
                lambda tx: self._conversation.apology(tx, person, incident)
            )
        except Exception as error:
            log.error("update.no-apology", incident=incident, error=named(error))
            return
        self._sender.show(reply, callback)

    @asynccontextmanager
    async def _turn(self, chat: int) -> AsyncIterator[None]:
        """One update of a chat at a time, in the order in which they came."""
        turn = self._turns.setdefault(chat, _Turn())
        turn.wanted += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.wanted -= 1
            if not turn.wanted:
                del self._turns[chat]
