"""The directories of the guide: sources, laws, bodies, governorates, offices. Data without words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.engine.strict import Flag, Id, PartialDate, SourceId, Strict, Whole, named

CHANGE = "2024-12-08"
"""The change of government: what a source said before may have moved since."""


class Source(Strict):
    """Where a fact comes from. Title and publisher are words, in ``words/sources.yaml``."""

    date: PartialDate
    before: PartialDate | None = None
    """For an undated page: the day before which it was published."""
    address: Annotated[str, Field(pattern=r"^https?://")] | None = None
    office: Id | None = None
    """Whose word it is, where it is no page but what an office reported."""
    confidence: Literal["high", "medium", "low"]

    @model_validator(mode="after")
    def _is_somewhere(self) -> Source:
        if (self.address is None) == (self.office is None):
            raise PydanticCustomError("source-page-or-office", "source-page-or-office")
        return self

    @property
    def predates_change(self) -> bool | None:
        """Whether it was published before the change; ``None`` when nobody can tell.

        A date that stops at the year or month of the change does not tell, nor does the day
        before which a page was published, if that day is after the change.
        """
        if self.date == "unknown":
            return True if self.before and self.before <= CHANGE else None
        same = self.date == CHANGE[: len(self.date)] and self.date != CHANGE
        return None if same else self.date < CHANGE

    @property
    def year(self) -> str | None:
        """The year of publication, if the source shows one."""
        return None if self.date == "unknown" else self.date[:4]


class Law(Strict):
    """A law or decision; its name is a word."""

    source: SourceId


BodyKind = Literal[
    "authority",
    "ministry",
    "counter",
    "bank",
    "microfinance",
    "chamber",
    "federation",
    "support",
    "yourself",
]
"""``authority``: a public body of the whole country. ``counter``: where one goes in the
governorate. ``support``: donors, incubators, whoever gives courses or advice. ``yourself``: no
institution at all, for what one does alone, without a visit, a fee or a term."""


class BodyStatus(Strict):
    """Whether a body works, as a source said."""

    state: Literal["working", "merged", "closed", "unknown"] = Field(alias="is")
    on: PartialDate
    source: SourceId


class Body(Strict):
    """An institution; name and purpose are words."""

    kind: BodyKind
    laws: tuple[Id, ...] = ()
    status: BodyStatus | None = None
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class Governorate(Strict):
    """One of the fourteen; its name is a word."""

    order: Whole
    """Its place in lists, from 1."""
    sources: tuple[SourceId, ...] = ()


class Entry(Strict):
    """A word that not everybody knows; its meaning is words."""

    sources: tuple[SourceId, ...] = ()
    see: tuple[Id, ...] = ()
    """Bodies that have to do with it."""


class Office(Strict):
    """A promotion office of a governorate, the head office that catches what falls through, or
    the desk of an institution to which offices turn."""

    governorate: Id | None = None
    head: Flag = False
    body: Id | None = None
    """The institution whose desk it is: citizens are never referred to it directly."""
    topics: tuple[Id, ...] = ()
    """What it receives; none named: everything."""
    address: Annotated[str, Field(pattern=r"^unknown$")] = "unknown"
    phone: Annotated[str, Field(pattern=r"^unknown$")] = "unknown"

    def takes(self, topic: str) -> bool:
        """Whether referrals of this topic are for it."""
        return not self.topics or topic in self.topics


class Topic(Strict):
    """What a referral is about, and how long it may wait there, in working days.

    Both are our own promise to the citizen, not a rule of any source.
    """

    answer: Annotated[Whole, Field(ge=1, le=30)]
    """Until the office first answers."""
    step: Annotated[Whole, Field(ge=1, le=60)]
    """From one step of the office to its next."""


class Reply(Strict):
    """A ready answer of an officer; its title and text are words."""

    topics: tuple[Id, ...] = ()
    """For which referrals it is offered; none named: for all."""


Weekday = Literal["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]


class Week(Strict):
    """The days on which public offices work."""

    working: tuple[Weekday, ...]
    source: SourceId


Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, such as ``08:00``."""


class Hours(Strict):
    """The hours of a working day in which deadlines are counted."""

    opens: Clock
    closes: Clock
    source: SourceId

    @model_validator(mode="after")
    def _in_order(self) -> Hours:
        if self.opens >= self.closes:
            raise PydanticCustomError("hours-reversed", "hours-reversed")
        return self


class Holiday(Strict):
    """A public holiday; its name is a word."""

    id: Id
    on: Annotated[str, Field(pattern=r"^(unknown|[0-9]{2}-[0-9]{2})$")]
    """Month and day, or ``unknown`` where the moon or a decision fixes it."""
    source: SourceId


class Calendar(Strict):
    """When public offices are open, as far as it is published."""

    week: Week | None = None
    hours: Hours | None = None
    holidays: tuple[Annotated[Holiday, BeforeValidator(named)], ...] = ()
