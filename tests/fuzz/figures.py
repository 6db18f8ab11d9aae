"""What a run of the fuzz came to, and what it overheard."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog

BUGS = frozenset(
    [
        "errand.bug",
        "sender.bug",
        "sender.refused",
        "post.bug",
        "post.dead",
        "telegram.unparsable-text",
        "update.failed",
        "update.no-apology",
        "jobs.no-screen",
    ]
)
"""What the bot logs when it did something wrong itself."""
EXCUSED = {"update.no-apology": "StoreUnavailable", "update.failed": "Unparsable"}
"""A commit refused on purpose costs an apology, an odd update may use another's number."""


@dataclass
class Figures:
    """What a run came to."""

    kinds: Counter[str] = field(default_factory=Counter)
    logged: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    seconds: float = 0.0
    owed: int = 0
    brought_again: int = 0
    set_aside: int = 0
    leads: dict[str, int] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)

    @property
    def growth(self) -> float:
        """MB that the process has gained since a third of the way."""
        third = self.megabytes[len(self.megabytes) // 3 :]
        return third[-1] - third[0] if third else 0.0

    def __str__(self) -> str:
        families = Counter(dict.fromkeys(sorted({kind.split()[0] for kind in self.kinds}), 0))
        for kind, number in self.kinds.items():
            families[kind.split()[0]] += number
        total = sum(self.kinds.values())
        return "\n".join(
            (
                f"{total} updates in {self.seconds:.0f} s ({total / self.seconds:.0f} a second)",
                "  " + ", ".join(f"{name} {number}" for name, number in families.items()),
                f"owed an answer {self.owed}, unanswered 0 unless listed below",
                f"brought again after a refused commit {self.brought_again}",
                f"set aside {self.set_aside} (broken ones only, unless listed below)",
                f"leads {self.leads}",
                f"calls {sum(self.calls.values())}: {dict(self.calls.most_common(5))}",
                f"memory {self.megabytes[0]:.0f} MB at first, {self.megabytes[-1]:.0f} MB at the"
                f" end, {self.growth:+.1f} MB since a third of the way",
                f"faults {len(self.faults)}",
                *self.faults,
            )
        )


@contextmanager
def listening(figures: Figures) -> Iterator[None]:
    """Counts what is logged instead of printing it, and notices what nobody caught."""

    def count(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        name = str(event["event"])
        figures.logged[name] += 1
        excused = name in EXCUSED and EXCUSED[name] in str(event)
        if name in BUGS and not excused:
            figures.faults.append(f"logged: {event}")
        raise structlog.DropEvent

    class Uncaught(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            figures.faults.append(f"uncaught: {record.getMessage()} {record.exc_info}")

    before, handler = structlog.get_config(), Uncaught(logging.ERROR)
    structlog.configure(processors=[structlog.processors.add_log_level, count])
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        structlog.configure(**before)
