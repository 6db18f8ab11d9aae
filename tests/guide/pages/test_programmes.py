"""The texts of programmes: what fits, what is missing, what not and why; never surer than a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.engine.eligibility import Match, matches
from bot.engine.guide import Guide
from bot.engine.replay import Walk, replay
from bot.engine.values import Json, Truth
from bot.guide.pages.programme import (
    asks_text,
    programme_more,
    programme_text,
    refusals_text,
    results_text,
)
from bot.guide.shelf import Edition
from tests.engine.building import a_programme

Answers = dict[str, Json]
WEAVER: Answers = {"governorate": "homs", "sector": "craft", "workers": 3}
TRADER: Answers = {"governorate": "homs", "sector": "trade"}
TODAY = date(2026, 11, 22)


def walk(edition: Edition, answers: Answers) -> Walk:
    return replay(edition.guide, edition.guide.flows["money"], answers)


def found(edition: Edition, answers: Answers) -> dict[str, Match]:
    return {each.id: each for each in matches(edition.guide, walk(edition, answers))}


def page(edition: Edition, name: str, answers: Answers, today: date = TODAY) -> str:
    facts = walk(edition, answers).facts
    return programme_text(edition, found(edition, answers)[name], facts, today)


def verdict(edition: Edition, name: str, answers: Answers) -> list[str]:
    """The lines that say whether it fits."""
    return page(edition, name, answers).split("\n\n")[2].splitlines()


def results(edition: Edition, answers: Answers) -> str:
    every = list(found(edition, answers).values())
    fits = [each for each in every if each.truth is Truth.YES]
    return results_text(edition, "money", every, fits)


def asks(edition: Edition, answers: Answers) -> str:
    every = found(edition, answers).values()
    return asks_text(edition, "money", [each for each in every if each.truth is Truth.UNKNOWN])


def refusals(edition: Edition, answers: Answers) -> str:
    return refusals_text(edition, "money", list(found(edition, answers).values()))


def with_loan(edition: Edition, **changed: Any) -> Edition:
    """The guide with the loan told anew."""
    guide = edition.guide
    parts: dict[str, Any] = {name: getattr(guide, name) for name in Guide.__dataclass_fields__}
    loan = a_programme("seed-loan", **{"by": "bank", **changed})
    parts["programmes"] = {**guide.programmes, "seed-loan": loan}
    return replace(edition, guide=Guide(**parts))


def test_the_state_of_a_programme_stands_beside_its_name(english: Edition) -> None:
    text = results(english, WEAVER)
    assert text.startswith("<b>What you may get: Money</b>\n\n<b>Your answers match")
    assert "• seed-loan: open (2025-07-30)\n" in text
    assert "• evening-course: not known whether it works today (2025)\n" in text
    assert text.endswith("ask it before you pay anything.")


def test_what_is_missing_or_does_not_fit_is_counted_and_not_among_the_results(
    english: Edition,
) -> None:
    text = results(english, TRADER)
    assert "seed-loan" not in text
    assert "closed-fund" not in text
    assert "For one programme something is missing.\nOne programme does not fit now." in text
    assert "does not fit" not in results(english, WEAVER)


def test_where_nothing_fits_that_is_said(english: Edition) -> None:
    every = [match for match in found(english, TRADER).values() if match.id == "seed-loan"]
    text = results_text(english, "money", every, [])
    assert "We found no programme whose published terms all match your answers." in text
    assert "Your answers match" not in text


def test_what_is_missing_names_the_question_where_there_is_one(english: Edition) -> None:
    text = asks(english, {"governorate": "homs"})
    assert "• seed-loan: open (2025-07-30). Tell us first: Sector, Workers.\n" in text
    assert "• closed-fund: closed (undated)\n" in text
    assert "evening-course" not in text


def test_refusals_stand_under_their_reason(english: Edition) -> None:
    text = refusals(english, TRADER)
    assert "• <b>The loan is for crafts and food only.</b> seed-loan\n" in text
    assert "evening-course" not in text


def test_a_programme_gives_every_reason_why_not(english: Edition) -> None:
    assert verdict(english, "seed-loan", TRADER) == [
        "<b>By your answers it does not fit:</b>",
        "• The loan is for crafts and food only.",
        "• The loan is for fifty workers or fewer.",
    ]


def test_a_match_is_of_published_terms_in_their_year_and_never_all_there_is(
    english: Edition,
) -> None:
    assert verdict(english, "seed-loan", WEAVER) == [
        "Your answers match the terms published (2025).",
        "<b>Also required:</b>",
        "• The loan is for those without debts.",
        "There may be terms that were not published.",
    ]


def test_a_missing_answer_is_asked_for(english: Edition) -> None:
    said = verdict(english, "seed-loan", {"governorate": "homs", "sector": None})
    assert said[0] == "Tell us first: Sector, Workers."
    assert not any("match" in line for line in said)


def test_without_published_terms_nothing_is_promised(english: Edition) -> None:
    [said] = verdict(english, "closed-fund", WEAVER)
    assert said == "We did not find its terms published: ask the body."
    [said] = verdict(english, "evening-course", WEAVER)
    assert said == "We found no condition: it is for everybody."


@pytest.mark.parametrize("more", [[], ["unknown"]])
def test_terms_of_which_no_question_asks_are_listed_and_not_matched(
    english: Edition, more: list[str]
) -> None:
    loan = with_loan(english, terms=[{"clean-record": {"source": "L-01"}}, *more])
    said = verdict(loan, "seed-loan", WEAVER)
    assert said[:2] == [
        "Its published terms (2025) are not asked about here:",
        "• The loan is for those without debts.",
    ]
    assert len(said) == 2 + len(more)
    assert "match" not in " ".join(said)


def test_the_year_of_the_terms_is_that_of_their_sources(english: Edition) -> None:
    term = {"for-makers": {"when": {"sector": "craft"}}}
    undated = with_loan(english, terms=[term], sources=["L-02"])
    assert verdict(undated, "seed-loan", WEAVER)[0].endswith("published (undated).")
    cited = with_loan(
        english, terms=[{"for-makers": {**term["for-makers"], "source": "L-02"}}], sources=["L-01"]
    )
    assert verdict(cited, "seed-loan", WEAVER)[0].endswith("published (undated).")


def test_a_programme_tells_who_gives_how_much_for_how_long_and_against_what(
    english: Edition,
) -> None:
    text = page(english, "seed-loan", WEAVER)
    assert text.startswith("<b>seed-loan</b>\nLoan · open (2025-07-30)\n\n<i>seed-loan.</i>\n\n")
    assert (
        "<b>Body:</b> Bank\n"
        "<b>Ceiling:</b> up to 5,000,000 old pounds (= 50,000 new pounds) (source of 2025)\n"
        "<b>Term:</b> 6 to 36 months (source of 2025)\n\n"
    ) in text
    assert "<b>Papers:</b>\n• Identity card: 1 copy\nThey may ask for more" in text
    assert "<b>Security:</b>\n• Pledge\n\n" in text
    assert text.endswith("Sources last read: 22 November 2026.")


def test_what_an_answer_decides_is_told_with_every_case(english: Edition) -> None:
    text = page(english, "seed-loan", {"governorate": "homs"})
    assert "<b>Ceiling:</b> depending on an answer we do not have yet:\n• up to" in text
    assert "• Pledge\n• perhaps: Deed\n" in text
    assert "<b>Body:</b> Town hall or Ministry\n" in page(english, "evening-course", {})


def test_papers_and_security_that_are_not_asked_take_no_line(english: Edition) -> None:
    text = page(english, "evening-course", WEAVER)
    assert "Papers" not in text
    assert "Security" not in text
    nothing_known = with_loan(english, documents=["unknown"], security=["unknown"])
    assert page(nothing_known, "seed-loan", WEAVER).count("</b>\nnot known, ask the office.") == 2


def test_behind_a_programme_stand_its_text_the_law_and_every_source(english: Edition) -> None:
    text = programme_more(english, found(english, WEAVER)["seed-loan"], {"governorate": "<Homs>"})
    assert text.startswith("<b>seed-loan</b>\n\nA loan for those who <b>make</b> in &lt;Homs&gt;.")
    assert "<b>Law:</b> Trade law\n\n<blockquote expandable>" in text
    assert text.count("https://example.org/1") == 1
    assert text.count("https://example.org/2") == 1


@pytest.mark.parametrize(
    "fact",
    [
        {"ceiling": {"differ": [{"amount": 5, "unit": "USD", "source": "L-02"}, "unknown"]}},
        {"ceiling": [{"is": {"amount": 5, "unit": "USD", "source": "L-02"}}]},
        {"term": {"differ": [{"max": "6m", "source": "L-02"}, {"max": "9m", "source": "L-01"}]}},
        {"documents": [{"identity-card": {"source": "L-02"}}]},
        {"security": [{"pledge": {"source": "L-02"}}]},
        {"terms": [{"clean-record": {"source": "L-02"}}]},
        {"status": {"is": "open", "on": "unknown", "source": "L-02"}},
    ],
)
def test_whatever_a_programme_cites_is_among_its_sources(
    english: Edition, fact: dict[str, Any]
) -> None:
    loan = with_loan(english, **fact)
    text = programme_more(loan, found(loan, WEAVER)["seed-loan"], {"governorate": "Homs"})
    assert "https://example.org/2" in text


def test_in_arabic_a_programme_is_told_in_arabic_and_from_right_to_left(arabic: Edition) -> None:
    text = page(arabic, "seed-loan", TRADER)
    assert "\u200f• القرض للحرف والأغذية فقط." in text
    assert "من 6 إلى 36 شهراً" in text
    assert "seed-loan: مفتوح (2025-07-30)" in results(arabic, WEAVER)
