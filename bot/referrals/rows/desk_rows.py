"""Rows to an office's group: the card of a lead, and its thread in a forum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.guide.screen import Screen
from bot.referrals import posting
from bot.referrals.calls import Call, OpenThread, SetThread, Show
from bot.referrals.case import acting
from bot.referrals.ground import Ground
from bot.referrals.seen import cards, part_cards
from bot.store import cards as stored
from bot.store import leads, offices
from bot.store.cards import Card, Thread
from bot.store.leads import Lead
from bot.store.offices import Desk
from bot.store.store import Transaction

NEW_THREAD = "new-thread"
THREAD = "thread"
THREAD_CARD = "thread-card"


def _card(ground: Ground, _: str) -> Iterator[Call]:
    """One card for each lead, edited for ever; in a forum it stands in the thread of new ones."""
    desk, lead = ground.desk, ground.lead
    if desk is None or lead is None:
        return
    shown = stored.card(ground.tx, lead.id, desk.office)
    if shown is None and (not ground.concerned or lead.state not in leads.OPEN):
        return
    if shown is None and desk.forum and desk.thread is None:
        title = ground.edition.voice.plain("desk.new-thread")
        yield OpenThread(NEW_THREAD, desk.chat, title)
    # First its own thread: the card among the new ones then shows the way there.
    yield from thread_of(ground, lead, desk)
    own = stored.thread(ground.tx, lead.id, desk.office)
    screen = _screen(ground, lead, desk, own)
    edit, thread = (shown.message, shown.thread) if shown else (None, desk.thread)
    yield Show(posting.CARD, desk.chat, screen, edit=edit, thread=thread)


def thread_of(ground: Ground, lead: Lead, desk: Desk) -> Iterator[Call]:
    """What is to be done so that the lead's own thread is as the lead: there, open, or closed.

    In a forum only. The desk that has the lead has it open; one that had it before closes it.
    """
    own = stored.thread(ground.tx, lead.id, desk.office)
    if not desk.forum:
        return
    if lead.office != desk.office:
        if own is not None and own.open:
            gone = cards.passed_on(ground.edition, lead)
            yield Show(THREAD_CARD, desk.chat, gone, edit=own.message, thread=own.thread)
            yield SetThread("closed", desk.chat, own.thread, open=False)
        return
    if own is None:
        if lead.state in leads.TAKEN:
            yield OpenThread(THREAD, desk.chat, cards.thread_title(ground.edition, lead))
        return
    if not own.open and lead.state in leads.OPEN:
        yield SetThread("open", desk.chat, own.thread, open=True)
    screen = cards.card(ground.tx, ground.edition, lead, ground.today)
    yield Show(THREAD_CARD, desk.chat, screen, edit=own.message, thread=own.thread)
    if own.open and lead.state not in leads.OPEN:
        yield SetThread("closed", desk.chat, own.thread, open=False)


def standing(ground: Ground, lead: Lead, desk: Desk) -> Iterator[Call]:
    """What is missing of the lead's card and thread, before something is said beside them."""
    own = stored.thread(ground.tx, lead.id, desk.office)
    if stored.card(ground.tx, lead.id, desk.office) is None:
        yield from _card(ground, "")
    elif lead.state in leads.TAKEN and (own is None or not own.open or own.message is None):
        yield from thread_of(ground, lead, desk)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a desk talks about a lead: in which thread, as an answer to which of its messages.

    ``own``: the thread is the lead's own, where everything is about it.
    """

    thread: int | None = None
    message: int | None = None
    own: bool = False


def beside(tx: Transaction, lead: Lead | None, desk: Desk) -> Place:
    """Where something about a lead belongs in a desk's group; of no lead: nowhere in particular."""
    if lead is None:
        return Place()
    own = stored.thread(tx, lead.id, desk.office)
    if own is not None and own.open:
        return Place(own.thread, own.message, own=True)
    card = stored.card(tx, lead.id, desk.office)
    return Place(desk.thread) if card is None else Place(card.thread, card.message)


def _screen(ground: Ground, lead: Lead, desk: Desk, own: Thread | None) -> Screen:
    if own is not None and lead.office == desk.office:
        return cards.in_its_thread(ground.tx, ground.edition, lead, ground.today, desk, own)
    return part_cards.card_of(ground.tx, ground.edition, lead, ground.today, desk.office)


def noted_card(ground: Ground, _: str, call: Call, number: int) -> None:
    """Notes where a card or a thread is. At a card's first arrival the citizen is told."""
    desk, lead, tx = ground.desk, ground.lead, ground.tx
    if desk is None or lead is None or call.chat != desk.chat:
        return  # the group has moved, or is another office's, since the call was planned
    own = stored.thread(tx, lead.id, desk.office)
    match call:
        case OpenThread(part=part) if part == NEW_THREAD:
            offices.change_desk(tx, desk.office, thread=number)
        case OpenThread():
            made = Thread(lead.id, desk.office, number, None, open=True, told=False)
            stored.set_thread(tx, made)
        case SetThread(open=open) if own is not None:
            stored.set_thread(tx, replace(own, open=open))
        case Show(part=part) if part == THREAD_CARD and own is not None:
            stored.set_thread(tx, replace(own, message=number))
        case Show(part=part, thread=thread) if part == posting.CARD and ground.concerned:
            stored.set_card(tx, Card(lead.id, desk.office, desk.chat, thread, number))
            _delivered(ground, lead, desk)


def _delivered(ground: Ground, lead: Lead, desk: Desk) -> None:
    if lead.office == desk.office and acting.happen(
        ground.tx, lead, "delivered", note=desk.office, quietly=True
    ):
        posting.tell_citizen(ground.tx, lead, "delivered")


PLANS = {posting.CARD: _card}
NOTED = {posting.CARD: noted_card}
