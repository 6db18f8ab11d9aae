"""Citizens who blocked the bot while an office has a case of theirs, and their coming back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.guide.screen import Screen
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.ground import Ground
from bot.referrals.rows import desk_rows
from bot.referrals.seen.cards import code
from bot.store import citizens, crossings, leads, outbox
from bot.store.citizens import Citizen
from bot.store.leads import OPEN, TAKEN, Lead
from bot.store.store import Transaction

GONE = "gone"


def left(tx: Transaction, number: int) -> None:
    """The citizen let the bot know, or Telegram did, that they want to hear no more of it.

    The cards of their open cases say so; who has one in hand is told. Again: nothing happens.
    """
    citizen = citizens.get(tx, number)
    if citizen is None or citizen.blocked:
        return
    citizens.update(tx, replace(citizen, blocked=True))
    for lead in _open(tx, number):
        leads.add_event(tx, lead.id, "blocked-us")
        if lead.office is not None:
            posting.show_card(tx, lead.office, lead.id)
            if lead.state in TAKEN:
                outbox.put(tx, posting.to_office(lead.office), GONE, lead.id)


def back(tx: Transaction, citizen: Citizen) -> Citizen:
    """They are back: the mark goes, and what officers wrote meanwhile arrives. Gives them as they
    are now."""
    if not citizen.blocked:
        return citizen
    now = replace(citizen, blocked=False)
    citizens.update(tx, now)
    for lead in _open(tx, citizen.number):
        leads.add_event(tx, lead.id, "came-back")
        if lead.office is not None:
            posting.show_card(tx, lead.office, lead.id)
        for crossing in crossings.of_lead(tx, lead.id):
            if crossing.officer and crossing.part is None and crossing.to_message is None:
                posting.relay(tx, lead, crossing)
    return now


def _open(tx: Transaction, citizen: int) -> list[Lead]:
    return [lead for lead in leads.of_citizen(tx, citizen) if lead.state in OPEN]


def _gone(ground: Ground, _: str) -> Iterator[Call]:
    """Told beside the card, unless they are back or the case has gone elsewhere by then."""
    desk, lead = ground.desk, ground.lead
    if desk is None or lead is None or lead.office != desk.office or lead.state not in TAKEN:
        return
    citizen = citizens.get(ground.tx, lead.citizen or 0)
    if citizen is None or not citizen.blocked:
        return
    place = desk_rows.beside(ground.tx, lead, desk)
    said = ground.edition.voice.say("relay.gone", reference=code(lead.reference))
    screen = Screen(str(said))
    yield Show(GONE, desk.chat, screen, thread=place.thread, reply_to=place.message)


PLANS = {GONE: _gone}
