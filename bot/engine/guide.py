"""The whole guide as the engine sees it: one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.engine.directory import Body, Governorate, Law, Office, Source
from bot.engine.flow import Flow, Question, Step


@dataclass(frozen=True, eq=False)
class Guide:
    """Everything that editors wrote except its words, by id, in the order written.

    Compared by identity: there is one for each revision, and results are remembered by it.
    """

    questions: Mapping[str, Question]
    flows: Mapping[str, Flow]
    steps: Mapping[str, Step]
    governorates: Mapping[str, Governorate]
    bodies: Mapping[str, Body]
    laws: Mapping[str, Law]
    sources: Mapping[str, Source]
    offices: Mapping[str, Office]

    @cached_property
    def renamed_questions(self) -> Mapping[str, str]:
        """Former question ids and what they are now."""
        return {old: new for new, question in self.questions.items() for old in question.was}

    @cached_property
    def renamed_steps(self) -> Mapping[str, str]:
        """Former step ids and what they are now."""
        return {old: new for new, step in self.steps.items() for old in step.was}

    @cached_property
    def givers(self) -> Mapping[str, tuple[str, ...]]:
        """The steps that give each document, in the order written."""
        found: dict[str, tuple[str, ...]] = {}
        for name, step in self.steps.items():
            for document in step.gives:
                found[document] = (*found.get(document, ()), name)
        return found

    @cached_property
    def governorate_ids(self) -> tuple[str, ...]:
        """The governorates in the order of lists."""
        return tuple(sorted(self.governorates, key=lambda name: self.governorates[name].order))

    def option_ids(self, question: str) -> tuple[str, ...]:
        """The values that a question of options or of governorate can take, in their order."""
        asked = self.questions[question]
        if asked.kind == "governorate":
            return self.governorate_ids
        return asked.option_ids()

    def office_for(self, topic: str, governorate: str) -> str | None:
        """The office that answers for a topic in a governorate."""
        for name, office in self.offices.items():
            if office.governorate == governorate and topic in office.topics:
                return name
        return None

    @cached_property
    def head_office(self) -> str:
        """The office that receives what no governorate's office can."""
        return next(name for name, office in self.offices.items() if office.head)
