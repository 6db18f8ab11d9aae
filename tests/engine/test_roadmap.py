"""The roadmap: what applies, what it needs, in which order, and what a missing answer decides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.engine.guide import Guide
from bot.engine.roadmap import Roadmap
from bot.engine.stop import Requirement
from bot.engine.values import Json, Missing, Truth
from tests.engine.building import (
    Raw,
    a_guide,
    any_answer,
    assert_sound,
    bounded,
    flows,
    ids,
    perhaps,
    road,
    some_answers,
    walked,
)

QUESTIONS: dict[str, Raw] = {
    "sector": {"kind": "choice", "options": ["trade", "craft"]},
    "premises": {"kind": "choice", "options": ["owned", "rented"]},
    "capital": {"kind": "money", "unit": "new SYP"},
    "held": {"kind": "several", "holds": True, "options": ["lease", "deed", "register"]},
}
CRAFT, RENTED = {"sector": "craft"}, {"premises": "rented"}


def town(*steps: Raw, goals: tuple[str, ...] = ("permit",)) -> Guide:
    return a_guide(QUESTIONS, {"ask": [*QUESTIONS], "goals": goals}, list(steps))


def needs(guide: Guide, answers: dict[str, Json], step: str) -> tuple[Requirement, ...]:
    found = road(guide, answers).stop(step)
    assert found is not None
    return found.requirements


LEASE: Raw = {"step": "register-lease", "gives": ["lease"], "when": RENTED}
PERMIT: Raw = {"step": "permit", "needs": ["lease"], "gives": ["permit"]}


def test_what_a_step_needs_and_another_gives_comes_before_it() -> None:
    roadmap = road(town(PERMIT, LEASE), {"premises": "rented"})
    assert ids(roadmap) == ["register-lease", "permit"]
    [first, second] = roadmap.stops
    assert (roadmap.waves[first.id], roadmap.waves[second.id]) == (1, 2)
    assert second.after == ("register-lease",)
    assert roadmap.next is first


def test_what_nobody_gives_is_a_paper_to_bring() -> None:
    roadmap = road(town(PERMIT, LEASE), {"premises": "owned"})
    assert ids(roadmap) == ["permit"]
    [need] = roadmap.stops[0].requirements
    assert (need.any, need.held, need.givers) == (("lease",), None, ())


def test_what_the_citizen_holds_shows_its_giver_as_done() -> None:
    roadmap = road(town(PERMIT, LEASE), {"premises": "rented", "held": ["lease"]})
    assert [(stop.id, stop.state) for stop in roadmap.stops] == [
        ("register-lease", "held"),
        ("permit", "todo"),
    ]
    assert roadmap.finished == 1
    assert roadmap.next is roadmap.stops[1]
    assert roadmap.stops[1].requirements[0].held == "lease"


def test_who_holds_a_paper_is_not_sent_for_what_that_paper_once_needed() -> None:
    guide = town(
        {"step": "permit", "needs": ["register"]},
        {"step": "enrol", "needs": ["lease"], "gives": ["register"]},
        {"step": "register-lease", "gives": ["lease"]},
    )
    assert ids(road(guide, {"held": []})) == ["register-lease", "enrol", "permit"]
    assert ids(road(guide, {"held": ["register"]})) == ["enrol", "permit"]


def test_who_holds_one_of_several_is_not_sent_for_another() -> None:
    either = {"step": "permit", "needs": [{"any": ["lease", "deed"]}]}
    guide = town(either, {"step": "register-lease", "gives": ["lease"]})
    assert ids(road(guide, {"held": ["deed"]})) == ["permit"]
    assert ids(road(guide, {"held": []})) == ["register-lease", "permit"]


def test_a_step_ticked_off_is_done_and_what_waited_for_it_can_begin() -> None:
    other: Raw = {"step": "tax-file"}
    guide = town(PERMIT, LEASE, other, goals=("permit", "tax-file"))
    roadmap = road(guide, {"premises": "rented"}, "register-lease")
    assert {stop.id: (stop.state, roadmap.waves[stop.id]) for stop in roadmap.stops} == {
        "register-lease": ("done", 1),
        "permit": ("todo", 1),
        "tax-file": ("todo", 1),
    }


def test_ticking_off_on_a_roadmap_is_as_computing_it_anew() -> None:
    guide, rented = town(PERMIT, LEASE), {"premises": "rented"}
    for before, after in itertools.product([(), ("permit",), ("register-lease",)], repeat=2):
        ticked = road(guide, rented, *before).ticked(after)
        assert_same(ticked, road(guide, rented, *after))
    held = road(guide, rented | {"held": ["lease"]})
    assert [stop.state for stop in held.ticked(["register-lease"]).stops] == ["held", "todo"]


def assert_same(one: Roadmap, other: Roadmap) -> None:
    """Both say the same of every step."""
    assert [vars(stop) for stop in one.every] == [vars(stop) for stop in other.every]
    assert (ids(one), one.waves, one.visits) == (ids(other), other.waves, other.visits)
    assert one.totals == other.totals


def test_a_step_whose_condition_is_open_is_under_perhaps_with_the_question_named() -> None:
    guide = town({"step": "permit", "when": CRAFT})
    assert perhaps(road(guide, {})) == {"permit": ("sector",)}
    assert perhaps(road(guide, {"sector": None})) == {"permit": ("sector",)}
    assert ids(road(guide, {"sector": "craft"})) == ["permit"]
    nothing = road(guide, {"sector": "trade"})
    assert (nothing.stops, nothing.perhaps, nothing.next) == ((), (), None)


def test_only_the_answers_that_decide_are_named() -> None:
    either = {"step": "permit", "when": {"any": [{"sector": "craft"}, {"premises": "rented"}]}}
    assert perhaps(road(town(either), {})) == {"permit": ("sector", "premises")}
    assert perhaps(road(town(either), {"sector": "trade"})) == {"permit": ("premises",)}


def test_an_answer_in_dollars_that_does_not_compare_is_named() -> None:
    guide = town({"step": "permit", "when": {"capital": {"min": "100 new SYP"}}})
    dollars = {"capital": {"amount": 5, "unit": "USD"}}
    assert perhaps(road(guide, dollars)) == {"permit": ("capital",)}


def test_behind_a_computed_answer_the_questions_are_named() -> None:
    guide = a_guide(
        {**QUESTIONS, "workers": {"kind": "number"}},
        {
            "ask": ["sector", "workers"],
            "derive": {
                "size": [
                    {"is": "big", "when": {"workers": {"min": 10}}},
                    {"is": "watched", "when": CRAFT},
                    {"is": "small"},
                ]
            },
        },
        [{"step": "permit", "when": {"size": "watched"}}],
    )
    assert perhaps(road(guide, {})) == {"permit": ("sector", "workers")}
    assert perhaps(road(guide, {"workers": 3})) == {"permit": ("sector",)}
    assert perhaps(road(guide, {"workers": 10})) == {}


def test_cases_after_the_one_that_holds_name_no_question() -> None:
    guide = a_guide(
        {**QUESTIONS, "workers": {"kind": "number"}},
        {
            "ask": ["sector", "premises", "workers"],
            "derive": {
                "size": [
                    {"is": "big", "when": {"workers": {"min": 10}}},
                    {"is": "watched", "when": CRAFT},
                    {"is": "let", "when": RENTED},
                    {"is": "small"},
                ]
            },
        },
        [{"step": "permit", "when": {"size": "watched"}}],
    )
    assert perhaps(road(guide, {"sector": "craft"})) == {"permit": ("workers",)}


def test_what_only_a_possible_step_needs_is_possible_for_the_same_reason() -> None:
    guide = town(
        {"step": "permit", "when": CRAFT, "needs": ["register"]},
        {"step": "enrol", "gives": ["register"]},
    )
    assert perhaps(road(guide, {})) == {"enrol": ("sector",), "permit": ("sector",)}


def test_certain_for_one_step_and_possible_for_another_is_certain() -> None:
    guide = town(
        {"step": "permit", "when": CRAFT, "needs": ["lease"]},
        {"step": "tax-file", "needs": ["lease"]},
        {"step": "register-lease", "gives": ["lease"]},
        goals=("permit", "tax-file"),
    )
    roadmap = road(guide, {})
    assert ids(roadmap) == ["register-lease", "tax-file"]
    assert perhaps(roadmap) == {"permit": ("sector",)}


def test_an_uncertain_need_of_a_certain_step_leaves_its_giver_under_perhaps() -> None:
    guide = town(
        {"step": "permit", "needs": [{"lease": {"when": RENTED}}]},
        {"step": "register-lease", "gives": ["lease"]},
    )
    roadmap = road(guide, {})
    assert ids(roadmap) == ["permit"]
    assert perhaps(roadmap) == {"register-lease": ("premises",)}
    [need] = needs(guide, {}, "permit")
    assert (need.givers, need.truth) == (("register-lease",), Truth.UNKNOWN)


def test_a_certain_need_with_an_uncertain_giver_leaves_it_under_perhaps() -> None:
    roadmap = road(town(PERMIT, LEASE), {})
    assert ids(roadmap) == ["permit"]
    assert perhaps(roadmap) == {"register-lease": ("premises",)}


def test_two_steps_that_may_give_the_same_stay_open_until_the_answer_is_there() -> None:
    guide = town(
        {"step": "permit", "needs": [{"any": ["lease", "deed"]}]},
        LEASE,
        {"step": "enter-deed", "gives": ["deed"]},
    )
    assert perhaps(road(guide, {})) == {
        "register-lease": ("premises",),
        "enter-deed": ("premises",),
    }
    assert ids(road(guide, {"premises": "rented"})) == ["register-lease", "permit"]
    assert ids(road(guide, {"premises": "owned"})) == ["enter-deed", "permit"]


def test_papers_and_bodies_keep_every_value_that_is_still_possible() -> None:
    guide = town(
        {
            "step": "permit",
            "at": [{"is": "ministry", "when": CRAFT}, {"is": "town-hall"}],
            "documents": [{"plan": {"copies": 2, "when": RENTED}}, {"deed": {"originals": 1}}],
        }
    )
    [open_stop] = road(guide, {}).stops
    assert open_stop.bodies == ("ministry", "town-hall")
    assert [(p.document, p.copies, p.certain) for p in open_stop.papers] == [
        ("plan", 2, False),
        ("deed", 0, True),
    ]
    [stop] = road(guide, {"sector": "craft", "premises": "owned"}).stops
    assert stop.bodies == ("ministry",)
    assert [paper.document for paper in stop.papers] == ["deed"]


@bounded
@given(st.data())
def test_every_roadmap_is_sound(data: st.DataObject) -> None:
    guide = data.draw(flows(with_steps=True))
    answers = data.draw(some_answers(guide))
    done = data.draw(st.lists(st.sampled_from([*guide.steps]), max_size=2))
    roadmap = road(guide, answers, *done)
    assert_sound(roadmap)
    for stop in (*roadmap.stops, *roadmap.perhaps):
        held = stop.step.gives and set(stop.step.gives) <= set(answers["held"])
        assert stop.state == ("held" if held else "done" if stop.id in done else "todo")


@settings(bounded, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_perhaps_is_what_the_missing_answers_decide(data: st.DataObject) -> None:
    guide = data.draw(flows(with_steps=True))
    answers = data.draw(some_answers(guide))
    early = road(guide, answers)
    possible = early.certain | {stop.id for stop in early.perhaps}
    for whole in completions(guide, answers):
        final = road(guide, whole)
        assert final.perhaps == ()
        assert early.certain <= final.certain <= possible


@bounded
@given(st.data())
def test_answering_the_questions_named_decides_a_possible_step(data: st.DataObject) -> None:
    guide = data.draw(flows(with_steps=True))
    answers = data.draw(some_answers(guide))
    for stop in road(guide, answers).perhaps:
        told = {q: data.draw(st.sampled_from(known(guide, q))) for q in stop.open}
        if none_vanishes(guide, answers, answers | told):
            assert stop.id not in perhaps(road(guide, answers | told))


def known(guide: Guide, question: str) -> list[Json]:
    return [value for value in any_answer(guide, question) if value is not None]


def completions(guide: Guide, answers: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """The answers with all that is missing told, in a few of the ways that there are.

    An answer that turns out not to apply takes away what rested on it: such ways are left out.
    """
    walk = walked(guide, answers)
    missing = [name for name in walk.asked if walk.facts[name] is Missing.UNKNOWN]
    for turn in range(6):
        told = {name: known(guide, name) for name in missing if name != "held"}
        chosen = {
            name: values[(turn + place) % len(values)]
            for place, (name, values) in enumerate(told.items())
        }
        if none_vanishes(guide, answers, answers | chosen):
            yield answers | chosen


def none_vanishes(guide: Guide, answers: dict[str, Json], later: dict[str, Json]) -> bool:
    before, after = walked(guide, answers), walked(guide, later)
    given_before = {n for n in before.asked if before.facts[n] is not Missing.UNKNOWN}
    return given_before <= set(after.asked)
