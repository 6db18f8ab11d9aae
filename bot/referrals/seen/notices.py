"""What a citizen is told of their case, in their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Screen
from bot.guide.shelf import Edition
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.ground import Ground
from bot.referrals.seen.cards import code
from bot.store import involvements
from bot.store.leads import OPEN, UNCLAIMED, Lead

CASE = "1:n:case:"
ROADMAP = "1:n:roadmap"
"""A notice's buttons: they open the case, or the roadmap, below, and the notice stays to be read."""

STILL_TRUE: Mapping[str, Callable[[Lead], bool]] = {
    "waiting": lambda lead: lead.office is None,
    "delivered": lambda lead: lead.state != "new",
    "returned": lambda lead: lead.state in UNCLAIMED,
    "claimed": lambda lead: lead.state not in UNCLAIMED,
    "waits": lambda lead: lead.state == "waiting-citizen",
    "resolved": lambda lead: lead.state == "resolved",
    "reopened": lambda lead: lead.state in OPEN,
    "passed-on": lambda lead: lead.state in OPEN,
    "asked": lambda lead: lead.state == "waiting-body",
    "late": lambda lead: lead.owed is not None,
}
"""The kinds of notices, and whether one that waited to be sent would still say what is so."""


def notice(edition: Edition, lead: Lead, kind: str, asked: Sequence[str] = ()) -> Screen:
    """The notice of this kind. ``asked``: the desks that are still to answer the office."""
    voice, words = edition.voice, edition.words
    office = words.offices.get(lead.office or "", voice.plain("notice.office"))
    others = voice.plain("list.and").join(words.offices.get(each, each) for each in asked)
    told = {"office": office, "reference": code(lead.reference), "asked": others}
    if kind == "resolved":
        told["outcome"] = voice.plain(f"outcome.{lead.outcome}")
    parts = [voice.say(f"notice.{kind}", **told)]
    if kind == "claimed":
        phone = "phone" in lead.sealed["contact"]
        parts.append(voice.say("notice.by-phone") if phone else voice.say("notice.by-chat"))
    elif kind == "passed-on":
        parts.append(voice.say("notice.passed-on.who"))
    case = Button(voice.plain("notice.case"), press=f"{CASE}{lead.reference}")
    roadmap = Button(voice.plain("notice.roadmap"), press=ROADMAP)
    return Screen(str(paragraphs(*parts)), ((case,), (roadmap,)))


def _notice(ground: Ground, kind: str) -> Iterator[Call]:
    lead, citizen = ground.lead, ground.citizen
    if lead is None or citizen is None or lead.citizen != citizen.number:
        return
    if STILL_TRUE[kind](lead):
        parts = involvements.open_of_lead(ground.tx, lead.id)
        asked = [part.office for part in parts if part.kind == "asked"]
        screen = notice(ground.edition, lead, kind, asked)
        yield Show(posting.NOTICE, citizen.telegram, screen)


PLANS = {posting.NOTICE: _notice}
