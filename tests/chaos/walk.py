"""A citizen's walk from the first word to the office, and the officer who takes the request.

People here do what people do: they wait for what they see, and press again when they are told
that a button was an old one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.store import citizens
from bot.store.store import Transaction
from tests.chaos.city import OFFICER, City, presses_of

Json = dict[str, Any]

REFERENCE = re.compile(r"D-[0-9A-Z]{6}")
PHONE = "+963 944 123 456"
REACH = "1:here:licensing"
ROADMAP = "1:go:consent:licensing"

STEPS = (
    ("/start", "1:language:en"),
    ("1:language:en", "1:flow:licence"),
    ("1:flow:licence", "1:answer:governorate:homs"),
    ("1:answer:governorate:homs", "1:answer:sector:craft"),
    ("1:answer:sector:craft", "1:unsure:workers"),
    ("3", ROADMAP),
    (ROADMAP, "1:agree:licensing"),
    ("1:agree:licensing", REACH),
)
"""What is typed or pressed, and a button by which the next screen is known."""
MOST_PRESSES = 40
"""A person gives up a button that does nothing so often."""


@dataclass
class Citizen:
    """Somebody who walks."""

    city: City
    number: int
    """Their Telegram id."""
    reference: str = ""
    """What they were told at the end."""
    taken: bool = False
    pressed_again: int = 0

    @property
    def user(self) -> Json:
        return {"id": self.number, "first_name": f"C{self.number}", "language_code": "en"}

    async def walk(self) -> None:
        """To the office."""
        for deed, sign in STEPS:
            if deed.startswith("1:"):
                await self._press(deed, sign)
            else:
                self.city.types(self.user, deed)
                await self._sees(sign)
        await self.city.until(self._contact_button, self.number)
        self.city.types(self.user, PHONE)
        self.reference = await self.city.until(self._told, self.number)

    async def is_taken(self) -> None:
        """An officer takes the request, on the oldest card there is; the citizen hears of it."""
        office = self.city.groups["homs"]
        card = await self.city.until(lambda: next(iter(self.cards()), None), office)
        [take] = [data for data in presses_of(card) if data.startswith("o:take:")]
        self.city.presses(OFFICER, card, take)
        await self.city.until(lambda: f"o:resolve:{take[7:]}" in self._on_cards(), office)
        self.taken = True

    def cards(self) -> list[Json]:
        """The messages in the office's group that show the request."""
        messages = self.city.messages(self.city.groups["homs"])
        return [m for m in messages if self.reference in m.get("text", "")]

    def _on_cards(self) -> list[str]:
        return [data for card in self.cards() for data in presses_of(card)]

    async def _press(self, data: str, sign: str) -> None:
        """Presses the newest such button; when that did not help, looks and presses again."""
        for _ in range(MOST_PRESSES):
            message = self.city.with_button(self.number, data)[-1]
            press = self.city.presses(self.user, message, data)
            moved = partial(self._moved, sign, press, message["message_id"], data)
            await self.city.until(moved, self.number)
            if not self._signs(sign):
                await self.city.until_known(self._at_rest)
            if self._signs(sign):
                return
            self.pressed_again += 1
        raise AssertionError(f"{data} does nothing")

    async def _at_rest(self) -> bool:
        """Whether the screen that the bot owes them has come."""

        def shown(tx: Transaction) -> bool:
            citizen = citizens.find(tx, self.number)
            return citizen is not None and citizen.number not in citizens.behind(tx)

        return await self.city.store.run(shown)

    def _moved(self, sign: str, press: str, message: int, data: str) -> bool:
        """They see what they expect, or the button has stopped waiting, or another stands below.

        A button stops waiting without a word when the bot died with the answer in its hand.
        """
        copies = self.city.with_button(self.number, data)
        below = bool(copies) and copies[-1]["message_id"] > message
        return self._signs(sign) or press in self.city.answered or below

    def _signs(self, sign: str) -> bool:
        return bool(self.city.with_button(self.number, sign))

    async def _sees(self, sign: str) -> None:
        await self.city.until(lambda: self._signs(sign), self.number)

    def _contact_button(self) -> Json | None:
        keyboard: Json | None = self.city.telegram.world.chats[self.number].keyboard
        return keyboard

    def _told(self) -> str:
        """The reference on the screen of their case."""
        for message in self.city.messages(self.number):
            text = message.get("text", "")
            if text.startswith("Your request") and "reply_markup" in message:
                return found[0] if (found := REFERENCE.search(text)) else ""
        return ""
