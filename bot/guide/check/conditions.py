"""Conditions: they read what was asked before, compare it with what it can be, and can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.engine.article import Article
from bot.engine.classes import TooManyClasses, classes
from bot.engine.conditions import (
    ALWAYS,
    COMBINING,
    AllOf,
    Among,
    Condition,
    Within,
    parse,
    reads,
    truth,
)
from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.engine.programme import Programme
from bot.engine.reach import flows_to
from bot.engine.step import Step
from bot.engine.values import Json, Truth
from bot.guide.check.comparisons import derivations, misfits
from bot.guide.check.uses import amounts
from bot.guide.draft import Draft
from bot.guide.kinds import PAGES
from bot.guide.problems import Problem, guess, problem
from bot.guide.strict_yaml import Path

_CONDITIONAL: Final = (
    *("at", "by", "needs", "documents", "security"),
    *("fee", "ceiling", "time", "term"),
)
"""The lists of a page whose entries may have conditions."""


@dataclass(frozen=True)
class Written:
    """A condition as it stands in a file."""

    kind: str
    name: str
    path: Path
    condition: Condition
    readable: frozenset[str]
    """What has been asked or derived before it."""
    flows: tuple[Flow, ...]
    """The flows in which it is asked."""
    outer: Condition = ALWAYS
    """What must hold for it to be asked at all."""


def check_conditions(draft: Draft) -> Iterator[Problem]:
    """Problems of every condition in flows and steps; those that are sound must be able to hold."""
    problems: list[Problem] = []
    sound: list[Written] = []
    for written in (*_in_flows(draft.guide), *_in_pages(draft.guide)):
        found = list(_comparisons(draft, written))
        problems += found
        if not found:
            sound.append(written)
    yield from problems
    yield from _shares(draft)
    faulty = {each.file for each in (*draft.problems, *problems)}
    yield from _never(draft, sound, faulty)


def _in_flows(guide: Guide) -> Iterator[Written]:
    for name, flow in guide.flows.items():
        before: set[str] = set()
        for index, item in enumerate(flow.ask):
            path: Path = ("ask", index, "when")
            known = frozenset(before | _derivable(flow, before))
            yield Written("flows", name, path, item.when, known, (flow,))
            before.add(item.id)
        for derived, cases in flow.derive.items():
            for index, case in enumerate(cases):
                path = ("derive", derived, index, "when")
                yield Written("flows", name, path, case.when, frozenset(before), (flow,))
            before.add(derived)


def _derivable(flow: Flow, asked: set[str]) -> set[str]:
    """The derivations whose every question has been asked."""
    known = set(asked)
    for derived, cases in flow.derive.items():
        if all(name in known for case in cases for name in reads(case.when)):
            known.add(derived)
    return known - asked


def _in_pages(guide: Guide) -> Iterator[Written]:
    """The conditions of steps, programmes and articles, read in the flows that lead there."""
    for kind in PAGES:
        leading = flows_to(guide, kind)
        for name, page in getattr(guide, kind).items():
            flows = leading[name]
            known = frozenset(
                name for flow in flows for name in (*(item.id for item in flow.ask), *flow.derive)
            )
            outer = getattr(page, "when", ALWAYS)
            yield Written(kind, name, ("when",), outer, known, flows)
            for path, condition in _inner(page):
                yield Written(kind, name, path, condition, known, flows, outer)


def _inner(page: Step | Programme | Article) -> Iterator[tuple[Path, Condition]]:
    """The conditions inside a page: of its papers, needs, terms and facts."""
    for key in _CONDITIONAL:
        for index, entry in enumerate(getattr(page, key, ())):
            yield (key, index, "when"), entry.when
    for index, term in enumerate(page.terms if isinstance(page, Programme) else ()):
        if term.when is not None:
            yield ("terms", index, "when"), term.when


def _comparisons(draft: Draft, written: Written) -> Iterator[Problem]:
    """Problems of the single comparisons of a condition, each on its own line."""
    if written.condition == ALWAYS:
        return
    file, base = draft.file_of(written.kind, written.name)
    tree = draft.files[file]
    start, raw = tree.at((*base, *written.path))
    derived = derivations(draft.guide)
    sure = written.kind == "flows" or (_reach_is_known(draft) and bool(written.flows))
    for path, comparison in _spread(raw, start):
        name = comparison.question
        key = tree.key(path)
        if name not in draft.names["questions"] and name not in derived:
            known = draft.names["questions"] | derived.keys()
            told = {"name": name, "guess": guess(name, known)}
            yield problem("unknown-questions", file, key, **told)
            continue
        if sure and name not in written.readable:
            code = "asked-later" if written.kind == "flows" else "asked-nowhere"
            yield problem(code, file, key, name=name)
            continue
        for code, inner, values in misfits(draft.guide, draft.names["governorates"], comparison):
            yield problem(code, file, tree.place((*path, *inner)), **values)


def _reach_is_known(draft: Draft) -> bool:
    """Whether all that leads from flows to pages could be built: else a flow may lead further."""
    built = {"flows": draft.guide.flows, "steps": draft.guide.steps}
    return all(names.keys() == draft.names[kind] for kind, names in built.items())


def _spread(raw: Json, path: Path) -> Iterator[tuple[Path, Among | Within]]:
    """The comparisons of a condition as it is written, each with its path."""
    for key, value in raw.items():
        here = (*path, key)
        if key == "not":
            yield from _spread(value, here)
        elif key in COMBINING:
            for index, part in enumerate(value):
                yield from _spread(part, (*here, index))
        else:
            comparison = parse({key: value})
            if isinstance(comparison, Among | Within):
                yield here, comparison


def _shares(draft: Draft) -> Iterator[Problem]:
    """A fee that is a share must be of a money question that the flows of its step ask."""
    leading = flows_to(draft.guide, "steps")
    money = {name for name, question in draft.guide.questions.items() if question.kind == "money"}
    for name, step in draft.guide.steps.items():
        asked = {item.id for flow in leading[name] for item in flow.ask}
        for amount, path in amounts(step):
            at = (*path, "of")
            if amount.of is None:
                continue
            if amount.of not in draft.names["questions"]:
                told = {"name": amount.of, "guess": guess(amount.of, money)}
                yield draft.fault("unknown-questions", "steps", name, at, **told)
            elif amount.of not in money and amount.of in draft.guide.questions:
                yield draft.fault("share-of-what", "steps", name, at, name=amount.of)
            elif leading[name] and _reach_is_known(draft) and amount.of not in asked:
                yield draft.fault("asked-nowhere", "steps", name, at, name=amount.of)


def _never(draft: Draft, sound: list[Written], faulty: set[str]) -> Iterator[Problem]:
    """Conditions that hold for no answers. Parts of a step that never applies are not told again."""
    dead: set[tuple[str, str]] = set()
    unsure = {f"flows/{flow}.yaml" for flow in draft.names["flows"]} & faulty
    for written in sound:
        file, _ = draft.file_of(written.kind, written.name)
        entry = (written.kind, written.name)
        if written.condition == ALWAYS or file in faulty or unsure or entry in dead:
            continue
        if written.kind != "flows" and not _reach_is_known(draft):
            continue
        if not _answerable(draft, written.flows):
            continue
        try:
            possible = any(_holds(draft.guide, flow, written) for flow in written.flows)
        except TooManyClasses as error:
            yield draft.fault("too-wide", *entry, written.path, names=str(error))
            possible = False
        else:
            if written.flows and not possible:
                yield draft.fault("never-holds", *entry, written.path)
        if not possible and written.path == ("when",):
            dead.add(entry)


def _answerable(draft: Draft, flows: tuple[Flow, ...]) -> bool:
    """Whether all that the flows ask could be built."""
    questions, governorates = draft.guide.questions, draft.guide.governorates
    whole = governorates.keys() == draft.names["governorates"]
    return whole and all(item.id in questions for flow in flows for item in flow.ask)


def _holds(guide: Guide, flow: Flow, written: Written) -> bool:
    condition = AllOf((written.outer, written.condition))
    return any(truth(condition, facts) is Truth.YES for facts in classes(guide, flow, (condition,)))
