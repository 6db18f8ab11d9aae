"""A conversation in which the process dies between any two things that it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import pytest

from bot.guide.shelf import Shelf
from bot.referrals.calls import Call
from bot.referrals.case import relay
from bot.store import outbox
from bot.store.crossings import Crossing
from bot.store.leads import Lead
from bot.store.outbox import Row
from bot.store.sealing import Seal
from bot.store.store import Store, Transaction
from tests.referrals.country import HOMS, SAMER, Clock, Country
from tests.referrals.talk import Talk


class Died(Exception):
    """The process is no more."""


@dataclass
class Mortal(Country):
    """A country whose process dies after so many steps: before each look at what is next, and
    after each call that Telegram has taken and nobody has noted."""

    steps: int = 10_000

    def _next(self, row: Row, done: set[str], tx: Transaction) -> Call | None:
        self._step()
        return super()._next(row, done, tx)

    def _make(self, call: Call) -> int:
        number = super()._make(call)
        self._step()
        return number

    def _step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise Died


@dataclass
class World:
    """What outlives the process: the database, the clock, and Telegram with its chats."""

    database: str
    seal: Seal
    shelf: Shelf
    clock: Clock = field(default_factory=Clock)
    last: Talk | None = None

    async def process(self, left: int = 10_000) -> Talk:
        """A process over the world: nothing of an earlier one is left in it."""
        if self.last is None:
            return self._new(Store.open(self.database, self.seal, self.clock), left)
        return self._new(self.last.country.store, left)

    def _new(self, store: Store, left: int) -> Talk:
        country = Mortal(store, self.shelf, self.clock, steps=left)
        talk = Talk(country)
        if self.last is not None:
            country.chats = self.last.country.chats
            country.threads = self.last.country.threads
            talk.numbers = self.last.numbers
        self.last = talk
        return talk

    async def deliver(self, left: int) -> bool:
        """The post goes out. If the process dies over it, the next one, which opens the database
        anew, goes on. Whether it did."""
        talk = await self.process(left)
        try:
            await talk.country.deliver()
        except Died:
            await talk.country.store.close()
            await self._new(
                Store.open(self.database, self.seal, self.clock), 10_000
            ).country.deliver()
            return True
        return False


@dataclass
class Conversation:
    """One thing after another in a case, each in a process of its own."""

    lead: Lead
    citizen: int
    words: str = ""

    async def begins(self, talk: Talk) -> None:
        """Another citizen asks for the office, and writes to it at once."""
        self.citizen += 1
        number = await talk.country.citizen(self.citizen)
        self.lead = await talk.country.refer(number)
        await self.asks(talk)

    async def is_taken(self, talk: Talk) -> None:
        """An officer takes the newest case, and writes."""
        await self.begins(talk)
        await talk.country.deliver()
        card = await talk.card(self.lead)
        await talk.country.forge(HOMS, SAMER, f"o:take:{self.lead.id}", card)
        await self.tells(talk)

    async def tells(self, talk: Talk) -> None:
        """The officer replies to the card."""
        self._next()
        await talk.says(self.words, await talk.card(self.lead))

    async def asks(self, talk: Talk) -> None:
        """The citizen writes."""
        self._next()
        await talk.writes(self.words, self.lead, chat=self.citizen)

    async def answers(self, talk: Talk) -> None:
        """The citizen replies to the officer's last message."""
        last = [each for each in await talk.crossed(self.lead) if each.officer][-1]
        self._next()
        sent = talk.message(self.words, last.to_message, self.citizen, None)
        number, store = self.lead.citizen or 0, talk.country.store
        found = await store.run(lambda tx: relay.answered_case(tx, number, sent))
        assert found is not None
        assert found.id == self.lead.id
        await store.run(lambda tx: relay.from_citizen(tx, self.lead.id, sent))

    async def corrects(self, talk: Talk) -> None:
        """The officer edits what was said last."""
        last = [each for each in await talk.crossed(self.lead) if each.officer][-1]
        self._next()
        await talk.says(self.words, number=last.message, edited=True)

    def _next(self) -> None:
        self.words = f"words {next(NUMBERS)}."


NUMBERS = count()
DEEDS = {
    "group": ("tells", "answers", "corrects", "begins"),
    "forum": ("is_taken", "asks"),
}


@pytest.mark.parametrize("group", DEEDS)
async def test_it_goes_on_wherever_the_process_dies(
    database_url: str, seal: Seal, shelf: Shelf, group: str
) -> None:
    world = World(database_url, seal, shelf)
    talk = await world.process()
    await talk.country.bind("homs", HOMS, SAMER, forum=group == "forum")
    said = Conversation(await talk.country.refer(await talk.country.citizen(100)), 100)
    await talk.country.deliver()
    await talk.country.forge(HOMS, SAMER, f"o:take:{said.lead.id}", await talk.card(said.lead))
    await talk.country.deliver()
    for deed in DEEDS[group]:
        for cut in count():
            await getattr(said, deed)(await world.process())
            died = await world.deliver(cut)
            await _arrived(await world.process(), said)
            if not died:
                break
        assert cut >= 3, "there was something to die in"
    await (await world.process()).country.store.close()


async def _arrived(talk: Talk, said: Conversation) -> None:
    """Everything has crossed; the last words stand there once, or twice if Telegram had taken them
    just before the death."""
    counts = await talk.country.store.run(outbox.counts)
    assert counts == {"waiting": 0, "dead": 0}
    crossed = await talk.crossed(said.lead)
    assert all(crossing.to_message is not None for crossing in crossed)
    last = next(each for each in crossed if _text(each) == said.words)
    chat = talk.country.chats[last.to_chat or 0]
    assert said.words in chat[last.to_message or 0].text
    assert 1 <= len([screen for screen in chat.values() if said.words in screen.text]) <= 2


def _text(crossing: Crossing) -> str:
    return str(crossing.content["text"])
