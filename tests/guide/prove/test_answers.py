"""Looking through answers: nothing that any walk could show is missed, and no walk is longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from bot.engine.classes import TooManyClasses
from bot.engine.conditions import Condition, parse, truth
from bot.engine.flow import Flow, Question
from bot.engine.guide import Guide
from bot.engine.replay import Walk, replay
from bot.engine.values import Facts, Json, Missing, Truth
from bot.guide.prove import answers as looking
from bot.guide.prove.answers import Answers
from bot.guide.prove.findings import Tally
from tests.guide.prove.village import Raw, Village, guide_of

NAMES = ("a", "b", "c", "d")
VALUES: dict[str, tuple[Json, ...]] = {
    "choice": ("x", "y", "z"),
    "number": (0, 1, 2, 3),
    "several": ([], ["x"], ["y"], ["x", "y"]),
}
_RAW: dict[str, Raw] = {
    "choice": {"options": ["x", "y", "z"]},
    "number": {"min": 0, "max": 3},
    "several": {"options": ["x", "y"]},
}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return guide_of(Village(), tmp_path_factory.mktemp("village"))


@st.composite
def comparisons(draw: DrawFn, kinds: dict[str, str]) -> Raw:
    """One comparison with a question, or with what is computed."""
    name = draw(st.sampled_from(sorted(kinds)))
    if kinds[name] == "number":
        low, high = sorted((draw(st.integers(0, 3)), draw(st.integers(0, 3))))
        return {name: draw(st.sampled_from([{"min": low}, {"max": high}]))}
    options = {"choice": "xyz", "several": "xy"}.get(kinds[name])
    listed = list(options) if options else ["small", "big"]
    return {name: draw(st.lists(st.sampled_from(listed), min_size=1, max_size=2, unique=True))}


def conditions(kinds: dict[str, str]) -> SearchStrategy[Raw]:
    """Conditions as an editor writes them."""
    return st.recursive(
        comparisons(kinds),
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=4,
    )


@st.composite
def stories(
    draw: DrawFn, *, with_unasked: bool = False
) -> tuple[dict[str, Question], Flow, Condition]:
    """Questions that hang on each other, something computed, and a condition on it all."""
    kinds: dict[str, str] = {}
    ask: list[Raw] = []
    for name in NAMES:
        free = not kinds or draw(st.booleans())
        ask.append({name: {} if free else {"when": draw(conditions(kinds))}})
        kinds[name] = draw(st.sampled_from(sorted(VALUES)))
    questions = {
        name: Question.model_validate({"kind": kind, "sure": draw(st.booleans()), **_RAW[kind]})
        for name, kind in kinds.items()
    }
    derive = {"size": [{"is": "small", "when": draw(comparisons(kinds))}, {"is": "big"}]}
    flow = {"flow": "flow", "ask": ask, "derive": derive, "refer": "topic"}
    kinds |= {"size": "derived"}
    kinds |= {"unasked": "choice"} if with_unasked else {}
    return questions, Flow.model_validate(flow), parse(draw(conditions(kinds)))


def _guide(village: Guide, questions: dict[str, Question], flow: Flow) -> Guide:
    return replace(village, questions=questions, flows={"flow": flow})


def walks(guide: Guide, flow: Flow, *, knowing: bool = False) -> Iterator[Walk]:
    """Everybody who answered all that they are asked; ``knowing``: never with "I don't know"."""
    ways = []
    for name in NAMES:
        question = guide.questions[name]
        unknown = [] if knowing or not question.may_be_unknown else [None]
        ways.append([*VALUES[question.kind], *unknown])
    for values in product(*ways):
        yield replay(guide, flow, dict(zip(NAMES, values, strict=True)))


def given_answers(facts: Facts) -> dict[str, Json]:
    return {n: facts[n] for n in NAMES if n in facts and not isinstance(facts[n], Missing)}


told = settings(max_examples=60, deadline=None, derandomize=True)
Story = tuple[dict[str, Question], Flow, Condition]


@told
@given(story=stories())
def test_the_shortest_answers_are_found_if_and_only_if_anybody_s_are(
    village: Guide, story: Story
) -> None:
    questions, flow, condition = story
    guide = _guide(village, questions, flow)
    found = Answers(guide, flow).shortest(condition, Tally())
    holding = [w for w in walks(guide, flow) if truth(condition, w.facts) is Truth.YES]
    assert (found is not None) is bool(holding)
    if found is not None:
        walk = replay(guide, flow, given_answers(found))
        assert truth(condition, walk.facts) is Truth.YES


@told
@given(story=stories(), data=st.data())
def test_what_two_answers_change_is_found_if_and_only_if_they_change_it_for_somebody(
    village: Guide, story: Story, data: st.DataObject
) -> None:
    questions, flow, condition = story
    guide = _guide(village, questions, flow)
    answers = Answers(guide, flow)
    read = answers.reading(condition).questions
    if not read:
        return
    name = data.draw(st.sampled_from(read))
    pair = data.draw(
        st.sampled_from(
            [
                (a, b)
                for a in VALUES[questions[name].kind]
                for b in VALUES[questions[name].kind]
                if a != b
            ]
        )
    )
    found = answers.separating(condition, name, pair, Tally())
    by_rest: dict[str, set[Truth]] = {}
    for rest in product(*(VALUES[questions[n].kind] for n in NAMES if n != name)):
        others = dict(zip((n for n in NAMES if n != name), rest, strict=True))
        for value in pair:
            facts = replay(guide, flow, {**others, name: value}).facts
            by_rest.setdefault(repr(rest), set()).add(truth(condition, facts))
    assert (found is not None) is any(len(truths) > 1 for truths in by_rest.values())


@told
@given(story=stories(with_unasked=True))
def test_what_stays_open_is_found_if_and_only_if_it_does_for_somebody_who_answers_all(
    village: Guide, story: Story
) -> None:
    questions, flow, condition = story
    guide = _guide(village, questions, flow)
    found = Answers(guide, flow).unsettled(condition, Tally())
    open_for = [
        w for w in walks(guide, flow, knowing=True) if truth(condition, w.facts) is Truth.UNKNOWN
    ]
    assert (found is not None) is bool(open_for)


def test_a_question_is_answered_only_where_it_is_asked(village: Guide) -> None:
    flow = village.flows["licence"]
    found = Answers(village, flow).shortest(parse({"activity": "bakery"}), Tally())
    assert found == {"sector": "food", "activity": "bakery"}


@pytest.mark.parametrize("sure", [True, False])
def test_a_question_that_only_may_be_asked_is_asked_of_those_who_do_not_know(
    village: Guide, sure: bool
) -> None:
    kind: Raw = {"kind": "choice", "sure": sure, "options": ["x", "y"]}
    questions = {name: Question.model_validate(kind) for name in ("a", "b")}
    never = {"all": [{"a": "x"}, {"a": "y"}]}
    raw = {"flow": "flow", "ask": ["a", {"b": {"when": never}}], "refer": "topic"}
    flow = Flow.model_validate(raw)
    found = Answers(_guide(village, questions, flow), flow).shortest(parse({"b": "y"}), Tally())
    assert found == (None if sure else {"a": Missing.UNKNOWN, "b": "y"})


def test_what_is_open_is_no_answer(village: Guide) -> None:
    flow = village.flows["licence"]
    either = parse({"any": [{"workers": {"min": 6}, "sector": "craft"}, {"sector": "trade"}]})
    found = Answers(village, flow).shortest(either, Tally())
    assert found == {"sector": "trade"}


def test_too_many_classes_are_said_with_their_questions(
    village: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_CLASSES", 2)
    condition = parse({"activity": "bakery", "workers": {"min": 3}})
    with pytest.raises(TooManyClasses, match="sector, activity, workers"):
        Answers(village, village.flows["licence"]).shortest(condition, Tally())
