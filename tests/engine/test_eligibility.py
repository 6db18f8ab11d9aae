"""What one may be given: yes, no with every reason, or unknown with the questions that decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from bot.engine.eligibility import Match, matches
from bot.engine.guide import Guide
from bot.engine.values import Json, Truth
from tests.engine.building import (
    Raw,
    a_guide,
    a_programme,
    any_answer,
    bounded,
    conditions,
    flows,
    kinds_of,
    some_answers,
    walked,
)

QUESTIONS: dict[str, Raw] = {
    "sector": {"kind": "choice", "options": ["craft", "food", "trade"]},
    "workers": {"kind": "number", "min": 0, "max": 100},
    "capital": {"kind": "money", "unit": "new SYP"},
    "extra": {"kind": "yes-no"},
}
ASK = ["sector", {"workers": {"when": {"sector": ["craft", "food"]}}}, "capital"]
MAKERS = {"for-makers": {"when": {"sector": ["craft", "food"]}}}
SMALL = {"few-workers": {"when": {"workers": {"max": 5}}}}
POOR = {"little-capital": {"when": {"capital": {"max": "1000 new SYP"}}}}
RECORD = {"clean-record": {"source": "L-02"}}


def guide_of(*programmes: Raw, **flow: Any) -> Guide:
    return a_guide(QUESTIONS, {"ask": ASK, **flow}, programmes=list(programmes))


def one(terms: list[Any], answers: Mapping[str, Json]) -> Match:
    """How a programme with these terms compares with the answers."""
    guide = guide_of({"programme": "loan", "terms": terms})
    [found] = matches(guide, walked(guide, answers))
    return found


def told(match: Match) -> tuple[Truth, list[str], tuple[str, ...], list[str]]:
    reasons = [term.id for term in match.refusals]
    return match.truth, reasons, match.open, [term.id for term in match.unasked]


def test_whoever_meets_every_published_term_fits() -> None:
    found = one([MAKERS, SMALL], {"sector": "craft", "workers": 5})
    assert told(found) == (Truth.YES, [], (), [])


def test_every_term_that_is_not_met_is_a_reason() -> None:
    rich = {"sector": "food", "workers": 6, "capital": {"amount": 1001, "unit": "new SYP"}}
    assert told(one([MAKERS, SMALL, POOR, "unknown"], rich)) == (
        Truth.NO,
        ["few-workers", "little-capital"],
        (),
        [],
    )


def test_a_question_that_does_not_apply_is_a_reason_too() -> None:
    assert told(one([SMALL], {"sector": "trade"})) == (Truth.NO, ["few-workers"], (), [])


def test_a_missing_answer_leaves_it_open_and_the_question_is_named() -> None:
    assert told(one([MAKERS, SMALL], {"sector": "craft"})) == (Truth.UNKNOWN, [], ("workers",), [])
    assert told(one([MAKERS, POOR], {})) == (Truth.UNKNOWN, [], ("sector", "capital"), [])


def test_one_who_does_not_know_is_not_refused() -> None:
    found = one([MAKERS], {"sector": None})
    assert told(found) == (Truth.UNKNOWN, [], ("sector",), [])


def test_a_sum_that_cannot_be_compared_names_its_question() -> None:
    dollars = {"sector": "craft", "capital": {"amount": 5, "unit": "USD"}}
    assert told(one([POOR], dollars)) == (Truth.UNKNOWN, [], ("capital",), [])


def test_once_refused_nothing_more_is_asked() -> None:
    assert told(one([MAKERS, POOR], {"sector": "trade"})) == (Truth.NO, ["for-makers"], (), [])


@pytest.mark.parametrize("answers", [{}, {"sector": "craft"}, {"sector": None}])
def test_where_no_term_is_published_nobody_can_tell(answers: dict[str, Json]) -> None:
    assert told(one(["unknown"], answers)) == (Truth.UNKNOWN, [], (), [])
    assert told(one([], answers)) == (Truth.YES, [], (), [])


def test_terms_that_may_be_more_do_not_take_back_what_is_met() -> None:
    assert one([MAKERS, "unknown"], {"sector": "craft"}).truth is Truth.YES


def test_a_term_about_which_nobody_is_asked_is_never_taken_as_met() -> None:
    assert told(one([RECORD], {"sector": "craft"})) == (Truth.UNKNOWN, [], (), ["clean-record"])
    beside = one([MAKERS, RECORD, "unknown"], {"sector": "craft"})
    assert told(beside) == (Truth.YES, [], (), ["clean-record"])


def test_a_term_about_a_question_of_another_flow_is_left_to_the_body() -> None:
    """A programme may stand in two flows of which one asks more."""
    extra = {"for-women": {"when": {"extra": "yes"}}}
    found = one([MAKERS, extra], {"sector": "craft", "extra": "no"})
    assert told(found) == (Truth.UNKNOWN, [], (), ["for-women"])


def test_what_a_flow_derives_decides_too() -> None:
    derive = {"size": [{"is": "small", "when": {"workers": {"max": 5}}}, {"is": "big"}]}
    guide = guide_of(
        {"programme": "loan", "terms": [{"only-small": {"when": {"size": "small"}}}]},
        derive=derive,
    )
    [unsure] = matches(guide, walked(guide, {"sector": "craft"}))
    assert told(unsure) == (Truth.UNKNOWN, [], ("workers",), [])
    [refused] = matches(guide, walked(guide, {"sector": "craft", "workers": 6}))
    assert told(refused) == (Truth.NO, ["only-small"], (), [])


def status(state: str) -> Raw:
    return {"is": state, "on": "2025", "source": "L-01"}


def test_what_fits_comes_first_and_of_that_what_is_open() -> None:
    fits, asks, refused = {"terms": [MAKERS]}, {"terms": ["unknown"]}, {"terms": [SMALL]}
    guide = guide_of(
        {"programme": "no", **refused, "status": status("open")},
        {"programme": "asks-closed", **asks, "status": status("closed")},
        {"programme": "asks-open", **asks, "status": status("open")},
        {"programme": "closed", **fits, "status": status("closed")},
        {"programme": "suspended", **fits, "status": status("suspended")},
        {"programme": "unknown", **fits, "status": status("unknown")},
        {"programme": "open", **fits, "status": status("open")},
        {"programme": "open-too", **fits, "status": status("open")},
    )
    found = matches(guide, walked(guide, {"sector": "craft", "workers": 9}))
    assert [match.id for match in found] == [
        *("open", "open-too", "unknown", "suspended", "closed"),
        *("asks-open", "asks-closed", "no"),
    ]


def test_only_the_programmes_of_the_flow_are_compared() -> None:
    guide = guide_of({"programme": "loan"}, {"programme": "other"}, programmes=["loan"])
    assert [match.id for match in matches(guide, walked(guide, {}))] == ["loan"]


@st.composite
def offers(draw: DrawFn) -> Guide:
    """A random flow with up to three programmes of up to three terms each."""
    guide = draw(flows())
    kinds = {**kinds_of(guide), "size": "derived"}
    term = st.fixed_dictionaries({}, optional={"when": conditions(kinds)})
    made = [
        a_programme(
            f"p{number}",
            terms=[
                *({f"t{place}": each} for place, each in enumerate(terms)),
                *(["unknown"] if draw(st.booleans()) else []),
            ],
            status=status(draw(st.sampled_from(["open", "closed"]))),
        )
        for number, terms in enumerate(draw(st.lists(st.lists(term, max_size=3), max_size=3)))
    ]
    flow = guide.flows["flow"].model_copy(update={"programmes": tuple(p.programme for p in made)})
    parts = {name: getattr(guide, name) for name in Guide.__dataclass_fields__}
    offered = {programme.programme: programme for programme in made}
    return Guide(**{**parts, "flows": {"flow": flow}, "programmes": offered})


@bounded
@given(st.data())
def test_every_match_says_why(data: st.DataObject) -> None:
    guide = data.draw(offers())
    walk = walked(guide, data.draw(some_answers(guide)))
    found = matches(guide, walk)
    assert sorted(match.id for match in found) == sorted(guide.flows["flow"].programmes)
    assert [match.truth for match in found] == sorted((m.truth for m in found), reverse=True)
    for match in found:
        terms = match.programme.published
        assert (match.truth is Truth.NO) is bool(match.refusals)
        assert set(match.open) <= set(walk.asked)
        if match.truth is not Truth.UNKNOWN:
            assert not match.open
        else:
            assert match.open or match.unasked or not terms
        if match.truth is Truth.YES:
            assert not match.programme.terms or len(match.unasked) < len(terms)


@bounded
@given(st.data())
def test_one_more_answer_never_takes_back_what_was_decided(data: st.DataObject) -> None:
    """Once yes or no, a programme stays so while open questions are answered one by one."""
    guide = data.draw(offers())
    answers = data.draw(some_answers(guide))
    walk = walked(guide, answers)
    before = {match.id: match for match in matches(guide, walk)}
    while walk.position is not None:
        name = walk.position
        answers = {**answers, name: data.draw(st.sampled_from(list(any_answer(guide, name))))}
        walk = walked(guide, answers)
        after = {match.id: match for match in matches(guide, walk)}
        for id_, match in before.items():
            if match.truth is not Truth.UNKNOWN:
                assert after[id_].truth is match.truth
            assert set(after[id_].refusals) >= set(match.refusals)
        before = after
