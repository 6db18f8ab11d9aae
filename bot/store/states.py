"""The states of a lead. Without the database, so that the command line can name them at once."""

from __future__ import annotations

from typing import Final, Literal, get_args

State = Literal[
    "new",
    "delivered",
    "claimed",
    "working",
    "waiting-citizen",
    "waiting-body",
    "resolved",
    "reopened",
]
STATES: Final[tuple[State, ...]] = get_args(State)
