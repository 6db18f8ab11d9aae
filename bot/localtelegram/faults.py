"""Trouble on request: what a bot must survive, ordered by a test or a curious person."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can go wrong with a call."""

    FLOOD = "flood"
    ERROR500 = "error500"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    SLOW = "slow"


@dataclass
class Fault:
    """Trouble for the next `times` calls of a method (`*`: any), perhaps only in one chat."""

    method: str
    kind: Kind
    times: int = 1
    retry_after: int = 1
    seconds: float = 1.0
    chat_id: int | None = None

    def meets(self, method: str, chat_id: str | None) -> bool:
        """Whether it strikes this call."""
        return (
            self.times > 0
            and self.method.lower() in ("*", method.lower())
            and (self.chat_id is None or str(self.chat_id) == chat_id)
        )


class Faults:
    """The trouble still to come, oldest order first."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Adds trouble; `times` of zero takes back what was ordered for that method."""
        if fault.times == 0:
            self._ordered = [f for f in self._ordered if f.method != fault.method]
        else:
            self._ordered.append(fault)

    def strike(self, method: str, chat_id: str | None) -> Fault | None:
        """The trouble for this call, which is then used up by one."""
        for fault in self._ordered:
            if fault.meets(method, chat_id):
                fault.times -= 1
                self._ordered = [f for f in self._ordered if f.times > 0]
                return fault
        return None
