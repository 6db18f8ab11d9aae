"""The benches of other stories, and a second database beside the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversation.conftest import conversation, real_shelf, salma, served
from tests.telegram.conftest import bench, people, shelf
from tests.test_cli import shell

__all__ = ["bench", "conversation", "people", "real_shelf", "salma", "served", "shelf", "shell"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'elsewhere' / 'dalil.db'}"
