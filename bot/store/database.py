"""Where the database is and how it is opened: addresses, connections, schema, process lock."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bot.errors import StoreRefused, StoreUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
# How long a statement waits for a command in another process that is just writing.
BUSY_MS = 2000
# Not the weather but the file itself: still nothing was stored, and a person can mend it.
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def connect(url: str) -> Engine:
    """An engine with one connection, ready for use; the file is made if it is missing.

    Raises StoreRefused for an address that Dalil does not know or a file it may not use.
    """
    path = sqlite_path(url)
    os.close(_open_own(path))
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def sqlite_path(url: str) -> Path:
    """The file of an address such as ``sqlite:///var/dalil.db``; StoreRefused for any other."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("none")
    name = parsed.database or ""
    if parsed.drivername != "sqlite" or parsed.host or name in ("", ":memory:"):
        raise StoreRefused(
            "DALIL_DATABASE_URL must be the address of a SQLite file, "
            f"for example sqlite:///var/dalil.db, not {parsed.render_as_string()!r}."
        )
    return Path(name)


def upgrade(url: str) -> None:
    """Bring the database to the newest schema, in one transaction; harmless when it is there.

    Raises StoreRefused when the database was made by a newer Dalil, StoreUnavailable when it
    cannot be written now.
    """
    engine = connect(url)
    try:
        with in_plain_words(), engine.begin() as connection:
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


class ProcessLock:
    """Keeps other processes from serving the same SQLite file; ends with the process."""

    def __init__(self, path: Path) -> None:
        # A bare descriptor: nobody lets the next one in by losing sight of this object.
        self._file = _open_own(path)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode().strip()
            os.close(self._file)
            raise StoreRefused(
                f"Another Dalil (process {holder or 'unknown'}) is using this database already: "
                f"stop it first. Its lock is {path}."
            ) from None
        os.ftruncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two in at once."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def lock(url: str) -> ProcessLock:
    """Take the SQLite file of ``url`` for this process; StoreRefused names who has it."""
    path = sqlite_path(url)
    return ProcessLock(path.with_name(f"{path.name}.lock"))


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn the driver's errors into StoreUnavailable, except those that are mistakes of ours."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        if not _is_unavailable(error):
            raise
        raise StoreUnavailable(f"The database cannot be used now: {_reason(error)}.") from error


def _is_unavailable(error: DBAPIError | sqlite3.Error) -> bool:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_BUSY) & 0xFF
    if isinstance(cause, sqlite3.OperationalError):
        # SQLITE_ERROR is a statement of ours that is wrong: waiting would not mend it.
        return code != sqlite3.SQLITE_ERROR
    return code in DAMAGED


def _reason(error: DBAPIError | sqlite3.Error) -> str:
    """The database's own words, without the statement and its parameters."""
    return str(error.orig if isinstance(error, DBAPIError) else error)


def _open_own(path: Path) -> int:
    """Open a file, made if missing. Only its owner may read it: it tells of people."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise StoreRefused(
            f"The file {path} cannot be used ({error.strerror}): "
            "DALIL_DATABASE_URL must name one that this user may write."
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
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refuse_newer(connection: Connection) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _script().walk_revisions()}
    if current is not None and current not in known:
        raise StoreRefused(
            f"The database has the schema {current} of a newer Dalil: "
            "install that version, or restore the copy made before it was upgraded."
        )
    return current


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _alembic(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    # The option file's % has a meaning of its own.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
