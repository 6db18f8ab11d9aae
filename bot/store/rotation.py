"""Sealing everything anew with the current key, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, literal, select, update

from bot.store import tables
from bot.store.sealing import prefix
from bot.store.store import Transaction

BATCH = 200


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed column; ``about``: what its values are sealed as, in terms of other columns."""

    table: Table
    column: str
    about: str

    @property
    def name(self) -> str:
        """As people read it."""
        return f"{self.table.name}.{self.column}"


# Not key_checks: each key has to open there what it sealed at its first use.
SEALED = (
    Sealed(tables.citizens, "telegram", "citizen:{person}"),
    Sealed(tables.projects, "state", "project:{citizen}/{project}"),
    Sealed(tables.set_aside_updates, "error", "error:{incident}"),
    Sealed(tables.set_aside_updates, "raw", "update:{incident}"),
    Sealed(tables.set_aside_events, "error", "retry:{incident}"),
    Sealed(tables.officers, "telegram", "officer:{person}"),
    Sealed(tables.officers, "name", "officer name:{person}"),
    Sealed(tables.leads, "details", "lead:{reference}"),
    Sealed(tables.lead_events, "note", "note:{lead}"),
    Sealed(tables.outbox, "error", "outbox:{id}"),
    Sealed(tables.crossings, "content", "crossing:{chat}/{message}"),
    Sealed(tables.remarks, "text", "remark:{code}"),
    Sealed(tables.reports, "text", "report:{code}"),
    Sealed(tables.reports, "photo", "receipt:{code}"),
    Sealed(tables.reports, "answer", "answer:{code}"),
)


def remaining(tx: Transaction) -> dict[str, int]:
    """How many values of each sealed column another key than the current one has sealed."""
    return {
        sealed.name: tx.connection.execute(
            select(func.count()).select_from(sealed.table).where(_old(tx, sealed))
        ).scalar_one()
        for sealed in SEALED
    }


def reseal(tx: Transaction) -> int:
    """Seals up to ``BATCH`` values anew; returns how many, 0 when nothing is left.

    What is done stands in the values themselves, so it may stop at any time and go on later.
    Blind indexes stay: they hang on the oldest key. Raises ``StoreRefused`` when a key is missing.
    """
    left = BATCH
    for sealed in SEALED:
        left -= _reseal(tx, sealed, left) if left else 0
    return BATCH - left


def _reseal(tx: Transaction, sealed: Sealed, limit: int) -> int:
    table = sealed.table
    rows = tx.connection.execute(select(table).where(_old(tx, sealed)).limit(limit)).all()
    for row in rows:
        fields = row._asdict()
        about = sealed.about.format_map(fields)
        anew = tx.seal.seal(tx.seal.open(fields[sealed.column], about), about)
        this = and_(*_same(table, fields))
        tx.connection.execute(update(table).where(this), {sealed.column: anew})
    if rows:
        # The old ciphertext leaves the write-ahead log as well.
        tx.erased = True
    return len(rows)


def _same(table: Table, fields: dict[str, Any]) -> Iterator[ColumnElement[bool]]:
    return (column == fields[column.name] for column in table.primary_key.columns)


def _old(tx: Transaction, sealed: Sealed) -> ColumnElement[bool]:
    """Values that do not begin with the name of the current key."""
    column = sealed.table.columns[sealed.column]
    current = prefix(tx.seal.current)
    return and_(
        column.is_not(None), func.substr(column, 1, len(current)) != literal(current, column.type)
    )
