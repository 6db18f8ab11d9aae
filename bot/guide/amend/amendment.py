"""An amendment: what an office said of a step, on which day, for whom it holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Literal

from bot.engine.values import Json
from bot.errors import DalilError

_NESTED = ("parts", "differ")


class Unamendable(DalilError):
    """What was reported cannot be written into the guide; nothing was changed."""


@dataclasses.dataclass(frozen=True)
class Amendment:
    """One fact of a step as an office reported it and an editor accepted it."""

    step: str
    """The step's id; a former one will do."""
    field: Literal["fee", "time", "at", "document", "confirmed"]
    """``confirmed``: the editor takes the office's word for the whole step."""
    value: Json
    """As it would stand in the step's file, without its source: what ``parse_fee`` or
    ``parse_time`` returned, a body's id, ``{"id": …, "copies": …}`` of a document;
    ``None`` for ``confirmed``."""
    governorate: str | None
    """Where it holds; ``None``: everywhere."""
    office: str
    """Whose word it is."""
    day: date
    """When the office said so."""
    report: str
    """The code of the report, kept as a comment beside the source."""
    when: Mapping[str, Json] = dataclasses.field(default_factory=dict)
    """For which other answers it holds, as a condition of the guide; none: for all."""
    confidence: Literal["high", "medium", "low"] = "medium"

    @property
    def condition(self) -> dict[str, Json]:
        """When it holds, as the guide writes it; empty: always."""
        place = {"governorate": self.governorate} if self.governorate else {}
        return {**place, **self.when}


def cited(fact: Json, source: str) -> Json:
    """A fee or a time with the source beside every amount that has none of its own."""
    if fact == "unknown":
        return {"unknown": True, "source": source}
    if not isinstance(fact, dict):
        return fact
    inside = {key: [cited(each, source) for each in fact[key]] for key in _NESTED if key in fact}
    return {**fact, **inside} if inside else {**fact, "source": fact.get("source", source)}
