"""The clock of a case: what the office owes the citizen by when, and who is reminded of it.

First the owner, one working day before the day; on the day the office, and the citizen is told
that it slips; one working day later the head office. Each once for what is owed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from bot.engine.working_time import DAMASCUS, WorkingTime
from bot.guide.direction import isolated
from bot.guide.pages import figures
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.case import acting
from bot.referrals.ground import Ground, local_day
from bot.referrals.rows import desk_rows
from bot.referrals.seen import cards, part_cards
from bot.store import involvements, leads, outbox, profiles
from bot.store.leads import TAKEN, Lead
from bot.store.store import Transaction

REMIND = "remind"
STAGES = ("owner", "office", "head")


def working_time(shelf: Shelf, hours: tuple[str, str] | None = None) -> WorkingTime:
    """When offices work, by the guide's calendar and an office's own hours."""
    return WorkingTime.of(shelf.guide.calendar, DAMASCUS, hours)


def days_owed(shelf: Shelf, lead: Lead) -> int:
    """How many working days the office has for what it owes now."""
    topic = shelf.guide.topics.get(lead.topic)
    if topic is None:  # the topic has left the guide since: the strictest that is left
        return min((each.answer for each in shelf.guide.topics.values()), default=1)
    return topic.answer if lead.owed == "answer" else topic.step


def due(tx: Transaction, shelf: Shelf, lead: Lead) -> datetime | None:
    """By when the office owes the citizen its next move; ``None``: it owes nothing now.

    Counted in the hours that the office has told us, else in those of the guide's calendar.
    """
    if lead.owed_since is None:
        return None
    working = working_time(shelf, profiles.hours(tx, lead.office))
    return working.after(lead.owed_since, days_owed(shelf, lead))


def is_overdue(tx: Transaction, shelf: Shelf, lead: Lead) -> bool:
    """Whether the day has passed."""
    day = due(tx, shelf, lead)
    return day is not None and day <= tx.now


def tick(tx: Transaction, shelf: Shelf) -> int:
    """Reminds of everything whose time has come since the last look; returns how many cases."""
    late = 0
    for lead in leads.owing(tx):
        passed = _passed(tx, shelf, lead)
        if passed > lead.reminded:
            for stage in STAGES[lead.reminded : passed]:
                _remind(tx, shelf, lead, stage)
            leads.note_reminded(tx, lead.id, passed)
            late += 1
    return late


def _passed(tx: Transaction, shelf: Shelf, lead: Lead) -> int:
    """How many of the stages have come."""
    if lead.owed_since is None:
        return 0
    working = working_time(shelf, profiles.hours(tx, lead.office))
    days = days_owed(shelf, lead)
    moments = (working.after(lead.owed_since, days + more) for more in (-1, 0, 1))
    return sum(moment <= tx.now for moment in moments)


def _remind(tx: Transaction, shelf: Shelf, lead: Lead, stage: str) -> None:
    """Queues a reminder. Nobody is reminded before somebody has the case in hand but the office."""
    if stage == "owner":
        holder = acting.owner_of(tx, lead)
        if lead.state not in TAKEN or holder is None or holder.away:
            return
    if stage == "head" and lead.office == shelf.guide.head_office:
        return
    to = shelf.guide.head_office if stage == "head" else lead.office
    if to is None:
        return
    leads.add_event(tx, lead.id, "reminded", note=stage)
    outbox.put(tx, posting.to_office(to), f"{REMIND}:{stage}", lead.id)
    if stage == "office":
        posting.tell_citizen(tx, lead, "late")
        for part in involvements.open_of_lead(tx, lead.id):
            outbox.put(tx, posting.to_office(part.office), f"{REMIND}:asked", lead.id)


def _reminder(ground: Ground, stage: str) -> Iterator[Call]:
    """The reminder, under the lead's card, unless what was owed has been done meanwhile."""
    desk, lead = ground.desk, ground.lead
    if desk is None or lead is None or lead.owed_since is None:
        return
    if stage in STAGES and lead.reminded <= STAGES.index(stage):
        return
    screen = Screen(str(_text(ground, lead, stage)))
    place = desk_rows.beside(ground.tx, lead, desk)
    yield Show(REMIND, desk.chat, screen, thread=place.thread, reply_to=place.message)


def _text(ground: Ground, lead: Lead, stage: str) -> Markup:
    edition, day = ground.edition, due(ground.tx, ground.shelf, lead)
    voice, words = edition.voice, edition.words
    told = {
        "reference": part_cards.number(lead),
        "office": words.offices.get(lead.office or "", voice.plain("notice.office")),
        "owner": _owner(ground.tx, lead, edition),
        "day": figures.day(local_day(day), voice) if day else "",
    }
    what = stage if stage in ("head", "asked") else lead.owed
    return paragraphs(
        voice.say(f"clock.{stage}.{lead.owed}", **told), voice.say(f"clock.do.{what}")
    )


def _owner(tx: Transaction, lead: Lead, edition: Edition) -> Markup:
    """The owner's name, which calls them; if nobody has it, that."""
    holder = acting.owner_of(tx, lead)
    if holder is None or lead.state not in TAKEN:
        return edition.voice.say("clock.nobody")
    name = isolated(Markup('<a href="tg://user?id={}">{}</a>'))
    return Markup(name).format(holder.telegram, cards.short_name(holder.name))


PLANS = {REMIND: _reminder}
