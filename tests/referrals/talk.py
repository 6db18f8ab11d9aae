"""People who write to each other across the bot, in stories without a messenger."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.referrals.calls import Carry, React, Show
from bot.referrals.case import relay
from bot.referrals.case.officers import Who
from bot.referrals.content import Content, Message
from bot.referrals.group.hearing import Heard
from bot.referrals.rows import absence
from bot.store import cards, citizens, crossings
from bot.store.cards import Card
from bot.store.crossings import Crossing
from bot.store.leads import Lead
from bot.store.store import Transaction
from tests.referrals.country import HOMS, SAMER, Country

FIRST = 10_000
"""What people write is numbered from here on, apart from what the bot posts."""


@dataclass
class Talk:
    """A country in which people talk. Texts may be contents of any kind."""

    country: Country
    numbers: Any = field(default_factory=lambda: count(FIRST))

    async def says(
        self,
        text: str | Content | None,
        to: int | None = None,
        *,
        who: Who = SAMER,
        chat: int = HOMS,
        number: int | None = None,
        edited: bool = False,
        **more: Any,
    ) -> Heard:
        """Somebody writes in a group, perhaps as a reply; ``None``: what does not cross."""
        message = self.message(text, to, chat, number, **more)

        def work(tx: Transaction) -> Heard:
            return self.country.referrals.heard(tx, who, message, edited=edited)

        return await self.country.store.run(work)

    async def told(self, *args: Any, **more: Any) -> str:
        """What is said to a message in a group; "" if nothing."""
        heard = await self.says(*args, **more)
        return heard.said.text if heard.said else ""

    async def writes(self, text: str | Content, lead: Lead, **more: Any) -> Message:
        """The citizen writes in their chat, to the office that has the lead."""
        message = self.message(text, more.pop("to", None), more.pop("chat", 77), None, **more)
        await self.country.store.run(lambda tx: relay.from_citizen(tx, lead.id, message))
        return message

    async def edits(self, message: Message, text: str) -> bool:
        """The citizen changes a message."""
        content = Content(message.content.kind, text) if message.content else None
        now = Message(message.chat, message.message, content)
        return await self.country.store.run(lambda tx: relay.edited_by_citizen(tx, now))

    def message(
        self, text: str | Content | None, to: int | None, chat: int, number: int | None, **more: Any
    ) -> Message:
        content = Content("text", text) if isinstance(text, str) else text
        number = next(self.numbers) if number is None else number
        return Message(chat, number, content, reply_to=to, **more)

    async def card(self, lead: Lead, office: str = "homs") -> int:
        """The message that is the lead's card."""
        found: Card | None = await self.country.store.run(
            lambda tx: cards.card(tx, lead.id, office)
        )
        assert found is not None
        return found.message

    async def crossed(self, lead: Lead) -> list[Crossing]:
        """Everything that crossed in the lead."""
        return await self.country.store.run(lambda tx: crossings.of_lead(tx, lead.id))

    async def blocks(self, citizen: int, blocked: bool = True) -> None:
        """The citizen blocks the bot, or lets it in again."""

        def work(tx: Transaction) -> None:
            known = citizens.get(tx, citizen)
            assert known is not None
            if blocked:
                absence.left(tx, citizen)
            else:
                absence.back(tx, known)

        await self.country.store.run(work)

    def texts(self, chat: int) -> list[str]:
        """What stands in a chat, the oldest first."""
        return [screen.text for _, screen in sorted(self.country.chats.get(chat, {}).items())]

    def copies(self, chat: int) -> list[Show | Carry]:
        """The calls that posted or edited copies there."""
        return [
            call
            for call in self.country.calls
            if isinstance(call, Show | Carry) and (call.chat, call.part) == (chat, "copy")
        ]

    def thumbs(self, chat: int) -> list[int]:
        """The messages there that got a thumb."""
        return [c.message for c in self.country.calls if isinstance(c, React) and c.chat == chat]
