"""The roadmap: the steps that apply to these answers, in order, with papers, visits and totals.

From the goals that apply, each need is met in this order: the citizen holds it; a step that
applies gives it (it joins, before); else it is a paper to bring. So nothing is ever unmet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.engine.classes import undecided
from bot.engine.conditions import NO, UNKNOWN, YES
from bot.engine.guide import Guide
from bot.engine.order import in_order, in_waves, share_visits
from bot.engine.replay import Walk
from bot.engine.step import Need
from bot.engine.stop import Requirement, Stop
from bot.engine.totals import Totals, total
from bot.engine.values import Facts, Truth


@dataclass(frozen=True, eq=False)
class Roadmap:
    """What to do, in order, and what may have to be done besides.

    Totals, waves and visits are computed when they are asked for: few screens show them.
    """

    guide: Guide
    walk: Walk
    stops: tuple[Stop, ...]
    """What is certain."""
    perhaps: tuple[Stop, ...]
    every: tuple[Stop, ...]
    """Both, givers first."""

    @classmethod
    def of(cls, guide: Guide, walk: Walk, every: tuple[Stop, ...]) -> Roadmap:
        """The roadmap of these steps, parted into what is certain and what is not."""
        certain = tuple([stop for stop in every if stop.certain])
        perhaps = tuple([stop for stop in every if not stop.certain])
        return cls(guide, walk, certain, perhaps, every)

    @cached_property
    def totals(self) -> Totals:
        """What is left to pay and to wait at offices, of what is certain and not optional."""
        due = (s for s in self.stops if not (s.finished or s.step.optional or s.id in self._alone))
        left = {stop.id: (stop.fees, stop.times) for stop in due}
        return total(left, {stop.id: stop.after for stop in self.stops}, self.walk.facts)

    @cached_property
    def waves(self) -> Mapping[str, int]:
        """Of each step, by id, its wave: what is left of the same wave can go side by side."""
        left = {stop.id for stop in self.every if not stop.finished}
        waves: dict[str, int] = {}
        for stop in self.every:
            before = (waves[giver] for giver in stop.after if giver in left)
            waves[stop.id] = 1 + max(before, default=0)
        return waves

    @cached_property
    def visits(self) -> Mapping[str, int]:
        """Of each step, by id, its visit: those with the same number are done on one."""
        bodies = {stop.id: () if stop.id in self._alone else stop.bodies for stop in self.every}
        return share_visits(bodies, {stop.id: stop.after for stop in self.every})

    @cached_property
    def doubts(self) -> Iterable[tuple[tuple[str, ...], list[Stop]]]:
        """What is not certain, with the questions on which it depends: the same ones only once."""
        found: dict[tuple[str, ...], list[Stop]] = {}
        for stop in self.perhaps:
            found.setdefault(stop.open, []).append(stop)
        return found.items()

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The steps that one does alone, without a visit."""
        return frozenset(stop.id for stop in self.every if self.guide.is_alone(stop.bodies))

    def ticked(self, done: Collection[str]) -> Roadmap:
        """The same roadmap with these steps ticked off, and no others."""
        every = tuple(stop.ticked(stop.id in done) for stop in self.every)
        return Roadmap.of(self.guide, self.walk, every)

    @cached_property
    def certain(self) -> frozenset[str]:
        """The ids of the steps that are certain."""
        return frozenset(stop.id for stop in self.stops)

    @property
    def finished(self) -> int:
        """How many of the steps that are certain are done, or given by what the citizen holds."""
        return sum(stop.finished for stop in self.stops)

    @property
    def next(self) -> Stop | None:
        """The first step that is not finished."""
        return next((stop for stop in self.stops if not stop.finished), None)

    def stop(self, step: str) -> Stop | None:
        """The step as it stands here, also under "perhaps"."""
        return next((s for s in (*self.stops, *self.perhaps) if s.id == step), None)


def held_documents(guide: Guide, walk: Walk) -> frozenset[str]:
    """The documents that the citizen said to hold already."""
    held: set[str] = set()
    for name in walk.asked:
        fact = walk.facts[name]
        if guide.questions[name].holds and isinstance(fact, list):
            held.update(fact)
    return frozenset(held)


def roadmap(guide: Guide, walk: Walk, done: Collection[str]) -> Roadmap:
    """The roadmap for these answers; ``done`` are the ids of the steps ticked off."""
    plan = _plan(guide, walk, done)
    plan.follow_goals()
    return Roadmap.of(guide, walk, plan.stops())


def alone(guide: Guide, walk: Walk, done: Collection[str], name: str) -> Stop:
    """A step by itself, as these answers make it, whether or not it is on a roadmap."""
    return _plan(guide, walk, done).alone(name)


def _plan(guide: Guide, walk: Walk, done: Collection[str]) -> _Plan:
    documents = held_documents(guide, walk)
    giving = (name for document in documents for name in guide.givers.get(document, ()))
    held = frozenset(name for name in giving if documents.issuperset(guide.steps[name].gives))
    return _Plan(guide, walk, documents, held, frozenset(done), _Applying(guide, walk.facts))


