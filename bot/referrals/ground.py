"""What a row of the outbox is about, looked up when it is its turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot.engine.working_time import DAMASCUS
from bot.guide.shelf import Edition, Shelf
from bot.store import involvements
from bot.store.citizens import Citizen
from bot.store.leads import Lead
from bot.store.offices import Desk
from bot.store.store import Transaction

GROUP_LANGUAGE = "ar"
"""Offices work in Arabic."""


def local_day(moment: datetime) -> date:
    """The day that a moment belongs to in Syria."""
    return moment.astimezone(DAMASCUS).date()


@dataclass(frozen=True)
class Ground:
    """The addressee (a citizen or a desk) and the lead of a row, as they stand now."""

    tx: Transaction
    shelf: Shelf
    lead: Lead | None
    desk: Desk | None = None
    citizen: Citizen | None = None

    @cached_property
    def edition(self) -> Edition:
        """The guide in the addressee's language."""
        language = self.citizen.language if self.citizen else GROUP_LANGUAGE
        return self.shelf.edition(language)

    @property
    def today(self) -> date:
        """The day that it is in Syria."""
        return local_day(self.tx.now)

    @cached_property
    def concerned(self) -> bool:
        """Whether the desk has to do with the lead: has it, or was asked, or is to take it."""
        if self.lead is None or self.desk is None:
            return False
        parts = involvements.open_of_lead(self.tx, self.lead.id)
        return self.desk.office in {self.lead.office, *(part.office for part in parts)}
