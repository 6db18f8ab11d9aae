"""What a reader can say about a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True)
class Accepted:
    """The text answers the question; `value` is what is stored."""

    value: Json


@dataclass(frozen=True)
class Refused:
    """The text does not answer the question.

    `reason` is a code such as ``too-small``; `values` holds what its sentence names (``min``,
    ``max``, ``unit``, ``part``), numbers in plain Latin digits.
    """

    reason: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unclear:
    """An amount was read, but it may be in new or in old pounds, 100 times apart."""

    reason: Literal["old-or-new-pounds"]
    amount: int
