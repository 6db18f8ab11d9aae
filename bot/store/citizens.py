"""Citizens: who they are to us, what they answered, what their screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Executable, Row, bindparam, delete, func, insert, select
from sqlalchemy import update as update_rows

from bot.engine.values import Json
from bot.store import leads, outbox, tables
from bot.store.chats import person
from bot.store.prepared import Prepared
from bot.store.store import Transaction, inserting

FIRST_PROJECT = 1

_COLUMNS = select(
    tables.citizens.c.number,
    tables.citizens.c.person,
    tables.citizens.c.telegram,
    tables.citizens.c.language,
    tables.citizens.c.project,
    tables.citizens.c.screen,
    tables.citizens.c.blocked,
)
_FIND = _COLUMNS.where(tables.citizens.c.person == bindparam("wanted"))
_GET = _COLUMNS.where(tables.citizens.c.number == bindparam("wanted"))
_SET_SCREEN = Prepared(
    lambda _: (
        update_rows(tables.citizens)
        .where(tables.citizens.c.number == bindparam("wanted"))
        .values(screen=bindparam("new_screen"))
    ),
    writes=True,
)
_STATE = select(tables.projects.c.state).where(
    tables.projects.c.citizen == bindparam("citizen"),
    tables.projects.c.project == bindparam("project"),
)
_ARRIVED = Prepared(
    lambda _: (
        _COLUMNS.add_columns(
            tables.projects.c.state,
            tables.shown.c.message,
            tables.shown.c.digest,
            tables.shown.c.screen.label("shown_screen"),
        )
        .outerjoin_from(
            tables.citizens,
            tables.projects,
            (tables.projects.c.citizen == tables.citizens.c.number)
            & (tables.projects.c.project == tables.citizens.c.project),
        )
        .outerjoin(tables.shown, tables.shown.c.citizen == tables.citizens.c.number)
        .where(tables.citizens.c.person == bindparam("wanted"))
    ),
    writes=False,
)
_SAVE_PROJECT = Prepared(
    lambda dialect: inserting(
        dialect, tables.projects, "citizen project", tuple(tables.projects.c.keys())
    ),
    writes=True,
)
_SHOWN = select(tables.shown.c.message, tables.shown.c.digest, tables.shown.c.screen).where(
    tables.shown.c.citizen == bindparam("wanted")
)


def _noting_shown(dialect: str) -> Executable:
    """Notes what is shown, if the citizen is known still."""
    table, names = tables.shown, ("citizen", "message", "digest", "screen")
    given = [bindparam(f"new_{name}", type_=table.c[name].type) for name in names[1:]]
    known = select(tables.citizens.c.number, *given).where(
        tables.citizens.c.number == bindparam("wanted")
    )
    return inserting(dialect, table, "citizen", names).from_select(list(names), known)


_SET_SHOWN = Prepared(_noting_shown, writes=True)


@dataclass(frozen=True, slots=True)
class Citizen:
    """One person who writes to the bot.

    ``number`` is our own and goes into logs; ``telegram`` is Telegram's and does not. ``screen``
    counts the changes of what they should see; ``blocked``: they no longer want to hear from us.
    """

    number: int
    telegram: int
    language: str | None
    project: int
    screen: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that carries the citizen's screen, and which screen it shows."""

    message: int
    digest: str
    screen: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """All that is known of a citizen who writes: their current project, and what they see."""

    citizen: Citizen
    state: dict[str, Json]
    shown: Shown | None


def expect(tx: Transaction, telegram: int) -> None:
    """This person will arrive: asks ahead."""
    _ARRIVED.ask(tx.connection, wanted=person(tx, telegram))


def arrive(tx: Transaction, telegram: int) -> Arrival:
    """Everything that answering this person takes, in one query; a newcomer is noted first."""
    rows = _ARRIVED.run(tx.connection, wanted=person(tx, telegram))
    if not rows:
        return Arrival(create(tx, telegram, None), {}, None)
    number, _, _, language, project, screen, blocked, state, message, digest, shown = rows[0]
    return Arrival(
        Citizen(number, telegram, language, project, screen, bool(blocked)),
        {} if state is None else _state(tx, number, project, state),
        None if message is None else Shown(message, digest, shown),
    )


def find(tx: Transaction, telegram: int) -> Citizen | None:
    """The citizen with this Telegram id, if they have written before."""
    row = tx.connection.execute(_FIND, {"wanted": person(tx, telegram)}).one_or_none()
    return None if row is None else _citizen(tx, row)


