"""Of which steps an office has something to say, and which of them it should look at again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, get_args

from bot.engine.directory import Weekday
from bot.engine.guide import Guide
from bot.engine.replay import replay
from bot.engine.roadmap import roadmap
from bot.engine.step import Step
from bot.guide.shelf import Shelf
from bot.referrals.ground import local_day
from bot.store import reports
from bot.store.reports import EVERYWHERE
from bot.store.store import Transaction

_WEEK: Final[tuple[Weekday, ...]] = get_args(Weekday)
"""From Sunday on, as Python's days count from a Monday with the number 1."""


def where_it_speaks(guide: Guide, office: str) -> str:
    """The governorate for which an office speaks, or ``EVERYWHERE``."""
    return guide.offices[office].governorate or EVERYWHERE


def speaks_of(guide: Guide, office: str, step: str) -> bool:
    """Whether a step is one of which the office can know: see ``steps_of``."""
    return office in guide.offices and step in steps_of(guide, office)


@lru_cache(maxsize=64)
def steps_of(guide: Guide, office: str) -> frozenset[str]:
    """The steps that a flow shows in the office's governorate, to whatever answers; of an
    institution's desk only those that are done there. The head office knows all."""
    known = guide.offices[office]
    body, place = known.body, known.governorate
    shown = frozenset(guide.steps) if place is None else _shown_in(guide, place)
    if body is None:
        return shown
    return frozenset(
        name for name in shown if any(case.value == body for case in guide.steps[name].at)
    )


@lru_cache(maxsize=32)
def _shown_in(guide: Guide, governorate: str) -> frozenset[str]:
    found: set[str] = set()
    for flow in guide.flows.values():
        walk = replay(guide, flow, {"governorate": governorate})
        found.update(stop.id for stop in roadmap(guide, walk, ()).every)
    return frozenset(found)


def names_of(guide: Guide, step: str) -> tuple[str, ...]:
    """A step's id and those that it had before: a report may name any of them."""
    return (step, *guide.steps[step].was)


def all_due(tx: Transaction, guide: Guide, office: str, today: date) -> list[str]:
    """The steps that an office should look at: past their day, counted from when an editor read
    the sources or the office's own governorate confirmed them last. What the office has reported
    already waits for an editor. In the order of the guide."""
    speaks_for = {EVERYWHERE, where_it_speaks(guide, office)}
    confirmed = reports.confirmations(tx, speaks_for)
    waiting, own = reports.waiting_of(tx, office), steps_of(guide, office)
    found = []
    for name, step in guide.steps.items():
        names = names_of(guide, name)
        if name not in own or guide.is_alone(_bodies(step)) or not waiting.isdisjoint(names):
            continue
        looked = [local_day(confirmed[each]) for each in names if each in confirmed]
        if today > max((step.read, *looked)) + timedelta(days=step.recheck):
            found.append(name)
    return found


def due_for(tx: Transaction, shelf: Shelf, office: str, today: date) -> str | None:
    """The one step that an office is asked to look at today, if any is due: another one each
    working day, and on the same day not the same for all offices."""
    guide = shelf.guide
    if office not in guide.offices:
        return None
    due = all_due(tx, guide, office, today)
    if not due:
        return None
    turn = _working_days(guide, today) + list(guide.offices).index(office)
    return due[turn % len(due)]


def _working_days(guide: Guide, today: date) -> int:
    """Counts on by one from each working day to the next: a digest is made on these alone, and what
    fell on days of rest would never have its turn."""
    weeks, place = divmod(today.toordinal(), len(_WEEK))
    working = guide.calendar.week.working if guide.calendar.week else _WEEK
    return weeks * len(working) + sum(day in working for day in _WEEK[:place])


def _bodies(step: Step) -> tuple[str, ...]:
    return tuple(case.value for case in step.at)
