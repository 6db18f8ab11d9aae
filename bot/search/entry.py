"""What is searched, and what a search finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One thing that can be found, with its words by language (``ar``, ``en``, …).

    ``keywords`` are citizens' words for it, single or in phrases. An entry that is not ``covered``
    is a subject on which the guide has nothing: when it fits a query best, nothing is found. Of
    such an entry only the keywords are searched, as they stand, and phrases only as a whole.
    """

    id: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    keywords: Mapping[str, Sequence[str]] = field(default_factory=dict)
    covered: bool = True


@dataclass(frozen=True)
class Hit:
    """A covered entry that fits a query; scores compare only within one query."""

    id: str
    score: float


@dataclass(frozen=True)
class Finding:
    """What a query found: hits, best first, or else what the guide does not cover."""

    hits: tuple[Hit, ...] = ()
    uncovered: str | None = None
    """The uncovered entry that fits best; ``None`` with hits, or when nothing fits at all."""
