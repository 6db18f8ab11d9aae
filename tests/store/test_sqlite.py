"""Stories of what only a SQLite file can meet: another program at it, a full disk, a wrong file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.errors import StoreRefused, StoreUnavailable
from bot.store import citizens, revisions
from bot.store.citizens import Citizen
from bot.store.sealing import Seal
from bot.store.store import Store, Transaction, upgrade


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def arrive(tx: Transaction) -> Citizen:
    return citizens.create(tx, 7001, "ar")


async def test_a_database_that_another_process_holds_is_unavailable(
    store: Store, sqlite_url: str
) -> None:
    await store.run(lambda tx: tx.connection.execute(text("PRAGMA busy_timeout = 1")))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await store.run(arrive)
    other.execute("ROLLBACK")
    other.close()
    assert (await store.run(arrive)).telegram == 7001


async def test_who_only_reads_in_another_process_is_never_in_the_way(
    store: Store, sqlite_url: str
) -> None:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN")
    assert other.execute("SELECT count(*) FROM citizens").fetchone() == (0,)
    citizen = await store.run(arrive)
    assert other.execute("SELECT count(*) FROM citizens").fetchone() == (0,)

    # Erasing cannot empty the log under the reader's eyes; it is done none the less.
    await store.run(lambda tx: tx.connection.execute(text("PRAGMA busy_timeout = 1")))
    await store.run(lambda tx: citizens.erase(tx, citizen.number))
    assert await store.run(lambda tx: citizens.find(tx, 7001)) is None
    other.close()


async def test_a_commit_survives_the_process_and_references_hold(store: Store) -> None:
    def pragmas(tx: Transaction) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [tx.connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]

    assert await store.run(pragmas) == ["wal", 1, 1]


async def test_a_full_disk_is_unavailable_and_a_wrong_statement_is_a_bug(store: Store) -> None:
    def too_much(tx: Transaction) -> None:
        revisions.keep(tx, "r1", b"the guide")
        tx.connection.execute(text("CREATE TABLE heap AS SELECT zeroblob(10000000) AS stone"))

    def limit(tx: Transaction) -> None:
        tx.connection.execute(text("PRAGMA max_page_count = 100"))

    await store.run(limit)
    with pytest.raises(StoreUnavailable, match="full"):
        await store.run(too_much)
    assert await store.run(lambda tx: revisions.get(tx, "r1")) is None
    with pytest.raises(OperationalError, match="no such table"):
        await store.run(lambda tx: tx.connection.execute(text("SELECT * FROM nowhere")))


def test_an_upgrade_that_fails_half_way_leaves_nothing_half_made(tmp_path: Path) -> None:
    path = tmp_path / "dalil.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE leads (somebody_elses TEXT)")
    with pytest.raises(OperationalError, match="already exists"):
        upgrade(f"sqlite:///{path}")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    assert tables == [("leads",)]


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, seal: Seal) -> None:
    (tmp_path / "dalil.db").mkdir()
    with pytest.raises(StoreRefused, match=r"dalil\.db cannot be used .*DALIL_DATABASE_URL"):
        Store.open(f"sqlite:///{tmp_path}/dalil.db", seal)


def test_what_is_not_a_database_says_so(tmp_path: Path, seal: Seal) -> None:
    (tmp_path / "dalil.db").write_text("a shopping list\n" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        Store.open(f"sqlite:///{tmp_path}/dalil.db", seal)
