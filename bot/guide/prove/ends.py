"""Every walk ends in something, and in a referral that an office receives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.engine.conditions import Not
from bot.engine.eligibility import matches
from bot.engine.values import Facts, Truth
from bot.guide.prove.findings import Claim, Finding, Tally, failure, spot, warning
from bot.guide.prove.ground import Ground
from bot.guide.prove.journey import Journey, both, terms


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each flow, that it ends well; of its topic in each governorate, that an office takes it."""
    for name, journey in ground.journeys.items():
        yield Claim(spot("flows", name, ("goals",)), partial(_end, journey))
        for place in ground.guide.governorate_ids:
            at = spot("flows", name, ("refer",), place)
            yield Claim(at, partial(_received, journey, place))


def _end(journey: Journey, tally: Tally) -> Iterator[Finding]:
    """Nobody is left without a step, certain or perhaps, and without a programme."""
    guide, flow = journey.guide, journey.flow
    no_step = (Not(guide.steps[name].when) for name in flow.goals)
    no_programme = (Not(terms(guide.programmes[name])) for name in flow.programmes)
    facts = journey.answers.shortest(
        both(*no_step, *no_programme), tally, partial(_is_empty, journey)
    )
    if facts is None:
        return
    at, witness = spot("flows", flow.flow, ("goals",)), journey.witness(facts)
    if flow.programmes:
        yield warning("ends-refused", at, witness, flow=flow.flow)
    else:
        yield failure("ends-empty", at, witness, flow=flow.flow)


def _is_empty(journey: Journey, facts: Facts) -> bool:
    """Whether the engine has neither a step nor a programme for these answers."""
    road, found = journey.road(facts), matches(journey.guide, journey.walk(facts))
    has_step = bool(road.stops or road.perhaps)
    return not has_step and all(each.truth is Truth.NO for each in found)


def _received(journey: Journey, governorate: str, tally: Tally) -> Iterator[Finding]:
    """The topic of the flow has an office in the governorate that the flow asks for."""
    guide, flow = journey.guide, journey.flow
    tally.add(1, ())
    asked = [item.id for item in flow.ask if guide.questions[item.id].kind == "governorate"]
    if not asked or guide.office_for(flow.refer, governorate) is None:
        witness = tuple((name, governorate) for name in asked[:1])
        at = spot("flows", flow.flow, ("refer",), governorate)
        yield failure("no-office", at, witness, flow=flow.flow, topic=flow.refer)
