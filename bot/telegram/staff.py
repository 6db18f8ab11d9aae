"""The offices' groups: connecting them, their members, and presses on cards.

What can only be known by asking Telegram is asked before the transaction. Answers to somebody in
a group pass with the moment and are sent directly; cards and notices go through the outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot

from bot.guide.direction import isolated
from bot.guide.screen import Screen
from bot.guide.voice import Voice
from bot.referrals.case.officers import Who
from bot.referrals.case.relay import Heard
from bot.referrals.group.deed import Answer
from bot.referrals.referrals import Bound, Referrals, Refusal
from bot.store import updates
from bot.store.store import Store, Transaction
from bot.telegram.errands import Errands
from bot.telegram.forums import Forums
from bot.telegram.guessing import Guesses
from bot.telegram.inbound import (
    BotMembership,
    FromGroup,
    MemberChange,
    Migration,
    StaffMessage,
    StaffPress,
)
from bot.telegram.lookup import Lookup
from bot.telegram.pace import Pace
from bot.telegram.parsing import COMMAND
from bot.telegram.watching import Watch
from bot.telegram.writing import NotWritten, Writer

log = structlog.get_logger()

Work = Callable[[Transaction], None]
Hear = Callable[[Transaction, Who], Heard]


class _Stranger(Exception):
    """Somebody presses of whom we must ask Telegram first; undoes the transaction."""


class Staff:
    """Handles what happens in groups."""

    def __init__(
        self,
        store: Store,
        referrals: Referrals,
        voice: Callable[[], Voice],
        bot: Bot,
        writer: Writer,
        pace: Pace,
        *,
        username: str,
    ) -> None:
        """``voice`` speaks in groups; ``username``: the bot's, without the ``@``."""
        self._store = store
        self._referrals = referrals
        self._voice = voice
        self._bot = bot.id
        self._lookup = Lookup(bot)
        self._writer = writer
        self._pace = pace
        self._username = username
        self._errands = Errands()
        self.watch = Watch(store, referrals, self._lookup, writer, pace, self._errands)
        self._forums = Forums(store, referrals, self._lookup, self._errands)
        self._guesses = Guesses()
        self._refused_album: tuple[int, str | None] = (0, None)

    async def handle(self, inbound: FromGroup) -> None:
        """Settles one update of a group. Raises ``StoreUnavailable`` if it could not be stored."""
        if isinstance(inbound, StaffMessage | StaffPress) and inbound.public:
            await self.watch.is_public(inbound.chat)
        match inbound:
            case StaffMessage():
                await self._message(inbound)
            case StaffPress():
                await self._press(inbound)
            case _:
                await self._once(inbound.update, lambda tx: self._change(tx, inbound))
        self._forums.notice(inbound)

    async def finish(self) -> None:
        """Returns when all answers are sent."""
        await self._errands.finish()

    async def close(self, seconds: float = 0.0) -> None:
        """Gives answers in hand some seconds, then lets them go."""
        await self._errands.close(seconds)

    def _change(self, tx: Transaction, inbound: MemberChange | BotMembership | Migration) -> None:
        referrals = self._referrals
        match inbound:
            case MemberChange(chat=chat, who=member, present=True):
                referrals.member_changed(tx, chat, member)
            case MemberChange(chat=chat, who=member):
                referrals.member_left(tx, chat, member.telegram)
            case BotMembership(chat=chat, present=False):
                referrals.lost_group(tx, chat, "removed")
            case BotMembership(chat=chat, administrator=False):
                referrals.lost_group(tx, chat, "demoted")
            case Migration(old=old, new=new):
                referrals.migrated(tx, old, new)

    async def _message(self, message: StaffMessage) -> None:
        """Answers commands that are meant for us; anything else may be meant for a citizen."""
        command = COMMAND.fullmatch(message.text.strip())
        if command is None:
            await self._talk(message)
            return
        if message.edited or (command[2] or self._username).lower() != self._username.lower():
            return
        if command[1].lower() == "bind":
            screen = await self._bind(message, (command[3] or "").strip())
        elif command[1].lower() == "office":
            screen = await self._menu(message)
        else:
            screen = await self._shown(message, guide=command[1].lower() == "guide")
        if screen is not None:
            self._errands.start(self._say(message, screen))

    async def _talk(self, message: StaffMessage) -> None:
        """Hears what is no command. Of an album, one refusal is enough."""

        def hear(tx: Transaction, member: Who) -> Heard:
            return self._referrals.heard(tx, member, message.message, edited=message.edited)

        said = await self._answered(message, hear, "relay.try-again")
        album = (message.chat, message.message.album)
        if said is None or (album[1] and self._refused_album == album):
            return
        self._refused_album = album
        self._errands.start(self._say(message, said, reply_to=message.message.message))

    async def _menu(self, message: StaffMessage) -> Screen | None:
        def hear(tx: Transaction, member: Who) -> Heard:
            return self._referrals.office_menu(tx, message.chat, member)

        return await self._answered(message, hear, "group.try-again")

    async def _answered(self, message: StaffMessage, hear: Hear, again: str) -> Screen | None:
        """What is said to a message, if anything; who wrote it is looked up if nobody knows."""
        try:
            return await self._heard(message, message.who, hear)
        except _Stranger:
            pass
        try:
            member = await self._lookup.member(message.chat, message.who)
        except NotWritten as error:
            log.warning("staff.not-looked-up", error=type(error).__name__)
            return Screen(str(self._voice().say(again)))
        return await self._heard(message, member, hear) if member else None

    async def _heard(self, message: StaffMessage, member: Who, hear: Hear) -> Screen | None:
        """What is said to a message of this member. Raises ``_Stranger``."""
        said: list[Screen | None] = [None]

        def work(tx: Transaction) -> None:
            heard = hear(tx, member)
            if not heard.known:
                raise _Stranger
            said[:] = [heard.said]

        return said[0] if await self._once(message.update, work) else None

    async def _shown(self, message: StaffMessage, *, guide: bool) -> Screen | None:
        """The ways into the guide, for an office; else that people are answered in private."""
        bot = isolated(f"@{self._username}")
        shown = [Screen(str(self._voice().say("group.in-private", bot=bot)))]

        def work(tx: Transaction) -> None:
            links = self._referrals.guide_links(tx, message.chat) if guide else None
            shown[1:] = [links] if links else []

        return shown[-1] if await self._once(message.update, work) else None

    async def _bind(self, message: StaffMessage, code: str) -> Screen | None:
        """Connects the group to the code's office, or says why not; ``None``: said before."""
        guessers = (message.chat, message.who.telegram)
        if await self._store.run(lambda tx: self._guesses.too_many(tx.now, *guessers)):
            slowed = self._referrals.said(Refusal("guessing"))
            return slowed if await self._once(message.update, lambda _: None) else None
        try:
            found = await self._lookup.administrators(message, code)
            refused = isinstance(found, Refusal)
            forum = not refused and await self._lookup.makes_threads(message.chat)
        except NotWritten as error:
            log.warning("staff.not-looked-up", error=type(error).__name__)
            again = Screen(str(self._voice().say("group.try-again")))
            return again if await self._once(message.update, lambda _: None) else None
        outcome: list[Bound | Refusal] = []
        moment: list[datetime] = []

        def work(tx: Transaction) -> None:
            outcome.clear()
            moment[:] = [tx.now]
            if isinstance(found, Refusal):
                return outcome.append(found)
            where = (message.chat, message.title)
            return outcome.append(self._referrals.bind(tx, code, *where, found, forum=forum))

        if not await self._once(message.update, work):
            return None
        if isinstance(outcome[0], Bound):
            log.info("staff.bound", office=outcome[0].office)
        elif outcome[0].reason == "unknown-code":
            log.warning("bind.guessing", wrong=self._guesses.wrong(moment[0], *guessers))
        return self._referrals.said(outcome[0])

    async def _press(self, press: StaffPress) -> None:
        try:
            answer = await self._pressed(press, press.who)
        except _Stranger:
            answer = await self._introduced(press)
        # Seen before: perhaps by a process that died before it could answer. The button waits.
        self._errands.start(self._tell(press, answer or Answer("")))

    async def _pressed(self, press: StaffPress, member: Who) -> Answer | None:
        """The answer to a press; ``None`` if it was seen before. Raises ``_Stranger``."""
        answers: list[Answer] = []

        def work(tx: Transaction) -> None:
            answer = self._referrals.press(tx, press.chat, member, press.data, press.message)
            if not answer.known:
                raise _Stranger
            answers[:] = [answer]

        return answers[0] if await self._once(press.update, work) else None

    async def _introduced(self, press: StaffPress) -> Answer | None:
        """Asks Telegram who presses, and presses again for them."""
        try:
            member = await self._lookup.member(press.chat, press.who)
        except NotWritten as error:
            log.warning("staff.not-looked-up", error=type(error).__name__)
            return Answer(self._voice().plain("group.try-again"), alert=True)
        if member is None:
            return Answer(self._voice().plain("desk.not-here"), alert=True)
        return await self._pressed(press, member)

    async def _once(self, update: int, work: Work) -> bool:
        """Does the work in a transaction, unless the update was seen before; whether it did."""

        def once(tx: Transaction) -> bool:
            if updates.seen(tx, self._bot, update):
                return False
            work(tx)
            return True

        return await self._store.run(once)

    async def _say(
        self, message: StaffMessage, screen: Screen, reply_to: int | None = None
    ) -> None:
        await self._pace.turn(message.chat)
        thread = message.message.thread
        try:
            await self._writer.show(message.chat, screen, thread=thread, reply_to=reply_to)
        except NotWritten as error:
            log.warning("staff.not-answered", error=type(error).__name__)

    async def _tell(self, press: StaffPress, answer: Answer) -> None:
        try:
            await self._writer.answer(press.callback, answer.toast, alert=answer.alert)
        except NotWritten as error:
            log.warning("staff.not-answered", error=type(error).__name__)
        if answer.screen is None:
            return
        await self._pace.turn(press.chat)
        try:
            await self._writer.show(press.chat, answer.screen, edit=press.message)
        except NotWritten as error:
            log.warning("staff.not-edited", error=type(error).__name__)
