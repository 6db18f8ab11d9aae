"""The days before the demo, played within seconds; then what people say when cards have come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random

from aiohttp import ClientSession

from bot.app import Dalil
from bot.busy.plan import FORUM, STORIES, Part, planned
from bot.busy.talking import Talk, answering, answers, closing, talk
from bot.busy.walking import Walker
from bot.busy.working import Staff
from bot.conversation.conversation import Conversation
from bot.demo import as_people, open_offices
from bot.store import citizens
from bot.store.store import Transaction, utc_now

STOPPED = {"aleppo": ("tax-file", "money"), "damascus": ("tax-file", "money")}
"""Where everybody was stopped by the same: enough people that their number may be shown."""
TELLING = ("case", "alone")
"""Whom the first of them tell; the others tell nobody."""
DAYS = max(day for story in STORIES.values() for day, _ in story)
SECONDS_TO_COME = 30


class Busy:
    """A country at work. ``clock`` is the bot's: it goes back while the past is played."""

    def __init__(
        self, offices: Collection[str] | None = None, now: Callable[[], datetime] = utc_now
    ) -> None:
        """``offices``: those that are at work; without it, all of the guide."""
        self._offices, self._now, self._ago = offices, now, timedelta()

    def clock(self) -> datetime:
        """Now; or that day, while the past is played."""
        return self._now() - self._ago

    @asynccontextmanager
    async def play(self, dalil: Dalil, people: ClientSession) -> AsyncIterator[None]:
        """Opens the offices and fills them; people go on talking until the end."""
        guide = dalil.guide.shelf.guide
        names = guide.offices if self._offices is None else self._offices
        await open_offices(dalil, people, names, forums=(FORUM,))
        parts = planned(guide, names)
        await _come(dalil, people, parts)
        talking = asyncio.create_task(talk(dalil, people, await self._past(dalil, parts)))
        try:
            yield
        finally:
            talking.cancel()
            with suppress(asyncio.CancelledError):
                await talking

    async def _past(self, dalil: Dalil, parts: list[Part]) -> list[Talk]:
        """Plays the days before today; gives what is to be said once the cards are there.

        Nothing else happens meanwhile: on SQLite a transaction is done on the spot, so this never
        waits, and nobody but these people lives in the past.
        """
        staff, walkers = Staff(dalil), _walkers(dalil, parts)
        later: list[Talk] = []
        for day in range(DAYS, -1, -1):
            self._ago = timedelta(days=day)
            if day == DAYS:
                await staff.settle_in()
            for walker in walkers:
                for when, deed in STORIES[walker.part.story]:
                    if when == day:
                        later += await _happens(staff, walker, deed)
            await dalil.store.run(dalil.referrals.tick)
        for walker in walkers:
            await walker.at_case()
            if walker.last is not None:
                dalil.sender.show(walker.last)
        return later


async def _come(dalil: Dalil, people: ClientSession, parts: list[Part]) -> None:
    """Everybody opens a chat with the bot."""
    for part in parts:
        user = {"id": part.telegram, "first_name": part.name, "language_code": part.language}
        wish = {"chat_id": part.telegram, "from": user, "text": "/start"}
        await as_people(people, "send", wish)

    def all_here(tx: Transaction) -> bool:
        return all(citizens.find(tx, part.telegram) is not None for part in parts)

    async with asyncio.timeout(SECONDS_TO_COME):
        # The bot itself meets them, from the other side of the local Telegram.
        while not await dalil.store.run(all_here):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def _walkers(dalil: Dalil, parts: list[Part]) -> list[Walker]:
    guide = dalil.guide
    conversation = Conversation(lambda: guide.shelf, dalil.referrals, lambda: guide.index)
    walker = partial(Walker, dalil.store, conversation, guide.shelf.guide)
    return [walker(part, Random(part.telegram)) for part in parts]


async def _happens(staff: Staff, walker: Walker, deed: str) -> list[Talk]:
    """One deed of a story; gives what is left of it until the card is there."""
    match deed:
        case "refer":
            await walker.walks()
            await walker.is_referred()
            await _stopped(walker)
        case "reopen":
            await walker.at_case("reopen")
        case "withdraw":
            await walker.at_case("close", "withdraw")
        case "talk":
            return answers(walker.part, await walker.lead())
        case "answer":
            lead = await walker.lead()
            return [answering(lead, await staff.turned_to(lead))]
        case "end":
            return [closing(staff, await walker.lead())]
        case _:
            await staff.does(await walker.lead(), deed)
    return []


async def _stopped(walker: Walker) -> None:
    if walker.part.governorate in STOPPED:
        step, kind = STOPPED[walker.part.governorate]
        place = list(STORIES).index(walker.part.story)
        await walker.is_stopped(step, kind, TELLING[place] if place < len(TELLING) else "")