class _Applying(dict[str, Truth]):
    """Of each step whether its own condition holds; most steps are never asked about."""

    def __init__(self, guide: Guide, facts: Facts) -> None:
        self._guide = guide
        self._facts = facts

    def __missing__(self, name: str) -> Truth:
        holds = self[name] = self._guide.steps[name].when.holds(self._facts)
        return holds


@dataclass(slots=True)
class _Plan:
    """The steps found so far: how certain each is, and how its needs are met."""

    guide: Guide
    walk: Walk
    documents: frozenset[str]
    """What the citizen holds already."""
    held: frozenset[str]
    """The steps that give nothing but what the citizen holds."""
    done: frozenset[str]
    applies: _Applying
    truths: dict[str, Truth] = field(default_factory=dict)
    """Of the steps found, whether they are needed for certain."""
    met: dict[str, tuple[Requirement, ...]] = field(default_factory=dict)

    def follow_goals(self) -> None:
        """From the goals to all steps that they need.

        Certain steps first: one that is certain for one step and possible for another is certain.
        """
        for level in (YES, UNKNOWN):
            waiting = [goal for goal in self.walk.flow.goals if self.applies[goal] is level]
            if level is UNKNOWN:
                waiting += [each for name in self.met for each in self._pulled(name, level)]
            while waiting:
                name = waiting.pop(0)
                if name not in self.truths:
                    self.truths[name] = level
                    self.met[name] = tuple(self._requirements(name))
                    waiting += self._pulled(name, level)

    def _requirements(self, name: str) -> Iterator[Requirement]:
        """How the needs of a step are met. Who holds what it gives needs nothing for it."""
        for need in () if name in self.held else self.guide.steps[name].needs:
            holds = need.when.holds(self.walk.facts)
            if holds is not NO:
                owned = next((each for each in need.any if each in self.documents), None)
                yield Requirement(need, owned, self._givers(need, owned), holds)

    def _givers(self, need: Need, owned: str | None) -> tuple[str, ...]:
        """The first step that gives one of what is needed; before it those that perhaps apply.

        For who owns one of it, only a step whose papers are all held: it shows as done.
        """
        found: list[str] = []
        for document in need.any:
            for name in self.guide.givers.get(document, ()):
                if self.applies[name] is NO or (owned and name not in self.held):
                    continue
                found.append(name)
                if self.applies[name] is YES:
                    return tuple(dict.fromkeys(found))
        return tuple(dict.fromkeys(found))

    def _pulled(self, name: str, level: Truth) -> Iterator[str]:
        """The steps that join because this one does, at least so certainly."""
        for each in self.met[name]:
            if level is UNKNOWN or (each.truth is YES and self._is_sure(each.givers)):
                yield from each.givers

    def _is_sure(self, givers: tuple[str, ...]) -> bool:
        return len(givers) == 1 and self.applies[givers[0]] is YES

    def _state(self, name: str) -> str:
        return "held" if name in self.held else "done" if name in self.done else "todo"

    def alone(self, name: str) -> Stop:
        """The step without any other; what it needs is told by its own roadmap."""
        self.truths[name], self.met[name] = self.applies[name], ()
        return self._stop(name, ())

    def stops(self) -> tuple[Stop, ...]:
        """Every step of the plan, givers first."""
        after = {name: self._before(name) for name in self.truths}
        order = in_waves(in_order(self.walk.flow.goals, after), after)
        return tuple(self._stop(name, after[name]) for name in order)

    def _before(self, name: str) -> tuple[str, ...]:
        met = self.met[name]
        return tuple(dict.fromkeys([giver for each in met for giver in each.givers]))

    def _stop(self, name: str, after: tuple[str, ...]) -> Stop:
        doubts = self._doubts(name)
        open_ = (item.id for item in self.walk.flow.ask if item.id in doubts) if doubts else ()
        return Stop(
            step=self.guide.steps[name],
            certain=self.truths[name] is YES,
            open=tuple(open_),
            state=self._state(name),
            after=after,
            requirements=self.met[name],
            facts=self.walk.facts,
        )

    def _doubts(self, name: str) -> frozenset[str]:
        """The questions that decide whether a step of "perhaps" is needed; none if it is certain."""
        if self.truths[name] is YES:
            return frozenset()
        flow, facts = self.walk.flow, self.walk.facts
        found = set(undecided(flow, self.guide.steps[name].when, facts))
        for other, requirements in self.met.items() if name not in flow.goals else ():
            for each in requirements:
                if name in each.givers:
                    chosen = each.givers[: each.givers.index(name)]
                    conditions = (each.need.when, *(self.guide.steps[g].when for g in chosen))
                    found.update(q for c in conditions for q in undecided(flow, c, facts))
                    found |= self._doubts(other)
        return frozenset(found)
