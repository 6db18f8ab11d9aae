"""What an office says of itself, fact by fact, each with the day on which it said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal, cast

from bot.engine.values import Json

Field = Literal["address", "phones", "hours", "place"]
FIELDS: Final[tuple[Field, ...]] = ("address", "phones", "hours", "place")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an office said, and the day when it last said so."""

    value: Json
    day: date


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known from an office itself; whatever is not in it is unknown."""

    facts: Mapping[Field, Fact] = field(default_factory=dict)

    @property
    def address(self) -> str | None:
        """One line."""
        return cast("str | None", self._value("address"))

    @property
    def phones(self) -> tuple[str, ...]:
        """International: a plus and digits."""
        return tuple(cast("list[str]", self._value("phones") or []))

    @property
    def hours(self) -> tuple[str, str] | None:
        """Of a working day, such as ``("08:30", "15:00")``."""
        value = cast("list[str] | None", self._value("hours"))
        return None if value is None else (value[0], value[1])

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees."""
        value = cast("list[str] | None", self._value("place"))
        return None if value is None else (float(value[0]), float(value[1]))

    def with_fact(self, name: Field, fact: Fact) -> Profile:
        """The profile with this said as well, or anew."""
        return replace(self, facts={**self.facts, name: fact})

    def without(self, name: Field) -> Profile:
        """The profile with this unknown."""
        return replace(self, facts={k: fact for k, fact in self.facts.items() if k != name})

    def confirmed(self, day: date) -> Profile:
        """The profile with everything said once more on this day."""
        return replace(self, facts={k: replace(f, day=day) for k, f in self.facts.items()})

    def _value(self, name: Field) -> Json:
        fact = self.facts.get(name)
        return None if fact is None else fact.value


NOTHING_SAID: Final = Profile()
