"""The offices' groups: connecting them, their members, and presses on cards.

What can only be known by asking Telegram is asked before the transaction. Answers to somebody in
a group pass with the moment and are sent directly; cards and notices go through the outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods import GetChat, GetChatAdministrators, GetChatMember, TelegramMethod

from bot.guide.direction import isolated
from bot.guide.screen import Screen
from bot.guide.voice import Voice
from bot.referrals.officers import Who
from bot.referrals.presses import Answer
from bot.referrals.referrals import Bound, Referrals, Refusal
from bot.store import updates
from bot.store.store import Store, Transaction
from bot.telegram.errands import Errands
from bot.telegram.guessing import Guesses
from bot.telegram.inbound import (
    BotMembership,
    FromGroup,
    MemberChange,
    Migration,
    StaffMessage,
    StaffPress,
)
from bot.telegram.pace import Pace
from bot.telegram.parsing import COMMAND, standing, who
from bot.telegram.writing import NotWritten, Writer, telling

log = structlog.get_logger()

Work = Callable[[Transaction], None]


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
        self._bot = bot
        self._writer = writer
        self._pace = pace
        self._username = username
        self._errands = Errands()
        self._guesses = Guesses()

    async def handle(self, inbound: FromGroup) -> None:
        """Settles one update of a group. Raises ``StoreUnavailable`` if it could not be stored."""
        match inbound:
            case StaffMessage():
                await self._message(inbound)
            case StaffPress():
                await self._press(inbound)
            case _:
                await self._once(inbound.update, lambda tx: self._change(tx, inbound))

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
        """Answers commands that are meant for us; anything else is the group's own talk."""
        command = COMMAND.fullmatch(message.text.strip())
        if command is None or (command[2] or self._username).lower() != self._username.lower():
            return
        if command[1].lower() == "bind":
            screen = await self._bind(message, (command[3] or "").strip())
        else:
            screen = await self._in_private(message)
        if screen is not None:
            self._errands.start(self._say(message, screen))

    async def _in_private(self, message: StaffMessage) -> Screen | None:
        bot = isolated(f"@{self._username}")
        screen = Screen(str(self._voice().say("group.in-private", bot=bot)))
        return screen if await self._once(message.update, lambda _: None) else None

    async def _bind(self, message: StaffMessage, code: str) -> Screen | None:
        """Connects the group to the code's office, or says why not; ``None``: said before."""
        guessers = (message.chat, message.who.telegram)
        if await self._store.run(lambda tx: self._guesses.too_many(tx.now, *guessers)):
            slowed = self._referrals.said(Refusal("guessing"))
            return slowed if await self._once(message.update, lambda _: None) else None
        try:
            found = await self._administrators(message, code)
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
            bound = self._referrals.bind(tx, code, message.chat, message.title, found)
            return outcome.append(bound)

        if not await self._once(message.update, work):
            return None
        if isinstance(outcome[0], Bound):
            log.info("staff.bound", office=outcome[0].office)
        elif outcome[0].reason == "unknown-code":
            log.warning("bind.guessing", wrong=self._guesses.wrong(moment[0], *guessers))
        return self._referrals.said(outcome[0])

    async def _administrators(self, message: StaffMessage, code: str) -> list[Who] | Refusal:
        """The administrators of a group that may be connected by this member, or what forbids it."""
        if message.who.anonymous:
            return Refusal("anonymous")
        if not code:
            return Refusal("no-code")
        chat = message.chat
        if (await self._ask(GetChat.model_construct(chat_id=chat))).get("username"):
            return Refusal("not-private")
        if not await self._administers(chat, self._bot.id):
            return Refusal("bot-not-administrator")
        members = await self._ask(GetChatAdministrators.model_construct(chat_id=chat))
        people = [
            who(member["user"], administrator=True)
            for member in members
            if not member["user"].get("is_bot")
        ]
        if message.who.telegram not in (person.telegram for person in people):
            return Refusal("not-administrator")
        return people

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
            administrator = await self._administers(press.chat, press.who.telegram)
        except NotWritten as error:
            log.warning("staff.not-looked-up", error=type(error).__name__)
            return Answer(self._voice().plain("group.try-again"), alert=True)
        member = Who(press.who.telegram, press.who.name, administrator)
        return await self._pressed(press, member)

    async def _administers(self, chat: int, user: int) -> bool:
        member = await self._ask(GetChatMember.model_construct(chat_id=chat, user_id=user))
        return standing(member)[1]

    async def _ask(self, method: TelegramMethod[Any]) -> Any:
        with telling():
            return await self._bot(method)

    async def _once(self, update: int, work: Work) -> bool:
        """Does the work in a transaction, unless the update was seen before; whether it did."""

        def once(tx: Transaction) -> bool:
            if updates.seen(tx, self._bot.id, update):
                return False
            work(tx)
            return True

        return await self._store.run(once)

    async def _say(self, message: StaffMessage, screen: Screen) -> None:
        await self._pace.turn(message.chat)
        try:
            await self._writer.show(message.chat, screen, thread=message.thread)
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
