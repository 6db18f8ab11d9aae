"""Every need is held, given, or brought; what must be brought and no step gives is a warning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from bot.engine.conditions import Condition, Not
from bot.engine.step import Need
from bot.engine.values import Facts
from bot.guide.prove.findings import Answered, Claim, Finding, Spot, Tally, spot, warning
from bot.guide.prove.ground import Ground
from bot.guide.prove.journey import Journey, both


@dataclass(frozen=True)
class _Place:
    """A need as it stands in a step, and a flow that may lead there."""

    journey: Journey
    step: str
    index: int

    @property
    def need(self) -> Need:
        return self.journey.guide.steps[self.step].needs[self.index]

    @property
    def needed(self) -> Condition:
        """For whom the step stands on the roadmap and needs it."""
        return both(self.journey.certain(self.step), self.need.when)

    @property
    def givers(self) -> tuple[Condition, ...]:
        """For whom the steps apply that give what is needed."""
        names = self.journey.givers(self.need)
        return tuple(self.journey.guide.steps[name].when for name in names)


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each thing that is needed, that a step of the flow gives it to someone who needs it."""
    wanted: dict[tuple[str, ...], list[_Place]] = {}
    for journey in ground.journeys.values():
        for step in journey.steps:
            for index, need in enumerate(ground.guide.steps[step].needs):
                wanted.setdefault(need.any, []).append(_Place(journey, step, index))
    for names, places in wanted.items():
        yield Claim(_spot(places[0]), partial(_brought, names, places))


def _spot(place: _Place) -> Spot:
    """Said of the documents, and written where a step needs them."""
    written = spot("steps", place.step, ("needs", place.index, "any", 0))
    return replace(written, at="/".join(("documents", *place.need.any)))


def _brought(names: tuple[str, ...], places: list[_Place], tally: Tally) -> Iterator[Finding]:
    """One warning if there are flows in which someone must bring it and no step can give it."""
    found: dict[str, tuple[_Place, Answered]] = {}
    for place in places:
        journey = place.journey
        if journey.flow.flow in found or _is_given(place, tally):
            continue
        nobody = (Not(when) for when in place.givers)
        brought = partial(_is_met, place, False)
        facts = journey.answers.shortest(both(place.needed, *nobody), tally, brought)
        if facts is not None:
            found[journey.flow.flow] = (place, journey.witness(facts))
    if found:
        place, witness = next(iter(found.values()))
        told = {"documents": " / ".join(names), "step": place.step, "flows": ", ".join(found)}
        yield warning("to-bring", _spot(place), witness, **told)


def _is_given(place: _Place, tally: Tally) -> bool:
    """Whether anyone who needs it is given it by a step of the flow."""
    answers, given = place.journey.answers, partial(_is_met, place, True)
    return any(
        answers.shortest(both(place.needed, when), tally, given) is not None
        for when in place.givers
    )


def _is_met(place: _Place, given: bool, facts: Facts) -> bool:
    """Whether the engine's own roadmap has a step that gives it, or has it brought."""
    stop = place.journey.road(facts).stop(place.step)
    met = [each for each in stop.requirements if each.need == place.need] if stop else []
    return any(bool(each.givers) is given and not each.held for each in met)
