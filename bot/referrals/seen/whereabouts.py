"""Where a case is, as its citizen is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.referrals.ground import local_day
from bot.store import involvements, leads
from bot.store.leads import Lead
from bot.store.store import Transaction

ARRIVES = ("addressed", "taken-over")
"""Events with which a case comes to a desk."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Since which day the desk that has a case has it, and which desks are to answer it, asked on
    which day. An offer that nobody has taken up says nothing yet."""

    since: date | None = None
    asked: tuple[tuple[str, date], ...] = ()


def whereabouts(tx: Transaction, lead: Lead) -> Whereabouts:
    """Where an open case is; of a closed one there is nothing to tell."""
    if lead.office is None or lead.state not in leads.OPEN:
        return Whereabouts()
    came = [event.at for event in leads.events(tx, lead.id) if event.kind in ARRIVES]
    asked = (part for part in involvements.open_of_lead(tx, lead.id) if part.kind == "asked")
    return Whereabouts(
        local_day(came[-1]) if came else None,
        tuple((part.office, local_day(part.since)) for part in asked),
    )
