"""Judging a guide that was read: each module knows one family of faults."""

from __future__ import annotations

from pathlib import Path

from bot.guide.check.calendar import check_calendar
from bot.guide.check.catalogs import check_catalogs
from bot.guide.check.conditions import check_conditions
from bot.guide.check.facts import check_cases, check_offices
from bot.guide.check.journeys import check_journeys
from bot.guide.check.languages import check_languages
from bot.guide.check.messages import missing_messages
from bot.guide.check.names import check_names
from bot.guide.check.reach import check_reach
from bot.guide.check.screens import check_screens
from bot.guide.check.wording import check_words
from bot.guide.draft import Draft
from bot.guide.problems import Problem

_FAMILIES = (
    check_names,
    check_reach,
    check_journeys,
    check_conditions,
    check_cases,
    check_offices,
    check_calendar,
    check_words,
)
CODE = Path(__file__).resolve().parents[2]
"""Where the messages are asked for."""


def check(draft: Draft, locales: Path) -> list[Problem]:
    """Every problem that lies in how the parts of the guide fit together.

    Nothing is said of how they fit if a file that names other things could not be read: the
    names in it would all be missing. Messages that the bot lacks are looked for, and screens
    measured, only if nothing else is wrong.
    """
    problems = [*check_languages(draft, locales), *check_catalogs(locales)]
    if draft.readable:
        for family in _FAMILIES:
            problems += family(draft)
    if not problems and not draft.problems:
        problems += missing_messages(CODE, locales)
    if not problems and not draft.problems:
        problems += check_screens(draft, locales)
    return problems
