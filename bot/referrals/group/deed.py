"""A press on a button of a case, by an officer who may act at all: what a verb works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.guide.screen import Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals.case import acting, life
from bot.referrals.case.life import Event
from bot.referrals.ground import GROUP_LANGUAGE, local_day
from bot.referrals.seen import cards, part_cards
from bot.store.leads import TAKEN, UNCLAIMED, Lead
from bot.store.offices import Desk, Officer
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press answers: a line, shown as an alert if ``alert``; at most 200 characters.

    ``known`` False: nothing has happened, since nobody has looked yet who presses. Look (is this
    member an administrator?) and press again with ``Who.administrator`` set. ``screen`` replaces
    the pressed message; losing that edit loses nothing.
    """

    toast: str
    alert: bool = False
    known: bool = True
    screen: Screen | None = None


@dataclass(frozen=True)
class Deed:
    """One press on one case. ``value``: what stood behind the case's number on the button."""

    tx: Transaction
    shelf: Shelf
    desk: Desk
    officer: Officer
    lead: Lead
    value: str
    roles: set[life.Role] = field(default_factory=set)

    @property
    def edition(self) -> Edition:
        """The guide in the language of offices."""
        return self.shelf.edition(GROUP_LANGUAGE)

    def may(self, event: Event) -> bool:
        """Whether this officer may bring the event about as the case stands."""
        return life.allowed(event, self.lead.state, self.roles)

    def card(self) -> Screen:
        """The case's card as it stands, as this desk sees it."""
        lead, today = acting.current(self.tx, self.lead.id), local_day(self.tx.now)
        return part_cards.card_of(self.tx, self.edition, lead, today, self.desk.office)

    def refused(self) -> Answer:
        """Why the button does nothing: the case stands otherwise than its card did, or it is
        another's."""
        say, lead = self.edition.voice.plain, self.lead
        if lead.citizen is None:
            return Answer(say("office.withdrawn"), alert=True)
        if lead.state in UNCLAIMED:
            return Answer(say("office.take-first"), alert=True)
        if lead.state not in TAKEN:
            return Answer(say("office.closed"), alert=True)
        holder = acting.owner_of(self.tx, lead)
        if "owner" in self.roles or holder is None:
            return Answer(say("office.not-now"), alert=True)
        return Answer(say("office.anothers", officer=cards.short_name(holder.name)), alert=True)


Verb = Callable[[Deed], Answer]
"""What a button of a case does."""
