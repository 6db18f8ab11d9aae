"""The few statements of every message: compiled once, then run by the database's own driver.

SQLAlchemy takes ten times as long as the driver from a statement to its rows. It still writes the
SQL, opens the connection and holds the transaction.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from bot.store.wire import Wire, wire

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement in the words of one kind of database."""

    sql: str
    encoded: bytes
    takes: tuple[tuple[str, Convert | None], ...]
    """What it takes, in its order, and how a value becomes the driver's."""

    def given(self, values: dict[str, Any]) -> list[Any]:
        """The values in its order, as the driver takes them."""
        return [
            values[name] if convert is None else convert(values[name])
            for name, convert in self.takes
        ]


class Prepared:
    """A statement that is run thousands of times. Its rows come as the driver gives them."""

    def __init__(self, build: Callable[[str], Executable], *, writes: bool) -> None:
        """``build`` makes it for a kind of database: ``sqlite`` or ``postgresql``.

        Constants in it are literal columns: every bound value is given at each run.
        """
        self.writes = writes
        self._build = build
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection, **values: Any) -> list[Any]:
        """Its rows, as plain tuples. Raises SQLAlchemy's errors, like any other statement."""
        ready = self._for(connection.dialect)
        given = ready.given(values)
        try:
            if connection.dialect.name == "postgresql":
                return wire_of(connection).run(ready.encoded, given)
            raw: Any = connection.connection.dbapi_connection
            with closing(raw.execute(ready.sql, given)) as cursor:
                return list(cursor.fetchall())
        except connection.dialect.loaded_dbapi.Error as error:
            raise told(connection, ready.sql, error) from error

    def put(self, connection: Connection, **values: Any) -> None:
        """Runs it by the end of the transaction at the latest, before any that comes after it."""
        if connection.dialect.name != "postgresql":
            self.run(connection, **values)
            return
        ready = self._for(connection.dialect)
        with _telling(connection, ready.sql):
            wire_of(connection).put(ready.encoded, ready.given(values))

    def ask(self, connection: Connection, **values: Any) -> None:
        """Says that ``run`` will be called with the same: PostgreSQL answers several at once."""
        if connection.dialect.name == "postgresql":
            ready = self._for(connection.dialect)
            with _telling(connection, ready.sql):
                wire_of(connection).ask(ready.encoded, ready.given(values))

    def _for(self, dialect: Dialect) -> _Ready:
        ready = self._ready.get(dialect.name)
        if ready is None:
            ready = self._ready[dialect.name] = _prepare(self._build(dialect.name), dialect)
        return ready


def wire_of(connection: Connection) -> Wire:
    """The wire of a connection to PostgreSQL."""
    raw: Any = connection.connection.dbapi_connection
    return wire(raw, connection.info)


def begin(connection: Connection) -> None:
    """A transaction begins: nothing of another one is left."""
    wire_of(connection).begin()


def flush(connection: Connection, *_: object) -> None:
    """Runs what was put before a statement that goes another way, or before a commit."""
    with _telling(connection, "put before"):
        wire_of(connection).flush()


async def answered(connection: Connection) -> None:
    """Waits for what was asked of PostgreSQL; others may work meanwhile."""
    with _telling(connection, "asked ahead"):
        await wire_of(connection).answered()


async def committed(connection: Connection) -> None:
    """Has PostgreSQL commit; others may work meanwhile."""
    with _telling(connection, "COMMIT"):
        await wire_of(connection).commit()


@contextmanager
def _telling(connection: Connection, sql: str) -> Iterator[None]:
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise told(connection, sql, error) from error
    except CancelledError:
        # What the server still says to this is for nobody else's ears.
        connection.invalidate()
        raise


def _prepare(statement: Executable, dialect: Dialect) -> _Ready:
    if dialect.name == "postgresql":
        # Written as the server itself wants it: $1, $2, …
        dialect = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
    compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    order = compiled.positiontup
    assert order is not None
    assert len(set(order)) == len(order)
    takes = tuple(
        (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in order
    )
    return _Ready(str(compiled), str(compiled).encode(), takes)


def told(connection: Connection, sql: str, error: Any) -> BaseException:
    """The error as SQLAlchemy tells it; a connection that broke is not used again."""
    dialect = connection.dialect
    # psycopg knows of its connection whether it is broken, SQLite's never breaks.
    broken = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if broken:
        connection.invalidate(error)
    kind = dialect.loaded_dbapi.Error
    told: BaseException = DBAPIError.instance(
        sql, None, error, kind, connection_invalidated=broken, dialect=dialect
    )
    return told
