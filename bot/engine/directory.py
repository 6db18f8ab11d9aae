"""The directories of the guide: sources, laws, bodies, governorates, offices. Data without words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.engine.strict import Flag, Id, PartialDate, SourceId, Strict, Whole, named

CHANGE = "2024-12-08"
"""The change of government: what a source said before may have moved since."""


class Source(Strict):
    """Where a fact comes from. Title and publisher are words, in ``words/sources.yaml``."""

    date: PartialDate
    before: PartialDate | None = None
    """For an undated page: the day before which it was published."""
    address: Annotated[str, Field(pattern=r"^https?://")]
    confidence: Literal["high", "medium", "low"]

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
    """A promotion office of a governorate, or the head office that catches what falls through."""

    governorate: Id | None = None
    head: Flag = False
    topics: tuple[Id, ...] = ()
    """What it receives; none named: everything."""
    address: Annotated[str, Field(pattern=r"^unknown$")] = "unknown"
    phone: Annotated[str, Field(pattern=r"^unknown$")] = "unknown"

    def takes(self, topic: str) -> bool:
        """Whether referrals of this topic are for it."""
        return not self.topics or topic in self.topics


Weekday = Literal["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]


class Week(Strict):
    """The days on which public offices work."""

    working: tuple[Weekday, ...]
    source: SourceId


class Holiday(Strict):
    """A public holiday; its name is a word."""

    id: Id
    on: Annotated[str, Field(pattern=r"^(unknown|[0-9]{2}-[0-9]{2})$")]
    """Month and day, or ``unknown`` where the moon or a decision fixes it."""
    source: SourceId


class Calendar(Strict):
    """When public offices are open, as far as it is published."""

    week: Week | None = None
    holidays: tuple[Annotated[Holiday, BeforeValidator(named)], ...] = ()
