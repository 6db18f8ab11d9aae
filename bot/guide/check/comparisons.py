"""Single comparisons: a question is compared only with what its answers can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.engine.conditions import Among, Limit, Within
from bot.engine.guide import Guide
from bot.engine.values import Json, in_unit
from bot.guide.problems import guess
from bot.guide.strict_yaml import Path

Fault = tuple[str, Path, dict[str, str]]
"""A problem's code, its path within the comparison, and the values of its words."""


def derivations(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """Every computed answer with all the values that it takes, over all flows."""
    found: dict[str, dict[str, None]] = {}
    for flow in guide.flows.values():
        for name, cases in flow.derive.items():
            found.setdefault(name, {}).update(dict.fromkeys(case.value for case in cases))
    return {name: tuple(values) for name, values in found.items()}


def misfits(
    guide: Guide, governorates: frozenset[str], comparison: Among | Within
) -> Iterator[Fault]:
    """What in the comparison does not fit what it is compared with.

    ``governorates``: all that are written down, also those whose entries are faulty.
    """
    name = comparison.question
    derived = derivations(guide)
    if name in derived:
        kind, options = "choice", derived[name]
    elif name in guide.questions:
        kind, options = guide.questions[name].kind, guide.option_ids(name)
        options = tuple(sorted(governorates)) if kind == "governorate" else options
    else:
        return
    if isinstance(comparison, Within):
        yield from _range(guide, comparison, kind)
    elif kind == "money":
        yield "money-needs-range", (), {"name": name}
    elif kind in ("text", "contact"):
        yield "kind-not-compared", (), {"name": name, "kind": kind}
    else:
        for index, value in enumerate(comparison.values):
            told = {"name": name, "value": _shown(value)}
            if kind in ("number", "date"):
                if not _is_of(kind, value):
                    yield "value-not-of-kind", (index,), {**told, "kind": kind}
            elif value not in options:
                told |= {"known": ", ".join(options), "guess": guess(str(value), options)}
                yield "value-unknown", (index,), told


def _range(guide: Guide, comparison: Within, kind: str) -> Iterator[Fault]:
    name = comparison.question
    if kind not in ("number", "money", "date"):
        yield "range-on-kind", (), {"name": name, "kind": kind}
        return
    for key, limit in (("min", comparison.low), ("max", comparison.high)):
        if limit is not None:
            for code, values in _limit(guide, name, kind, limit):
                yield code, (key,), values


def _limit(
    guide: Guide, name: str, kind: str, limit: Limit
) -> Iterator[tuple[str, dict[str, str]]]:
    """What is wrong with one end of a range."""
    shown = f"{limit.amount} {limit.unit}" if limit.unit else str(limit.amount)
    if kind == "money":
        unit = guide.questions[name].unit or ""
        if limit.unit is None:
            yield "money-without-unit", {"value": shown, "unit": unit}
        elif in_unit(1, limit.unit, unit) is None:
            yield "money-never-compares", {"value": shown, "unit": unit, "name": name}
    elif limit.unit is not None or not _is_of(kind, limit.amount):
        yield "value-not-of-kind", {"name": name, "value": shown, "kind": kind}


def _is_of(kind: str, value: Json) -> bool:
    """Whether the value is a number, or a day that the calendar has."""
    if kind == "number":
        return type(value) is int
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _shown(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
