"""The faults are tried on the bench of ``tests/telegram``, on a SQLite file."""

from __future__ import annotations

import pytest

from tests.telegram.conftest import bench, people, shelf

__all__ = ["bench", "people", "shelf"]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
