"""The longest text that each screen can come to, so that none is ever refused by Telegram."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from html import unescape

from markupsafe import Markup

from bot.engine.classes import questions_read
from bot.engine.conditions import Condition
from bot.engine.flow import Flow, Need
from bot.engine.replay import Walk, replay
from bot.engine.roadmap import Paper, Requirement, Roadmap, Stop
from bot.engine.totals import Range, Totals
from bot.engine.values import Json, Truth
from bot.guide.pages import figures
from bot.guide.pages.question import question_text, summary_text
from bot.guide.pages.road import papers_text, roadmap_text
from bot.guide.pages.step import step_text
from bot.guide.shelf import Edition

TAG = re.compile(r"<[^>]+>")
LONGEST_TYPED = "م" * 500
"""The most that is kept of a text which a person types."""
FRAME = 250
"""Units set aside for the note that may stand above a screen."""

LARGEST = Range(Fraction(10**15 + 1, 100), Fraction(10**15 + 2, 100))
"""A sum as long as any that capital and fees come to."""


@dataclass(frozen=True, slots=True)
class Screenful:
    """A screen at its longest: the file to shorten, what it shows, and its UTF-16 units."""

    file: str
    what: str
    units: int


def units(html: str) -> int:
    """UTF-16 units after entities are parsed, as Telegram counts."""
    return len(unescape(TAG.sub("", html)).encode("utf-16-le")) // 2


def longest_screens(edition: Edition) -> Iterator[Screenful]:
    """Every screen that shows the guide in this language, with its longest values added up."""
    for flow in edition.guide.flows.values():
        yield from _of_flow(edition, flow)


def _of_flow(edition: Edition, flow: Flow) -> Iterator[Screenful]:
    language = edition.voice.language
    answers = {item.id: _longest_answer(edition, item.id) for item in flow.ask}
    walk = replay(edition.guide, flow, {})
    everything = Walk(flow, walk.facts, tuple(answers), (), (), Fraction(1))
    values = {name: figures.answer(name, answer, edition) for name, answer in answers.items()}
    words = f"content/{language}/words/questions.yaml"
    said = [f"{edition.words.questions[name].label}: {values[name]}" for name in answers]
    listed = edition.voice.plain("list.and").join(said)
    taken_over = edition.voice.say("question.took-over", answers=listed)
    for name in answers:
        text = question_text(edition, name, everything, [taken_over])
        yield _screenful(words, name, text)
    yield _screenful(words, f"summary of {flow.flow}", summary_text(edition, everything, answers))
    road = _everything(edition, everything)
    for stop in road.stops:
        text = step_text(edition, road, stop, values, date.max)
        yield _screenful(f"content/{language}/steps/{stop.id}.md", stop.id, text)
    file = f"flows/{flow.flow}.yaml"
    yield _screenful(file, "roadmap", roadmap_text(edition, flow.flow, road))
    yield _screenful(file, "papers", papers_text(edition, flow.flow, road))


def _screenful(file: str, what: str, text: Markup) -> Screenful:
    return Screenful(file, what, units(text) + FRAME)


def _longest_answer(edition: Edition, name: str) -> Json:
    question = edition.guide.questions[name]
    longest: list[Json] = [None] if question.may_be_unknown else []
    match question.kind:
        case "choice" | "yes-no" | "governorate":
            longest += edition.guide.option_ids(name)
        case "several":
            longest.append(list(question.option_ids()))
        case "number":
            longest.append(question.max or 10**12)
        case "money":
            longest.append({"amount": question.max or 10**15, "unit": "old SYP"})
        case "date":
            longest += ["2026-09-30", "2026-11-30"]
        case "text" | "contact":
            longest.append(LONGEST_TYPED)
    return max(longest, key=lambda each: len(figures.answer(name, each, edition)))


def _everything(edition: Edition, walk: Walk) -> Roadmap:
    """A roadmap on which every step stands, with all that it may ever show, and none is done."""
    names = [name for name in edition.guide.steps if reachable(edition, walk.flow, name)]
    stops = tuple(_stop(edition, walk, name, wave) for wave, name in enumerate(names, 1))
    totals = Totals({"SYP": LARGEST, "USD": LARGEST}, len(stops), Range(1000, 9999), len(stops))
    return Roadmap(stops, tuple(stop for stop in stops if stop.open), totals)


def reachable(edition: Edition, flow: Flow, name: str) -> bool:
    """Whether a step may stand on a roadmap of the flow."""
    return name in flow.goals or bool(edition.guide.steps[name].gives)


def _deciding(edition: Edition, flow: Flow, name: str) -> Iterator[Condition]:
    """The conditions that decide whether a step is needed."""
    steps = edition.guide.steps
    yield steps[name].when
    for other, step in steps.items() if name not in flow.goals else ():
        for need in step.needs:
            if not set(need.any).isdisjoint(steps[name].gives):
                yield from _meeting(edition, need)
                yield from _deciding(edition, flow, other)


def _meeting(edition: Edition, need: Need) -> Iterator[Condition]:
    """The conditions that decide whether a need applies, and which step meets it."""
    yield need.when
    yield from (edition.guide.steps[giver].when for giver in _givers(edition, need))


def _givers(edition: Edition, need: Need) -> tuple[str, ...]:
    found = (giver for each in need.any for giver in edition.guide.givers.get(each, ()))
    return tuple(dict.fromkeys(found))


def _doubts(edition: Edition, walk: Walk, conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The questions that can leave the conditions open: not known, or dollars beside pounds."""
    read = questions_read(walk.flow, conditions)
    asked = {name: edition.guide.questions[name] for name in walk.asked if name in read}
    return tuple(name for name, q in asked.items() if q.may_be_unknown or q.kind == "money")


def _requirement(edition: Edition, walk: Walk, need: Need) -> Requirement:
    unsure = _doubts(edition, walk, _meeting(edition, need))
    truth = Truth.UNKNOWN if unsure else Truth.YES
    return Requirement(need, None, _givers(edition, need), truth)


def _stop(edition: Edition, walk: Walk, name: str, wave: int) -> Stop:
    step = edition.guide.steps[name]
    return Stop(
        step=step,
        certain=False,
        open=_doubts(edition, walk, _deciding(edition, walk.flow, name)),
        state="todo",
        after=(),
        requirements=tuple(_requirement(edition, walk, need) for need in step.needs),
        papers=tuple(
            Paper(d.id, d.originals, d.copies, certain=False, source=d.source) for d in step.papers
        ),
        bodies=tuple(case.value for case in step.at),
        fees=tuple(case.value for case in step.fee),
        times=tuple(case.value for case in step.time),
        wave=wave,
        visit=wave,
    )
