"""Leads: what a citizen handed to an office, how it stands, and its history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, insert, select, update
from sqlalchemy import Row as SqlRow

from bot.engine.values import Json
from bot.store import cards, crossings, tables
from bot.store.codes import random_code, typed
from bot.store.store import Transaction

LeadDetails = dict[str, Json]
"""What names the person or tells of them: answers, done, roadmap numbers, contact, name."""

UNCLAIMED = ("new", "delivered", "reopened")
"""States in which nobody has it in hand."""

TAKEN = ("claimed", "working", "waiting-citizen", "waiting-body")
"""States in which an officer has it."""

OPEN = (*UNCLAIMED, *TAKEN)
"""States in which an office still has something to do. There is one other: resolved."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A citizen's request to an office, as it stands.

    ``office`` None: it waits for any office. ``officer``: the number of who took it, also after
    the end. ``outcome``: what it came to, once it is resolved. ``owed``: what the office owes the
    citizen next, ``answer`` or ``step``, since ``owed_since``; ``reminded``: how often it was.
    ``sealed`` is empty once the person was erased; ``citizen`` is None then.
    """

    id: int
    reference: str
    citizen: int | None
    project: int
    topic: str
    governorate: str
    office: str | None
    state: str
    outcome: str | None
    officer: int | None
    created: datetime
    revision: str
    owed: str | None
    owed_since: datetime | None
    reminded: int
    sealed: LeadDetails


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a lead, by which officer, with which words of theirs."""

    lead: int
    kind: str
    at: datetime
    officer: int | None
    note: str | None


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
            "reminded": 0,
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


def change(tx: Transaction, id: int, *, expect: Collection[str], **values: Any) -> bool:
    """Set columns of a lead if its state is one of ``expect``; False, and no change, if not."""
    table = tables.leads
    statement = update(table).where(table.c.id == id, table.c.state.in_(expect)).values(values)
    return tx.connection.execute(statement).rowcount == 1


def owe(tx: Transaction, id: int, what: str | None) -> None:
    """From now on the office owes the citizen an ``answer``, a ``step``, or nothing."""
    since = None if what is None else tx.now
    values = {"owed": what, "owed_since": since, "reminded": 0}
    tx.connection.execute(update(tables.leads).where(tables.leads.c.id == id).values(values))


def owing(tx: Transaction) -> list[Lead]:
    """The leads for which an office owes something, those that wait longest first."""
    found = _select(tx, tables.leads.c.owed.is_not(None))
    return sorted(found, key=lambda lead: lead.owed_since or tx.now)


def note_reminded(tx: Transaction, id: int, times: int) -> None:
    """So often has been reminded of what is owed now."""
    table = tables.leads
    tx.connection.execute(update(table).where(table.c.id == id).values(reminded=times))


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


def erase_person(tx: Transaction, citizen: int) -> list[int]:
    """Withdraw the citizen's open leads and empty all of theirs; part of ``citizens.erase``.

    Returns those that an office may have seen, open or not: their cards show what is gone.
    """
    table = tables.leads
    theirs = of_citizen(tx, citizen)
    for lead in theirs:
        change(tx, lead.id, expect=OPEN, state="resolved", outcome="withdrawn")
        owe(tx, lead.id, None)
        crossings.forget(tx, lead.id)
        empty = tx.seal.seal({}, f"lead:{lead.reference}")
        tx.connection.execute(update(table).where(table.c.id == lead.id).values(details=empty))
        notes = update(tables.lead_events).where(tables.lead_events.c.lead == lead.id)
        tx.connection.execute(notes.values(note=None))
        add_event(tx, lead.id, "erased")
    return [lead.id for lead in theirs if lead.office is not None or cards.of_lead(tx, lead.id)]


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
