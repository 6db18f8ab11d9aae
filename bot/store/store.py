"""Transactions: the one way in which anything is read or written."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from random import random
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import StoreRefused
from bot.store import tables
from bot.store.active import lock
from bot.store.database import THREADS, Repeatable, before_commit, connect, in_plain_words
from bot.store.gate import Gate
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
        self._connections: dict[int, Connection] = {}
        self._seal = seal
        self._clock = clock
        # A SQLite file answers sooner than a thread could be woken.
        self._threads = (
            None
            if engine.dialect.name == "sqlite"
            else ThreadPoolExecutor(THREADS, thread_name_prefix="store")
        )
        self._gate = Gate(THREADS)

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
        finally:
            # This thread may not be one of those that work: its connection would be theirs.
            store._disconnect()
        return store

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Do ``work`` in one transaction and commit it, or leave nothing of it.

        ``work`` is a plain function that has no effect but through its transaction and its
        result: on PostgreSQL it runs in a thread, and again when another transaction came in
        between. What it raises comes through after the rollback. Raises StoreUnavailable when
        the database is locked, full, broken or away: the same work may be tried again. Nothing
        was stored then, unless PostgreSQL went away while it was committing; so what must not
        happen twice leaves a trace and looks for it first, as updates do.
        """
        result, queued = self._attempt(work) if self._threads is None else await self._in_turn(work)
        if queued:
            self.queued()
        return result

    async def close(self) -> None:
        """Close the database when what is under way has ended.

        The last one to close a SQLite file empties its write-ahead log.
        """
        if self._threads is not None:
            await asyncio.to_thread(self._threads.shutdown)
        self._disconnect()

    async def _in_turn(self, work: Callable[[Transaction], T]) -> tuple[T, bool]:
        """On PostgreSQL: side by side with others, and alone when they came in between."""
        with suppress(Repeatable):
            async with self._gate.beside_others():
                return await self._in_thread(work)
        for tries in range(MOST_TRIES):
            with suppress(Repeatable):
                async with self._gate.alone():
                    return await self._in_thread(work)
            # Alone in this process it can only have met another process; they part by waiting.
            await asyncio.sleep(random() * SHORTEST_PAUSE * 2**tries)
        async with self._gate.alone():
            return await self._in_thread(work)

    def _in_thread(self, work: Callable[[Transaction], T]) -> asyncio.Future[tuple[T, bool]]:
        return asyncio.get_running_loop().run_in_executor(self._threads, self._attempt, work)

    def _attempt(self, work: Callable[[Transaction], T]) -> tuple[T, bool]:
        """The result of the work, and whether it put something into the outbox."""
        with in_plain_words(), self._connected() as connection, connection.begin():
            tx = Transaction(connection, self._seal, self._clock().astimezone(UTC))
            with before_commit():
                result = work(tx)
            if self.before_commit is not None:
                self.before_commit()
        if tx.erased:
            self._empty_log()
        return result, tx.queued

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """This thread's connection, kept: the pool takes longer to give one than most work does.

        One with which anything went wrong goes back to the pool, which mends or replaces it.
        """
        thread = threading.get_ident()
        connection = self._connections.get(thread)
        if connection is None:
            connection = self._connections[thread] = self._engine.connect()
        try:
            yield connection
        except BaseException:
            self._connections.pop(thread).close()
            raise

    def _disconnect(self) -> None:
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()
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
