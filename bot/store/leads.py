"""Leads: what a citizen handed to an office, its history, and the cards that show it there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy import Row as SqlRow

from bot.engine.values import Json
from bot.store import tables
from bot.store.codes import random_code, typed
from bot.store.store import Transaction

LeadDetails = dict[str, Json]
"""What names the person or tells of them: answers, done, roadmap numbers, contact, name."""

OPEN = ("new", "delivered", "claimed")
"""States in which an office still has something to do. The others are done, unreachable and
withdrawn."""

UNCLAIMED = ("new", "delivered")


@dataclass(frozen=True, slots=True)
class Lead:
    """A citizen's request to an office, as it stands.

    ``office`` None: it waits for any office. ``officer``: the number of who took it. ``sealed``
    is empty once the person was erased; ``citizen`` is None then.
    """

    id: int
    reference: str
    citizen: int | None
    project: int
    topic: str
    governorate: str
    office: str | None
    state: str
    officer: int | None
    created: datetime
    revision: str
    sealed: LeadDetails


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a lead, by which officer, with which words of theirs."""

    lead: int
    kind: str
    at: datetime
    officer: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """The message that shows a lead in an office's group."""

    lead: int
    office: str
    chat: int
    thread: int | None
    message: int


def add(
    tx: Transaction,
    citizen: int,
    project: int,
    topic: str,
    governorate: str,
    office: str | None,
    revision: str,
    details: LeadDetails,
) -> Lead:
    """Make a new lead with a reference of its own ("D-4F7K2Q")."""
    while True:
        reference = f"D-{random_code(6)}"
        values = {
            "reference": reference,
            "citizen": citizen,
            "project": project,
            "topic": topic,
            "governorate": governorate,
            "office": office,
            "state": "new",
            "created": tx.now,
            "revision": revision,
            "details": tx.seal.seal(details, f"lead:{reference}"),
        }
        if tx.insert_new(tables.leads, values, unique="reference"):
            return _select(tx, tables.leads.c.reference == reference)[0]


def get(tx: Transaction, id: int) -> Lead | None:
    """The lead with this id."""
    return next(iter(_select(tx, tables.leads.c.id == id)), None)


def by_reference(tx: Transaction, reference: str) -> Lead | None:
    """The lead with this reference, in small letters or without its hyphen as well."""
    meant = f"D-{typed(reference)[1:]}"
    return next(iter(_select(tx, tables.leads.c.reference == meant)), None)


def of_citizen(tx: Transaction, citizen: int) -> list[Lead]:
    """All leads of a citizen, the oldest first."""
    return _select(tx, tables.leads.c.citizen == citizen)


def open_of_office(tx: Transaction, office: str | None) -> list[Lead]:
    """The open leads of an office, or (None) those that wait for any; the oldest first."""
    table = tables.leads
    return _select(tx, and_(table.c.office.is_not_distinct_from(office), table.c.state.in_(OPEN)))


def all_leads(tx: Transaction, state: str | None) -> list[Lead]:
    """All leads, or those in one state; the oldest first."""
    return _select(tx, None if state is None else tables.leads.c.state == state)


def change(
    tx: Transaction,
    id: int,
    *,
    expect: Collection[str],
    state: str,
    officer: int | None = None,
) -> bool:
    """Move a lead to ``state`` if it is in one of ``expect``; False, and no change, if it is not.

    ``officer`` None leaves the officer as is, but a lead that is new or delivered has none.
    """
    table = tables.leads
    values: dict[str, Any] = {"state": state}
    if officer is not None or state in UNCLAIMED:
        values["officer"] = officer
    statement = update(table).where(table.c.id == id, table.c.state.in_(expect)).values(values)
    return tx.connection.execute(statement).rowcount == 1


def readdress(tx: Transaction, id: int, office: str | None) -> None:
    """Give the lead to another office, or (None) let it wait for any."""
    table = tables.leads
    tx.connection.execute(update(table).where(table.c.id == id).values(office=office))


def counts(tx: Transaction) -> dict[str, int]:
    """How many leads there are in each state that occurs."""
    table = tables.leads
    statement = select(table.c.state, func.count()).group_by(table.c.state)
    return {row[0]: row[1] for row in tx.connection.execute(statement)}


def add_event(
    tx: Transaction, lead: int, kind: str, officer: int | None = None, note: str | None = None
) -> None:
    """Add to the lead's history; nothing in it is ever changed, only notes of erased people go."""
    sealed = None if note is None else tx.seal.seal(note, f"note:{lead}")
    values = {"lead": lead, "kind": kind, "at": tx.now, "officer": officer, "note": sealed}
    tx.connection.execute(insert(tables.lead_events), values)


def events(tx: Transaction, lead: int) -> list[Event]:
    """The lead's history, the oldest first."""
    table = tables.lead_events
    rows = tx.connection.execute(select(table).where(table.c.lead == lead).order_by(table.c.id))
    return [
        Event(
            row.lead,
            row.kind,
            row.at,
            row.officer,
            None if row.note is None else str(tx.seal.open(row.note, f"note:{lead}")),
        )
        for row in rows
    ]


def card(tx: Transaction, lead: int, office: str) -> Card | None:
    """The lead's card in this office's group."""
    table = tables.cards
    return next(iter(_cards(tx, and_(table.c.lead == lead, table.c.office == office))), None)


def cards(tx: Transaction, lead: int) -> list[Card]:
    """All cards of a lead: it may have moved from office to office."""
    return _cards(tx, tables.cards.c.lead == lead)


def find_card(tx: Transaction, chat: int, message: int) -> Card | None:
    """The card that is this message."""
    table = tables.cards
    return next(iter(_cards(tx, and_(table.c.chat == chat, table.c.message == message))), None)


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


def drop_cards(tx: Transaction, office: str) -> None:
    """Forget the messages of an office: they can no longer be edited."""
    tx.connection.execute(delete(tables.cards).where(tables.cards.c.office == office))


def erase_person(tx: Transaction, citizen: int) -> list[int]:
    """Withdraw the citizen's open leads and empty all of theirs; part of ``citizens.erase``.

    Returns those that an office may have seen, open or not: their cards show what is gone.
    """
    table = tables.leads
    theirs = of_citizen(tx, citizen)
    for lead in theirs:
        change(tx, lead.id, expect=OPEN, state="withdrawn")
        empty = tx.seal.seal({}, f"lead:{lead.reference}")
        tx.connection.execute(update(table).where(table.c.id == lead.id).values(details=empty))
        notes = update(tables.lead_events).where(tables.lead_events.c.lead == lead.id)
        tx.connection.execute(notes.values(note=None))
        add_event(tx, lead.id, "erased")
    return [lead.id for lead in theirs if lead.office is not None or cards(tx, lead.id)]


def _select(tx: Transaction, where: ColumnElement[bool] | None) -> list[Lead]:
    table = tables.leads
    statement = select(table).order_by(table.c.id)
    if where is not None:
        statement = statement.where(where)
    return [_lead(tx, row) for row in tx.connection.execute(statement)]


def _lead(tx: Transaction, row: SqlRow[*tuple[Any, ...]]) -> Lead:
    fields = row._asdict()
    sealed = cast(LeadDetails, tx.seal.open(fields.pop("details"), f"lead:{row.reference}"))
    return Lead(**fields, sealed=sealed)


def _cards(tx: Transaction, where: ColumnElement[bool]) -> list[Card]:
    table = tables.cards
    rows = tx.connection.execute(select(table).where(where).order_by(table.c.office))
    return [Card(**row._asdict()) for row in rows]
