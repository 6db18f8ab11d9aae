"""Invitation codes that somebody guesses: after a few wrong ones they have to wait."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

MOST_WRONG = 5
WITHIN = timedelta(hours=1)
REMEMBERED = 10_000
"""Groups and people of whom wrong codes are remembered; beyond them the oldest are forgotten."""


class Guesses:
    """Wrong codes of the last hour, by group and by person.

    They are not stored: a code has 40 random bits and is good for two days, so the five guesses
    that a restart gives back are worth nothing, and nothing is kept of people who only tried.
    """

    def __init__(self) -> None:
        self._wrong: dict[int, deque[datetime]] = {}

    def too_many(self, now: datetime, *guessers: int) -> bool:
        """Whether one of these groups and people has to wait."""
        return any(self._recent(now, guesser) >= MOST_WRONG for guesser in guessers)

    def wrong(self, now: datetime, *guessers: int) -> int:
        """Notes one more wrong code of all of these; returns the most that any of them has."""
        for guesser in guessers:
            # Noted last, forgotten last.
            times = self._wrong.pop(guesser, deque(maxlen=MOST_WRONG))
            times.append(now)
            self._wrong[guesser] = times
        while len(self._wrong) > REMEMBERED:
            del self._wrong[next(iter(self._wrong))]
        return max(self._recent(now, guesser) for guesser in guessers)

    def _recent(self, now: datetime, guesser: int) -> int:
        return sum(now - each < WITHIN for each in self._wrong.get(guesser, ()))
