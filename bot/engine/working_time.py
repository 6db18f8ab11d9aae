"""Counting in the working time of offices: days of the week, holidays, hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.engine.directory import Calendar

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As ``date.weekday`` counts them."""
DAMASCUS: Final = ZoneInfo("Asia/Damascus")
"""The one clock of Syria."""


@dataclass(frozen=True)
class WorkingTime:
    """When an office works. Moments are aware; days and hours are those of ``zone``."""

    weekdays: frozenset[int]
    holidays: frozenset[tuple[int, int]]
    """Month and day of each."""
    opens: time
    closes: time
    zone: ZoneInfo

    @classmethod
    def of(
        cls, calendar: Calendar, zone: ZoneInfo, hours: tuple[str, str] | None = None
    ) -> WorkingTime:
        """What the guide's calendar says; ``hours`` are the office's own, as "08:30", "15:00".

        A calendar without a week, or without hours, counts all days, or all hours.
        """
        week = calendar.week.working if calendar.week else WEEKDAYS
        published = calendar.hours and (calendar.hours.opens, calendar.hours.closes)
        opens, closes = hours or published or ("00:00", "23:59")
        dates = (holiday.on.split("-") for holiday in calendar.holidays if holiday.on != "unknown")
        return cls(
            frozenset(WEEKDAYS.index(day) for day in week),
            frozenset((int(month), int(day)) for month, day in dates),
            time.fromisoformat(opens),
            time.fromisoformat(closes),
            zone,
        )

    def works_on(self, day: date) -> bool:
        """Whether it is a working day."""
        return day.weekday() in self.weekdays and (day.month, day.day) not in self.holidays

    def opening(self, moment: datetime) -> datetime:
        """The moment itself if the office is open, else when it opens next."""
        local = moment.astimezone(self.zone)
        if self.works_on(local.date()) and local.time() <= self.closes:
            return max(local, self._at(local.date(), self.opens))
        return self._at(self._next(local.date()), self.opens)

    def after(self, start: datetime, days: int) -> datetime:
        """So many working days after a moment, at the same time of day.

        What begins while the office is closed begins when it opens.
        """
        begin = self.opening(start)
        day = begin.date()
        for _ in range(days):
            day = self._next(day)
        return self._at(day, begin.time())

    def _next(self, day: date) -> date:
        """The next working day."""
        day += timedelta(days=1)
        while not self.works_on(day):
            day += timedelta(days=1)
        return day

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone)
