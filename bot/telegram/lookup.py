"""What of a group and its members only Telegram knows, asked when it matters.

Raises ``NotWritten`` when Telegram does not answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.methods import GetChat, GetChatAdministrators, GetChatMember, TelegramMethod

from bot.referrals.case.officers import Who
from bot.referrals.referrals import Refusal
from bot.telegram.inbound import StaffMessage
from bot.telegram.parsing import standing, who
from bot.telegram.writing import telling


class Lookup:
    """Asks Telegram about groups."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def administrators(self, message: StaffMessage, code: str) -> list[Who] | Refusal:
        """The administrators of a group that may be connected by this member, or what forbids it."""
        if message.who.anonymous:
            return Refusal("anonymous")
        if not code:
            return Refusal("no-code")
        chat = message.chat
        if await self.is_public(chat):
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

    async def member(self, chat: int, person: Who) -> Who | None:
        """Somebody as they stand in the group; ``None``: they are not in it any more."""
        asked = GetChatMember.model_construct(chat_id=chat, user_id=person.telegram)
        present, administrator, _ = standing(await self._ask(asked))
        return replace(person, administrator=administrator) if present else None

    async def is_public(self, chat: int) -> bool:
        """Whether everybody can read the group."""
        return bool((await self._ask(GetChat.model_construct(chat_id=chat))).get("username"))

    async def makes_threads(self, chat: int) -> bool:
        """Whether the group is a forum in which the bot may make threads."""
        if not (await self._ask(GetChat.model_construct(chat_id=chat))).get("is_forum"):
            return False
        own = await self._ask(GetChatMember.model_construct(chat_id=chat, user_id=self._bot.id))
        return own.get("can_manage_topics") is True

    async def _administers(self, chat: int, user: int) -> bool:
        member = await self._ask(GetChatMember.model_construct(chat_id=chat, user_id=user))
        return standing(member)[1]

    async def _ask(self, method: TelegramMethod[Any]) -> Any:
        with telling():
            return await self._bot(method)
