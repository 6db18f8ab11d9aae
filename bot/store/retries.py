"""What was done about updates that were set aside: a person asks, the running bot tries again.

Events are only ever added. The newest says where an incident stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, insert, select

from bot.engine.values import Json
from bot.store import tables
from bot.store.codes import typed
from bot.store.store import Transaction

State = Literal["open", "asked", "begun", "failed", "settled"]
"""``open``: nobody has asked for another try. ``begun``: asked for, and perhaps committed."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An update that was set aside: when, how it stands, and whether a person sent it."""

    incident: str
    at: datetime
    state: State
    personal: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done about an incident; ``error`` tells why a try failed."""

    kind: str
    at: datetime
    error: str | None


def incidents(tx: Transaction) -> list[Incident]:
    """Everything that was set aside and is still kept, the oldest first."""
    table = tables.set_aside_updates
    states = _states(tx)
    statement = select(table.c.incident, table.c.at, table.c.person)
    return [
        Incident(row.incident, row.at, states.get(row.incident, "open"), row.person is not None)
        for row in tx.connection.execute(statement.order_by(table.c.at, table.c.incident))
    ]


def history(tx: Transaction, incident: str) -> list[Event]:
    """What was done about an incident, the oldest first."""
    table = tables.set_aside_events
    rows = select(table).where(table.c.incident == incident).order_by(table.c.id)
    return [
        Event(
            row.kind,
            row.at,
            None if row.error is None else str(tx.seal.open(row.error, f"retry:{incident}")),
        )
        for row in tx.connection.execute(rows)
    ]


def known(tx: Transaction, incident: str) -> Incident | None:
    """The incident, however its id is typed."""
    meant = f"I-{typed(incident)[1:]}"
    return next((each for each in incidents(tx) if each.incident == meant), None)


def ask(tx: Transaction, incident: str) -> bool:
    """Asks for another try; False when one is under way or the update is settled."""
    if _states(tx).get(incident, "open") not in ("open", "failed"):
        return False
    _add(tx, incident, "asked")
    return True


def asked(tx: Transaction, bot: int) -> list[str]:
    """The incidents of a bot that wait for another try, in the order in which they happened."""
    table = tables.set_aside_updates
    states = _states(tx)
    mine = (
        select(table.c.incident).where(table.c.bot == bot).order_by(table.c.at, table.c.update_id)
    )
    found = tx.connection.execute(mine).scalars()
    return [incident for incident in found if states.get(incident) in ("asked", "begun")]


def begin(tx: Transaction, incident: str) -> Json | None:
    """The raw update, free to be handled: its id is forgotten, once for each time asked.

    When the process dies in a try, the next one finds ``begun``: if the update was committed, its
    id is known again and it changes nothing. ``None`` when the incident is gone or not asked for.
    """
    state = _states(tx).get(incident)
    if state not in ("asked", "begun"):
        return None
    table, seen = tables.set_aside_updates, tables.seen_updates
    row = tx.connection.execute(select(table).where(table.c.incident == incident)).one()
    if state == "asked":
        same = (seen.c.bot == row.bot) & (seen.c.update_id == row.update_id)
        tx.connection.execute(delete(seen).where(same))
        _add(tx, incident, "begun")
    return tx.seal.open(row.raw, f"update:{incident}")


def settle(tx: Transaction, incident: str) -> bool:
    """The try that was begun is over and went well; False when it had failed or is gone."""
    if _states(tx).get(incident) != "begun":
        return False
    _add(tx, incident, "settled")
    return True


def fail(tx: Transaction, incident: str, error: str) -> None:
    """The try that was begun ended in an error; a person may ask again."""
    if _states(tx).get(incident) == "begun":
        _add(tx, incident, "failed", tx.seal.seal(error, f"retry:{incident}"))


def _states(tx: Transaction) -> dict[str, State]:
    """The newest event of each incident that has any."""
    table = tables.set_aside_events
    newest = select(func.max(table.c.id)).group_by(table.c.incident).scalar_subquery()
    rows = select(table.c.incident, table.c.kind).where(table.c.id.in_(newest))
    return {row.incident: row.kind for row in tx.connection.execute(rows)}


def _add(tx: Transaction, incident: str, kind: State, error: bytes | None = None) -> None:
    values = {"incident": incident, "kind": kind, "at": tx.now, "error": error}
    tx.connection.execute(insert(tables.set_aside_events), values)
