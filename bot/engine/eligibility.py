"""What a citizen may be given: each programme is yes, no with the reasons, or not yet known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from bot.engine.classes import undecided
from bot.engine.conditions import truth
from bot.engine.guide import Guide
from bot.engine.programme import Programme, State, Term
from bot.engine.replay import Walk
from bot.engine.values import Truth

_ORDER = {state: place for place, state in enumerate(get_args(State))}


@dataclass(frozen=True, slots=True)
class Match:
    """How the published terms of a programme compare with the answers."""

    programme: Programme
    truth: Truth
    """Yes: every term that we ask about is met. Unknown: an answer is missing, or we ask of none."""
    refusals: tuple[Term, ...]
    """The terms that are not met: the reasons for a no."""
    open: tuple[str, ...]
    """The questions that would decide the rest."""
    unasked: tuple[Term, ...] = ()
    """The published terms that no question of the flow decides: only the body can tell."""

    @property
    def id(self) -> str:
        """The id of the programme."""
        return self.programme.programme


def match(walk: Walk, programme: Programme) -> Match:
    """The programme's published terms, compared with the answers one by one."""
    facts = walk.facts
    judged = {t.id: truth(t.when, facts) for t in programme.published if t.when}
    refusals = tuple(t for t in programme.published if judged.get(t.id) is Truth.NO)
    deciding = {
        t.id: set(undecided(walk.flow, t.when, facts)) if t.when else set()
        for t in programme.published
        if judged.get(t.id, Truth.UNKNOWN) is Truth.UNKNOWN
    }
    unsure = Truth.UNKNOWN in judged.values() or (bool(programme.terms) and not judged)
    asked = set().union(*deciding.values()) if not refusals else set()
    return Match(
        programme=programme,
        truth=Truth.NO if refusals else Truth.UNKNOWN if unsure else Truth.YES,
        refusals=refusals,
        open=tuple(item.id for item in walk.flow.ask if item.id in asked),
        unasked=tuple(t for t in programme.published if deciding.get(t.id) == set()),
    )


def matches(guide: Guide, walk: Walk) -> tuple[Match, ...]:
    """Every programme of the flow: what fits first, and of that what is known to be open."""
    found = [match(walk, guide.programmes[name]) for name in walk.flow.programmes]
    return tuple(sorted(found, key=lambda m: (-m.truth, _ORDER[m.programme.status.state])))
