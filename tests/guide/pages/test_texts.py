"""The texts of a question, the summary, a roadmap, its papers and a step, as a citizen reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from markupsafe import Markup

from bot.engine.guide import Guide
from bot.engine.replay import Walk, replay
from bot.engine.roadmap import Roadmap, alone, roadmap
from bot.engine.values import Json
from bot.guide.pages.question import question_text, summary_text
from bot.guide.pages.road import papers_text, roadmap_text
from bot.guide.pages.step import step_more, step_text
from bot.guide.shelf import Edition
from tests.engine.building import a_step

WORKSHOP: dict[str, Json] = {
    "governorate": "homs",
    "sector": "craft",
    "workers": 3,
    "premises": "rented",
    "capital": {"amount": 5_000_000, "unit": "old SYP"},
    "serves-food": "no",
    "papers-held": ["lease"],
}
TODAY = date(2026, 11, 22)


def walk(edition: Edition, answers: dict[str, Json]) -> Walk:
    return replay(edition.guide, edition.guide.flows["licence"], answers)


def road(edition: Edition, answers: dict[str, Json], *done: str) -> Roadmap:
    return roadmap(edition.guide, walk(edition, answers), done)


def page(
    edition: Edition, step: str, answers: dict[str, Json], *done: str, today: date = TODAY
) -> str:
    found = road(edition, answers, *done)
    stop = found.stop(step)
    assert stop is not None
    return step_text(edition, found, stop, today)


def more(edition: Edition, step: str, answers: dict[str, Json]) -> str:
    stop = road(edition, answers).stop(step)
    assert stop is not None
    return step_more(edition, stop, {"governorate": "<Homs>"})


def head(edition: Edition, answers: dict[str, Json], *done: str) -> str:
    return roadmap_text(edition, "licence", road(edition, answers, *done))


def papers(edition: Edition, answers: dict[str, Json], *done: str) -> str:
    return papers_text(edition, "licence", road(edition, answers, *done))


def with_step(edition: Edition, step: str, **changed: Any) -> Edition:
    """The guide with a step told anew."""
    steps = {**edition.guide.steps, step: a_step(step, **{"at": "ministry", **changed})}
    guide = edition.guide
    parts: dict[str, Any] = {
        name: getattr(guide, name) for name in Guide.__dataclass_fields__ if name != "steps"
    }
    return replace(edition, guide=Guide(steps=steps, **parts))


def test_a_question_says_where_we_are_why_we_ask_and_its_hint(english: Edition) -> None:
    half = {name: WORKSHOP[name] for name in ("governorate", "sector")}
    text = question_text(english, "workers", walk(english, half), [Markup("A <b>note</b>")])
    note, place, asked, why, hint = text.split("\n\n")
    assert note == "A <b>note</b>"
    assert place == "Licence\n▰▰▱▱▱▱▱▱▱▱ 25%"
    assert asked == "<b>How many workers?</b>"
    assert "For the size." in why
    assert "Without you." in hint


def test_a_question_without_a_hint_says_nothing_in_its_place(english: Edition) -> None:
    assert len(question_text(english, "capital", walk(english, {})).split("\n\n")) == 3


def test_the_summary_lists_answers_in_words_and_what_is_open(english: Edition) -> None:
    answers: dict[str, Json] = {"governorate": "homs", "sector": None, "workers": 3}
    text = summary_text(english, walk(english, answers), answers)
    assert "• Governorate: <b>Homs</b>\n• Sector: <b>I don" in text
    assert "• Workers: <b>3</b>" in text
    assert "Capital" not in text
    assert "every question" not in text
    whole = summary_text(english, walk(english, WORKSHOP), WORKSHOP)
    assert "You have answered every question." in whole


def test_a_summary_without_answers_says_so(english: Edition) -> None:
    assert len(summary_text(english, walk(english, {}), {}).split("\n\n")) == 2


def test_the_roadmap_says_what_is_next_in_which_order_and_for_how_much(english: Edition) -> None:
    text = head(english, WORKSHOP)
    assert "▱▱▱▱▱▱▱▱▱▱ 0 of 2 done" in text
    assert "Next: <b>register</b>" in text
    assert "• Begin with step 1.\n• Then step 2." in text
    assert "<b>Fees for what is left:</b> 201 new pounds\n" in text
    assert "3 to 15 days\nThe time of one step is not known." in text
    assert "Perhaps" not in text


def test_with_an_unknown_fee_the_sum_is_at_least(english: Edition) -> None:
    rich = WORKSHOP | {"capital": {"amount": 100_000, "unit": "new SYP"}}
    text = head(english, rich)
    assert "at least 401 new pounds" in text
    assert "One fee is not known" in text


def test_what_is_done_leaves_the_order_and_the_sums(english: Edition) -> None:
    text = head(english, WORKSHOP, "register")
    assert "▰▰▰▰▰▱▱▱▱▱ 1 of 2 done" in text
    assert "• Begin with step 2." in text
    finished = head(english, WORKSHOP, "register", "permit")
    assert "You have done every step" in finished
    assert "Fees" not in finished
    assert "Begin" not in finished


def test_possible_steps_are_named_with_the_question_that_decides(english: Edition) -> None:
    text = head(english, {})
    assert "no step is certain" in text
    assert "Depending on: Sector\n• register\n• permit" in text


def test_steps_of_one_visit_are_told_together(english: Edition) -> None:
    beside = with_step(english, "permit", at="ministry", gives=["permit"])
    two = with_step(beside, "register", at="ministry", gives=["register"])
    goals = two.guide.flows["licence"].model_copy(update={"goals": ("permit", "register")})
    guide = replace(two.guide, flows={"licence": goals})
    text = head(replace(two, guide=guide), WORKSHOP)
    assert "• Begin with steps 1, 2, in any order.\n• On one visit: steps 1, 2 (Ministry)." in text


def test_the_papers_are_added_up_over_the_steps(english: Edition) -> None:
    two = with_step(
        english,
        "register",
        gives=["register"],
        documents=[{"identity-card": {"copies": 1}}, {"lease": {"originals": 1, "copies": 1}}],
    )
    assert "• Identity card: 3 copies\n• Lease: 1 original, 1 copy" in papers(two, WORKSHOP)
    done = papers(two, WORKSHOP, "register")
    assert "• Identity card: 2 copies\n• Lease: 1 original\n" in done


def test_a_need_that_nobody_gives_is_among_the_papers_with_all_that_will_do(
    english: Edition,
) -> None:
    owner = WORKSHOP | {"premises": "owned", "papers-held": []}
    assert "• Lease or Deed" in papers(english, owner)
    assert "Lease or Deed" not in papers(english, WORKSHOP)


def test_a_need_that_a_missing_answer_decides_is_perhaps_a_paper(english: Edition) -> None:
    unsure = WORKSHOP | {"premises": None, "papers-held": []}
    asked = with_step(english, "permit", needs=[{"deed": {"when": {"premises": "owned"}}}])
    assert "• perhaps: Deed" in papers(asked, unsure)


def test_what_a_step_of_the_roadmap_gives_is_not_brought(english: Edition) -> None:
    papers_of_it = {"needs": ["register"], "documents": ["register", "deed"]}
    shown = with_step(english, "permit", **papers_of_it)
    assert "• Deed" in papers(shown, WORKSHOP)
    assert "Register" not in papers(shown, WORKSHOP)


def test_without_papers_the_page_says_so(english: Edition) -> None:
    assert "No paper is known." in papers(english, {})


def test_a_step_tells_place_needs_papers_fee_time_and_age(english: Edition) -> None:
    text = page(english, "permit", WORKSHOP)
    assert text.startswith("<b>permit</b>\nStep 2 of 2\n\n<i>permit.</i>\n\n")
    assert "<b>Where:</b> Town hall\n" in text
    assert "• Register: from the step “register”\n• Lease: you have it ✓" in text
    assert "• Identity card: 2 copies\n• Lease: 1 original\nThey may ask for more" in text
    assert "<b>Fee:</b>\n• Stamp: 100 old pounds (= 1 new pounds) (source of 2025)\n" in text
    assert "<b>Time:</b> 3 to 15 days (source of 2025)\n\n" in text
    assert text.endswith("Sources last read: 22 November 2026.")
    assert "Law" not in text
    assert "example.org" not in text


def test_behind_a_step_stand_its_text_the_law_and_every_source_once(english: Edition) -> None:
    text = more(english, "permit", WORKSHOP)
    assert text.startswith("<b>permit</b>\n\nIn &lt;Homs&gt;:\n\n• hand in the <b>form</b>\n")
    assert "\n\n<b>Law:</b> Trade law\n\n<blockquote expandable>" in text
    assert text.count('<a href="https://example.org/1">') == 1
    assert text.endswith("Low confidence. Older than December 2024.</blockquote>")
    assert "Fee" not in text


def test_behind_a_step_without_a_law_no_law_is_told(english: Edition) -> None:
    assert "Law" not in more(english, "register", WORKSHOP)


def test_a_step_that_is_looked_up_is_told_without_a_roadmap(english: Edition) -> None:
    stop = alone(english.guide, walk(english, {"governorate": "homs"}), (), "permit")
    text = step_text(english, None, stop, TODAY)
    assert text.startswith("<b>permit</b>\nA general page")
    assert "<b>Where:</b> Town hall\n" in text
    assert "• Identity card: 2 copies\n• perhaps: Lease: 1 original\n" in text
    assert "from the step" not in text


def test_a_step_read_long_ago_says_so(english: Edition) -> None:
    assert "That is a while ago" not in page(english, "permit", WORKSHOP, today=date(2027, 2, 20))
    assert "That is a while ago" in page(english, "permit", WORKSHOP, today=date(2027, 2, 21))


@pytest.mark.parametrize(
    ("held", "done", "said"),
    [([], (), "Step 1 of 2"), ([], ("register",), "done it"), (["register"], (), "you hold")],
)
def test_a_step_says_whether_it_is_done(
    held: list[str], done: tuple[str, ...], said: str, english: Edition
) -> None:
    assert said in page(english, "register", WORKSHOP | {"papers-held": held}, *done)


def test_a_possible_step_says_what_it_depends_on(english: Edition) -> None:
    text = page(english, "permit", {})
    assert "It depends on: Sector." in text
    assert "<b>Where:</b> Town hall or Ministry" in text
    assert "perhaps: Lease: 1 original" in text


def test_a_need_that_may_not_be_there_is_told_as_perhaps(english: Edition) -> None:
    unsure = with_step(
        english, "permit", needs=[{"register": {"when": {"premises": "owned"}}}, "deed"]
    )
    text = page(unsure, "permit", WORKSHOP | {"premises": None})
    assert "• perhaps: Register: from the step “register”\n• Deed: to bring with you" in text


def test_a_fee_that_a_missing_answer_decides_shows_every_case(english: Edition) -> None:
    text = page(english, "register", WORKSHOP | {"capital": None})
    assert (
        "<b>Fee:</b> depending on an answer we do not have yet:\n"
        "• free of charge (source of 2025)\n• not known, ask the office.\n"
    ) in text


def test_in_arabic_marks_keep_their_lines_from_right_to_left(arabic: Edition) -> None:
    for text in (head(arabic, WORKSHOP), papers(arabic, WORKSHOP)):
        marked = [line for line in text.splitlines() if "•" in line]
        assert marked
        assert all(line.startswith("\u200f•") for line in marked)
