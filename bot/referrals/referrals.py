"""Referrals: the one door to a lead's life. Every method belongs inside ``store.run``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.engine.readers import clean
from bot.engine.values import Json
from bot.guide.screen import Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals import own_cases, posting
from bot.referrals.case import acting, clock, officers, routing
from bot.referrals.case.officers import Who
from bot.referrals.case.relay import Heard
from bot.referrals.content import Message
from bot.referrals.ground import GROUP_LANGUAGE
from bot.referrals.group import confirming, hearing, presses
from bot.referrals.group.deed import Answer
from bot.referrals.menu import office_menu
from bot.referrals.own_cases import Story
from bot.referrals.rows import obstacle_rows, report_rows
from bot.referrals.seen import digest
from bot.store import cards, involvements, leads, offices, outbox
from bot.store.leads import Lead
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
class Exposed:
    """A group of an office that everybody can read: what is said there, and what each of the
    messages that were cards is to show now."""

    said: Screen
    cards: Sequence[int]
    instead: Screen


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
        ``language``, ``flow``, ``answers`` by question, ``done`` (step ids), ``progress``
        ([finished, all]).
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
        return acting.current(tx, lead.id)

    def story(self, tx: Transaction, lead: Lead) -> Story:
        """What the citizen may know of a case of theirs."""
        return own_cases.story(tx, self._shelf_of(), lead)

    def withdraw(self, tx: Transaction, lead: Lead) -> bool:
        """The citizen closes a case of theirs; see ``own_cases.withdraw``."""
        return own_cases.withdraw(tx, lead)

    def reopen(self, tx: Transaction, lead: Lead) -> bool:
        """The citizen has a closed case opened again; see ``own_cases.reopen``."""
        return own_cases.reopen(tx, self._shelf_of(), lead)

    def destination(self, tx: Transaction, topic: str, governorate: str) -> str | None:
        """The office that a referral made now would reach; ``None``: it would wait for one."""
        return routing.route(tx, self._shelf_of().guide, topic, governorate)

    def press(self, tx: Transaction, chat: int, who: Who, data: str, message: int) -> Answer:
        """A press on a button of ours in a group; see ``Answer``."""
        return presses.press(tx, self._shelf_of(), chat, who, data, message)

    def office_menu(self, tx: Transaction, chat: int, who: Who) -> Heard:
        """``/office`` in a group; see ``Heard``."""
        return office_menu.opened(tx, self._shelf_of(), chat, who)

    def guide_links(self, tx: Transaction, chat: int) -> Screen | None:
        """``/guide`` in a group; ``None``: the group is no office's."""
        return report_rows.guide_links(tx, self._shelf_of(), chat)

    def heard(self, tx: Transaction, who: Who, message: Message, *, edited: bool) -> Heard:
        """A message in a group, or a change of one; see ``Heard``."""
        hear = hearing.edited if edited else hearing.heard
        return hear(tx, self._shelf_of(), who, message)

    def bind(
        self,
        tx: Transaction,
        code: str,
        chat: int,
        title: str,
        administrators: Sequence[Who],
        *,
        forum: bool = False,
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
        offices.bind(tx, office, chat, clean(title, LONGEST_TITLE), forum)
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

    def made_public(self, tx: Transaction, chat: int) -> Exposed | None:
        """The group can be read by everybody: it is an office's no longer. ``None``: it was none's."""
        desk = offices.desk_of_chat(tx, chat)
        if desk is None:
            return None
        shown = cards.messages(tx, desk.office)
        routing.group_lost(tx, self._shelf_of().guide, desk.office, "public")
        voice = self._edition().voice
        said = voice.say("desk.made-public", office=self._office(desk.office))
        return Exposed(Screen(str(said)), shown, Screen(str(voice.say("desk.card-gone"))))

    def migrated(self, tx: Transaction, old: int, new: int) -> None:
        """A group changed its id. Telegram may tell it more than once."""
        routing.group_moved(tx, self._shelf_of().guide, old, new)

    def threads_changed(self, tx: Transaction, chat: int, forum: bool) -> None:
        """A group has become a forum in which the bot may make threads, or is none any more."""
        routing.threads_changed(tx, chat, forum)

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

    def withdrawn_by_erasure(self, tx: Transaction, erased: list[int]) -> None:
        """Queues the cards of leads whose person was erased (what ``citizens.erase`` returned)."""
        for id in erased:
            lead = acting.current(tx, id)
            for part in involvements.open_of_lead(tx, id):
                involvements.end(tx, part.id, "cancelled")
                posting.show_card(tx, part.office, id)
            if lead.office is not None:
                posting.show_card(tx, lead.office, id)

    def new_day(self, tx: Transaction) -> None:
        """Queues the cards of all open leads, whose age in days has changed with the date."""
        for desk in offices.desks(tx):
            routing.show_all(tx, desk.office, outbox.DIGEST)

    def hindered(self, tx: Transaction, code: str, lead: Lead | None) -> bool:
        """An obstacle that was counted is told to the office of a case, or without one to that of
        the governorate; whether any office will hear of it."""
        return obstacle_rows.tell_office(tx, self._shelf_of(), code, lead)

    def tick(self, tx: Transaction) -> bool:
        """What the clock brings: reminders of what is owed, and the morning's digests. Whether
        anything was queued."""
        shelf = self._shelf_of()
        reminded = clock.tick(tx, shelf)
        asked = confirming.tick(tx, shelf)
        return digest.morning(tx, shelf) or reminded + asked > 0

    def waiting(self, tx: Transaction) -> int:
        """How many open leads no office can receive."""
        return len(leads.open_of_office(tx, None))

    def _edition(self) -> Edition:
        return self._shelf_of().edition(GROUP_LANGUAGE)

    def _office(self, office: str) -> str:
        return self._edition().words.offices.get(office, office)
