"""Many leads at once: Telegram's limits hold, in order, the urgent first, and fairly."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from bot.guide.screen import Screen
from bot.guide.shelf import Shelf
from bot.referrals import posting
from bot.store import citizens, offices, outbox
from bot.store.leads import Lead
from bot.store.sealing import Seal
from bot.store.store import Store, Transaction
from bot.telegram.carrying import Carrier
from bot.telegram.pace import Pace, Time
from bot.telegram.posting import Post
from bot.telegram.session import connect
from bot.telegram.writing import Writer
from tests.referrals.country import HOMS, NOUR, SAMER, Clock, Country, details

HAMA = -1003
MINUTE = timedelta(minutes=1)


@dataclass
class Sent:
    """A message that Telegram took: when, where, what."""

    at: datetime
    chat: int
    screen: Screen
    edit: int | None


@dataclass
class Telegram(Writer):
    """Takes everything at once, and notes when. What it would do over HTTP is told elsewhere."""

    clock: Clock
    took: list[Sent] = field(default_factory=list)

    async def show(self, chat: int, screen: Screen, **where: Any) -> int:
        self.took.append(Sent(self.clock.now, chat, screen, where.get("edit")))
        return where.get("edit") or len(self.took)

    def to(self, chat: int) -> list[Sent]:
        return [sent for sent in self.took if sent.chat == chat]


@dataclass
class Rush:
    """A country whose post keeps Telegram's pace, in a time of its own."""

    country: Country
    telegram: Telegram
    post: Post
    strangers: Iterator[int] = field(default_factory=lambda: count(10_000))

    async def refer(self, office: str, times: int) -> list[Lead]:
        """So many citizens ask for an office in one moment."""
        referrals = self.country.referrals

        def work(tx: Transaction) -> list[Lead]:
            people = [citizens.create(tx, next(self.strangers), "ar") for _ in range(times)]
            return [
                referrals.refer(tx, person.number, 1, "licensing", office, details())
                for person in people
            ]

        return await self.country.store.run(work)

    async def goes_on(self, until: datetime | None = None) -> None:
        """Time passes as far as there is something to send, at most until then."""
        clock = self.country.clock
        while due := await self.country.store.run(outbox.next_due):
            if until is not None and due > until:
                return
            clock.now = max(clock.now, due)
            await self.post.drain()


@pytest.fixture
async def rush(sqlite_url: str, seal: Seal, shelf: Shelf) -> AsyncIterator[Rush]:
    clock = Clock()
    begin = clock.now

    async def sleep(seconds: float) -> None:
        clock.later(seconds=seconds)
        await asyncio.sleep(0)

    time = Time(lambda: (clock.now - begin).total_seconds(), sleep)
    store = Store.open(sqlite_url, seal, clock)
    country = Country(store, shelf, clock)
    telegram = Telegram(clock)
    bot = connect("1:nobody", "http://127.0.0.1:9")
    post = Post(
        store, country.referrals, country.dispatch, telegram, Carrier(bot), Pace(time), time
    )
    await country.bind("homs", HOMS, SAMER)
    await country.bind("hama", HAMA, SAMER)
    yield Rush(country, telegram, post)
    await bot.session.close()
    await store.close()


def most_in(sent: list[Sent], span: timedelta) -> int:
    """The most messages in any span of time."""
    moments = [each.at for each in sent]
    return max(sum(1 for m in moments if begin <= m < begin + span) for begin in moments)


async def test_five_hundred_leads_to_one_group_keep_to_twenty_a_minute(rush: Rush) -> None:
    many = await rush.refer("homs", 500)
    begin = rush.country.clock.now
    await rush.goes_on()

    sent = rush.telegram.to(HOMS)
    assert len(sent) == 500
    assert most_in(sent, MINUTE) <= 20
    assert most_in(rush.telegram.took, timedelta(seconds=1)) <= 30
    assert sent[-1].at - begin <= 25 * MINUTE, "and no slower than that"
    for lead, each in zip(many, sent, strict=True):
        assert lead.reference in each.screen.text, "in the order in which they came"
    told = [each for each in rush.telegram.took if each.chat > 0]
    assert len(told) == 500, "each citizen hears once that it arrived"
    counts = await rush.country.store.run(outbox.counts)
    assert counts == {"waiting": 0, "dead": 0}


async def test_conversation_overtakes_cards_and_digests_wait_for_both(rush: Rush) -> None:
    [first, *_] = await rush.refer("homs", 45)
    begin = rush.country.clock.now
    await rush.goes_on(until=begin + MINUTE / 2)
    assert len(rush.telegram.to(HOMS)) == 20

    def more(tx: Transaction) -> None:
        posting.show_card(tx, "homs", first.id, outbox.DIGEST)
        officer = offices.save_officer(tx, "homs", NOUR.telegram, NOUR.name, "waiting")
        what = f"{posting.CONFIRMATION}:{officer.number}"
        outbox.put(tx, posting.to_office("homs"), what, rank=outbox.CONVERSATION)

    await rush.country.store.run(more)
    await rush.goes_on()
    sent = rush.telegram.to(HOMS)
    assert len(sent) == 47
    assert "Nour" in sent[20].screen.text, "the next that there was room for"
    assert first.reference in sent[-1].screen.text
    assert sent[-1].edit is not None, "it is the same card, a day older"
    assert most_in(sent, MINUTE) <= 20


async def test_an_office_is_not_held_up_by_another_ones_burst(rush: Rush) -> None:
    await rush.refer("homs", 60)
    begin = rush.country.clock.now
    await rush.goes_on(until=begin + MINUTE / 2)
    now = rush.country.clock.now
    few = await rush.refer("hama", 30)
    await rush.goes_on()

    sent = rush.telegram.to(HAMA)
    assert len(sent) == len(few)
    assert sent[19].at - now <= timedelta(seconds=2), "at once, while Homs waits for its turn"
    assert sent[-1].at - now <= MINUTE + timedelta(seconds=2)
    by_minute: dict[int, set[int]] = defaultdict(set)
    for each in rush.telegram.took:
        by_minute[(each.at - begin) // MINUTE].add(each.chat)
    assert {HOMS, HAMA} <= by_minute[1], "side by side"
    for chat in (HOMS, HAMA):
        assert most_in(rush.telegram.to(chat), MINUTE) <= 20
