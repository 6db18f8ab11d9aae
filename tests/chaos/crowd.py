"""Many citizens at once, officers who take some of their requests, and deaths at random points."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

import click

from tests.chaos.city import City
from tests.chaos.ledger import Ledger, Reckoning
from tests.chaos.walk import Citizen

FIRST_CITIZEN = 100_000
TAKEN = 0.4
"""The share of requests that an officer takes."""
SHORT, LONG = 40, 600
"""Most points of a short and of a long life. Some must be long: whoever waits for a screen when
the bot dies costs the next one two points before it can do anything new."""
LONG_LIVES = 0.3
TELL_EVERY = 100
"""Kills after which whoever waits for the end is told how far it is."""


@dataclass
class Crowd:
    """Citizens side by side; another comes for each who has finished, until the kills are done."""

    city: City
    kills: int
    at_once: int
    chance: random.Random
    came: list[Citizen] = field(default_factory=list)
    gave_up: list[Citizen] = field(default_factory=list)
    """Who waited for an answer until their patience was at its end."""

    async def live(self) -> Reckoning:
        """Until as many deaths have come as were ordered and everybody has arrived."""
        ledger = Ledger(self.city)
        self.city.next_death = self._next_death
        self.city.points.die_at(self._next_death())
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self.at_once):
                tasks.create_task(self._place())
        await ledger.settled()
        found = await ledger.reckon(self.came)
        found.lost += [f"the patience of {person.number}" for person in self.gave_up]
        return found

    async def _place(self) -> None:
        """One place in the crowd: citizen after citizen."""
        while True:
            person = Citizen(self.city, FIRST_CITIZEN + len(self.came))
            self.came.append(person)
            try:
                await person.walk()
                if self.chance.random() < TAKEN:
                    await person.is_taken()
            except TimeoutError:
                self.gave_up.append(person)
            if self.city.deaths >= self.kills:
                return

    def _next_death(self) -> int:
        if self.city.deaths >= self.kills:
            return 0
        if self.city.deaths % TELL_EVERY == 0:
            click.echo(f"  {self.city.deaths} kills, {len(self.came)} citizens", err=True)
        most = LONG if self.chance.random() < LONG_LIVES else SHORT
        return self.chance.randint(1, most)
