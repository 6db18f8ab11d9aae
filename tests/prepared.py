"""An empty SQLite database of the newest schema, brought there once and written for each story."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store.store import upgrade


def prepared(path: Path) -> str:
    """The address of such a database, at this path."""
    path.write_bytes(_database())
    path.chmod(0o600)
    return f"sqlite:///{path}"


@cache
def _database() -> bytes:
    with TemporaryDirectory(prefix="dalil-prepared-") as folder:
        path = Path(folder, "dalil.db")
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()
