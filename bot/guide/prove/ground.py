"""What is proved: one guide, its words in every language, and what each flow leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.engine.guide import Guide
from bot.guide.prove.journey import Journey
from bot.guide.shelf import Edition


@dataclass(frozen=True, eq=False)
class Ground:
    """The guide in each language, the original first."""

    editions: tuple[Edition, ...]

    @cached_property
    def guide(self) -> Guide:
        """The guide without its words."""
        return self.editions[0].guide

    @cached_property
    def journeys(self) -> Mapping[str, Journey]:
        """What each flow leads to."""
        return {name: Journey(self.guide, flow) for name, flow in self.guide.flows.items()}
