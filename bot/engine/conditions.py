"""Conditions: plain data that reads answers and is yes, no or unknown.

A mapping is "and", a list is "one of", ``{min:, max:}`` is a range with both ends in it;
``all``, ``any`` and ``not`` combine. There is no expression language, so what an editor writes
can be checked, enumerated and proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

from bot.engine.values import Facts, Json, Missing, Truth, in_unit

MONEY = re.compile(r"^([0-9]+) (new SYP|old SYP|USD)$")
DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
COMBINING = ("all", "any", "not")
# Names of their own: in Python 3.11, looking a member up on its enum takes as long as comparing.
NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
OPEN, ABSENT = Missing.UNKNOWN, Missing.ABSENT


@dataclass(frozen=True, slots=True)
class Limit:
    """One end of a range: a number, or a date as text, or money with its unit."""

    amount: int | str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """The answer is one of these; for a question of several, contains one of them."""

    question: str
    values: tuple[Json, ...]

    def holds(self, facts: Facts) -> Truth:
        fact = facts.get(self.question, OPEN)
        if isinstance(fact, str):
            return YES if fact in self.values else NO
        if isinstance(fact, Missing):
            return NO if fact is ABSENT else UNKNOWN
        found = fact if isinstance(fact, list) else [fact]
        return YES if any(value in self.values for value in found) else NO


@dataclass(frozen=True, slots=True)
class Within:
    """The answer lies in a range, both ends included."""

    question: str
    low: Limit | None
    high: Limit | None

    def holds(self, facts: Facts) -> Truth:
        fact = facts.get(self.question, OPEN)
        if isinstance(fact, Missing):
            return NO if fact is ABSENT else UNKNOWN
        low, high = _place(fact, self.low), _place(fact, self.high)
        if (low is not None and low < 0) or (high is not None and high > 0):
            return NO
        return UNKNOWN if low is None or high is None else YES


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...] = ()

    def holds(self, facts: Facts) -> Truth:
        found = YES
        for part in self.parts:
            holds = part.holds(facts)
            if holds is NO:
                return holds
            if holds is UNKNOWN:
                found = holds
        return found


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> Truth:
        found = NO
        for part in self.parts:
            holds = part.holds(facts)
            if holds is YES:
                return holds
            if holds is UNKNOWN:
                found = holds
        return found


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition

    def holds(self, facts: Facts) -> Truth:
        return _OPPOSITE[self.part.holds(facts)]


Condition = Among | Within | AllOf | AnyOf | Not
ALWAYS = AllOf()


def parse(raw: Any) -> Condition:
    """The condition that YAML data means.

    Raises ``PydanticCustomError`` with the code of the fault and, in its context, ``path``: the
    keys from the condition down to the fault, so that the problem points at its own line.
    """
    if isinstance(raw, Among | Within | AllOf | AnyOf | Not):
        return raw
    return _all(raw, ())


def _fault(code: str, path: tuple[str | int, ...], **values: Any) -> PydanticCustomError:
    return PydanticCustomError(code, code, {"path": path, **values})


def _all(raw: Any, path: tuple[str | int, ...]) -> Condition:
    if not isinstance(raw, dict) or not raw:
        raise _fault("condition-not-a-mapping", path)
    parts = tuple(_entry(key, value, (*path, key)) for key, value in raw.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _entry(key: str, value: Any, path: tuple[str | int, ...]) -> Condition:
    if key == "not":
        return Not(_all(value, path))
    if key in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise _fault("condition-not-a-list", path, key=key)
        parts = tuple(_all(part, (*path, index)) for index, part in enumerate(value))
        return AllOf(parts) if key == "all" else AnyOf(parts)
    if isinstance(value, dict):
        return _range(key, value, path)
    values = value if isinstance(value, list) else [value]
    if not values or any(isinstance(each, dict | list) for each in values):
        raise _fault("condition-empty-list", path, key=key)
    return Among(key, tuple(values))


def _range(key: str, value: dict[str, Any], path: tuple[str | int, ...]) -> Condition:
    for name in value:
        if name not in ("min", "max"):
            raise _fault("unknown-key", (*path, name), key=name, known=("min", "max"))
    if not value:
        raise _fault("condition-empty-list", path, key=key)
    ends = {name: _limit(end, (*path, name)) for name, end in value.items()}
    return Within(key, ends.get("min"), ends.get("max"))


def _limit(raw: Any, path: tuple[str | int, ...]) -> Limit:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Limit(raw)
    if isinstance(raw, str):
        if money := MONEY.fullmatch(raw):
            return Limit(int(money[1]), money[2])
        if is_date(raw):
            return Limit(raw)
    raise _fault("limit-not-understood", path, value=str(raw))


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar, written 2026-11-22."""
    try:
        return bool(DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def truth(condition: Condition, facts: Facts) -> Truth:
    """Whether the condition holds of these facts: yes, no or unknown.

    A question that is not among the facts counts as unknown: not answered yet.
    """
    return condition.holds(facts)


_OPPOSITE: Final = {YES: NO, UNKNOWN: UNKNOWN, NO: YES}


def _place(fact: Json, limit: Limit | None) -> int | None:
    """Where the fact stands to the limit: -1 below, 0 on it, 1 above; ``None`` not comparable."""
    if limit is None:
        return 0
    value, bound = fact, limit.amount
    if isinstance(fact, dict):
        value = in_unit(fact["amount"], fact["unit"], limit.unit or "")
    if isinstance(value, int | Fraction) and isinstance(bound, int):
        return (value > bound) - (value < bound)
    if isinstance(value, str) and isinstance(bound, str):
        return (value > bound) - (value < bound)
    return None


def comparisons(condition: Condition) -> Iterator[Among | Within]:
    """Every comparison with a question in the condition, in the order written."""
    match condition:
        case Among() | Within():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)


def reads(condition: Condition) -> tuple[str, ...]:
    """The ids of the questions (or derivations) that the condition reads, each once, in order."""
    return tuple(dict.fromkeys(each.question for each in comparisons(condition)))


def _copy_schema(_source: Any, _handler: Any) -> core_schema.CoreSchema:
    return core_schema.any_schema()


When = Annotated[Condition, GetPydanticSchema(_copy_schema), BeforeValidator(parse)]
"""A condition as a field of a model of the guide's language."""
