"""What is queued for whom. A row names an addressee and a thing; its words come when it is sent."""

from __future__ import annotations

from bot.store import leads, outbox
from bot.store.leads import Lead
from bot.store.offices import Officer
from bot.store.store import Transaction

CARD = "card"
CONFIRMATION = "confirm"
NOTICE = "notice"


def to_office(office: str) -> str:
    """The addressee that is an office, wherever its group is when the row is sent."""
    return f"office:{office}"


def show_card(tx: Transaction, office: str, lead: int) -> None:
    """The office's group is to see the lead as it then stands: a new card, or an edit."""
    outbox.put(tx, to_office(office), CARD, lead)


def ask_to_confirm(tx: Transaction, officer: Officer) -> None:
    """The group is to be asked whether a member may act for the office."""
    outbox.put(tx, to_office(officer.office), f"{CONFIRMATION}:{officer.number}")


def tell_citizen(tx: Transaction, lead: Lead, kind: str) -> None:
    """The citizen is to be told: ``delivered``, ``claimed``, ``done``, ``unreachable``,
    ``returned`` or ``waiting``. Nobody is told of a lead whose person was erased."""
    if lead.citizen is not None:
        outbox.put(tx, f"citizen:{lead.citizen}", f"{NOTICE}:{kind}", lead.id)


def tell_delivered(tx: Transaction, lead: Lead, office: str) -> None:
    """The lead has arrived at this office: it stands in its history, and the citizen is told."""
    leads.add_event(tx, lead.id, "delivered", note=office)
    tell_citizen(tx, lead, "delivered")
