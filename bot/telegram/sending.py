"""Sending citizens their screens: one slot for each private chat, and only the newest in it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import structlog

from bot.conversation.events import Keyboard, Reply
from bot.errors import StoreUnavailable, named
from bot.referrals.rows import absence
from bot.store import citizens
from bot.store.citizens import Shown
from bot.store.store import Store, Transaction
from bot.telegram.errands import Errands
from bot.telegram.pace import Pace, Time, pause_after
from bot.telegram.writing import Closed, Flooded, NotWritten, Refused, Unreached, Writer

log = structlog.get_logger()

MOST_ANSWERS = 3
"""Attempts to answer a press; afterwards the button has stopped waiting anyway."""

REMEMBERED = 10_000
"""Citizens of whom it is remembered what their chats show; of others the store is asked."""

LONGEST_UNNOTED = 0.05
"""Seconds that a note of what is shown waits for an update whose transaction takes it along."""


@dataclass
class _Slot:
    """What waits for one chat, and how sending to it went so far."""

    waiting: Reply | None = None
    keyboard: Keyboard | None = None
    failures: int = 0
    doubtful: bool = False
    """A screen may have arrived without our knowing: what is noted as shown may not be."""

    def put(self, reply: Reply) -> None:
        """A newer screen takes the place of the one that waits; an older one changes nothing.

        A keyboard is kept until it is sent. What was to stand below stays below.
        """
        self.keyboard = reply.keyboard or self.keyboard
        waiting = self.waiting
        if waiting is None:
            self.waiting = reply
        elif waiting.citizen != reply.citizen or waiting.number <= reply.number:
            self.waiting = replace(reply, edit=None) if waiting.edit is None else reply

    def put_back(self, reply: Reply) -> None:
        """What could not be sent waits again, unless something newer came meanwhile."""
        if self.waiting is None:
            self.waiting = reply
        elif reply.edit is None:
            self.waiting = replace(self.waiting, edit=None)


class Sender:
    """Shows citizens their screens, each in its chat's own time.

    ``show`` never waits. What is lost with the process is shown after the next start, since the
    store knows which screen was sent last (``citizens.behind``).
    """

    def __init__(self, store: Store, writer: Writer, pace: Pace, time: Time | None = None) -> None:
        self._store = store
        self._writer = writer
        self._pace = pace
        self._time = time or Time()
        self._slots: dict[int, _Slot] = {}
        self._shown: dict[int, Shown | None] = {}
        self._notes: dict[int, Shown] = {}
        self._noting: asyncio.TimerHandle | None = None
        self._errands = Errands()

    def show(self, reply: Reply, callback: str = "") -> None:
        """Takes a screen to be sent; ``callback``: the press to answer, at once, with its toast."""
        if callback:
            self._errands.start(self._answer(callback, reply.toast))
        slot = self._slots.get(reply.telegram)
        if slot is None:
            slot = self._slots[reply.telegram] = _Slot()
            slot.put(reply)
            self._errands.start(self._serve(reply.telegram, slot))
        else:
            slot.put(reply)

    def answer(self, callback: str) -> None:
        """Answers a press with nothing, so that its button stops waiting."""
        self._errands.start(self._answer(callback, ""))

    def waiting(self) -> int:
        """How many chats have a screen that is not sent yet."""
        return len(self._slots)

    def take_notes(self) -> dict[int, Shown]:
        """What chats show and the store does not know yet, for a transaction that is to store it.

        If that fails, they are to be given back to ``note_again``.
        """
        notes, self._notes = self._notes, {}
        return notes

    def note_again(self, notes: dict[int, Shown]) -> None:
        """These are not stored yet after all; newer ones stay."""
        self._notes = notes | self._notes
        self._note_soon()

    async def finish(self) -> None:
        """Returns when everything in hand is sent, and noted."""
        await self._errands.finish()
        await self._store_notes()

    async def close(self, seconds: float = 0.0) -> None:
        """Gives what is in hand some seconds, then lets the rest go: the store knows it."""
        await self._errands.close(seconds)
        if self._noting is not None:
            self._noting.cancel()
        # What cannot be noted any more is found out by the next start: it shows the screen again.
        with suppress(StoreUnavailable):
            await self._store.run(partial(note, self.take_notes()))

    async def _answer(self, callback: str, toast: str) -> None:
        for attempt in range(1, MOST_ANSWERS + 1):
            try:
                await self._writer.answer(callback, toast)
                return
            except (Flooded, Unreached) as error:
                wait = error.seconds if isinstance(error, Flooded) else pause_after(attempt)
                log.info("sender.answer-later", error=str(error))
                await self._time.sleep(wait)
            except NotWritten as error:
                # Mostly "query is too old": the person has seen the screen change meanwhile.
                log.info("sender.answer-refused", error=str(error))
                return
        log.warning("sender.answer-given-up")

    async def _serve(self, chat: int, slot: _Slot) -> None:
        """Sends what waits for a chat until nothing does."""
        try:
            while slot.waiting is not None:
                await self._pace.turn(chat)
                reply, slot.waiting = slot.waiting, None
                wait = await self._attempt(reply, slot)
                if wait:
                    await self._time.sleep(wait)
        finally:
            del self._slots[chat]

    async def _attempt(self, reply: Reply, slot: _Slot) -> float:
        """One attempt at a screen; returns the seconds to wait before whatever comes next."""
        citizen = reply.citizen
        try:
            await self._deliver(reply, slot)
        except Flooded as flooded:
            log.info("sender.flooded", citizen=citizen, seconds=flooded.seconds)
            slot.put_back(reply)
            return flooded.seconds
        except (Unreached, StoreUnavailable) as error:
            slot.failures += 1
            slot.doubtful = True
            log.warning("sender.later", citizen=citizen, error=str(error), failures=slot.failures)
            slot.put_back(reply)
            return pause_after(slot.failures)
        except Closed:
            log.info("sender.blocked", citizen=citizen)
            await self._block(citizen)
        except Refused as refused:
            log.error("sender.refused", citizen=citizen, error=str(refused))
        except Exception as error:
            log.error("sender.bug", citizen=citizen, error=named(error))
        else:
            slot.failures, slot.doubtful = 0, False
        return 0.0

    async def _deliver(self, reply: Reply, slot: _Slot) -> None:
        chat, citizen = reply.telegram, reply.citizen
        shown = await self._last_shown(citizen) if citizen else None
        if slot.keyboard is not None:
            keyboard = slot.keyboard
            await self._writer.keyboard(chat, keyboard)
            slot.keyboard = None if slot.keyboard is keyboard else slot.keyboard
            await self._pace.turn(chat)
        edit, digest = reply.edit, reply.screen.digest
        if edit is not None and shown is not None and edit < shown.message:
            # A newer message shows the screen by now; an edit above it would be missed.
            edit = None
        if edit is not None and not slot.doubtful and _shows(shown, edit, digest):
            message = edit
        else:
            message = await self._writer.show(chat, reply.screen, edit=edit)
        if citizen:
            self._note(citizen, Shown(message, digest, reply.number))
        if shown is not None and shown.message != message:
            await self._disarm(chat, citizen, shown.message)

    async def _last_shown(self, citizen: int) -> Shown | None:
        """What the citizen's chat shows. Nobody else notes it, so it is read only once."""
        if citizen not in self._shown:
            found = await self._store.run(lambda tx: citizens.shown(tx, citizen))
            self._remember(citizen, found)
        return self._shown[citizen]

    def _remember(self, citizen: int, shown: Shown | None) -> None:
        self._shown.pop(citizen, None)
        self._shown[citizen] = shown
        if len(self._shown) > REMEMBERED:
            del self._shown[next(iter(self._shown))]

    def _note(self, citizen: int, shown: Shown) -> None:
        """Has it stored what is shown, together with what others are shown."""
        self._remember(citizen, shown)
        self._notes[citizen] = shown
        self._note_soon()

    def _note_soon(self) -> None:
        if self._noting is None and self._notes:
            loop = asyncio.get_running_loop()
            self._noting = loop.call_later(LONGEST_UNNOTED, self._note_now)

    def _note_now(self) -> None:
        self._noting = None
        if self._notes:
            self._errands.start(self._store_notes())

    async def _store_notes(self) -> None:
        """Not knowing what is shown would post the same screen again after the next start."""
        failures = 0
        while notes := self.take_notes():
            try:
                await self._store.run(partial(note, notes))
            except StoreUnavailable as error:
                failures += 1
                log.warning("sender.not-noted", citizens=len(notes), error=str(error))
                self._notes = notes | self._notes
                await self._time.sleep(pause_after(failures))

    async def _disarm(self, chat: int, citizen: int, message: int) -> None:
        """Takes the buttons of the former screen. If that fails, old buttons are answered anyway."""
        await self._pace.turn(chat)
        try:
            await self._writer.disarm(chat, message)
        except NotWritten as error:
            log.info("sender.not-disarmed", citizen=citizen, error=str(error))

    async def _block(self, citizen: int) -> None:
        """Notes that the citizen wants to hear no more of us, until they write again."""

        try:
            await self._store.run(lambda tx: absence.left(tx, citizen))
        except StoreUnavailable as error:
            # The next message to them finds it out again.
            log.warning("sender.block-not-noted", citizen=citizen, error=str(error))


def _shows(shown: Shown | None, edit: int, digest: str) -> bool:
    """Whether the message to be edited shows this very screen already."""
    return shown is not None and (shown.message, shown.digest) == (edit, digest)


def note(notes: dict[int, Shown], tx: Transaction) -> None:
    """Stores what chats show."""
    for citizen, shown in notes.items():
        citizens.set_shown(tx, citizen, shown)
