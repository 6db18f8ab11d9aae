"""Prices and durations as sources give them: an amount, a span, a share, unknown, or disputed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.engine.strict import Days, Flag, Id, Months, SourceId, Strict, Whole, or_unknown
from bot.engine.values import Unit


class Amounts(Strict):
    """A price from a source, in the pound of its day.

    Exactly one of: ``unknown``, ``free``, ``amount``, ``min``/``max``, ``of`` with ``rate``,
    ``parts`` (all are paid), ``differ`` (sources disagree; all are shown).
    """

    unknown: Flag = False
    free: Flag = False
    amount: Whole | None = None
    min: Whole | None = None
    max: Whole | None = None
    unit: Unit | None = None
    of: Id | None = None
    """The money question of which a share is paid."""
    rate: Annotated[str, Field(pattern=r"^[0-9]+/[0-9]+$")] | None = None
    charge: Id | None = None
    """What this part is for; its words are in ``words/charges.yaml``."""
    parts: tuple[Annotated[Amounts, BeforeValidator(or_unknown)], ...] = ()
    differ: tuple[Annotated[Amounts, BeforeValidator(or_unknown)], ...] = ()
    at_most: Flag = Field(default=False, alias="at-most")
    """A share that the source gives as the most that is taken."""
    refundable: Flag = False
    """A deposit that comes back: shown, and left out of the totals."""
    source: SourceId | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Amounts:
        priced = self.amount is not None or self.min is not None or self.max is not None
        said = [self.unknown, self.free, priced, bool(self.of), bool(self.parts), bool(self.differ)]
        if sum(said) != 1 or priced != (self.unit is not None) or bool(self.of) != bool(self.rate):
            raise PydanticCustomError("fee-says-one-thing", "fee-says-one-thing", {})
        if (priced or self.of or self.free) and self.source is None:
            raise PydanticCustomError("fact-without-source", "fact-without-source", {})
        return self


class Duration(Strict):
    """How long a step takes, in days, or unknown, or as sources differ."""

    unknown: Flag = False
    min: Days | None = None
    max: Days | None = None
    differ: tuple[Annotated[Duration, BeforeValidator(or_unknown)], ...] = ()
    source: SourceId | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Duration:
        timed = self.min is not None or self.max is not None
        if sum([self.unknown, timed, bool(self.differ)]) != 1:
            raise PydanticCustomError("time-says-one-thing", "time-says-one-thing", {})
        if timed and self.source is None:
            raise PydanticCustomError("fact-without-source", "fact-without-source", {})
        return self


class Period(Duration):
    """How long a loan is paid back or a course lasts: a duration in months."""

    min: Months | None = None
    max: Months | None = None
    differ: tuple[Annotated[Period, BeforeValidator(or_unknown)], ...] = ()


Fee = Annotated[Amounts, BeforeValidator(or_unknown)]
Time = Annotated[Duration, BeforeValidator(or_unknown)]
Repayment = Annotated[Period, BeforeValidator(or_unknown)]
