"""Journeys: a flow knows its governorate and leads somewhere, the menu is short, subjects fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from bot.engine.guide import Guide
from bot.engine.replay import accepts
from bot.engine.values import Json, Unit
from bot.guide.draft import Draft
from bot.guide.problems import Problem

MOST_ENTRIES: Final = 7
"""Entries of the menu besides the directory, which is the eighth."""


def check_journeys(draft: Draft) -> Iterator[Problem]:
    """Flows without a governorate or an end, a menu that is too long, and unfit subjects."""
    for name, flow in draft.guide.flows.items():
        first = flow.ask[0].id if flow.ask else ""
        question = draft.guide.questions.get(first)
        if not flow.ask or (question is not None and question.kind != "governorate"):
            yield draft.fault("governorate-first", "flows", name, ("ask",), name=first)
        if not flow.goals and not flow.programmes:
            yield draft.fault("flow-leads-nowhere", "flows", name, ("flow",), name=name)
    for place, (entry, flows) in enumerate(draft.guide.menu.items()):
        if place >= MOST_ENTRIES:
            yield draft.fault("menu-too-long", "menu", entry, (), most=str(MOST_ENTRIES))
        if not flows:
            yield draft.fault("list-empty", "menu", entry, (), key=entry)
    yield from _subjects(draft)


def _subjects(draft: Draft) -> Iterator[Problem]:
    """Answers that a subject implies: its flow asks for them, and they can be given."""
    guide = draft.guide
    for name, subject in guide.subjects.items():
        flow = guide.flows.get(subject.flow or "")
        asked = {item.id for item in flow.ask} if flow else set(subject.answers)
        for question, value in subject.answers.items():
            path = ("answers", question)
            if question in guide.questions and question not in asked:
                yield draft.fault("asked-nowhere", "subjects", name, path, name=question)
            elif question in guide.questions and not _fits(guide, question, value):
                told = {"name": question, "value": str(value)}
                yield draft.fault("answer-unfit", "subjects", name, path, **told)


def _fits(guide: Guide, question: str, value: Json) -> bool:
    """Whether it can be answered; what is written for a sum of money may be no sum at all."""
    if isinstance(value, dict):
        amount, unit = value.get("amount"), value.get("unit")
        if type(amount) is not int or unit not in get_args(Unit) or len(value) > 2:
            return False
    return accepts(guide, question, value)
