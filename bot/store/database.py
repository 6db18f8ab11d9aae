"""Where the database is and how it is opened: addresses, connections, errors in plain words."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bot.errors import StoreRefused, StoreUnavailable
from bot.store.prepared import begin, flush

AT_ONCE = 8
"""How many transactions may be under way at once on PostgreSQL."""
# How long a statement waits for a command in another process that is just writing.
BUSY_MS = 2000
# The name of an option of connections: nothing will be written.
READING = "dalil_reading"
SILENCE_MS = 3000
"""How long a server may leave something unanswered before the connection counts as broken."""
# Not the weather but the file itself: still nothing was stored, and a person can mend it.
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# The same of PostgreSQL: data or index corrupted; and a server that only follows another one.
OUT_OF_ORDER = frozenset({"XX001", "XX002", "25006"})
# Two transactions that cannot both have been alone: serialization failure, deadlock.
OVERTAKEN = frozenset({"40001", "40P01"})
# A statement of ours that is beyond PostgreSQL's limits: waiting would not mend it.
BEYOND_LIMITS = "54"


class Repeatable(StoreUnavailable):
    """Nothing was stored, and the same work may well succeed if it is done again at once."""


def connect(url: str) -> Engine:
    """An engine, ready for use; a SQLite file is made if it is missing.

    Raises StoreRefused for an address that Dalil does not know or a file it may not use.
    """
    address = read_address(url)
    return _sqlite(address) if address.drivername == "sqlite" else _postgresql(address)


def _sqlite(address: URL) -> Engine:
    path = Path(str(address.database))
    os.close(open_own(path))
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(address: URL) -> Engine:
    settings = f"-c lock_timeout={BUSY_MS} -c default_transaction_isolation=serializable"
    engine = create_engine(
        address,
        pool_size=AT_ONCE,
        max_overflow=0,
        # The few statements worth preparing are prepared by `wire`, for as long as a connection
        # lives; psycopg would have all of them forgotten after a rollback.
        connect_args=session_options() | {"options": settings, "prepare_threshold": None},
    )
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", flush)
    event.listen(engine, "commit", flush)
    return engine


def session_options() -> dict[str, str | int]:
    """How to open a connection to PostgreSQL: who we are, and how soon a silent server is dead."""
    return {
        # pg_stat_activity shows it, and who finds the database taken reads it.
        "application_name": f"Dalil, process {os.getpid()} on {socket.gethostname()}",
        "connect_timeout": 5,
        "keepalives_idle": 3,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        # Linux only, like everything about a server that vanishes without a word.
        "tcp_user_timeout": SILENCE_MS,
    }


def read_address(url: str) -> URL:
    """The parts of an address such as ``sqlite:///var/dalil.db`` or ``postgresql://host/dalil``.

    Raises StoreRefused for anything but a SQLite file or a database of a PostgreSQL server.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("none")
    file = parsed.drivername == "sqlite" and not parsed.host and parsed.database != ":memory:"
    server = parsed.drivername in ("postgresql", "postgresql+psycopg")
    if not parsed.database or not (file or server):
        raise StoreRefused(
            "DALIL_DATABASE_URL must be the address of a SQLite file or of a PostgreSQL database, "
            "for example sqlite:///var/dalil.db or postgresql://dalil:password@localhost/dalil, "
            f"not {parsed.render_as_string()!r}."
        )
    return parsed.set(drivername="postgresql+psycopg") if server else parsed


def snapshot(engine: Engine) -> Connection:
    """A connection that sees everything as it was at one moment, while others go on writing."""
    if engine.dialect.name == "sqlite":
        return engine.connect().execution_options(**{READING: True})
    return engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn the driver's errors into StoreUnavailable, except those that are mistakes of ours."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        state = getattr(cause, "sqlstate", None) or ""
        if not (_file_trouble(cause) if isinstance(cause, sqlite3.Error) else _away(error, state)):
            raise
        kind = Repeatable if state in OVERTAKEN else StoreUnavailable
        # The database's own words in one line, without the statement and its parameters.
        words = " ".join(str(cause).split())
        raise kind(f"The database cannot be used now: {words}.") from error


@contextmanager
def before_commit() -> Iterator[None]:
    """In here a connection that breaks has stored nothing: perhaps only the server was restarted.

    The pool drops all its connections with it. Asking each of them before use whether it is still
    there would double what a transaction costs.
    """
    try:
        yield
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise Repeatable("The database cannot be used now: the connection broke.") from error


def _file_trouble(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_BUSY) & 0xFF
    if isinstance(error, sqlite3.OperationalError):
        # SQLITE_ERROR is a statement of ours that is wrong: waiting would not mend it.
        return code != sqlite3.SQLITE_ERROR
    return code in DAMAGED


def _away(error: BaseException, state: str) -> bool:
    """Whether PostgreSQL says that it is not there, cannot work now, or not in this order."""
    trouble = isinstance(error, OperationalError) and not state.startswith(BEYOND_LIMITS)
    return trouble or state in OUT_OF_ORDER


def open_own(path: Path) -> int:
    """Open a file, made if missing. Only its owner may read it: it tells of people."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise StoreRefused(
            f"The file {path} cannot be used ({error.strerror}): "
            "DALIL_DATA_DIR or DALIL_DATABASE_URL must name a place that this user may write."
        ) from error


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # None keeps Python's driver from opening transactions of its own; `_begin` does it.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        # What is erased is overwritten, not only unlinked.
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail when another wrote in between.
    # One that only reads (a backup) keeps nobody waiting and sees the moment at which it began.
    how = "DEFERRED" if connection.get_execution_options().get(READING) else "IMMEDIATE"
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    # Past SQLAlchemy: it would take longer over these two words than over the work that follows.
    raw.execute(f"BEGIN {how}").close()
