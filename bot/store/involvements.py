"""Other desks' parts in a case: who was asked, and who is to take it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, insert, select, update

from bot.store import tables
from bot.store.store import Transaction

Kind = Literal["asked", "transfer"]
End = Literal["answered", "taken", "declined", "cancelled"]


@dataclass(frozen=True, slots=True)
class Involvement:
    """The part of the desk ``office`` in a case, since ``by_office`` turned to it.

    ``state`` is ``open`` until it has ended as answered, taken, declined or cancelled.
    """

    id: int
    lead: int
    office: str
    by_office: str
    kind: Kind
    state: str
    officer: int
    since: datetime
    ended: datetime | None


def add(
    tx: Transaction, *, lead: int, office: str, by_office: str, kind: Kind, officer: int
) -> int:
    """A desk turns to another one; returns the number of its part."""
    values = {
        "lead": lead,
        "office": office,
        "by_office": by_office,
        "kind": kind,
        "state": "open",
        "officer": officer,
        "since": tx.now,
    }
    table = tables.involvements
    return int(tx.connection.execute(insert(table).returning(table.c.id), values).scalar_one())


def get(tx: Transaction, id: int) -> Involvement | None:
    """The part with this number."""
    return next(iter(_select(tx, tables.involvements.c.id == id)), None)


def of_lead(tx: Transaction, lead: int) -> list[Involvement]:
    """The parts of other desks in a case, also those that are over, the oldest first."""
    return _select(tx, tables.involvements.c.lead == lead)


def open_of_lead(tx: Transaction, lead: int) -> list[Involvement]:
    """Which desks still have something to say to a case, the oldest first."""
    table = tables.involvements
    return _select(tx, and_(table.c.lead == lead, table.c.state == "open"))


def open_of_office(tx: Transaction, office: str) -> list[Involvement]:
    """What a desk still has to answer or to take, the oldest first."""
    table = tables.involvements
    return _select(tx, and_(table.c.office == office, table.c.state == "open"))


def end(tx: Transaction, id: int, how: End) -> bool:
    """The part is over; False if it was before."""
    table = tables.involvements
    open = and_(table.c.id == id, table.c.state == "open")
    values = {"state": how, "ended": tx.now}
    return tx.connection.execute(update(table).where(open).values(values)).rowcount == 1


def _select(tx: Transaction, where: ColumnElement[bool]) -> list[Involvement]:
    table = tables.involvements
    rows = tx.connection.execute(select(table).where(where).order_by(table.c.id))
    return [Involvement(**row._asdict()) for row in rows]
