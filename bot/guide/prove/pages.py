"""A flow asks every question that its pages read; else they stay on "perhaps" for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.engine.conditions import Limit, Within
from bot.guide.prove.findings import Answered, Claim, Finding, Tally, spot, warning
from bot.guide.prove.ground import Ground
from bot.guide.prove.journey import Effect, Journey, both, shares


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each page to which flows lead, that they ask all that it reads."""
    pages: dict[tuple[str, str], list[tuple[Journey, Effect]]] = {}
    for journey in ground.journeys.values():
        for effect in (*journey.effects, *_shared(journey)):
            if effect.kind != "flows":
                pages.setdefault((effect.kind, effect.name), []).append((journey, effect))
    for (kind, name), read in pages.items():
        yield Claim(spot(kind, name), partial(_open_for_ever, read))


def _shared(journey: Journey) -> Iterator[Effect]:
    """Fees that are a share of an answer, as conditions that read it."""
    for name in journey.steps:
        before = journey.certain(name)
        for index, case in enumerate(journey.guide.steps[name].fee):
            for question in shares(case.value):
                known = Within(question, Limit(0), None)
                path = ("fee", index)
                yield Effect("steps", name, path, known, both(before, case.when, known))


@dataclass
class _Open:
    """What a page reads and flows do not ask: the first place of it, and those flows."""

    effect: Effect
    witness: Answered
    flows: dict[str, None]


def _open_for_ever(read: list[tuple[Journey, Effect]], tally: Tally) -> Iterator[Finding]:
    """Somebody who answers all that the flow asks, and still nobody knows what the page says."""
    found: dict[str, _Open] = {}
    for journey, effect in read:
        flow, answers = journey.flow.flow, journey.answers
        missing = answers.reading(effect.inner).unasked
        new = [name for name in missing if name not in found or flow not in found[name].flows]
        if not new or answers.unsettled(effect.inner, tally) is None:
            continue
        facts = answers.unsettled(effect.condition, tally)
        if facts is not None:
            for name in new:
                entry = found.setdefault(name, _Open(effect, journey.witness(facts), {}))
                entry.flows[flow] = None
    for name, entry in found.items():
        effect = entry.effect
        at = spot(effect.kind, effect.name, effect.path, name)
        told = {"page": effect.name, "question": name, "flows": ", ".join(entry.flows)}
        yield warning("never-asked", at, entry.witness, **told)
