"""The directories of the guide: sources, laws, bodies, governorates, offices. Data without words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from bot.engine.flow import Flag, Id, SourceId, Strict, Whole

CHANGE = "2024-12-08"
"""The change of government: what a source said before may have moved since."""


def _text(raw: Any) -> Any:
    return str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw


PartialDate = Annotated[
    str,
    Field(pattern=r"^(unknown|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$"),
    BeforeValidator(_text),
]
"""A year, a month or a day as far as the source shows it, or ``unknown``."""


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


class Body(Strict):
    """An institution where a step is done; name and purpose are words."""

    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class Governorate(Strict):
    """One of the fourteen; its name is a word."""

    order: Whole
    """Its place in lists, from 1."""


class Office(Strict):
    """A promotion office of a governorate, or the head office that catches what falls through."""

    governorate: Id | None = None
    head: Flag = False
    topics: tuple[Id, ...] = ()
    address: Annotated[str, Field(pattern=r"^unknown$")] = "unknown"
    phone: Annotated[str, Field(pattern=r"^unknown$")] = "unknown"
