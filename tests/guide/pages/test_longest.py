"""The longest screens: whatever is answered, no page is longer than what was added up for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.engine.eligibility import Match, matches
from bot.engine.guide import Guide
from bot.engine.reach import reached
from bot.engine.replay import Walk, replay
from bot.engine.roadmap import alone, roadmap
from bot.engine.values import Truth
from bot.guide.pages import figures
from bot.guide.pages.article import article_text
from bot.guide.pages.longest import FRAME, longest_screens, units
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
from bot.guide.screen import LONGEST_TEXT, ON_A_PAGE
from bot.guide.shelf import Edition
from tests.engine.building import Raw, a_programme, assert_sound
from tests.guide.pages.citizens import CITIZENS, citizen, done_by, flow_of
from tests.guide.pages.conftest import Editions

TODAY = date(2026, 11, 22)


Lengths = dict[tuple[str, str], int]
"""The length of pages in UTF-16 units, by the file to shorten and what they show."""


Page = tuple[tuple[str, str], str]
"""A page: its file and what it shows, and its text."""


def longest(edition: Edition) -> Lengths:
    """The most that each screen was added up to."""
    found: Lengths = {}
    for screen in longest_screens(edition):
        key = (screen.file, screen.what)
        found[key] = max(screen.units, found.get(key, 0))
    return found


def pages(edition: Edition, number: int) -> Iterator[Page]:
    """Every page that a citizen can open on the way, by its file and what it shows."""
    guide, language = edition.guide, edition.voice.language
    answers, done = citizen(guide, number), done_by(guide, number)
    name, words = flow_of(guide, number).flow, f"content/{language}/words/questions.yaml"
    walk = replay(guide, guide.flows[name], answers)
    values = {item.id: edition.voice.plain("answer.missing") for item in walk.flow.ask}
    values |= {name: figures.answer(name, answers[name], edition) for name in answers}
    for question in walk.asked:
        yield (words, question), question_text(edition, question, walk)
    yield (words, f"summary of {name}"), summary_text(edition, walk, answers)
    yield from _steps(edition, walk, done, values)
    for article in walk.flow.articles:
        key = (f"content/{language}/articles/{article}.md", article)
        yield key, article_text(edition, article, values, TODAY)
    if found := matches(guide, walk):
        yield from _programmes(edition, walk, found, values)


def _steps(
    edition: Edition, walk: Walk, done: tuple[str, ...], values: dict[str, str]
) -> Iterator[Page]:
    """The roadmap and its steps; before the last answer, each step by itself."""
    guide, name, file = edition.guide, walk.flow.flow, f"flows/{walk.flow.flow}.yaml"
    road = roadmap(guide, walk, done) if walk.position is None else None
    if road:
        yield (file, "roadmap"), roadmap_text(edition, name, road)
        yield (file, "papers"), papers_text(edition, name, road)
        stops = [*road.stops, *road.perhaps]
    else:
        stops = [alone(guide, walk, done, step) for step in reached(guide, walk.flow)]
    for stop in stops:
        key = (f"content/{edition.voice.language}/steps/{stop.id}.md", stop.id)
        yield key, step_text(edition, road, stop, TODAY)
        yield key, step_more(edition, stop, values)


def _programmes(
    edition: Edition, walk: Walk, found: Sequence[Match], values: dict[str, str]
) -> Iterator[Page]:
    name, file = walk.flow.flow, f"flows/{walk.flow.flow}.yaml"
    fits, asks = (
        [each for each in found if each.truth is truth][:ON_A_PAGE]
        for truth in (Truth.YES, Truth.UNKNOWN)
    )
    if walk.position is None:
        yield (file, "results"), results_text(edition, name, found, fits)
        yield (file, "asks"), asks_text(edition, name, asks)
        yield (file, "refusals"), refusals_text(edition, name, found)
    for each in found:
        key = (f"content/{edition.voice.language}/programmes/{each.id}.md", each.id)
        yield key, programme_text(edition, each, walk.facts, TODAY)
        yield key, programme_more(edition, each, values)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_of_every_citizen_is_within_what_was_added_up(
    language: str, real: Editions
) -> None:
    edition = real[language]
    most = longest(edition)
    assert max(most.values()) <= LONGEST_TEXT
    for number in range(CITIZENS):
        too_long = {
            key: (units(text), most[key])
            for key, text in pages(edition, number)
            if units(text) + FRAME > most[key]
        }
        assert too_long == {}, number


def test_every_roadmap_of_every_citizen_is_sound(real: Editions) -> None:
    guide = real["ar"].guide
    for number in range(CITIZENS):
        walk = replay(guide, flow_of(guide, number), citizen(guide, number))
        road = roadmap(guide, walk, done_by(guide, number))
        assert_sound(road)
        assert (walk.progress == 1) is (walk.position is None)


def test_every_citizen_of_a_flow_that_ends_in_a_roadmap_gets_a_step(real: Editions) -> None:
    guide = real["ar"].guide
    for number in range(CITIZENS):
        walk = replay(guide, flow_of(guide, number), citizen(guide, number))
        if walk.position is None and walk.flow.goals and not walk.flow.results_first:
            road = roadmap(guide, walk, ())
            assert road.stops or road.perhaps, number


def test_what_a_citizen_could_be_told_at_most_is_shown(small: Editions) -> None:
    flows = ("licence", "money", "learn")
    questions = ("governorate", "capital", "summary of licence", "summary of money")
    assert longest(small["en"]).keys() >= {
        *(("content/en/words/questions.yaml", what) for what in questions),
        *((f"flows/{flow}.yaml", what) for flow in flows for what in ("roadmap", "papers")),
        *((f"flows/{flow}.yaml", what) for flow in flows[1:] for what in ("results", "asks")),
        *((f"content/en/steps/{step}.md", step) for step in ("permit", "register")),
        ("content/en/programmes/seed-loan.md", "seed-loan"),
        ("content/en/articles/soap.md", "soap"),
        ("content/en/words/bodies.yaml", "bank"),
        ("content/en/words/governorates.yaml", "homs"),
        ("content/en/words/glossary.yaml", "stamp"),
        ("content/data/calendar.yaml", "calendar"),
    }


def test_a_longer_text_makes_a_longer_screen(small: Editions) -> None:
    edition = small["en"]
    words = edition.words.steps["permit"]
    longer = words.model_copy(update={"body": words.body + " and wait" * 100})
    steps = {**edition.words.steps, "permit": longer}
    told = replace(edition, words=replace(edition.words, steps=steps))
    before, after = longest(edition), longest(told)
    [changed] = [key for key in before if before[key] != after[key]]
    assert changed == ("content/en/steps/permit.md", "permit")
    assert after[changed] > 900


@pytest.mark.parametrize(
    "terms",
    [
        [{"clean-record": {}}],
        [{"clean-record": {}}, {"for-makers": {"when": {"sector": "craft"}}}],
        [{"clean-record": {}}, {"for-makers": {"when": {"capital": {"min": "5 USD"}}}}, "unknown"],
    ],
)
def test_terms_that_nobody_is_asked_about_are_added_up(small: Editions, terms: list[Raw]) -> None:
    """Long reasons make a long page, also where the answers match."""
    edition = small["en"]
    parts: dict[str, Any] = {n: getattr(edition.guide, n) for n in Guide.__dataclass_fields__}
    loan = a_programme("seed-loan", by="bank", terms=terms)
    parts["programmes"] = {**edition.guide.programmes, "seed-loan": loan}
    reasons = {name: f"{name} " * 100 for name in edition.words.reasons}
    told = replace(edition, guide=Guide(**parts), words=replace(edition.words, reasons=reasons))
    most = longest(told)["content/en/programmes/seed-loan.md", "seed-loan"]
    for sector in ("trade", "craft", None):
        walk = replay(told.guide, told.guide.flows["money"], {"sector": sector})
        [found] = [each for each in matches(told.guide, walk) if each.id == "seed-loan"]
        assert units(programme_text(told, found, walk.facts, TODAY)) <= most


def test_a_page_with_old_sources_is_longest_before_it_is_due(small: Editions) -> None:
    edition = small["en"]
    parts: dict[str, Any] = {n: getattr(edition.guide, n) for n in Guide.__dataclass_fields__}
    old = {"sources": ("L-02",)}
    parts["articles"] = {"soap": edition.guide.articles["soap"].model_copy(update=old)}
    steps = {name: step.model_copy(update=old) for name, step in edition.guide.steps.items()}
    told = replace(edition, guide=Guide(**{**parts, "steps": steps}), words=replace(edition.words))
    values = {"governorate": told.voice.plain("answer.missing")}
    article = article_text(told, "soap", values, TODAY)
    most = longest(told)
    assert units(article) + FRAME <= most["content/en/articles/soap.md", "soap"]
    walk = replay(told.guide, told.guide.flows["licence"], {})
    permit = step_text(told, None, alone(told.guide, walk, (), "permit"), TODAY)
    due = step_text(told, None, alone(told.guide, walk, (), "permit"), date.max)
    before = longest(replace(told, guide=edition.guide, words=replace(edition.words)))
    key = ("content/en/steps/permit.md", "permit")
    assert most[key] - before[key] == units(permit) - units(due) > 0


def test_the_longest_answer_may_be_that_nobody_knows(small: Editions) -> None:
    edition = small["en"]
    guide: Guide = edition.guide
    sure = {
        name: question.model_copy(update={"sure": True})
        for name, question in guide.questions.items()
    }
    parts = {name: getattr(guide, name) for name in Guide.__dataclass_fields__}
    known = replace(
        edition, guide=Guide(**{**parts, "questions": sure}), words=replace(edition.words)
    )
    may, never = (
        next(s.units for s in longest_screens(each) if s.what == "summary of licence")
        for each in (edition, known)
    )
    assert may > never
