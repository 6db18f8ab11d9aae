"""How fast Telegram lets a bot write, who goes first, and how long to wait after a failure."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count

LONGEST_PAUSE = 60.0
"""Seconds between two attempts, however often the earlier ones failed."""
KEPT = 1000
"""Chats that are remembered before those with nothing to remember are dropped."""


@dataclass(frozen=True, slots=True)
class Time:
    """The clock, in seconds, and the way to wait; stories bring their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 1, 2, 4 … up to a minute."""
    return min(float(2 ** min(failures - 1, 10)), LONGEST_PAUSE)


class Rank(IntEnum):
    """Who goes first when there is not room for all."""

    SCREEN = 0
    """Somebody looks at their telephone and waits."""
    CONVERSATION = 1
    """What citizens and officers write to each other."""
    CARD = 2
    """A card or a notice of the outbox."""
    DIGEST = 3
    REFUSED = 4
    """What was refused before."""

    @classmethod
    def of_row(cls, rank: int) -> Rank:
        """The rank of a row of the outbox (``outbox.CONVERSATION`` and the others)."""
        return cls(rank + 1)


class Window:
    """So many turns in any span of so many seconds, for each key."""

    def __init__(self, turns: int, seconds: float) -> None:
        self._turns = turns
        self._seconds = seconds
        self._taken: dict[int, deque[float]] = {}

    def wait(self, key: int, now: float) -> float:
        """Seconds until the next turn, which is not taken."""
        taken = self._taken.get(key)
        if taken is None or len(taken) < self._turns:
            return 0.0
        return max(0.0, taken[0] + self._seconds - now)

    def reserve(self, key: int, now: float) -> float:
        """Takes the next turn and returns how many seconds there are until it comes."""
        if len(self._taken) > KEPT:
            oldest = now - self._seconds
            self._taken = {key: taken for key, taken in self._taken.items() if taken[-1] > oldest}
        wait = self.wait(key, now)
        self._taken.setdefault(key, deque(maxlen=self._turns)).append(now + wait)
        return wait


class Bucket:
    """``burst`` turns at once, then one every ``seconds``, for each key.

    Kept as the moment at which it will be full again.
    """

    def __init__(self, burst: int, seconds: float) -> None:
        self._seconds = seconds
        self._slack = (burst - 1) * seconds
        self._full: dict[int, float] = {}

    def wait(self, key: int, now: float) -> float:
        """Seconds until the next turn, which is not taken."""
        return max(0.0, self._full.get(key, now) - now - self._slack)

    def reserve(self, key: int, now: float) -> float:
        """Takes the next turn and returns how many seconds there are until it comes."""
        if len(self._full) > KEPT:
            self._full = {key: full for key, full in self._full.items() if full > now}
        wait = self.wait(key, now)
        self._full[key] = max(self._full.get(key, now), now) + self._seconds
        return wait


class Pace:
    """Telegram's limits: 30 messages a second in all, 20 a minute to a group, one a second to a
    person. A person who taps quickly is not made to wait: Telegram tolerates bursts."""

    def __init__(self, time: Time | None = None) -> None:
        self._time = time or Time()
        self._all = Window(turns=30, seconds=1.0)
        self._person = Bucket(burst=20, seconds=1.0)
        self._group = Window(turns=20, seconds=60.0)
        self._line: list[tuple[Rank, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._usher: asyncio.Task[None] | None = None

    def wait(self, chat: int) -> float:
        """Seconds until this chat may be written to, whatever the others do."""
        return self._limit(chat).wait(chat, self._time.now())

    async def turn(self, chat: int, rank: Rank = Rank.SCREEN) -> None:
        """Returns when a message may be sent to this chat."""
        seconds = self._limit(chat).reserve(chat, self._time.now())
        if seconds > 0:
            await self._time.sleep(seconds)
        if not self._line and not self._all.wait(0, self._time.now()):
            self._all.reserve(0, self._time.now())
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(self._line, (rank, next(self._numbers), turn))
        if self._usher is None or self._usher.done():
            self._usher = asyncio.create_task(self._let_in())
        await turn

    def _limit(self, chat: int) -> Window | Bucket:
        return self._group if chat < 0 else self._person

    async def _let_in(self) -> None:
        """Gives each free place to whoever is first in line at that moment."""
        while self._line:
            seconds = self._all.reserve(0, self._time.now())
            if seconds > 0:
                await self._time.sleep(seconds)
            while self._line:
                turn = heappop(self._line)[2]
                if not turn.done():
                    turn.set_result(None)
                    break