def get(tx: Transaction, number: int) -> Citizen | None:
    """The citizen with our own number, unless they were erased."""
    row = tx.connection.execute(_GET, {"wanted": number}).one_or_none()
    return None if row is None else _citizen(tx, row)


def create(tx: Transaction, telegram: int, language: str | None) -> Citizen:
    """Note a citizen who writes for the first time."""
    index = person(tx, telegram)
    values = {
        "person": index,
        "telegram": tx.seal.seal(telegram, f"citizen:{index}"),
        "language": language,
        "project": FIRST_PROJECT,
        "screen": 0,
        "blocked": False,
        "created": tx.now,
    }
    number = tx.connection.execute(
        insert(tables.citizens).returning(tables.citizens.c.number), values
    ).scalar_one()
    return Citizen(number, telegram, language, FIRST_PROJECT, screen=0, blocked=False)


def update(tx: Transaction, citizen: Citizen) -> None:
    """Store the citizen's language, project and blocked; everything else stays as it is."""
    tx.connection.execute(
        update_rows(tables.citizens).where(tables.citizens.c.number == citizen.number),
        {
            "language": citizen.language,
            "project": citizen.project,
            "blocked": citizen.blocked,
        },
    )


def next_screen(tx: Transaction, citizen: Citizen) -> int:
    """What the citizen should see has changed: raise the counter by one and return it."""
    counter = citizen.screen + 1
    _SET_SCREEN.put(tx.connection, wanted=citizen.number, new_screen=counter)
    return counter


def load_project(tx: Transaction, citizen: int, project: int) -> dict[str, Json]:
    """What was last saved for this project; empty when nothing was."""
    blob = tx.connection.execute(_STATE, {"citizen": citizen, "project": project}).scalar()
    return {} if blob is None else _state(tx, citizen, project, blob)


def _state(tx: Transaction, citizen: int, project: int, blob: bytes) -> dict[str, Json]:
    return cast(dict[str, Json], tx.seal.open(blob, f"project:{citizen}/{project}"))


def save_project(
    tx: Transaction, citizen: int, project: int, state: dict[str, Json], revision: str
) -> None:
    """Keep ``state`` (answers, focus, done), sealed, with the guide's revision it was made by."""
    _SAVE_PROJECT.put(
        tx.connection,
        citizen=citizen,
        project=project,
        state=tx.seal.seal(state, f"project:{citizen}/{project}"),
        revision=revision,
        saved=tx.now,
    )


def shown(tx: Transaction, number: int) -> Shown | None:
    """The message with the citizen's screen, if there is one."""
    row = tx.connection.execute(_SHOWN, {"wanted": number}).one_or_none()
    return None if row is None else Shown(row.message, row.digest, row.screen)


def set_shown(tx: Transaction, number: int, shown: Shown) -> None:
    """Note what Telegram has just accepted; nothing for a citizen erased in the meantime."""
    _SET_SHOWN.put(
        tx.connection,
        wanted=number,
        new_message=shown.message,
        new_digest=shown.digest,
        new_screen=shown.screen,
    )


def behind(tx: Transaction) -> list[int]:
    """Citizens who have not been shown their newest screen and have not blocked the bot."""
    citizens, seen = tables.citizens, tables.shown
    statement = (
        select(citizens.c.number)
        .outerjoin(seen, seen.c.citizen == citizens.c.number)
        .where(~citizens.c.blocked, func.coalesce(seen.c.screen, 0) < citizens.c.screen)
        .order_by(citizens.c.number)
    )
    return list(tx.connection.execute(statement).scalars())


def erase(tx: Transaction, number: int) -> list[int]:
    """Erase the person: nothing that names them is left, and their open leads are withdrawn.

    Returns the leads whose cards show what is no longer there; the caller queues those cards.
    What an officer has done, and the counts of leads, stay without the person.
    """
    index = tx.connection.execute(
        select(tables.citizens.c.person).where(tables.citizens.c.number == number)
    ).scalar()
    if index is None:
        return []
    to_edit = leads.erase_person(tx, number)
    outbox.drop_for(tx, f"citizen:{number}")
    aside = tables.set_aside_updates
    tx.connection.execute(delete(aside).where(aside.c.person == index))
    # Projects and the shown message go with the row, leads lose their citizen: foreign keys.
    tx.connection.execute(delete(tables.citizens).where(tables.citizens.c.number == number))
    tx.erased = True
    return to_edit


def _citizen(tx: Transaction, row: Row[*tuple[Any, ...]]) -> Citizen:
    telegram = cast(int, tx.seal.open(row.telegram, f"citizen:{row.person}"))
    return Citizen(row.number, telegram, row.language, row.project, row.screen, row.blocked)
