"""Stories of what only a PostgreSQL server can do: others at the same time, and going away."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from bot.errors import StoreUnavailable
from bot.store import citizens, outbox
from bot.store.citizens import Citizen
from bot.store.store import Store, Transaction
from tests.postgres import Postgres

ONE_MORE = """
    INSERT INTO outbox (recipient, what, state, rank, handed, tries, created, not_before)
    VALUES ('citizen:1', 'notice:0', 'waiting', 1, false, 0, now(), now())
"""
CUT = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


def arrive(tx: Transaction) -> Citizen:
    return citizens.create(tx, 7001, "ar")


async def test_two_that_read_what_the_other_writes_end_as_if_one_had_waited(
    store: Store, database_url: str
) -> None:
    tries = []

    def elsewhere() -> None:
        with psycopg.connect(database_url) as other:
            other.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
            assert other.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
            other.execute(ONE_MORE)

    def count(tx: Transaction) -> None:
        waiting = outbox.counts(tx)["waiting"]
        tries.append(waiting)
        if len(tries) == 1:
            # Another process counts, too, and writes first.
            elsewhere()
        outbox.put(tx, "citizen:2", f"notice:{waiting}")

    await store.run(count)

    assert tries == [0, 1]
    written = [row.what for row in await store.run(outbox.due)]
    assert sorted(written) == ["notice:0", "notice:1"]


async def test_work_that_is_overtaken_again_and_again_is_given_back(store: Store) -> None:
    tries = []

    def overtaken(tx: Transaction) -> None:
        tries.append(1)
        raising = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"
        tx.connection.execute(text(raising))

    with pytest.raises(StoreUnavailable):
        await store.run(overtaken)
    assert len(tries) == 7
    assert (await store.run(arrive)).telegram == 7001


async def test_a_server_that_was_restarted_is_not_even_noticed(
    store: Store, server: Postgres
) -> None:
    await store.run(lambda tx: outbox.put(tx, "citizen:1", "notice:claimed"))
    with server.away():
        pass
    assert (await store.run(arrive)).telegram == 7001
    assert await store.run(outbox.counts) == {"waiting": 1, "dead": 0}


async def test_a_server_that_is_away_is_unavailable_and_then_there_again(
    store: Store, server: Postgres
) -> None:
    with server.away():
        for _ in range(2):
            with pytest.raises(StoreUnavailable, match="cannot be used now"):
                await store.run(arrive)
    assert (await store.run(arrive)).telegram == 7001


async def test_a_connection_cut_in_the_middle_of_work_costs_a_second_try(store: Store) -> None:
    tries = []

    def cut(tx: Transaction) -> Citizen:
        tries.append(1)
        citizen = arrive(tx)
        if len(tries) == 1:
            tx.connection.execute(text(CUT))
        return citizen

    assert (await store.run(cut)).telegram == 7001
    assert len(tries) == 2


async def test_a_connection_cut_at_the_commit_is_not_repeated_on_a_guess(
    store: Store, database_url: str
) -> None:
    backends: list[int] = []

    def work(tx: Transaction) -> None:
        backends.append(tx.connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
        arrive(tx)

    def cut() -> None:
        with psycopg.connect(database_url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 20000)", [backends[-1]])

    store.before_commit = cut
    with pytest.raises(StoreUnavailable):
        await store.run(work)
    assert len(backends) == 1
    store.before_commit = None
    assert (await store.run(arrive)).telegram == 7001


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'No space left'", "No space left"),
        ("SET LOCAL transaction_read_only = on; DELETE FROM outbox", "read-only"),
        ("SET LOCAL statement_timeout = 1; PERFORM pg_sleep(20)", "timeout"),
    ],
)
async def test_what_a_server_cannot_do_now_is_unavailable(
    store: Store, trouble: str, words: str
) -> None:
    def work(tx: Transaction) -> None:
        arrive(tx)
        for statement in trouble.split("; "):
            tx.connection.execute(text(f"DO $$ BEGIN {statement}; END $$"))

    with pytest.raises(StoreUnavailable, match=words):
        await store.run(work)
    assert await store.run(lambda tx: citizens.find(tx, 7001)) is None


async def test_who_holds_a_row_too_long_keeps_nobody_waiting_for_ever(
    store: Store, database_url: str
) -> None:
    citizen = await store.run(arrive)

    def impatient(tx: Transaction) -> None:
        tx.connection.execute(text("SET LOCAL lock_timeout = 1"))
        citizens.next_screen(tx, citizen)

    with psycopg.connect(database_url) as other:
        other.execute("UPDATE citizens SET screen = 7")
        with pytest.raises(StoreUnavailable, match="lock timeout"):
            await store.run(impatient)
        other.rollback()
    assert await store.run(lambda tx: citizens.next_screen(tx, citizen)) == 1


async def test_a_wrong_statement_is_a_bug_and_not_the_weather(store: Store) -> None:
    with pytest.raises(ProgrammingError, match="nowhere"):
        await store.run(lambda tx: tx.connection.execute(text("SELECT * FROM nowhere")))


async def test_closing_waits_for_what_is_under_way(store: Store, database_url: str) -> None:
    begun = asyncio.Event()

    def work(tx: Transaction) -> None:
        begun.set()
        arrive(tx)

    running = asyncio.create_task(store.run(work))
    await begun.wait()
    assert not running.done()
    await store.close()
    await running
    with psycopg.connect(database_url) as other:
        assert other.execute("SELECT count(*) FROM citizens").fetchone() == (1,)
