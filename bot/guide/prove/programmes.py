"""Every programme is granted to someone, and refused to someone unless nobody knows its terms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.engine.conditions import Condition, Not
from bot.engine.eligibility import match
from bot.engine.programme import Programme
from bot.engine.reach import flows_to
from bot.engine.values import Facts, Truth
from bot.guide.prove.findings import Claim, Finding, Tally, failure, spot
from bot.guide.prove.ground import Ground
from bot.guide.prove.journey import Journey, terms


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each programme with terms that we ask about, that someone meets them and someone does not."""
    for name, flows in flows_to(ground.guide, "programmes").items():
        programme = ground.guide.programmes[name]
        journeys = [ground.journeys[flow.flow] for flow in flows]
        if journeys and any(term.when is not None for term in programme.published):
            yield Claim(spot("programmes", name, ("terms",)), partial(_both, programme, journeys))


def _both(programme: Programme, journeys: list[Journey], tally: Tally) -> Iterator[Finding]:
    name = programme.programme
    at = spot("programmes", name, ("terms",))
    wanted = terms(programme)
    if not any(_found(j, programme, wanted, Truth.YES, tally) for j in journeys):
        yield failure("programme-never-granted", at, programme=name)
    if not any(_found(j, programme, Not(wanted), Truth.NO, tally) for j in journeys):
        yield failure("programme-never-refused", at, programme=name)


def _found(
    journey: Journey, programme: Programme, wanted: Condition, verdict: Truth, tally: Tally
) -> bool:
    """Whether some answers make the engine say so."""

    def said(facts: Facts) -> bool:
        return match(journey.walk(facts), programme).truth is verdict

    return journey.answers.shortest(wanted, tally, said) is not None
