"""What officers say of a step: it is still right, this is what it lacks, that is wrong.

A report is the word of an office, made public under the office's name. Which officer wrote it is
kept by our own number and shown to editors alone. The photo of a receipt is Telegram's id of it and
goes as soon as the report is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, get_args

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update
from sqlalchemy import Row as SqlRow

from bot.store import tables
from bot.store.codes import random_code
from bot.store.prepared import Prepared
from bot.store.store import Transaction

CODE_LENGTH = 5
ReportFact = Literal["right", "fee", "time", "papers", "counter", "other"]
RIGHT: Final = "right"
FACTS: Final[tuple[ReportFact, ...]] = get_args(ReportFact)[1:]
"""What can be lacking or wrong of a step."""
State = Literal["open", "accepted", "declined"]
_SAID = Prepared(
    lambda _: select(tables.reports.c.code).where(tables.reports.c.about == bindparam("wanted")),
    writes=False,
)
EVERYWHERE = ""
"""The governorate of what holds in all of them."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report; ``ended``: when an editor settled it."""

    code: str
    at: datetime
    about: str
    """The step's id, as it was then."""
    fact: ReportFact
    """``right``: all that the step says still holds."""
    office: str
    governorate: str
    """Where it holds; ``EVERYWHERE``."""
    officer: int
    text: str
    photo: str | None
    state: State
    answer: str | None
    """Why it was declined."""
    ended: datetime | None


def add(
    tx: Transaction,
    *,
    about: str,
    fact: ReportFact,
    office: str,
    governorate: str,
    officer: int,
    text: str = "",
    photo: str | None = None,
) -> str:
    """Keep a report; returns its code."""
    code = _free_code(tx)
    row = {
        "code": code,
        "at": tx.now,
        "about": about,
        "fact": fact,
        "office": office,
        "governorate": governorate,
        "officer": officer,
        "text": tx.seal.seal(text, f"report:{code}"),
        "photo": None if photo is None else tx.seal.seal(photo, f"receipt:{code}"),
        "state": "open",
    }
    tx.connection.execute(insert(tables.reports), row)
    return code


def get(tx: Transaction, code: str) -> Report | None:
    """The report with this code."""
    return next(_found(tx, tables.reports.c.code == code), None)


def every(tx: Transaction, state: State | None = None) -> Iterator[Report]:
    """The reports, those of one state or all, the newest first."""
    table = tables.reports
    return _found(tx, None if state is None else table.c.state == state)


def of_step(tx: Transaction, names: Collection[str], governorates: Collection[str]) -> list[Report]:
    """What is said of a step, by any of its names, in these governorates, and no editor has
    settled: of each fact the newest word of each office, and of all offices the newest
    confirmation. The newest first.
    """
    if not any(_SAID.run(tx.connection, wanted=name) for name in names):
        return []  # as of nearly every step
    table = tables.reports
    here = table.c.about.in_(names) & table.c.governorate.in_(governorates)
    found: dict[tuple[str, str], Report] = {}
    for report in _found(tx, here & (table.c.state == "open")):
        office = "" if report.fact == RIGHT else report.office
        found.setdefault((report.fact, office), report)
    return list(found.values())


def confirmations(tx: Transaction, governorates: Collection[str]) -> dict[str, datetime]:
    """Of each step that was confirmed as still right in these governorates: when last."""
    table = tables.reports
    wanted = select(table.c.about, table.c.at).where(
        table.c.fact == RIGHT,
        table.c.state != "declined",
        table.c.governorate.in_(governorates),
    )
    return {row.about: row.at for row in tx.connection.execute(wanted.order_by(table.c.at))}


def waiting_of(tx: Transaction, office: str) -> set[str]:
    """The steps of which an office said something that no editor has settled."""
    table = tables.reports
    wanted = select(table.c.about).where(
        table.c.office == office, table.c.state == "open", table.c.fact != RIGHT
    )
    return set(tx.connection.execute(wanted).scalars())


def end(tx: Transaction, code: str, state: Literal["accepted", "declined"], answer: str) -> bool:
    """An editor settles an open report: its photo goes. Whether it was open."""
    table = tables.reports
    this = update(table).where(table.c.code == code, table.c.state == "open")
    values = {
        "state": state,
        "photo": None,
        "answer": tx.seal.seal(answer, f"answer:{code}") if answer else None,
        "ended": tx.now,
    }
    settled = tx.connection.execute(this.values(values)).rowcount > 0
    # The photo's ciphertext leaves the write-ahead log as well.
    tx.erased = tx.erased or settled
    return settled


def forget(tx: Transaction, before: datetime) -> int:
    """Forget the reports made before a moment. Returns how many."""
    table = tables.reports
    count = tx.connection.execute(delete(table).where(table.c.at < before)).rowcount
    tx.erased = tx.erased or count > 0
    return count


def _free_code(tx: Transaction) -> str:
    """A code that no report has: it is short, since editors type it."""
    code = random_code(CODE_LENGTH)
    while get(tx, code) is not None:
        code = random_code(CODE_LENGTH)
    return code


def _found(tx: Transaction, where: ColumnElement[bool] | None) -> Iterator[Report]:
    table = tables.reports
    wanted = select(table).order_by(table.c.at.desc(), table.c.code)
    if where is not None:
        wanted = wanted.where(where)
    for row in tx.connection.execute(wanted).all():
        yield _report(tx, row)


def _report(tx: Transaction, row: SqlRow[*tuple[Any, ...]]) -> Report:
    fields = row._asdict()
    opened = {
        name: None if fields[name] is None else tx.seal.open(fields[name], f"{about}:{row.code}")
        for name, about in (("text", "report"), ("photo", "receipt"), ("answer", "answer"))
    }
    return Report(**{**fields, **opened})
