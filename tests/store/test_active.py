"""Stories of one turn and several who want it: on PostgreSQL the second waits for the first."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg
import pytest

from bot.errors import StoreRefused, StoreUnavailable
from bot.store.active import active
from bot.store.store import lock
from tests.postgres import Postgres

PATIENCE = 20.0
HOLDERS = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"


@dataclass
class Process:
    """One that wants to serve; tests play several in one process, for the lock is a session's."""

    url: str
    behind: str = ""
    waits: asyncio.Event = field(default_factory=asyncio.Event)
    serves: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    """Its turn was taken away."""
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self) -> None:
        async with active(self.url, standing_by=self._standing_by, lost=lambda _: self.told.set()):
            self.serves.set()
            await self.over.wait()

    @asynccontextmanager
    async def _standing_by(self, serving: str) -> AsyncIterator[None]:
        self.behind = serving
        self.waits.set()
        yield


async def happens(event: asyncio.Event) -> None:
    async with asyncio.timeout(PATIENCE):
        await event.wait()


async def test_the_second_serves_when_the_first_has_ended(postgresql_url: str) -> None:
    first, second = Process(postgresql_url), Process(postgresql_url)
    async with asyncio.TaskGroup() as lives:
        lives.create_task(first.live())
        await happens(first.serves)
        lives.create_task(second.live())
        await happens(second.waits)
        assert second.behind.startswith("Dalil, process ")
        with pytest.raises(StoreRefused, match=r"stop it first\. It is Dalil, process \d+ on "):
            lock(postgresql_url)
        assert not second.serves.is_set()
        first.over.set()
        await happens(second.serves)
        second.over.set()
    assert not first.waits.is_set()
    assert not first.told.is_set()
    with lock(postgresql_url):
        pass


@pytest.fixture
def drowsy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server notices the end of a connection only after the story."""
    asleep: list[int] = []

    def falls_asleep(connection: psycopg.Connection | psycopg.AsyncConnection) -> None:
        asleep.append(connection.info.backend_pid)
        os.kill(asleep[-1], signal.SIGSTOP)

    def close(connection: psycopg.Connection) -> None:
        falls_asleep(connection)
        at_once(connection)

    async def aclose(connection: psycopg.AsyncConnection) -> None:
        falls_asleep(connection)
        await in_time(connection)

    at_once, in_time = psycopg.Connection.close, psycopg.AsyncConnection.close
    monkeypatch.setattr(psycopg.Connection, "close", close)
    monkeypatch.setattr(psycopg.AsyncConnection, "close", aclose)
    yield
    for backend in asleep:
        os.kill(backend, signal.SIGCONT)


@pytest.mark.usefixtures("drowsy")
async def test_a_turn_that_was_given_up_is_free_at_once(postgresql_url: str) -> None:
    for _ in range(2):
        with lock(postgresql_url):
            pass
        process = Process(postgresql_url)
        process.over.set()
        async with asyncio.timeout(PATIENCE):
            await process.live()
        assert not process.waits.is_set()


async def test_who_loses_the_turn_is_told_and_the_next_one_serves(postgresql_url: str) -> None:
    first, second = Process(postgresql_url), Process(postgresql_url)
    async with asyncio.TaskGroup() as lives:
        lives.create_task(first.live())
        await happens(first.serves)
        lives.create_task(second.live())
        await happens(second.waits)
        with psycopg.connect(postgresql_url, autocommit=True) as administrator:
            administrator.execute(HOLDERS)
        await happens(first.told)
        assert not second.serves.is_set()
        await happens(second.serves)
        for process in (first, second):
            process.over.set()
    assert not second.told.is_set()


async def test_who_stands_by_outlives_a_restart_of_the_server(
    postgresql_url: str, server: Postgres
) -> None:
    first, second = Process(postgresql_url), Process(postgresql_url)
    async with asyncio.TaskGroup() as lives:
        lives.create_task(first.live())
        await happens(first.serves)
        lives.create_task(second.live())
        await happens(second.waits)
        with server.away():
            await happens(first.told)
        first.over.set()
        await happens(second.serves)
        second.over.set()


async def test_a_server_that_is_away_at_the_start_is_told(
    postgresql_url: str, server: Postgres
) -> None:
    with server.away(), pytest.raises(StoreUnavailable, match="cannot be used now"):
        await Process(postgresql_url).live()


async def test_on_sqlite_the_second_is_refused_at_once(sqlite_url: str) -> None:
    first = Process(sqlite_url)
    life = asyncio.create_task(first.live())
    await happens(first.serves)
    with pytest.raises(StoreRefused, match=r"process \d+"):
        await Process(sqlite_url).live()
    first.over.set()
    await life
