"""Small guides for stories about the engine, and random ones for its promises. All invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from bot.engine.directory import Body, Calendar, Governorate, Source
from bot.engine.flow import Flow, Question
from bot.engine.guide import Guide
from bot.engine.programme import Programme
from bot.engine.replay import Walk, carry, replay
from bot.engine.roadmap import Roadmap, roadmap
from bot.engine.step import Step
from bot.engine.values import Json, Truth

Raw = dict[str, Any]
"""What an editor would write, as YAML data."""

bounded = settings(max_examples=60, deadline=None, derandomize=True)
"""How long a promise is tried: the same examples on every run."""

SOURCES = {
    "L-01": {"date": "2025-07-01", "address": "https://example.org/1", "confidence": "high"},
    "L-02": {"date": "2018", "address": "https://example.org/2", "confidence": "medium"},
}


def a_guide(
    questions: Mapping[str, Raw],
    flow: Raw,
    steps: list[Raw] | None = None,
    programmes: list[Raw] | None = None,
) -> Guide:
    """A guide of one flow. What is left out of a part is filled with the least there is."""
    made = [a_step(**step) for step in steps or []]
    offered = [a_programme(**programme) for programme in programmes or []]
    whole = {
        "flow": "flow",
        "goals": [step.step for step in made],
        "programmes": [programme.programme for programme in offered],
        "refer": "topic",
        **flow,
    }
    return Guide(
        questions={name: Question.model_validate(raw) for name, raw in questions.items()},
        flows={"flow": Flow.model_validate(whole)},
        steps={step.step: step for step in made},
        programmes={programme.programme: programme for programme in offered},
        articles={},
        menu={"flow": ("flow",)},
        subjects={},
        governorates={
            "homs": Governorate(order=2),
            "damascus": Governorate(order=1),
        },
        bodies={
            name: Body(kind="counter", sources=("L-01",))
            for name in ("office", "ministry", "town-hall")
        },
        laws={},
        sources={name: Source.model_validate(raw) for name, raw in SOURCES.items()},
        unused={},
        offices={},
        topics={},
        replies={},
        glossary={},
        calendar=Calendar(),
    )


def a_step(step: str, **given: Any) -> Step:
    """A step at the office whose fee and time nobody knows, unless said otherwise."""
    least = {"at": "office", "fee": "unknown", "time": "unknown", "sources": ["L-01"]}
    dated = {"read": "2026-11-22", "recheck": "90d"}
    return Step.model_validate({"step": step, **least, **dated, **given})


def a_programme(programme: str, **given: Any) -> Programme:
    """A loan of the office of which nothing is known, not even terms, unless said otherwise."""
    least = {"kind": "loan", "by": "office", "terms": [], "ceiling": "unknown", "term": "unknown"}
    status = {"is": "open", "on": "2025", "source": "L-01"}
    dated = {"sources": ["L-01"], "read": "2026-11-22", "recheck": "90d"}
    return Programme.model_validate(
        {"programme": programme, **least, "status": status, **dated, **given}
    )


def walked(guide: Guide, answers: Mapping[str, Json]) -> Walk:
    """Where somebody with these stored answers stands."""
    return replay(guide, guide.flows["flow"], carry(guide, answers))


def road(guide: Guide, answers: Mapping[str, Json], *done: str) -> Roadmap:
    """The roadmap of somebody with these answers who ticked off these steps."""
    return roadmap(guide, walked(guide, answers), done)


def ids(roadmap: Roadmap) -> list[str]:
    """The certain steps of a roadmap, in order."""
    return [stop.id for stop in roadmap.stops]


def perhaps(roadmap: Roadmap) -> dict[str, tuple[str, ...]]:
    """The possible steps of a roadmap, each with the questions that it hangs on."""
    return {stop.id: stop.open for stop in roadmap.perhaps}


def assert_sound(roadmap: Roadmap) -> None:
    """What holds of every roadmap: nothing unmet, givers first, visits in an order, reasons told."""
    stops = (*roadmap.stops, *roadmap.perhaps)
    known = [stop.id for stop in stops]
    assert len(known) == len(set(known))
    for place, stop in enumerate(roadmap.stops):
        assert {giver for giver in stop.after if giver in roadmap.certain} <= set(known[:place])
        assert not stop.open
    for stop in stops:
        givers = {giver for need in stop.requirements for giver in need.givers}
        assert givers == set(stop.after) <= set(known)
        for need in stop.requirements:
            assert need.held is None or need.held in need.any
            assert need.truth is not Truth.NO
        assert stop.fees
        assert stop.times
        assert stop.bodies
    assert all(stop.open for stop in roadmap.perhaps)
    _assert_visits(roadmap)


def _assert_visits(roadmap: Roadmap) -> None:
    """No visit waits for itself, directly or around other visits."""
    visit = roadmap.visits
    bodies = {stop.id: stop.bodies for stop in (*roadmap.stops, *roadmap.perhaps)}
    waits: dict[int, set[int]] = {number: set() for number in visit.values()}
    for stop in (*roadmap.stops, *roadmap.perhaps):
        waits[visit[stop.id]] |= {visit[giver] for giver in stop.after}
        together = {bodies[name] for name, number in visit.items() if number == visit[stop.id]}
        assert len(together) == 1
    while free := [number for number, before in waits.items() if not before & waits.keys()]:
        for number in free:
            del waits[number]
    assert not waits


VALUES: Mapping[str, tuple[Json, ...]] = {
    "choice": ("a", "b", "c"),
    "yes-no": ("yes", "no"),
    "number": (0, 1, 2, 3, 4),
    "several": ([], ["x"], ["y"], ["x", "y"]),
}
"""Everything that can be answered to a random question besides "I don't know"."""
WRITTEN: Mapping[str, Raw] = {
    "choice": {"options": ["a", "b", "c"]},
    "yes-no": {},
    "number": {"min": 0, "max": 4},
    "several": {"options": ["x", "y"]},
}


@st.composite
def comparisons(draw: DrawFn, kinds: Mapping[str, str]) -> Raw:
    """One comparison with a question, or with the derivation ``size``."""
    name = draw(st.sampled_from(sorted(kinds)))
    if kinds[name] == "number":
        low, high = sorted((draw(st.integers(0, 4)), draw(st.integers(0, 4))))
        return {
            name: draw(st.sampled_from([{"min": low}, {"max": high}, {"min": low, "max": high}]))
        }
    options = {"several": ["x", "y"], "derived": ["small", "big"]}
    listed = options.get(kinds[name]) or list(VALUES[kinds[name]])
    return {name: draw(st.lists(st.sampled_from(listed), min_size=1, max_size=2, unique=True))}


def conditions(kinds: Mapping[str, str]) -> SearchStrategy[Raw]:
    """Conditions over questions of these kinds, as an editor writes them."""
    return st.recursive(
        comparisons(kinds),
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=2)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=2)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=3,
    )


@st.composite
def flows(draw: DrawFn, *, with_steps: bool = False) -> Guide:
    """A guide of up to five questions with conditions, a derivation, and perhaps steps."""
    kinds: dict[str, str] = {}
    ask: list[Raw] = []
    for place in range(draw(st.integers(2, 5))):
        free = not kinds or draw(st.booleans())
        ask.append({f"q{place}": {} if free else {"when": draw(conditions(kinds))}})
        kinds[f"q{place}"] = draw(st.sampled_from(sorted(VALUES)))
        if place == 0:
            derived = [{"is": "small", "when": draw(comparisons(kinds))}, {"is": "big"}]
            kinds["size"] = "derived"
    del kinds["size"]
    questions = {
        name: {"kind": kind, "sure": draw(st.booleans()), **WRITTEN[kind]}
        for name, kind in kinds.items()
    }
    steps = draw(_steps({**kinds, "size": "derived"})) if with_steps else []
    if steps:
        questions["held"] = {"kind": "several", "holds": True, "options": _DOCUMENTS}
        ask.append({"held": {}})
    goals = [step["step"] for step in steps if draw(st.booleans())]
    return a_guide(questions, {"ask": ask, "derive": {"size": derived}, "goals": goals}, steps)


_DOCUMENTS = [f"d{number}" for number in range(5)]


@st.composite
def _steps(draw: DrawFn, kinds: Mapping[str, str]) -> list[Raw]:
    """Steps that need what earlier ones may give, so that no circle is made."""
    made: list[Raw] = []
    for number in range(draw(st.integers(2, 6))):
        needs = st.fixed_dictionaries(
            {
                "any": st.lists(
                    st.sampled_from(_DOCUMENTS[:number] or ["d0"]), min_size=1, max_size=2
                )
            },
            optional={"when": conditions(kinds)},
        )
        made.append(
            {
                "step": f"s{number}",
                "gives": draw(
                    st.lists(st.sampled_from(_DOCUMENTS[number:] or ["end"]), max_size=2)
                ),
                "needs": draw(st.lists(needs, max_size=2)) if number else [],
                "at": draw(st.sampled_from(["office", "ministry"])),
                **({"when": draw(conditions(kinds))} if draw(st.booleans()) else {}),
            }
        )
    return made


def kinds_of(guide: Guide) -> dict[str, str]:
    """The kinds of the questions of a random guide, without the one for papers held."""
    return {name: each.kind for name, each in guide.questions.items() if not each.holds}


@st.composite
def some_answers(draw: DrawFn, guide: Guide) -> dict[str, Json]:
    """Stored answers to some of the questions, whether or not they apply."""
    found: dict[str, Json] = {}
    for name, kind in kinds_of(guide).items():
        values = [*VALUES[kind], *([None] if guide.questions[name].may_be_unknown else [])]
        if draw(st.booleans()):
            found[name] = draw(st.sampled_from(values))
    if "held" in guide.questions:
        found["held"] = draw(st.lists(st.sampled_from(_DOCUMENTS), max_size=2, unique=True))
    return found


def any_answer(guide: Guide, name: str) -> Iterator[Json]:
    """Everything that a random question can be answered with."""
    yield from VALUES[guide.questions[name].kind]
    if guide.questions[name].may_be_unknown:
        yield None
