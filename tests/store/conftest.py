"""A store that goes by a clock which the story moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from store_clock import Clock

from bot.store.sealing import Seal
from bot.store.store import Store
from tests.postgres import Postgres


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of its own for each story."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare/dalil.db"
        return
    server: Postgres = request.getfixturevalue("server")
    with server.own(prepared=False) as url:
        yield url


@pytest.fixture
async def store(database_url: str, seal: Seal, clock: Clock) -> AsyncIterator[Store]:
    store = Store.open(database_url, seal, clock)
    yield store
    await store.close()
