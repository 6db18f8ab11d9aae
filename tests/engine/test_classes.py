"""Classes of answers: one answer stands for all that the conditions cannot tell apart."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import classes as walking
from bot.engine.classes import TooManyClasses, classes, derive, questions_read, representatives
from bot.engine.conditions import parse, truth
from bot.engine.values import Json, Missing, Truth
from tests.engine.building import (
    VALUES,
    Raw,
    a_guide,
    any_answer,
    bounded,
    conditions,
    flows,
    kinds_of,
    walked,
)

QUESTIONS: dict[str, Raw] = {
    "sector": {"kind": "choice", "options": ["trade", "craft", "food"], "sure": True},
    "workers": {"kind": "number", "min": 0, "max": 100, "sure": True},
    "capital": {"kind": "money", "unit": "new SYP", "sure": True},
    "opened": {"kind": "date", "sure": True},
    "machines": {"kind": "several", "options": ["saw", "oven", "lamp"], "sure": True},
}
GUIDE = a_guide(QUESTIONS, {"ask": [*QUESTIONS]})


def standing_for(name: str, *raw: Raw) -> tuple[Json | Missing, ...]:
    return representatives(GUIDE, name, [parse(each) for each in raw])


def test_options_that_no_condition_separates_are_merged() -> None:
    assert len(standing_for("sector", {"sector": "craft"})) == 2
    assert len(standing_for("sector")) == 1
    assert len(standing_for("machines", {"machines": "saw"}, {"machines": "oven"})) == 4


def test_numbers_are_cut_at_the_limits_used() -> None:
    found = standing_for("workers", {"workers": {"max": 5}}, {"workers": {"min": 10}})
    assert len(found) == 3


def test_an_unknown_answer_is_a_class_of_its_own() -> None:
    guide = a_guide({"noise": {"kind": "yes-no"}}, {"ask": ["noise"]})
    found = representatives(guide, "noise", [parse({"noise": "yes"})])
    assert set(found) == {"yes", "no", Missing.UNKNOWN}


def test_a_sum_in_old_pounds_may_lie_between_two_new_ones() -> None:
    exactly = parse({"capital": {"min": "150 old SYP", "max": "150 old SYP"}})
    between = parse({"all": [{"not": {"capital": {"max": f"{n} new SYP"}}} for n in (1, 2)]})
    gap = parse(
        {"not": {"any": [{"capital": {"max": "1 new SYP"}}, {"capital": {"min": "2 new SYP"}}]}}
    )
    for condition in (exactly, between, gap):
        found = representatives(GUIDE, "capital", [condition])
        truths = {truth(condition, {"capital": value}) for value in found}
        assert truths == {Truth.NO, Truth.UNKNOWN, Truth.YES}


def test_days_are_cut_at_the_limits_used() -> None:
    within = {"opened": {"min": "2025-01-01", "max": "2025-12-31"}}
    found = standing_for("opened", within, {"opened": {"max": "2024-06-30"}})
    assert len(found) == 3


def test_the_first_case_that_holds_is_the_computed_answer() -> None:
    cases = [
        {"is": "micro", "when": {"workers": {"max": 5}}},
        {"is": "kitchen", "when": {"sector": "food"}},
        {"is": "other"},
    ]
    [flow] = a_guide(QUESTIONS, {"ask": [*QUESTIONS], "derive": {"size": cases}}).flows.values()
    assert derive(flow, {"workers": 5}) == {"size": "micro"}
    assert derive(flow, {"workers": 6, "sector": "food"}) == {"size": "kitchen"}
    assert derive(flow, {"workers": 6, "sector": "craft"}) == {"size": "other"}
    assert derive(flow, {"sector": "food"}) == {"size": Missing.UNKNOWN}


def test_what_a_condition_reads_is_followed_to_the_questions_behind_it() -> None:
    guide = a_guide(
        QUESTIONS,
        {
            "ask": ["sector", {"workers": {"when": {"sector": "craft"}}}, "opened"],
            "derive": {"size": [{"is": "big", "when": {"workers": {"min": 5}}}, {"is": "small"}]},
        },
    )
    [flow] = guide.flows.values()
    assert questions_read(flow, [parse({"size": "big"})]) == {"workers", "sector"}


def test_too_many_classes_are_refused_and_not_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "MOST_CLASSES", 5)
    wide = (parse({"sector": "craft", "workers": {"max": 5}, "machines": "saw"}),)
    with pytest.raises(TooManyClasses, match="machines, sector, workers"):
        list(classes(GUIDE, GUIDE.flows["flow"], wide))


@bounded
@given(st.data())
def test_classes_find_every_truth_that_trying_all_answers_finds(data: st.DataObject) -> None:
    guide = data.draw(flows())
    [flow] = guide.flows.values()
    raw: dict[str, Any] = data.draw(conditions({**kinds_of(guide), "size": "derived"}))
    condition = parse(raw)
    wanted = sorted(questions_read(flow, [condition]))
    ways = product(*(any_answer(guide, name) for name in wanted))
    tried = {truth(condition, walked(guide, dict(zip(wanted, w, strict=True))).facts) for w in ways}
    assert {truth(condition, facts) for facts in classes(guide, flow, (condition,))} == tried


def test_random_questions_have_an_answer_of_every_kind() -> None:
    assert set(VALUES) == {"choice", "yes-no", "number", "several"}
