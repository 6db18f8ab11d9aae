"""Presses on the buttons of a group: who presses, whether they may act here, and on what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.guide.screen import Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals.case import acting, handing, officers
from bot.referrals.case.officers import Who
from bot.referrals.ground import GROUP_LANGUAGE
from bot.referrals.group import as_seen, case_verbs, confirming, pass_verbs, replies
from bot.referrals.group.deed import Answer, Deed, Verb
from bot.referrals.menu import office_menu
from bot.referrals.menu.office_deed import OfficeDeed, OfficeVerb
from bot.referrals.seen import cards
from bot.store import cards as stored
from bot.store import leads, offices
from bot.store.offices import Desk, Officer
from bot.store.store import Transaction

PRESS = re.compile(r"o:([a-z-]+):([0-9]{1,15})(?::([a-z0-9:-]{1,32}))?")
VERBS: Mapping[str, Verb] = {
    **case_verbs.VERBS,
    **replies.VERBS,
    **pass_verbs.VERBS,
    **handing.VERBS,
    **as_seen.VERBS,
}
"""What the buttons of a case do."""
OFFICE_VERBS: Mapping[str, OfficeVerb] = office_menu.VERBS
"""What the buttons of an office's own menu do."""


def press(tx: Transaction, shelf: Shelf, chat: int, who: Who, data: str, message: int) -> Answer:
    """Does what the button says, if this member of this group may, and answers."""
    edition = shelf.edition(GROUP_LANGUAGE)
    say = edition.voice.plain
    desk = offices.desk_of_chat(tx, chat)
    understood = PRESS.fullmatch(data)
    if desk is None:
        return Answer(say("office.no-desk"), alert=True)
    if understood is None:
        return Answer(say("office.old-button"))
    if who.anonymous:
        return Answer(say("office.show-yourself"), alert=True)
    verb, number, value = understood[1], int(understood[2]), understood[3] or ""
    if verb in confirming.VERBS:
        return confirming.press(tx, shelf, desk, who, number, confirm=verb == "confirm")
    if verb in OFFICE_VERBS:
        officer = _officer(tx, edition, desk, who)
        if isinstance(officer, Answer):
            return officer
        return OFFICE_VERBS[verb](OfficeDeed(tx, shelf, desk, officer, number, value))
    lead = leads.get(tx, number) if verb in VERBS else None
    if lead is None:
        known = verb in VERBS
        return Answer(say("office.not-yours" if known else "office.old-button"), alert=known)
    officer = _officer(tx, edition, desk, who)
    if isinstance(officer, Answer):
        return officer
    roles = acting.roles_of(tx, lead, officer, shelf.guide.head_office)
    if not roles - {"head"}:
        return Answer(say("office.not-yours"), alert=True)
    answer = VERBS[verb](Deed(tx, shelf, desk, officer, lead, value, roles))
    return _on_its_card(tx, edition, desk, answer, lead.id, message)


def _officer(tx: Transaction, edition: Edition, desk: Desk, who: Who) -> Officer | Answer:
    """The officer who presses, or what is said to whoever is none."""
    officer = officers.recognise(tx, desk.office, who)
    if officer is None and who.administrator is None:
        return Answer("", known=False)
    if officer is None:
        officers.introduce(tx, desk.office, who)
        return Answer(edition.voice.plain("office.asked-for-you"), alert=True)
    if officer.state != "confirmed":
        return Answer(edition.voice.plain("office.still-asked"), alert=True)
    return officer


def _on_its_card(
    tx: Transaction, edition: Edition, desk: Desk, answer: Answer, lead: int, message: int
) -> Answer:
    """A card that Telegram took and we did not note works as well, and then shows the way."""
    card, own = stored.card(tx, lead, desk.office), stored.thread(tx, lead, desk.office)
    places = {card and card.message, own and own.message}
    if card is None or message in places:
        return answer
    found = leads.get(tx, lead)
    old = edition.voice.say("card.old", reference=cards.code(found.reference if found else ""))
    return replace(answer, screen=Screen(str(old)))
