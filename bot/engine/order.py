"""In which order the steps of a roadmap stand, and which of them one visit does together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def in_order(preferred: Iterable[str], after: Mapping[str, Iterable[str]]) -> list[str]:
    """The preferred order, with what must come before a step right before the first that waits.

    ``after`` says what comes before each step, without circles: a guide that has one is refused.
    """
    order: dict[str, None] = {}

    def place(name: str) -> None:
        if name not in order:
            for giver in after[name]:
                place(giver)
            order[name] = None

    for name in preferred:
        if name in after:
            place(name)
    return list(order)


def in_waves(order: Iterable[str], after: Mapping[str, Iterable[str]]) -> list[str]:
    """First what waits for nothing, then what waits for that …, each wave in the order given.

    So the numbers of the steps agree with "first these, then those".
    """
    waves: dict[str, int] = {}
    for name in order:
        waves[name] = 1 + max((waves[giver] for giver in after[name]), default=0)
    return sorted(waves, key=waves.__getitem__)


def share_visits(
    bodies: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    """Steps at one body share a visit, as long as the visits still have an order.

    ``bodies`` are given with givers first.
    """
    visits: dict[str, int] = {}
    earlier: dict[int, set[int]] = {}
    """For each visit, those that must come before it."""
    at: dict[str, list[int]] = {}
    for name, places in bodies.items():
        before: set[int] = set()
        for giver in after[name]:
            before |= {visits[giver], *earlier[visits[giver]]}
        shared = at.setdefault(places[0], []) if len(places) == 1 else []
        visit = next((each for each in shared if each not in before), 0)
        if not visit:
            visit = len(earlier) + 1
            earlier[visit] = set()
            shared.append(visit)
        visits[name] = visit
        # A visit that took on something waits for more, and so do those that wait for it.
        for number, known in earlier.items() if before else ():
            if number == visit or visit in known:
                known |= before
    return visits
