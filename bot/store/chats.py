"""Which private chat is whose. Its number is Telegram's number of the person, so wherever it is not
sealed a citizen's chat is kept under our own number; a group is kept under its own, below zero."""

from __future__ import annotations

from sqlalchemy import select

from bot.store import tables
from bot.store.store import Transaction


def person(tx: Transaction, telegram: int) -> str:
    """The blind index under which everything of this citizen is found."""
    return tx.seal.blind(f"citizen:{telegram}")


def kept(tx: Transaction, chat: int) -> int | None:
    """What a chat is kept as; ``None``: the private chat of somebody who is no citizen."""
    if chat <= 0:
        return chat
    table = tables.citizens
    wanted = select(table.c.number).where(table.c.person == person(tx, chat))
    return tx.connection.execute(wanted).scalar()


def meant(tx: Transaction, kept: int) -> int:
    """The chat that is kept so. Raises ``LookupError`` when that citizen is gone."""
    if kept <= 0:
        return kept
    table = tables.citizens
    wanted = select(table.c.telegram, table.c.person).where(table.c.number == kept)
    row = tx.connection.execute(wanted).first()
    if row is None:
        raise LookupError(f"there is no citizen {kept}")
    return int(tx.seal.open(row.telegram, f"citizen:{row.person}"))
