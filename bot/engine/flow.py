"""The guide's language: questions, flows, steps and their facts, as pydantic models.

These models are the language itself: strict loading, the JSON Schema for editors' programs and
the engine all use them. A short form that editors may write (``unknown``, a single case instead
of a list of cases, ``id`` instead of ``{id: {…}}``) is brought to its long form by a validator.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.engine.conditions import ALWAYS, When
from bot.engine.values import Unit

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=24)]
SourceId = Annotated[str, Field(pattern=r"^[LF]-[0-9]{2,3}$")]
Flag = Annotated[bool, Field(strict=True)]
"""``true`` or ``false``: ``yes`` is a text and 1 a number, and neither becomes a flag."""
Whole = Annotated[int, Field(strict=True)]
"""A whole number: neither a text of digits nor a flag becomes one."""
Kind = Literal[
    "choice", "several", "yes-no", "number", "money", "date", "governorate", "text", "contact"
]
Value = TypeVar("Value")
UNSURE_NEVER: frozenset[str] = frozenset({"governorate", "text", "contact"})
"""Kinds that never offer "I don't know" (design law 7)."""


class Strict(BaseModel):
    """A part of the language: unknown keys and wrong types are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def named(item: Any) -> Any:
    """``id`` or ``{id: {…}}`` as ``{"id": id, …}``."""
    if isinstance(item, str):
        return {"id": item}
    if isinstance(item, dict) and len(item) == 1:
        [(name, rest)] = item.items()
        if isinstance(rest, dict):
            return {"id": name, **rest}
    return item


def _days(raw: Any) -> Any:
    if isinstance(raw, str) and raw.endswith("d") and raw[:-1].isdecimal():
        return int(raw[:-1])
    raise PydanticCustomError("not-days", "not-days", {"value": str(raw)})


def _date(raw: Any) -> Any:
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else raw
    except ValueError:
        raise PydanticCustomError("not-a-date", "not-a-date", {"value": raw}) from None


Days = Annotated[int, BeforeValidator(_days)]
"""A duration in days, written ``15d``."""
Day = Annotated[date, BeforeValidator(_date)]
"""A day, written ``2026-11-22``."""


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


class Asked(Strict):
    """A question in a flow, with the condition under which it is asked."""

    id: Id
    when: When = ALWAYS


class Case(Strict, Generic[Value]):
    """One case of a fact: its value where the condition holds. The first that holds counts."""

    value: Value = Field(alias="is")
    when: When = ALWAYS


class Flow(Strict):
    """One guided journey: what is asked, for which goals, who receives the lead."""

    flow: Id
    ask: tuple[Annotated[Asked, BeforeValidator(named)], ...]
    derive: dict[Id, tuple[Case[Id], ...]] = {}
    goals: tuple[Id, ...]
    refer: Id
    """The topic of the referral; the office follows from the governorate."""


def _cases(raw: Any) -> Any:
    """A single fact as a list of one case without a condition."""
    listed = isinstance(raw, list) and all(isinstance(x, dict) and "is" in x for x in raw)
    return raw if listed and raw else [{"is": raw}]


def _unknown(raw: Any) -> Any:
    return {"unknown": True} if raw == "unknown" else raw


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
    parts: tuple[Annotated[Amounts, BeforeValidator(_unknown)], ...] = ()
    differ: tuple[Annotated[Amounts, BeforeValidator(_unknown)], ...] = ()
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
    differ: tuple[Annotated[Duration, BeforeValidator(_unknown)], ...] = ()
    source: SourceId | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Duration:
        timed = self.min is not None or self.max is not None
        if sum([self.unknown, timed, bool(self.differ)]) != 1:
            raise PydanticCustomError("time-says-one-thing", "time-says-one-thing", {})
        if timed and self.source is None:
            raise PydanticCustomError("fact-without-source", "fact-without-source", {})
        return self


Fee = Annotated[Amounts, BeforeValidator(_unknown)]
Time = Annotated[Duration, BeforeValidator(_unknown)]


class Document(Strict):
    """A paper that a step takes: how many originals and copies, when, and who says so.

    No count at all means that the paper is asked for and the number of copies is not known.
    """

    id: Id
    originals: Whole = 0
    copies: Whole = 0
    when: When = ALWAYS
    source: SourceId | None = None


class Need(Strict):
    """What must be there before a step: one document, or any one of several."""

    any: tuple[Id, ...]
    when: When = ALWAYS


def _need(raw: Any) -> Any:
    if isinstance(raw, str):
        return {"any": [raw]}
    if isinstance(raw, dict) and len(raw) == 1 and "any" not in raw:
        [(name, rest)] = raw.items()
        if isinstance(rest, dict):
            return {"any": [name], **rest}
    return raw


class Step(Strict):
    """One thing to do at one body, told as UNCTAD's eRegulations would tell it."""

    step: Id
    when: When = ALWAYS
    at: Annotated[tuple[Case[Id], ...], BeforeValidator(_cases)]
    needs: tuple[Annotated[Need, BeforeValidator(_need)], ...] = ()
    gives: tuple[Id, ...] = ()
    documents: tuple[Annotated[Document, BeforeValidator(named)], ...] = ()
    """``unknown`` in the list: the office may ask for more than what is known."""
    fee: Annotated[tuple[Case[Fee], ...], BeforeValidator(_cases)]
    time: Annotated[tuple[Case[Time], ...], BeforeValidator(_cases)]
    law: tuple[Id, ...] = ()
    optional: Flag = False
    """Nobody has to do it to open; it is shown so and left out of how long the road takes."""
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    read: Day
    """The day on which an editor read the sources."""
    recheck: Days
    was: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[Document, ...]:
        """The documents that are known by name."""
        return tuple(each for each in self.documents if each.id != "unknown")

    @property
    def may_ask_more(self) -> bool:
        """Whether the full list of documents is not known."""
        return len(self.papers) < len(self.documents)
