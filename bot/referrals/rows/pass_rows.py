"""Rows between desks: what one wrote to the other, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from bot.guide.pages.question import paragraphs
from bot.guide.screen import Screen
from bot.referrals import posting
from bot.referrals.calls import Call, React, Show
from bot.referrals.content import Content
from bot.referrals.ground import Ground
from bot.referrals.rows import desk_rows
from bot.referrals.seen import copies, part_cards
from bot.store import crossings, involvements, leads, offices
from bot.store.crossings import Crossing
from bot.store.involvements import Involvement
from bot.store.leads import Lead
from bot.store.offices import Desk

HEAD = "head"
THUMB = "thumb"


def _passed(ground: Ground, name: str) -> Iterator[Call]:
    """The copy below the other desk's card, then a thumb on the original."""
    desk, lead = ground.desk, ground.lead
    crossing = crossings.get(ground.tx, int(name))
    part = involvements.get(ground.tx, crossing.part or 0) if crossing else None
    if desk is None or lead is None or crossing is None or part is None:
        return
    if crossing.content is None or not _goes_to(desk, lead, part):
        return
    yield from _copied(ground, desk, lead, crossing, part)
    if offices.desk_of_chat(ground.tx, crossing.chat) is not None:
        yield React(THUMB, crossing.chat, crossing.message)


def _goes_to(desk: Desk, lead: Lead, part: Involvement) -> bool:
    """Whether the row's desk is still to see it: it has the case, or is to answer."""
    return desk.office == lead.office or (desk.office == part.office and part.state == "open")


def _copied(
    ground: Ground, desk: Desk, lead: Lead, crossing: Crossing, part: Involvement
) -> Iterator[Call]:
    yield from desk_rows.standing(ground, lead, desk)
    edit = crossing.to_message if crossing.to_chat == desk.chat else None
    place = desk_rows.beside(ground.tx, lead, desk)
    content = Content.restored(crossing.content)
    head = _head(ground, lead, crossing, part)
    thread, answers = place.thread, place.message
    if edit is not None and copies.headed(content):
        return  # it stands there, and has no text that could have changed
    if copies.headed(content):
        yield Show(HEAD, desk.chat, Screen(str(head)), thread=thread, reply_to=answers)
    yield copies.copy(
        posting.PASS,
        desk.chat,
        content,
        head,
        name=f"{lead.reference}-{part.id}",
        edit=edit,
        thread=thread,
        reply_to=answers,
    )


def _head(ground: Ground, lead: Lead, crossing: Crossing, part: Involvement) -> Markup:
    """Who writes: the desk that was asked, or the one that asks."""
    asks = crossing.office == part.office
    writer = part.by_office if asks else part.office
    return ground.edition.voice.say(
        "pass.question-of" if asks else "pass.answer-of",
        office=part_cards.office_name(ground.edition, writer),
        number=part_cards.number(lead),
    )


def _noted(ground: Ground, name: str, call: Call, number: int) -> None:
    if call.part == posting.PASS:
        crossings.arrived(ground.tx, int(name), call.chat, number)
    else:
        desk_rows.noted_card(ground, name, call, number)


def _told(ground: Ground, name: str) -> Iterator[Call]:
    """How the part of another desk ended: it took the case over, or declined, or has no group
    any more."""
    desk, lead = ground.desk, ground.lead
    part = involvements.get(ground.tx, int(name))
    if desk is None or lead is None or part is None or part.state == "open":
        return
    said = ground.edition.voice.say(
        f"pass.told.{part.kind}.{part.state}",
        office=part_cards.office_name(ground.edition, part.office),
        number=part_cards.number(lead),
    )
    history = leads.events(ground.tx, lead.id)
    reasons = part_cards.written(history, part, "declined")
    text = paragraphs(said, *(escape(copies.body(reason)) for reason in reasons[:1]))
    place = desk_rows.beside(ground.tx, lead, desk)
    yield Show(
        posting.TOLD, desk.chat, Screen(str(text)), thread=place.thread, reply_to=place.message
    )


PLANS = {posting.PASS: _passed, posting.TOLD: _told}
NOTED = {posting.PASS: _noted}
