"""The order of a roadmap's steps, and which of them one visit does together."""

from __future__ import annotations

from bot.engine.guide import Guide
from tests.engine.building import Raw, a_guide, assert_sound, ids, road


def town(*steps: Raw, goals: tuple[str, ...] = ("permit",)) -> Guide:
    return a_guide({}, {"ask": [], "goals": goals}, list(steps))


def test_what_waits_for_nothing_stands_first_in_the_order_of_the_flow() -> None:
    guide = town(
        {"step": "tax-file"},
        {"step": "permit", "needs": ["lease"]},
        {"step": "register-lease", "gives": ["lease"]},
        {"step": "insurance"},
        goals=("insurance", "permit", "tax-file"),
    )
    assert ids(road(guide, {})) == ["insurance", "register-lease", "tax-file", "permit"]


def test_steps_at_one_body_without_a_need_between_them_are_one_visit() -> None:
    guide = town(
        {"step": "permit", "needs": ["lease"], "at": "town-hall"},
        {"step": "register-lease", "gives": ["lease"], "at": "town-hall"},
        {"step": "stamp", "at": "town-hall"},
        goals=("permit", "stamp"),
    )
    visit = road(guide, {}).visits
    assert visit["register-lease"] == visit["stamp"] != visit["permit"]


def test_a_visit_does_not_join_what_waits_for_a_third_step_elsewhere() -> None:
    guide = town(
        {"step": "permit", "needs": ["register"], "at": "town-hall"},
        {"step": "enrol", "needs": ["lease"], "gives": ["register"], "at": "ministry"},
        {"step": "register-lease", "gives": ["lease"], "at": "town-hall"},
    )
    roadmap = road(guide, {})
    assert len(set(roadmap.visits.values())) == 3
    assert_sound(roadmap)


def test_a_visit_that_took_on_more_makes_those_after_it_wait_for_more() -> None:
    """Otherwise the last step would join the third one's visit, which the others wait for."""
    guide = town(
        {"step": "register", "gives": ["register"], "at": "ministry"},
        {"step": "permit", "needs": ["register"], "gives": ["permit"], "at": "town-hall"},
        {"step": "card", "gives": ["card"], "at": "office"},
        {"step": "mark", "needs": ["card"], "at": "ministry"},
        {"step": "insurance", "needs": ["permit"], "at": "office"},
        goals=("register", "permit", "card", "mark", "insurance"),
    )
    roadmap = road(guide, {})
    visit = roadmap.visits
    assert visit["register"] == visit["mark"]
    assert visit["insurance"] != visit["card"]
    assert_sound(roadmap)
