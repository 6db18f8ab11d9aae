"""The roadmap: the steps that apply to these answers, in order, with papers, visits and totals.

From the goals that apply, each need is met in this order: the citizen holds it; a step that
applies gives it (it joins, before); else it is a paper to bring. So nothing is ever unmet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from bot.engine.amounts import Amounts, Duration
from bot.engine.classes import undecided
from bot.engine.conditions import truth
from bot.engine.guide import Guide
from bot.engine.order import in_order, in_waves, share_visits
from bot.engine.reach import reached
from bot.engine.replay import Walk
from bot.engine.step import Document, Need, Step
from bot.engine.strict import possible
from bot.engine.totals import Totals, total
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


@dataclass(frozen=True, slots=True)
class Stop:
    """A step as it stands on one citizen's roadmap."""

    step: Step
    certain: bool
    """False: "perhaps, ask the office"; the open questions say why."""
    open: tuple[str, ...]
    state: str
    """``todo``, ``done`` (ticked off by the citizen) or ``held`` (what it gives is there)."""
    after: tuple[str, ...]
    """The steps of the roadmap that come before, because they give what this one needs."""
    requirements: tuple[Requirement, ...]
    papers: tuple[Paper, ...]
    bodies: tuple[str, ...]
    """Where it is done; several when a missing answer decides."""
    fees: tuple[Amounts, ...]
    times: tuple[Duration, ...]
    wave: int
    """What is left of the same wave can go side by side."""
    visit: int
    """Steps with the same number are done on one visit."""

    @property
    def id(self) -> str:
        """The id of the step."""
        return self.step.step

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do for it."""
        return self.state != "todo"


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What to do, in order, and what may have to be done besides."""

    stops: tuple[Stop, ...]
    perhaps: tuple[Stop, ...]
    sum_up: Callable[[], Totals] = field(compare=False, repr=False)
    """What ``totals`` asks: few screens show them."""

    @property
    def totals(self) -> Totals:
        """Over the steps that are certain, not finished and not optional."""
        return self.sum_up()

    @property
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
    plan = _plan(guide, walk, done, reached(guide, walk.flow))
    plan.follow_goals()
    stops = plan.stops()
    certain = tuple(stop for stop in stops if stop.certain)
    return Roadmap(
        stops=certain,
        perhaps=tuple(stop for stop in stops if not stop.certain),
        sum_up=partial(_totals, guide, walk, certain),
    )


def _totals(guide: Guide, walk: Walk, stops: Iterable[Stop]) -> Totals:
    """What is left to pay and to wait, at offices."""
    due = (s for s in stops if not (s.finished or s.step.optional or guide.is_alone(s.bodies)))
    left = {stop.id: (stop.fees, stop.times) for stop in due}
    return total(left, {stop.id: stop.after for stop in stops}, walk.facts)


def alone(guide: Guide, walk: Walk, done: Collection[str], name: str) -> Stop:
    """A step by itself, as these answers make it, whether or not it is on a roadmap."""
    return _plan(guide, walk, done, {name}).alone(name)


def _plan(guide: Guide, walk: Walk, done: Collection[str], names: Collection[str]) -> _Plan:
    applies = {name: truth(guide.steps[name].when, walk.facts) for name in names}
    return _Plan(guide, walk, held_documents(guide, walk), frozenset(done), applies)


