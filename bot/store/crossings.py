"""What crosses between a citizen and the office that has their case, in either direction, and
between that office and another desk that it asked.

A row says where a message was written and where it arrived, so that replies and edits find their
way after a restart. What it says is sealed, and gone when it can be edited no longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from bot.engine.values import Json
from bot.store import chats, tables
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Crossing:
    """A message that crosses once. ``officer`` None: the citizen wrote it. ``part``: the other
    desk's part in the case to which it belongs; it goes to ``office`` and no citizen sees it.

    ``to_chat`` and ``to_message`` are there once it has arrived; ``content`` is ``None`` when it
    is no longer kept.
    """

    id: int
    lead: int
    office: str
    officer: int | None
    part: int | None
    chat: int
    message: int
    album: str | None
    content: Json
    at: datetime
    to_chat: int | None
    to_message: int | None


def add(
    tx: Transaction,
    *,
    lead: int,
    office: str,
    officer: int | None,
    chat: int,
    message: int,
    album: str | None,
    content: Json,
    part: int | None = None,
) -> Crossing | None:
    """Keep a message that is to cross; ``None`` if it is kept already.

    Raises ``LookupError`` when it was written in the private chat of somebody who is no citizen.
    """
    place = _place(tx, chat)
    values = {
        "lead": lead,
        "office": office,
        "officer": officer,
        "part": part,
        "chat": place,
        "message": message,
        "album": album,
        "content": tx.seal.seal(content, _about(place, message)),
        "at": tx.now,
    }
    if not tx.insert_new(tables.crossings, values, unique="chat message"):
        return None
    return written_at(tx, chat, message)


def get(tx: Transaction, id: int) -> Crossing | None:
    """The crossing with this id."""
    return _one(tx, tables.crossings.c.id == id)


def written_at(tx: Transaction, chat: int, message: int) -> Crossing | None:
    """The crossing that was written as this message."""
    table = tables.crossings
    place = chats.kept(tx, chat)
    return _one(tx, and_(table.c.chat == place, table.c.message == message))


def at_message(tx: Transaction, chat: int, message: int) -> Crossing | None:
    """The crossing of which this message is the original or the copy."""
    table = tables.crossings
    place = chats.kept(tx, chat)
    copy = and_(table.c.to_chat == place, table.c.to_message == message)
    return _one(tx, or_(copy, and_(table.c.chat == place, table.c.message == message)))


def of_album(tx: Transaction, chat: int, album: str) -> Crossing | None:
    """A crossing of the same album, whose other parts belong to the same case."""
    table = tables.crossings
    place = chats.kept(tx, chat)
    return _one(tx, and_(table.c.chat == place, table.c.album == album))


def of_lead(tx: Transaction, lead: int) -> list[Crossing]:
    """Everything that crossed in a case, the oldest first."""
    return _select(tx, tables.crossings.c.lead == lead)


def ids_of_lead(tx: Transaction, lead: int) -> list[int]:
    """The numbers of everything that crossed in a case, in order."""
    table = tables.crossings
    wanted = select(table.c.id).where(table.c.lead == lead).order_by(table.c.id)
    return list(tx.connection.execute(wanted).scalars())


def arrived(tx: Transaction, id: int, chat: int, message: int) -> None:
    """It stands there as this message."""
    table = tables.crossings
    values = {"to_chat": _place(tx, chat), "to_message": message}
    tx.connection.execute(update(table).where(table.c.id == id).values(values))


def rewrite(tx: Transaction, crossing: Crossing, content: Json) -> None:
    """Its author changed it."""
    table = tables.crossings
    about = _about(_place(tx, crossing.chat), crossing.message)
    sealed = tx.seal.seal(content, about)
    tx.connection.execute(update(table).where(table.c.id == crossing.id).values(content=sealed))


def empty(tx: Transaction, before: datetime) -> int:
    """Forget what was written before a moment and has arrived; where it stands is kept."""
    table = tables.crossings
    old = and_(table.c.at < before, table.c.content.is_not(None), table.c.to_chat.is_not(None))
    count = tx.connection.execute(update(table).where(old).values(content=None)).rowcount
    tx.erased = tx.erased or count > 0
    return count


def forget(tx: Transaction, lead: int) -> None:
    """Forget all that crossed in a case."""
    table = tables.crossings
    count = tx.connection.execute(delete(table).where(table.c.lead == lead)).rowcount
    tx.erased = tx.erased or count > 0


def _place(tx: Transaction, chat: int) -> int:
    """What the chat of somebody known is kept as."""
    place = chats.kept(tx, chat)
    if place is None:
        raise LookupError("this is the chat of no citizen")
    return place


def _about(place: int, message: int) -> str:
    """What the content is sealed as."""
    return f"crossing:{place}/{message}"


def _one(tx: Transaction, where: ColumnElement[bool]) -> Crossing | None:
    return next(iter(_select(tx, where)), None)


def _select(tx: Transaction, where: ColumnElement[bool]) -> list[Crossing]:
    table = tables.crossings
    found = []
    for row in tx.connection.execute(select(table).where(where).order_by(table.c.id)):
        fields: dict[str, Any] = row._asdict()
        sealed = fields.pop("content")
        about = _about(row.chat, row.message)
        fields["content"] = None if sealed is None else tx.seal.open(sealed, about)
        fields["chat"] = chats.meant(tx, row.chat)
        fields["to_chat"] = None if row.to_chat is None else chats.meant(tx, row.to_chat)
        found.append(Crossing(**fields))
    return found
