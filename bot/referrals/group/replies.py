"""Ready answers: an officer sends one with a press, and the citizen reads it in their language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import escape

from bot.guide.screen import Button, Screen
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.case import relay
from bot.referrals.ground import Ground
from bot.referrals.group.deed import Answer, Deed, Verb
from bot.referrals.rows import desk_rows
from bot.referrals.rows.relay_rows import READY
from bot.referrals.seen import cards, copies
from bot.store import crossings, offices, outbox
from bot.store.leads import TAKEN

READY_ROW = "ready"


def _offered(deed: Deed) -> list[str]:
    """The ready answers that fit the lead's topic, in the guide's order."""
    return [
        id
        for id, reply in deed.edition.guide.replies.items()
        if not reply.topics or deed.lead.topic in reply.topics
    ]


def _choose(deed: Deed) -> Answer:
    if not deed.may("wrote"):
        return deed.refused()
    words = deed.edition.words.replies
    buttons = [
        Button(words[id].title, press=f"o:reply:{deed.lead.id}:{id}") for id in _offered(deed)
    ]
    return Answer("", screen=cards.menu(deed.edition, deed.lead, deed.card(), buttons))


def _send(deed: Deed) -> Answer:
    """First the group is shown what is sent; that message is then what crosses."""
    if not deed.may("wrote") or deed.value not in _offered(deed):
        return deed.refused()
    what = f"{READY_ROW}:{deed.value}/{deed.officer.number}"
    to = posting.to_office(deed.desk.office)
    outbox.put(deed.tx, to, what, deed.lead.id, outbox.CONVERSATION)
    relay.happens(deed.tx, deed.lead, "wrote", deed.officer.number, deed.value)
    return Answer(deed.edition.voice.plain("relay.ready-sent"), screen=deed.card())


def _shown(ground: Ground, name: str) -> Iterator[Call]:
    """What is sent, and by whom, beside the card."""
    id, _, number = name.partition("/")
    desk, lead = ground.desk, ground.lead
    words = ground.edition.words.replies.get(id)
    officer = offices.officer_by_number(ground.tx, int(number))
    if desk is None or lead is None or lead.office != desk.office or lead.state not in TAKEN:
        return
    if words is None or officer is None:
        return
    yield from desk_rows.standing(ground, lead, desk)
    place = desk_rows.beside(ground.tx, lead, desk)
    told = {"officer": cards.short_name(officer.name), "reference": cards.code(lead.reference)}
    head = ground.edition.voice.say("relay.ready", **told)
    screen = Screen(f"{head}\n{escape(copies.body(words.text))}")
    yield Show(READY_ROW, desk.chat, screen, thread=place.thread, reply_to=place.message)


def _noted(ground: Ground, name: str, call: Call, number: int) -> None:
    """Now it crosses, as if the officer had written that message."""
    if call.part != READY_ROW:
        desk_rows.noted_card(ground, name, call, number)
        return
    id, _, officer = name.partition("/")
    if ground.lead is None or ground.desk is None:
        return
    crossing = crossings.add(
        ground.tx,
        lead=ground.lead.id,
        office=ground.desk.office,
        officer=int(officer),
        chat=call.chat,
        message=number,
        album=None,
        content={READY: id},
    )
    if crossing is not None:
        posting.relay(ground.tx, ground.lead, crossing)


VERBS: Mapping[str, Verb] = {"replies": _choose, "reply": _send}
PLANS = {READY_ROW: _shown}
NOTED = {READY_ROW: _noted}
