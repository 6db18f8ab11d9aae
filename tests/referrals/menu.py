"""Officers who use their office's menu: what they write, press and read there."""

from __future__ import annotations

import re

from bot.guide.screen import Screen
from bot.referrals.case.officers import Who
from bot.referrals.case.relay import Heard
from bot.referrals.content import Content, Message
from bot.referrals.group.deed import Answer
from bot.store import offices
from bot.store.offices import Officer
from tests.referrals.country import HOMS, SAMER, Country

REFERENCE = re.compile(r"D-[2-9A-HJ-NP-Z]{6}")


async def opened(country: Country, who: Who = SAMER, chat: int = HOMS) -> Screen:
    """``/office`` is written in a group, and the answer stands there."""
    heard = await asked(country, who, chat)
    assert heard.said is not None
    number = sum(map(len, country.chats.values())) + len(country.threads) + 1
    country.chats.setdefault(chat, {})[number] = heard.said
    return heard.said


async def asked(country: Country, who: Who = SAMER, chat: int = HOMS) -> Heard:
    """What ``/office`` in a group comes to."""
    return await country.store.run(lambda tx: country.referrals.office_menu(tx, chat, who))


async def goes(
    country: Country, *verbs: str, who: Who = SAMER, chat: int = HOMS
) -> tuple[Answer, str]:
    """Presses one button after the other in a freshly opened menu; the last answer, and its text."""
    await opened(country, who, chat)
    answer = Answer("")
    for verb in verbs:
        answer = await country.press(chat, who, verb)
    text = country.last(chat).text
    assert not REFERENCE.search(text), "a reply to the menu would pass for one to a card"
    return answer, text


async def replies(
    country: Country,
    content: Content | str,
    who: Who = SAMER,
    chat: int = HOMS,
    to: int | None = None,
) -> Heard:
    """An officer replies to a message of the group, the newest unless named."""
    sent = Content("text", content) if isinstance(content, str) else content
    reply_to = to or max(country.chats[chat])
    message = Message(chat, 9000 + reply_to, sent, reply_to=reply_to)
    heard = await country.store.run(
        lambda tx: country.referrals.heard(tx, who, message, edited=False)
    )
    await country.deliver()
    return heard


async def officer(country: Country, who: Who, office: str = "homs") -> Officer:
    """What is known of somebody as a member of an office."""
    found = await country.store.run(lambda tx: offices.officer(tx, office, who.telegram))
    assert found is not None
    return found


def labels(screen: Screen) -> list[str]:
    """What stands on the buttons."""
    return [button.label for row in screen.rows for button in row]
