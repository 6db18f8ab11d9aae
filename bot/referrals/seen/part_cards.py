"""The card of a case as a desk sees it that does not have it: it was asked, or is to take it over.

Neither the person's name nor a number is on it: those are with whoever has the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from bot.guide.direction import isolated
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Rows, Screen, in_rows
from bot.guide.shelf import Edition
from bot.referrals.seen import cards, copies
from bot.store import involvements, leads
from bot.store.involvements import Involvement
from bot.store.leads import Event, Lead
from bot.store.store import Transaction

ROOM_FOR_ANSWERS = 2000
ROOM_FOR_WORDS = 1000
"""UTF-16 units: of the answers, and of what the asking desk wrote, on the longest card."""
BUTTONS = {
    "asked": (("part.answer", "answer"),),
    "transfer": (("part.take-over", "take-over"), ("part.decline", "decline")),
}
"""Labels and verbs, by kind of part."""
SAYS = {"asked": "asked", "transfer": "offered"}
"""In which event stands what the desk wrote that turned to another, by kind of part."""


def card_of(tx: Transaction, edition: Edition, lead: Lead, today: date, office: str) -> Screen:
    """The case as this desk sees it: its own, another's in which it has a part, or had one."""
    if lead.office == office:
        return cards.card(tx, edition, lead, today)
    parts = [part for part in involvements.of_lead(tx, lead.id) if part.office == office]
    now = next((part for part in parts if part.state == "open"), None)
    if now is not None and lead.citizen is not None:
        return _open(tx, edition, lead, today, now)
    if parts and parts[-1].state in ("answered", "declined", "cancelled"):
        return Screen(str(_over(edition, lead, parts[-1])))
    return cards.passed_on(edition, lead)


def written(history: Sequence[Event], part: Involvement, kind: str) -> list[str]:
    """What was written with events of this kind that belong to a part, the oldest first.

    The note of such an event is the id of the part's desk, then what was written.
    """
    notes = (each.note or "" for each in history if each.kind == kind and each.at >= part.since)
    found = (note.partition(" ") for note in notes)
    return [text for office, _, text in found if office == part.office and text]


def office_name(edition: Edition, office: str | None) -> str:
    """A desk's name in words."""
    voice = edition.voice
    return edition.words.offices.get(office or "", office or voice.plain("notice.office"))


def number(lead: Lead) -> Markup:
    """A case's reference without its letter, for messages that are about a case but are not it.

    A reply to a message of ours in which the whole reference stands is taken for one to the card,
    and what replies to these must never reach the citizen.
    """
    return Markup(isolated(lead.reference.removeprefix("D-")))


def _open(tx: Transaction, edition: Edition, lead: Lead, today: date, part: Involvement) -> Screen:
    voice = edition.voice
    told = {"office": office_name(edition, part.by_office), "moment": cards.at(part.since, voice)}
    holder = office_name(edition, lead.office)
    text = paragraphs(
        cards.head(edition, lead, today),
        Markup("\n").join([voice.say(f"part.{part.kind}", **told), *_words(tx, part)]),
        cards.answers(edition, lead, ROOM_FOR_ANSWERS),
        voice.say(f"part.{part.kind}.person", office=holder),
        voice.say(f"part.{part.kind}.how"),
    )
    return Screen(str(text), _buttons(edition, lead, part))


def _words(tx: Transaction, part: Involvement) -> list[Markup]:
    """What the other desk wrote: the newest of it, if there is not room for all."""
    lines: list[Markup] = []
    room = ROOM_FOR_WORDS
    for text in reversed(written(leads.events(tx, part.lead), part, SAYS[part.kind])):
        body = copies.body(_cut(text, room))
        room -= len(body.encode("utf-16-le")) // 2
        lines.insert(0, escape(body))
        if room <= 0:
            break
    return lines


def _cut(text: str, room: int) -> str:
    """As much of a text as there is room for."""
    units = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return text if units == text else f"{units}…"


def _over(edition: Edition, lead: Lead, part: Involvement) -> Markup:
    """How the part of this desk ended."""
    voice = edition.voice
    return voice.say(
        f"part.{part.kind}.{part.state}",
        office=office_name(edition, part.by_office),
        reference=cards.code(lead.reference),
        moment=cards.at(part.ended, voice) if part.ended else "",
    )


def _buttons(edition: Edition, lead: Lead, part: Involvement) -> Rows:
    buttons = [
        Button(edition.voice.plain(label), press=f"o:{verb}:{lead.id}")
        for label, verb in BUTTONS[part.kind]
    ]
    return in_rows(buttons, mirrored=edition.mirrored)
