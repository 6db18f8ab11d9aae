"""Buttons for turning to another desk, and for the desk that was turned to; and the questions of
the bot that they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import escape

from bot.guide.screen import Button, Screen
from bot.guide.shelf import Shelf
from bot.referrals.case import acting, passing
from bot.referrals.content import Message
from bot.referrals.ground import Ground
from bot.referrals.group import prompts
from bot.referrals.group.deed import Answer, Deed, Verb
from bot.referrals.group.prompts import PromptKind
from bot.referrals.seen import cards, part_cards
from bot.store import involvements, leads
from bot.store import prompts as stored
from bot.store.offices import Desk, Officer
from bot.store.prompts import Prompt
from bot.store.store import Transaction

ON_A_PAGE = 6
"""Desks to choose from at once: what else stands there leaves room for no more."""


def _choose(deed: Deed) -> Answer:
    """What is open with other desks, to be taken back, and the desks to turn to."""
    if not (deed.may("asked") or deed.may("offered")):
        return deed.refused()
    page = int(deed.value) if deed.value.isdecimal() else 0
    found = passing.choices(deed.tx, deed.shelf.guide, deed.lead)
    buttons = [] if page else _open_parts(deed)
    begin = page * ON_A_PAGE
    buttons += [
        _button(deed, _name(deed, office), "pass-to", office)
        for office in found[begin : begin + ON_A_PAGE]
    ]
    if len(found) > begin + ON_A_PAGE:
        buttons.append(_button(deed, _say(deed, "pass.more"), "pass", str(page + 1)))
    if not buttons:
        return Answer(_say(deed, "pass.nobody"), alert=True)
    return Answer("", screen=cards.menu(deed.edition, deed.lead, deed.card(), buttons))


def _open_parts(deed: Deed) -> list[Button]:
    return [
        _button(deed, _say(deed, f"pass.call-off.{part.kind}", part.office), "call-off", part.id)
        for part in involvements.open_of_lead(deed.tx, deed.lead.id)
        if deed.may("cancelled")
    ]


def _chosen(deed: Deed) -> Answer:
    """What the desk is turned to for."""
    tx, guide, office = deed.tx, deed.shelf.guide, deed.value
    if office not in passing.choices(tx, guide, deed.lead):
        return _not_now(deed)
    buttons = []
    if deed.may("asked"):
        buttons.append(_button(deed, _say(deed, "pass.ask", office), "ask", office))
    if deed.may("offered") and passing.can_offer(tx, guide, deed.lead, office):
        for verb in ("offer", "offer-note"):
            buttons.append(_button(deed, _say(deed, f"pass.{verb}", office), verb, office))
    if not buttons:
        return deed.refused()
    return Answer("", screen=cards.menu(deed.edition, deed.lead, deed.card(), buttons))


def _ask(deed: Deed) -> Answer:
    if not deed.may("asked"):
        return deed.refused()
    if deed.value not in passing.choices(deed.tx, deed.shelf.guide, deed.lead):
        return _not_now(deed)
    return _prompted(deed, f"ask:{deed.value}")


def _offer(deed: Deed) -> Answer:
    if not deed.may("offered"):
        return deed.refused()
    if not passing.offer(deed.tx, deed.shelf.guide, deed.lead, deed.value, deed.officer):
        return _not_now(deed)
    return Answer(_say(deed, "pass.is-offered", deed.value), screen=deed.card())


def _offer_with_note(deed: Deed) -> Answer:
    if not deed.may("offered"):
        return deed.refused()
    if not passing.can_offer(deed.tx, deed.shelf.guide, deed.lead, deed.value):
        return _not_now(deed)
    return _prompted(deed, f"offer:{deed.value}")


def _call_off(deed: Deed) -> Answer:
    part = involvements.get(deed.tx, int(deed.value)) if deed.value.isdecimal() else None
    if part is None or not deed.may("cancelled"):
        return deed.refused()
    if not passing.cancel(deed, part):
        return Answer(_say(deed, "pass.over"), alert=True, screen=deed.card())
    return Answer(_say(deed, "pass.is-called-off", part.office), screen=deed.card())


def _answer(deed: Deed) -> Answer:
    part = passing.part_open(deed.tx, deed.lead, "asked", deed.desk.office)
    if part is None or not deed.may("answered"):
        return deed.refused()
    return _prompted(deed, "answer")


def _take_over(deed: Deed) -> Answer:
    """Of all who press, here or where the case was, the first wins."""
    if not passing.take_over(deed):
        return deed.refused()
    return Answer(_say(deed, "office.now-yours"), screen=deed.card())


def _decline(deed: Deed) -> Answer:
    if passing.part_open(deed.tx, deed.lead, "transfer", deed.desk.office) is None:
        return deed.refused()
    buttons = [
        _button(deed, _say(deed, f"pass.{verb}"), verb) for verb in ("decline-note", "decline-now")
    ]
    return Answer("", screen=cards.menu(deed.edition, deed.lead, deed.card(), buttons))


def _decline_with_reason(deed: Deed) -> Answer:
    if passing.part_open(deed.tx, deed.lead, "transfer", deed.desk.office) is None:
        return deed.refused()
    return _prompted(deed, "decline")


def _decline_now(deed: Deed) -> Answer:
    if not passing.decline(deed):
        return deed.refused()
    return Answer(_say(deed, "pass.is-declined"), screen=deed.card())


def _prompted(deed: Deed, what: str) -> Answer:
    prompts.asks(deed.tx, deed.desk.office, what, deed.lead.id)
    return Answer(_say(deed, "pass.reply-below"), screen=deed.card())


def _not_now(deed: Deed) -> Answer:
    return Answer(_say(deed, "pass.not-now", deed.value), alert=True, screen=deed.card())


def _button(deed: Deed, label: str, verb: str, value: str | int = "") -> Button:
    press = f"o:{verb}:{deed.lead.id}"
    return Button(label, press=f"{press}:{value}" if value != "" else press)


def _say(deed: Deed, id: str, office: str | None = None) -> str:
    return deed.edition.voice.plain(id, office=_name(deed, office))


def _name(deed: Deed, office: str | None) -> str:
    return part_cards.office_name(deed.edition, office)


VERBS: Mapping[str, Verb] = {
    "pass": _choose,
    "pass-to": _chosen,
    "ask": _ask,
    "offer": _offer,
    "offer-note": _offer_with_note,
    "call-off": _call_off,
    "answer": _answer,
    "take-over": _take_over,
    "decline": _decline,
    "decline-note": _decline_with_reason,
    "decline-now": _decline_now,
}


def _asked_for(kind: str) -> Callable[[Ground, str], Screen | None]:
    """The question of this kind. The case's whole reference must not stand in it (``asks``)."""

    def ask(ground: Ground, office: str) -> Screen | None:
        lead, voice = ground.lead, ground.edition.voice
        if lead is None or lead.state not in leads.OPEN:
            return None
        told = {
            "office": part_cards.office_name(ground.edition, office),
            "number": part_cards.number(lead),
        }
        return Screen(str(voice.say(f"pass.prompt.{kind}", **told)))

    return ask


