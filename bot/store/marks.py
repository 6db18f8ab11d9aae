"""Short notes of the running bot, for itself after a restart and for commands beside it."""

from __future__ import annotations

from sqlalchemy import select

from bot.store import tables
from bot.store.store import Transaction

CARDS_DAY = "cards-day"
"""The day of Syria, as 2026-11-22, for which cards of open leads were last put out."""
DIGEST_DAY = "digest-day"
"""The day of Syria on which desks last had their morning digest."""
BOT_NAME = "bot-name"
"""The bot's name in Telegram, without the @, for links into its private chat."""
SERVING_KEY = "serving-key"
"""The name of the key with which the bot seals since its last start."""


def get(tx: Transaction, name: str) -> str | None:
    """What was last noted under this name."""
    table = tables.marks
    return tx.connection.execute(select(table.c.value).where(table.c.name == name)).scalar()


def put(tx: Transaction, name: str, value: str) -> None:
    """Notes a value in the place of the one before."""
    tx.upsert(tables.marks, {"name": name, "value": value, "at": tx.now}, unique="name")
