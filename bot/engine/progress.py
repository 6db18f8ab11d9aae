"""How far a citizen has come in a flow, said so that no answer ever takes it back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.engine.classes import derive, flow_conditions, questions_read, representatives
from bot.engine.conditions import reads, truth
from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.engine.values import Facts, Json, Missing, Truth


@dataclass(frozen=True)
class Hinges:
    """What a flow hinges on, whoever walks it."""

    steering: frozenset[str]
    """The questions that decide whether others are asked."""
    values: Mapping[str, tuple[Json | Missing, ...]]
    """One answer of each class to the steering questions."""
    read_later: tuple[frozenset[str], ...]
    """By place in the flow: the questions that the conditions of later ones read."""
    computing: frozenset[str]
    """The questions whose own conditions read a computed answer."""


@lru_cache(maxsize=64)
def hinges(guide: Guide, flow_id: str) -> Hinges:
    """What the flow hinges on, computed once for each revision of the guide."""
    flow = guide.flows[flow_id]
    steering = questions_read(flow, [item.when for item in flow.ask])
    conditions = flow_conditions(flow)
    later = [[item.when for item in flow.ask[place + 1 :]] for place in range(len(flow.ask))]
    return Hinges(
        steering=steering,
        values={name: representatives(guide, name, conditions) for name in steering},
        read_later=tuple(questions_read(flow, each) for each in later),
        computing=frozenset(
            i.id for i in flow.ask if not flow.derive.keys().isdisjoint(reads(i.when))
        ),
    )


def least_progress(guide: Guide, flow: Flow, answers: Mapping[str, Json | Missing]) -> Fraction:
    """The share of answered questions, at the least that the open ones can make of it.

    Answered / (answered + the most that can still come): never less after one more answer, 1 when
    nothing is open. ``answers`` are those that the guide accepts, also of questions which do not
    apply now: another answer may bring them back.
    """
    steering = hinges(guide, flow.flow).steering
    known = tuple((name, _frozen(answers[name])) for name in answers if name in steering)
    return _least_progress(guide, flow.flow, known, frozenset(answers))


def _frozen(fact: Json | Missing) -> Json | Missing:
    """A fact that can be a key: lists and money as tuples."""
    if isinstance(fact, list):
        return tuple(fact)
    return ("money", fact["amount"], fact["unit"]) if isinstance(fact, dict) else fact


def _thawed(fact: Json | Missing) -> Json | Missing:
    if not isinstance(fact, tuple):
        return fact
    return {"amount": fact[1], "unit": fact[2]} if fact[:1] == ("money",) else list(fact)


@lru_cache(maxsize=4096)
def _least_progress(
    guide: Guide,
    flow_id: str,
    known: tuple[tuple[str, Json | Missing], ...],
    answered: frozenset[str],
) -> Fraction:
    """Walks all classes of answers at once; those that later questions cannot tell apart are one."""
    flow, on = guide.flows[flow_id], hinges(guide, flow_id)
    given = {name: _thawed(value) for name, value in known}
    states: dict[Hashable, tuple[Facts, int, int]] = {(): ({}, 0, 0)}
    for item, read in zip(flow.ask, on.read_later, strict=True):
        grown: dict[Hashable, tuple[Facts, int, int]] = {}
        for facts, closed, still_open in states.values():
            values: Iterable[Json | Missing] = (Missing.ABSENT,)
            seen = {**facts, **derive(flow, facts)} if item.id in on.computing else facts
            if truth(item.when, seen) is not Truth.NO:
                if item.id in answered:
                    values, closed = (given.get(item.id, Missing.UNKNOWN),), closed + 1
                else:
                    values, still_open = on.values.get(item.id, values), still_open + 1
            for value in values:
                kept = {n: v for n, v in ((*facts.items(), (item.id, value))) if n in read}
                key = (closed, still_open, *(_frozen(fact) for fact in kept.values()))
                grown[key] = (kept, closed, still_open)
        states = grown
    shares = (Fraction(c, c + o) for _, c, o in states.values() if c + o)
    return min(shares, default=Fraction(1))
