"""Every question, step, programme and article is reached by someone, or it is dead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from bot.engine.conditions import Condition
from bot.engine.eligibility import match
from bot.engine.guide import PageKind
from bot.engine.reach import flows_to
from bot.engine.values import Facts, Truth
from bot.guide.kinds import PAGES
from bot.guide.prove.findings import Claim, Finding, Reached, Tally, failure, spot, warning
from bot.guide.prove.ground import Ground
from bot.guide.prove.journey import Journey, terms

_LISTS: Final = {"steps": "goals", "programmes": "programmes", "articles": "articles"}
"""Where a flow lists its pages of each kind."""


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each question of each flow, and of each page, that someone reaches it."""
    for name, journey in ground.journeys.items():
        for index, item in enumerate(journey.flow.ask):
            at = spot("flows", name, ("ask", index), item.id)
            yield Claim(at, partial(_question, journey, index))
    for kind in PAGES:
        for page, flows in flows_to(ground.guide, kind).items():
            journeys = [ground.journeys[flow.flow] for flow in flows]
            yield Claim(spot(kind, page), partial(_page, kind, page, journeys))


def _question(journey: Journey, index: int, tally: Tally) -> Iterator[Finding]:
    item = journey.flow.ask[index]
    at = spot("flows", journey.flow.flow, ("ask", index), item.id)
    facts = journey.answers.shortest(item.when, tally)
    if facts is None:
        yield failure("dead-question", at, question=item.id)
    else:
        tally.reached.append(Reached(at.at, journey.flow.flow, journey.witness(facts)))


def _page(kind: PageKind, page: str, journeys: list[Journey], tally: Tally) -> Iterator[Finding]:
    """A page is dead where no answers lead to it; one that is open for ever is not told here."""
    dead: list[Journey] = []
    alive = False
    for journey in journeys:
        condition = _condition(journey, kind, page)
        stands = partial(_stands, journey, kind, page)
        facts = journey.answers.shortest(condition, tally, stands)
        if facts is not None:
            way = Reached(f"{kind}/{page}", journey.flow.flow, journey.witness(facts))
            tally.reached += [way] if not alive else []
            alive = True
        elif journey.answers.unsettled(condition, tally) is None:
            dead.append(journey)
    if journeys and len(dead) == len(journeys):
        yield failure("dead-page", spot(kind, page), page=page)
        return
    for journey in dead:
        listed: tuple[str, ...] = getattr(journey.flow, _LISTS[kind])
        if page in listed:
            path = (_LISTS[kind], listed.index(page))
            at = spot("flows", journey.flow.flow, path, page)
            yield warning("dead-in-flow", at, page=page, flow=journey.flow.flow)


def _condition(journey: Journey, kind: PageKind, page: str) -> Condition:
    match kind:
        case "steps":
            return journey.certain(page)
        case "programmes":
            return terms(journey.guide.programmes[page])
        case "articles":
            return journey.guide.articles[page].when


def _stands(journey: Journey, kind: PageKind, page: str, facts: Facts) -> bool:
    """Whether the engine itself shows the page to whoever gave these answers."""
    if kind == "steps":
        return page in journey.road(facts).certain
    if kind == "programmes":
        programme = journey.guide.programmes[page]
        return match(journey.walk(facts), programme).truth is not Truth.NO
    return True
