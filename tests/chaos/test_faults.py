"""Telegram, the disk and the clock fail in every way we know; what people and operators see."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text
from structlog.testing import capture_logs

from bot import pages
from bot.metrics import Metrics
from bot.store import leads, offices, outbox
from bot.store.leads import Lead
from bot.telegram import session
from tests.referrals.country import details
from tests.telegram.bench import LAYLA, OMAR, Bench, until

Json = dict[str, Any]

HOUR = 3600.0
TOWNSFOLK: list[Json] = [
    {"id": 700 + n, "first_name": f"C{n}", "language_code": "en"} for n in range(5)
]


@pytest.fixture
async def office(bench: Bench) -> int:
    """The group of the office of Homs."""
    return await bind(bench, "homs")


async def bind(bench: Bench, name: str) -> int:
    chat = await bench.people.group(LAYLA, OMAR)
    code = await bench.store.run(lambda tx: offices.invite(tx, name))
    await bench.people.say(LAYLA, f"/bind {code}", chat)
    await bench.house.work()
    return chat


async def refer(bench: Bench, citizen: int, governorate: str = "homs") -> Lead:
    referrals = bench.house.referrals
    return await bench.store.run(
        lambda tx: referrals.refer(tx, citizen, 1, "licensing", governorate, details())
    )


def cards(bench: Bench, chat: int) -> list[str]:
    return [text for text in bench.people.texts(chat) if "طلب:" in text]


def events(logs: list[Any], *levels: str) -> Counter[str]:
    return Counter(log["event"] for log in logs if log["log_level"] in levels)


async def test_when_telegram_floods_every_chat_all_are_served_afterwards(bench: Bench) -> None:
    await bench.people.fault("sendMessage", "flood", times=len(TOWNSFOLK), retry_after=17)
    for person in TOWNSFOLK:
        await bench.people.say(person, "hello")
    with capture_logs() as logs:
        await bench.house.work()
    for person in TOWNSFOLK:
        assert bench.people.texts(person["id"]) == ["1: hello"]
    assert bench.patience.waits.count(17) == len(TOWNSFOLK)
    floods = [log for log in logs if log["event"] == "sender.flooded"]
    assert sorted(log["citizen"] for log in floods) == [1, 2, 3, 4, 5], (
        "our numbers, not Telegram's"
    )
    assert events(logs, "error") == {}


async def test_a_connection_cut_before_the_answer_shows_the_screen_again(bench: Bench) -> None:
    """Telegram took it and we do not know: the copy below is the one that counts."""
    await bench.people.fault("sendMessage", "drop_after")
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    assert bench.people.texts(71) == ["1: hello", "1: hello"]
    await bench.people.press(LAYLA, "1:more")
    await bench.house.work()
    assert bench.people.texts(71) == ["1: hello", "2: 1:more"]


async def test_a_card_cut_off_before_its_answer_stands_twice_and_both_work(
    bench: Bench, office: int
) -> None:
    await bench.people.say(OMAR, "hello")
    await bench.house.work()
    await bench.people.fault("sendMessage", "drop_after", chat_id=office)
    lead = await refer(bench, 1)
    for _ in range(2):
        await bench.house.post.drain()
        bench.clock.later(seconds=60)
    assert len(cards(bench, office)) == 2
    first = next(m for m in bench.people.screens(office) if lead.reference in m["text"])
    await bench.people.press(LAYLA, f"o:take:{lead.id}", office, first["message_id"])
    await bench.house.work()
    now = await bench.store.run(lambda tx: leads.get(tx, lead.id))
    assert now is not None
    assert now.state == "claimed"
    assert "has taken your request" in bench.people.texts(72)[-1]
    [old, _] = [text for text in bench.people.texts(office) if lead.reference in text]
    assert "بطاقة قديمة" in old


async def test_an_answer_that_takes_too_long_is_not_waited_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "ANSWER_SECONDS", 0.05)
    await bench.people.fault("sendMessage", "slow", seconds=30)
    await bench.people.say(LAYLA, "hello")
    with capture_logs() as logs:
        await bench.house.work()
    assert bench.people.texts(71) == ["1: hello"]
    assert events(logs, "warning") == {"sender.later": 1}
    assert bench.patience.waits == [1]


async def test_an_hour_without_telegram_loses_nothing_and_is_not_an_attack(
    bench: Bench, office: int
) -> None:
    """Nothing goes through, neither way; then all of it does, once."""
    for person in (OMAR, *TOWNSFOLK):
        await bench.people.say(person, "hello")
    await bench.house.work()
    lead = await refer(bench, 1)
    await bench.people.fault("*", "drop_before", times=100_000)
    for person in TOWNSFOLK:
        await bench.people.say(person, "still there?")
    begun, asked = bench.patience.moment, len(bench.world.calls)
    sleeping = bench.patience.sleep

    async def passes(seconds: float) -> None:
        bench.clock.later(seconds=seconds)
        await sleeping(seconds)
        if bench.patience.moment - begun >= HOUR:
            await bench.people.fault("*", "drop_before", times=0)

    bench.patience.sleep = passes  # type: ignore[method-assign]
    house = bench.restart()
    with capture_logs() as logs:
        polling = asyncio.create_task(house.poller.run())
        await until(lambda: all(len(bench.people.texts(p["id"])) == 2 for p in TOWNSFOLK))
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
    await house.post.drain()
    assert [bench.people.texts(p["id"])[-1] for p in TOWNSFOLK] == ["2: still there?"] * 5
    assert len([card for card in cards(bench, office) if lead.reference in card]) == 1
    assert len(bench.world.calls) - asked < 200, "once a minute is enough"
    complaints = [log["failures"] for log in logs if log["event"] == "polling.no-answer"]
    assert complaints[:3] == [1, 2, 3]
    assert events(logs, "error") == {}


async def test_a_full_disk_settles_nothing_until_there_is_room(bench: Bench) -> None:
    """The person waits; Telegram keeps what they wrote; the operator reads the reason."""
    await limit_pages(bench, 1)
    long = "x" * 3000
    for person in TOWNSFOLK:
        await bench.people.say(person, long)
    with capture_logs() as logs:
        assert not await bench.house.work()
    complaints = [log for log in logs if log["event"] == "polling.not-settled"]
    assert complaints
    assert all("full" in log["error"] for log in complaints)
    assert bench.world.updates.pending()
    await limit_pages(bench, 1_000_000)
    while bench.world.updates.pending():
        await bench.house.work()
    assert [bench.people.texts(p["id"]) for p in TOWNSFOLK] == [[f"1: {long}"]] * 5


async def limit_pages(bench: Bench, most: int) -> None:
    """SQLite itself then says that the disk is full; it never cuts off what is there."""
    await bench.store.run(lambda tx: tx.connection.execute(text(f"PRAGMA max_page_count = {most}")))


async def test_a_locked_database_is_told_at_healthz_and_settles_nothing(
    bench: Bench, sqlite_url: str
) -> None:
    await bench.store.run(lambda tx: tx.connection.execute(text("PRAGMA busy_timeout = 1")))
    site = pages.about(bench.store, Metrics(), lambda: "r1", bench.house.sender.waiting)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await bench.people.say(LAYLA, "hello")
    async with TestClient(TestServer(site)) as operator:
        assert not await bench.house.poller.once()
        answer = await operator.get("/healthz")
        assert answer.status == 503
        assert "locked" in (await answer.json())["reason"]
        other.execute("ROLLBACK")
        other.close()
        await bench.house.work()
        assert (await operator.get("/healthz")).status == 200
    assert bench.people.texts(71) == ["1: hello"]


@pytest.mark.parametrize("minutes", [30, 600])
async def test_a_clock_set_back_holds_up_no_card(bench: Bench, office: int, minutes: int) -> None:
    await bench.people.say(OMAR, "hello")
    await bench.house.work()
    lead = await refer(bench, 1)
    bench.clock.later(minutes=-minutes)
    await bench.house.post.drain()
    assert len([card for card in cards(bench, office) if lead.reference in card]) == 1
    assert "has arrived" in bench.people.texts(72)[-1]


async def test_the_outbox_is_fair_to_chats_and_keeps_telegrams_limits(bench: Bench) -> None:
    """A group with more cards than a minute allows holds up neither another group nor a person."""
    homs, hama = await bind(bench, "homs"), await bind(bench, "hama")
    for number in range(30):
        await bench.people.say({"id": 800 + number, "first_name": "C"}, "hello")
    await bench.house.work()
    bench.patience.moment += 60
    sent: list[tuple[float, int]] = []
    show = bench.house.writer.show

    async def noted(chat: int, *rest: Any, **more: Any) -> int:
        sent.append((bench.patience.moment, chat))
        return await show(chat, *rest, **more)

    bench.house.writer.show = noted  # type: ignore[method-assign]
    references = [(await refer(bench, n)).reference for n in range(1, 26)]
    others = [(await refer(bench, n, "hama")).reference for n in range(26, 31)]
    await bench.house.post.drain()
    first_minute = Counter(chat for _, chat in sent)
    assert first_minute[homs] == 20
    assert first_minute[hama] == 5
    while (await bench.store.run(outbox.counts))["waiting"]:
        bench.clock.later(seconds=60)
        bench.patience.moment += 60
        await bench.house.post.drain()
    assert in_order(cards(bench, homs), references)
    assert in_order(cards(bench, hama), others)
    moments = sorted(moment for moment, _ in sent)
    for early, late in zip(moments, moments[30:], strict=False):
        assert late - early >= 1 - 1e-9, "thirty in a second"


def in_order(shown: list[str], references: list[str]) -> bool:
    return len(shown) == len(references) and all(
        reference in card for card, reference in zip(shown, references, strict=True)
    )
