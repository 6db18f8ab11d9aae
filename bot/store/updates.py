"""Telegram's updates: which were seen, and which were set aside for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.engine.values import Json
from bot.store import tables
from bot.store.chats import person
from bot.store.codes import random_code, typed
from bot.store.prepared import Prepared
from bot.store.store import Transaction, inserting

_NOTE = Prepared(
    lambda dialect: inserting(dialect, tables.seen_updates, "bot update_id", None).returning(
        tables.seen_updates.c.update_id
    ),
    writes=True,
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be handled: its incident id, when, and what went wrong."""

    incident: str
    at: datetime
    error: str


def expect(tx: Transaction, bot: int, update: int) -> None:
    """It will be looked whether this update was seen: asks ahead."""
    _NOTE.ask(tx.connection, bot=bot, update_id=update, at=tx.now)


def seen(tx: Transaction, bot: int, update: int) -> bool:
    """True when this update of this bot is known; else it is known from this commit on."""
    return not _NOTE.run(tx.connection, bot=bot, update_id=update, at=tx.now)


def forget_seen(tx: Transaction, before: datetime) -> int:
    """Forget ids noted before that moment; returns how many."""
    table = tables.seen_updates
    return tx.connection.execute(delete(table).where(table.c.at < before)).rowcount


def set_aside(
    tx: Transaction, bot: int, update: int, raw: Json, error: str, telegram: int | None
) -> str:
    """Keep an update that could not be handled, sealed; returns its incident id ("I-7K3F2").

    ``telegram`` is its sender where one could be read, so that erasing them erases this too.
    """
    table = tables.set_aside_updates
    index = None if telegram is None else person(tx, telegram)
    while True:
        incident = f"I-{random_code(5)}"
        values = {
            "incident": incident,
            "bot": bot,
            "update_id": update,
            "at": tx.now,
            "error": tx.seal.seal(error, f"error:{incident}"),
            "raw": tx.seal.seal(raw, f"update:{incident}"),
            "person": index,
        }
        if tx.insert_new(table, values, unique="incident"):
            return incident


def list_set_aside(tx: Transaction) -> list[SetAside]:
    """Everything that was set aside, the oldest first."""
    table = tables.set_aside_updates
    statement = select(table.c.incident, table.c.at, table.c.error)
    return [
        SetAside(row.incident, row.at, str(tx.seal.open(row.error, f"error:{row.incident}")))
        for row in tx.connection.execute(statement.order_by(table.c.at, table.c.incident))
    ]


def read_set_aside(tx: Transaction, incident: str) -> Json | None:
    """The raw update of an incident, however its id is typed; None when there is none."""
    table = tables.set_aside_updates
    meant = f"I-{typed(incident)[1:]}"
    blob = tx.connection.execute(select(table.c.raw).where(table.c.incident == meant)).scalar()
    return None if blob is None else tx.seal.open(blob, f"update:{meant}")
