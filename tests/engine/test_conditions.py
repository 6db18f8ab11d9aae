"""Conditions: yes, no or unknown, and never surer than the answers are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from bot.engine.conditions import ALWAYS, AllOf, AnyOf, Condition, Not, parse, reads, truth
from bot.engine.values import Facts, Json, Missing, Truth
from tests.engine.building import bounded, conditions

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
OF: dict[Truth, Condition] = {
    NO: parse({"sector": "food"}),
    UNKNOWN: parse({"premises": "rented"}),
    YES: parse({"sector": "craft"}),
}
FACTS: Facts = {"sector": "craft", "premises": Missing.UNKNOWN}
KLEENE = [  # one, other, both, either
    (NO, NO, NO, NO),
    (NO, UNKNOWN, NO, UNKNOWN),
    (NO, YES, NO, YES),
    (UNKNOWN, NO, NO, UNKNOWN),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    (UNKNOWN, YES, UNKNOWN, YES),
    (YES, NO, NO, YES),
    (YES, UNKNOWN, UNKNOWN, YES),
    (YES, YES, YES, YES),
]


@pytest.mark.parametrize(("one", "other", "both", "either"), KLEENE)
def test_and_and_or_follow_kleene(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    parts = (OF[one], OF[other])
    assert truth(AllOf(parts), FACTS) is both
    assert truth(AnyOf(parts), FACTS) is either


@pytest.mark.parametrize(("one", "opposite"), [(NO, YES), (UNKNOWN, UNKNOWN), (YES, NO)])
def test_not_turns_yes_and_no_around_and_leaves_unknown(one: Truth, opposite: Truth) -> None:
    assert truth(Not(OF[one]), FACTS) is opposite


def test_no_condition_at_all_always_holds() -> None:
    assert truth(ALWAYS, {}) is YES


def test_a_question_that_does_not_apply_is_no_and_one_without_answer_is_unknown() -> None:
    rented = parse({"premises": "rented"})
    assert truth(rented, {"premises": Missing.ABSENT}) is NO
    assert truth(parse({"not": {"premises": "rented"}}), {"premises": Missing.ABSENT}) is YES
    assert truth(rented, {"premises": Missing.UNKNOWN}) is UNKNOWN
    assert truth(rented, {}) is UNKNOWN


def test_a_list_is_one_of_and_a_mapping_is_and() -> None:
    condition = parse({"sector": ["craft", "food"], "workers": {"min": 2}})
    assert truth(condition, {"sector": "food", "workers": 2}) is YES
    assert truth(condition, {"sector": "trade", "workers": 2}) is NO
    assert truth(condition, {"sector": "food", "workers": 1}) is NO
    assert reads(condition) == ("sector", "workers")


def test_of_a_question_of_several_one_is_enough() -> None:
    condition = parse({"machines": ["oven", "saw"]})
    assert truth(condition, {"machines": ["lamp", "oven"]}) is YES
    assert truth(condition, {"machines": ["lamp"]}) is NO
    assert truth(condition, {"machines": []}) is NO


@pytest.mark.parametrize(
    ("workers", "holds"), [(4, NO), (5, YES), (6, YES), (7, NO)], ids=lambda value: str(value)
)
def test_both_ends_of_a_range_are_in_it(workers: int, holds: Truth) -> None:
    assert truth(parse({"workers": {"min": 5, "max": 6}}), {"workers": workers}) is holds


def test_a_range_may_miss_an_end() -> None:
    assert truth(parse({"workers": {"min": 5}}), {"workers": 10**9}) is YES
    assert truth(parse({"workers": {"max": 5}}), {"workers": 0}) is YES


def test_dates_compare_by_the_day() -> None:
    condition = parse({"opened": {"min": "2025-01-31", "max": "2025-12-01"}})
    days = ["2025-01-30", "2025-01-31", "2025-12-01", "2025-12-02"]
    assert [truth(condition, {"opened": day}) for day in days] == [NO, YES, YES, NO]


def capital(amount: int, unit: str) -> dict[str, Json]:
    return {"capital": {"amount": amount, "unit": unit}}


@pytest.mark.parametrize(
    ("limit", "answer", "holds"),
    [
        ("50000 new SYP", capital(50_000, "new SYP"), YES),
        ("50000 new SYP", capital(50_001, "new SYP"), NO),
        ("50000 new SYP", capital(5_000_000, "old SYP"), YES),
        ("50000 new SYP", capital(5_000_001, "old SYP"), NO),
        ("5000000 old SYP", capital(50_000, "new SYP"), YES),
        ("5000001 old SYP", capital(50_001, "new SYP"), NO),
        ("50000 new SYP", capital(1, "USD"), UNKNOWN),
        ("3000 USD", capital(3000, "USD"), YES),
        ("3000 USD", capital(3001, "USD"), NO),
        ("3000 USD", capital(1, "old SYP"), UNKNOWN),
    ],
)
def test_old_and_new_pounds_compare_and_dollars_with_neither(
    limit: str, answer: dict[str, Json], holds: Truth
) -> None:
    assert truth(parse({"capital": {"max": limit}}), answer) is holds


@bounded
@given(st.integers(0, 10**18), st.integers(0, 10**20))
def test_pounds_compare_exactly_however_many_they_are(new: int, old: int) -> None:
    condition = parse({"capital": {"max": f"{new} new SYP"}})
    assert truth(condition, capital(old, "old SYP")) is (YES if old <= new * 100 else NO)


def test_one_end_that_is_passed_decides_even_if_the_other_does_not_compare() -> None:
    between = parse({"capital": {"min": "100 new SYP", "max": "3000 USD"}})
    assert truth(between, capital(99, "new SYP")) is NO
    assert truth(between, capital(100, "new SYP")) is UNKNOWN


@pytest.mark.parametrize(
    ("raw", "code", "path"),
    [
        ({}, "condition-not-a-mapping", ()),
        ("craft", "condition-not-a-mapping", ()),
        ({"any": [{"sector": "craft"}, "food"]}, "condition-not-a-mapping", ("any", 1)),
        ({"all": {"sector": "craft"}}, "condition-not-a-list", ("all",)),
        ({"sector": []}, "condition-empty-list", ("sector",)),
        ({"not": {"workers": {"least": 5}}}, "unknown-key", ("not", "workers", "least")),
        ({"capital": {"max": "3000 euros"}}, "limit-not-understood", ("capital", "max")),
        ({"opened": {"min": "2025-13-45"}}, "limit-not-understood", ("opened", "min")),
        ({"workers": {"min": True}}, "limit-not-understood", ("workers", "min")),
    ],
)
def test_what_is_no_condition_is_told_with_its_place(
    raw: Any, code: str, path: tuple[str | int, ...]
) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse(raw)
    assert caught.value.type == code
    assert (caught.value.context or {})["path"] == path


KINDS = {"sector": "choice", "nuisance": "yes-no", "workers": "number", "machines": "several"}
ANSWERS: dict[str, list[Json]] = {
    "sector": ["a", "b", "c"],
    "nuisance": ["yes", "no"],
    "workers": [0, 1, 2, 3, 4],
    "machines": [[], ["x"], ["y"], ["x", "y"]],
}


@bounded
@given(conditions(KINDS), st.data())
def test_what_is_decided_stays_decided_whatever_is_answered_later(
    raw: dict[str, Any], data: st.DataObject
) -> None:
    condition = parse(raw)
    whole = {name: data.draw(st.sampled_from([*v, Missing.ABSENT])) for name, v in ANSWERS.items()}
    part = {name: value for name, value in whole.items() if data.draw(st.booleans())}
    if (early := truth(condition, part)) is not UNKNOWN:
        assert truth(condition, whole) is early
    assert truth(condition, whole) is not UNKNOWN
