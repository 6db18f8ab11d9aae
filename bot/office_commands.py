"""What the commands about offices, leads and the outbox print."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import DalilError
from bot.guide.load import find_guide, load
from bot.printing import columns, moment
from bot.settings import StoreSettings
from bot.store import leads as stored_leads
from bot.store import offices as stored_offices
from bot.store import outbox
from bot.store.store import Transaction


class NoSuchThing(DalilError):
    """A command names an office or a lead that does not exist."""


def invite(tx: Transaction, settings: StoreSettings, office: str) -> str:
    """A one-time code for an office, and what to do with it."""
    known = _offices(settings)
    if office not in known:
        raise NoSuchThing(f"There is no office {office!r}. Choose one of: {', '.join(known)}")
    code = stored_offices.invite(tx, office)
    return f"{code}\nAn administrator of the office's private group types there: /bind {code}"


def offices(tx: Transaction, settings: StoreSettings) -> str:
    """Every office of the guide, with its group or without."""
    desks = {desk.office: desk for desk in stored_offices.desks(tx)}
    rows = []
    for office in _offices(settings):
        desk = desks.get(office)
        waiting = len(stored_leads.open_of_office(tx, office))
        rows.append((office, desk.title if desk else "no group", str(waiting)))
    return columns(("office", "group", "open leads"), rows)


def _offices(settings: StoreSettings) -> Sequence[str]:
    loaded = load(find_guide(settings.guide_dir))
    if loaded.guide is None:
        raise NoSuchThing("The guide has problems: see `dalil check`.")
    return tuple(loaded.guide.offices)


def leads(tx: Transaction, state: str | None) -> str:
    """The leads, the oldest first."""
    rows = [
        (
            lead.reference,
            lead.governorate,
            lead.topic,
            lead.office or "WAITS: no office is connected",
            lead.state,
            moment(lead.created),
        )
        for lead in stored_leads.all_leads(tx, state)
    ]
    return columns(("reference", "governorate", "topic", "office", "state", "since"), rows)


def lead(tx: Transaction, reference: str) -> str:
    """One lead and everything that happened to it."""
    found = stored_leads.by_reference(tx, reference)
    if found is None:
        raise NoSuchThing(f"There is no lead {reference!r}. See `dalil leads list`.")
    head = f"{found.reference}  {found.topic}  {found.governorate}  {found.state}"
    rows = [
        (
            moment(event.at),
            event.kind,
            f"officer {event.officer}" if event.officer else "",
            event.note or "",
        )
        for event in stored_leads.events(tx, found.id)
    ]
    return f"{head}\n{columns(('when', 'what', 'by', 'note'), rows)}"


def dead_letters(tx: Transaction) -> str:
    """What could not be sent."""
    rows = [
        (str(row.id), row.to, row.what, str(row.lead or ""), row.error)
        for row in outbox.dead_letters(tx)
    ]
    return columns(("number", "to", "what", "lead", "reason"), rows)
