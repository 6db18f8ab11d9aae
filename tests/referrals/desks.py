"""Three desks and what their officers do between each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from bot.guide.screen import Screen
from bot.referrals.case.officers import Who
from bot.referrals.content import Content, Message
from bot.store import cards, leads
from bot.store.leads import Lead
from tests.referrals.country import HOMS, RIMA, SAMER, Country

CORP, CORP_AGAIN, BANK, HAMA = -1003, -1013, -1004, -1005
HUDA = Who(601, "Huda", administrator=True)
ZIAD = Who(602, "Ziad", administrator=True)
BASSEL = Who(603, "Bassel", administrator=True)
HEAD_OFFICER = Who(604, "Maya", administrator=True)
QUESTION = "هل الضمان متاح لمخبز؟\nونحتاج الجواب قريباً"
ANSWER = "نعم، بعد <الكشف>."
numbers = count(9000)


async def taken(country: Country, *, language: str = "ar", forum: bool = False) -> Lead:
    """A case of Homs in Samer's hands; the Guarantee Corporation has a group too."""
    await country.bind("homs", HOMS, SAMER, RIMA, forum=forum)
    await country.bind("guarantee-corp", CORP, HUDA, ZIAD, forum=forum)
    lead = await country.refer(await country.citizen(language=language))
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    return await country.lead(lead.id)


def card_of(country: Country, chat: int, lead: Lead) -> int:
    """The newest message of a group that shows the case, rather one with buttons."""
    shown = {
        n: screen for n, screen in country.chats[chat].items() if lead.reference in screen.text
    }
    return max(shown, key=lambda n: (bool(verbs(shown[n])), n))


def screen_of(country: Country, chat: int, lead: Lead) -> Screen:
    """The case's card in a group."""
    return country.chats[chat][card_of(country, chat, lead)]


def verbs(screen: Screen) -> list[str]:
    """What the buttons of a card do."""
    return [button.press.split(":")[1] for row in screen.rows for button in row if button.press]


async def press(country: Country, chat: int, who: Who, lead: Lead, *path: str) -> str:
    """Somebody presses on the case's card, through its menus; gives the last toast."""
    toast = ""
    for verb in path:
        toast = (await country.press(chat, who, verb, card_of(country, chat, lead))).toast
    await country.deliver()
    return toast


async def say(
    country: Country,
    chat: int,
    who: Who,
    to: int | None,
    text: str = "",
    *,
    content: Content | None = None,
    unfit: str = "",
    album: str | None = None,
    number: int = 0,
    quoted: Sequence[str] = (),
    edited: bool = False,
) -> str:
    """Somebody writes in a group, as a reply to a message; gives what is said to it."""
    said = content or (None if unfit else Content("text", text))
    message = Message(
        chat, number or next(numbers), said, unfit, to, quoted=tuple(quoted), album=album
    )
    heard = await country.store.run(
        lambda tx: country.referrals.heard(tx, who, message, edited=edited)
    )
    await country.deliver()
    return heard.said.text if heard.said else ""


async def ask(country: Country, lead: Lead, office: str = "guarantee-corp") -> str:
    """Samer asks a desk; gives what he is told."""
    await press(country, HOMS, SAMER, lead, "pass", f"pass-to/{office}", "ask")
    return await say(country, HOMS, SAMER, max(country.chats[HOMS]), QUESTION)


async def offer(country: Country, lead: Lead, office: str = "guarantee-corp") -> str:
    """Samer offers the case to a desk."""
    return await press(country, HOMS, SAMER, lead, "pass", f"pass-to/{office}", "offer")


async def notes(country: Country, lead: Lead) -> list[tuple[str, str | None]]:
    """The history with its notes."""
    found = await country.store.run(lambda tx: leads.events(tx, lead.id))
    return [(event.kind, event.note) for event in found]


async def press_in_thread(country: Country, lead: Lead, *path: str) -> str:
    """Samer presses on the card that has the buttons: in a forum that in the case's own thread."""
    own = await country.store.run(lambda tx: cards.thread(tx, lead.id, "homs"))
    message = own.message if own and own.message else card_of(country, HOMS, lead)
    toast = ""
    for verb in path:
        toast = (await country.press(HOMS, SAMER, verb, message)).toast
    await country.deliver()
    return toast
