"""Offices: which group is whose desk, how a group becomes one, and who may act in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, select, update
from sqlalchemy import Row as SqlRow

from bot.store import cards, tables
from bot.store.codes import random_code, typed
from bot.store.prepared import Prepared
from bot.store.store import Transaction

OfficerState = Literal["waiting", "confirmed", "left"]

_KNOWN = Prepared(
    lambda _: select(tables.officers.c.number).where(
        tables.officers.c.person == bindparam("wanted")
    ),
    writes=False,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The group that is an office's place of work.

    ``thread``: of a forum, where new leads stand, once it was made. ``told``: that only replies
    cross to citizens has been said outside the leads' own threads.
    """

    office: str
    chat: int
    title: str
    bound: datetime
    forum: bool
    thread: int | None
    told: bool


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """Something that happened to an office's desk: ``bound``, ``unbound`` or ``migrated``."""

    office: str
    kind: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of an office's group; ``number`` is our own and stays when they leave."""

    number: int
    office: str
    telegram: int
    name: str
    state: OfficerState
    administrator: bool
    away: bool = False
    """On leave: nothing is handed to them, and nobody reminds them."""


def desk(tx: Transaction, office: str) -> Desk | None:
    """The office's desk, if a group is bound to it."""
    return next(iter(_desks(tx, tables.desks.c.office == office)), None)


def desk_of_chat(tx: Transaction, chat: int) -> Desk | None:
    """The desk that is this group, if it is one."""
    return next(iter(_desks(tx, tables.desks.c.chat == chat)), None)


def desks(tx: Transaction) -> list[Desk]:
    """All desks, by office."""
    return _desks(tx, None)


def history(tx: Transaction, office: str) -> list[DeskEvent]:
    """When and why the office's desk was bound and unbound, the oldest first."""
    table = tables.desk_events
    statement = select(table.c.office, table.c.kind, table.c.at, table.c.reason)
    rows = tx.connection.execute(statement.where(table.c.office == office).order_by(table.c.id))
    return [DeskEvent(**row._asdict()) for row in rows]


def bind(tx: Transaction, office: str, chat: int, title: str, forum: bool = False) -> None:
    """Make a group the desk of an office. ``forum``: the group has threads.

    Another group that was its desk is unbound first. The group must not be the desk of another
    office (``desk_of_chat`` tells).
    """
    before = desk(tx, office)
    if before is not None and before.chat != chat:
        unbind(tx, office, "another group was bound")
    values = {
        "office": office,
        "chat": chat,
        "title": title,
        "bound": tx.now,
        "forum": forum,
        "thread": None,
        "told": False,
    }
    tx.upsert(tables.desks, values, unique="office")
    _note(tx, office, "bound", title)


def change_desk(tx: Transaction, office: str, **values: bool | int | None) -> None:
    """Note what became of a desk: ``forum``, ``thread``, ``told``."""
    table = tables.desks
    tx.connection.execute(update(table).where(table.c.office == office).values(values))


def unbind(tx: Transaction, office: str, reason: str) -> None:
    """The office loses its group, with it the cards there and the officers, who came with it.

    Its leads stay its own: giving them to another office is the caller's decision.
    """
    tx.connection.execute(delete(tables.desks).where(tables.desks.c.office == office))
    cards.drop(tx, office)
    members = update(tables.officers).where(tables.officers.c.office == office)
    tx.connection.execute(members.values(state="left", administrator=False))
    _note(tx, office, "unbound", reason)


def migrate(tx: Transaction, old_chat: int, new_chat: int) -> None:
    """A group became a supergroup: its desk and officers stay, messages of the old group are void.

    Telegram tells it more than once and in any order; the second time nothing happens.
    """
    moved = desk_of_chat(tx, old_chat)
    if moved is None:
        return
    table = tables.desks
    tx.connection.execute(update(table).where(table.c.chat == old_chat).values(chat=new_chat))
    cards.drop(tx, moved.office)
    _note(tx, moved.office, "migrated", "the group became a supergroup")


def invite(tx: Transaction, office: str, lifetime_hours: int = 48) -> str:
    """A code ("HOMS-7KQ2-M4XD") that binds one group to the office, once and in time.

    It cannot be shown again: only its keyed hash is stored.
    """
    code = f"{typed(office)}-{random_code(4)}-{random_code(4)}"
    values = {
        "code": _code(tx, code),
        "office": office,
        "expires": tx.now + timedelta(hours=lifetime_hours),
    }
    tx.connection.execute(insert(tables.invitations), values)
    return code


def redeem(tx: Transaction, code: str) -> str | None:
    """Use a code up: the office it was made for, or None if unknown, used or out of time."""
    table = tables.invitations
    statement = (
        update(table)
        .where(table.c.code == _code(tx, code), table.c.used.is_(None), table.c.expires > tx.now)
        .values(used=tx.now)
        .returning(table.c.office)
    )
    return tx.connection.execute(statement).scalar()


