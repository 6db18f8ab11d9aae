"""Referrals: the one door to a lead's life. Every method belongs inside ``store.run``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.engine.readers import clean
from bot.engine.values import Json
from bot.guide.screen import Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals import cards, notices, officers, posting, presses, routing
from bot.referrals.officers import Who
from bot.referrals.presses import Answer
from bot.store import citizens, leads, offices
from bot.store.leads import Card, Lead
from bot.store.offices import Desk
from bot.store.outbox import Row
from bot.store.store import Transaction

LONGEST_TITLE = 255
"""Characters of a group's name, as Telegram limits it."""

RefusalReason = Literal[
    "no-code",
    "unknown-code",
    "already-bound",
    "office-gone",
    "not-private",
    "bot-not-administrator",
    "not-administrator",
    "anonymous",
    "guessing",
]
"""The last five are found out by whoever knows the group, before ``bind`` is called."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The group is now this office's."""

    office: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The group was not bound, and why; ``values`` fill the words of the reason."""

    reason: RefusalReason
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row rendered and addressed: post it in the chat, or edit the message ``edit`` there.

    If that message is gone, posting it anew is right.
    """

    chat: int
    screen: Screen
    edit: int | None = None
    thread: int | None = None


class Referrals:
    """What citizens, officers and the clock do to leads, over the guide then in service."""

    def __init__(self, shelf_of: Callable[[], Shelf]) -> None:
        """``shelf_of`` is asked at each call: another revision may be served by then."""
        self._shelf_of = shelf_of

    def refer(
        self,
        tx: Transaction,
        citizen: int,
        project: int,
        topic: str,
        governorate: str,
        details: dict[str, Json],
    ) -> Lead:
        """Hands a citizen over to the office of their governorate.

        ``details``: ``name``, ``contact`` (``{"phone": "+963…"}`` or ``{"here": true}``),
        ``language``, ``answers`` by question, ``done`` (step ids), ``progress`` ([finished, all]).
        The lead's ``office`` is the head office if the governorate's has no group, and ``None``
        if no office has. The same open request of the same project is not made twice.
        """
        for lead in leads.of_citizen(tx, citizen):
            if lead.state in leads.OPEN and (lead.project, lead.topic) == (project, topic):
                return lead
        shelf = self._shelf_of()
        lead = leads.add(tx, citizen, project, topic, governorate, None, shelf.revision, details)
        leads.add_event(tx, lead.id, "referred")
        routing.place(tx, shelf.guide, lead, routing.NO_GROUP)
        return _current(tx, lead.id)

    def destination(self, tx: Transaction, topic: str, governorate: str) -> str | None:
        """The office that a referral made now would reach; ``None``: it would wait for one."""
        return routing.route(tx, self._shelf_of().guide, topic, governorate)

    def press(self, tx: Transaction, chat: int, who: Who, data: str, message: int) -> Answer:
        """A press on a button of ours in a group; see ``Answer``."""
        return presses.press(tx, self._edition(), chat, who, data, message)

    def bind(
        self, tx: Transaction, code: str, chat: int, title: str, administrators: Sequence[Who]
    ) -> Bound | Refusal:
        """Makes a group the office for which the code was made; its administrators are officers.

        Whether the group is private, and the bot and who asks are administrators, has been seen
        to. Leads that waited for such an office are delivered.
        """
        shelf = self._shelf_of()
        if desk := offices.desk_of_chat(tx, chat):
            return Refusal("already-bound", {"office": self._office(desk.office)})
        office = offices.redeem(tx, code)
        if office is None:
            return Refusal("unknown-code")
        if office not in shelf.guide.offices:
            return Refusal("office-gone")
        offices.bind(tx, office, chat, clean(title, LONGEST_TITLE))
        for who in administrators:
            officers.recognise(tx, office, who)
        routing.group_came(tx, shelf.guide, office)
        return Bound(office)

    def said(self, outcome: Bound | Refusal) -> Screen:
        """The answer to ``/bind`` as the group reads it."""
        voice = self._edition().voice
        if isinstance(outcome, Bound):
            return Screen(str(voice.say("office.bound", office=self._office(outcome.office))))
        return Screen(str(voice.say(f"office.refused.{outcome.reason}", **outcome.values)))

    def lost_group(self, tx: Transaction, chat: int, reason: str) -> None:
        """The bot can no longer work in a group: ``removed``, ``demoted`` or any other reason.

        Its office is unbound. Open leads go on to the head office (those of a lost head office
        back to the governorates' own), or wait; the reason stands in their history.
        """
        if desk := offices.desk_of_chat(tx, chat):
            routing.group_lost(tx, self._shelf_of().guide, desk.office, reason)

    def migrated(self, tx: Transaction, old: int, new: int) -> None:
        """A group changed its id. Telegram may tell it more than once."""
        routing.group_moved(tx, self._shelf_of().guide, old, new)

    def member_left(self, tx: Transaction, chat: int, telegram: int) -> None:
        """Someone left a group, or was put out: they can act for its office no longer."""
        desk = offices.desk_of_chat(tx, chat)
        officer = offices.officer(tx, desk.office, telegram) if desk else None
        if officer is not None and officer.state != "left":
            officers.dismiss(tx, officer)

    def member_changed(self, tx: Transaction, chat: int, who: Who) -> None:
        """Someone came, or was made an administrator, or is one no longer."""
        if desk := offices.desk_of_chat(tx, chat):
            officers.recognise(tx, desk.office, who)

    def outgoing(self, tx: Transaction, row: Row) -> Outgoing | None:
        """The row as it is to be sent now; ``None`` if there is nothing to send any more."""
        kind, _, name = row.to.partition(":")
        if kind == "citizen":
            return self._to_citizen(tx, row, int(name))
        desk = offices.desk(tx, name)
        if desk is None:
            return None
        return (
            self._card(tx, desk, row) if row.what == posting.CARD else self._asking(tx, desk, row)
        )

    def arrived(self, tx: Transaction, row: Row, chat: int, message: int) -> None:
        """The row was sent as this message. At a card's first arrival the citizen is told."""
        desk = offices.desk_of_chat(tx, chat)
        lead = None if row.lead is None else leads.get(tx, row.lead)
        if row.what != posting.CARD or desk is None or lead is None or lead.office != desk.office:
            return
        leads.set_card(tx, Card(lead.id, desk.office, chat, None, message))
        if leads.change(tx, lead.id, expect=("new",), state="delivered"):
            posting.tell_delivered(tx, lead, desk.office)

    def card(self, tx: Transaction, lead: Lead, today: date) -> Screen:
        """The lead as its office's group sees it on this day (of Syria)."""
        return cards.card(tx, self._edition(), lead, today)

    def notice(self, tx: Transaction, row: Row) -> Screen:
        """What the row tells a citizen of their lead. Raises ``LookupError`` if it is gone."""
        lead = _current(tx, row.lead or 0)
        citizen = citizens.get(tx, lead.citizen or 0)
        edition = self._shelf_of().edition(citizen.language if citizen else None)
        return notices.notice(edition, lead, row.what.partition(":")[2])

    def withdrawn_by_erasure(self, tx: Transaction, erased: list[int]) -> None:
        """Queues the cards of leads whose person was erased (what ``citizens.erase`` returned)."""
        for id in erased:
            lead = leads.get(tx, id)
            if lead is not None and lead.office is not None:
                posting.show_card(tx, lead.office, id)

    def new_day(self, tx: Transaction) -> None:
        """Queues the cards of all open leads, whose age in days has changed with the date."""
        for desk in offices.desks(tx):
            for lead in leads.open_of_office(tx, desk.office):
                posting.show_card(tx, desk.office, lead.id)

    def waiting(self, tx: Transaction) -> int:
        """How many open leads no office can receive."""
        return len(leads.open_of_office(tx, None))

    def _edition(self) -> Edition:
        return self._shelf_of().edition(cards.GROUP_LANGUAGE)

    def _office(self, office: str) -> str:
        return self._edition().words.offices.get(office, office)

    def _card(self, tx: Transaction, desk: Desk, row: Row) -> Outgoing | None:
        lead = None if row.lead is None else leads.get(tx, row.lead)
        if lead is None or lead.office != desk.office:
            return None
        shown = leads.card(tx, lead.id, desk.office)
        if shown is None and lead.state not in leads.OPEN:
            return None
        screen = self.card(tx, lead, cards.local_day(tx.now))
        if shown is None:
            return Outgoing(desk.chat, screen)
        return Outgoing(desk.chat, screen, shown.message, shown.thread)

    def _asking(self, tx: Transaction, desk: Desk, row: Row) -> Outgoing | None:
        officer = offices.officer_by_number(tx, int(row.what.partition(":")[2]))
        if officer is None or officer.state != "waiting":
            return None
        return Outgoing(desk.chat, cards.confirmation(self._edition(), officer))

    def _to_citizen(self, tx: Transaction, row: Row, number: int) -> Outgoing | None:
        citizen = citizens.get(tx, number)
        lead = None if row.lead is None else leads.get(tx, row.lead)
        if citizen is None or citizen.blocked or lead is None or lead.citizen != number:
            return None
        if not notices.still_true(row.what.partition(":")[2], lead):
            return None
        return Outgoing(citizen.telegram, self.notice(tx, row))


def _current(tx: Transaction, id: int) -> Lead:
    lead = leads.get(tx, id)
    if lead is None:
        raise LookupError(f"there is no lead {id}")
    return lead
