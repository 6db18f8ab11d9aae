"""What the commands about offices, leads and the outbox print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.errors import DalilError
from bot.guide.load import find_guide, load
from bot.guide.shelf import Shelf
from bot.printing import columns, moment
from bot.referrals.case import clock
from bot.settings import StoreSettings
from bot.store import crossings, involvements, outbox
from bot.store import leads as stored_leads
from bot.store import offices as stored_offices
from bot.store.crossings import Crossing
from bot.store.involvements import Involvement
from bot.store.leads import OPEN, Event, Lead
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
    return tuple(guide_of(settings).guide.offices)


def guide_of(settings: StoreSettings) -> Shelf:
    """The guide, as far as commands need it, who speak to no citizen. To be read before the
    database is opened: this takes seconds. Raises ``NoSuchThing`` if it has problems."""
    loaded = load(find_guide(settings.guide_dir))
    if loaded.guide is None:
        raise NoSuchThing("The guide has problems: see `dalil check`.")
    return Shelf(loaded.guide, loaded.words, {}, loaded.revision)


def leads(
    tx: Transaction,
    shelf: Shelf | None,
    *,
    state: str | None = None,
    office: str | None = None,
    overdue: bool = False,
) -> str:
    """The leads, the oldest first: those in a state, and with ``shelf`` those with an office, or
    overdue."""
    if shelf is not None and office and office not in shelf.guide.offices:
        known = ", ".join(shelf.guide.offices)
        raise NoSuchThing(f"There is no office {office!r}. Choose one of: {known}")
    found = [
        lead
        for lead in stored_leads.all_leads(tx, state)
        if office in (None, lead.office)
        and not (overdue and shelf and not clock.is_overdue(tx, shelf, lead))
    ]
    rows = [(*_line(lead), _owed(tx, lead, shelf)) for lead in found]
    return columns(("reference", "governorate", "topic", "office", "state", "since", "owed"), rows)


def _line(lead: Lead) -> tuple[str, ...]:
    waits = "" if lead.state not in OPEN else "WAITS: no office is connected"
    return (
        lead.reference,
        lead.governorate,
        lead.topic,
        lead.office or waits,
        lead.state,
        moment(lead.created),
    )


def _owed(tx: Transaction, lead: Lead, shelf: Shelf | None) -> str:
    """What the office owes the citizen, since when, and by when if the guide is at hand."""
    if lead.owed is None or lead.owed_since is None:
        return ""
    due = clock.due(tx, shelf, lead) if shelf else None
    since = f"{lead.owed} since {moment(lead.owed_since)}"
    if due is None:
        return since
    return f"{since}, due {moment(due)}{', OVERDUE' if due <= tx.now else ''}"


def lead(tx: Transaction, shelf: Shelf | None, reference: str) -> str:
    """One lead and everything that happened to it; never what anybody wrote. Without ``shelf``
    it does not say by when something is owed."""
    found = stored_leads.by_reference(tx, reference)
    if found is None:
        raise NoSuchThing(f"There is no lead {reference!r}. See `dalil leads list`.")
    parts = [
        _head(tx, found, shelf),
        columns(("when", "what", "by", "desk", "note"), _history(tx, found)),
    ]
    if rows := [_part(part) for part in involvements.of_lead(tx, found.id)]:
        parts.append(columns(("desk", "part", "turned to by", "since", "state", "ended"), rows))
    if rows := [_crossed(each) for each in crossings.of_lead(tx, found.id)]:
        parts.append(columns(("when", "from", "to", "kind", "arrived"), rows))
    return "\n\n".join(parts)


def _head(tx: Transaction, lead: Lead, shelf: Shelf | None) -> str:
    state = f"{lead.state}: {lead.outcome}" if lead.outcome else lead.state
    holder = f"officer {lead.officer}" if lead.officer else "nobody"
    lines = [
        f"{lead.reference}  {lead.topic}  {lead.governorate}  {state}",
        f"with {lead.office or 'no office'}, in the hands of {holder}",
    ]
    if owed := _owed(tx, lead, shelf):
        lines.append(f"owed: {owed}; reminded {lead.reminded} of {len(clock.STAGES)} times")
    return "\n".join(lines)


OWN_WORDS = (
    "addressed",
    "waiting",
    "delivered",
    "stranded",
    "reminded",
    "obstacle",
    "wrote",
    "resolved",
    "taken-over",
)
"""Events whose notes are words of the bot alone."""
BETWEEN_DESKS = ("asked", "answered", "offered", "declined", "cancelled")
"""Events whose notes begin with a desk and go on with what a person wrote."""


def _history(tx: Transaction, lead: Lead) -> Iterator[tuple[str, ...]]:
    for event in stored_leads.events(tx, lead.id):
        officer = stored_offices.officer_by_number(tx, event.officer) if event.officer else None
        yield (
            moment(event.at),
            event.kind,
            f"officer {event.officer}" if event.officer else "",
            officer.office if officer else "",
            _note(event),
        )


def _note(event: Event) -> str:
    """What is noted with an event, without what a person wrote."""
    note = event.note or ""
    if event.kind in OWN_WORDS:
        return note
    if event.kind == "handed":
        return f"to officer {note}"
    desk, _, text = note.partition(" ") if event.kind in BETWEEN_DESKS else ("", "", note)
    return " ".join(filter(None, (desk, "(a text)" if text else "")))


def _part(part: Involvement) -> tuple[str, ...]:
    return (
        part.office,
        part.kind,
        f"{part.by_office}, officer {part.officer}",
        moment(part.since),
        part.state,
        moment(part.ended) if part.ended else "",
    )


def _crossed(crossing: Crossing) -> tuple[str, ...]:
    """Direction, kind and time of what crossed; its kind is known as long as it is kept."""
    if crossing.officer is None:
        begin, end = "citizen", crossing.office or "no office yet"
    else:
        begin = f"officer {crossing.officer}"
        end = "citizen" if crossing.part is None else crossing.office
    kept = crossing.content if isinstance(crossing.content, dict) else {}
    kind = kept.get("kind") or ("ready answer" if kept else "no longer kept")
    arrived = "yes" if crossing.to_message is not None else "not yet"
    return moment(crossing.at), begin, end, str(kind), arrived


def dead_letters(tx: Transaction) -> str:
    """What could not be sent."""
    rows = [
        (str(row.id), row.to, row.what, str(row.lead or ""), row.error)
        for row in outbox.dead_letters(tx)
    ]
    return columns(("number", "to", "what", "lead", "reason"), rows)
