"""Totals: what is left to pay and to wait, and how much of it nobody knows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bot.engine.guide import Guide
from bot.engine.totals import Range, Totals
from bot.engine.values import Json
from tests.engine.building import Raw, a_guide, road

CAPITAL: dict[str, Raw] = {
    "capital": {"kind": "money", "unit": "new SYP"},
    "sector": {"kind": "choice", "options": ["trade", "craft"]},
}


def steps(*made: Raw) -> Guide:
    return a_guide(CAPITAL, {"ask": ["capital", "sector"]}, list(made))


def fees(*said: Any, capital: Json = None, done: tuple[str, ...] = ()) -> Totals:
    guide = steps(*({"step": f"s{place}", "fee": fee} for place, fee in enumerate(said)))
    return road(guide, {"capital": capital}, *done).totals


def pounds(amount: int, unit: str = "new SYP") -> Raw:
    return {"amount": amount, "unit": unit, "source": "L-01"}


def test_old_pounds_are_counted_in_new_ones_and_dollars_apart() -> None:
    totals = fees(pounds(500), pounds(30_050, "old SYP"), pounds(20, "USD"))
    assert totals.fees == {
        "SYP": Range(Fraction(1601, 2), Fraction(1601, 2)),
        "USD": Range(Fraction(20), Fraction(20)),
    }
    assert totals.unknown_fees == 0


def test_an_unknown_fee_is_counted_and_adds_nothing() -> None:
    totals = fees(pounds(500), "unknown", "unknown")
    assert totals.fees["SYP"] == Range(500, 500)
    assert totals.unknown_fees == 2


def test_what_is_free_is_known() -> None:
    totals = fees({"free": True, "source": "L-01"})
    assert (totals.fees, totals.unknown_fees) == ({}, 0)


def test_a_range_keeps_both_ends_and_an_open_end_is_unknown() -> None:
    limits = {"unit": "new SYP", "source": "L-01"}
    closed = fees({"min": 10, "max": 20, **limits})
    assert (closed.fees["SYP"], closed.unknown_fees) == (Range(10, 20), 0)
    most = fees({"max": 20, **limits})
    assert (most.fees["SYP"], most.unknown_fees) == (Range(0, 20), 0)
    least = fees({"min": 10, **limits})
    assert (least.fees["SYP"], least.unknown_fees) == (Range(10, 10, sure=False), 1)


def test_sources_that_differ_give_the_least_and_the_most() -> None:
    totals = fees({"differ": [pounds(50_000, "old SYP"), pounds(850)]})
    assert totals.fees["SYP"] == Range(500, 850)
    assert totals.unknown_fees == 0


def test_parts_add_up_and_one_that_is_unknown_leaves_the_fee_unknown() -> None:
    totals = fees({"parts": [pounds(100), pounds(5), {"unknown": True, "charge": "other"}]})
    assert totals.fees["SYP"] == Range(105, 105)
    assert totals.unknown_fees == 1


def test_a_share_is_of_the_capital_in_its_own_money() -> None:
    share = {"of": "capital", "rate": "4/1000", "source": "L-01"}
    in_old = fees(share, capital={"amount": 12_500_000, "unit": "old SYP"})
    assert in_old.fees["SYP"] == Range(500, 500)
    in_dollars = fees(share, capital={"amount": 1000, "unit": "USD"})
    assert in_dollars.fees["USD"] == Range(4, 4)
    assert fees(share).unknown_fees == 1


def test_what_is_done_is_paid() -> None:
    totals = fees(pounds(500), pounds(70), "unknown", done=("s0", "s2"))
    assert (totals.fees["SYP"], totals.unknown_fees) == (Range(70, 70), 0)


def test_a_fee_that_a_missing_answer_decides_is_between_its_cases() -> None:
    craft = {"sector": "craft"}
    guide = steps({"step": "s", "fee": [{"is": pounds(10), "when": craft}, {"is": pounds(30)}]})
    assert road(guide, {}).totals.fees["SYP"] == Range(10, 30)
    assert road(guide, {"sector": "craft"}).totals.fees["SYP"] == Range(10, 10)


def test_steps_under_perhaps_do_not_count() -> None:
    guide = steps({"step": "s", "fee": pounds(10), "when": {"sector": "craft"}})
    assert road(guide, {}).totals == Totals({}, 0, Range(0, 0), 0)


def days(low: int, high: int) -> Raw:
    return {"min": f"{low}d", "max": f"{high}d", "source": "L-01"}


def test_days_follow_the_longest_chain_of_steps_that_wait_for_each_other() -> None:
    guide = steps(
        {"step": "permit", "needs": ["lease"], "time": days(3, 15)},
        {"step": "lease", "gives": ["lease"], "time": days(1, 2)},
        {"step": "mark", "time": days(5, 10)},
    )
    assert road(guide, {}).totals.days == Range(5, 17)
    assert road(guide, {}, "permit").totals.days == Range(5, 10)


def test_times_that_are_unknown_are_counted() -> None:
    guide = steps(
        {"step": "permit", "time": {"max": "15d", "source": "L-01"}},
        {"step": "lease"},
        {"step": "mark", "time": {"min": "240d", "source": "L-01"}},
    )
    totals = road(guide, {}).totals
    assert totals.days == Range(240, 240, sure=False)
    assert totals.unknown_times == 2


def test_times_on_which_sources_differ_span_all_of_them() -> None:
    guide = steps({"step": "permit", "time": {"differ": [days(7, 7), days(10, 30)]}})
    assert road(guide, {}).totals.days == Range(7, 30)
