"""What is still to be sent: whom and what, never a text or an address (rows before messages).

A row says "citizen:12" or "office:homs" and "card" or "notice:claimed", perhaps of a lead. It is
rendered and addressed when it is sent. Rows of one recipient go out in the order they were put.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, or_, select, update
from sqlalchemy import Row as SqlRow

from bot.store import tables
from bot.store.store import Transaction

WAITING = "waiting"
DEAD = "dead"
CONVERSATION, CARD, DIGEST, REFUSED = range(4)
"""Ranks: what citizens and officers write to each other goes before cards and notices, and these
before digests and cards that only age. What was refused as it is goes last: nobody waits for it."""
LONGEST_WAIT = timedelta(hours=1)
"""Whoever is told to wait longer is tried after this; so it is when the clock was set back."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something to send: ``what`` to whom, of which lead; ``tries`` failed so far."""

    id: int
    to: str
    what: str
    lead: int | None
    tries: int
    created: datetime
    rank: int


@dataclass(frozen=True, slots=True)
class DeadRow:
    """Something that was given up at ``at``, with the last error."""

    id: int
    to: str
    what: str
    lead: int | None
    error: str
    at: datetime


def put(tx: Transaction, to: str, what: str, lead: int | None = None, rank: int = CARD) -> None:
    """Queue a message. One that waits already and says the same stays the only one, at the more
    urgent rank of the two.

    If that one is just being sent, what is on its way may be out of date: it goes out once more.
    If it was refused, it may say something else now, and is tried at once.
    """
    tx.queued = True
    table = tables.outbox
    waiting = update(table).where(table.c.state == WAITING, _same(to, what, lead))
    urgent = case((table.c.rank > rank, rank), else_=table.c.rank)
    ripe = case((table.c.rank == REFUSED, tx.now), else_=table.c.not_before)
    again = waiting.values(handed=False, rank=urgent, not_before=ripe)
    if tx.connection.execute(again).rowcount:
        return
    values = {
        "recipient": to,
        "what": what,
        "lead": lead,
        "state": WAITING,
        "rank": rank,
        "handed": False,
        "tries": 0,
        "created": tx.now,
        "not_before": tx.now,
    }
    tx.connection.execute(insert(table), values)


def due(tx: Transaction, limit: int = 50) -> list[Row]:
    """What may be sent now: of each recipient the first row only, and that if its time has come.

    The first is the oldest of the most urgent rank.

    Rows are not reserved, so that a crash loses none: the sender itself remembers what it has in
    hand. Read what a row shows after this call, else ``sent`` may drop a newer change.
    """
    table = tables.outbox
    statement = (
        select(table)
        .where(table.c.id.in_(_heads()), _ripe(tx.now))
        .order_by(table.c.rank, table.c.id)
        .limit(limit)
    )
    rows = [
        Row(row.id, row.recipient, row.what, row.lead, row.tries, row.created, row.rank)
        for row in tx.connection.execute(statement)
    ]
    if rows:
        _set(tx, [row.id for row in rows], handed=True)
    return rows


def next_due(tx: Transaction) -> datetime | None:
    """When the next row may be sent (perhaps in the past); None when nothing waits."""
    table = tables.outbox
    statement = select(func.min(table.c.not_before)).where(table.c.id.in_(_heads()))
    return tx.connection.execute(statement).scalar()


def holds(tx: Transaction, id: int) -> bool:
    """Whether the row still waits."""
    table = tables.outbox
    found = select(table.c.id).where(table.c.id == id, table.c.state == WAITING)
    return tx.connection.execute(found).scalar() is not None


def sent(tx: Transaction, id: int) -> None:
    """Telegram has it. The row goes, unless it was put again since it was handed out."""
    table = tables.outbox
    tx.connection.execute(delete(table).where(table.c.id == id, table.c.handed))
    _set(tx, [id], tries=0, not_before=table.c.created)


