"""What every part of the guide's language is made of: ids, flags, days, and cases of a fact.

A short form that editors may write (``unknown``, a single case instead of a list of cases, ``id``
instead of ``{id: {…}}``) is brought to its long form by a validator.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.engine.conditions import ALWAYS, NO, YES, When
from bot.engine.values import Facts

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=24)]
SourceId = Annotated[str, Field(pattern=r"^[LFO]-[0-9]{2,4}$")]
Flag = Annotated[bool, Field(strict=True)]
"""``true`` or ``false``: ``yes`` is a text and 1 a number, and neither becomes a flag."""
Whole = Annotated[int, Field(strict=True)]
"""A whole number: neither a text of digits nor a flag becomes one."""
Value = TypeVar("Value")


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


def _months(raw: Any) -> Any:
    if isinstance(raw, str) and raw.endswith("m") and raw[:-1].isdecimal():
        return int(raw[:-1])
    raise PydanticCustomError("not-months", "not-months", {"value": str(raw)})


def _date(raw: Any) -> Any:
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else raw
    except ValueError:
        raise PydanticCustomError("not-a-date", "not-a-date", {"value": raw}) from None


Days = Annotated[int, BeforeValidator(_days)]
"""A duration in days, written ``15d``."""
Months = Annotated[int, BeforeValidator(_months)]
"""A duration in months, written ``36m``."""
Day = Annotated[date, BeforeValidator(_date)]
"""A day, written ``2026-11-22``."""


def _text(raw: Any) -> Any:
    return str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw


PartialDate = Annotated[
    str,
    Field(pattern=r"^(unknown|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$"),
    BeforeValidator(_text),
]
"""A year, a month or a day as far as the source shows it, or ``unknown``."""


class Sourced(Strict):
    """What has a page of its own: it says where it comes from and when to look again."""

    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    read: Day
    """The day on which an editor read the sources."""
    recheck: Days
    glossary: tuple[Id, ...] = ()
    """Words of the page that not everybody knows."""
    editor: Id | None = None
    """Who looks after the page, where that is settled."""
    was: tuple[str, ...] = ()


class Case(Strict, Generic[Value]):
    """One case of a fact: its value where the condition holds. The first that holds counts."""

    value: Value = Field(alias="is")
    when: When = ALWAYS


def cases(raw: Any) -> Any:
    """A single fact as a list of one case without a condition."""
    listed = isinstance(raw, list) and all(isinstance(x, dict) and "is" in x for x in raw)
    return raw if listed and raw else [{"is": raw}]


def or_unknown(raw: Any) -> Any:
    """The word ``unknown`` as a fact that says so."""
    return {"unknown": True} if raw == "unknown" else raw


def possible(cases: Sequence[Case[Value]], facts: Facts) -> tuple[Value, ...]:
    """What a fact may be: one value where the answers decide, else every one still possible."""
    if cases[0].when is ALWAYS:  # as of nearly every fact: nothing to compare
        return (cases[0].value,)
    found: list[Value] = []
    for case in cases:
        holds = case.when.holds(facts)
        if holds is not NO:
            found.append(case.value)
        if holds is YES:
            break
    return tuple(found)
