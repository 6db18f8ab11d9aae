"""Transactions: the one way in which anything is read or written."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from random import random
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import StoreRefused
from bot.store import tables
from bot.store.active import lock
from bot.store.database import AT_ONCE, Repeatable, before_commit, connect, in_plain_words
from bot.store.disk import Disk
from bot.store.gate import Gate
from bot.store.prepared import answered, committed
from bot.store.schema import require_schema, upgrade
from bot.store.sealing import Seal

__all__ = ["Store", "Transaction", "lock", "upgrade"]

T = TypeVar("T")

log = structlog.get_logger()

MOST_TRIES = 5
"""How often work in which another transaction came in between is done again, before the last try."""
SHORTEST_PAUSE = 0.005
"""Seconds that the first pause between tries takes at most; each further one up to twice as long."""


def utc_now() -> datetime:
    """The clock of the world."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Transaction:
    """What a piece of work has in its hands; valid only while the work runs."""

    connection: Connection
    seal: Seal
    now: datetime
    # Set by work that erased something: its traces leave the write-ahead log as well.
    erased: bool = field(default=False, init=False)
    # Set by work that put a row into the outbox: somebody may want to send it.
    queued: bool = field(default=False, init=False)

    def insert_new(self, table: Table, values: Mapping[str, Any], *, unique: str) -> bool:
        """Insert a row unless one with the same ``unique`` columns exists; True if inserted.

        ``unique`` names them separated by spaces, as in ``"bot update_id"``.
        """
        statement = inserting(self.connection.dialect.name, table, unique, None)
        return self.connection.execute(statement, values).rowcount == 1

    def upsert(self, table: Table, values: Mapping[str, Any], *, unique: str) -> None:
        """Insert a row, or give the one with the same ``unique`` columns these values."""
        statement = inserting(self.connection.dialect.name, table, unique, tuple(values))
        self.connection.execute(statement, values)


Work = Callable[[Transaction], T]


