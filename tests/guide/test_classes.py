"""Classes of answers: few, and still nothing that a condition can tell apart is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.classes import classes
from bot.engine.conditions import Condition, parse, truth
from bot.engine.guide import Guide
from bot.engine.replay import replay
from bot.engine.values import Json, Missing
from bot.guide.draft import read
from tests.guide import small


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    directory = tmp_path_factory.mktemp("small") / "guide"
    return read(small.write(directory, small.files())).guide


def test_options_that_no_condition_separates_are_merged(guide: Guide) -> None:
    condition = parse({"sector": ["craft", "food"]})
    found = [facts["sector"] for facts in classes(guide, guide.flows["licence"], (condition,))]
    assert found == ["trade", "craft", Missing.UNKNOWN]


def test_a_question_that_is_not_asked_is_absent(guide: Guide) -> None:
    condition = parse({"premises": "rented"})
    found = list(classes(guide, guide.flows["licence"], (condition,)))
    assert {facts["premises"] for facts in found if facts["sector"] == "trade"} == {Missing.ABSENT}
    unsure = {facts["premises"] for facts in found if facts["sector"] is Missing.UNKNOWN}
    assert unsure == {"owned", "rented", Missing.UNKNOWN}


ANSWERS: dict[str, st.SearchStrategy[Json]] = {
    "governorate": st.sampled_from(["damascus", "homs"]),
    "sector": st.sampled_from(["trade", "craft", "food", None]),
    "workers": st.one_of(st.none(), st.integers(0, 100)),
    "premises": st.sampled_from(["owned", "rented", None]),
    "capital": st.builds(
        lambda amount, unit: {"amount": amount, "unit": unit},
        st.integers(0, 10_000_000),
        st.sampled_from(["new SYP", "old SYP", "USD"]),
    ),
    "papers-held": st.lists(st.sampled_from(["register", "lease"]), unique=True),
}
CONDITIONS: list[Condition] = [
    parse({"sector": ["craft", "food"], "size": "small"}),
    parse({"workers": {"min": 3, "max": 7}, "not": {"governorate": "homs"}}),
    parse({"capital": {"min": "5000001 old SYP"}}),
    parse({"any": [{"papers-held": "lease"}, {"premises": "rented"}]}),
]


@given(st.fixed_dictionaries(ANSWERS), st.sampled_from(CONDITIONS))
def test_whatever_is_answered_some_class_decides_alike(
    guide: Guide, answers: dict[str, Json], condition: Condition
) -> None:
    flow = guide.flows["licence"]
    facts = replay(guide, flow, answers).facts
    decided = {truth(condition, each) for each in classes(guide, flow, (condition,))}
    assert truth(condition, facts) in decided