def officer(tx: Transaction, office: str, telegram: int) -> Officer | None:
    """What we know of a member of the office's group, also after they have left."""
    table = tables.officers
    index = _person(tx, telegram)
    return next(iter(_officers(tx, and_(table.c.office == office, table.c.person == index))), None)


def officer_of(tx: Transaction, telegram: int) -> list[Officer]:
    """As whom a person may act: one officer for each office that confirmed them."""
    index = _person(tx, telegram)
    if not _KNOWN.run(tx.connection, wanted=index):
        return []  # as for nearly everybody who looks at a step
    table = tables.officers
    return _officers(tx, and_(table.c.person == index, table.c.state == "confirmed"))


def set_away(tx: Transaction, number: int, away: bool) -> None:
    """An officer goes on leave, or is back."""
    table = tables.officers
    tx.connection.execute(update(table).where(table.c.number == number).values(away=away))


def unanswered(tx: Transaction) -> list[tuple[Officer, datetime]]:
    """Who waits to be confirmed, and since when only their own group is asked."""
    table = tables.officers
    asked = and_(table.c.state == "waiting", table.c.asked.is_not(None))
    found = select(table).where(asked).order_by(table.c.number)
    return [(_officer(tx, row), row.asked) for row in tx.connection.execute(found)]


def waiting(tx: Transaction) -> list[Officer]:
    """Everybody who waits to be confirmed, in any office."""
    return _officers(tx, tables.officers.c.state == "waiting")


def asked_further(tx: Transaction, number: int) -> None:
    """The head office is asked as well whether they may act."""
    table = tables.officers
    tx.connection.execute(update(table).where(table.c.number == number).values(asked=None))


def officer_by_number(tx: Transaction, number: int) -> Officer | None:
    """The officer with our own number."""
    return next(iter(_officers(tx, tables.officers.c.number == number)), None)


def officers(tx: Transaction, office: str) -> list[Officer]:
    """All who are or were officers of the office, in the order in which they appeared."""
    return _officers(tx, tables.officers.c.office == office)


def save_officer(
    tx: Transaction,
    office: str,
    telegram: int,
    name: str,
    state: OfficerState,
    administrator: bool = False,
) -> Officer:
    """Note a member, or what changed about one; their number stays the same."""
    index = _person(tx, telegram)
    values = {
        "office": office,
        "person": index,
        "telegram": tx.seal.seal(telegram, f"officer:{index}"),
        "name": tx.seal.seal(name, f"officer name:{index}"),
        "state": state,
        "administrator": administrator,
    }
    known = officer(tx, office, telegram)
    values["away"] = known is not None and known.away and state == "confirmed"
    values["asked"] = tx.now if state == "waiting" else None
    tx.upsert(tables.officers, values, unique="office person")
    table = tables.officers
    return _officers(tx, and_(table.c.office == office, table.c.person == index))[0]


def remove_officer(tx: Transaction, office: str, telegram: int) -> None:
    """They left the group: they may no longer act, but the history still knows who they were."""
    table = tables.officers
    statement = update(table).where(
        table.c.office == office, table.c.person == _person(tx, telegram)
    )
    tx.connection.execute(statement.values(state="left", administrator=False))


def _desks(tx: Transaction, where: ColumnElement[bool] | None) -> list[Desk]:
    statement = select(tables.desks).order_by(tables.desks.c.office)
    if where is not None:
        statement = statement.where(where)
    return [Desk(**row._asdict()) for row in tx.connection.execute(statement)]


def _note(tx: Transaction, office: str, kind: str, reason: str) -> None:
    values = {"office": office, "kind": kind, "at": tx.now, "reason": reason}
    tx.connection.execute(insert(tables.desk_events), values)


def _code(tx: Transaction, code: str) -> str:
    return tx.seal.blind(f"invitation:{typed(code)}")


def _person(tx: Transaction, telegram: int) -> str:
    # Not the index of citizens: who is both cannot be recognised as one in the tables.
    return tx.seal.blind(f"officer:{telegram}")


def _officers(tx: Transaction, where: ColumnElement[bool]) -> list[Officer]:
    statement = select(tables.officers).where(where).order_by(tables.officers.c.number)
    return [_officer(tx, row) for row in tx.connection.execute(statement)]


def _officer(tx: Transaction, row: SqlRow[*tuple[Any, ...]]) -> Officer:
    telegram = tx.seal.open(row.telegram, f"officer:{row.person}")
    name = str(tx.seal.open(row.name, f"officer name:{row.person}"))
    standing = (row.state, row.administrator, row.away)
    return Officer(row.number, row.office, telegram, name, *standing)
