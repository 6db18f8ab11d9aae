"""The bot dies before and after every commit and every send of a walk, one point at a time.

Each time it is born again, and the walk goes on to its end: one request, one card, every notice,
and the citizen's screen where they left it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.chaos.city import city
from tests.chaos.every_point import die_everywhere
from tests.chaos.points import SENDS
from tests.telegram.reading_back import problems

COMMITS_OF_A_WALK = 12
"""Fewer means that the hooks no longer see them all: ten updates, and what the outbox notes.
How many more there are hangs on the moment."""


async def test_a_death_at_any_point_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with city(tmp_path) as place:
        course = await die_everywhere(place)
        calls, alarms = place.telegram.world.calls, place.alarms()
    assert (course.found.lost, course.found.doubled) == ([], [])
    died = Counter(course.kinds)
    assert set(died) >= {f"{when} {what}" for when in ("before", "after") for what in POINTS}
    assert died["before commit"] > COMMITS_OF_A_WALK
    assert alarms == []
    assert problems(calls) == []


POINTS = (SENDS | {"commit"}) - {"editMessageReplyMarkup"}
"""What every walk passes. The buttons of an old screen are taken away only if a death has not
come before it was noted that they were there."""
