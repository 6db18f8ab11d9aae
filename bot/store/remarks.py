"""What citizens wrote for the editors: what an office told them, what they looked for in vain.

No row leads to a person: who wrote is not stored, and the text is sealed, since people write more
than they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.store import tables
from bot.store.codes import random_code
from bot.store.store import Transaction

CODE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, as editors read it."""

    code: str
    at: datetime
    kind: str
    """``told``: what an office said of a page. ``missed``: what was looked for in vain."""
    about: str
    """The page, such as ``steps/tax-file``; empty for what was looked for."""
    governorate: str
    """Of the citizen's answer, if there is one: it says which office was meant."""
    language: str
    revision: str
    text: str


def add(
    tx: Transaction,
    kind: str,
    about: str,
    governorate: str,
    language: str,
    revision: str,
    text: str,
) -> None:
    """Keep a remark."""
    code = random_code(CODE_LENGTH)
    row = {
        "code": code,
        "at": tx.now,
        "kind": kind,
        "about": about,
        "governorate": governorate,
        "language": language,
        "revision": revision,
        "text": tx.seal.seal(text, _about(code)),
    }
    tx.connection.execute(insert(tables.remarks), row)


def every(tx: Transaction, kind: str) -> Iterator[Remark]:
    """The remarks of a kind, the newest first."""
    table = tables.remarks
    rows = tx.connection.execute(
        select(table).where(table.c.kind == kind).order_by(table.c.at.desc(), table.c.code)
    )
    for row in rows:
        fields = row._asdict()
        yield Remark(**{**fields, "text": tx.seal.open(fields["text"], _about(row.code))})


def forget(tx: Transaction, before: datetime) -> int:
    """Forget the remarks made before a moment. Returns how many."""
    table = tables.remarks
    count = tx.connection.execute(delete(table).where(table.c.at < before)).rowcount
    tx.erased = tx.erased or count > 0
    return count


def _about(code: str) -> str:
    """What the text is sealed as."""
    return f"remark:{code}"
