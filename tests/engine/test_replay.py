"""Replay: the answers are the state, and the position is computed from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.guide import Guide
from bot.engine.replay import accepts, carry
from bot.engine.values import Json, Missing
from tests.engine.building import Raw, a_guide, bounded, flows, some_answers, walked

QUESTIONS: dict[str, Raw] = {
    "sector": {"kind": "choice", "options": ["trade", "craft"]},
    "premises": {"kind": "choice", "options": ["owned", "rented"]},
    "lease-end": {"kind": "date"},
    "workers": {"kind": "number", "min": 0, "max": 100},
}
ASK: list[str | Raw] = [
    "sector",
    {"premises": {"when": {"sector": "craft"}}},
    {"lease-end": {"when": {"premises": "rented"}}},
    {"workers": {"when": {"size": "watched"}}},
]
DERIVE = {"size": [{"is": "watched", "when": {"sector": "craft"}}, {"is": "free"}]}


def workshop(**changed: Raw) -> Guide:
    return a_guide({**QUESTIONS, **changed}, {"ask": ASK, "derive": DERIVE})


def test_a_newcomer_is_asked_the_first_question_and_may_be_asked_all() -> None:
    walk = walked(workshop(), {})
    assert walk.position == "sector"
    assert walk.asked == walk.open == ("sector", "premises", "lease-end", "workers")
    assert walk.refused == ()


def test_a_question_whose_condition_is_no_does_not_apply() -> None:
    walk = walked(workshop(), {"sector": "trade"})
    assert walk.position is None
    assert walk.asked == ("sector",)
    assert walk.facts["premises"] is walk.facts["lease-end"] is Missing.ABSENT
    assert walk.facts["size"] == "free"


def test_who_does_not_know_is_asked_what_may_apply() -> None:
    walk = walked(workshop(), {"sector": None, "premises": "owned"})
    assert walk.asked == ("sector", "premises", "workers")
    assert walk.position == "workers"
    assert walk.facts["sector"] is walk.facts["size"] is Missing.UNKNOWN


def test_changing_an_early_answer_hides_later_ones_and_changing_it_back_shows_them_again() -> None:
    guide = workshop()
    answers: dict[str, Json] = {
        "sector": "craft",
        "premises": "rented",
        "lease-end": "2027-01-31",
        "workers": 3,
    }
    before = walked(guide, answers)
    hidden = walked(guide, answers | {"sector": "trade"})
    assert before.position is hidden.position is None
    assert hidden.asked == ("sector",)
    assert hidden.facts["workers"] is Missing.ABSENT
    assert walked(guide, answers) == before


def test_an_answer_that_the_guide_accepts_no_longer_is_asked_again_and_kept() -> None:
    answers: dict[str, Json] = {"sector": "craft", "premises": "owned", "workers": 60}
    assert walked(workshop(), answers).position is None
    edited = workshop(workers={"kind": "number", "min": 0, "max": 50})
    walk = walked(edited, answers)
    assert (walk.position, walk.refused) == ("workers", ("workers",))
    assert walk.facts["workers"] is Missing.UNKNOWN
    assert carry(edited, answers)["workers"] == 60


def test_an_answer_to_a_question_that_is_gone_is_kept_aside() -> None:
    answers: dict[str, Json] = {"sector": "trade", "shoe-size": 43}
    assert carry(workshop(), answers) == answers
    assert walked(workshop(), answers).position is None


def test_was_carries_answers_over_new_names_of_questions_and_options() -> None:
    guide = workshop(
        sector={"kind": "choice", "options": ["trade", {"craft": {"was": ["hand", "smith"]}}]},
        premises={**QUESTIONS["premises"], "was": ["place", "shop"]},
    )
    assert carry(guide, {"sector": "smith", "shop": "owned"}) == {
        "sector": "craft",
        "premises": "owned",
    }


def test_a_newer_answer_is_not_replaced_by_one_under_the_old_name() -> None:
    guide = workshop(premises={**QUESTIONS["premises"], "was": ["place"]})
    assert carry(guide, {"place": "owned", "premises": "rented"}) == {"premises": "rented"}


def test_two_options_that_became_one_are_chosen_once() -> None:
    guide = workshop(
        machines={"kind": "several", "options": [{"saw": {"was": ["jigsaw"]}}, "oven"]}
    )
    assert carry(guide, {"machines": ["jigsaw", "saw", "oven"]}) == {"machines": ["saw", "oven"]}


def test_was_carries_steps_ticked_off() -> None:
    guide = a_guide({}, {"ask": []}, [{"step": "permit", "was": ["licence", "paper"]}])
    assert guide.renamed_steps == {"licence": "permit", "paper": "permit"}


KINDS: dict[str, Raw] = {
    "choice": {"kind": "choice", "options": ["a", "b"]},
    "sure": {"kind": "choice", "options": ["a", "b"], "sure": True},
    "several": {"kind": "several", "options": ["a", "b"]},
    "yes-no": {"kind": "yes-no"},
    "number": {"kind": "number", "min": 1, "max": 9},
    "money": {"kind": "money", "unit": "new SYP", "min": 1, "max": 100},
    "date": {"kind": "date"},
    "governorate": {"kind": "governorate"},
    "text": {"kind": "text"},
}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("choice", ["a", None], ["c", 1, ["a"], {"amount": 1}]),
        ("sure", ["a"], [None]),
        ("several", [[], ["b", "a"], None], ["a", ["a", "c"], [["a"]], {"a": 1}]),
        ("yes-no", ["yes", "no", None], [True, "maybe"]),
        ("number", [1, 9, None], [0, 10, "5", True, 5.0]),
        ("date", ["2026-02-28", None], ["2026-02-29", "20260228", "soon", 2026]),
        ("governorate", ["homs"], ["paris", None]),
        ("text", ["anything"], [None, 5]),
    ],
)
def test_what_the_guide_accepts_of_each_kind(
    name: str, right: list[Json], wrong: list[Json]
) -> None:
    guide = a_guide(KINDS, {"ask": []})
    assert [value for value in right if not accepts(guide, name, value)] == []
    assert [value for value in wrong if accepts(guide, name, value)] == []


@pytest.mark.parametrize(
    ("amount", "unit", "accepted"),
    [
        (1, "new SYP", True),
        (101, "new SYP", False),
        (100, "old SYP", True),
        (99, "old SYP", False),
        (10_000, "old SYP", True),
        (10_001, "old SYP", False),
        (10**9, "USD", True),
    ],
)
def test_limits_of_money_bind_in_both_pounds_and_not_in_dollars(
    amount: int, unit: str, accepted: bool
) -> None:
    guide = a_guide(KINDS, {"ask": []})
    assert accepts(guide, "money", {"amount": amount, "unit": unit}) is accepted


@bounded
@given(st.data())
def test_what_is_open_is_asked_and_nothing_that_applies_is_forgotten(data: st.DataObject) -> None:
    guide = data.draw(flows())
    answers = data.draw(some_answers(guide))
    walk = walked(guide, answers)
    order = [item.id for item in walk.flow.ask]
    absent = [name for name in order if walk.facts[name] is Missing.ABSENT]
    assert [name for name in order if name not in absent] == list(walk.asked)
    assert [name for name in walk.asked if name not in answers] == list(walk.open)
    assert walk.position == (walk.open[0] if walk.open else None)
