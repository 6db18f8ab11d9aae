"""Flows and their questions, as pydantic models.

These models, with those of ``step``, ``programme``, ``article`` and ``directory``, are the guide's language itself: strict
loading, the JSON Schema for editors' programs and the engine all use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.engine.conditions import ALWAYS, When
from bot.engine.strict import Case, Flag, Id, Strict, Whole, named
from bot.engine.values import Unit

Kind = Literal[
    "choice", "several", "yes-no", "number", "money", "date", "governorate", "text", "contact"
]
UNSURE_NEVER: frozenset[str] = frozenset({"governorate", "text", "contact"})
"""Kinds that never offer "I don't know" (design law 7)."""


class Option(Strict):
    """A choice of a question; ``was`` names the ids that it had before."""

    id: Id
    was: tuple[str, ...] = ()


class Question(Strict):
    """What is asked and how it is answered. Defined once, reused by every flow."""

    kind: Kind
    options: tuple[Annotated[Option, BeforeValidator(named)], ...] = ()
    holds: Flag = False
    """The options are documents that the citizen has already."""
    min: Whole | None = None
    max: Whole | None = None
    unit: Unit | None = None
    sure: Flag = False
    """Does not offer "I don't know"."""
    was: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Question:
        if (self.kind in ("choice", "several")) != bool(self.options):
            raise PydanticCustomError("options-and-kind", "options-and-kind", {"kind": self.kind})
        if (self.kind == "money") != bool(self.unit):
            raise PydanticCustomError("unit-and-kind", "unit-and-kind", {"kind": self.kind})
        if self.holds and self.kind != "several":
            raise PydanticCustomError("holds-and-kind", "holds-and-kind", {"kind": self.kind})
        return self

    @property
    def may_be_unknown(self) -> bool:
        """Whether "I don't know" is offered and accepted."""
        return not self.sure and self.kind not in UNSURE_NEVER

    def option_ids(self) -> tuple[str, ...]:
        """The values that a question of options can take; yes and no for that kind."""
        return ("yes", "no") if self.kind == "yes-no" else tuple(each.id for each in self.options)

    @cached_property
    def renamed_options(self) -> Mapping[str, str]:
        """Former option ids and what they are now; kept, since every update carries answers over."""
        return {old: option.id for option in self.options for old in option.was}


class Asked(Strict):
    """A question in a flow, with the condition under which it is asked."""

    id: Id
    when: When = ALWAYS


class Flow(Strict):
    """One guided journey: what is asked, what it leads to, who receives the lead."""

    flow: Id
    ask: tuple[Annotated[Asked, BeforeValidator(named)], ...]
    derive: dict[Id, tuple[Case[Id], ...]] = Field(default_factory=dict)
    goals: tuple[Id, ...] = ()
    """The steps that it leads to, with all that they need."""
    programmes: tuple[Id, ...] = ()
    """What whoever walks it may be given."""
    articles: tuple[Id, ...] = ()
    """What is good to read on the way."""
    results_first: Flag = Field(default=False, alias="results-first")
    """Ends with what one may be given; the roadmap stands behind it."""
    refer: Id
    """The topic of the referral; the office follows from the governorate."""
