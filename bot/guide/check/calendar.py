"""The calendar: its sources exist, and its holidays are days that the year has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.guide.draft import Draft
from bot.guide.kinds import CALENDAR
from bot.guide.problems import Problem, guess, problem
from bot.guide.strict_yaml import Path

_LEAP_YEAR = 2024


def check_calendar(draft: Draft) -> Iterator[Problem]:
    """Sources of the week and of holidays that are none, and days such as 30 February."""
    file, calendar = CALENDAR[0], draft.guide.calendar
    cited: list[tuple[str, Path]] = []
    for key, part in (("week", calendar.week), ("hours", calendar.hours)):
        if part:
            cited.append((part.source, (key, "source")))
    for index, holiday in enumerate(calendar.holidays):
        path: Path = ("holidays", index, holiday.id)
        cited.append((holiday.source, (*path, "source")))
        if not _is_of_the_year(holiday.on):
            place = draft.files[file].place((*path, "on"))
            yield problem("not-in-the-year", file, place, value=holiday.on)
    for name, path in cited:
        if name not in draft.names["sources"]:
            told = {"name": name, "guess": guess(name, draft.names["sources"])}
            yield problem("unknown-sources", file, draft.files[file].place(path), **told)


def _is_of_the_year(on: str) -> bool:
    try:
        return on == "unknown" or bool(date.fromisoformat(f"{_LEAP_YEAR}-{on}"))
    except ValueError:
        return False
