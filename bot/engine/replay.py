"""Where a citizen stands: computed from the stored answers, at every message (design law 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.engine.classes import derive
from bot.engine.conditions import ABSENT, NO, OPEN, is_date
from bot.engine.flow import Flow, Question
from bot.engine.guide import Guide
from bot.engine.progress import hinges, least_progress
from bot.engine.values import Answers, Facts, Json, Missing, in_unit


@dataclass(frozen=True, slots=True)
class Walk:
    """A flow replayed over the answers."""

    flow: Flow
    facts: Facts
    """Values of the flow's questions and derivations, as its conditions see them."""
    asked: tuple[str, ...]
    """The questions that apply, or may apply, in order."""
    open: tuple[str, ...]
    """Those of them that have no answer which the guide accepts."""
    refused: tuple[str, ...]
    """Those of the open ones that had an answer which the guide accepts no longer."""
    progress: Fraction
    """From 0 to 1: answered / (answered + the most that can still come). Answers never lower it."""

    @property
    def position(self) -> str | None:
        """The question to ask next; ``None`` when the flow is complete."""
        return self.open[0] if self.open else None


def carry(guide: Guide, answers: Answers) -> dict[str, Json]:
    """The answers under today's ids. What the guide no longer knows is kept as it is, aside."""
    carried = dict(answers)
    for old, new in guide.renamed_questions.items():
        if old in carried:
            value = carried.pop(old)
            carried.setdefault(new, value)
    for name, value in carried.items():
        question = guide.questions.get(name)
        if question and question.renamed_options:
            carried[name] = _renamed(question.renamed_options, value)
    return carried


def _renamed(names: Mapping[str, str], value: Json) -> Json:
    if isinstance(value, list):
        return list(dict.fromkeys(names.get(each, each) for each in value))
    return names.get(value, value) if isinstance(value, str) else value


def accepts(guide: Guide, name: str, value: Json) -> bool:
    """Whether the guide, as it is today, accepts this stored value as an answer."""
    question = guide.questions[name]
    if value is None:
        return question.may_be_unknown
    match question.kind:
        case "choice" | "yes-no" | "governorate":
            return value in guide.option_ids(name)
        case "several":
            return isinstance(value, list) and all(v in guide.option_ids(name) for v in value)
        case "number":
            return type(value) is int and _between(question, value)
        case "money":
            return isinstance(value, dict) and _money(question, value)
        case "date":
            return isinstance(value, str) and is_date(value)
        case "text" | "contact":
            return isinstance(value, str)


def _between(question: Question, value: int | Fraction) -> bool:
    low = question.min is None or value >= question.min
    return low and (question.max is None or value <= question.max)


def _money(question: Question, value: Mapping[str, Json]) -> bool:
    amount = in_unit(value["amount"], value["unit"], question.unit or "")
    return amount is None or _between(question, amount)


def replay(guide: Guide, flow: Flow, answers: Answers) -> Walk:
    """Replays the flow over answers that ``carry`` has brought to today's ids."""
    computing = hinges(guide, flow.flow).computing
    known = {
        item.id: OPEN if answers[item.id] is None else answers[item.id]
        for item in flow.ask
        if item.id in answers and accepts(guide, item.id, answers[item.id])
    }
    facts: dict[str, Json | Missing] = {}
    asked: list[str] = []
    for item in flow.ask:
        name = item.id
        if name in computing:
            facts |= derive(flow, facts)
        if item.when.holds(facts) is NO:
            facts[name] = ABSENT
        else:
            asked.append(name)
            facts[name] = known.get(name, OPEN)
    unanswered = tuple([name for name in asked if name not in known])
    return Walk(
        flow=flow,
        facts=facts | derive(flow, facts),
        asked=tuple(asked),
        open=unanswered,
        refused=tuple([name for name in unanswered if name in answers]),
        progress=least_progress(guide, flow, known),
    )
