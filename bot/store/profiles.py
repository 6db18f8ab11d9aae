"""What an office says of itself: where it is, how to call it, when it is open."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import delete, select

from bot.engine.profile import Fact, Field, Profile
from bot.engine.values import Json
from bot.store import tables
from bot.store.store import Transaction


def get(tx: Transaction, office: str) -> Profile:
    """What the office has said so far; of one that has said nothing, an empty profile."""
    table = tables.profiles
    found = tx.connection.execute(select(table.c.details).where(table.c.office == office)).scalar()
    return Profile() if found is None else _restored(json.loads(found))


def put(tx: Transaction, office: str, field: Field, value: Json, officer: int, day: date) -> None:
    """The office says this of itself, by which officer, on which day."""
    known = get(tx, office)
    _save(tx, office, known.with_fact(field, Fact(value, day)), officer)


def confirm(tx: Transaction, office: str, officer: int, day: date) -> None:
    """All that the office has said is still so on this day."""
    known = get(tx, office)
    if known.facts:
        _save(tx, office, known.confirmed(day), officer)


def remove(tx: Transaction, office: str, field: Field, officer: int) -> None:
    """The office takes back what it said."""
    _save(tx, office, get(tx, office).without(field), officer)


def hours(tx: Transaction, office: str | None) -> tuple[str, str] | None:
    """From when to when the office is open on a working day, such as "08:30" and "15:00"."""
    return None if office is None else get(tx, office).hours


def _save(tx: Transaction, office: str, profile: Profile, officer: int) -> None:
    table = tables.profiles
    if not profile.facts:
        tx.connection.execute(delete(table).where(table.c.office == office))
        return
    details = {
        field: {"value": fact.value, "day": fact.day.isoformat()}
        for field, fact in profile.facts.items()
    }
    values = {
        "office": office,
        "details": json.dumps(details, ensure_ascii=False),
        "officer": officer,
        "at": tx.now,
    }
    tx.upsert(table, values, unique="office")


def _restored(details: dict[Field, dict[str, Json]]) -> Profile:
    return Profile(
        {
            field: Fact(fact["value"], date.fromisoformat(str(fact["day"])))
            for field, fact in details.items()
        }
    )
