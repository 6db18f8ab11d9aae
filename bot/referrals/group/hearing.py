"""What is written in a group, and whom it is for.

Only a reply to a case's card, or to a message that crossed, leaves the group: to the citizen from
the desk that has the case, to that desk from one that was asked. All else stays among officers.
"""

from __future__ import annotations

from dataclasses import replace

from bot.guide.screen import Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals.case import acting, officers, passing, relay
from bot.referrals.case.officers import Who
from bot.referrals.case.relay import Heard
from bot.referrals.content import Message
from bot.referrals.ground import GROUP_LANGUAGE
from bot.referrals.group import prompted
from bot.referrals.group.deed import Deed
from bot.referrals.seen import copies
from bot.store import cards, crossings, leads, offices
from bot.store.crossings import Crossing
from bot.store.leads import TAKEN, Lead
from bot.store.offices import Desk, Officer
from bot.store.prompts import Prompt
from bot.store.store import Transaction


def heard(tx: Transaction, shelf: Shelf, who: Who, message: Message) -> Heard:
    """A message of a member of a group. It crosses, or answers a question of ours, or neither."""
    desk = offices.desk_of_chat(tx, message.chat)
    if desk is None:
        return Heard()
    edition, meant = shelf.edition(GROUP_LANGUAGE), _meant(tx, desk, message)
    if meant is None:
        return _among_officers(tx, edition, desk, message)
    officer = _author(tx, edition, desk, who)
    if isinstance(officer, Heard):
        return officer
    match meant:
        case Prompt():
            return Heard(prompted.reply(tx, shelf, desk, officer, meant, message))
        case Crossing():
            return Heard(passing.replied(tx, shelf, desk, officer, meant, message))
        case Lead():
            return _in_case(tx, shelf, desk, officer, meant, message)


def edited(tx: Transaction, shelf: Shelf, who: Who, message: Message) -> Heard:
    """A member of a group changed a message. If it crossed, the change does, for 48 hours."""
    crossing = crossings.written_at(tx, message.chat, message.message)
    desk = offices.desk_of_chat(tx, message.chat)
    if desk is None or crossing is None or not relay.changes(tx, crossing, message):
        return Heard()
    officer = offices.officer(tx, desk.office, who.telegram)
    if officer is None or officer.state != "confirmed":
        return Heard()
    edition, lead = shelf.edition(GROUP_LANGUAGE), acting.current(tx, crossing.lead)
    reason = copies.unfit(message)
    if crossing.part is not None:
        if reason is None and message.content is not None:
            passing.edited(tx, crossing, message.content.text)
        return Heard()
    deed = _deed(tx, shelf, desk, officer, lead)
    if not deed.may("wrote") or lead.citizen is None:
        return _no(edition, "relay.refused", why=_why(deed))
    if reason is not None:
        return _unfit(edition, reason)
    relay.rewrite(tx, lead, crossing, message)
    return Heard()


def _meant(tx: Transaction, desk: Desk, message: Message) -> Prompt | Crossing | Lead | None:
    """What a message in a group is about: a question of ours, what crossed between desks, a case."""
    if prompt := prompted.answered_by(tx, message):
        return prompt
    crossing = relay.album_of(tx, message)
    if crossing is not None and crossing.part is not None:
        return crossing  # whatever it replies to: with its first part the answer was given
    if message.reply_to is not None:
        shown = cards.lead_shown(tx, desk.office, message.chat, message.reply_to)
        if shown is not None:
            return leads.get(tx, shown)
        crossing = crossings.at_message(tx, message.chat, message.reply_to)
    if crossing is None:
        # A card of before a migration has no number that we know, but its text tells.
        return relay.named(tx, message)
    return crossing if crossing.part is not None else leads.get(tx, crossing.lead)


def _author(tx: Transaction, edition: Edition, desk: Desk, who: Who) -> Officer | Heard:
    """The officer who wrote, or what is said to whoever is none."""
    if who.anonymous:
        return _no(edition, "relay.show-yourself")
    officer = officers.recognise(tx, desk.office, who)
    if officer is None and who.administrator is None:
        return Heard(known=False)
    if officer is None:
        officers.introduce(tx, desk.office, who)
        return _no(edition, "relay.asked-for-you")
    return officer if officer.state == "confirmed" else _no(edition, "relay.still-asked")


def _in_case(
    tx: Transaction, shelf: Shelf, desk: Desk, officer: Officer, lead: Lead, message: Message
) -> Heard:
    """A reply of an officer in a case: to the citizen, or to the desk that asked this one."""
    edition, deed = shelf.edition(GROUP_LANGUAGE), _deed(tx, shelf, desk, officer, lead)
    if "asked" in deed.roles and lead.office != desk.office:
        return Heard(passing.answered(tx, shelf, desk, officer, lead, message))
    if not deed.may("wrote") or lead.citizen is None:
        return _no(edition, "relay.refused", why=_why(deed))
    if reason := copies.unfit(message):
        return _unfit(edition, reason)
    if not relay.from_officer(tx, lead, officer, message):
        return _no(edition, "relay.blocked")
    return Heard()


def _deed(tx: Transaction, shelf: Shelf, desk: Desk, officer: Officer, lead: Lead) -> Deed:
    """What an officer writes in a case, seen as a deed."""
    roles = acting.roles_of(tx, lead, officer, shelf.guide.head_office)
    return Deed(tx, shelf, desk, officer, lead, "", roles)


def _why(deed: Deed) -> str:
    """Why an officer cannot write to the citizen as the case stands."""
    if deed.lead.office != deed.desk.office:
        return deed.edition.voice.plain("office.not-yours")
    return deed.refused().toast


def _among_officers(tx: Transaction, edition: Edition, desk: Desk, message: Message) -> Heard:
    """Talk that stays in the group. Once it is said that only replies cross: in each lead's own
    thread, or in a group without threads once it has a case in hand."""
    if message.content is None:
        return Heard()
    if message.reply_to is not None and len(message.quoted) > 1:
        return _no(edition, "relay.which")
    own = cards.thread_at(tx, desk.office, message.thread) if message.thread else None
    if own is not None and not own.told:
        cards.set_thread(tx, replace(own, told=True))
        return _no(edition, "relay.told")
    if desk.forum or desk.told:
        return Heard()
    if not any(lead.state in TAKEN for lead in leads.open_of_office(tx, desk.office)):
        return Heard()
    offices.change_desk(tx, desk.office, told=True)
    return _no(edition, "relay.told")


def _unfit(edition: Edition, reason: str) -> Heard:
    known = f"relay.unfit.{reason}"
    return _no(edition, known if edition.voice.knows(known) else "relay.unfit.other")


def _no(edition: Edition, id: str, **values: str) -> Heard:
    return Heard(Screen(str(edition.voice.say(id, **values))))
