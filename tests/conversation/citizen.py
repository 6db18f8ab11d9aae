"""A citizen who talks to the real conversation over a real store, without a messenger between."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.conversation.conversation import Conversation
from bot.conversation.events import (
    Command,
    Edited,
    Event,
    Other,
    Person,
    Pressed,
    Reply,
    Shared,
    Typed,
)
from bot.conversation.project import Focus
from bot.guide.screen import Screen
from bot.referrals.content import Content, Message
from bot.store import citizens
from bot.store.citizens import Shown
from bot.store.store import Store, Transaction


@dataclass
class Citizen:
    """Presses what they see by its label, types, and remembers the last reply."""

    store: Store
    conversation: Conversation
    telegram: int = 1001
    name: str = "سلمى"
    language: str | None = "ar"
    last: Reply | None = None
    message: int = 0
    """The id of the message that shows the last screen."""
    replies: list[Reply] = field(default_factory=list)
    sent: int = 50_000
    """The number of the last message that they sent."""

    async def says(self, event: Event, message: int | None = None) -> Reply:
        person = Person(self.telegram, self.name, self.language)

        def work(tx: Transaction) -> Reply:
            return self.conversation.receive(tx, person, event, message)

        reply = await self.store.run(work)
        if reply.edit is None:
            self.message += 2
        self.last = reply
        self.replies.append(reply)
        if reply.citizen:
            shown = Shown(self.message, reply.screen.digest, reply.number)
            await self.store.run(lambda tx: citizens.set_shown(tx, reply.citizen, shown))
        return reply

    async def commands(self, text: str) -> Reply:
        name, _, argument = text.removeprefix("/").partition(" ")
        return await self.says(Command(name, argument))

    async def types(self, text: str, **more: Any) -> Reply:
        """Types a text; ``more``: what it replies to, as ``Message`` says it."""
        return await self.says(Typed(text, self._sent(Content("text", text), **more)))

    async def sends(self, kind: str, content: Content | None = None, **more: Any) -> Reply:
        """Sends something else than a text; without a content it is of a kind that never crosses."""
        unfit = {} if content else {"unfit": kind}
        return await self.says(Other(kind, self._sent(content, **unfit, **more)))

    async def edits(self, content: Content, number: int) -> Reply:
        """Changes a message sent before."""
        return await self.says(Edited(Message(self.telegram, number, content)))

    def _sent(self, content: Content | None, **more: Any) -> Message:
        self.sent += 1
        return Message(self.telegram, self.sent, content, **more)

    async def shares(self, phone: str, own: bool = True) -> Reply:
        return await self.says(Shared(phone, own))

    async def presses(self, label: str) -> Reply:
        """Presses the button with this label, or whose label contains it."""
        return await self.presses_data(self.button(label))

    async def presses_data(self, data: str, message: int | None = None) -> Reply:
        on = self.message if message is None else message
        return await self.says(Pressed(data, on), on)

    def button(self, label: str) -> str:
        """What the button with this label carries."""
        found = [b for row in self.screen.rows for b in row if label in b.label]
        exact = [b for b in found if b.label == label]
        assert found, f"no button {label!r} among {self.labels}"
        return (exact or found)[0].press

    async def focus(self) -> str:
        """What they look at, such as ``question:workers``."""
        assert self.last
        number = self.last.citizen
        stored = await self.store.run(lambda tx: citizens.load_project(tx, number, 1))
        return str(Focus(**stored["focus"]))

    async def answers(self, value: str | list[str] | None) -> Reply:
        """Answers the question in focus by pressing; a text that is no option is typed."""
        question = (await self.focus()).partition(":")[2]
        if value is None:
            return await self.presses_data(f"1:unsure:{question}")
        if isinstance(value, list):
            for option in value:
                await self.presses_data(f"1:toggle:{question}:{option}")
            return await self.presses_data(f"1:enough:{question}")
        data = f"1:answer:{question}:{value}"
        offered = {button.press for row in self.screen.rows for button in row}
        return await (self.presses_data(data) if data in offered else self.types(value))

    @property
    def screen(self) -> Screen:
        assert self.last is not None
        return self.last.screen

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.screen.rows for button in row]
