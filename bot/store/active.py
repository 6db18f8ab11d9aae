"""One process serves a database. A SQLite file has one holder; on PostgreSQL others stand by."""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Self

from bot.errors import StoreRefused
from bot.store.database import open_own, read_address


class ProcessLock:
    """Keeps other processes from serving the same database; ends with the process."""

    def __init__(self, release: Callable[[], None]) -> None:
        """``release`` lets the next one in."""
        self.release = release

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def lock(url: str) -> ProcessLock:
    """Take the database for this process, now or not at all; StoreRefused names who has it."""
    address = read_address(url)
    if address.drivername == "sqlite":
        path = Path(str(address.database))
        return ProcessLock(_take(path.with_name(f"{path.name}.lock")))
    from bot.store import session

    return ProcessLock(session.take(address))


@asynccontextmanager
async def active(
    url: str,
    *,
    standing_by: Callable[[str], AbstractAsyncContextManager[object]],
    lost: Callable[[str], None],
) -> AsyncIterator[None]:
    """This process is the one that serves the database, until the end of the ``with``.

    A SQLite file that another process serves is refused with its number. On PostgreSQL this
    process waits for its turn, in the ``with`` of ``standing_by``, which is told who serves.
    ``lost`` is called with the reason if PostgreSQL takes the turn away, because it restarts or its connection breaks:
    another process may serve from then on, so this one has to stop at once.
    Raises StoreRefused, and StoreUnavailable when the server is not there at the start.
    """
    address = read_address(url)
    if address.drivername == "sqlite":
        with lock(url):
            yield
        return
    from bot.store import session

    async with session.held(address, standing_by, lost):
        yield


def _take(path: Path) -> Callable[[], None]:
    # A bare descriptor: nobody lets the next one in by losing sight of the lock.
    file = open_own(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(file, 20).decode().strip()
        os.close(file)
        raise StoreRefused(
            f"Another Dalil (process {holder or 'unknown'}) is using this database already: "
            f"stop it first. Its lock is {path}."
        ) from None
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
    # The file stays: removing it would let two in at once.
    return lambda: os.close(file)
