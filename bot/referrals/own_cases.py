"""A citizen's own cases: what they may know of one, and what they do to it themselves.

They learn what happened on which day and at which desk, never which officer did it, nor what desks
wrote to each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.guide.screen import Screen
from bot.guide.shelf import Shelf
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.case import acting, clock, life, routing
from bot.referrals.ground import Ground, local_day
from bot.referrals.rows import desk_rows
from bot.referrals.seen.cards import ENDS, code
from bot.store import leads, offices, outbox
from bot.store.leads import OPEN, TAKEN, Event, Lead
from bot.store.store import Transaction

REOPENABLE = timedelta(days=90)
"""How long after its end a citizen can have a case opened again; later they make a new one."""
OWN = "own"
TOLD = frozenset(
    {
        "referred",
        "waiting",
        "delivered",
        "stranded",
        "claimed",
        "begun",
        "waits",
        "number-shown",
        "asked",
        "answered",
        "taken-over",
        "returned",
        "resolved",
        "withdrawn",
        "reopened",
        "reopened-by-you",
        "late",
    }
)
"""The kinds of happenings that a citizen is told of."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a case on a day of Syria; ``office``: at, from or to which desk.

    ``outcome``: what the case came to, if it ended then.
    """

    kind: str
    day: date
    office: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What a citizen may know of a case of theirs, beyond where it is.

    ``due``: the day by which the office has promised its next move; ``late``: that has passed.
    """

    happened: tuple[Happening, ...] = ()
    due: date | None = None
    late: bool = False
    may_reopen: bool = False


def story(tx: Transaction, shelf: Shelf, lead: Lead) -> Story:
    """What the citizen may know of the case now."""
    history = leads.events(tx, lead.id)
    owes = lead.office is not None and lead.state in OPEN
    due = clock.due(tx, shelf, lead) if owes else None
    return Story(
        tuple(_happened(tx, history)),
        None if due is None else local_day(due),
        due is not None and due <= tx.now,
        _may_reopen(tx, lead, history),
    )


def withdraw(tx: Transaction, lead: Lead) -> bool:
    """The citizen does not need it any more; False, and nothing, if it is closed already."""
    if not life.allowed("withdrawn", lead.state, ("citizen",)):
        return False
    acting.call_off(tx, lead, None)
    acting.happen(tx, acting.current(tx, lead.id), "withdrawn", outcome="withdrawn")
    if lead.state in TAKEN:
        _tell_office(tx, lead, "withdrawn")
    return True


def reopen(tx: Transaction, shelf: Shelf, lead: Lead) -> bool:
    """The citizen needs it after all; False, and nothing, if it is too late for that.

    If the desk that had it has no group any more, it goes to one that has, or waits.
    """
    if not _may_reopen(tx, lead, leads.events(tx, lead.id)):
        return False
    now = acting.happen(tx, lead, "reopened")
    if now is None:
        return False
    if lead.office is not None and offices.desk(tx, lead.office) is not None:
        _tell_office(tx, lead, "reopened")
        return True
    acting.happen(tx, now, "stranded", note=lead.office, quietly=True)
    routing.place(tx, shelf.guide, now, _cause(tx, lead.office))
    return True


def _cause(tx: Transaction, office: str | None) -> str:
    """Why a desk has no group: the reason why it lost the last one, if it had any."""
    lost = [event.reason for event in offices.history(tx, office or "") if event.kind == "unbound"]
    return lost[-1] if lost else routing.NO_GROUP


def _may_reopen(tx: Transaction, lead: Lead, history: list[Event]) -> bool:
    """Whether it has ended not long ago, and no other request is open in its place."""
    ended = [event.at for event in history if event.kind in ENDS]
    if not life.allowed("reopened", lead.state, ("citizen",)) or lead.citizen is None:
        return False
    same = (lead.project, lead.topic)
    others = leads.of_citizen(tx, lead.citizen)
    again = any(each.state in OPEN and (each.project, each.topic) == same for each in others)
    return bool(ended) and tx.now - ended[-1] <= REOPENABLE and not again


def _happened(tx: Transaction, history: list[Event]) -> Iterator[Happening]:
    """What the citizen is told of the history, each thing once until something else happens."""
    holder: str | None = None
    before: tuple[str, str | None] | None = None
    for event in history:
        note = (event.note or "").partition(" ")[0] or None
        if event.kind == "addressed":
            holder = note
        elif event.kind == "taken-over":
            officer = offices.officer_by_number(tx, event.officer or 0)
            holder = officer.office if officer else None
        kind = _kind(event)
        at = note if kind in ("delivered", "asked", "answered", "stranded") else holder
        if kind in TOLD and (kind, at) != before:
            before = (kind, at)
            outcome = note if kind == "resolved" else None
            yield Happening(kind, local_day(event.at), at, outcome)


def _kind(event: Event) -> str:
    """How the citizen is told of it: a reminder to the office means that it is late."""
    if event.kind == "reopened" and event.officer is None:
        return "reopened-by-you"
    return "late" if (event.kind, event.note) == ("reminded", "office") else event.kind


def _tell_office(tx: Transaction, lead: Lead, event: str) -> None:
    """A card is edited without a sound: what the citizen decided is said beside it."""
    if lead.office is not None:
        to = posting.to_office(lead.office)
        outbox.put(tx, to, f"{OWN}:{event}", lead.id, outbox.CONVERSATION)


def _own(ground: Ground, event: str) -> Iterator[Call]:
    """Said beside the card, unless the case is elsewhere or stands otherwise by then."""
    desk, lead = ground.desk, ground.lead
    if desk is None or lead is None or lead.office != desk.office:
        return
    if (lead.state in OPEN) != (event == "reopened"):
        return
    place = desk_rows.beside(ground.tx, lead, desk)
    said = ground.edition.voice.say(f"own.{event}", reference=code(lead.reference))
    yield Show(OWN, desk.chat, Screen(str(said)), thread=place.thread, reply_to=place.message)


PLANS = {OWN: _own}
