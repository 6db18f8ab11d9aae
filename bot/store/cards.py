"""Where leads are shown: their cards in the groups, and their own threads in forums."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select, update

from bot.store import tables
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Card:
    """The message that shows a lead in an office's group."""

    lead: int
    office: str
    chat: int
    thread: int | None
    message: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A lead's own thread in an office's forum; ``message`` is the card that stands in it.

    ``open``: as far as we know. ``told``: that only replies cross has been said there.
    """

    lead: int
    office: str
    thread: int
    message: int | None
    open: bool
    told: bool


def card(tx: Transaction, lead: int, office: str) -> Card | None:
    """The lead's card in this office's group."""
    table = tables.cards
    return next(iter(_cards(tx, and_(table.c.lead == lead, table.c.office == office))), None)


def of_lead(tx: Transaction, lead: int) -> list[Card]:
    """All cards of a lead: several desks may have to do with it."""
    return _cards(tx, tables.cards.c.lead == lead)


def set_card(tx: Transaction, card: Card) -> None:
    """Note the message that shows a lead to an office; it replaces the one known before."""
    table = tables.cards
    # A message is one card: if Telegram gave its number again, the other card is gone.
    tx.connection.execute(
        delete(table).where(table.c.chat == card.chat, table.c.message == card.message)
    )
    values = {
        "lead": card.lead,
        "office": card.office,
        "chat": card.chat,
        "thread": card.thread,
        "message": card.message,
    }
    tx.upsert(table, values, unique="lead office")


def thread(tx: Transaction, lead: int, office: str) -> Thread | None:
    """The lead's own thread in this office's forum."""
    table = tables.threads
    return next(iter(_threads(tx, and_(table.c.lead == lead, table.c.office == office))), None)


def thread_at(tx: Transaction, office: str, number: int) -> Thread | None:
    """The lead's thread that has this number in the office's forum."""
    table = tables.threads
    return next(iter(_threads(tx, and_(table.c.office == office, table.c.thread == number))), None)


def set_thread(tx: Transaction, thread: Thread) -> None:
    """Note a lead's thread, or what changed about it."""
    values = {name: getattr(thread, name) for name in Thread.__slots__}
    tx.upsert(tables.threads, values, unique="lead office")


def lead_shown(tx: Transaction, office: str, chat: int, message: int) -> int | None:
    """The lead of which this message of the office's group is a card."""
    table, threads = tables.cards, tables.threads
    shown = select(table.c.lead).where(table.c.chat == chat, table.c.message == message)
    found = tx.connection.execute(shown).scalar()
    if found is not None:
        return int(found)
    inside = select(threads.c.lead).where(
        threads.c.office == office,
        threads.c.message == message,
    )
    found = tx.connection.execute(inside).scalar()
    return None if found is None else int(found)


def messages(tx: Transaction, office: str) -> list[int]:
    """All messages of an office's group that are cards, the newest first."""
    table, threads = tables.cards, tables.threads
    shown = [select(table.c.message).where(table.c.office == office)]
    shown.append(select(threads.c.message).where(threads.c.office == office))
    found = {row.message for each in shown for row in tx.connection.execute(each)}
    return sorted(found - {None}, reverse=True)


def drop(tx: Transaction, office: str) -> None:
    """Forget the messages and threads of an office's group: they are void."""
    for table in (tables.cards, tables.threads):
        tx.connection.execute(delete(table).where(table.c.office == office))
    desks = tables.desks
    tx.connection.execute(update(desks).where(desks.c.office == office).values(thread=None))


def drop_thread(tx: Transaction, office: str, number: int) -> None:
    """Forget a thread that has vanished, and the cards that stood in it."""
    threads, shown, desks = tables.threads, tables.cards, tables.desks
    gone = and_(threads.c.office == office, threads.c.thread == number)
    tx.connection.execute(delete(threads).where(gone))
    inside = and_(shown.c.office == office, shown.c.thread == number)
    tx.connection.execute(delete(shown).where(inside))
    new = and_(desks.c.office == office, desks.c.thread == number)
    tx.connection.execute(update(desks).where(new).values(thread=None))


def drop_threads(tx: Transaction, office: str) -> None:
    """The office's group has no threads any more: what stood in them stands in the group."""
    shown, desks = tables.cards, tables.desks
    tx.connection.execute(delete(tables.threads).where(tables.threads.c.office == office))
    tx.connection.execute(update(shown).where(shown.c.office == office).values(thread=None))
    tx.connection.execute(update(desks).where(desks.c.office == office).values(thread=None))


def _cards(tx: Transaction, where: ColumnElement[bool]) -> list[Card]:
    table = tables.cards
    rows = tx.connection.execute(select(table).where(where).order_by(table.c.office))
    return [Card(**row._asdict()) for row in rows]


def _threads(tx: Transaction, where: ColumnElement[bool]) -> list[Thread]:
    table = tables.threads
    return [Thread(**row._asdict()) for row in tx.connection.execute(select(table).where(where))]
