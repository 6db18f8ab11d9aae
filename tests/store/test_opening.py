"""Stories of a start: the schema, the address, the key, and one process at a time."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import OperationalError

from bot.errors import StoreRefused, StoreUnavailable
from bot.store import citizens
from bot.store.database import connect, sqlite_path
from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store, lock, upgrade
from bot.store.tables import metadata

HOLD = """
import sys
from bot.store.store import lock
lock(sys.argv[1])
print("taken", flush=True)
sys.stdin.read()
"""


def test_an_empty_database_gets_the_schema_and_a_second_upgrade_changes_nothing(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/var/dalil.db"
    for _ in range(2):
        upgrade(url)
        engine = connect(url)
        with engine.begin() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, metadata) == []
        engine.dispose()
    assert (tmp_path / "var/dalil.db").stat().st_mode & 0o077 == 0


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


def test_a_database_without_schema_is_refused_with_the_command_that_makes_it(
    tmp_path: Path, seal: Seal
) -> None:
    with pytest.raises(StoreRefused, match="dalil db upgrade"):
        Store.open(f"sqlite:///{tmp_path}/dalil.db", seal)


def test_a_database_of_a_newer_dalil_is_left_alone(database_url: str, seal: Seal) -> None:
    with sqlite3.connect(sqlite_path(database_url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreRefused, match="9999 of a newer Dalil"):
        Store.open(database_url, seal)
    with pytest.raises(StoreRefused, match="9999 of a newer Dalil"):
        upgrade(database_url)


def test_what_is_not_a_database_says_so(tmp_path: Path, seal: Seal) -> None:
    (tmp_path / "dalil.db").write_text("a shopping list\n" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        Store.open(f"sqlite:///{tmp_path}/dalil.db", seal)


@pytest.mark.parametrize(
    "url", ["mysql://host/dalil", "dalil.db", "", "sqlite://", "sqlite:///:memory:"]
)
def test_an_unknown_address_is_refused_with_an_example(url: str, seal: Seal) -> None:
    with pytest.raises(StoreRefused, match=r"DALIL_DATABASE_URL.*sqlite:///var/dalil.db"):
        Store.open(url, seal)


def test_a_refused_address_does_not_tell_its_password(seal: Seal) -> None:
    with pytest.raises(StoreRefused) as refusal:
        Store.open("mysql://me:hunter2@host/dalil", seal)
    assert "hunter2" not in str(refusal.value)


async def test_another_key_of_the_same_name_is_noticed_at_the_start(
    store: Store, database_url: str
) -> None:
    await store.run(lambda tx: citizens.create(tx, 7001, "ar"))
    with pytest.raises(StoreRefused, match="DALIL_KEY"):
        Store.open(database_url, parse_key(new_key()))


async def test_keys_are_added_at_the_end_and_never_moved_or_dropped(
    database_url: str,
) -> None:
    first, second = new_key(), new_key().replace("k1:", "k2:")
    old = Store.open(database_url, parse_key(first))
    before = await old.run(lambda tx: citizens.create(tx, 7001, "ar"))
    await old.close()

    both = Store.open(database_url, parse_key(f"{first},{second}"))
    assert await both.run(lambda tx: citizens.find(tx, 7001)) == before
    await both.close()

    with pytest.raises(StoreRefused, match="stays first"):
        Store.open(database_url, parse_key(f"{second},{first}"))
    with pytest.raises(StoreRefused, match="DALIL_KEY lacks the key 'k2'"):
        Store.open(database_url, parse_key(first))


def test_a_second_process_is_refused_and_told_who_is_there(database_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, database_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "taken\n"
        with pytest.raises(StoreRefused, match=rf"process {holder.pid}\b"):
            lock(database_url)
    with (
        lock(database_url),
        pytest.raises(StoreRefused, match=rf"process {os.getpid()}\b"),
    ):
        lock(database_url)
    lock(database_url).release()
