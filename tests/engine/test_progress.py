"""Progress: answered / (answered + the most that can still come). It never goes back."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.guide import Guide
from bot.engine.values import Json
from tests.engine.building import Raw, a_guide, any_answer, bounded, flows, some_answers, walked

QUESTIONS: dict[str, Raw] = {
    "sector": {"kind": "choice", "options": ["trade", "craft"]},
    "machines": {"kind": "yes-no"},
    "noise": {"kind": "yes-no"},
    "workers": {"kind": "number", "min": 0},
}


def test_a_short_way_makes_each_answer_count_for_more() -> None:
    craft = {"when": {"sector": "craft"}}
    guide = a_guide(
        QUESTIONS, {"ask": ["sector", {"machines": craft}, {"noise": craft}, "workers"]}
    )
    assert walked(guide, {}).progress == 0
    assert walked(guide, {"sector": "craft"}).progress == Fraction(1, 4)
    assert walked(guide, {"sector": "trade"}).progress == Fraction(1, 2)
    assert walked(guide, {"sector": "trade", "workers": 0}).progress == 1


def test_an_answer_which_hides_others_that_were_given_does_not_take_progress_back() -> None:
    craft, trade = {"when": {"sector": "craft"}}, {"when": {"sector": "trade"}}
    guide = a_guide(
        QUESTIONS, {"ask": ["sector", {"machines": craft}, {"noise": craft}, {"workers": trade}]}
    )
    taken_over: dict[str, Json] = {"machines": "yes", "noise": "no"}
    assert walked(guide, taken_over).progress == 0
    assert walked(guide, taken_over | {"sector": "trade"}).progress == Fraction(1, 2)
    assert walked(guide, taken_over | {"sector": "craft"}).progress == 1


def test_a_flow_that_asks_nothing_is_complete() -> None:
    assert walked(a_guide({}, {"ask": []}), {}).progress == 1


@bounded
@given(st.data())
def test_progress_never_goes_back_and_ends_at_one(data: st.DataObject) -> None:
    guide = data.draw(flows())
    answers = data.draw(some_answers(guide))
    walk = walked(guide, answers)
    while walk.position is not None:
        answers[walk.position] = data.draw(st.sampled_from([*any_answer(guide, walk.position)]))
        further = walked(guide, answers)
        assert walk.progress <= further.progress <= 1
        assert further.progress > 0
        walk = further
    assert walk.progress == 1


@bounded
@given(st.data())
def test_progress_is_what_trying_every_answer_finds(data: st.DataObject) -> None:
    guide = data.draw(flows())
    answers = data.draw(some_answers(guide))
    assert walked(guide, answers).progress == worst(guide, answers, 0)


def worst(guide: Guide, answers: dict[str, Json], given_later: int) -> Fraction:
    """The least share that the answers make of all that is asked in the end."""
    walk = walked(guide, answers)
    if walk.position is None:
        asked = len(walk.asked)
        return Fraction(asked - given_later, asked)
    return min(
        worst(guide, {**answers, walk.position: value}, given_later + 1)
        for value in any_answer(guide, walk.position)
    )
