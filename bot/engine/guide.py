"""The whole guide as the engine sees it: one immutable value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.engine.article import Article
from bot.engine.directory import (
    Body,
    Calendar,
    Entry,
    Governorate,
    Law,
    Office,
    Reply,
    Source,
    Topic,
)
from bot.engine.flow import Flow, Question
from bot.engine.programme import Programme
from bot.engine.step import Step
from bot.engine.strict import Sourced
from bot.engine.subject import Subject

PageKind = Literal["steps", "programmes", "articles"]
"""What has a page of its own, and a file for each."""


@dataclass(frozen=True, eq=False, repr=False)
class Guide:
    """Everything that editors wrote except its words, by id, in the order written.

    Compared by identity: there is one for each revision, and results are remembered by it. Nobody
    reads it written out, and asyncio would write it out for each task that gives it.
    """

    questions: Mapping[str, Question]
    flows: Mapping[str, Flow]
    steps: Mapping[str, Step]
    programmes: Mapping[str, Programme]
    articles: Mapping[str, Article]
    menu: Mapping[str, tuple[str, ...]]
    """The entries of the menu, each with the flows behind it."""
    subjects: Mapping[str, Subject]
    governorates: Mapping[str, Governorate]
    bodies: Mapping[str, Body]
    laws: Mapping[str, Law]
    sources: Mapping[str, Source]
    unused: Mapping[str, str]
    """The sources on which nothing rests, each with the reason."""
    offices: Mapping[str, Office]
    topics: Mapping[str, Topic]
    """What referrals are about."""
    replies: Mapping[str, Reply]
    """Ready answers of officers."""
    glossary: Mapping[str, Entry]
    calendar: Calendar

    @cached_property
    def renamed_questions(self) -> Mapping[str, str]:
        """Former question ids and what they are now."""
        return {old: new for new, question in self.questions.items() for old in question.was}

    @cached_property
    def renamed_steps(self) -> Mapping[str, str]:
        """Former step ids and what they are now."""
        return {old: new for new, step in self.steps.items() for old in step.was}

    def page(self, kind: str, name: str) -> str | None:
        """Today's id of a step, programme or article, which may be asked for by a former one."""
        pages: Mapping[str, Sourced] = getattr(self, kind)
        if name in pages:
            return name
        return next((new for new, page in pages.items() if name in page.was), None)

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
        return self._option_ids[question]

    @cached_property
    def _option_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Listed once: each update looks for every answer among them."""
        return {
            name: self.governorate_ids if asked.kind == "governorate" else asked.option_ids()
            for name, asked in self.questions.items()
        }

    def is_alone(self, bodies: Sequence[str]) -> bool:
        """Whether this is no institution: what one does alone, without a visit."""
        return bool(bodies) and self._alone.issuperset(bodies)

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(name for name, body in self.bodies.items() if body.kind == "yourself")

    def office_for(self, topic: str, governorate: str) -> str | None:
        """The office that answers for a topic in a governorate."""
        for name, office in self.offices.items():
            own = office.governorate == governorate and office.body is None
            if own and office.takes(topic):
                return name
        return None

    @cached_property
    def head_office(self) -> str:
        """The office that receives what no governorate's office can."""
        return next(name for name, office in self.offices.items() if office.head)
