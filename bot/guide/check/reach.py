"""Which steps a flow can reach, and which circles its needs and gives make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.guide.draft import Draft
from bot.guide.problems import Problem


def givers(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """The steps that give a document, by document."""
    found: dict[str, tuple[str, ...]] = {}
    for name, step in guide.steps.items():
        for document in step.gives:
            found[document] = (*found.get(document, ()), name)
    return found


def before(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """The steps that may have to come before each step, since they give what it needs."""
    by_document = givers(guide)
    return {
        name: tuple(
            dict.fromkeys(
                giver
                for need in step.needs
                for document in need.any
                for giver in by_document.get(document, ())
            )
        )
        for name, step in guide.steps.items()
    }


def reached(guide: Guide, flow: Flow) -> frozenset[str]:
    """The steps that can stand on a roadmap of the flow, whatever is answered."""
    earlier = before(guide)
    found: set[str] = set()
    waiting = [goal for goal in flow.goals if goal in guide.steps]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += earlier[name]
    return frozenset(found)


def flows_to(guide: Guide) -> Mapping[str, tuple[Flow, ...]]:
    """The flows that can reach each step."""
    found: dict[str, tuple[Flow, ...]] = dict.fromkeys(guide.steps, ())
    for flow in guide.flows.values():
        for name in reached(guide, flow):
            found[name] = (*found[name], flow)
    return found


def check_reach(draft: Draft) -> Iterator[Problem]:
    """Circles of needs, and steps to which no flow leads."""
    graph = {name: set(earlier) for name, earlier in before(draft.guide).items()}
    while circle := _circle(graph):
        first = min(circle)
        start = circle.index(first)
        way = (*circle[start:], *circle[:start], first)
        yield draft.fault("circle", "steps", first, ("needs",), circle=" ← ".join(way))
        graph[way[0]].discard(way[1])
    if not draft.problems:
        leading = flows_to(draft.guide)
        for name in draft.guide.steps:
            if not leading[name]:
                yield draft.fault("step-unreached", "steps", name, ("step",), name=name)


def _circle(graph: Mapping[str, set[str]]) -> list[str]:
    """A circle in the graph, each step followed by one that must come before it."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1]
        return nodes[:0:-1]
    return []
