"""One death at each point of a walk, a citizen for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.chaos.city import City
from tests.chaos.ledger import Ledger, Reckoning
from tests.chaos.walk import Citizen

FIRST_CITIZEN = 10_000
MOST_POINTS = 400
"""A walk has fewer; more means that it never ends."""
SURVIVORS = 3
"""Walks that end before their point, until none is left: one walk has a few points more than
another, for what is shown is noted with the next update or, when none comes soon, by itself."""


@dataclass
class Course:
    """What the deaths came to."""

    found: Reckoning = field(default_factory=Reckoning)
    kinds: list[str] = field(default_factory=list)
    """The points at which the bot died, in their order."""
    pressed_again: int = 0
    people: int = 0


async def die_everywhere(city: City, first: int = 1, stride: int = 1) -> Course:
    """Citizen after citizen walks; the bot dies at the next point of each walk, until none is left.

    ``stride`` above 1 leaves points out.
    """
    ledger, course, survived = Ledger(city), Course(), 0
    for point in range(first, MOST_POINTS, stride):
        person = Citizen(city, FIRST_CITIZEN + point)
        deaths = city.deaths
        city.points.die_at(point)
        await person.walk()
        await person.is_taken()
        await ledger.settled()
        course.people += 1
        course.pressed_again += person.pressed_again
        course.found.add(await ledger.reckon([person]))
        if city.points.armed:
            city.points.die_at(0)
            survived += 1
            if survived == SURVIVORS:
                return course
            continue
        await city.death_after(deaths)
        course.kinds.append(city.last_words)
    raise AssertionError(f"a walk has more than {MOST_POINTS} points")
