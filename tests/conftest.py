"""What stories of several parts share: a key, and a store on a real SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store, upgrade


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("prepared") / "dalil.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def database_url(tmp_path: Path, prepared_database: Path) -> str:
    path = tmp_path / "dalil.db"
    shutil.copy(prepared_database, path)
    return f"sqlite:///{path}"


@pytest.fixture
def seal() -> Seal:
    return parse_key(new_key())


@pytest.fixture
async def store(database_url: str, seal: Seal) -> AsyncIterator[Store]:
    store = Store.open(database_url, seal)
    yield store
    await store.close()
