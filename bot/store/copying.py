"""Moving a whole office from one database to another, of whichever kind, row by row and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table

from bot.errors import StoreRefused
from bot.store.active import lock
from bot.store.database import connect, in_plain_words, read_address, snapshot
from bot.store.export import (
    TABLES,
    Row,
    Tally,
    encode,
    numbers,
    read,
    require_empty,
    set_numbers,
    write,
)
from bot.store.schema import require_schema


def copy(source: str, target: str) -> dict[str, int]:
    """Copies everything from one database into another; returns how many rows each table has.

    All of it arrives, or nothing. Personal data stays sealed, so DALIL_KEY goes with it. Raises
    StoreRefused when a bot serves one of the two, when the schema of one is not today's, when the
    target has a row already, or when what arrived is not what was sent; StoreUnavailable when one
    of them cannot be used now.
    """
    if read_address(source) == read_address(target):
        raise StoreRefused("FROM and TO are the same database: nothing was copied.")
    with ExitStack() as held:
        with _naming("FROM"):
            _require_there(read_address(source))
            old = held.enter_context(_opened(source, snapshot))
        with _naming("TO"):
            new = held.enter_context(_opened(target, Engine.begin))
            require_empty(new)
        sent = {table.name: _send(old, new, table) for table in TABLES}
        set_numbers(new, numbers(old))
        _compare(sent, new)
    return {name: tally.count for name, tally in sent.items()}


@contextmanager
def _opened(
    url: str, begin: Callable[[Engine], AbstractContextManager[Connection]]
) -> Iterator[Connection]:
    """A connection to a database of today's schema that no bot serves meanwhile."""
    with lock(url):
        engine = connect(url)
        try:
            with in_plain_words(), begin(engine) as connection:
                require_schema(connection)
                yield connection
        finally:
            engine.dispose()


@contextmanager
def _naming(side: str) -> Iterator[None]:
    try:
        yield
    except StoreRefused as refusal:
        raise StoreRefused(f"{side}: {refusal}") from refusal


def _require_there(address: URL) -> None:
    if address.drivername == "sqlite" and not Path(str(address.database)).exists():
        raise StoreRefused(f"There is no database {address.database}.")


def _send(old: Connection, new: Connection, table: Table) -> Tally:
    tally = Tally()
    write(new, table, _counted(read(old, table), tally))
    return tally


def _counted(rows: Iterator[Row], tally: Tally) -> Iterator[Row]:
    for row in rows:
        tally.add(encode(row))
        yield row


def _compare(sent: dict[str, Tally], new: Connection) -> None:
    for table in TABLES:
        arrived = Tally()
        for row in read(new, table):
            arrived.add(encode(row))
        if arrived != sent[table.name]:
            raise StoreRefused(
                f"What arrived in {table.name} ({arrived.count} rows) is not what was sent "
                f"({sent[table.name].count} rows): nothing was copied."
            )
