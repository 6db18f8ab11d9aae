"""Which steps, programmes and articles a flow can lead to, whatever is answered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.engine.flow import Flow
from bot.engine.guide import Guide, PageKind


@lru_cache(maxsize=8)
def before(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """The steps that may have to come before each step, since they give what it needs."""
    return {
        name: tuple(
            dict.fromkeys(
                giver
                for need in step.needs
                for document in need.any
                for giver in guide.givers.get(document, ())
            )
        )
        for name, step in guide.steps.items()
    }


def reached(guide: Guide, flow: Flow) -> frozenset[str]:
    """The steps that can stand on a roadmap of the flow, whatever is answered."""
    return _from(guide, flow.goals)


@lru_cache(maxsize=64)
def _from(guide: Guide, goals: tuple[str, ...]) -> frozenset[str]:
    earlier = before(guide)
    found: set[str] = set()
    waiting = [goal for goal in goals if goal in guide.steps]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += earlier[name]
    return frozenset(found)


@lru_cache(maxsize=32)
def flows_to(guide: Guide, kind: PageKind) -> Mapping[str, tuple[Flow, ...]]:
    """The flows that can reach each step, or that list each programme or article.

    In the order of the menu: the first is where a page is at home.
    """
    found: dict[str, tuple[Flow, ...]] = dict.fromkeys(getattr(guide, kind), ())
    in_menu = [name for names in guide.menu.values() for name in names if name in guide.flows]
    for flow in (guide.flows[name] for name in dict.fromkeys((*in_menu, *guide.flows))):
        names = reached(guide, flow) if kind == "steps" else getattr(flow, kind)
        for name in names:
            if name in found:
                found[name] = (*found[name], flow)
    return found
