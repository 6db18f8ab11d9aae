"""What crosses between a citizen and the office that has their case: taken once, edited later.

Who may write, and what is said to whoever may not, is found out before, on either side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.guide.screen import Screen
from bot.referrals import posting
from bot.referrals.case import acting, life
from bot.referrals.case.life import Event
from bot.referrals.content import Content, Message
from bot.referrals.seen import copies
from bot.store import citizens, crossings, leads
from bot.store.crossings import Crossing
from bot.store.leads import Lead
from bot.store.offices import Officer
from bot.store.store import Transaction

EDITABLE = timedelta(hours=48)
"""How long an edit crosses, as Telegram lets people edit; afterwards the content is forgotten."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message in a group comes to: what is answered to it, if anything.

    ``known`` False: nothing has happened, since nobody has looked yet who wrote. Look (is this
    member an administrator?) and say it again with ``Who.administrator`` set.
    """

    said: Screen | None = None
    known: bool = True


def from_officer(tx: Transaction, lead: Lead, officer: Officer, message: Message) -> bool:
    """Takes an officer's reply to the citizen; a message taken before changes nothing.

    The message must be fit (``copies.unfit``). False: the citizen has blocked the bot, and it waits
    for them to let it in again.
    """
    first = album_of(tx, message) is None
    crossing = _kept(tx, lead, officer.office, officer.number, message)
    if crossing is None:
        return True
    if first:
        happens(tx, lead, "wrote", officer.number)
    citizen = citizens.get(tx, lead.citizen or 0)
    if citizen is not None and citizen.blocked:
        return False
    posting.relay(tx, lead, crossing)
    return True


def from_citizen(tx: Transaction, id: int, message: Message) -> bool:
    """Takes what a citizen wrote in their open lead to its desk; False if it was taken before.

    The message must be fit (``copies.unfit``). While no office has the case, it waits for one.
    """
    lead, first = acting.current(tx, id), album_of(tx, message) is None
    crossing = _kept(tx, lead, lead.office or "", None, message)
    if crossing is None:
        return False
    posting.relay(tx, lead, crossing)
    if first:
        happens(tx, lead, "heard", None)
    return True


def edited_by_citizen(tx: Transaction, message: Message) -> bool:
    """A citizen changed a message. If it crossed, the change does, for 48 hours; whether it did."""
    crossing = crossings.written_at(tx, message.chat, message.message)
    if crossing is None or not changes(tx, crossing, message) or copies.unfit(message):
        return False
    lead = acting.current(tx, crossing.lead)
    if lead.state not in leads.OPEN:
        return False
    rewrite(tx, lead, crossing, message)
    return True


def answered_case(tx: Transaction, citizen: int, message: Message) -> Lead | None:
    """The citizen's case that a message of theirs belongs to by itself.

    It replies to what crossed, or to a message of ours that names one case; or it is a further
    part of an album that went to one.
    """
    crossing = album_of(tx, message)
    if crossing is None and message.reply_to is not None:
        crossing = crossings.at_message(tx, message.chat, message.reply_to)
    lead = leads.get(tx, crossing.lead) if crossing else named(tx, message)
    return lead if lead is not None and lead.citizen == citizen else None


def named(tx: Transaction, message: Message) -> Lead | None:
    """The lead whose reference stands in the message of ours that is replied to."""
    if len(message.quoted) != 1:
        return None
    return leads.by_reference(tx, message.quoted[0])


def album_of(tx: Transaction, message: Message) -> Crossing | None:
    """An earlier part of the same album that crossed."""
    return crossings.of_album(tx, message.chat, message.album) if message.album else None


def happens(
    tx: Transaction, lead: Lead, event: Event, officer: int | None, note: str | None = None
) -> None:
    """Writes it down; the card is shown anew only if the state on it changes."""
    move = life.move(event, lead.state)
    quietly = move is None or move.to is None
    acting.happen(tx, lead, event, officer=officer, note=note, quietly=quietly)


def changes(tx: Transaction, crossing: Crossing, message: Message) -> bool:
    """Whether there is a change that can cross: a place that moves, or another picture, cannot."""
    before, content = crossing.content, message.content
    if not isinstance(before, dict) or content is None or tx.now - crossing.at > EDITABLE:
        return False
    return content.kind != "location" and content.text != before.get("text", "")


def rewrite(tx: Transaction, lead: Lead, crossing: Crossing, message: Message) -> None:
    """The text changes, never the file: who has another one to send sends it.

    What has not arrived yet arrives as it is then.
    """
    text = message.content.text if message.content else ""
    before = Content.restored(crossing.content)
    crossings.rewrite(tx, crossing, replace(before, text=text).stored())
    if crossing.to_message is not None:
        posting.relay(tx, lead, crossing, posting.EDIT)


def _kept(
    tx: Transaction, lead: Lead, office: str, officer: int | None, message: Message
) -> Crossing | None:
    content = message.content or Content("text")
    return crossings.add(
        tx,
        lead=lead.id,
        office=office,
        officer=officer,
        chat=message.chat,
        message=message.message,
        album=message.album,
        content=content.stored(),
    )
