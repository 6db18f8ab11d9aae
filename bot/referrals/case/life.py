"""The life of a case, as data: which event leads from which state to which, and who may bring it
about. Whoever acts on a case asks this table, and nothing else decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.store.leads import OPEN, TAKEN, UNCLAIMED
from bot.store.states import State

Outcome = Literal[
    "licensed",
    "financed",
    "guaranteed",
    "exporting",
    "advised",
    "not-eligible",
    "withdrawn",
    "unreachable",
]
"""What a resolved case came to."""
Role = Literal["citizen", "owner", "officer", "lead", "head", "asked", "bot"]
"""``owner``: the officer who took it. ``officer`` and ``lead``: of the desk that has it; a lead
administers the group. ``head``: an officer of the head office. ``asked``: an officer of a desk that
was asked, or is to take the case over. ``bot``: the clock, the post, and what groups and people do
without meaning the case."""
Event = Literal[
    "delivered",
    "stranded",
    "claimed",
    "begun",
    "wrote",
    "heard",
    "waits",
    "number-shown",
    "asked",
    "answered",
    "offered",
    "taken-over",
    "declined",
    "cancelled",
    "handed",
    "returned",
    "resolved",
    "withdrawn",
    "reopened",
    "erased",
]
Owed = Literal["answer", "step", "nothing", "as-before"]
"""What the office owes the citizen after the event, counted from it. ``as-before``: the clock goes
on, or stands, as it did."""

OUTCOMES: Final[tuple[Outcome, ...]] = tuple(
    outcome for outcome in get_args(Outcome) if outcome != "withdrawn"
)
"""The outcomes that an officer can choose; ``withdrawn`` is the citizen's own."""


@dataclass(frozen=True, slots=True)
class Move:
    """An event: the states in which it can happen, where it leads (``None``: the state stays),
    who may bring it about, and what is owed then."""

    event: Event
    at: tuple[str, ...]
    to: State | None
    by: tuple[Role, ...]
    owed: Owed = "as-before"


IN_CHARGE: Final[tuple[Role, ...]] = ("owner", "lead")
MOVES: Final[tuple[Move, ...]] = (
    Move("delivered", ("new",), "delivered", ("bot",), "answer"),
    Move("stranded", OPEN, "new", ("bot",), "nothing"),
    Move("claimed", UNCLAIMED, "claimed", ("officer", "lead")),
    Move("begun", ("claimed", "waiting-citizen"), "working", IN_CHARGE, "step"),
    Move("wrote", ("claimed",), "working", IN_CHARGE, "step"),
    Move("wrote", ("working",), None, IN_CHARGE, "step"),
    Move("wrote", ("waiting-citizen", "waiting-body"), None, IN_CHARGE),
    Move("heard", ("waiting-citizen",), "working", ("citizen",), "step"),
    Move("heard", (*UNCLAIMED, "claimed", "working", "waiting-body"), None, ("citizen",)),
    Move("waits", ("claimed", "working"), "waiting-citizen", IN_CHARGE, "nothing"),
    Move("number-shown", TAKEN, None, IN_CHARGE),
    Move("asked", ("claimed", "working", "waiting-citizen"), "waiting-body", IN_CHARGE, "step"),
    Move("asked", ("waiting-body",), None, IN_CHARGE),
    Move("answered", ("waiting-body",), "working", ("asked",), "step"),
    Move("answered", (*UNCLAIMED, "claimed", "working", "waiting-citizen"), None, ("asked",)),
    Move("offered", TAKEN, None, (*IN_CHARGE, "head")),
    Move("offered", UNCLAIMED, None, ("head",)),
    Move("taken-over", OPEN, "claimed", ("asked",), "answer"),
    Move("declined", OPEN, None, ("asked",)),
    Move("cancelled", ("waiting-body",), "working", (*IN_CHARGE, "bot"), "step"),
    Move(
        "cancelled",
        (*UNCLAIMED, "claimed", "working", "waiting-citizen"),
        None,
        (*IN_CHARGE, "bot"),
    ),
    Move("handed", TAKEN, None, (*IN_CHARGE, "bot")),
    Move("returned", TAKEN, "delivered", (*IN_CHARGE, "bot"), "answer"),
    Move("resolved", TAKEN, "resolved", IN_CHARGE, "nothing"),
    Move("withdrawn", OPEN, "resolved", ("citizen",), "nothing"),
    Move("reopened", ("resolved",), "reopened", ("citizen", *IN_CHARGE, "head"), "answer"),
    Move("erased", (*OPEN, "resolved"), "resolved", ("bot",), "nothing"),
)
WHILE_ASKED: Final[tuple[Event, ...]] = ("answered", "cancelled")
"""Events after which a case that waits for a body goes on waiting, and what is owed with it, as
long as another desk is still to answer."""
EVENTS: Final[tuple[Event, ...]] = tuple(dict.fromkeys(move.event for move in MOVES))


def move(event: Event, state: str) -> Move | None:
    """What the event does to a case in this state; ``None``: it cannot happen there."""
    return next((each for each in MOVES if each.event == event and state in each.at), None)


def allowed(event: Event, state: str, roles: Collection[str]) -> bool:
    """Whether somebody in these roles may bring the event about in this state."""
    found = move(event, state)
    return found is not None and not set(roles).isdisjoint(found.by)
