"""The schema of the database: brought up to date, and never down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

from bot.errors import StoreRefused
from bot.store.database import connect, in_plain_words

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADING = int.from_bytes(b"upgrade")
"""The number of PostgreSQL's lock under which a database is upgraded."""


def upgrade(url: str) -> None:
    """Bring the database to the newest schema, in one transaction; harmless when it is there.

    Raises StoreRefused when the database was made by a newer Dalil, StoreUnavailable when it
    cannot be written now.
    """
    engine = connect(url)
    try:
        with in_plain_words(), _alone(engine) as connection:
            _refuse_newer(connection)
            command.upgrade(_alembic(connection), "head")
    finally:
        engine.dispose()


def require_schema(connection: Connection) -> None:
    """Raise StoreRefused, saying what to do, unless the schema is the newest."""
    current = _refuse_newer(connection)
    if current != _script().get_current_head():
        raise StoreRefused(
            "The database is not prepared for this Dalil yet: run `dalil db upgrade` once."
        )


def newest_schema() -> str:
    """The name of the schema that this Dalil works with."""
    return str(_script().get_current_head())


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else upgrades: on SQLite any transaction is alone."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    # Who had to wait for the lock has to see what was done meanwhile.
    engine = engine.execution_options(isolation_level="READ COMMITTED")
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(UPGRADING)))
        yield connection


def _refuse_newer(connection: Connection) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _script().walk_revisions()}
    if current is not None and current not in known:
        raise StoreRefused(
            f"The database has the schema {current} of a newer Dalil: "
            "install that version, or restore the copy made before it was upgraded."
        )
    return current


@cache
def _script() -> ScriptDirectory:
    """What leads to the newest schema, read once: it takes longer than opening a database."""
    return ScriptDirectory(str(MIGRATIONS))


def _alembic(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    # The option file's % has a meaning of its own.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
