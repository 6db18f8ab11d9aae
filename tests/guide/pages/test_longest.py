"""The longest screens: whatever is answered, no page is longer than what was added up for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.engine.guide import Guide
from bot.engine.replay import replay
from bot.engine.roadmap import roadmap
from bot.engine.values import Json
from bot.guide.pages import figures
from bot.guide.pages.longest import FRAME, longest_screens, units
from bot.guide.pages.question import question_text, summary_text
from bot.guide.pages.road import papers_text, roadmap_text
from bot.guide.pages.step import step_text
from bot.guide.screen import LONGEST_TEXT
from bot.guide.shelf import Edition
from tests.engine.building import assert_sound
from tests.guide.pages.citizens import CITIZENS, citizen, done_by
from tests.guide.pages.conftest import Editions

TODAY = date(2026, 11, 22)


def pages(edition: Edition, answers: dict[str, Json], done: tuple[str, ...]) -> dict[str, int]:
    """The length of every page that somebody can open, by what it shows."""
    name, flow = "licence", edition.guide.flows["licence"]
    walk = replay(edition.guide, flow, answers)
    road = roadmap(edition.guide, walk, done)
    values = {item.id: edition.voice.plain("answer.missing") for item in flow.ask}
    values |= {name: figures.answer(name, answers[name], edition) for name in answers}
    texts = {question: question_text(edition, question, walk) for question in walk.asked}
    texts[f"summary of {name}"] = summary_text(edition, walk, answers)
    texts["roadmap"] = roadmap_text(edition, name, road)
    texts["papers"] = papers_text(edition, name, road)
    for stop in (*road.stops, *road.perhaps):
        texts[stop.id] = step_text(edition, road, stop, values, TODAY)
    return {what: units(text) for what, text in texts.items()}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_of_every_citizen_is_within_what_was_added_up(
    language: str, real: Editions
) -> None:
    edition = real[language]
    most = {screen.what: screen.units for screen in longest_screens(edition)}
    assert max(most.values()) <= LONGEST_TEXT
    for number in range(CITIZENS):
        answers, done = citizen(edition.guide, number), done_by(edition.guide, number)
        too_long = {
            what: (length, most[what])
            for what, length in pages(edition, answers, done).items()
            if length + FRAME > most[what]
        }
        assert too_long == {}, answers


def test_every_roadmap_of_every_citizen_is_sound(real: Editions) -> None:
    guide = real["ar"].guide
    seen: set[str] = set()
    for number in range(CITIZENS):
        walk = replay(guide, guide.flows["licence"], citizen(guide, number))
        road = roadmap(guide, walk, done_by(guide, number))
        assert_sound(road)
        assert (walk.progress == 1) is (walk.position is None)
        assert walk.position is not None or road.stops
        seen |= road.certain
    assert seen >= set(guide.flows["licence"].goals)


def test_what_a_citizen_could_be_told_at_most_is_shown(small: Editions) -> None:
    most = {screen.what: screen for screen in longest_screens(small["en"])}
    assert {"governorate", "capital", "summary of licence", "permit", "register"} <= most.keys()
    assert most["permit"].file == "content/en/steps/permit.md"
    assert most["workers"].file == "content/en/words/questions.yaml"
    assert {most[what].file for what in ("roadmap", "papers")} == {"flows/licence.yaml"}


def test_a_longer_text_makes_a_longer_screen(small: Editions) -> None:
    edition = small["en"]
    words = edition.words.steps["permit"]
    longer = words.model_copy(update={"body": words.body + " and wait" * 100})
    steps = {**edition.words.steps, "permit": longer}
    told = replace(edition, words=replace(edition.words, steps=steps))
    before, after = (
        {screen.what: screen.units for screen in longest_screens(each)} for each in (edition, told)
    )
    assert after["permit"] == before["permit"] + 900
    assert {what for what in before if before[what] != after[what]} == {"permit"}


def test_the_longest_answer_may_be_that_nobody_knows(small: Editions) -> None:
    edition = small["en"]
    guide: Guide = edition.guide
    sure = {
        name: question.model_copy(update={"sure": True})
        for name, question in guide.questions.items()
    }
    parts = {name: getattr(guide, name) for name in Guide.__dataclass_fields__}
    known = replace(edition, guide=Guide(**{**parts, "questions": sure}))
    may, never = (
        next(s.units for s in longest_screens(each) if s.what == "summary of licence")
        for each in (edition, known)
    )
    assert may > never
