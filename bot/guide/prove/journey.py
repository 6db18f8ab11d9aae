"""What one flow leads to, said as conditions: for whom each step stands there, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.engine.amounts import Amounts
from bot.engine.conditions import ALWAYS, AllOf, AnyOf, Condition, Not
from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.engine.programme import Programme
from bot.engine.reach import reached
from bot.engine.replay import Walk, replay
from bot.engine.roadmap import Roadmap, roadmap
from bot.engine.step import Need, Step
from bot.engine.strict import Case
from bot.engine.values import Facts, Missing
from bot.guide.prove.answers import Answers
from bot.guide.prove.findings import Answered
from bot.guide.strict_yaml import Path


@dataclass(frozen=True)
class Effect:
    """Something that answers change: a question that is asked, a step, a paper, a fact, a term."""

    kind: str
    name: str
    path: Path
    inner: Condition
    """The condition as it is written there."""
    condition: Condition
    """For whom it shows at all, and there the inner one."""


@dataclass(frozen=True, eq=False)
class Journey:
    """One flow, with all that it leads to."""

    guide: Guide
    flow: Flow

    @cached_property
    def answers(self) -> Answers:
        """What it can be answered."""
        return Answers(self.guide, self.flow)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The steps that may stand on its roadmap, in the order written."""
        names = reached(self.guide, self.flow)
        return tuple(name for name in self.guide.steps if name in names)

    @cached_property
    def _certain(self) -> dict[str, Condition]:
        return {}

    def witness(self, facts: Facts) -> Answered:
        """The answers among the facts, in the order of the flow; open questions are left out."""
        asked = (item.id for item in self.flow.ask)
        return tuple((n, facts[n]) for n in asked if not isinstance(facts.get(n), Missing | None))

    def walk(self, facts: Facts) -> Walk:
        """Where somebody with these answers stands."""
        return replay(self.guide, self.flow, dict(self.witness(facts)))

    def road(self, facts: Facts) -> Roadmap:
        """The roadmap of somebody with these answers; kept, since many steps stand on the same."""
        key = repr(self.witness(facts))
        if key not in self._roads:
            self._roads[key] = roadmap(self.guide, self.walk(facts), ())
        return self._roads[key]

    @cached_property
    def _roads(self) -> dict[str, Roadmap]:
        return {}

    def certain(self, name: str) -> Condition:
        """For whom a step stands on the roadmap for certain: as a goal, or for what it gives."""
        if name not in self._certain:
            when = self.guide.steps[name].when
            ways = (ALWAYS,) if name in self.flow.goals else tuple(self._ways(name))
            self._certain[name] = both(AnyOf(ways) if len(ways) != 1 else ways[0], when)
        return self._certain[name]

    def _ways(self, name: str) -> Iterator[Condition]:
        """For whom another step needs this one, and no earlier step gives that instead."""
        for other in self.steps:
            for need in self.guide.steps[other].needs:
                givers = self.givers(need)
                if name in givers:
                    instead = (self.guide.steps[g].when for g in givers[: givers.index(name)])
                    yield both(self.certain(other), need.when, *(Not(each) for each in instead))

    def givers(self, need: Need) -> tuple[str, ...]:
        """The steps that give one of what is needed, in the order in which they are taken."""
        found = (giver for each in need.any for giver in self.guide.givers.get(each, ()))
        return tuple(dict.fromkeys(found))

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """Everything on the way and at its end that answers change."""
        return tuple(self._effects())

    def _effects(self) -> Iterator[Effect]:
        flow = self.flow
        for index, item in enumerate(flow.ask):
            yield Effect("flows", flow.flow, ("ask", index, "when"), item.when, item.when)
        for name in self.steps:
            yield from _of_step(self.guide.steps[name], self.certain(name))
        for name in flow.programmes:
            yield from _of_programme(self.guide.programmes[name])
        for name in flow.articles:
            when = self.guide.articles[name].when
            yield Effect("articles", name, ("when",), when, when)


def _of_step(step: Step, outer: Condition) -> Iterator[Effect]:
    name = step.step
    yield Effect("steps", name, ("when",), step.when, outer)
    for key in ("needs", "documents"):
        yield from _listed("steps", name, key, (each.when for each in getattr(step, key)), outer)
    for key in ("at", "fee", "time"):
        yield from _cases("steps", name, key, getattr(step, key), outer)


def _of_programme(programme: Programme) -> Iterator[Effect]:
    name = programme.programme
    whens = (term.when or ALWAYS for term in programme.terms)
    yield from _listed("programmes", name, "terms", whens, ALWAYS)
    for key in ("documents", "security"):
        whens = (each.when for each in getattr(programme, key))
        yield from _listed("programmes", name, key, whens, ALWAYS)
    for key in ("by", "ceiling", "term"):
        yield from _cases("programmes", name, key, getattr(programme, key), ALWAYS)


def _listed(
    kind: str, name: str, key: str, whens: Iterable[Condition], outer: Condition
) -> Iterator[Effect]:
    for index, when in enumerate(whens):
        if when != ALWAYS:
            yield Effect(kind, name, (key, index, "when"), when, both(outer, when))


def _cases(
    kind: str, name: str, key: str, cases: tuple[Case[Any], ...], outer: Condition
) -> Iterator[Effect]:
    """The cases of a fact: of each, that it holds and none before it does."""
    before: tuple[Condition, ...] = ()
    for index, case in enumerate(cases):
        if case.when != ALWAYS:
            path: Path = (key, index, "when")
            yield Effect(kind, name, path, case.when, both(outer, *before, case.when))
            before = (*before, Not(case.when))


def terms(programme: Programme) -> Condition:
    """For whom every published term of a programme that answers can meet is met."""
    return both(*(term.when for term in programme.published if term.when is not None))


def both(*parts: Condition) -> Condition:
    """All of the conditions, without those that always hold."""
    kept = tuple(part for part in parts if part != ALWAYS)
    return kept[0] if len(kept) == 1 else AllOf(kept)


def shares(fee: Amounts) -> Iterator[str]:
    """The questions of whose answers a share is paid."""
    yield from (fee.of,) if fee.of else ()
    for part in (*fee.parts, *fee.differ):
        yield from shares(part)
