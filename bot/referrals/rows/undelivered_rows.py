"""What could not be delivered after all tries: whoever wrote it is told that it has not arrived."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guide.screen import Screen
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.ground import Ground
from bot.referrals.seen.cards import code
from bot.store import crossings, leads, offices, outbox
from bot.store.outbox import Row
from bot.store.store import Transaction

UNDELIVERED = "undelivered"


def given_up(tx: Transaction, row: Row) -> None:
    """The row was tried for the last time. If it was to carry what somebody wrote, they hear of
    it: a citizen in private, an officer where they wrote, if that is an office's group still."""
    kind, _, name = row.what.partition(":")
    carried = kind in (posting.RELAY, posting.PASS)
    crossing = crossings.get(tx, int(name)) if carried else None
    lead = leads.get(tx, crossing.lead) if crossing else None
    if crossing is None or lead is None:
        return
    if crossing.officer is None:
        to = None if lead.citizen is None else posting.to_citizen(lead.citizen)
    else:
        desk = offices.desk_of_chat(tx, crossing.chat)
        to = None if desk is None else posting.to_office(desk.office)
    if to is not None:
        outbox.put(tx, to, f"{UNDELIVERED}:{crossing.id}", lead.id, outbox.CONVERSATION)


def _undelivered(ground: Ground, name: str) -> Iterator[Call]:
    """As an answer to the message itself, unless it has arrived meanwhile, or the office has
    another group, which never saw it."""
    crossing = crossings.get(ground.tx, int(name))
    if crossing is None or crossing.to_message is not None or ground.lead is None:
        return
    if ground.desk is not None and ground.desk.chat != crossing.chat:
        return
    said = "relay.undelivered" if ground.citizen is None else "letters.undelivered"
    text = ground.edition.voice.say(said, reference=code(ground.lead.reference))
    yield Show(UNDELIVERED, crossing.chat, Screen(str(text)), reply_to=crossing.message)


PLANS = {UNDELIVERED: _undelivered}
