"""Invented citizens of the real guide: the same ones on every run."""

from __future__ import annotations

from random import Random

from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.engine.values import Json

CITIZENS = 200


def flow_of(guide: Guide, number: int) -> Flow:
    """The flow that the citizen walks: each has its share of them."""
    flows = list(guide.flows.values())
    return flows[number % len(flows)]


def citizen(guide: Guide, number: int) -> dict[str, Json]:
    """The answers of one citizen; every third left some questions open."""
    random = Random(number)
    share = 0.6 if random.random() < 1 / 3 else 1.0
    flow = flow_of(guide, number)
    return {
        item.id: _answer(guide, item.id, random) for item in flow.ask if random.random() < share
    }


def done_by(guide: Guide, number: int) -> tuple[str, ...]:
    """The steps that the citizen ticked off."""
    random = Random(-number)
    return tuple(name for name in guide.steps if random.random() < 0.2)


def _answer(guide: Guide, name: str, random: Random) -> Json:
    question = guide.questions[name]
    if question.may_be_unknown and random.random() < 0.2:
        return None
    match question.kind:
        case "choice" | "yes-no" | "governorate":
            return random.choice(guide.option_ids(name))
        case "several":
            return [option for option in question.option_ids() if random.random() < 0.2]
        case "number":
            return random.choice([question.min or 0, 3, 12, question.max or 500])
        case "money":
            unit = random.choice(["new SYP", "old SYP", "USD"])
            return {"amount": random.choice([100, 5_000_000, 10**12]), "unit": unit}
        case "date":
            return random.choice(["2024-01-31", "2026-11-22"])
        case "text" | "contact":
            return "محمد " * random.choice([1, 80])
