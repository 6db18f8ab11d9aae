"""What is done once a case's card stands in a group: over the local Telegram, as people do it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from aiohttp import ClientSession

from bot.app import Dalil
from bot.busy.plan import Part
from bot.busy.working import Staff
from bot.demo import HEAD, MARK, as_people
from bot.engine.values import Json
from bot.store import cards, crossings, offices
from bot.store.leads import Lead
from bot.store.store import Transaction

LOOK_EVERY = 0.5
OPINION = f"{MARK} لا مانع عندنا."
LETTER = f"{MARK} مرحباً، متى أستطيع أن آتي إليكم؟"
ANSWER = f"{MARK} أهلاً بكم. أرسلوا صورة ما لديكم من الأوراق، ثم نتفق على اليوم."


@dataclass(frozen=True)
class Place:
    """Where an officer talks about a case: the group, and the message to reply to."""

    chat: int
    message: int


Deed = Callable[[ClientSession, Place], Awaitable[object]]


@dataclass(frozen=True)
class Talk:
    """Something that waits for the card of a case at a desk."""

    lead: int
    office: str
    does: Deed
    to_letter: bool = False
    """Waits further, for what the citizen writes in the case, and replies to that."""


def answers(part: Part, lead: Lead) -> list[Talk]:
    """The citizen writes to the office, and it replies."""
    if lead.office is None:
        return []

    async def writes(people: ClientSession, _: Place) -> None:
        user: Json = {"id": part.telegram, "first_name": part.name}
        await as_people(people, "send", {"chat_id": part.telegram, "from": user, "text": LETTER})

    return [
        Talk(lead.id, lead.office, writes),
        Talk(lead.id, lead.office, _replies, to_letter=True),
    ]


def answering(lead: Lead, desk: str) -> Talk:
    """The desk that was asked replies to the card of the case."""
    return Talk(lead.id, desk, partial(_replies, text=OPINION))


def closing(staff: Staff, lead: Lead) -> Talk:
    """The case is ended: its card stays and says so."""

    async def ends(_: ClientSession, __: Place) -> None:
        await staff.does(lead, "end")

    return Talk(lead.id, lead.office or "", ends)


async def _replies(people: ClientSession, place: Place, text: str = ANSWER) -> None:
    wish = {"chat_id": place.chat, "from": HEAD, "text": text}
    await as_people(people, "send", wish | {"reply_to_message_id": place.message})


async def talk(dalil: Dalil, people: ClientSession, waiting: list[Talk]) -> None:
    """Does everything as soon as its card is there."""
    while waiting:
        left = []
        for each in waiting:
            place = await dalil.store.run(partial(_place, talk=each))
            if place is None:
                left.append(each)
            else:
                await each.does(people, place)
        waiting = left
        await asyncio.sleep(LOOK_EVERY)


def _place(tx: Transaction, talk: Talk) -> Place | None:
    """In a forum the case's own thread, elsewhere its card; ``None``: not there yet."""
    desk = offices.desk(tx, talk.office)
    own, card = cards.thread(tx, talk.lead, talk.office), cards.card(tx, talk.lead, talk.office)
    if desk is None or card is None:
        return None
    if talk.to_letter:
        arrived = [each.to_message for each in crossings.of_lead(tx, talk.lead) if each.to_message]
        return Place(desk.chat, arrived[-1]) if arrived else None
    message = own.message if own and own.message else card.message
    return Place(desk.chat, message)
