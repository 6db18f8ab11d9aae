"""Classes of answers: what conditions can tell apart, so that "whatever is answered" is finite.

Numbers are cut at the limits used, options that no condition separates are merged. One answer
stands for each class. Progress, checks and proofs are computed over these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from bot.engine.conditions import (
    NO,
    OPEN,
    YES,
    AllOf,
    Among,
    AnyOf,
    Condition,
    Limit,
    Not,
    Within,
    comparisons,
    reads,
    truth,
)
from bot.engine.flow import Flow, Question
from bot.engine.guide import Guide
from bot.engine.values import Facts, Json, Missing, Truth, in_unit

MOST_CLASSES = 100_000
MOST_SEPARATED = 12
"""Options of one question of several that conditions may tell apart: 4096 ways to answer."""


class TooManyClasses(ValueError):
    """A property reads too many questions for all their answers to be walked."""


def derive(flow: Flow, facts: Facts) -> dict[str, Json | Missing]:
    """The computed answers of the flow: of each, the first case that holds."""
    known: dict[str, Json | Missing] = dict(facts)
    found: dict[str, Json | Missing] = {}
    for name, cases in flow.derive.items():
        found[name] = known[name] = OPEN
        for case in cases:
            holds = case.when.holds(known)
            if holds is not NO:
                found[name] = known[name] = case.value if holds is YES else OPEN
                break
    return found


def questions_read(flow: Flow, conditions: Iterable[Condition]) -> frozenset[str]:
    """The questions behind the conditions: read by them, by derivations that they read, and by
    the conditions under which those questions are asked."""
    asked = {item.id: item.when for item in flow.ask}
    found: set[str] = set()
    waiting = [name for condition in conditions for name in reads(condition)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [read for case in flow.derive.get(name, ()) for read in reads(case.when)]
            waiting += reads(asked[name]) if name in asked else ()
    return frozenset(found & asked.keys())


def flow_conditions(flow: Flow) -> tuple[Condition, ...]:
    """The conditions that stand in the flow itself: on questions and on derivations."""
    derived = (case.when for cases in flow.derive.values() for case in cases)
    return (*(item.when for item in flow.ask), *derived)


def representatives(
    guide: Guide, name: str, conditions: Iterable[Condition]
) -> tuple[Json | Missing, ...]:
    """One answer to the question from each class that the conditions tell apart."""
    used = [each for c in conditions for each in comparisons(c) if each.question == name]
    classes: dict[tuple[Truth, ...], Json | Missing] = {}
    for candidate in _candidates(guide, name, used):
        classes.setdefault(tuple(truth(each, {name: candidate}) for each in used), candidate)
    return tuple(classes.values())


def _candidates(guide: Guide, name: str, used: list[Among | Within]) -> Iterator[Json | Missing]:
    question = guide.questions[name]
    limits = [
        end
        for each in used
        if isinstance(each, Within)
        for end in (each.low, each.high)
        if end is not None
    ]
    match question.kind:
        case "choice" | "yes-no" | "governorate":
            yield from guide.option_ids(name)
        case "several":
            named = {value for each in used if isinstance(each, Among) for value in each.values}
            options = [option for option in question.option_ids() if option in named]
            if len(options) > MOST_SEPARATED:
                raise TooManyClasses(name)
            for size in range(len(options) + 1):
                yield from (list(some) for some in combinations(options, size))
        case "number":
            yield from _around([end.amount for end in limits], question.min, question.max)
        case "money":
            yield from _sums(question, limits)
        case "date":
            days = [date.fromisoformat(str(end.amount)) for end in limits] or [date(2026, 1, 1)]
            for day in days:
                yield from ((day + timedelta(days=shift)).isoformat() for shift in (-1, 0, 1))
        case "text" | "contact":
            yield "…"
    if question.may_be_unknown:
        yield Missing.UNKNOWN


def _sums(question: Question, limits: Iterable[Limit]) -> Iterator[Json]:
    """Sums on both sides of each limit, and one in a unit that compares with none.

    Pounds are counted in old ones: an answer may lie between two new pounds.
    """
    asked = question.unit or "new SYP"
    unit, foreign = ("USD", "new SYP") if asked == "USD" else ("old SYP", "USD")
    ends = [Limit(end, asked) if end is not None else None for end in (question.min, question.max)]
    low, high = (_whole(end, unit) if end else None for end in ends)
    amounts = (_whole(limit, unit) for limit in limits)
    for amount in _around([each for each in amounts if each is not None], low, high):
        yield {"amount": amount, "unit": unit}
    yield {"amount": 1, "unit": foreign}


def _whole(limit: Limit, unit: str) -> int | None:
    """A limit of money in the smallest unit that people answer in."""
    amount = in_unit(int(limit.amount), limit.unit or unit, unit)
    return None if amount is None else int(amount)


def _around(limits: Iterable[Json], low: int | None, high: int | None) -> Iterator[int]:
    """Numbers on both sides of each limit, and the ends of what may be answered."""
    numbers = {int(limit) + shift for limit in limits for shift in (-1, 0, 1)}
    numbers |= {low if low is not None else 0} | ({high} if high is not None else set())
    for number in sorted(numbers):
        if (low is None or number >= low) and (high is None or number <= high):
            yield number


def classes(guide: Guide, flow: Flow, conditions: tuple[Condition, ...]) -> Iterator[Facts]:
    """Facts for every class of answers to the questions that the conditions read.

    Raises ``TooManyClasses`` beyond ``MOST_CLASSES``.
    """
    wanted = questions_read(flow, conditions)
    relevant = (*conditions, *flow_conditions(flow))
    values = {name: representatives(guide, name, relevant) for name in wanted}
    produced = 0

    def grow(index: int, facts: dict[str, Json | Missing]) -> Iterator[Facts]:
        nonlocal produced
        if index == len(flow.ask):
            produced += 1
            if produced > MOST_CLASSES:
                raise TooManyClasses(", ".join(sorted(wanted)))
            yield facts
            return
        item = flow.ask[index]
        if item.id not in wanted:
            yield from grow(index + 1, facts)
            return
        asked = truth(item.when, facts) is not Truth.NO
        for value in values[item.id] if asked else (Missing.ABSENT,):
            grown = {**facts, item.id: value}
            yield from grow(index + 1, grown | derive(flow, grown))

    yield from grow(0, {})


def undecided(flow: Flow, condition: Condition, facts: Facts) -> Iterator[str]:
    """The questions whose answers would decide the condition; none if it is decided.

    A question that was answered is among them if its answer does not compare, as dollars do not
    with pounds.
    """
    if truth(condition, facts) is not Truth.UNKNOWN:
        return
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from undecided(flow, part, facts)
        case Not(part):
            yield from undecided(flow, part, facts)
        case Among(name) | Within(name):
            for case in flow.derive.get(name, ()):
                yield from undecided(flow, case.when, facts)
                if truth(case.when, facts) is Truth.YES:
                    return
            for item in flow.ask:
                if item.id == name:
                    yield from undecided(flow, item.when, facts)
                    yield name
