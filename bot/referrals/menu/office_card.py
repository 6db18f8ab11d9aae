"""The office's card: what an office says of itself, asked by the bot and answered by replies.

Only an office lead may say it. Citizens read it as confirmed by the office on that day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from markupsafe import Markup

from bot.engine.profile import FIELDS, Field
from bot.engine.readers import Accepted, Refused, clean, read_hours, read_phone
from bot.engine.readers.text import fold
from bot.guide.pages.office import LONGEST_ADDRESS, MOST_PHONES, map_button, office_text
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Rows, Screen, in_rows
from bot.guide.shelf import Shelf
from bot.referrals.content import Content, Message
from bot.referrals.ground import GROUP_LANGUAGE, Ground, local_day
from bot.referrals.group import prompts
from bot.referrals.group.deed import Answer
from bot.referrals.group.prompts import PromptKind
from bot.referrals.menu.office_deed import OfficeDeed, OfficeVerb
from bot.referrals.seen import part_cards
from bot.store import profiles
from bot.store import prompts as stored
from bot.store.offices import Desk, Officer
from bot.store.prompts import Prompt
from bot.store.store import Transaction

PROFILE = "profile"
BETWEEN_PHONES = "\n,،;؛"
SYRIA = ((32.0, 37.5), (35.5, 42.5))
"""Latitudes and longitudes between which a place in Syria lies, in degrees."""


def _card(deed: OfficeDeed) -> Answer:
    """What citizens read of the office, and for leads the way to change it."""
    profile = profiles.get(deed.tx, deed.desk.office)
    name = part_cards.office_name(deed.edition, deed.desk.office)
    how = "desk.card-how" if deed.officer.administrator else "desk.card-leads"
    parts = [
        deed.told("desk.card-title", office=name),
        office_text(deed.edition, profile),
        deed.told(how),
    ]
    rows: Rows = ()
    if deed.officer.administrator:
        buttons = [deed.button(f"desk.field.{f}", "fact", 0, f) for f in FIELDS]
        rows = in_rows(buttons, mirrored=deed.edition.mirrored)
        if profile.facts:
            rows = ((deed.button("desk.still-right", "still-right"),), *rows)
    place = map_button(deed.edition.voice, profile)
    return deed.shown(parts, (((place,),) if place else ()) + rows)


def _fact(deed: OfficeDeed) -> Answer:
    """One thing on the card: asked for at once, unless it is known and may be taken off."""
    field = _field(deed)
    if field is None:
        return deed.alert("desk.leads-only")
    profile = profiles.get(deed.tx, deed.desk.office)
    if field not in profile.facts:
        return _set(deed)
    only = replace(profile, facts={field: profile.facts[field]})
    rows = (
        (deed.button("desk.fact-set", "fact-set", 0, field),),
        (deed.button("desk.fact-gone", "fact-gone", 0, field),),
    )
    return deed.shown([office_text(deed.edition, only, unknown=False)], rows, back="card-of-office")


def _set(deed: OfficeDeed) -> Answer:
    field = _field(deed)
    if field is None:
        return deed.alert("desk.leads-only")
    prompts.asks(deed.tx, deed.desk.office, f"{PROFILE}:{field}")
    return replace(_card(deed), toast=deed.say("desk.reply-below"))


def _gone(deed: OfficeDeed) -> Answer:
    field = _field(deed)
    if field is None:
        return deed.alert("desk.leads-only")
    profiles.remove(deed.tx, deed.desk.office, field, deed.officer.number)
    return replace(_card(deed), toast=deed.say("desk.fact-is-gone"))


def _still_right(deed: OfficeDeed) -> Answer:
    """All of it is confirmed once more today."""
    if not deed.officer.administrator:
        return deed.alert("desk.leads-only")
    profiles.confirm(deed.tx, deed.desk.office, deed.officer.number, deed.today)
    return replace(_card(deed), toast=deed.say("desk.confirmed-today"))


def _field(deed: OfficeDeed) -> Field | None:
    """The thing that the button names, if whoever presses may say it."""
    known = deed.value in FIELDS and deed.officer.administrator
    return cast(Field, deed.value) if known else None


def _question(ground: Ground, value: str) -> Screen | None:
    """``<field>``, or ``<field>:<what was wrong with the answer before>``."""
    field, _, wrong = value.partition(":")
    voice = ground.edition.voice
    why = voice.say(f"desk.wrong.{wrong}") if wrong else Markup("")
    return Screen(str(paragraphs(why, voice.say(f"desk.ask.{field}"))))


def _answered(
    tx: Transaction, shelf: Shelf, desk: Desk, officer: Officer, prompt: Prompt, message: Message
) -> Screen | None:
    """A reply to the question. What cannot be understood is asked again, with the reason."""
    voice = shelf.edition(GROUP_LANGUAGE).voice
    if not officer.administrator:
        return Screen(str(voice.say("desk.leads-only")))
    field = cast(Field, prompt.what.split(":")[1])
    read = read_fact(field, message.content)
    if isinstance(read, Refused):
        prompts.asks(tx, desk.office, f"{PROFILE}:{field}:{read.reason}")
        return None
    profiles.put(tx, desk.office, field, read.value, officer.number, local_day(tx.now))
    stored.drop(tx, prompt.chat, prompt.message)
    profile = profiles.get(tx, desk.office)
    only = replace(profile, facts={field: profile.facts[field]})
    said = office_text(shelf.edition(GROUP_LANGUAGE), only, unknown=False)
    place = map_button(voice, only)
    return Screen(
        str(paragraphs(voice.say("desk.fact-is-set"), said)), ((place,),) if place else ()
    )


def read_fact(field: Field, content: Content | None) -> Accepted | Refused:
    """What a reply says of an office: the value to be kept, or why it cannot be one."""
    if field == "place":
        return _place(content)
    if content is None or content.kind != "text":
        return Refused("not-text")
    match field:
        case "address":
            return _address(content.text)
        case "phones":
            return _phones(content.text)
        case _:
            return read_hours(content.text)


def _address(text: str) -> Accepted | Refused:
    line = clean(text, LONGEST_ADDRESS + 1)
    if not any(char.isalpha() for char in line):
        return Refused("not-address")
    return Accepted(line) if len(line) <= LONGEST_ADDRESS else Refused("too-long")


def _phones(text: str) -> Accepted | Refused:
    for sign in BETWEEN_PHONES:
        text = text.replace(sign, "\n")
    read = [read_phone(line) for line in text.split("\n") if fold(line)]
    numbers = list(dict.fromkeys(str(each.value) for each in read if isinstance(each, Accepted)))
    if not numbers or any(isinstance(each, Refused) for each in read):
        return Refused("not-phones")
    return Accepted(numbers) if len(numbers) <= MOST_PHONES else Refused("too-many-phones")


def _place(content: Content | None) -> Accepted | Refused:
    if content is None or content.place is None:
        return Refused("not-place")
    place: Sequence[float] = content.place
    inside = all(low <= at <= high for at, (low, high) in zip(place, SYRIA, strict=True))
    return Accepted([f"{at:.6f}" for at in place]) if inside else Refused("not-in-syria")


VERBS: Mapping[str, OfficeVerb] = {
    "card-of-office": _card,
    "fact": _fact,
    "fact-set": _set,
    "fact-gone": _gone,
    "still-right": _still_right,
}
PROMPTS: Mapping[str, PromptKind] = {PROFILE: PromptKind(_question, _answered)}
