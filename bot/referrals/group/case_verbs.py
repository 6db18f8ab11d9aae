"""What the buttons of a case do: take it, work on it, end it, open it again."""

from __future__ import annotations

from collections.abc import Mapping

from bot.guide.direction import isolated
from bot.guide.screen import Button
from bot.referrals import posting
from bot.referrals.case import acting
from bot.referrals.case.life import OUTCOMES, Event, Outcome
from bot.referrals.group.deed import Answer, Deed, Verb
from bot.referrals.seen import cards
from bot.store import leads


def _take(deed: Deed) -> Answer:
    """The first wins, whatever both saw on their cards."""
    voice, lead, officer = deed.edition.voice, deed.lead, deed.officer
    if lead.state in leads.TAKEN and lead.officer == officer.number:
        return Answer(voice.plain("office.yours-already"))
    if not deed.may("claimed"):
        return deed.refused()
    if lead.state == "new" and acting.happen(deed.tx, lead, "delivered", note=officer.office):
        # A press on its card is the first that we hear of the card's arrival.
        posting.tell_citizen(deed.tx, lead, "delivered")
        lead = acting.current(deed.tx, lead.id)
    acting.happen(deed.tx, lead, "claimed", officer=officer.number, owner=officer.number)
    posting.tell_citizen(deed.tx, lead, "claimed")
    return Answer(voice.plain("office.now-yours"))


def _begin(deed: Deed) -> Answer:
    return _moved(deed, "begun", "office.now-working")


def _wait(deed: Deed) -> Answer:
    return _moved(deed, "waits", "office.now-waiting", notice="waits")


def _moved(deed: Deed, event: Event, said: str, notice: str | None = None) -> Answer:
    """An event that changes nothing but the state."""
    if not deed.may(event):
        return deed.refused()
    acting.happen(deed.tx, deed.lead, event, officer=deed.officer.number)
    if notice:
        posting.tell_citizen(deed.tx, deed.lead, notice)
    return Answer(deed.edition.voice.plain(said))


def _resolve(deed: Deed) -> Answer:
    """Asks what the case came to."""
    if not deed.may("resolved"):
        return deed.refused()
    voice = deed.edition.voice
    buttons = [
        Button(voice.plain(f"outcome.{outcome}"), press=f"o:end:{deed.lead.id}:{outcome}")
        for outcome in OUTCOMES
    ]
    return Answer("", screen=cards.menu(deed.edition, deed.lead, deed.card(), buttons))


def _end(deed: Deed) -> Answer:
    """The case is resolved; what still waited for another desk is called off."""
    if not deed.may("resolved") or deed.value not in OUTCOMES:
        return deed.refused()
    outcome: Outcome = deed.value
    acting.call_off(deed.tx, deed.lead, deed.officer.number)
    lead = acting.current(deed.tx, deed.lead.id)
    acting.happen(
        deed.tx, lead, "resolved", officer=deed.officer.number, note=outcome, outcome=outcome
    )
    posting.tell_citizen(deed.tx, lead, "resolved")
    return Answer(deed.edition.voice.plain("office.now-resolved"))


def _reopen(deed: Deed) -> Answer:
    if not deed.may("reopened") or deed.lead.citizen is None:
        return deed.refused()
    acting.happen(deed.tx, deed.lead, "reopened", officer=deed.officer.number)
    posting.tell_citizen(deed.tx, deed.lead, "reopened")
    return Answer(deed.edition.voice.plain("office.now-reopened"))


def _show_number(deed: Deed) -> Answer:
    if not deed.may("number-shown"):
        return deed.refused()
    contact, voice = deed.lead.sealed["contact"], deed.edition.voice
    if "phone" not in contact:
        return Answer(voice.plain("office.no-number"), alert=True)
    acting.happen(deed.tx, deed.lead, "number-shown", officer=deed.officer.number, quietly=True)
    name, phone = cards.short_name(deed.lead.sealed["name"]), isolated(contact["phone"])
    return Answer(voice.plain("office.number", name=name, phone=phone), alert=True)


def _card(deed: Deed) -> Answer:
    """Back from other buttons to the card's own."""
    return Answer("", screen=deed.card())


VERBS: Mapping[str, Verb] = {
    "take": _take,
    "begin": _begin,
    "wait": _wait,
    "resolve": _resolve,
    "end": _end,
    "reopen": _reopen,
    "phone": _show_number,
    "card": _card,
}
