"""What a citizen is told of their lead, in their language."""

from __future__ import annotations

from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Screen
from bot.guide.shelf import Edition
from bot.referrals.cards import code
from bot.store.leads import UNCLAIMED, Lead

ROADMAP = "1:n:roadmap"


def still_true(kind: str, lead: Lead) -> bool:
    """Whether a notice that waited to be sent would still say what is so."""
    match kind:
        case "waiting":
            return lead.office is None
        case "delivered":
            return lead.state != "new"
        case "returned":
            return lead.state in UNCLAIMED
        case "claimed":
            return lead.state not in UNCLAIMED
        case _:
            return True


def notice(edition: Edition, lead: Lead, kind: str) -> Screen:
    """The notice of this kind; see ``posting.tell_citizen`` for the kinds."""
    voice = edition.voice
    office = edition.words.offices.get(lead.office or "", voice.plain("notice.office"))
    parts = [voice.say(f"notice.{kind}", office=office, reference=code(lead.reference))]
    if kind == "claimed":
        phone = "phone" in lead.sealed["contact"]
        parts.append(voice.say("notice.by-phone") if phone else voice.say("notice.by-chat"))
    button = Button(voice.plain("notice.roadmap"), press=ROADMAP)
    return Screen(str(paragraphs(*parts)), ((button,),))
