"""A store that goes by a clock which the story moves."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from store_clock import Clock

from bot.store.sealing import Seal
from bot.store.store import Store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database_url: str, seal: Seal, clock: Clock) -> AsyncIterator[Store]:
    store = Store.open(database_url, seal, clock)
    yield store
    await store.close()
