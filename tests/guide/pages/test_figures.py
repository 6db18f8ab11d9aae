"""Amounts, durations and answers in words: both pounds, the age of the source, never surer."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bot.engine.amounts import Amounts, Duration, Period
from bot.engine.totals import Range
from bot.engine.values import Json
from bot.guide.pages import figures
from bot.guide.pages.longest import units
from bot.guide.shelf import Edition


def fee(edition: Edition, **said: Any) -> str:
    return figures.fee(Amounts.model_validate(said), edition)


def time(edition: Edition, **said: Any) -> str:
    return figures.duration(Duration.model_validate(said), edition)


def test_old_pounds_are_followed_by_new_ones(english: Edition, arabic: Edition) -> None:
    said = figures.money(5_000_000, "old SYP", english.voice)
    assert said == "5,000,000 old pounds (= 50,000 new pounds)"
    assert figures.money(50, "new SYP", english.voice) == "50 new pounds"
    assert figures.money(3000, "USD", english.voice) == "3,000 US dollars"
    said = figures.money(5_000_000, "old SYP", arabic.voice)
    assert said == "5,000,000 ليرة قديمة (= 50,000 ليرة جديدة)"


def test_both_ends_of_a_range_are_said_in_both_pounds(english: Edition) -> None:
    said = figures.between(10_000, 20_050, "old SYP", english.voice)
    assert said == "10,000 to 20,050 old pounds (= 100 to 200.50 new pounds)"


def test_a_total_is_in_new_pounds_or_dollars(english: Edition) -> None:
    one = figures.sum_of("SYP", Range(Fraction(1601, 2), Fraction(1601, 2)), english.voice)
    assert one == "800.50 new pounds"
    assert figures.sum_of("USD", Range(10, 20), english.voice) == "10 to 20 US dollars"


def test_a_fee_says_how_old_its_source_is(english: Edition) -> None:
    price = {"amount": 100, "unit": "new SYP"}
    assert fee(english, **price, source="L-01") == "100 new pounds (source of 2025)"
    undated = fee(english, **price, source="L-02")
    assert undated == "100 new pounds, reported without a date; ask for today's fee."


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ({"unknown": True}, "not known"),
        ({"free": True, "source": "L-01"}, "free of charge"),
        ({"of": "capital", "rate": "4/1000", "source": "L-01"}, "4 per 1,000 of: Capital"),
        ({"max": 5, "unit": "USD", "source": "L-01"}, "up to 5 US dollars"),
        ({"min": 5, "unit": "USD", "source": "L-01"}, "at least 5 US dollars"),
        ({"min": 5, "max": 9, "unit": "USD", "source": "L-01"}, "5 to 9 US dollars"),
    ],
)
def test_each_form_of_a_fee_has_its_words(
    said: dict[str, Any], start: str, english: Edition
) -> None:
    assert fee(english, **said).startswith(start)


def test_parts_stand_on_a_line_each_with_what_they_are_for(english: Edition) -> None:
    stamp = {"charge": "stamp", "amount": 1, "unit": "USD", "source": "L-01"}
    assert fee(english, parts=[stamp, {"unknown": True}]).splitlines() == [
        "• Stamp: 1 US dollars (source of 2025)",
        "• not known, ask the office.",
    ]


def test_sources_that_differ_are_all_shown(english: Edition) -> None:
    values = [{"amount": n, "unit": "USD", "source": "L-01"} for n in (1, 2)]
    assert fee(english, differ=values).splitlines() == [
        "Sources differ:",
        "• 1 US dollars (source of 2025)",
        "• 2 US dollars (source of 2025)",
    ]
    days = [{"max": "3d", "source": "L-01"}, {"unknown": True}]
    assert time(english, differ=days).splitlines() == [
        "Sources differ:",
        "• up to 3 days (source of 2025)",
        "• not known, ask the office.",
    ]


@pytest.mark.parametrize(
    ("low", "high", "english_words", "arabic_words"),
    [
        (3, 15, "3 to 15 days", "من 3 إلى 15 يوماً"),
        (None, 15, "up to 15 days", None),
        (240, None, "at least 240 days", None),
        (7, 7, "7 days", "7 أيام"),
        (1, 1, "1 day", None),
    ],
)
def test_days_are_counted_as_each_language_counts(
    low: int | None,
    high: int | None,
    english_words: str,
    arabic_words: str | None,
    english: Edition,
    arabic: Edition,
) -> None:
    assert figures.span(low, high, english.voice) == english_words
    if arabic_words:
        assert figures.span(low, high, arabic.voice) == arabic_words


def test_months_are_counted_and_dated_as_days_are(english: Edition, arabic: Edition) -> None:
    half_a_year_at_least = Period.model_validate({"min": "6m", "max": "36m", "source": "L-01"})
    assert figures.period(half_a_year_at_least, english) == "6 to 36 months (source of 2025)"
    assert figures.period(half_a_year_at_least, arabic).startswith("من 6 إلى 36 شهراً")
    one = Period.model_validate({"max": "1m", "source": "L-02"})
    assert figures.period(one, english).startswith("up to 1 month, reported without a date")
    several = [{"max": "12m", "source": "L-01"}, "unknown"]
    differ = Period.model_validate({"differ": several})
    assert figures.period(differ, english).splitlines()[1] == "• up to 12 months (source of 2025)"


def test_a_day_of_every_year_has_no_year(english: Edition, arabic: Edition) -> None:
    assert figures.yearly("12-25", english.voice) == "25 December"
    assert figures.yearly("02-29", arabic.voice) == "29 شباط"


def test_a_day_has_the_month_of_syria_and_latin_digits(english: Edition, arabic: Edition) -> None:
    assert figures.day(date(2026, 1, 22), arabic.voice) == "22 كانون الثاني 2026"
    assert figures.day(date(2026, 1, 22), english.voice) == "22 January 2026"


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("sector", "craft", "Craft"),
        ("sector", None, "I don't know"),
        ("governorate", "homs", "Homs"),
        ("workers", 1200, "1,200"),
        ("opened", "2026-01-22", "22 January 2026"),
        ("capital", {"amount": 100, "unit": "old SYP"}, "100 old pounds (= 1 new pounds)"),
        ("papers-held", ["register", "lease"], "Register, Lease"),
    ],
)
def test_answers_are_said_in_words(question: str, value: Json, said: str, english: Edition) -> None:
    assert figures.answer(question, value, english) == said


def test_a_bar_is_full_only_when_everything_is_done() -> None:
    assert [figures.bar(Fraction(n, 10)).count("▰") for n in range(11)] == [*range(11)]
    assert figures.bar(Fraction(99, 100)).endswith("▱")


def test_units_are_counted_as_telegram_counts_them() -> None:
    assert units("<b>سجل</b> &amp; 😀") == len("سجل & ") + 2
