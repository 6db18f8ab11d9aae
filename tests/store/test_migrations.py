"""Stories of the schema: from nothing and from every earlier state to today's, and never back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade as upgrade_to
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.types import Boolean, DateTime, Integer, LargeBinary, String

from bot.errors import StoreRefused
from bot.store.database import connect
from bot.store.schema import MIGRATIONS
from bot.store.sealing import Seal
from bot.store.store import Store, upgrade
from bot.store.tables import metadata

SCHEMAS = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
SAMPLES: list[tuple[type, Any]] = [
    (Boolean, True),
    (Integer, 1),
    (DateTime, datetime(2026, 11, 22, 9, tzinfo=UTC)),
    (LargeBinary, b"sealed"),
    (String, "x"),
]


def sample(column: Column[Any]) -> Any:
    """A value that fits, the same in the column that refers to it."""
    return next(value for kind, value in SAMPLES if isinstance(column.type, kind))


def fill(connection: Connection) -> dict[str, int]:
    """Puts a row into every table there is, and says how many rows each table has."""
    there = MetaData()
    there.reflect(connection)
    tables = [t for t in there.sorted_tables if t.name != "alembic_version"]
    for table in tables:
        connection.execute(insert(table), {column.name: sample(column) for column in table.columns})
    return {table.name: count(connection, table) for table in tables}


def count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def differences(connection: Connection) -> list[Any]:
    """What today's tables have and the database has not, or the other way round."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def bring_to(connection: Connection, schema: str) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    upgrade_to(config, schema)


def test_an_empty_database_gets_the_schema_and_a_second_upgrade_changes_nothing(
    bare_url: str,
) -> None:
    for _ in range(2):
        upgrade(bare_url)
        engine = connect(bare_url)
        with engine.begin() as connection:
            assert differences(connection) == []
        engine.dispose()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_earlier_schema_is_brought_up_with_all_that_is_in_it(
    bare_url: str, schema: str
) -> None:
    engine = connect(bare_url)
    with engine.begin() as connection:
        bring_to(connection, schema)
        before = fill(connection)
    assert set(before.values()) == {1}

    upgrade(bare_url)

    with engine.begin() as connection:
        assert differences(connection) == []
        after = {name: count(connection, metadata.tables[name]) for name in before}
    engine.dispose()
    assert after == before


def test_a_database_without_schema_is_refused_with_the_command_that_makes_it(
    bare_url: str, seal: Seal
) -> None:
    with pytest.raises(StoreRefused, match="dalil db upgrade"):
        Store.open(bare_url, seal)


def test_a_database_of_a_newer_dalil_is_left_alone(bare_url: str, seal: Seal) -> None:
    upgrade(bare_url)
    engine = connect(bare_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreRefused, match="9999 of a newer Dalil"):
        Store.open(bare_url, seal)
    with pytest.raises(StoreRefused, match="9999 of a newer Dalil"):
        upgrade(bare_url)
    with engine.begin() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_postgresql_keeps_telegrams_numbers_moments_and_sealed_values_in_types_that_fit(
    postgresql_url: str,
) -> None:
    engine = connect(postgresql_url)
    with engine.begin() as connection:
        kinds = {
            (table, column["name"]): str(column["type"])
            for table in metadata.tables
            for column in inspect(connection).get_columns(table)
        }
        zoned = "SELECT data_type FROM information_schema.columns WHERE column_name = 'created'"
        moments = set(connection.execute(text(zoned)).scalars())
    engine.dispose()
    for numbers in (("desks", "chat"), ("cards", "message"), ("seen_updates", "update_id")):
        assert kinds[numbers] == "BIGINT"
    assert kinds["citizens", "telegram"] == "BYTEA"
    assert moments == {"timestamp with time zone"}
