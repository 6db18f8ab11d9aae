"""Stories of a bot that dies while many people write to it, and of the one that stood by."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from tests.chaos.ledger import Ledger
from tests.chaos.walk import Citizen
from tests.standby.pair import pair

KILLS = 5
CITIZENS = 12
EVENTS_BETWEEN = 30
PATIENCE = 120.0
"""Seconds after which the burst has failed."""


class Patient(Citizen):
    """Looks again, and presses again, when a press has brought nothing.

    A bot may die after it has committed "that was an old button" and before it has said so: the
    next one knows the press, and answers it without words.
    """

    async def _press(self, data: str, sign: str) -> None:
        while not self._signs(sign):
            if buttons := self.city.with_button(self.number, data):
                press = self.city.presses(self.user, buttons[-1], data)
                await self.city.until(partial(self._answered, sign, press), self.number)
            await self.city.until_known(self._at_rest)

    def _answered(self, sign: str, press: str) -> bool:
        return self._signs(sign) or press in self.city.answered


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_five_deaths_in_mid_burst_lose_nothing_and_double_nothing(
    tmp_path: Path, own_postgresql_url: str, webhook: bool
) -> None:
    async with pair(tmp_path, own_postgresql_url, webhook=webhook) as place:
        ledger = Ledger(place)
        people = [Patient(place, 100_000 + number) for number in range(CITIZENS)]
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as burst:
            walks = [burst.create_task(person.walk()) for person in people]
            for _ in range(KILLS):
                goal = place.heard + EVENTS_BETWEEN
                await place.until(lambda goal=goal: place.heard >= goal)
                assert not all(walk.done() for walk in walks)
                await place.kill()
        await people[0].is_taken()
        await ledger.settled()
        found = await ledger.reckon(people)
        assert (found.lost, found.doubled) == ([], [])
        assert place.alarms() == []
