"""Stories of a start: the schema, the address, the key, and one process at a time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.errors import StoreRefused
from bot.store import citizens
from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store, lock

HOLD = """
import sys
from bot.store.store import lock
held = lock(sys.argv[1])
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/dalil",
        "dalil.db",
        "",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://localhost",
        "postgresql+asyncpg://localhost/dalil",
    ],
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
