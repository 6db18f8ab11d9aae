"""Where a citizen stands: computed from the stored answers, at every message (design law 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.engine.classes import derive, most_to_come
from bot.engine.conditions import truth
from bot.engine.flow import Flow, Question
from bot.engine.guide import Guide
from bot.engine.values import Answers, Facts, Json, Missing, Truth, in_unit


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
    to_come: int
    """The most questions that can still come, whatever the citizen answers."""

    @property
    def position(self) -> str | None:
        """The question to ask next; ``None`` when the flow is complete."""
        return self.open[0] if self.open else None

    @property
    def answered(self) -> int:
        """How many questions of this walk have an answer; "I don't know" is one."""
        return len(self.asked) - len(self.open)

    @property
    def progress(self) -> float:
        """From 0 to 1; an answer never lowers it."""
        total = self.answered + self.to_come
        return self.answered / total if total else 1.0


def carry(guide: Guide, answers: Answers) -> dict[str, Json]:
    """The answers under today's ids. What the guide no longer knows is kept as it is, aside."""
    carried = dict(answers)
    for old, new in guide.renamed_questions.items():
        if old in carried:
            value = carried.pop(old)
            carried.setdefault(new, value)
    for name, value in carried.items():
        if question := guide.questions.get(name):
            carried[name] = _renamed(question, value)
    return carried


def _renamed(question: Question, value: Json) -> Json:
    names = {old: option.id for option in question.options for old in option.was}
    if isinstance(value, list):
        return [names.get(each, each) for each in value]
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
            return isinstance(value, list) and set(value) <= set(question.option_ids())
        case "number":
            return type(value) is int and _between(question, value)
        case "money":
            return isinstance(value, dict) and _money(question, value)
        case "date":
            return isinstance(value, str) and _is_date(value)
        case "text" | "contact":
            return isinstance(value, str)


def _between(question: Question, value: float) -> bool:
    low = question.min is None or value >= question.min
    return low and (question.max is None or value <= question.max)


def _money(question: Question, value: Mapping[str, Json]) -> bool:
    amount = in_unit(value["amount"], value["unit"], question.unit or "")
    return amount is None or _between(question, amount)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def replay(guide: Guide, flow: Flow, answers: Answers) -> Walk:
    """Replays the flow over answers that ``carry`` has brought to today's ids."""
    facts: dict[str, Json | Missing] = {}
    asked: list[str] = []
    still_open: list[str] = []
    refused: list[str] = []
    for item in flow.ask:
        if truth(item.when, facts) is Truth.NO:
            facts[item.id] = Missing.ABSENT
        else:
            asked.append(item.id)
            if item.id in answers and accepts(guide, item.id, answers[item.id]):
                value = answers[item.id]
                facts[item.id] = Missing.UNKNOWN if value is None else value
            else:
                facts[item.id] = Missing.UNKNOWN
                still_open.append(item.id)
                if item.id in answers:
                    refused.append(item.id)
        facts.update(derive(flow, facts))
    unanswered = tuple(still_open)
    return Walk(
        flow=flow,
        facts=facts,
        asked=tuple(asked),
        open=unanswered,
        refused=tuple(refused),
        to_come=most_to_come(guide, flow, facts, frozenset(unanswered)),
    )