@dataclass(slots=True)
class _Plan:
    """The steps found so far: how certain each is, and how its needs are met."""

    guide: Guide
    walk: Walk
    held: frozenset[str]
    done: frozenset[str]
    applies: Mapping[str, Truth]
    """Of every step that may be needed, whether its own condition holds."""
    truths: dict[str, Truth] = field(default_factory=dict)
    """Of the steps found, whether they are needed for certain."""
    met: dict[str, tuple[Requirement, ...]] = field(default_factory=dict)

    def follow_goals(self) -> None:
        """From the goals to all steps that they need.

        Certain steps first: one that is certain for one step and possible for another is certain.
        """
        for level in (Truth.YES, Truth.UNKNOWN):
            waiting = [goal for goal in self.walk.flow.goals if self.applies[goal] is level]
            if level is Truth.UNKNOWN:
                waiting += [each for name in self.met for each in self._pulled(name, level)]
            while waiting:
                name = waiting.pop(0)
                if name not in self.truths:
                    self.truths[name] = level
                    self.met[name] = tuple(self._requirements(name))
                    waiting += self._pulled(name, level)

    def _requirements(self, name: str) -> Iterator[Requirement]:
        """How the needs of a step are met. Who holds what it gives needs nothing for it."""
        for need in () if self._is_held(name) else self.guide.steps[name].needs:
            holds = truth(need.when, self.walk.facts)
            if holds is not Truth.NO:
                owned = next((each for each in need.any if each in self.held), None)
                yield Requirement(need, owned, self._givers(need, owned), holds)

    def _givers(self, need: Need, owned: str | None) -> tuple[str, ...]:
        """The first step that gives one of what is needed; before it those that perhaps apply.

        For who owns one of it, only a step whose papers are all held: it shows as done.
        """
        found: list[str] = []
        for document in need.any:
            for name in self.guide.givers.get(document, ()):
                if self.applies[name] is Truth.NO or (owned and not self._is_held(name)):
                    continue
                found.append(name)
                if self.applies[name] is Truth.YES:
                    return tuple(dict.fromkeys(found))
        return tuple(dict.fromkeys(found))

    def _pulled(self, name: str, level: Truth) -> Iterator[str]:
        """The steps that join because this one does, at least so certainly."""
        for each in self.met[name]:
            if level is Truth.UNKNOWN or (each.truth is Truth.YES and self._is_sure(each.givers)):
                yield from each.givers

    def _is_sure(self, givers: tuple[str, ...]) -> bool:
        return len(givers) == 1 and self.applies[givers[0]] is Truth.YES

    def _is_held(self, name: str) -> bool:
        gives = self.guide.steps[name].gives
        return bool(gives) and self.held.issuperset(gives)

    def _state(self, name: str) -> str:
        return "held" if self._is_held(name) else "done" if name in self.done else "todo"

    def alone(self, name: str) -> Stop:
        """The step without any other; what it needs is told by its own roadmap."""
        self.truths[name], self.met[name] = self.applies[name], ()
        bodies = possible(self.guide.steps[name].at, self.walk.facts)
        return self._stop(name, (), bodies, 1, 1)

    def stops(self) -> list[Stop]:
        """Every step of the plan, givers first."""
        after = {name: self._before(name) for name in self.truths}
        order = in_waves(in_order((*self.walk.flow.goals, *self.guide.steps), after), after)
        bodies = {name: possible(self.guide.steps[name].at, self.walk.facts) for name in order}
        visited = {n: () if self.guide.is_alone(at) else at for n, at in bodies.items()}
        states = {name: self._state(name) for name in order}
        waves: dict[str, int] = {}
        for name in order:
            left = (waves[giver] for giver in after[name] if states[giver] == "todo")
            waves[name] = 1 + max(left, default=0)
        visits = share_visits(visited, after)
        return [
            self._stop(name, after[name], bodies[name], waves[name], visits[name]) for name in order
        ]

    def _before(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(giver for each in self.met[name] for giver in each.givers))

    def _stop(
        self, name: str, after: tuple[str, ...], bodies: tuple[str, ...], wave: int, visit: int
    ) -> Stop:
        step, facts = self.guide.steps[name], self.walk.facts
        doubts = self._doubts(name)
        return Stop(
            step=step,
            certain=self.truths[name] is Truth.YES,
            open=tuple(item.id for item in self.walk.flow.ask if item.id in doubts),
            state=self._state(name),
            after=after,
            requirements=self.met[name],
            papers=tuple(papers_of(step.papers, facts)),
            bodies=bodies,
            fees=possible(step.fee, facts),
            times=possible(step.time, facts),
            wave=wave,
            visit=visit,
        )

    def _doubts(self, name: str) -> frozenset[str]:
        """The questions that decide whether a step of "perhaps" is needed; none if it is certain."""
        if self.truths[name] is Truth.YES:
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


def papers_of(documents: Iterable[Document], facts: Facts) -> Iterator[Paper]:
    """The documents that are taken, or may be, with these answers."""
    for paper in documents:
        if (holds := truth(paper.when, facts)) is not Truth.NO:
            certain = holds is Truth.YES
            yield Paper(paper.id, paper.originals, paper.copies, certain, paper.source)
