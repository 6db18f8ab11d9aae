"""Presses on the buttons of a group's cards."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.guide.direction import isolated
from bot.guide.screen import Screen
from bot.guide.shelf import Edition
from bot.referrals import cards, officers, posting
from bot.referrals.officers import Who
from bot.store import leads, offices
from bot.store.leads import UNCLAIMED, Lead
from bot.store.offices import Desk, Officer
from bot.store.store import Transaction

PRESS = re.compile(r"o:(take|phone|done|away|confirm):([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press answers: a line, shown as an alert if ``alert``; at most 200 characters.

    ``known`` False: nothing has happened, since nobody has looked yet who presses. Look (is this
    member an administrator?) and press again with ``Who.administrator`` set. ``screen`` replaces
    the pressed message, which is no card of today's; losing that edit loses nothing.
    """

    toast: str
    alert: bool = False
    known: bool = True
    screen: Screen | None = None


def press(
    tx: Transaction, edition: Edition, chat: int, who: Who, data: str, message: int
) -> Answer:
    """Does what the button says, if this member of this group may, and answers."""
    say = edition.voice.plain
    desk = offices.desk_of_chat(tx, chat)
    understood = PRESS.fullmatch(data)
    if desk is None:
        return Answer(say("office.no-desk"), alert=True)
    if understood is None:
        return Answer(say("office.old-button"))
    if who.anonymous:
        return Answer(say("office.show-yourself"), alert=True)
    verb, number = understood[1], int(understood[2])
    if verb == "confirm":
        return _confirm(tx, edition, desk, who, number)
    lead = leads.get(tx, number)
    if lead is None or lead.office != desk.office:
        return Answer(say("office.not-yours"), alert=True)
    officer = officers.recognise(tx, desk.office, who)
    if officer is None and who.administrator is None:
        return Answer("", known=False)
    if officer is None:
        officers.introduce(tx, desk.office, who)
        return Answer(say("office.asked-for-you"), alert=True)
    if officer.state != "confirmed":
        return Answer(say("office.still-asked"), alert=True)
    card = leads.card(tx, lead.id, desk.office)
    answer = _act(tx, edition, lead, officer, verb)
    if card is None or (card.chat, card.message) == (chat, message):
        return answer
    # A card that Telegram took and we did not note works as well, and then shows the way.
    old = edition.voice.say("card.old", reference=cards.code(lead.reference))
    return replace(answer, screen=Screen(str(old)))


def _confirm(tx: Transaction, edition: Edition, desk: Desk, who: Who, number: int) -> Answer:
    say = edition.voice.plain
    officer = offices.officer_by_number(tx, number)
    if officer is None or officer.office != desk.office or officer.state == "left":
        return Answer(say("office.old-button"))
    administrator = officers.recognise(tx, desk.office, who)
    if administrator is None and who.administrator is None:
        return Answer("", known=False)
    if administrator is None or not administrator.administrator:
        return Answer(say("office.administrators-confirm"), alert=True)
    name = cards.short_name(officer.name)
    if officer.state == "waiting":
        offices.save_officer(tx, desk.office, officer.telegram, officer.name, "confirmed")
    screen = cards.confirmed(edition, officer, administrator)
    return Answer(say("office.confirmed", name=name), screen=screen)


def _act(tx: Transaction, edition: Edition, lead: Lead, officer: Officer, verb: str) -> Answer:
    if verb == "take":
        return _take(tx, edition, lead, officer)
    if lead.state != "claimed":
        return Answer(_why_not(tx, edition, lead))
    if lead.officer != officer.number:
        return Answer(_why_not(tx, edition, lead), alert=True)
    if verb == "phone":
        return _show_number(tx, edition, lead, officer)
    if verb == "done":
        _close(tx, lead, officer, "done")
        return Answer(edition.voice.plain("office.now-done"))
    _close(tx, lead, officer, "unreachable")
    return Answer(edition.voice.plain("office.now-unreachable"))


def _take(tx: Transaction, edition: Edition, lead: Lead, officer: Officer) -> Answer:
    """The first wins, whatever both saw on their cards."""
    if leads.change(tx, lead.id, expect=UNCLAIMED, state="claimed", officer=officer.number):
        if lead.state == "new":
            # A press on its card is the first that we hear of the card's arrival.
            posting.tell_delivered(tx, lead, officer.office)
        _note(tx, lead, officer, "claimed")
        return Answer(edition.voice.plain("office.now-yours"))
    if lead.state == "claimed" and lead.officer == officer.number:
        return Answer(edition.voice.plain("office.yours-already"))
    return Answer(_why_not(tx, edition, lead), alert=True)


def _show_number(tx: Transaction, edition: Edition, lead: Lead, officer: Officer) -> Answer:
    contact, voice = lead.sealed["contact"], edition.voice
    if "phone" not in contact:
        return Answer(voice.plain("office.no-number"), alert=True)
    leads.add_event(tx, lead.id, "number-shown", officer.number)
    name, phone = cards.short_name(lead.sealed["name"]), isolated(contact["phone"])
    return Answer(voice.plain("office.number", name=name, phone=phone), alert=True)


def _why_not(tx: Transaction, edition: Edition, lead: Lead) -> str:
    """Why the button does nothing: the lead stands otherwise than its card did."""
    voice = edition.voice
    if lead.state in UNCLAIMED:
        return voice.plain("office.take-first")
    if lead.state == "withdrawn":
        return voice.plain("office.withdrawn")
    holder = offices.officer_by_number(tx, lead.officer or 0)
    if lead.state == "claimed" and holder is not None:
        return voice.plain("office.anothers", officer=cards.short_name(holder.name))
    return voice.plain("office.closed")


def _close(tx: Transaction, lead: Lead, officer: Officer, state: str) -> None:
    leads.change(tx, lead.id, expect=("claimed",), state=state)
    _note(tx, lead, officer, state)


def _note(tx: Transaction, lead: Lead, officer: Officer, kind: str) -> None:
    leads.add_event(tx, lead.id, kind, officer.number)
    posting.show_card(tx, officer.office, lead.id)
    posting.tell_citizen(tx, lead, kind)
