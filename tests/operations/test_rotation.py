"""Stories of a change of key: in the middle of work, stopped and taken up again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import LargeBinary, select

from bot.errors import StoreUnavailable
from bot.operations.keys import OldKeyInService, rotate
from bot.store import citizens, marks, rotation
from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store, Transaction
from bot.store.tables import metadata
from tests.operations.lived import TELEGRAM, live

Said = list[str]
PEOPLE = 5


@pytest.fixture
def keys() -> tuple[str, str]:
    """The old one, and both."""
    old, new = new_key(), new_key().replace("k1:", "k2:")
    return old, f"{old},{new}"


@pytest.fixture
async def both(keys: tuple[str, str], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that was lived in with the old key, open with both; a batch is three values."""
    monkeypatch.setattr(rotation, "BATCH", 3)
    store = Store.open(database_url, parse_key(keys[0]))
    for person in range(PEOPLE):
        await store.run(lambda tx, person=person: live(tx, TELEGRAM + person))
    await store.close()
    return Store.open(database_url, parse_key(keys[1]))


def test_every_sealed_column_is_known() -> None:
    """A new column of bytes is sealed anew too, or named here as none."""
    plain = {"revisions.compiled", "key_checks.sealed"}
    columns = [c for table in metadata.tables.values() for c in table.columns]
    bytes_ = {f"{c.table.name}.{c.name}" for c in columns if isinstance(c.type, LargeBinary)}
    assert {sealed.name for sealed in rotation.SEALED} == bytes_ - plain


async def test_whoever_has_lived_has_sealed_everything(both: Store) -> None:
    """What no story seals would be turned over to a new key without anybody looking."""
    found = await both.run(rotation.remaining)
    assert [name for name, count in found.items() if not count] == []
    await both.close()


def open_all(seal: Seal) -> Callable[[Transaction], int]:
    """Opens every sealed value with this seal alone; returns how many there are."""

    def work(tx: Transaction) -> int:
        count = 0
        for sealed in rotation.SEALED:
            for row in tx.connection.execute(select(sealed.table)):
                fields = row._asdict()
                if fields[sealed.column] is not None:
                    seal.open(fields[sealed.column], sealed.about.format_map(fields))
                    count += 1
        return count

    return work


async def test_killed_in_the_middle_and_started_again_nothing_is_left_of_the_old_key(
    both: Store, keys: tuple[str, str]
) -> None:
    total = sum((await both.run(rotation.remaining)).values())
    said: Said = []
    left = 5

    def die() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise sqlite3.OperationalError("disk I/O error")

    both.before_commit = die
    with pytest.raises(StoreUnavailable):
        await rotate(both, "k2", said.append)
    both.before_commit = None
    rest = sum((await both.run(rotation.remaining)).values())
    assert 0 < rest < total
    # The bot works on meanwhile, and reads what either key has sealed.
    for person in range(PEOPLE):
        assert await both.run(lambda tx, person=person: citizens.find(tx, TELEGRAM + person))

    said.clear()
    await rotate(both, "k2", said.append)
    assert said[0] == f"{rest} values are sealed with an older key than k2."
    assert said[-2] == f"{rest} sealed anew."
    assert set((await both.run(rotation.remaining)).values()) == {0}
    only_new = parse_key(keys[1].partition(",")[2])
    assert await both.run(open_all(only_new)) == total
    found = await both.run(lambda tx: citizens.find(tx, TELEGRAM))
    assert found is not None
    assert found.telegram == TELEGRAM
    await both.close()


async def test_a_bot_that_knows_only_the_old_key_is_not_left_blind(both: Store) -> None:
    await both.run(lambda tx: marks.put(tx, marks.SERVING_KEY, "k1"))
    before = await both.run(rotation.remaining)
    with pytest.raises(OldKeyInService, match="start it anew"):
        await rotate(both, "k2", print)
    assert await both.run(rotation.remaining) == before
    await both.run(lambda tx: marks.put(tx, marks.SERVING_KEY, "k2"))
    await rotate(both, "k2", lambda _: None)
    await both.close()
