"""Telegram's limits are kept, and quick people are not made to wait for them."""

from __future__ import annotations

import asyncio

from bot.telegram.pace import KEPT, Bucket, Pace, Rank, Window, pause_after
from tests.telegram.bench import Patience


async def test_a_burst_to_one_person_passes_and_then_one_a_second() -> None:
    patience = Patience()
    pace = Pace(patience.time)
    for _ in range(20):
        await pace.turn(71)
    assert patience.waits == []
    for _ in range(3):
        await pace.turn(71)
    assert patience.waits == [1, 1, 1]


async def test_a_group_gets_twenty_messages_a_minute() -> None:
    patience = Patience()
    pace = Pace(patience.time)
    for _ in range(40):
        await pace.turn(-5)
    assert patience.moment == 60
    await pace.turn(-5)
    assert patience.moment == 120


async def test_all_chats_together_get_thirty_messages_a_second() -> None:
    patience = Patience()
    pace = Pace(patience.time)
    for chat in range(1, 91):
        await pace.turn(chat)
    assert patience.moment == 2


async def test_who_is_waited_for_most_goes_first_whoever_came_before() -> None:
    patience = Patience()
    pace = Pace(patience.time)
    order: list[str] = []
    ranks = {"card": Rank.CARD, "letter": Rank.CONVERSATION, "screen": Rank.SCREEN}

    async def send(what: str, chat: int, rank: Rank) -> None:
        await pace.turn(chat, rank)
        order.append(what)

    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, 91):
            tasks.create_task(send("digest", -chat, Rank.DIGEST))
        for place, (what, rank) in enumerate(ranks.items()):
            tasks.create_task(send(what, 71 + place, rank))
    assert order[:30] == ["digest"] * 30, "at once, since there is room"
    assert order[30:33] == ["screen", "letter", "card"]
    assert len(order) == 93


def test_chats_that_are_quiet_again_are_forgotten() -> None:
    window, bucket = Window(turns=1, seconds=1.0), Bucket(burst=1, seconds=1.0)
    for chat in range(3 * KEPT):
        assert window.reserve(chat, now=float(chat)) == 0
        assert bucket.reserve(chat, now=float(chat)) == 0
    assert len(window._taken) <= KEPT + 1
    assert len(bucket._full) <= KEPT + 1


def test_pauses_grow_up_to_a_minute() -> None:
    assert [pause_after(n) for n in (1, 2, 3, 7, 500)] == [1, 2, 4, 60, 60]
