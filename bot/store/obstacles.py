"""What stopped citizens at a step. No row leads to a person; of the time only the day is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy import insert, select

from bot.store import tables
from bot.store.codes import random_code
from bot.store.store import Transaction

CODE_LENGTH = 16
ObstacleKind = Literal["paper", "money", "delay", "refusal", "silence", "other"]
KINDS: Final[tuple[ObstacleKind, ...]] = get_args(ObstacleKind)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stopped somebody: at which step, at which institution, in which governorate."""

    code: str
    kind: str
    step: str
    body: str
    governorate: str


def add(tx: Transaction, *, kind: str, step: str, body: str, governorate: str) -> str:
    """Keep an obstacle; returns its code."""
    code = random_code(CODE_LENGTH)
    row = {
        "code": code,
        # The day alone: a time of day could be laid beside that of somebody's messages.
        "at": tx.now.replace(hour=0, minute=0, second=0, microsecond=0),
        "kind": kind,
        "step": step,
        "body": body,
        "governorate": governorate,
    }
    tx.connection.execute(insert(tables.obstacles), row)
    return code


def get(tx: Transaction, code: str) -> Obstacle | None:
    """The obstacle with this code."""
    table = tables.obstacles
    row = tx.connection.execute(select(table).where(table.c.code == code)).first()
    if row is None:
        return None
    return Obstacle(row.code, row.kind, row.step, row.body, row.governorate)


def counts(tx: Transaction, step: str | None = None) -> Counter[tuple[str, ...]]:
    """How many obstacles of each (body, step, governorate, kind), at one step or at all.

    These are not for showing: ``engine.disclosure.publish`` says what may be.
    """
    table = tables.obstacles
    wanted = select(table.c.body, table.c.step, table.c.governorate, table.c.kind)
    if step is not None:
        wanted = wanted.where(table.c.step == step)
    return Counter(tuple(row) for row in tx.connection.execute(wanted))
