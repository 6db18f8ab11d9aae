"""Facts: lists of cases that decide whatever is answered, and an office for everyone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.engine.conditions import ALWAYS
from bot.engine.strict import Case
from bot.guide.draft import Draft
from bot.guide.kinds import PAGES
from bot.guide.problems import Problem
from bot.guide.strict_yaml import Path

_FACTS: Final = ("at", "by", "fee", "ceiling", "time", "term")
"""What may be a list of cases, on a step or a programme."""


def check_cases(draft: Draft) -> Iterator[Problem]:
    """Lists of cases: the last one has no condition, all others have one."""
    for name, flow in draft.guide.flows.items():
        for derived, values in flow.derive.items():
            yield from _ends(draft, "flows", name, ("derive", derived), values)
    for kind in PAGES:
        for name, page in getattr(draft.guide, kind).items():
            for key in _FACTS:
                if hasattr(page, key):
                    yield from _ends(draft, kind, name, (key,), getattr(page, key))


def _ends(
    draft: Draft, kind: str, name: str, path: Path, cases: Sequence[Case[Any]]
) -> Iterator[Problem]:
    if not cases or cases[-1].when != ALWAYS:
        yield draft.fault("cases-open", kind, name, (*path, len(cases) - 1), key=str(path[-1]))
    for index, case in enumerate(cases[:-1]):
        if case.when == ALWAYS:
            yield draft.fault("case-hides", kind, name, (*path, index), key=str(path[-1]))


def check_offices(draft: Draft) -> Iterator[Problem]:
    """One head office; each other office has a place or a body; each topic has one everywhere."""
    offices = draft.guide.offices
    whole = len(offices) == len(draft.names["offices"])
    heads = [name for name, office in offices.items() if office.head]
    for name in heads[1:]:
        yield draft.fault("head-twice", "offices", name, ("head",), first=heads[0])
    for name, office in offices.items():
        if not office.head and office.governorate is None and office.body is None:
            yield draft.fault("office-nowhere", "offices", name, (), name=name)
    if not whole:
        return
    if not heads:
        file, _ = draft.file_of("offices", "")
        yield Problem(file, 1, 1, "head-missing")
    for name, flow in draft.guide.flows.items():
        if flow.refer not in draft.names["topics"]:
            continue
        places = draft.names["governorates"]
        without = sorted(g for g in places if draft.guide.office_for(flow.refer, g) is None)
        if without:
            told = {"topic": flow.refer, "governorates": ", ".join(without)}
            yield draft.fault("topic-without-office", "flows", name, ("refer",), **told)
