"""The longest text that each screen can come to, so that none is ever refused by Telegram."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from html import unescape
from typing import Final
from weakref import WeakKeyDictionary

from markupsafe import Markup

from bot.engine.classes import questions_read
from bot.engine.conditions import Condition, reads
from bot.engine.eligibility import Match
from bot.engine.flow import Flow
from bot.engine.programme import Programme
from bot.engine.reach import reached
from bot.engine.replay import Walk, replay
from bot.engine.roadmap import Roadmap
from bot.engine.step import Need
from bot.engine.stop import Requirement, Stop
from bot.engine.values import Json, Truth
from bot.guide.kinds import CALENDAR, PAGES, page_file, words_file
from bot.guide.pages import figures
from bot.guide.pages.article import article_text, glossary_text, word_text
from bot.guide.pages.directory import body_text, calendar_text, governorate_text
from bot.guide.pages.longest_road import LongestRoad, LongestStop
from bot.guide.pages.office import longest
from bot.guide.pages.programme import (
    asks_text,
    programme_more,
    programme_text,
    refusals_text,
    results_text,
)
from bot.guide.pages.question import question_text, summary_text
from bot.guide.pages.road import papers_text, roadmap_text
from bot.guide.pages.step import step_more, step_text
from bot.guide.screen import ON_A_PAGE
from bot.guide.shelf import Edition
from bot.guide.words import Words

TAG = re.compile(r"<[^>]+>")
FOLDED = re.compile(r"<blockquote expandable>.*?</blockquote>", re.DOTALL)
LONGEST_TYPED = "م" * 500
"""The most that is kept of a text which a person types."""
_DAYS: Final = (date.min, date.max)
"""A page that is due says so, and one that is not may say instead that its sources are old."""
_PLACE: Final = {"place": 10, "all": 10}
FRAME = 250
"""Units set aside for the note that may stand above a screen."""


@dataclass(frozen=True, slots=True)
class Screenful:
    """A screen at its longest: the file to shorten, what it shows, and its UTF-16 units."""

    file: str
    what: str
    units: int
    open: int
    """Units that are seen without opening what is folded."""


def units(html: str) -> int:
    """UTF-16 units after entities are parsed, as Telegram counts."""
    return len(unescape(TAG.sub("", html)).encode("utf-16-le")) // 2


_drawn: WeakKeyDictionary[Words, tuple[Screenful, ...]] = WeakKeyDictionary()


def longest_screens(edition: Edition) -> tuple[Screenful, ...]:
    """Every screen that shows the guide in this language, with its longest values added up.

    Several judge them, and drawing takes a second: each guide is drawn once.
    """
    if edition.words not in _drawn:
        flows = edition.guide.flows.values()
        drawn = (screen for flow in flows for screen in _of_flow(edition, flow))
        _drawn[edition.words] = (*drawn, *_of_directory(edition))
    return _drawn[edition.words]


def _of_flow(edition: Edition, flow: Flow) -> Iterator[Screenful]:
    answers = {item.id: _longest_answer(edition, item.id) for item in flow.ask}
    walk = replay(edition.guide, flow, {})
    everything = Walk(flow, walk.facts, tuple(answers), (), (), Fraction(1))
    values = {name: figures.answer(name, answer, edition) for name, answer in answers.items()}
    yield from _questions(edition, everything, answers, values)
    missing = edition.voice.plain("answer.missing")
    values = {name: max(said, missing, key=len) for name, said in values.items()}
    road = _everything(edition, everything)
    for way in _ways(edition, road):
        for stop in way.stops:
            file = page_file(edition.voice.language, "steps", stop.id)
            for today in _DAYS:
                yield _screenful(file, stop.id, step_text(edition, way, stop, today))
    for stop in road.stops:
        file = page_file(edition.voice.language, "steps", stop.id)
        yield _screenful(file, stop.id, step_more(edition, stop, values))
    file = f"flows/{flow.flow}.yaml"
    yield _screenful(file, "roadmap", roadmap_text(edition, flow.flow, road))
    yield _screenful(file, "papers", papers_text(edition, flow.flow, road))
    yield from _programmes(edition, everything, values)
    for name in flow.articles:
        file = page_file(edition.voice.language, "articles", name)
        for today in _DAYS:
            yield _screenful(file, name, article_text(edition, name, values, today))


def _questions(
    edition: Edition, walk: Walk, answers: dict[str, Json], values: dict[str, str]
) -> Iterator[Screenful]:
    words = words_file(edition.voice.language, "questions")
    said = [f"{edition.words.questions[name].label}: {values[name]}" for name in answers]
    listed = edition.voice.plain("list.and").join(said)
    taken_over = edition.voice.say("question.took-over", answers=listed)
    for name in answers:
        yield _screenful(words, name, question_text(edition, name, walk, [taken_over]))
    summary = summary_text(edition, walk, answers)
    yield _screenful(words, f"summary of {walk.flow.flow}", summary)


def _programmes(edition: Edition, walk: Walk, values: dict[str, str]) -> Iterator[Screenful]:
    """The programmes as they are longest: all still open, or all refused for every reason."""
    flow, programmes = walk.flow.flow, [edition.guide.programmes[n] for n in walk.flow.programmes]
    if not programmes:
        return

    def length(match: Match) -> int:
        return units(asks_text(edition, flow, [match]))

    asks = sorted((_unsure(edition, walk, p) for p in programmes), key=length, reverse=True)
    fits = [replace(each, truth=Truth.YES, open=()) for each in asks]
    refused = [Match(each, Truth.NO, each.published, ()) for each in programmes if each.published]
    shown = sorted(fits, key=length, reverse=True)[:ON_A_PAGE]
    yield _screenful(f"flows/{flow}.yaml", "results", results_text(edition, flow, asks, shown))
    yield _screenful(f"flows/{flow}.yaml", "asks", asks_text(edition, flow, asks[:ON_A_PAGE]))
    yield _refusals(edition, flow, refused)
    for each in (*asks, *fits, *refused):
        words = page_file(edition.voice.language, "programmes", each.id)
        for today in _DAYS:
            yield _screenful(words, each.id, programme_text(edition, each, walk.facts, today))
        yield _screenful(words, each.id, programme_more(edition, each, values))


def _refusals(edition: Edition, flow: str, refused: list[Match]) -> Screenful:
    """The refusals as if each programme stood alone under the longest of its reasons."""
    empty = refusals_text(edition, flow, [])
    total = units(empty)
    for each in refused:
        reason = max(each.refusals, key=lambda term: len(edition.words.reasons[term.id]))
        alone = refusals_text(edition, flow, [replace(each, refusals=(reason,))])
        total += units(alone) - units(empty) + len("\n\n")
    return Screenful(f"flows/{flow}.yaml", "refusals", total + FRAME, total)


def _unsure(edition: Edition, walk: Walk, programme: Programme) -> Match:
    asked = {*walk.facts, *walk.flow.derive}
    unasked = tuple(
        t for t in programme.published if not (t.when and asked.issuperset(reads(t.when)))
    )
    conditions = [term.when for term in programme.published if term.when]
    return Match(programme, Truth.UNKNOWN, (), _doubts(edition, walk, conditions), unasked)


def _of_directory(edition: Edition) -> Iterator[Screenful]:
    def words(kind: str) -> str:
        return words_file(edition.voice.language, kind)

    for name in edition.guide.bodies:
        yield _screenful(words("bodies"), name, body_text(edition, name))
    for name in edition.guide.governorates:
        yield _screenful(words("governorates"), name, governorate_text(edition, name, longest("م")))
    for name in edition.guide.glossary:
        yield _screenful(words("glossary"), name, word_text(edition, name))
    for kind in PAGES:
        for name, page in getattr(edition.guide, kind).items():
            file = page_file(edition.voice.language, kind, name)
            yield _screenful(file, name, glossary_text(edition, page.glossary))
    yield _screenful(CALENDAR[0], "calendar", calendar_text(edition))


def _screenful(file: str, what: str, text: Markup) -> Screenful:
    return Screenful(file, what, units(text) + FRAME, units(FOLDED.sub("", text)))


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
    found = reached(edition.guide, walk.flow)
    names = [name for name in edition.guide.steps if name in found]
    stops = tuple(_stop(edition, walk, name) for name in names)
    return LongestRoad(edition.guide, walk, stops, tuple(s for s in stops if s.open), stops)


def _ways(edition: Edition, road: Roadmap) -> Iterator[Roadmap]:
    """The roadmap with every step possible, and with every step certain and done."""
    yield road
    state = max("done", "held", key=lambda each: len(edition.voice.plain(f"step.{each}", **_PLACE)))
    yield replace(road, stops=tuple(replace(s, certain=True, state=state) for s in road.stops))


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


def _stop(edition: Edition, walk: Walk, name: str) -> Stop:
    step = edition.guide.steps[name]
    return LongestStop(
        step=step,
        certain=False,
        open=_doubts(edition, walk, _deciding(edition, walk.flow, name)),
        state="todo",
        after=(),
        requirements=tuple(_requirement(edition, walk, need) for need in step.needs),
        facts={},
    )
