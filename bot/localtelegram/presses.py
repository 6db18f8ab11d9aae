"""Presses of inline buttons, each waiting a short while for its answer."""

import itertools
from collections.abc import Callable

from bot.localtelegram.errors import bad_request

#: Seconds in which a press can be answered.
LIFETIME = 15
_FIRST_ID = 4_382_000_000_000_001


class Presses:
    """The presses of late; `clock` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ids = itertools.count(_FIRST_ID)
        self._made: dict[str, tuple[int, float]] = {}

    def note(self, chat_id: int) -> str:
        """Notes a press in a chat; its id."""
        number = str(next(self._ids))
        self._made[number] = (chat_id, self._clock())
        return number

    def chat_of(self, number: str) -> int:
        """The chat in which it was pressed; raises ApiError if it is too late to answer."""
        chat_id, made = self._made.get(number, (0, float("-inf")))
        if self._clock() - made > LIFETIME:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return chat_id
