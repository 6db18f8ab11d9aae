"""The roadmap: the steps that apply to these answers, in order, with papers, visits and totals.

From the goals that apply, each need is met in this order: the citizen holds it; a step that
applies gives it (it joins, before); else it is a paper to bring. So nothing is ever unmet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from bot.engine.classes import questions_read
from bot.engine.conditions import Condition, truth
from bot.engine.flow import Amounts, Case, Duration, Need, Step, Value
from bot.engine.guide import Guide
from bot.engine.replay import Walk
from bot.engine.totals import Totals, total
from bot.engine.values import Facts, Missing, Truth


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

    any: tuple[str, ...]
    held: str | None
    giver: str | None


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
    """Steps of the same wave can go side by side."""
    visit: int
    """Steps with the same number are done on one visit."""

    @property
    def id(self) -> str:
        return self.step.step

    @property
    def finished(self) -> bool:
        return self.state != "todo"


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What to do, in order, and what may have to be done besides."""

    stops: tuple[Stop, ...]
    perhaps: tuple[Stop, ...]
    totals: Totals
    """Over the steps that are certain and not finished."""

    @property
    def finished(self) -> int:
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


def open_questions(walk: Walk, conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The questions without a value that the conditions hang on, in the flow's order."""
    read = questions_read(walk.flow, conditions)
    return tuple(q for q in walk.asked if q in read and walk.facts[q] is Missing.UNKNOWN)


def roadmap(guide: Guide, walk: Walk, done: Collection[str]) -> Roadmap:
    """The roadmap for these answers; ``done`` are the ids of the steps ticked off."""
    plan = _Plan(guide, walk, held_documents(guide, walk), frozenset(done))
    plan.follow_goals()
    stops = plan.stops()
    certain = tuple(stop for stop in stops if stop.certain)
    unfinished = {s.id: (s.fees, s.times) for s in certain if not s.finished}
    return Roadmap(
        stops=certain,
        perhaps=tuple(stop for stop in stops if not stop.certain),
        totals=total(unfinished, {stop.id: stop.after for stop in certain}, walk.facts),
    )


@dataclass(slots=True)
class _Plan:
    """The steps found so far: how certain each is, and how its needs are met."""

    guide: Guide
    walk: Walk
    held: frozenset[str]
    done: frozenset[str]
    truths: dict[str, Truth] = field(default_factory=dict)
    met: dict[str, tuple[Requirement, ...]] = field(default_factory=dict)

    def follow_goals(self) -> None:
        """From the goals to all steps that they need.

        Certain steps first: one that is certain for one step and possible for another is certain.
        """
        facts = self.walk.facts
        for level in (Truth.YES, Truth.UNKNOWN):
            goals = self.walk.flow.goals
            waiting = [g for g in goals if truth(self.guide.steps[g].when, facts) is level]
            if level is Truth.UNKNOWN:
                waiting += [giver for name in self.met for giver in self._possible_givers(name)]
            while waiting:
                name = waiting.pop(0)
                if name not in self.truths:
                    self.truths[name] = level
                    self.met[name] = tuple(self._requirements(name, level))
                    waiting += [each.giver for each in self.met[name] if each.giver]

    def _requirements(self, name: str, level: Truth) -> Iterator[Requirement]:
        for need in self.guide.steps[name].needs:
            applies = truth(need.when, self.walk.facts)
            if applies is not Truth.NO:
                owned = next((each for each in need.any if each in self.held), None)
                yield Requirement(need.any, owned, self._giver(need, min(applies, level)))

    def _giver(self, need: Need, least: Truth) -> str | None:
        """The first step that applies, at least so certainly, and gives one of what is needed."""
        for document in need.any:
            for name, step in self.guide.steps.items():
                if document in step.gives and truth(step.when, self.walk.facts) >= least:
                    return name
        return None

    def _possible_givers(self, name: str) -> Iterator[str]:
        """What a certain step may need besides: the need or its giver hangs on an open answer."""
        for need in self.guide.steps[name].needs:
            if self.held.intersection(need.any) or truth(need.when, self.walk.facts) is Truth.NO:
                continue
            if giver := self._giver(need, Truth.UNKNOWN):
                yield giver

    def stops(self) -> list[Stop]:
        """Every step of the plan, givers first."""
        after = {name: self._before(name) for name in self.truths}
        order = _in_order(self.guide, after)
        visits = self._visits(order, after)
        waves: dict[str, int] = {}
        for name in order:
            waves[name] = 1 + max((waves[giver] for giver in after[name]), default=0)
        return [self._stop(name, after[name], waves[name], visits[name]) for name in order]

    def _before(self, name: str) -> tuple[str, ...]:
        givers = (each.giver for each in self.met[name] if each.giver in self.truths)
        return tuple(dict.fromkeys(giver for giver in givers if giver))

    def _visits(self, order: list[str], after: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        """Steps at one body share a visit, as long as the visits still have an order."""
        visit: dict[str, int] = {}
        bodies = {name: _values(self.guide.steps[name].at, self.walk.facts) for name in order}
        for name in order:
            fresh = 1 + max(visit.values(), default=0)
            same = [number for other, number in visit.items() if bodies[other] == bodies[name]]
            candidates = [*dict.fromkeys(same), fresh] if len(bodies[name]) == 1 else [fresh]
            visit[name] = next(v for v in candidates if _have_order(visit | {name: v}, after))
        return visit

    def _stop(self, name: str, after: tuple[str, ...], wave: int, visit: int) -> Stop:
        step, facts = self.guide.steps[name], self.walk.facts
        certain = self.truths[name] is Truth.YES
        given = bool(step.gives) and self.held.issuperset(step.gives)
        return Stop(
            step=step,
            certain=certain,
            open=() if certain else open_questions(self.walk, self._doubts(step)),
            state="held" if given else "done" if name in self.done else "todo",
            after=after,
            requirements=self.met[name],
            papers=tuple(_papers(step, facts)),
            bodies=_values(step.at, facts),
            fees=_values(step.fee, facts),
            times=_values(step.time, facts),
            wave=wave,
            visit=visit,
        )

    def _doubts(self, step: Step) -> list[Condition]:
        """The conditions that decide whether a step of "perhaps" is needed."""
        needs = (need for name in self.truths for need in self.guide.steps[name].needs)
        return [step.when, *(n.when for n in needs if set(n.any) & set(step.gives))]


def _in_order(guide: Guide, after: Mapping[str, Iterable[str]]) -> list[str]:
    """Givers first; among equals as the guide lists its steps."""
    place = {name: index for index, name in enumerate(guide.steps)}
    sorter = TopologicalSorter(after)
    sorter.prepare()
    order: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=place.__getitem__)
        order.append(ready.pop(0))
        sorter.done(order[-1])
    return order


def _have_order(visit: Mapping[str, int], after: Mapping[str, tuple[str, ...]]) -> bool:
    graph: dict[int, set[int]] = {}
    for name, number in visit.items():
        graph.setdefault(number, set()).update(visit[g] for g in after[name] if g in visit)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return False
    return True


def _values(cases: Iterable[Case[Value]], facts: Facts) -> tuple[Value, ...]:
    """What a fact may be: one value where the answers decide, else every one still possible."""
    found: list[Value] = []
    for case in cases:
        holds = truth(case.when, facts)
        if holds is not Truth.NO:
            found.append(case.value)
        if holds is Truth.YES:
            break
    return tuple(found)


def _papers(step: Step, facts: Facts) -> Iterator[Paper]:
    for paper in step.papers:
        if (holds := truth(paper.when, facts)) is not Truth.NO:
            certain = holds is Truth.YES
            yield Paper(paper.id, paper.originals, paper.copies, certain, paper.source)
