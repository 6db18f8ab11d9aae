"""What stopped a citizen, as their office hears of it: in their case, or without who it was."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.guide.screen import Screen
from bot.guide.shelf import Shelf
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.case import routing
from bot.referrals.ground import Ground
from bot.referrals.rows import desk_rows
from bot.referrals.seen import part_cards
from bot.store import leads, obstacles, outbox
from bot.store.leads import OPEN, Lead
from bot.store.obstacles import Obstacle
from bot.store.store import Transaction

OBSTACLE = "obstacle"
GENERAL = "general"
"""The topic of what has none of its own."""


def tell_office(tx: Transaction, shelf: Shelf, code: str, lead: Lead | None) -> bool:
    """Queues an obstacle for the office that has the case, or without one, and without a person,
    for the office of the governorate. Whether any office will hear of it."""
    found = obstacles.get(tx, code)
    if found is None:
        return False
    if lead is not None and lead.state in OPEN and lead.office is not None:
        leads.add_event(tx, lead.id, "obstacle", note=f"{found.step} {found.kind}")
        row = f"{OBSTACLE}:{code}"
        outbox.put(tx, posting.to_office(lead.office), row, lead.id, outbox.CONVERSATION)
        return True
    # Without a case there is no topic: the office that takes the most general one.
    office = routing.route(tx, shelf.guide, GENERAL, found.governorate)
    if office is not None:
        outbox.put(tx, posting.to_office(office), f"{OBSTACLE}:{code}", rank=outbox.DIGEST)
    return office is not None


def _obstacle(ground: Ground, code: str) -> Iterator[Call]:
    desk, found = ground.desk, obstacles.get(ground.tx, code)
    if desk is None or found is None:
        return
    lead = ground.lead
    if lead is None:
        yield Show(OBSTACLE, desk.chat, Screen(str(_said(ground, found, "office.obstacle"))))
    elif ground.concerned:
        place = desk_rows.beside(ground.tx, lead, desk)
        said = _said(ground, found, "office.obstacle-of", reference=part_cards.number(lead))
        yield Show(
            OBSTACLE, desk.chat, Screen(str(said)), thread=place.thread, reply_to=place.message
        )


def _said(ground: Ground, found: Obstacle, id: str, **values: object) -> Markup:
    voice, words = ground.edition.voice, ground.edition.words
    step, body = words.steps.get(found.step), words.bodies.get(found.body)
    told = {
        "kind": voice.plain(f"obstacle.{found.kind}"),
        "step": step.title if step else found.step,
        "body": body.name if body else "",
    }
    return voice.say(id, **told, **values)


PLANS = {OBSTACLE: _obstacle}
