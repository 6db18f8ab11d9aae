"""The values that answers take, and the three truths that conditions have."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any, Final, Literal

Json = Any
"""A value that survives a round trip through JSON: what answers are stored as."""

Answers = Mapping[str, Json]
"""Answers by question id. ``None`` is "I don't know"; a missing key is "not answered yet"."""

Unit = Literal["new SYP", "old SYP", "USD"]

OLD_PER_NEW: Final = 100
"""100 old pounds are one new pound since 1 January 2026 (fact L-116)."""


class Truth(IntEnum):
    """Kleene's three truths: ``and`` is min, ``or`` is max, ``not`` is 2 - x."""

    NO = 0
    UNKNOWN = 1
    YES = 2


class Missing(Enum):
    """Why a question has no value. Told apart because conditions treat them differently."""

    UNKNOWN = "unknown"
    """Answered "I don't know", or not answered yet: comparisons are unknown."""
    ABSENT = "absent"
    """Does not apply, since its own condition is *no*: comparisons are *no*."""


Facts = Mapping[str, Json | Missing]
"""What conditions read: the value, or the reason for its absence, of each question and derivation."""


def in_unit(amount: int, unit: str, wanted: str) -> int | Fraction | None:
    """The amount in the wanted unit; ``None`` between pounds and dollars: no rate is published."""
    if unit == wanted:
        return amount
    if unit == "old SYP" and wanted == "new SYP":
        return Fraction(amount, OLD_PER_NEW)
    if unit == "new SYP" and wanted == "old SYP":
        return amount * OLD_PER_NEW
    return None
