"""Stories of what is sent to PostgreSQL together: in its order, and none of it half."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from sqlalchemy import text

from bot.store import citizens, updates
from bot.store.citizens import Citizen, Shown
from bot.store.store import Store, Transaction
from tests.postgres import Postgres

CUT = "SELECT pg_terminate_backend(pg_backend_pid())"
WRONG = "SELECT * FROM nowhere"


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
async def citizen(store: Store) -> Citizen:
    return await store.run(lambda tx: citizens.create(tx, 7001, "ar"))


async def test_what_is_known_beforehand_is_answered_in_its_order(
    store: Store, citizen: Citizen
) -> None:
    def ahead(tx: Transaction) -> None:
        citizens.set_shown(tx, citizen.number, Shown(44, "d1", 1))
        updates.expect(tx, 1, 500)
        citizens.expect(tx, 7001)

    def work(tx: Transaction) -> tuple[bool, citizens.Arrival]:
        return updates.seen(tx, 1, 500), citizens.arrive(tx, 7001)

    seen, arrival = await store.run(work, ahead)
    assert (seen, arrival.citizen, arrival.shown) == (False, citizen, Shown(44, "d1", 1))
    assert (await store.run(work, ahead))[0]


async def test_the_work_alone_finds_the_same_as_when_it_was_asked_ahead(
    store: Store, citizen: Citizen
) -> None:
    ahead = await store.run(
        lambda tx: citizens.arrive(tx, 7001), lambda tx: citizens.expect(tx, 7001)
    )
    assert ahead == await store.run(lambda tx: citizens.arrive(tx, 7001))
    assert ahead.citizen == citizen


async def test_what_was_asked_and_never_read_is_nobody_elses_answer(
    store: Store, citizen: Citizen
) -> None:
    await store.run(lambda _: None, lambda tx: citizens.expect(tx, 7001))
    await store.run(lambda tx: citizens.next_screen(tx, citizen))
    assert (await store.run(lambda tx: citizens.arrive(tx, 7001))).citizen.screen == 1


async def test_a_statement_that_goes_another_way_sees_what_was_put_before_it(
    store: Store, citizen: Citizen
) -> None:
    def work(tx: Transaction) -> Citizen | None:
        citizens.next_screen(tx, citizen)
        return citizens.get(tx, citizen.number)

    found = await store.run(work)
    assert found is not None
    assert found.screen == 1


@pytest.mark.parametrize("trouble", [WRONG, "SELECT 1/0"])
async def test_a_failure_before_the_commit_leaves_nothing_of_what_was_put(
    store: Store, citizen: Citizen, trouble: str
) -> None:
    def work(tx: Transaction) -> None:
        citizens.next_screen(tx, citizen)
        tx.connection.execute(text(trouble))

    with pytest.raises(Exception, match=r"nowhere|division"):
        await store.run(work)
    assert await store.run(lambda tx: citizens.get(tx, citizen.number)) == citizen


async def test_a_server_that_refuses_what_goes_with_the_commit_refuses_all_of_it(
    store: Store, citizen: Citizen
) -> None:
    def work(tx: Transaction) -> None:
        updates.seen(tx, 1, 500)
        # Longer than what PostgreSQL finds anything again by.
        citizens.save_project(tx, citizen.number, 1, {"answers": {}}, "r" * 100)

    for _ in range(2):
        with pytest.raises(Exception, match="too long"):
            await store.run(work)
    assert not await store.run(lambda tx: updates.seen(tx, 1, 500))


async def test_a_server_that_goes_away_while_it_is_asked_ahead_costs_a_second_try(
    store: Store, citizen: Citizen, server: Postgres
) -> None:
    tries = []

    def ahead(tx: Transaction) -> None:
        tries.append(1)
        citizens.expect(tx, 7001)
        if len(tries) == 1:
            with server.away():
                pass

    arrival = await store.run(lambda tx: citizens.arrive(tx, 7001), ahead)
    assert (arrival.citizen, len(tries)) == (citizen, 2)


async def test_who_is_cancelled_leaves_no_answer_behind_for_others(
    store: Store, citizen: Citizen, database_url: str
) -> None:
    begun = asyncio.Event()

    def ahead(tx: Transaction) -> None:
        begun.set()
        citizens.expect(tx, 7001)

    # By now the server knows the statement, and nothing but its rows is waited for.
    await store.run(lambda tx: citizens.arrive(tx, 7001), ahead)
    begun.clear()
    with psycopg.connect(database_url) as other:
        other.execute("LOCK TABLE citizens")
        waiting = asyncio.create_task(store.run(lambda tx: citizens.arrive(tx, 7001), ahead))
        await begun.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    for _ in range(5):
        assert (await store.run(lambda tx: citizens.arrive(tx, 7001))).citizen == citizen


async def test_others_work_while_a_commit_waits(
    store: Store, citizen: Citizen, database_url: str
) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT 1 FROM citizens FOR UPDATE")
        # Sent with the commit, it waits there for the row; the loop does not.
        waiting = asyncio.create_task(store.run(lambda tx: citizens.next_screen(tx, citizen)))
        assert not await store.run(lambda tx: updates.seen(tx, 1, 500))
        assert not waiting.done()
        other.rollback()
    assert await waiting == 1