@cache
def inserting(
    dialect: str, table: Table, unique: str, changing: tuple[str, ...] | None
) -> postgresql.Insert | sqlite.Insert:
    """An insert that gives way (``changing`` None) or changes columns when the row exists.

    The one place where kinds of database differ in what the queries say. Cached, because building
    such a statement takes longer than running it.
    """
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    keys = unique.split()
    if changing is None:
        unless_there = statement.on_conflict_do_nothing(index_elements=keys)
        # psycopg's cursor forgets the count when it is closed, which SQLAlchemy does at once.
        return unless_there.execution_options(preserve_rowcount=True)
    changed = {name: statement.excluded[name] for name in changing if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


class Store:
    """A database that is open. One for a process."""

    def __init__(self, engine: Engine, seal: Seal, clock: Callable[[], datetime]) -> None:
        """Use :meth:`open`, which checks first that database and key fit."""
        self.before_commit: Callable[[], None] | None = None
        """Called after the work and before its commit; tests let it raise."""
        self.queued: Callable[[], None] = lambda: None
        """Called after each commit that put something into the outbox."""
        self._engine = engine
        self._idle: list[Connection] = []
        self._seal = seal
        self._clock = clock
        self._gate = Gate(AT_ONCE)
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._disk = None if file is None else Disk(Path(f"{file}-wal"))

    @classmethod
    def open(cls, url: str, seal: Seal, clock: Callable[[], datetime] = utc_now) -> Store:
        """Open a migrated database such as ``sqlite:///var/dalil.db``, or one of PostgreSQL.

        Raises StoreRefused for an unknown address, another schema or a key that does not fit,
        StoreUnavailable when the database cannot be read or written.
        """
        store = cls(connect(url), seal, clock)
        try:
            store._attempt(lambda tx: require_schema(tx.connection))
            store._attempt(check_keys)
        except BaseException:
            store._disconnect()
            raise
        return store

    async def run(self, work: Work[T], ahead: Work[None] | None = None) -> T:
        """Do ``work`` in one transaction and commit it, or leave nothing of it.

        ``work`` is a plain function that has no effect but through its transaction and its
        result: on PostgreSQL it runs again when another transaction came in between. ``ahead``
        goes before it with what is known beforehand: to be written, or to be asked by the work in
        any case, so that PostgreSQL is waited for only once. What they raise comes through after
        the rollback. Raises StoreUnavailable when the database is locked, full, broken or away:
        the same work may be tried again. Nothing was stored then, unless PostgreSQL went away
        while it was committing; so what must not happen twice leaves a trace and looks for it
        first, as updates do.
        """
        if self._engine.dialect.name == "sqlite":
            # The file answers sooner than anybody could be woken.
            result, queued = self._attempt(work, ahead)
        else:
            result, queued = await self._in_turn(partial(self._attempt_awaited, work, ahead))
        if queued:
            self.queued()
        return result

    async def secured(self) -> None:
        """Returns when all that was committed so far survives a power cut, too.

        PostgreSQL commits no sooner. Raises StoreUnavailable when the disk refuses.
        """
        if self._disk is not None:
            await self._disk.reached()

    async def close(self) -> None:
        """Close the database when what is under way has ended.

        The last one to close a SQLite file empties its write-ahead log.
        """
        async with self._gate.alone():
            self._disconnect()

    async def _in_turn(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """On PostgreSQL: side by side with others, and alone when they came in between."""
        with suppress(Repeatable):
            async with self._gate.beside_others():
                return await attempt()
        for tries in range(MOST_TRIES):
            with suppress(Repeatable):
                async with self._gate.alone():
                    return await attempt()
            # Alone in this process it can only have met another process; they part by waiting.
            await asyncio.sleep(random() * SHORTEST_PAUSE * 2**tries)
        async with self._gate.alone():
            return await attempt()

    def _attempt(self, work: Work[T], ahead: Work[None] | None = None) -> tuple[T, bool]:
        """The result of the work, and whether it put something into the outbox."""
        with self._transaction() as tx, before_commit():
            if ahead is not None:
                ahead(tx)
            result = self._done(work, tx)
        if self._disk is not None:
            self._disk.committed()
        if tx.erased:
            self._empty_log()
        return result, tx.queued

    async def _attempt_awaited(self, work: Work[T], ahead: Work[None] | None) -> tuple[T, bool]:
        """The same on PostgreSQL, where others may work while the server does."""
        if not self._idle:
            # A server that is away may take seconds to be noticed.
            with in_plain_words():
                self._idle.append(await asyncio.to_thread(self._engine.connect))
        with self._transaction() as tx:
            with before_commit():
                if ahead is not None:
                    ahead(tx)
                    await answered(tx.connection)
                result = self._done(work, tx)
            await committed(tx.connection)
        return result, tx.queued

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        with in_plain_words(), self._connected() as connection, connection.begin():
            yield Transaction(connection, self._seal, self._clock().astimezone(UTC))

    def _done(self, work: Work[T], tx: Transaction) -> T:
        result = work(tx)
        if self.before_commit is not None:
            self.before_commit()
        return result

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection, kept: the pool takes longer to give one than most work does.

        One with which anything went wrong goes back to the pool, which mends or replaces it.
        """
        connection = self._idle.pop() if self._idle else self._engine.connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)

    def _disconnect(self) -> None:
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()

    def _empty_log(self) -> None:
        """Move SQLite's write-ahead log into the file and empty it, else it keeps old pages.

        When a reader in another process is in the way, the log is emptied at a later checkpoint:
        the pragma answers with a row that says so and does not raise.
        """
        if self._engine.dialect.name == "sqlite":
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            except sqlite3.OperationalError as error:
                # The commit stands, so this is not the caller's failure.
                log.warning("write-ahead log not emptied after erasing", error=str(error))
            finally:
                raw.close()


def check_keys(tx: Transaction) -> None:
    """Open what every key used so far has sealed at its first use; note a key that is new.

    Raises StoreRefused, naming DALIL_KEY, when a key is missing, changed or no longer the oldest.
    """
    seal, table = tx.seal, tables.key_checks
    for row in tx.connection.execute(select(table)):
        expected = seal.open(row.sealed, f"key:{row.key_id}")
        if expected != seal.blind("key check"):
            raise StoreRefused(
                "The first key of DALIL_KEY is not the one it was: nobody would be found again. "
                "The oldest key stays first; new ones are added at the end."
            )
    sealed = seal.seal(seal.blind("key check"), f"key:{seal.current}")
    tx.insert_new(table, {"key_id": seal.current, "sealed": sealed}, unique="key_id")
