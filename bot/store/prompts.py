"""Questions of the bot in a group that an officer answers by replying to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.store import tables
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a reply to this message answers: ``profile:address``, or ``ask:guarantee-corp`` of a
    lead."""

    chat: int
    message: int
    what: str
    lead: int | None


def put(tx: Transaction, prompt: Prompt) -> None:
    """The question stands there as this message."""
    values = {
        "chat": prompt.chat,
        "message": prompt.message,
        "what": prompt.what,
        "lead": prompt.lead,
        "at": tx.now,
    }
    tx.upsert(tables.prompts, values, unique="chat message")


def get(tx: Transaction, chat: int, message: int) -> Prompt | None:
    """The question that this message asks."""
    table = tables.prompts
    wanted = select(table).where(table.c.chat == chat, table.c.message == message)
    row = tx.connection.execute(wanted).first()
    return None if row is None else Prompt(row.chat, row.message, row.what, row.lead)


def drop(tx: Transaction, chat: int, message: int) -> None:
    """It has been answered."""
    table = tables.prompts
    tx.connection.execute(delete(table).where(table.c.chat == chat, table.c.message == message))


def forget(tx: Transaction, before: datetime) -> int:
    """Forget questions asked before a moment. Returns how many."""
    table = tables.prompts
    return tx.connection.execute(delete(table).where(table.c.at < before)).rowcount
