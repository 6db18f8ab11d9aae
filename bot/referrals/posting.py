"""What is queued for whom. A row names an addressee and a thing; its words come when it is sent."""

from __future__ import annotations

from bot.store import crossings, outbox
from bot.store.crossings import Crossing
from bot.store.involvements import Involvement
from bot.store.leads import Lead
from bot.store.offices import Officer
from bot.store.store import Transaction

CARD = "card"
CONFIRMATION = "confirm"
NOTICE = "notice"
RELAY = "relay"
EDIT = "edit"
TOLD = "told"
PASS = "pass"


def to_office(office: str) -> str:
    """The addressee that is an office, wherever its group is when the row is sent."""
    return f"office:{office}"


def to_citizen(citizen: int) -> str:
    """The addressee that is a citizen."""
    return f"citizen:{citizen}"


def show_card(tx: Transaction, office: str, lead: int, rank: int = outbox.CARD) -> None:
    """The office's group is to see the lead as it then stands: a new card, or an edit."""
    outbox.put(tx, to_office(office), CARD, lead, rank)


def ask_to_confirm(tx: Transaction, officer: Officer) -> None:
    """The group is to be asked whether a member may act for the office."""
    outbox.put(tx, to_office(officer.office), f"{CONFIRMATION}:{officer.number}")


def relay(tx: Transaction, lead: Lead, crossing: Crossing, kind: str = RELAY) -> None:
    """The message is to cross, or (``EDIT``) its copy to follow what its author changed.

    What a citizen wrote waits without a row while no office has the case: see ``forward``.
    """
    if crossing.officer is not None:
        to = None if lead.citizen is None else to_citizen(lead.citizen)
    else:
        to = None if lead.office is None else to_office(lead.office)
    if to is not None:
        outbox.put(tx, to, f"{kind}:{crossing.id}", lead.id, outbox.CONVERSATION)


def forward(tx: Transaction, lead: int, office: str) -> None:
    """What the citizen wrote in a case and no office has seen yet goes to this one."""
    for crossing in crossings.of_lead(tx, lead):
        if crossing.officer is None and crossing.to_message is None:
            outbox.put(tx, to_office(office), f"{RELAY}:{crossing.id}", lead, outbox.CONVERSATION)


def tell_citizen(tx: Transaction, lead: Lead, kind: str) -> None:
    """The citizen is to be told (``notices.KINDS``). Nobody is told of a lead whose person was
    erased."""
    if lead.citizen is not None:
        outbox.put(tx, to_citizen(lead.citizen), f"{NOTICE}:{kind}", lead.id)


def pass_to(tx: Transaction, office: str, crossing: Crossing) -> None:
    """What one desk wrote to another is to arrive there, or its copy to follow the original."""
    what = f"{PASS}:{crossing.id}"
    outbox.put(tx, to_office(office), what, crossing.lead, outbox.CONVERSATION)


def tell_desks(tx: Transaction, part: Involvement, holder: str | None) -> None:
    """The desk that turned to another one, and the one that has the case (``holder``), are to be
    told how that ended."""
    for office in sorted({part.by_office, holder or part.by_office} - {part.office}):
        what = f"{TOLD}:{part.id}"
        outbox.put(tx, to_office(office), what, part.lead, outbox.CONVERSATION)