def postpone(tx: Transaction, id: int, seconds: float) -> None:
    """There is no room for it yet: its time comes after ``seconds``, and nothing has failed."""
    _set(tx, [id], not_before=tx.now + timedelta(seconds=seconds))


def later(tx: Transaction, id: int, seconds: float, error: str) -> None:
    """It did not get there: after ``seconds`` once more; what follows it to them waits too."""
    values = {
        "tries": tables.outbox.c.tries + 1,
        "not_before": tx.now + min(timedelta(seconds=seconds), LONGEST_WAIT),
        "error": tx.seal.seal(error, f"outbox:{id}"),
    }
    _set(tx, [id], **values)


def aside(tx: Transaction, id: int, seconds: float, error: str) -> None:
    """It is refused as it is: try again after ``seconds``, and let all else go before it."""
    later(tx, id, seconds, error)
    _set(tx, [id], rank=REFUSED)


def dead(tx: Transaction, id: int, error: str) -> None:
    """It will never arrive: put it where a person looks, and let the next one go."""
    sealed = tx.seal.seal(error, f"outbox:{id}")
    _set(tx, [id], state=DEAD, error=sealed, failed=tx.now)


def dead_letters(tx: Transaction) -> list[DeadRow]:
    """Everything that was given up, the oldest first."""
    table = tables.outbox
    statement = select(table).where(table.c.state == DEAD).order_by(table.c.id)
    return [_dead_row(tx, row) for row in tx.connection.execute(statement)]


def resend(tx: Transaction, id: int | None) -> int:
    """Try a dead letter again, or all of them (None); returns how many were taken up."""
    letters = [letter for letter in dead_letters(tx) if id in (None, letter.id)]
    table = tables.outbox
    for letter in letters:
        tx.connection.execute(delete(table).where(table.c.id == letter.id))
        put(tx, letter.to, letter.what, letter.lead)
    return len(letters)


def counts(tx: Transaction) -> dict[str, int]:
    """How many rows are ``waiting`` and how many are ``dead``."""
    table = tables.outbox
    statement = select(table.c.state, func.count()).group_by(table.c.state)
    found = {row[0]: row[1] for row in tx.connection.execute(statement)}
    return {WAITING: found.get(WAITING, 0), DEAD: found.get(DEAD, 0)}


def drop_for(tx: Transaction, to: str) -> int:
    """Drop everything for a recipient, dead letters included; returns how many rows."""
    table = tables.outbox
    return tx.connection.execute(delete(table).where(table.c.recipient == to)).rowcount


def _heads() -> Any:
    """The first waiting row of each recipient."""
    table = tables.outbox
    place = func.row_number().over(
        partition_by=table.c.recipient, order_by=(table.c.rank, table.c.id)
    )
    line = select(table.c.id, place.label("place")).where(table.c.state == WAITING).subquery()
    return select(line.c.id).where(line.c.place == 1).scalar_subquery()


def _ripe(now: datetime) -> ColumnElement[bool]:
    """Whether a row's time has come.

    What was never put off is ripe, and nothing is put off for longer than ``LONGEST_WAIT``: a
    clock that was set back holds up neither.
    """
    table = tables.outbox
    return or_(
        table.c.not_before <= now,
        table.c.not_before <= table.c.created,
        table.c.not_before > now + LONGEST_WAIT,
    )


def _same(to: str, what: str, lead: int | None) -> ColumnElement[bool]:
    table = tables.outbox
    return (
        (table.c.recipient == to) & (table.c.what == what) & table.c.lead.is_not_distinct_from(lead)
    )


def _set(tx: Transaction, ids: Iterable[int], **values: Any) -> None:
    table = tables.outbox
    statement = update(table).where(table.c.id.in_(ids), table.c.state == WAITING)
    tx.connection.execute(statement.values(values))


def _dead_row(tx: Transaction, row: SqlRow[*tuple[Any, ...]]) -> DeadRow:
    error = str(tx.seal.open(row.error, f"outbox:{row.id}"))
    return DeadRow(row.id, row.recipient, row.what, row.lead, error, row.failed)
