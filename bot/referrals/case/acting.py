"""What happens to a case, done: the table of its life is asked, the history written, cards and
notices queued. Everything that changes a case goes through here."""

from __future__ import annotations

from typing import Any

from bot.referrals import posting
from bot.referrals.case import life
from bot.referrals.case.life import Event, Outcome, Role
from bot.store import involvements, leads, offices
from bot.store.leads import UNCLAIMED, Lead
from bot.store.offices import Officer
from bot.store.store import Transaction


def roles_of(tx: Transaction, lead: Lead, officer: Officer, head_office: str) -> set[Role]:
    """In which roles an officer stands to a case. Who is not confirmed stands in none."""
    roles: set[Role] = set()
    if officer.state != "confirmed":
        return roles
    if officer.office == lead.office:
        roles.add("officer")
        if officer.administrator:
            roles.add("lead")
        if officer.number == lead.officer and lead.state not in UNCLAIMED:
            roles.add("owner")
    if officer.office == head_office:
        roles.add("head")
    if any(part.office == officer.office for part in involvements.open_of_lead(tx, lead.id)):
        roles.add("asked")
    return roles


def happen(
    tx: Transaction,
    lead: Lead,
    event: Event,
    *,
    officer: int | None = None,
    note: str | None = None,
    outcome: Outcome | None = None,
    office: str | None = None,
    owner: int | None = None,
    quietly: bool = False,
) -> Lead | None:
    """Does what the table says of an event in the lead's present state, and writes it down.

    ``officer``: who did it. ``owner``, ``office``: who has the case from now on, if that changes.
    ``None``, and nothing happened: not in this state, or another was first. Whether ``officer``
    may is the caller's to ask (``life.allowed``). Cards of all desks concerned are queued, unless
    ``quietly``: for what changes nothing that a card shows. Notices to the citizen are the
    caller's.
    """
    found = life.move(event, lead.state)
    if found is None:
        return None
    waits_on = event in life.WHILE_ASKED and lead.state == "waiting-body" and _asked(tx, lead)
    state = lead.state if waits_on else found.to or lead.state
    values = _values(state, lead, outcome, office, owner)
    if not leads.change(tx, lead.id, expect=(lead.state,), **values):
        return None
    leads.add_event(tx, lead.id, event, officer, note)
    if found.owed != "as-before" and not waits_on:
        leads.owe(tx, lead.id, None if found.owed == "nothing" else found.owed)
    now = current(tx, lead.id)
    if office is not None and office != lead.office:
        posting.forward(tx, lead.id, office)
    if not quietly:
        show_everywhere(tx, now, lead.office)
    return now


def _values(
    state: str, lead: Lead, outcome: Outcome | None, office: str | None, owner: int | None
) -> dict[str, Any]:
    """The columns of a lead that comes into a state. Nobody has in hand what is free, and only
    what is resolved came to something."""
    values: dict[str, Any] = {"state": state}
    if state in UNCLAIMED:
        values["officer"] = None
    if owner is not None:
        values["officer"] = owner
    if office is not None:
        values["office"] = office
    values["outcome"] = (outcome or lead.outcome) if state == "resolved" else None
    return values


def _asked(tx: Transaction, lead: Lead) -> bool:
    """Whether another desk is still to answer a question in the case."""
    return any(part.kind == "asked" for part in involvements.open_of_lead(tx, lead.id))


def show_everywhere(tx: Transaction, lead: Lead, *offices_before: str | None) -> None:
    """Queues the lead's card for every desk that has to do with it, or had until now."""
    concerned = {lead.office, *offices_before}
    concerned |= {part.office for part in involvements.open_of_lead(tx, lead.id)}
    for office in sorted(each for each in concerned if each is not None):
        posting.show_card(tx, office, lead.id)


def current(tx: Transaction, id: int) -> Lead:
    """The lead as it stands now. Raises ``LookupError`` if there is none."""
    lead = leads.get(tx, id)
    if lead is None:
        raise LookupError(f"there is no lead {id}")
    return lead


def owner_of(tx: Transaction, lead: Lead) -> Officer | None:
    """Who has the case in hand, or had it when it ended."""
    return None if lead.officer is None else offices.officer_by_number(tx, lead.officer)


def call_off(tx: Transaction, lead: Lead, officer: int | None) -> None:
    """Whatever other desks were to do in the case, they need not any more."""
    for part in involvements.open_of_lead(tx, lead.id):
        if involvements.end(tx, part.id, "cancelled"):
            happen(tx, current(tx, lead.id), "cancelled", officer=officer, note=part.office)
            posting.show_card(tx, part.office, lead.id)
