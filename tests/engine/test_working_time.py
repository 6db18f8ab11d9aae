"""Stories of working time: weekends, holidays, nights, and the hours of an office."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.engine.directory import Calendar
from bot.engine.working_time import DAMASCUS, WorkingTime
from tests.referrals.country import CALENDAR

OFFICE = WorkingTime.of(Calendar.model_validate(CALENDAR), DAMASCUS)


def at(text: str) -> datetime:
    """A moment of Damascus, such as ``11-22 09:30`` of 2026 (a Sunday)."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=DAMASCUS)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("11-22 09:30", 0, "11-22 09:30"),
        ("11-22 09:30", 2, "11-24 09:30"),
        # Wednesday: the weekend does not count.
        ("11-25 10:00", 2, "11-29 10:00"),
        ("11-26 13:59", 1, "11-29 13:59"),
        # What comes on a Friday comes on Sunday morning.
        ("11-27 11:00", 1, "11-30 08:00"),
        # At night, before and after midnight: the next morning.
        ("11-22 22:00", 1, "11-24 08:00"),
        ("11-23 03:00", 1, "11-24 08:00"),
        # The last minute counts, one later does not.
        ("11-22 14:00", 1, "11-23 14:00"),
        ("11-22 14:01", 1, "11-24 08:00"),
        # Liberation day, a Tuesday.
        ("12-07 09:00", 1, "12-09 09:00"),
        ("12-08 09:00", 1, "12-10 08:00"),
        ("12-06 09:00", 5, "12-14 09:00"),
        # Over the end of a year.
        ("12-31 09:00", 1, "01-03 09:00"),
    ],
)
def test_working_days_are_counted_as_people_count_them(start: str, days: int, end: str) -> None:
    expected = at(end) if end > start or end == start else at(end).replace(year=2027)
    assert OFFICE.after(at(start), days) == expected


def test_a_moment_of_any_zone_is_understood() -> None:
    # Half past one at night in Damascus, when it is still the day before in London.
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert OFFICE.after(late, 0) == at("11-23 08:00")


def test_an_office_may_have_hours_of_its_own() -> None:
    longer = WorkingTime.of(Calendar.model_validate(CALENDAR), DAMASCUS, ("09:00", "17:00"))
    assert longer.opening(at("11-22 08:30")) == at("11-22 09:00")
    assert longer.after(at("11-22 16:30"), 1) == at("11-23 16:30")
    assert OFFICE.after(at("11-22 16:30"), 1) == at("11-24 08:00")


def test_a_calendar_that_says_nothing_counts_every_day() -> None:
    always = WorkingTime.of(Calendar(), DAMASCUS)
    assert always.after(at("11-27 23:00"), 1) == at("11-28 23:00")
