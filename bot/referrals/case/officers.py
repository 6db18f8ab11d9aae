"""Who may act for an office: administrators of its group, and members whom one of them confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.referrals import posting
from bot.referrals.case import acting
from bot.store import leads, offices
from bot.store.leads import TAKEN, Lead
from bot.store.offices import Officer
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Who:
    """A member of a group, as the messenger names them.

    ``administrator`` is ``None`` when nobody has looked yet. ``anonymous``: acts as the group.
    """

    telegram: int
    name: str
    administrator: bool | None
    anonymous: bool = False


def recognise(tx: Transaction, office: str, who: Who) -> Officer | None:
    """The officer or the member who waits to become one; ``None`` if they are neither.

    What ``who`` says of administrators is noted first: a new one is an officer at once, one who
    is none any more loses it at once.
    """
    known = offices.officer(tx, office, who.telegram)
    if known is not None and who.administrator is False and known.administrator:
        dismiss(tx, known)
        return None
    if who.administrator:
        return offices.save_officer(
            tx, office, who.telegram, who.name, "confirmed", administrator=True
        )
    if known is None or known.state == "left":
        return None
    return known


def introduce(tx: Transaction, office: str, who: Who) -> Officer:
    """A member wants to act for the first time: they wait, and the group is asked."""
    officer = offices.save_officer(tx, office, who.telegram, who.name, "waiting")
    posting.ask_to_confirm(tx, officer)
    return officer


def dismiss(tx: Transaction, officer: Officer) -> None:
    """They may no longer act, and what they had taken is free again."""
    offices.remove_officer(tx, officer.office, officer.telegram)
    for lead in leads.open_of_office(tx, officer.office):
        if lead.officer == officer.number and lead.state in TAKEN:
            give_back(tx, lead, officer)


def give_back(tx: Transaction, lead: Lead, officer: Officer) -> None:
    """Who took the lead no longer can keep it: the office sees it free, the citizen is told."""
    if acting.happen(tx, lead, "returned", officer=officer.number):
        posting.tell_citizen(tx, lead, "returned")
