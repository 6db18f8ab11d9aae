"""Stories of one transaction: all of it stays, or nothing, and who is told."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta

import pytest
from store_clock import Clock

from bot.errors import StoreUnavailable
from bot.store import citizens, outbox, revisions, updates
from bot.store.citizens import Citizen, Shown
from bot.store.sealing import Seal
from bot.store.store import Store, Transaction

STATE = {"answers": {"governorate": "homs", "workers": None}, "focus": "question:capital"}


def arrive(tx: Transaction) -> Citizen:
    """What an update does: note its id, find the citizen, keep an answer, queue a notice."""
    assert not updates.seen(tx, 1, 500)
    citizen = citizens.create(tx, 7001, "ar")
    citizens.save_project(tx, citizen.number, citizen.project, STATE, "r1")
    citizens.next_screen(tx, citizen)
    outbox.put(tx, f"citizen:{citizen.number}", "notice:claimed")
    return citizen


async def test_a_restart_keeps_everything(store: Store, database_url: str, seal: Seal) -> None:
    citizen = await store.run(arrive)
    await store.run(lambda tx: citizens.set_shown(tx, citizen.number, Shown(44, "d1", 1)))
    await store.run(lambda tx: revisions.keep(tx, "r1", b"the guide" * 1000))
    await store.close()

    again = Store.open(database_url, seal)
    found = await again.run(lambda tx: citizens.find(tx, 7001))
    assert found == Citizen(citizen.number, 7001, "ar", 1, screen=1, blocked=False)
    assert await again.run(lambda tx: citizens.get(tx, citizen.number)) == found
    assert await again.run(lambda tx: citizens.load_project(tx, citizen.number, 1)) == STATE
    assert await again.run(lambda tx: citizens.load_project(tx, citizen.number, 2)) == {}
    assert await again.run(lambda tx: citizens.shown(tx, citizen.number)) == Shown(44, "d1", 1)
    assert await again.run(lambda tx: updates.seen(tx, 1, 500))
    assert await again.run(outbox.counts) == {"waiting": 1, "dead": 0}
    assert await again.run(lambda tx: revisions.get(tx, "r1")) == b"the guide" * 1000
    await again.close()


async def test_a_bug_in_the_work_comes_through_and_leaves_nothing(store: Store) -> None:
    def bug(tx: Transaction) -> None:
        arrive(tx)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.run(bug)
    assert await store.run(lambda tx: citizens.find(tx, 7001)) is None
    assert await store.run(outbox.counts) == {"waiting": 0, "dead": 0}
    # Nor is the update taken for seen: the very same work succeeds when it comes again.
    assert (await store.run(arrive)).telegram == 7001


async def test_a_database_that_refuses_three_commits_loses_nothing(store: Store) -> None:
    refusals = iter([sqlite3.OperationalError("disk I/O error")] * 3)

    def refuse() -> None:
        if (error := next(refusals, None)) is not None:
            raise error

    store.before_commit = refuse
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match="disk I/O error"):
            await store.run(arrive)
    assert (await store.run(arrive)).telegram == 7001


async def test_fifty_at_once_do_not_mix(store: Store) -> None:
    async def one(telegram: int) -> None:
        await store.run(lambda tx: citizens.create(tx, telegram, "ar"))
        for step in range(4):
            await asyncio.sleep(0)
            await store.run(lambda tx, step=step: keep(tx, telegram, step))

    def keep(tx: Transaction, telegram: int, step: int) -> None:
        citizen = citizens.find(tx, telegram)
        assert citizen is not None
        state = citizens.load_project(tx, citizen.number, 1)
        answers = [*state.get("steps", []), f"{telegram}/{step}"]
        citizens.save_project(tx, citizen.number, 1, {"steps": answers}, "r1")

    await asyncio.gather(*(one(7000 + n) for n in range(50)))
    for n in range(50):
        citizen = await store.run(lambda tx, n=n: citizens.find(tx, 7000 + n))
        assert citizen is not None
        state = await store.run(lambda tx, c=citizen: citizens.load_project(tx, c.number, 1))
        assert state == {"steps": [f"{7000 + n}/{step}" for step in range(4)]}


async def test_seen_updates_are_a_set_for_each_bot_and_forgotten_in_time(
    store: Store, clock: Clock
) -> None:
    # Out of order, as they come: a high-water mark would lose 499.
    assert not await store.run(lambda tx: updates.seen(tx, 1, 500))
    assert not await store.run(lambda tx: updates.seen(tx, 1, 499))
    assert not await store.run(lambda tx: updates.seen(tx, 2, 500))
    for _ in range(5):
        assert await store.run(lambda tx: updates.seen(tx, 1, 500))

    clock.forward(hours=47)
    assert not await store.run(lambda tx: updates.seen(tx, 1, 501))
    clock.forward(hours=2)
    old = clock.now - timedelta(hours=48)
    assert await store.run(lambda tx: updates.forget_seen(tx, old)) == 3
    assert not await store.run(lambda tx: updates.seen(tx, 1, 500))
    assert await store.run(lambda tx: updates.seen(tx, 1, 501))


async def test_an_update_set_aside_is_there_for_a_person_to_read(
    store: Store, clock: Clock
) -> None:
    raw = {"update_id": 500, "message": {"text": "مرحبا"}}
    first = await store.run(lambda tx: updates.set_aside(tx, 1, 500, raw, "KeyError: 'x'", 7001))
    clock.forward(minutes=1)
    second = await store.run(lambda tx: updates.set_aside(tx, 1, 501, [], "not an object", None))

    listed = await store.run(updates.list_set_aside)
    assert [(item.incident, item.error) for item in listed] == [
        (first, "KeyError: 'x'"),
        (second, "not an object"),
    ]
    assert listed[1].at == clock.now
    typed = first.lower().replace("-", " ")
    assert await store.run(lambda tx: updates.read_set_aside(tx, typed)) == raw
    assert await store.run(lambda tx: updates.read_set_aside(tx, "I-00000")) is None


async def test_whose_screen_is_older_than_their_state_is_behind(store: Store) -> None:
    def build(tx: Transaction) -> list[int]:
        people = [citizens.create(tx, 7000 + n, "ar") for n in range(5)]
        for citizen in people[1:]:
            citizens.next_screen(tx, citizen)
        citizens.set_shown(tx, people[1].number, Shown(10, "d", 1))
        citizens.set_shown(tx, people[2].number, Shown(11, "d", 0))
        citizens.set_shown(tx, people[4].number, Shown(12, "d", 0))
        quiet = Citizen(people[4].number, 7004, "en", 1, screen=1, blocked=True)
        citizens.update(tx, quiet)
        assert citizens.find(tx, 7004) == quiet
        return [citizen.number for citizen in people]

    numbers = await store.run(build)
    # The first has nothing to see yet, the fourth was never shown the first screen.
    assert await store.run(citizens.behind) == [numbers[2], numbers[3]]


async def test_every_revision_ever_served_is_kept_as_it_was_first(
    store: Store, clock: Clock
) -> None:
    start = clock.now
    for revision in ("r1", "r2", "r1"):
        await store.run(lambda tx, r=revision: revisions.keep(tx, r, r.encode()))
        clock.forward(days=1)
    assert await store.run(lambda tx: revisions.first_served(tx, "r1")) == start
    assert await store.run(lambda tx: revisions.first_served(tx, "r3")) is None
    assert await store.run(lambda tx: revisions.get(tx, "r3")) is None