def _question(deed: Deed, office: str, message: Message) -> Screen | None:
    return passing.ask(deed, office, message)


def _note_of_offer(deed: Deed, office: str, message: Message) -> Screen | None:
    if not deed.may("offered"):
        return _refused(deed)
    text = message.content.text if message.content else ""
    if not text:
        return _screen(deed, "pass.only-text")
    if not passing.offer(deed.tx, deed.shelf.guide, deed.lead, office, deed.officer, text):
        return _screen(deed, "pass.not-now", office)
    _drop(deed, message)
    return _screen(deed, "pass.is-offered", office)


def _answer_by_reply(deed: Deed, _: str, message: Message) -> Screen | None:
    return passing.answer(deed, message)


def _reason(deed: Deed, _: str, message: Message) -> Screen | None:
    text = message.content.text if message.content else ""
    if not text:
        return _screen(deed, "pass.only-text")
    if not passing.decline(deed, text):
        return _refused(deed)
    _drop(deed, message)
    return _screen(deed, "pass.is-declined")


def _handled(
    handle: Callable[[Deed, str, Message], Screen | None],
) -> Callable[[Transaction, Shelf, Desk, Officer, Prompt, Message], Screen | None]:
    """A reply, looked at as a deed of its author in the case as it stands now."""

    def reply(
        tx: Transaction,
        shelf: Shelf,
        desk: Desk,
        officer: Officer,
        prompt: Prompt,
        message: Message,
    ) -> Screen | None:
        if prompt.lead is None:
            return None
        lead = acting.current(tx, prompt.lead)
        value = prompt.what.partition(":")[2]
        return handle(passing.deed_of(tx, shelf, desk, officer, lead), value, message)

    return reply


def _drop(deed: Deed, message: Message) -> None:
    """The question has done its work: another reply to it must not do that again."""
    stored.drop(deed.tx, message.chat, message.reply_to or 0)


def _refused(deed: Deed) -> Screen:
    return Screen(str(escape(deed.refused().toast)))


def _screen(deed: Deed, id: str, office: str | None = None) -> Screen:
    return Screen(str(escape(_say(deed, id, office))))


PROMPTS: Mapping[str, PromptKind] = {
    kind: PromptKind(_asked_for(kind), _handled(handle))
    for kind, handle in {
        "ask": _question,
        "offer": _note_of_offer,
        "answer": _answer_by_reply,
        "decline": _reason,
    }.items()
}
