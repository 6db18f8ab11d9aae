"""Every revision of the guide that was ever served, so that a lead can be read as it was."""

from __future__ import annotations

import zlib
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from bot.store import tables
from bot.store.store import Transaction


def keep(tx: Transaction, revision: str, compiled: bytes) -> None:
    """Keep the compiled guide of a revision; nothing happens when it is kept already."""
    values = {
        "revision": revision,
        "first_served": tx.now,
        "compiled": _packed(compiled),
    }
    tx.insert_new(tables.revisions, values, unique="revision")


@lru_cache(maxsize=2)
def _packed(compiled: bytes) -> bytes:
    """As it is kept. Packing takes a tenth of a second, and work may be done again."""
    return zlib.compress(compiled)


def get(tx: Transaction, revision: str) -> bytes | None:
    """The compiled guide of a revision, as it was given to ``keep``."""
    table = tables.revisions
    statement = select(table.c.compiled).where(table.c.revision == revision)
    blob = tx.connection.execute(statement).scalar()
    return None if blob is None else zlib.decompress(blob)


def first_served(tx: Transaction, revision: str) -> datetime | None:
    """When a revision was kept for the first time."""
    table = tables.revisions
    statement = select(table.c.first_served).where(table.c.revision == revision)
    return tx.connection.execute(statement).scalar()
