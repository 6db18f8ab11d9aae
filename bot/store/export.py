"""Tables as plain rows: read and written alike on every kind of database, and compared.

Sealed columns are carried as they are: neither side needs the key.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from bot.errors import StoreRefused
from bot.store.tables.columns import Utc, metadata

Row = Mapping[str, Any]

BATCH = 500
TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
"""All tables, each after those that it refers to."""


@dataclass
class Tally:
    """How many rows there are, and a hash of them that does not depend on their order."""

    count: int = 0
    _sum: int = 0

    def add(self, line: bytes) -> None:
        """Counts a row as ``encode`` writes it."""
        self.count += 1
        self._sum += int.from_bytes(hashlib.sha256(line).digest())

    @property
    def digest(self) -> str:
        """64 hex digits. Databases sort texts differently, so the rows' order is left out."""
        return f"{self._sum % (1 << 256):064x}"


def read(connection: Connection, table: Table) -> Iterator[Row]:
    """Every row of a table, in the order of its key, a batch at a time in memory."""
    statement = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(statement, execution_options={"yield_per": BATCH}):
        yield row._asdict()


def write(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Inserts rows with all their columns, numbers included."""
    waiting = iter(rows)
    while batch := [dict(row) for row in islice(waiting, BATCH)]:
        connection.execute(insert(table), batch)


def encode(row: Row) -> bytes:
    """A row as one line of JSON: moments in ISO 8601, bytes in base64."""
    plain = {name: _plain(value) for name, value in row.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decode(table: Table, line: bytes) -> Row:
    """What ``encode`` wrote. Raises ``ValueError`` when it is not a row of this table."""
    row = json.loads(line)
    if not isinstance(row, dict) or row.keys() != set(table.columns.keys()):
        raise ValueError(f"no row of {table.name}")
    return {name: _typed(table, name, value) for name, value in row.items()}


def require_empty(connection: Connection) -> None:
    """Raises ``StoreRefused`` unless there is not a single row."""
    for table in TABLES:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreRefused(
                f"The database is not empty (there are {table.name} in it): nothing was written. "
                "Name one that does not exist yet, or that `dalil db upgrade` has just made."
            )


def numbers(connection: Connection) -> dict[str, int]:
    """The highest number that each counting table ever gave away, also to rows that are gone."""
    return {table.name: highest for table in TABLES if (highest := _highest(connection, table))}


def set_numbers(connection: Connection, given: Mapping[str, int]) -> None:
    """Lets counting go on after these numbers, so that none is ever given twice."""
    for name, highest in given.items():
        if connection.dialect.name == "sqlite":
            values = {"name": name, "highest": highest}
            gone = text("DELETE FROM sqlite_sequence WHERE name = :name")
            connection.execute(gone, values)
            put = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)")
            connection.execute(put, values)
        else:
            connection.execute(select(func.setval(_sequence(metadata.tables[name]), highest)))


def _highest(connection: Connection, table: Table) -> int:
    column = table.autoincrement_column
    if column is None:
        return 0
    if connection.dialect.name == "sqlite":
        noted = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        given = connection.execute(noted, {"name": table.name}).scalar()
    else:
        last = func.pg_sequence_last_value(func.to_regclass(_sequence(table)))
        given = connection.execute(select(last)).scalar()
    there = connection.execute(select(func.max(column))).scalar()
    return max(given or 0, there or 0)


def _sequence(table: Table) -> Any:
    column = table.autoincrement_column
    return func.pg_get_serial_sequence(table.name, None if column is None else column.name)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _typed(table: Table, name: str, value: Any) -> Any:
    column = table.columns[name].type
    kind: type = datetime if isinstance(column, Utc) else column.python_type
    if value is None or isinstance(value, kind):
        return value
    if kind is bytes and isinstance(value, str):
        return base64.b64decode(value, validate=True)
    if kind is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    raise ValueError(f"{table.name}.{name} is no {kind.__name__}")
