"""The morning digest of a desk: what is new, who waits, what is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.guide.pages import figures
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Screen
from bot.guide.shelf import Shelf
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.case import clock
from bot.referrals.ground import Ground, local_day
from bot.referrals.rows import report_rows
from bot.referrals.seen import part_cards
from bot.store import involvements, leads, marks, offices, outbox
from bot.store.leads import UNCLAIMED, Lead
from bot.store.store import Transaction

DIGEST = "digest"
MOST_NAMED = 7
"""Late cases that are named; of more only the number is told."""


@dataclass(frozen=True)
class Standing:
    """How the cases of a desk stand."""

    unclaimed: Sequence[Lead]
    in_hand: int
    waiting: int
    """Of those in hand: for how many the citizen's answer is awaited."""
    late: Sequence[Lead]
    asked: int
    """Cases of other desks in which this one has something to say."""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to tell of."""
        return not (self.unclaimed or self.in_hand or self.asked)


def standing(tx: Transaction, shelf: Shelf, office: str) -> Standing:
    """How the cases of a desk stand now."""
    open_now = leads.open_of_office(tx, office)
    unclaimed = [lead for lead in open_now if lead.state in UNCLAIMED]
    return Standing(
        unclaimed,
        len(open_now) - len(unclaimed),
        sum(lead.state == "waiting-citizen" for lead in open_now),
        [lead for lead in open_now if clock.is_overdue(tx, shelf, lead)],
        len(involvements.open_of_office(tx, office)),
    )


def morning(tx: Transaction, shelf: Shelf) -> bool:
    """Queues the digests once on each working day, when offices have opened; whether it did."""
    today = local_day(tx.now).isoformat()
    working = clock.working_time(shelf)
    opened = working.opening(tx.now) <= tx.now
    if not opened or marks.get(tx, marks.DIGEST_DAY) == today:
        return False
    for desk in offices.desks(tx):
        outbox.put(tx, posting.to_office(desk.office), DIGEST, rank=outbox.DIGEST)
    marks.put(tx, marks.DIGEST_DAY, today)
    return True


def _digest(ground: Ground, _: str) -> Iterator[Call]:
    desk, edition = ground.desk, ground.edition
    if desk is None:
        return
    parts = [_own(ground, desk.office)]
    if desk.office == ground.shelf.guide.head_office:
        parts.append(_others(ground, desk.office))
    parts.append(report_rows.due_line(ground.tx, ground.shelf, desk.office))
    if any(parts):
        title = edition.voice.say("digest.title", day=figures.day(ground.today, edition.voice))
        yield Show(DIGEST, desk.chat, Screen(str(paragraphs(title, *parts))))


def _own(ground: Ground, office: str) -> Markup:
    """The desk's own cases; nothing if it has none."""
    now, voice = standing(ground.tx, ground.shelf, office), ground.edition.voice
    if now.nothing:
        return Markup("")
    counts = {
        "unclaimed": len(now.unclaimed),
        "in-hand": now.in_hand,
        "waiting": now.waiting,
        "asked": now.asked,
        "late": len(now.late),
    }
    lines = [voice.count(f"digest.{name}", number) for name, number in counts.items() if number]
    lines += [_late(ground, lead) for lead in now.late[:MOST_NAMED]]
    return Markup("\n").join(figures.bullet(line, voice) for line in lines)


def _late(ground: Ground, lead: Lead) -> Markup:
    voice, words = ground.edition.voice, ground.edition.words
    day = clock.due(ground.tx, ground.shelf, lead)
    return voice.say(
        "digest.late-case",
        reference=part_cards.number(lead),
        topic=words.topics.get(lead.topic, lead.topic),
        day=figures.day(local_day(day), voice) if day else "",
    )


def _others(ground: Ground, head: str) -> Markup:
    """For the head office: where something is late or nobody takes what is new."""
    voice, words, lines = ground.edition.voice, ground.edition.words, []
    for office in ground.shelf.guide.offices:
        now = standing(ground.tx, ground.shelf, office)
        if office != head and (now.late or now.unclaimed):
            told = {"office": words.offices[office], "late": len(now.late)}
            line = voice.say("digest.office", unclaimed=len(now.unclaimed), **told)
            lines.append(figures.bullet(line, voice))
    return Markup("\n").join([voice.say("digest.others"), *lines]) if lines else Markup("")


PLANS = {DIGEST: _digest}
