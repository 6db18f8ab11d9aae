"""Rows of what crosses: the copy on the other side, a thumb on the original, and later edits."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.guide.screen import Button, Rows, Screen
from bot.referrals import posting
from bot.referrals.calls import Call, Carry, React, Show
from bot.referrals.content import Content
from bot.referrals.ground import Ground
from bot.referrals.rows import desk_rows
from bot.referrals.seen import copies
from bot.referrals.seen.cards import code, short_name
from bot.referrals.seen.notices import CASE
from bot.store import crossings, offices
from bot.store.crossings import Crossing
from bot.store.leads import TAKEN, Lead

HEAD = "head"
COPY = "copy"
THUMB = "thumb"
UNNAMED = ("relay.from-citizen", "relay.from-citizen-edited")
NAMED = ("relay.from-citizen-named", "relay.from-citizen-named-edited")
"""The line above what a citizen wrote: as it was, and as they changed it."""
READY = "reply"
"""What a crossing's content has instead of a text if it is one of the guide's ready answers."""


def _relay(ground: Ground, name: str) -> Iterator[Call]:
    """The copy, once; then the thumb, which says that it was sent, and nothing of reading."""
    crossing = crossings.get(ground.tx, int(name))
    if crossing is None or crossing.part is not None:
        return
    if crossing.to_message is None:
        yield from _copied(ground, crossing)
    if crossing.officer is None or offices.desk_of_chat(ground.tx, crossing.chat) is not None:
        yield React(THUMB, crossing.chat, crossing.message)


def _edit(ground: Ground, name: str) -> Iterator[Call]:
    """What its author changed afterwards. A copy that has not arrived says it already."""
    crossing = crossings.get(ground.tx, int(name))
    if crossing is not None and crossing.to_message is not None:
        yield from _copied(ground, crossing, edited=True)


def _copied(ground: Ground, crossing: Crossing, *, edited: bool = False) -> Iterator[Call]:
    """To the citizen, or to the desk that has the case now; wherever else it was queued, nothing."""
    lead = ground.lead
    content = content_of(ground, crossing)
    if lead is None or content is None:
        return
    if crossing.officer is None:
        yield from _to_desk(ground, lead, crossing, content, edited=edited)
    elif ground.citizen is not None and lead.citizen == ground.citizen.number:
        head = _head_for_citizen(ground, lead, crossing, edited=edited)
        answer = Button(ground.edition.voice.plain("letters.answer"), f"{CASE}{lead.reference}")
        chat = ground.citizen.telegram
        yield from _posted(ground, crossing, content, chat, head, rows=((answer,),))


def _to_desk(
    ground: Ground, lead: Lead, crossing: Crossing, content: Content, *, edited: bool
) -> Iterator[Call]:
    """Into the lead's thread, or below its card; what is missing of these is made first."""
    desk = ground.desk
    if desk is None or lead.office != desk.office:
        return
    yield from desk_rows.standing(ground, lead, desk)
    place = desk_rows.beside(ground.tx, lead, desk)
    head = _head_for_desk(ground, lead, edited=edited)
    # In the lead's own thread everything is about it; elsewhere its card is quoted.
    answers = None if place.own else place.message
    yield from _posted(
        ground, crossing, content, desk.chat, head, thread=place.thread, reply_to=answers
    )


def _posted(
    ground: Ground,
    crossing: Crossing,
    content: Content,
    chat: int,
    head: Markup,
    *,
    rows: Rows = (),
    thread: int | None = None,
    reply_to: int | None = None,
) -> Iterator[Call]:
    edit = crossing.to_message if crossing.to_chat == chat else None
    if copies.headed(content):
        yield Show(HEAD, chat, Screen(str(head)), thread=thread, reply_to=reply_to)
    yield copies.copy(
        COPY,
        chat,
        content,
        head,
        name=_file_name(ground, crossing),
        rows=rows,
        edit=edit,
        thread=thread,
        reply_to=reply_to,
    )


def content_of(ground: Ground, crossing: Crossing) -> Content | None:
    """What crosses, in the addressee's language if it is a ready answer; ``None``: forgotten."""
    stored = crossing.content
    if not isinstance(stored, dict):
        return None
    if READY not in stored:
        return Content.restored(stored)
    words = ground.edition.words.replies.get(str(stored[READY]))
    return None if words is None else Content("text", words.text)


def _file_name(ground: Ground, crossing: Crossing) -> str:
    """Neutral: which case, and the how many-th of what crossed in it."""
    ids = crossings.ids_of_lead(ground.tx, crossing.lead)
    reference = "" if ground.lead is None else ground.lead.reference
    return f"{reference}-{ids.index(crossing.id) + 1}"


def _head_for_citizen(ground: Ground, lead: Lead, crossing: Crossing, *, edited: bool) -> Markup:
    voice = ground.edition.voice
    office = ground.edition.words.offices.get(crossing.office, voice.plain("notice.office"))
    said = "letters.from-office-edited" if edited else "letters.from-office"
    return voice.say(said, office=office, reference=code(lead.reference))


def _head_for_desk(ground: Ground, lead: Lead, *, edited: bool) -> Markup:
    """The name stands there once somebody has taken the case, as on the card."""
    named = lead.state in TAKEN and "name" in lead.sealed
    said = NAMED[edited] if named else UNNAMED[edited]
    name = short_name(lead.sealed["name"]) if named else ""
    return ground.edition.voice.say(said, name=name, reference=code(lead.reference))


def _noted(ground: Ground, name: str, call: Call, number: int) -> None:
    """Where the copy is. If its author changed it while it was on its way, the change follows."""
    if call.part != COPY:
        desk_rows.noted_card(ground, name, call, number)
        return
    crossing = crossings.get(ground.tx, int(name))
    if ground.lead is None or crossing is None or not isinstance(call, Show | Carry):
        return
    crossings.arrived(ground.tx, crossing.id, call.chat, number)
    now = next((each for each in _copied(ground, crossing) if each.part == COPY), None)
    if crossing.to_message is None and isinstance(now, Show | Carry) and now.screen != call.screen:
        posting.relay(ground.tx, ground.lead, crossing, posting.EDIT)


PLANS = {posting.RELAY: _relay, posting.EDIT: _edit}
NOTED = {posting.RELAY: _noted, posting.EDIT: _noted}
