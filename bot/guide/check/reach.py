"""Which steps a flow can reach, and which circles its needs and gives make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from bot.engine.reach import before, flows_to
from bot.guide.draft import Draft
from bot.guide.kinds import PAGES
from bot.guide.problems import Problem


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
        for kind in PAGES:
            for name, flows in flows_to(draft.guide, kind).items():
                if not flows:
                    yield draft.fault(f"{kind}-unreached", kind, name, (kind[:-1],), name=name)
        listed = {name for flows in draft.guide.menu.values() for name in flows}
        for name in draft.guide.flows:
            if name not in listed:
                yield draft.fault("flow-not-in-menu", "flows", name, ("flow",), name=name)


def _circle(graph: Mapping[str, set[str]]) -> list[str]:
    """A circle in the graph, each step followed by one that must come before it."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1]
        return nodes[:0:-1]
    return []
