"""What is kept for a time and then forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.store import crossings, leads, tables
from bot.store.store import Transaction


def forget_set_aside(tx: Transaction, *, settled: datetime, any_state: datetime) -> int:
    """Forget updates that were set aside: those settled before ``settled``, by another try, and
    all that are older than ``any_state``. Their history goes with them. Returns how many."""
    table, events = tables.set_aside_updates, tables.set_aside_events
    over = select(events.c.incident).where(events.c.kind == "settled", events.c.at < settled)
    old = (table.c.at < any_state) | table.c.incident.in_(over)
    count = tx.connection.execute(delete(table).where(old)).rowcount
    tx.erased = tx.erased or count > 0
    return count


def empty_closed_leads(tx: Transaction, before: datetime, limit: int = 100) -> list[int]:
    """Take the person out of closed leads to which nothing has happened since ``before``.

    Reference, topic, governorate, state and who did what stay. Returns the leads, ``limit`` at
    most; the caller queues their cards, which still show what is gone here.
    """
    table, events = tables.leads, tables.lead_events
    newest = select(func.max(events.c.at)).where(events.c.lead == table.c.id).scalar_subquery()
    closed = select(table.c.id, table.c.reference).where(
        table.c.state.not_in(leads.OPEN), table.c.citizen.is_not(None), newest < before
    )
    found = tx.connection.execute(closed.order_by(table.c.id).limit(limit)).all()
    for row in found:
        empty = tx.seal.seal({}, f"lead:{row.reference}")
        tx.connection.execute(
            update(table).where(table.c.id == row.id).values(citizen=None, details=empty)
        )
        tx.connection.execute(update(events).where(events.c.lead == row.id).values(note=None))
        crossings.forget(tx, row.id)
        leads.add_event(tx, row.id, "emptied")
    tx.erased = tx.erased or bool(found)
    return [row.id for row in found]
