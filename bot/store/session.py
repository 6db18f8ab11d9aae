"""PostgreSQL's lock for the one process that serves: it lives and dies with a connection.

The timing: the holder says something every second and takes the server for gone after three
seconds without an answer. The server takes a silent holder for gone after six and only then gives
the lock to the next one, who waits another half second. So the first has stopped before the
second begins, even if a cable is cut between them, and all is over within ten seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from functools import partial

import psycopg
import structlog
from psycopg import AsyncConnection, Connection
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from bot.errors import StoreRefused, StoreUnavailable
from bot.store.database import session_options

log = structlog.get_logger()

NUMBER = int.from_bytes(b"dalil")
"""The lock's number, the same everywhere: each database has locks of its own."""
HEARTBEAT = 1.0
LOOK_EVERY = 0.5
"""Seconds after which one who stands by tries again to take the lock."""
GRACE = 0.5
"""Seconds for the last holder to notice that it lost a lock which it did not give up."""
TRY = "SELECT pg_try_advisory_lock(%s)"
GIVE_UP = "SELECT pg_advisory_unlock(%s)"
"""The end of a connection frees the lock as well, but only when the server comes to notice it.

That is what remains where this statement fails: there is nobody whom it would help to hear of it.
"""
HOLDER = """
SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = %s
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def take(address: URL) -> Callable[[], None]:
    """Takes the lock now or raises StoreRefused with its holder; returns what gives it up."""
    with _plainly():
        connection = Connection.connect(_how(address), autocommit=True)
        if _is_true(connection.execute(TRY, [NUMBER]).fetchone()):
            return partial(_give_up, connection)
        holder = _name(connection.execute(HOLDER, [NUMBER]).fetchone())
        connection.close()
    raise StoreRefused(
        f"Another process uses this database already: stop it first. It is {holder}."
    )


@asynccontextmanager
async def held(
    address: URL,
    standing_by: Callable[[str], AbstractAsyncContextManager[object]],
    lost: Callable[[str], None],
) -> AsyncIterator[None]:
    """Holds the lock, after waiting for it inside ``standing_by``; see ``active.active``."""
    with _plainly():
        connection = await AsyncConnection.connect(_how(address), autocommit=True)
        if not await _try(connection):
            holder = _name(await (await connection.execute(HOLDER, [NUMBER])).fetchone())
            await connection.close()
            async with standing_by(holder):
                connection = await _turn(address)
            log.info("dalil.taking-over")
    watch = asyncio.create_task(_watch(connection, lost))
    try:
        yield
    finally:
        not_lost = watch.cancel()
        await asyncio.wait([watch])
        if not_lost:
            with suppress(psycopg.Error):
                await connection.execute(GIVE_UP, [NUMBER])
        await connection.close()


def _give_up(connection: Connection) -> None:
    with suppress(psycopg.Error):
        connection.execute(GIVE_UP, [NUMBER])
    connection.close()


async def _turn(address: URL) -> AsyncConnection:
    """A connection that holds the lock, however long that takes and whatever fails meanwhile."""
    while True:
        try:
            return await _wait(address)
        except psycopg.OperationalError as error:
            log.warning("dalil.standby-waits", error=_words(error))
            await asyncio.sleep(LOOK_EVERY)


async def _wait(address: URL) -> AsyncConnection:
    connection = await AsyncConnection.connect(_how(address), autocommit=True)
    try:
        # Asking again and again leaves nobody in the server's queue who died while waiting.
        while not await _try(connection):  # noqa: ASYNC110 (the server tells nobody of it)
            await asyncio.sleep(LOOK_EVERY)
        await asyncio.sleep(GRACE)
        await connection.execute("SELECT 1")
    except BaseException:
        await connection.close()
        raise
    return connection


async def _try(connection: AsyncConnection) -> bool:
    return _is_true(await (await connection.execute(TRY, [NUMBER])).fetchone())


async def _watch(connection: AsyncConnection, lost: Callable[[str], None]) -> None:
    """Says when the lock is lost: at once if the connection ends, else by its silence."""
    try:
        while True:
            async for _ in connection.notifies(timeout=HEARTBEAT):
                pass
            await connection.execute("SELECT 1")
    except psycopg.Error as error:
        lost(_words(error))


def _how(address: URL) -> str:
    """What to connect with; the server, too, is told how soon a silent holder is dead."""
    url = address.set(drivername="postgresql").render_as_string(hide_password=False)
    server = {
        "tcp_keepalives_idle": 3,
        "tcp_keepalives_interval": 1,
        "tcp_keepalives_count": 3,
        "tcp_user_timeout": 6000,
    }
    options = " ".join(f"-c {name}={value}" for name, value in server.items())
    return make_conninfo(url, options=options, **session_options())


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except psycopg.OperationalError as error:
        raise StoreUnavailable(f"The database cannot be used now: {_words(error)}.") from error


def _is_true(row: tuple[object, ...] | None) -> bool:
    return row == (True,)


def _name(row: tuple[object, ...] | None) -> str:
    return str(row[0]) if row and row[0] else "unknown"


def _words(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
