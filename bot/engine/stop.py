"""A step as it stands on one citizen's roadmap: how its needs are met, and what it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from bot.engine.amounts import Amounts, Duration
from bot.engine.conditions import NO, YES
from bot.engine.step import Document, Need, Step
from bot.engine.strict import possible
from bot.engine.values import Facts, Truth


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that a step takes, for these answers."""

    document: str
    originals: int
    copies: int
    certain: bool
    """False when an answer that is missing decides whether it is needed."""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A need of a step and how it is met: held, given by a step of the roadmap, or brought."""

    need: Need
    held: str | None
    """The document that the citizen has already."""
    givers: tuple[str, ...]
    """The step that gives it; those under "perhaps" which may give it instead stand before it."""
    truth: Truth
    """Unknown: a missing answer decides whether it is needed."""

    @property
    def any(self) -> tuple[str, ...]:
        """The documents of which one is needed."""
        return self.need.any


@dataclass(frozen=True, eq=False)
class Stop:
    """A step as it stands on one citizen's roadmap.

    What it takes is looked up when it is asked for: most screens show that of one step, or none.
    """

    step: Step
    certain: bool
    """False: "perhaps, ask the office"; the open questions say why."""
    open: tuple[str, ...]
    state: str
    """``todo``, ``done`` (ticked off by the citizen) or ``held`` (what it gives is there)."""
    after: tuple[str, ...]
    """The steps of the roadmap that come before, because they give what this one needs."""
    requirements: tuple[Requirement, ...]
    facts: Facts
    """The answers that decide what it takes."""

    @property
    def id(self) -> str:
        """The id of the step."""
        return self.step.step

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do for it."""
        return self.state != "todo"

    def ticked(self, done: bool) -> Stop:
        """The step ticked off, or not. What the citizen holds stays so."""
        state = self.state if self.state == "held" else "done" if done else "todo"
        return self if state == self.state else replace(self, state=state)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The documents that it takes, or may take."""
        return tuple(papers_of(self.step.papers, self.facts))

    @property
    def bodies(self) -> tuple[str, ...]:
        """Where it is done; several when a missing answer decides."""
        return possible(self.step.at, self.facts)

    @property
    def fees(self) -> tuple[Amounts, ...]:
        """What it costs; several when a missing answer decides."""
        return possible(self.step.fee, self.facts)

    @property
    def times(self) -> tuple[Duration, ...]:
        """How long it takes; several when a missing answer decides."""
        return possible(self.step.time, self.facts)


def papers_of(documents: Iterable[Document], facts: Facts) -> Iterator[Paper]:
    """The documents that are taken, or may be, with these answers."""
    for paper in documents:
        if (holds := paper.when.holds(facts)) is not NO:
            certain = holds is YES
            yield Paper(paper.id, paper.originals, paper.copies, certain, paper.source)
