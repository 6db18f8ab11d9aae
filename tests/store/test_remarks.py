"""Stories of what citizens wrote for the editors: read again, sealed, moved, and forgotten."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select
from store_clock import Clock

from bot.errors import StoreRefused
from bot.store import remarks, rotation
from bot.store.backup import back_up, restore
from bot.store.copying import copy
from bot.store.remarks import Remark
from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store, Transaction, upgrade
from bot.store.tables import metadata

FEE = "the clerk أبو سامر asked for 5,000 today"
SOUGHT = "رخصة طائرة ورقية"


def told(tx: Transaction, text: str = FEE, about: str = "steps/tax-file") -> None:
    remarks.add(
        tx,
        kind="told",
        about=about,
        governorate="homs",
        language="ar",
        revision="r1",
        text=text,
    )


def missed(tx: Transaction, text: str = SOUGHT) -> None:
    remarks.add(
        tx, kind="missed", about="", governorate="", language="en", revision="r2", text=text
    )


def listed(kind: str, tx: Transaction) -> list[Remark]:
    return list(remarks.every(tx, kind))


async def kept(store: Store, kind: str) -> list[Remark]:
    return await store.run(lambda tx: listed(kind, tx))


async def test_what_was_written_is_read_again_with_all_that_stood_around_it(
    store: Store, clock: Clock
) -> None:
    await store.run(told)
    await store.run(missed)
    [remark] = await kept(store, "told")
    assert remark == Remark(
        remark.code, clock.now, "told", "steps/tax-file", "homs", "ar", "r1", FEE
    )
    assert len(remark.code) == remarks.CODE_LENGTH
    [sought] = await kept(store, "missed")
    assert (sought.about, sought.governorate, sought.text) == ("", "", SOUGHT)


async def test_the_newest_stand_first(store: Store, clock: Clock) -> None:
    for number in range(3):
        await store.run(lambda tx, number=number: told(tx, f"number {number}"))
        clock.forward(minutes=1)
    assert [each.text for each in await kept(store, "told")] == ["number 2", "number 1", "number 0"]


async def test_two_of_the_same_moment_are_two(store: Store) -> None:
    def twice(tx: Transaction) -> None:
        told(tx)
        told(tx)

    await store.run(twice)
    assert len({each.code for each in await kept(store, "told")}) == 2


async def test_nothing_of_the_text_stands_in_plain(store: Store, database_url: str) -> None:
    await store.run(told)
    await store.run(missed)

    def stored(tx: Transaction) -> list[bytes]:
        return [row.text for row in tx.connection.execute(select(metadata.tables["remarks"]))]

    for blob in await store.run(stored):
        for word in ("clerk", "أبو سامر", "طائرة"):
            assert word.encode() not in blob
    await store.close()
    if database_url.startswith("sqlite"):
        path = Path(database_url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            assert "أبو سامر".encode() not in file.read_bytes()


async def test_what_was_written_cannot_be_put_under_another_page(store: Store) -> None:
    """A text that is exchanged for that of another row does not open."""
    await store.run(told)
    await store.run(missed)
    table = metadata.tables["remarks"]

    def exchange(tx: Transaction) -> None:
        rows = tx.connection.execute(select(table).order_by(table.c.kind)).all()
        for row, other in zip(rows, reversed(rows), strict=True):
            tx.connection.execute(
                table.update().where(table.c.code == row.code), {"text": other.text}
            )

    await store.run(exchange)
    with pytest.raises(StoreRefused, match="remark:"):
        await kept(store, "told")


def test_no_column_leads_to_a_person() -> None:
    table = metadata.tables["remarks"]
    assert {column.name for column in table.columns} == {
        *("code", "at", "kind", "about", "governorate", "language", "revision", "text")
    }
    assert not table.foreign_keys
    [sealed] = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    assert sealed == "text"


async def test_the_old_are_forgotten_and_the_rest_stays(store: Store, clock: Clock) -> None:
    await store.run(lambda tx: told(tx, "old"))
    await store.run(lambda tx: missed(tx, "old too"))
    clock.forward(days=1)
    await store.run(lambda tx: told(tx, "new"))

    def forget(tx: Transaction) -> tuple[int, bool]:
        return remarks.forget(tx, clock.now), tx.erased

    assert await store.run(forget) == (2, True)
    assert [each.text for each in await kept(store, "told")] == ["new"]
    assert await kept(store, "missed") == []
    assert await store.run(forget) == (0, False)


async def test_a_new_key_seals_what_was_written_anew(database_url: str) -> None:
    first, second = new_key(), new_key().replace("k1:", "k2:")
    before = Store.open(database_url, parse_key(first))
    await before.run(told)
    await before.close()
    both = Store.open(database_url, parse_key(f"{first},{second}"))
    assert await both.run(rotation.reseal) > 0
    assert await both.run(rotation.reseal) == 0
    assert [each.text for each in await kept(both, "told")] == [FEE]
    only_new = parse_key(second)

    def opened(tx: Transaction) -> list[object]:
        rows = tx.connection.execute(select(metadata.tables["remarks"]))
        return [only_new.open(row.text, f"remark:{row.code}") for row in rows]

    assert await both.run(opened) == [FEE]
    await both.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    """Another prepared database."""
    url = f"sqlite:///{tmp_path}/elsewhere.db"
    upgrade(url)
    return url


@pytest.mark.parametrize("way", ["copy", "backup"])
async def test_what_was_written_moves_with_everything_else(
    store: Store, database_url: str, elsewhere: str, seal: Seal, tmp_path: Path, way: str
) -> None:
    await store.run(told)
    await store.run(missed)
    if way == "copy":
        assert copy(database_url, elsewhere)["remarks"] == 2
    else:
        back_up(database_url, tmp_path / "copy.zip")
        restore(elsewhere, tmp_path / "copy.zip", seal)
        with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
            written = b"".join(archive.read(name) for name in archive.namelist())
        assert b"steps/tax-file" in written
        assert b"clerk" not in written
    moved = Store.open(elsewhere, seal)
    for kind in ("told", "missed"):
        assert await kept(moved, kind) == await kept(store, kind)
    await moved.close()
