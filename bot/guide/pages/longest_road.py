"""A step and a roadmap with all that they may ever show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from bot.engine.amounts import Amounts, Duration
from bot.engine.roadmap import Roadmap
from bot.engine.stop import Paper, Stop
from bot.engine.totals import Range, Totals

LARGEST = Range(Fraction(10**15 + 1, 100), Fraction(10**15 + 2, 100))
"""A sum as long as any that capital and fees come to."""


@dataclass(frozen=True, eq=False)
class LongestStop(Stop):
    """A step with every case of every fact, and no paper certain."""

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        return tuple(
            Paper(d.id, d.originals, d.copies, certain=False, source=d.source)
            for d in self.step.papers
        )

    @property
    def bodies(self) -> tuple[str, ...]:
        return tuple(case.value for case in self.step.at)

    @property
    def fees(self) -> tuple[Amounts, ...]:
        return tuple(case.value for case in self.step.fee)

    @property
    def times(self) -> tuple[Duration, ...]:
        return tuple(case.value for case in self.step.time)


@dataclass(frozen=True, eq=False)
class LongestRoad(Roadmap):
    """A roadmap that costs and lasts as much as any, each step in a wave, and in a doubt,
    of its own."""

    @cached_property
    def totals(self) -> Totals:
        unknown = len(self.stops)
        return Totals({"SYP": LARGEST, "USD": LARGEST}, unknown, Range(1000, 9999), unknown)

    @cached_property
    def waves(self) -> Mapping[str, int]:
        return {stop.id: wave for wave, stop in enumerate(self.stops)}

    @cached_property
    def doubts(self) -> Iterable[tuple[tuple[str, ...], list[Stop]]]:
        return [(stop.open, [stop]) for stop in self.perhaps]

    @cached_property
    def visits(self) -> Mapping[str, int]:
        return self.waves
