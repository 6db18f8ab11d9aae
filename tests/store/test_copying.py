"""Stories of an office that moves to another database, and lives on there as if nothing was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.cli.operating import copy_database
from bot.errors import StoreRefused
from bot.store import citizens, leads, offices, outbox, remarks, updates
from bot.store.copying import copy
from bot.store.database import connect
from bot.store.export import TABLES, require_empty
from bot.store.sealing import Seal
from bot.store.store import Store, Transaction, lock, upgrade
from tests.operations.lived import NAME, PHONE, TELEGRAM, TOLD, live

LOSES = {
    "sqlite": "CREATE TRIGGER loses AFTER INSERT ON outbox BEGIN DELETE FROM outbox; END",
    "postgresql": "CREATE RULE loses AS ON INSERT TO outbox DO INSTEAD NOTHING",
}


@pytest.fixture
def elsewhere(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A prepared database of the other kind."""
    if database_url.startswith("sqlite"):
        return str(request.getfixturevalue("own_postgresql_url"))
    return prepared(tmp_path, "elsewhere")


def prepared(directory: Path, name: str) -> str:
    url = f"sqlite:///{directory / name}.db"
    upgrade(url)
    return url


async def lived_in(store: Store) -> None:
    """More rows than go in one batch, and the newest numbers given to what is gone again."""

    def many(tx: Transaction) -> None:
        for update in range(1200):
            updates.seen(tx, 1, update)
        gone = citizens.create(tx, 7099, "en").number
        citizens.erase(tx, gone)

    await store.run(live)
    await store.run(many)


async def test_an_office_moves_and_walks_on(
    store: Store, database_url: str, elsewhere: str, seal: Seal
) -> None:
    await lived_in(store)
    (letter,) = await store.run(outbox.dead_letters)
    history = await store.run(lambda tx: leads.events(tx, 1))
    assert f"asked for {NAME}" in [event.note for event in history]
    newest = await store.run(lambda tx: citizens.create(tx, 7100, "ar"))
    await store.run(lambda tx: citizens.erase(tx, newest.number))

    counts = copy(database_url, elsewhere)

    assert (counts["citizens"], counts["seen_updates"], counts["outbox"]) == (1, 1200, 1)
    moved = Store.open(elsewhere, seal)

    def walk_on(tx: Transaction) -> None:
        known = citizens.find(tx, TELEGRAM)
        assert known is not None
        assert citizens.load_project(tx, known.number, 2) == {"answers": {"contact": PHONE}}
        assert updates.seen(tx, 1, 1199)
        (lead,) = leads.of_citizen(tx, known.number)
        assert lead.sealed["name"] == NAME
        assert leads.events(tx, lead.id) == history
        assert outbox.dead_letters(tx) == [letter]
        assert [remark.text for remark in remarks.every(tx, "told")] == [TOLD]
        # Numbers go on where they were, past those of who was erased.
        assert citizens.create(tx, 7101, "ar").number == newest.number + 1
        assert leads.change(tx, lead.id, expect={"claimed"}, state="done")
        leads.add_event(tx, lead.id, "done", offices.officers(tx, "homs")[0].number)
        assert outbox.resend(tx, None) == 1

    await moved.run(walk_on)
    await moved.close()


async def test_there_and_back_again_is_the_same(
    store: Store, database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    await lived_in(store)
    back = prepared(tmp_path, "back")
    assert copy(database_url, elsewhere) == copy(elsewhere, back)


async def test_a_bot_that_serves_either_side_is_not_copied_under_its_hands(
    database_url: str, elsewhere: str
) -> None:
    with lock(database_url), pytest.raises(StoreRefused, match=r"^FROM: Another .*process \d+"):
        copy(database_url, elsewhere)
    with lock(elsewhere), pytest.raises(StoreRefused, match=r"^TO: Another .*process \d+"):
        copy(database_url, elsewhere)
    assert sum(copy(database_url, elsewhere).values()) == 0


async def test_only_an_empty_prepared_database_is_written_to(
    store: Store, database_url: str, elsewhere: str, seal: Seal, tmp_path: Path
) -> None:
    await store.run(live)
    with pytest.raises(StoreRefused, match="same database"):
        copy(database_url, database_url)
    with pytest.raises(StoreRefused, match=r"^TO: .*dalil db upgrade"):
        copy(database_url, f"sqlite:///{tmp_path}/bare.db")
    with pytest.raises(StoreRefused, match=r"^FROM: There is no database /nowhere/dalil\.db"):
        copy("sqlite:////nowhere/dalil.db", elsewhere)
    other = Store.open(elsewhere, seal)
    await other.close()
    with pytest.raises(StoreRefused, match=r"^TO: .*not empty .*key_checks"):
        copy(database_url, elsewhere)


async def test_what_arrives_otherwise_than_it_was_sent_is_not_kept(
    store: Store, database_url: str, elsewhere: str
) -> None:
    await store.run(live)
    engine = connect(elsewhere)
    with engine.begin() as connection:
        connection.execute(text(LOSES[engine.dialect.name]))
    with pytest.raises(StoreRefused, match=r"in outbox \(0 rows\) is not what was sent \(1 rows\)"):
        copy(database_url, elsewhere)
    with engine.begin() as connection:
        require_empty(connection)
    engine.dispose()


async def test_the_command_prints_what_was_copied(
    store: Store, database_url: str, elsewhere: str
) -> None:
    await store.run(live)
    said = CliRunner().invoke(copy_database, [database_url, elsewhere], catch_exceptions=False)
    assert said.exit_code == 0
    for table in TABLES:
        assert re.search(rf"^{table.name} +\d+$", said.output, re.MULTILINE)
    assert "DALIL_DATABASE_URL" in said.output
