"""What waits in the outbox arrives, in order, or is laid before a person."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.store import citizens, leads, offices, outbox
from bot.store.leads import Lead
from tests.referrals.country import details
from tests.telegram.bench import LAYLA, OMAR, Bench, until

SAMI: dict[str, Any] = {"id": 99, "first_name": "Sami", "language_code": "ar"}


async def waiting(bench: Bench) -> dict[str, int]:
    return await bench.store.run(outbox.counts)


@pytest.fixture
async def office(bench: Bench) -> int:
    """The group of the office of Homs; a citizen has said hello."""
    chat = await bench.people.group(LAYLA, OMAR)
    code = await bench.store.run(lambda tx: offices.invite(tx, "homs"))
    await bench.people.say(LAYLA, f"/bind {code}", chat)
    await bench.people.say(SAMI, "hello")
    await bench.house.work()
    return chat


async def refer(bench: Bench) -> Lead:
    referrals = bench.house.referrals
    return await bench.store.run(
        lambda tx: referrals.refer(tx, 1, 1, "licensing", "homs", details())
    )


def cards(bench: Bench, chat: int) -> list[str]:
    return [text for text in bench.people.texts(chat) if "طلب:" in text]


async def test_a_flooded_group_gets_its_card_when_telegram_allows(
    bench: Bench, office: int
) -> None:
    await bench.people.fault("sendMessage", "flood", retry_after=40, chat_id=office)
    await refer(bench)
    await bench.house.post.drain()
    assert cards(bench, office) == []
    bench.clock.later(seconds=39)
    await bench.house.post.drain()
    assert cards(bench, office) == []
    bench.clock.later(seconds=1)
    await bench.house.post.drain()
    assert len(cards(bench, office)) == 1
    assert "has arrived" in bench.people.texts(99)[-1]


async def test_trouble_of_telegrams_never_kills_a_row(bench: Bench, office: int) -> None:
    await bench.people.fault("sendMessage", "error500", times=30, chat_id=office)
    await refer(bench)
    for _ in range(31):
        await bench.house.post.drain()
        bench.clock.later(minutes=11)
        bench.patience.moment += 660
    assert len(cards(bench, office)) == 1
    assert await waiting(bench) == {"waiting": 0, "dead": 0}


async def test_what_telegram_has_is_not_sent_again_because_the_database_is_away(
    bench: Bench, office: int
) -> None:
    """It refuses from the moment when the card is there, nine times: longer than any drain waits."""
    refusals = 9

    def refuse() -> None:
        nonlocal refusals
        if refusals and cards(bench, office):
            refusals -= 1
            raise sqlite3.OperationalError("database is locked")

    await refer(bench)
    bench.store.before_commit = refuse
    with capture_logs() as logs:
        await bench.house.post.drain()
    assert len(cards(bench, office)) == 1
    assert [log["failures"] for log in logs if log["event"] == "post.not-noted"] == [*range(1, 10)]
    assert await waiting(bench) == {"waiting": 0, "dead": 0}


async def test_a_group_lost_without_a_word_loses_its_leads(bench: Bench, office: int) -> None:
    await bench.people.member(office, LAYLA, "remove_bot")
    lead = await refer(bench)
    await bench.house.post.drain()
    assert await bench.store.run(lambda tx: offices.desk(tx, "homs")) is None
    found = await bench.store.run(lambda tx: leads.get(tx, lead.id))
    assert found is not None
    assert found.office is None
    history = await bench.store.run(lambda tx: offices.history(tx, "homs"))
    assert history[-1].reason == "lost"
    assert (await waiting(bench))["waiting"] == 0


async def test_a_citizen_who_blocked_the_bot_is_not_written_to(bench: Bench, office: int) -> None:
    await bench.people.post("block", user_id=99)
    await refer(bench)
    await bench.house.post.drain()
    sami = await bench.store.run(lambda tx: citizens.get(tx, 1))
    assert sami is not None
    assert sami.blocked
    assert await waiting(bench) == {"waiting": 0, "dead": 0}
    assert len(cards(bench, office)) == 1


async def test_what_telegram_refuses_ten_times_is_laid_before_a_person(
    bench: Bench, office: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await refer(bench)
    catalog = bench.shelf.voices["ar"]
    original = type(catalog).say
    monkeypatch.setattr(
        type(catalog),
        "say",
        lambda self, id, /, **values: (
            original(self, id, **values) + ("x" * 5000 if id == "card.title" else "")
        ),
    )
    with capture_logs() as logs:
        for _ in range(12):
            await bench.house.post.drain()
            bench.clock.later(minutes=11)
    [letter] = await bench.store.run(outbox.dead_letters)
    assert (letter.to, letter.what) == ("office:homs", "card")
    assert "too long" in letter.error
    assert len([log for log in logs if log["event"] == "post.failed"]) == 10
    assert len([log for log in logs if log["event"] == "post.dead"]) == 1

    monkeypatch.undo()
    await bench.store.run(lambda tx: outbox.resend(tx, letter.id))
    await bench.house.post.drain()
    assert len(cards(bench, office)) == 1


async def test_a_bug_in_one_row_leaves_the_others_alone(bench: Bench, office: int) -> None:
    await bench.store.run(lambda tx: outbox.put(tx, "office:homs", "confirm:no-number"))
    await bench.people.say(OMAR, "hello")
    await bench.house.poller.once()
    await bench.store.run(lambda tx: outbox.put(tx, "citizen:2", "notice:delivered"))
    with capture_logs() as logs:
        await bench.house.post.drain()
    assert [log["row"] for log in logs if log["event"] == "post.bug"] == [1]
    assert await waiting(bench) == {"waiting": 1, "dead": 0}
    # Neither does it hold up what comes after it to the same group.
    await refer(bench)
    await bench.house.post.drain()
    assert len(cards(bench, office)) == 1
    assert await waiting(bench) == {"waiting": 1, "dead": 0}


async def test_jobs_send_at_once_what_a_message_has_caused(bench: Bench, office: int) -> None:
    working = asyncio.create_task(bench.house.jobs.run())
    await until(lambda: bench.house.jobs._work._waiters)  # At rest: nothing is due.
    await refer(bench)
    bench.house.jobs.wake()
    await until(lambda: len(cards(bench, office)) == 1)
    await until(lambda: "has arrived" in bench.people.texts(99)[-1])
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working


async def test_a_card_on_its_way_arrives_before_the_end(bench: Bench, office: int) -> None:
    begun = asyncio.Event()
    write = bench.house.writer.show

    async def slowly(*args: Any, **more: Any) -> int:
        begun.set()
        await asyncio.sleep(0)
        return await write(*args, **more)

    bench.house.writer.show = slowly  # type: ignore[method-assign]
    await refer(bench)
    working = asyncio.create_task(bench.house.jobs.run())
    await begun.wait()
    working.cancel()
    await asyncio.wait({working})
    assert len(cards(bench, office)) == 1
    found = await bench.store.run(lambda tx: leads.get(tx, 1))
    assert found is not None
    assert found.state == "delivered"


async def test_updates_are_forgotten_after_two_days(bench: Bench) -> None:
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    [update] = bench.world.updates.pending()
    bench.clock.later(hours=47)
    await bench.house.housekeeping.forget()
    await bench.house.receiver.accept(update.body)
    await bench.house.sender.finish()
    assert bench.people.texts(71) == ["1: hello"]
    bench.clock.later(hours=2)
    await bench.house.housekeeping.forget()
    await bench.house.receiver.accept(update.body)
    await bench.house.sender.finish()
    assert bench.people.texts(71)[-1] == "2: hello"
