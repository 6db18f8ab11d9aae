"""Who asks which office for what, and what becomes of it: drawn, the same for the same seed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, cycle
from random import Random
from typing import Final

from bot.demo import MARK
from bot.engine.guide import Guide

FORUM: Final = "homs"
"""The office whose group has topics: one for each case, so fewer cases fill it."""
CASES = 8
FIRST_CITIZEN = 3000001
"""Ids of invented people in the local Telegram, from here on."""
NAMES = (
    "سلمى", "عمر", "ليلى", "حسن", "مها", "يوسف", "رنا", "خالد", "هند", "سامي",
    "نور", "فادي", "أمل", "باسل", "ريم", "جمال", "لينا", "وائل", "سمر", "طارق",
)  # fmt: skip
ENGLISH = 10
"""One citizen of so many reads English."""

STORIES: Final[Mapping[str, Sequence[tuple[int, str]]]] = {
    "new": ((0, "refer"),),
    "unseen": ((9, "refer"), (9, "arrive")),
    "taken": ((1, "refer"), (0, "take")),
    "begun": ((3, "refer"), (2, "take"), (1, "begin")),
    "late": ((15, "refer"), (14, "take"), (14, "begin")),
    "waits": ((5, "refer"), (4, "take"), (3, "wait")),
    "asked": ((4, "refer"), (3, "take"), (1, "ask")),
    "answered": ((5, "refer"), (4, "take"), (2, "ask"), (0, "answer")),
    "offered": ((4, "refer"), (3, "take"), (1, "offer")),
    "passed": ((6, "refer"), (5, "take"), (3, "offer"), (2, "take-over")),
    "declined": ((6, "refer"), (5, "take"), (3, "offer"), (2, "decline-now")),
    "talks": ((3, "refer"), (2, "take"), (1, "begin"), (0, "talk")),
    "ready": ((2, "refer"), (1, "take"), (0, "reply")),
    "ends": ((8, "refer"), (7, "take"), (6, "begin"), (0, "end")),
    "reopened": ((12, "refer"), (11, "take"), (5, "end-early"), (1, "reopen")),
    "gone": ((5, "refer"), (4, "take"), (1, "withdraw")),
}
"""What becomes of a case, each deed so many days ago. All states of a case are among them."""
IN_FORUM = ("new", "talks", "asked", "passed", "late", "waits")
EVERYWHERE = ("new", "talks")
"""Every office has cases of these stories; the others come in turn."""


@dataclass(frozen=True, slots=True)
class Part:
    """An invented citizen, what they ask for, and what becomes of it."""

    telegram: int
    name: str
    language: str
    governorate: str
    flow: str
    story: str
    phone: str | None
    """``None``: they want to be answered in the bot."""


def planned(guide: Guide, offices: Collection[str], seed: int = 1) -> list[Part]:
    """Everybody who comes to those of these offices that are a governorate's."""
    random, numbers = Random(seed), count()
    flows = [name for name, flow in guide.flows.items() if flow.refer and name != "officer"]
    return [
        _part(random, next(numbers), governorate, flows, story)
        for governorate, story in _told(guide, offices)
    ]


def _told(guide: Guide, offices: Collection[str]) -> Iterator[tuple[str, str]]:
    """Stories for each office of a governorate."""
    others = cycle([story for story in STORIES if story not in EVERYWHERE])
    for name in offices:
        office = guide.offices[name]
        if office.governorate is None or office.body is not None:
            continue
        if name == FORUM:
            stories = list(IN_FORUM)
        else:
            stories = [*EVERYWHERE, *(next(others) for _ in range(CASES - len(EVERYWHERE)))]
        for story in stories:
            yield office.governorate, story


def _part(random: Random, number: int, governorate: str, flows: list[str], story: str) -> Part:
    return Part(
        telegram=FIRST_CITIZEN + number,
        name=f"{NAMES[number % len(NAMES)]} {MARK}",
        language="en" if number % ENGLISH == ENGLISH - 1 else "ar",
        governorate=governorate,
        flow=random.choice(flows),
        story=story,
        # Nobody's number: the country has no numbers that begin so.
        phone=f"+96390000{number:04}" if random.random() < 0.3 else None,
    )
