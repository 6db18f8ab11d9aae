"""Counts that may be published: none is of fewer than five, nor is any difference of two.

Groups form a tree (institution, step, governorate, kind). What is too small for itself is pooled
with its neighbours, and if the pool is too small as well, with those one level up. So every number
is that of a group of at least five, the groups of one publication have nobody in common, and
totals are sums of published numbers. Numbers are rounded down to fives: from one day to the next
it cannot be seen that somebody was added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5
"""The smallest group of which anything is said."""
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """At least ``count`` in the group ``path``; with ``rest``, in what is left of that group when
    the groups of it that are published by themselves are taken away."""

    path: Path
    count: int
    rest: bool = False


def publish(counts: Mapping[Path, int]) -> list[Published]:
    """What may be said of these counts, whose paths are all of one length."""
    return _within((), counts)[0]


def _within(path: Path, counts: Mapping[Path, int]) -> tuple[list[Published], int]:
    """What is published of a group, and how many are left for the pool one level up."""
    if path in counts:
        whole = counts[path]
        return ([Published(path, _rounded(whole))], 0) if whole >= LEAST else ([], whole)
    found: list[Published] = []
    pool = 0
    depth = len(path)
    for part in sorted({key[depth] for key in counts}):
        below = {key: n for key, n in counts.items() if key[depth] == part}
        shown, left = _within((*path, part), below)
        found += shown
        pool += left
    if pool < LEAST or not path:
        # At the top nothing is pooled: "somewhere in Syria" would say nothing to anybody.
        return found, pool
    return [*found, Published(path, _rounded(pool), rest=True)], 0


def _rounded(number: int) -> int:
    return number - number % LEAST
