"""A programme: a loan, a guarantee, a subsidy or a course, with the terms that are published."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.engine.amounts import Fee, Repayment
from bot.engine.conditions import When
from bot.engine.step import Document
from bot.engine.strict import Case, Id, PartialDate, Sourced, SourceId, Strict, cases, named

ProgrammeKind = Literal[
    "loan",
    "guarantee",
    "subsidy",
    "grant",
    "fund",
    "course",
    "advice",
    "incubator",
    "exemption",
    "fair",
]
State = Literal["open", "unknown", "suspended", "closed"]
"""Whether a programme takes applicants, in the order in which they are shown."""
NOT_PUBLISHED = "unknown"
"""Stands in a list of terms, papers or securities: there may be more than what is known."""


class Term(Strict):
    """One published condition of who may have the programme; its words say why somebody may not."""

    id: Id
    when: When | None = None
    source: SourceId | None = None


class Status(Strict):
    """Whether a programme takes applicants, as a source said on a day."""

    state: State = Field(alias="is")
    on: PartialDate
    source: SourceId


class Programme(Sourced):
    """What a business may be given: who gives it, to whom, how much, and whether it is open."""

    programme: Id
    kind: ProgrammeKind
    by: Annotated[tuple[Case[Id], ...], BeforeValidator(cases)]
    """The body that decides on it."""
    terms: tuple[Annotated[Term, BeforeValidator(named)], ...]
    ceiling: Annotated[tuple[Case[Fee], ...], BeforeValidator(cases)]
    term: Annotated[tuple[Case[Repayment], ...], BeforeValidator(cases)]
    documents: tuple[Annotated[Document, BeforeValidator(named)], ...] = ()
    security: tuple[Annotated[Document, BeforeValidator(named)], ...] = ()
    """What stands for the money if it is not paid back."""
    status: Status
    law: tuple[Id, ...] = ()

    @property
    def published(self) -> tuple[Term, ...]:
        """The terms that are known."""
        return tuple(each for each in self.terms if each.id != NOT_PUBLISHED)

    @property
    def may_ask_more(self) -> bool:
        """Whether there may be terms that nobody published."""
        return len(self.published) < len(self.terms)
