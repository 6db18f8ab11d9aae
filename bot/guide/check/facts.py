"""Facts: lists of cases that decide whatever is answered, and an office for everyone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.engine.conditions import ALWAYS
from bot.engine.flow import Case
from bot.guide.draft import Draft
from bot.guide.problems import Problem
from bot.guide.strict_yaml import Path


def check_cases(draft: Draft) -> Iterator[Problem]:
    """Lists of cases: the last one has no condition, all others have one."""
    for name, flow in draft.guide.flows.items():
        for derived, values in flow.derive.items():
            yield from _ends(draft, "flows", name, ("derive", derived), values)
    for name, step in draft.guide.steps.items():
        lists: dict[str, Sequence[Case[Any]]] = {"at": step.at, "fee": step.fee, "time": step.time}
        for key, cases in lists.items():
            yield from _ends(draft, "steps", name, (key,), cases)


def _ends(
    draft: Draft, kind: str, name: str, path: Path, cases: Sequence[Case[Any]]
) -> Iterator[Problem]:
    if not cases or cases[-1].when != ALWAYS:
        yield draft.fault("cases-open", kind, name, (*path, len(cases) - 1), key=str(path[-1]))
    for index, case in enumerate(cases[:-1]):
        if case.when == ALWAYS:
            yield draft.fault("case-hides", kind, name, (*path, index), key=str(path[-1]))


def check_offices(draft: Draft) -> Iterator[Problem]:
    """One head office, a governorate for each other office, an office for each topic everywhere."""
    offices = draft.guide.offices
    whole = len(offices) == len(draft.names["offices"])
    heads = [name for name, office in offices.items() if office.head]
    for name in heads[1:]:
        yield draft.fault("head-twice", "offices", name, ("head",), first=heads[0])
    for name, office in offices.items():
        if not office.head and office.governorate is None:
            yield draft.fault("office-nowhere", "offices", name, (), name=name)
    if not whole:
        return
    if not heads:
        file, _ = draft.file_of("offices", "")
        yield Problem(file, 1, 1, "head-missing")
    for name, flow in draft.guide.flows.items():
        places = draft.names["governorates"]
        without = sorted(g for g in places if draft.guide.office_for(flow.refer, g) is None)
        if without:
            told = {"topic": flow.refer, "governorates": ", ".join(without)}
            yield draft.fault("topic-without-office", "flows", name, ("refer",), **told)
